//! Values of neurons that stand in a file.

use neuropil_core::{Range, Value};
use neuropil_tables::read_values;

use crate::calls::Call;
use crate::context::{Context, Wanted};
use crate::node::{Node, Shape};

const FILE: Call<2> = Call { names: ["path", "column"], example: "file(\"cells.parquet\", \"V_m\")" };

impl<'a> Context<'a> {
    /// The values of a file, one for each neuron, in the wanted unit and within `range`.
    pub(crate) fn values_of_file(&self, node: Node<'a>, wanted: Wanted<'_>, range: Range) -> Option<Value> {
        let [path, column] = self.arguments(node, FILE)?;
        let column = match column.map(|column| (column, column.shape())) {
            None => None,
            Some((_, Shape::Text(text))) => Some(text.content),
            Some((node, shape)) => {
                let message = format!("expected the name of a column, found {}", shape.describe());
                let error = self.messages.error(node.text, message);
                return self.messages.report(error.help("write it in quotes"));
            }
        };
        let path_node = path?;
        let path = self.path(path_node)?;
        let values = self.read(path_node, read_values(&path, column.as_deref()))?;
        if values.is_empty() {
            return self.fail(path_node.text, "this file has no values");
        }
        let wrong = |x: &f64| !range.contains(*x) || (*x as f32).is_infinite() || (*x as f32 == 0.0);
        for (i, &x) in values.iter().enumerate().filter(|(_, x)| wrong(x)) {
            self.check_number(path_node, x, &format!("{}[{i}]", wanted.name), wanted, range)?;
        }
        Some(Value::List(values))
    }
}
