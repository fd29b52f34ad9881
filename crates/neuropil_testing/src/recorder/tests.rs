//! Mistakes of recorders are found.

use neuropil_core::{Cell, Page, PlotPanel, Sees, TableColumn};

use super::*;
use crate::mistake::{seed, seeded};
use crate::models::{TestNeuron, TestRecorder};

/// A recorder with a mistake.
struct Mistaken;

const NONE: usize = 0;
const ROWS_OF_LISTS: usize = 1;
const A_CELL_TOO_FEW: usize = 2;
const NUMBERS_OF_ROWS: usize = 3;
const TIMES_OUT_OF_ORDER: usize = 4;
const ANY_NUMBER_OF_ROWS: usize = 5;
const PLOTS_ANOTHER: usize = 6;
const A_NAME_TWICE: usize = 7;
const NO_PLAIN_NAME: usize = 8;
const OF_THE_FUTURE: usize = 9;

impl Page for Mistaken {
    const NAME: &'static str = "mistaken";
    const SUMMARY: &'static str = "A recorder with a mistake.";
    const EQUATIONS: &'static str = "";
    const NUMERICS: &'static str = "";
    const REFERENCES: &'static [&'static str] = &[];
}

impl RecorderModel for Mistaken {
    type Parameters = ();
    type Recording = Self;

    fn begin(_parameters: (), _setup: &RecorderSetup<'_>) -> Result<Self, neuropil_core::ParameterError> {
        Ok(Self)
    }
}

impl Recording for Mistaken {
    fn sees(&self) -> Sees {
        Sees::samples(["V_m"], 5).with_spikes()
    }

    fn table(&self) -> Table {
        let other = match seeded() {
            A_NAME_TWICE => "spikes",
            NO_PLAIN_NAME => "sum of V",
            _ => "potential",
        };
        Table::of_times([TableColumn::count("spikes"), TableColumn::value(other, "")])
    }

    fn record(&mut self, seen: &Observation<'_>, rows: &mut Batch) {
        let stamp = match seeded() {
            TIMES_OUT_OF_ORDER => seen.stamp() - seen.stamp() % 2 * 2,
            OF_THE_FUTURE => seen.stamp() + 1,
            _ => seen.stamp(),
        };
        let potential = Cell::Value(seen.samples().map(|(_, _, v)| v[0]).sum());
        match seeded() {
            ROWS_OF_LISTS => seen
                .spikes()
                .for_each(|(_, neurons)| rows.push(stamp, [Cell::Count(neurons.len() as u64), potential])),
            A_CELL_TOO_FEW => rows.push(stamp, [Cell::Count(seen.n_spikes())]),
            NUMBERS_OF_ROWS => rows.push(stamp, [Cell::Count(rows.len() as u64), potential]),
            _ => rows.push(stamp, [Cell::Count(seen.n_spikes()), potential]),
        }
    }

    fn expected_rows(&self, run: &Forecast) -> f64 {
        if seeded() == ANY_NUMBER_OF_ROWS { 7.0 * run.steps } else { run.steps }
    }

    fn plot(&self) -> Option<Plot> {
        let column = if seeded() == PLOTS_ANOTHER { "rate_Hz" } else { "potential" };
        (seeded() == NONE || seeded() == PLOTS_ANOTHER)
            .then(|| Plot::Curves(vec![PlotPanel::new("potential", "", column)]))
    }
}

fn check_mistaken(mistake: usize) {
    seed(mistake);
    recorder_conformance::<Mistaken>(&TestNeuron, &[]);
}

#[test]
fn recorders_without_a_mistake_pass() {
    check_mistaken(NONE);
    recorder_conformance::<TestRecorder>(&TestNeuron, &[]);
}

#[test]
#[should_panic(expected = "rows depend on the slices")]
fn rows_for_each_slice_are_found() {
    check_mistaken(ROWS_OF_LISTS);
}

#[test]
#[should_panic(expected = "cells of the column")]
fn a_row_with_a_cell_too_few_is_found() {
    check_mistaken(A_CELL_TOO_FEW);
}

#[test]
#[should_panic(expected = "rows depend on when those before are taken away")]
fn rows_that_count_those_before_are_found() {
    check_mistaken(NUMBERS_OF_ROWS);
}

#[test]
#[should_panic(expected = "rows are not in the order of time")]
fn rows_out_of_order_are_found() {
    check_mistaken(TIMES_OUT_OF_ORDER);
}

#[test]
#[should_panic(expected = "a row bears a stamp that is still to come")]
fn rows_of_the_future_are_found() {
    check_mistaken(OF_THE_FUTURE);
}

#[test]
#[should_panic(expected = "rows are expected")]
fn another_number_of_rows_than_expected_is_found() {
    check_mistaken(ANY_NUMBER_OF_ROWS);
}

#[test]
#[should_panic(expected = "a plot has a column that the table has not")]
fn a_plot_of_nothing_is_found() {
    check_mistaken(PLOTS_ANOTHER);
}

#[test]
#[should_panic(expected = "columns have names of their own")]
fn a_name_that_comes_twice_is_found() {
    check_mistaken(A_NAME_TWICE);
}

#[test]
#[should_panic(expected = "columns have letters, digits and underscores")]
fn a_name_with_spaces_is_found() {
    check_mistaken(NO_PLAIN_NAME);
}
