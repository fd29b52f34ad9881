//! Slow contracts: statistics of whole networks against reference simulators.
#![cfg(test)]

mod brunel_alpha_matches_nest;
