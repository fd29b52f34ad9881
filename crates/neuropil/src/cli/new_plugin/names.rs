//! The names of a new plugin, all of which follow from that of its model.

use neuropil_core::Registry;
use neuropil_run::Failure;

use super::template::Template;

/// What a model, its struct and its package are named, and what stands for them in the template.
pub(super) struct Names {
    /// What scenes call the model.
    pub(super) model: String,
    pub(super) structure: String,
    pub(super) package: String,
    placeholders: [String; 2],
}

const KEYWORDS: &str = "abstract as async await become box break const continue crate do dyn else enum extern false final \
    fn for gen if impl in let loop macro match mod move mut override priv pub ref return self static struct super trait \
    true try type typeof unsafe unsized use virtual where while yield";

impl Names {
    pub(super) fn new(template: &Template, model: &str, registry: &Registry) -> Result<Self, Failure> {
        let kind = template.kind;
        if !is_snake_case(model) {
            return Err(Failure::user(format!(
                "error: `{model}` cannot be the name of a model\nhelp: write it in snake_case, such as `{}`",
                snake_case(model).unwrap_or_else(|| format!("my_{kind}"))
            )));
        }
        if KEYWORDS.split_whitespace().any(|keyword| keyword == model) {
            return Err(taken(model, kind, "is a keyword of Rust"));
        }
        if let Some(found) = registry.declarations().find(|d| d.name == model) {
            return Err(taken(model, kind, &format!("names a model already ({})", found.kind)));
        }
        let placeholder = format!("my_{kind}");
        let names = Self {
            structure: camel_case(model),
            model: model.to_owned(),
            package: format!("neuropil_{kind}_{model}"),
            placeholders: [camel_case(&placeholder), placeholder],
        };
        if names.clash_with(template.library) || names.clash_with(template.program) {
            let structure = &names.structure;
            return Err(taken(
                model,
                kind,
                &format!("would be a struct `{structure}`, which means something else"),
            ));
        }
        Ok(names)
    }

    /// Whether a program uses the name of the struct for something else.
    pub(super) fn clash_with(&self, text: &str) -> bool {
        let code = text.lines().filter_map(|line| line.split("//").next());
        let mut words = code.flat_map(|line| line.split(|c: char| !(c.is_alphanumeric() || c == '_')));
        self.structure != self.placeholders[0] && words.any(|word| word == self.structure)
    }

    /// A text of the template with the names of this plugin.
    pub(super) fn put_into(&self, text: &str) -> String {
        let [structure, model] = &self.placeholders;
        text.replace(structure, &self.structure).replace(model, &self.model)
    }

    /// The plugin, as a program adds it to its list.
    pub(super) fn plugin(&self, template: &Template) -> String {
        let pushed =
            template.program.split("plugins.push(").nth(1).and_then(|rest| rest.split(");\n").next());
        self.put_into(pushed.expect("the program of a template pushes its plugin"))
    }
}

pub(super) fn taken(model: &str, kind: &str, why: &str) -> Failure {
    Failure::user(format!("error: `{model}` {why}\nhelp: choose another name, such as `{model}_{kind}`"))
}

fn is_snake_case(name: &str) -> bool {
    let is_word =
        |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    name.starts_with(|c: char| c.is_ascii_lowercase()) && name.split('_').all(is_word)
}

/// The nearest name in snake case, if there is one.
fn snake_case(name: &str) -> Option<String> {
    let mut snake = String::new();
    for c in name.chars() {
        if !snake.is_empty() && !snake.ends_with('_') && !c.is_ascii_lowercase() && !c.is_ascii_digit() {
            snake.push('_');
        }
        snake.extend(c.is_ascii_alphanumeric().then(|| c.to_ascii_lowercase()));
    }
    let snake = snake.trim_end_matches('_');
    is_snake_case(snake).then(|| snake.to_owned())
}

fn camel_case(name: &str) -> String {
    let capital = |word: &str| word[..1].to_ascii_uppercase() + &word[1..];
    name.split('_').map(capital).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_snake_case() {
        assert!(["a", "my_model", "iaf_2", "x1_y"].into_iter().all(is_snake_case));
        assert!(!["", "1a", "_a", "a_", "a__b", "A", "a-b", "é", "a b"].into_iter().any(is_snake_case));
        let suggested = ["MyModel", "my-model", "my model_", "AdEx2"].map(snake_case);
        assert_eq!(suggested, ["my_model", "my_model", "my_model", "ad_ex2"].map(|s| Some(s.to_owned())));
        assert_eq!([snake_case("--"), snake_case("2_a")], [None, None]);
        assert_eq!(camel_case("iaf_psc_exp_2"), "IafPscExp2");
    }
}
