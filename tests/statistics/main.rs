//! Slow contracts: statistics of whole networks against reference simulators.
#![cfg(test)]

mod auryn_networks_do_what_they_are_for;
mod brunel_alpha_matches_nest;
mod networks_match_their_origins;
