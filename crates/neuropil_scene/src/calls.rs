//! Calls whose arguments need no names, such as `run("10 s")`.

use crate::context::Context;
use crate::fields::{Fields, Form};
use crate::node::{Node, Shape};

/// What can be called, and how.
#[derive(Clone, Copy)]
pub(crate) struct Call<const N: usize> {
    /// The names of the arguments, in order. Only the first must be there.
    pub(crate) names: [&'static str; N],
    /// How it is written.
    pub(crate) example: &'static str,
}

impl<'a> Context<'a> {
    /// The arguments of `name(a, b)`, or of `name(x: a, y: b)`.
    pub(crate) fn arguments<const N: usize>(
        &self,
        node: Node<'a>,
        call: Call<N>,
    ) -> Option<[Option<Node<'a>>; N]> {
        let (name, arguments) = match node.shape() {
            Shape::Group { name, entries } => {
                let what = format!("`{name}`");
                let form = Form { what: &what, item: "argument", allowed: &call.names };
                let n = entries.len();
                let fields = Fields::of(Node { head: name, ..node }, entries, form, self.messages);
                let arguments = call.names.map(|argument| fields.get(argument));
                if arguments.iter().flatten().count() < n {
                    return None;
                }
                (name, arguments)
            }
            Shape::Word(name) => (name, [None; N]),
            Shape::Tuple { name } => (name, self.in_order(node, name, call)?),
            _ => (node.text, [None; N]),
        };
        if arguments[0].is_some() {
            return Some(arguments);
        }
        let error = self.messages.error(name, format!("`{name}` needs its argument"));
        self.messages.report(error.help(format!("write `{}`", call.example)))
    }

    fn in_order<const N: usize>(
        &self,
        node: Node<'a>,
        name: &'a str,
        call: Call<N>,
    ) -> Option<[Option<Node<'a>>; N]> {
        let items = node.items().unwrap_or_default();
        let Some(extra) = items.get(N) else {
            return Some(std::array::from_fn(|i| items.get(i).copied()));
        };
        let n = if N == 1 { "one argument".to_owned() } else { format!("at most {N} arguments") };
        let error = self.messages.error(extra.text, format!("`{name}` takes {n}"));
        self.messages.report(error.help(format!("write `{}`", call.example)))
    }
}
