//! The files that scenes name. Their paths start from the folder of the scene.

use std::path::{Path, PathBuf};

use crate::context::Context;
use crate::node::{Node, Shape};
use crate::suggest::{list, nearest};

impl<'a> Context<'a> {
    /// The path of the file that `node` names, which is there.
    pub(crate) fn path(&self, node: Node<'a>) -> Option<PathBuf> {
        let Shape::Text(text) = node.shape() else {
            let message = format!("expected the path of a file, found {}", node.shape().describe());
            return self.messages.report(
                self.messages.error(node.text, message).help("paths stand in quotes, as in \"wiring.mtx\""),
            );
        };
        let path = self.folder.join(&*text.content);
        if path.is_file() {
            self.files.borrow_mut().push(path.clone());
            return Some(path);
        }
        let name = &text.content;
        let error = if path.exists() {
            self.messages.error(node.text, format!("`{name}` is not a file"))
        } else {
            let error = self.messages.error(node.text, format!("there is no file `{name}`"));
            error.help_if(nearby(&path, name)).note("paths start from the folder of the scene")
        };
        self.messages.report(error)
    }

    /// The content of a file, or the reason why it cannot be used.
    pub(crate) fn read<T>(
        &self,
        node: Node<'a>,
        result: Result<T, neuropil_tables::TableError>,
    ) -> Option<T> {
        result.map_or_else(|error| self.fail(node.text, error.to_string()), Some)
    }
}

/// What the folder has instead of the file at `path`, which the scene calls `name`.
fn nearby(path: &Path, name: &str) -> Option<String> {
    let folder = path.parent()?;
    let Ok(entries) = std::fs::read_dir(if folder.as_os_str().is_empty() { Path::new(".") } else { folder })
    else {
        let folder = Path::new(name).parent()?.display();
        return Some(format!("there is no folder `{folder}`"));
    };
    let files = entries.filter_map(Result::ok).filter(|entry| entry.path().is_file());
    let mut names: Vec<String> = files.map(|e| e.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let wanted = path.file_name()?.to_string_lossy();
    let in_folder = |near: &str| Path::new(name).with_file_name(near).display().to_string();
    let near: Vec<String> = nearest(&wanted, &names).into_iter().map(in_folder).collect();
    let near: Vec<&str> = near.iter().map(String::as_str).collect();
    (!near.is_empty()).then(|| format!("did you mean {}?", list(&near, "or")))
}
