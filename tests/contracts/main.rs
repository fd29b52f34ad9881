//! Quick contracts: one per file, named after its claim.
#![cfg(test)]

mod a_program_closes_the_loop;
mod an_edit_that_changes_nothing_changes_nothing;
mod an_extension_holds_a_rate;
mod an_extension_kills_neurons;
mod an_extension_matches_nests_adaptive_neuron;
mod an_extension_wires_small_worlds;
mod an_observer_can_stop_a_run;
mod crates_know_only_what_they_may;
mod digests_are_pinned;
mod documents_are_true;
mod experiments_do_not_depend_on_threads;
mod files_have_no_circles;
mod iaf_psc_alpha_matches_nest_under_dc;
mod plugins_bring_actions;
mod plugins_bring_distributions_and_functions;
mod plugins_bring_recorders;
mod plugins_bring_systems_and_resources;
mod processes_act_the_same_however_a_network_is_cut;
mod profiles_count_what_happens;
mod protocol_edits_are_exact;
mod psp_has_the_closed_form;
mod refractoriness_lasts_t_ref;
mod replays_equal_their_origins;
mod results_do_not_depend_on_threads_or_pieces;
mod rules_keep_their_promises;
mod stimuli_have_their_statistics;
mod storage_changes_no_result;
mod what_is_not_finite_is_found;
