//! Random words, on which noise is built.

use std::hint::black_box;

use neuropil::core::{Purpose, Streams};

use crate::case::{Case, Group, Work};

const GROUP: Group = Group { name: "random words", unit: "word" };
const CHUNKS: usize = 63;
const STEPS: u64 = 5;

pub(crate) fn cases() -> Vec<Case> {
    let make = || -> Box<dyn Work> { Box::new(Words { step: 0, words: vec![[0; Streams::WORDS]; CHUNKS] }) };
    vec![Case::new(GROUP, "one for each neuron", None, STEPS, make)]
}

struct Words {
    step: u64,
    words: Vec<[u32; Streams::WORDS]>,
}

impl Work for Words {
    fn prepare(&mut self) -> u64 {
        self.step += 1;
        self.words.as_flattened().len() as u64
    }

    fn step(&mut self) {
        Streams::new(1, Purpose::Stimulus, 0).words_of_step(self.step, 0, black_box(&mut self.words));
    }
}
