//! Parameters that are one of several words.

use crate::context::Context;
use crate::node::Node;
use crate::suggest::{did_you_mean, list};

impl<'a> Context<'a> {
    /// The position of the word at `node`, as a number.
    pub(crate) fn choice(&self, node: Node<'a>, name: &str, words: &[&str]) -> Option<f64> {
        let Some((word, slice)) = node.as_name() else {
            let found = node.shape().describe();
            return self.fail(node.text, format!("`{name}` is {}, but this is {found}", list(words, "or")));
        };
        if let Some(position) = words.iter().position(|w| *w == word) {
            return Some(position as f64);
        }
        let error = self.messages.error(slice, format!("`{name}` cannot be `{word}`"));
        self.messages.report(error.help(did_you_mean(&word, words, "choice")))
    }
}
