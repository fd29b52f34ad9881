//! Whatever stands in a file, compiling it ends in a message or an experiment, never in a panic.

use crate::common::{registry, scene, without_hanging};
use neuropil_scene::{Override, SceneSource, compile};

const BRUNEL: &str = "experiments/brunel_alpha/scene.ron";
const EVERYTHING: &str = "tests/scenes/good/everything.ron";

/// Marsaglia's xorshift, so that failures can be repeated.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }
}

/// Pieces of the language, and of what is not.
const PIECES: &[&str] = &[
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "\"",
    ",",
    ":",
    "..",
    "/",
    "*",
    "-",
    "^",
    "inf",
    "NaN",
    "1e400",
    "1e308",
    "0",
    "\\",
    "-1",
    "4294967296",
    "18446744073709551616",
    "normal(mean: 1, sd: 1)",
    "uniform(low: 0, high: 1)",
    "()",
    "'",
    "µ",
    "// ",
    "/* ",
    " */",
    "r#\"",
    "\u{0}",
    "\u{202e}",
    "é",
    "1e-400",
    "\"E[0..0]\"",
    "\"late[1..]\"",
    "views: { \"late\": \"mixed\" },",
    "Some(1)",
    "true",
    "F32",
    "#![enable(implicit_some)]",
    "file(\"cells.csv\", \"V_m\")",
    "file(\"wiring.mtx\")",
    "connections([(0, 1, 2)])",
    "run(\"3 ms\"),",
    "set(of: \"I\", t_ref: 3)",
    "[0, (1, -2)]",
];

fn mutate(text: &mut String, dice: &mut Dice) {
    let boundary = |text: &str, at: usize| (0..=at).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0);
    let start = boundary(text, dice.roll(text.len() + 1));
    let end = boundary(text, (start + dice.roll(12)).min(text.len())).max(start);
    match dice.roll(5) {
        0 => drop(text.drain(start..end)),
        1 => {
            let piece = text[start..end].to_owned();
            text.insert_str(boundary(text, dice.roll(text.len() + 1)), &piece);
        }
        2 => text.insert_str(start, PIECES[dice.roll(PIECES.len())]),
        3 => text.replace_range(start..end, PIECES[dice.roll(PIECES.len())]),
        _ => text.truncate(if dice.roll(20) == 0 { start } else { text.len() }),
    }
}

/// What compiles also survives being written out and read again.
#[test]
fn mutated_scenes_do_not_panic() {
    let registry = registry();
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    for path in [BRUNEL, EVERYTHING] {
        let original = scene(path);
        let mut compiled = 0;
        for _ in 0..10_000 {
            let mut text = original.text.clone();
            for _ in 0..=dice.roll(4) {
                mutate(&mut text, &mut dice);
            }
            let source = SceneSource::new(original.path.clone(), text.as_str());
            match compile(&source, &[], &registry) {
                Ok(first) => {
                    let resolved = SceneSource::new("scene.ron", first.resolved.as_str());
                    let second = compile(&resolved, &[], &registry).unwrap_or_else(|e| panic!("{text}\n{e}"));
                    assert_eq!(first.resolved, second.resolved, "{text}");
                    compiled += 1;
                }
                Err(errors) => assert!(errors.render(false).contains("error: "), "{text}"),
            }
        }
        assert!(compiled > 500, "the mutations leave too few scenes whole: {compiled}");
    }
}

#[test]
fn mutated_overrides_do_not_panic() {
    let (source, registry) = (scene(BRUNEL), registry());
    let mut dice = Dice(0x1234_5678_9abc_def1);
    for _ in 0..3000 {
        let mut text = "projections[1].rule.indegree=2 * C_E".to_owned();
        for _ in 0..=dice.roll(5) {
            mutate(&mut text, &mut dice);
        }
        if let Ok(argument) = Override::set(&text) {
            let _ = compile(&source, &[argument], &registry).map_err(|errors| errors.render(true));
        }
    }
}

/// Time and stack do not grow with depth, and time only linearly with length.
#[test]
fn hostile_sizes_are_refused() {
    let registry = registry();
    let refused = |text: String| {
        let source = SceneSource::new("scene.ron", text);
        assert!(without_hanging(|| compile(&source, &[], &registry)).is_err());
    };
    for bracket in ["(", "[", "{", "a(", "(a:", "/*", "Some("] {
        refused(bracket.repeat(100_000));
        refused(format!("(duration: {}", bracket.repeat(100_000)));
    }
    refused(format!("(duration: \"{}1\")", "-".repeat(1_000_000)));
    refused(format!("(duration: \"{}\")", "1+".repeat(1_000_000)));
    refused(format!("(duration: 1, populations: ({}))", "E: (n: 1), ".repeat(20_000)));
    let chain: String = (0..20_000).map(|i| format!("c{i}: \"c{}\",", i + 1)).collect();
    refused(format!("(duration: 1, constants: ({chain}))"));
    let chain: String =
        (0..1000).map(|i| format!("v{i}: {}\"v{}[0]\"{},", "[".repeat(25), i + 1, "]".repeat(25))).collect();
    refused(format!("(duration: 1, populations: (E: (n: 1, model: poisson)), views: ({chain}))"));
    let (open, close) = ("(".repeat(60), ")".repeat(60));
    let chain: String = (0..200).map(|i| format!("c{i}: \"-{open}c{}{close}\",", i + 1)).collect();
    refused(format!("(duration: 1, constants: ({chain}))"));
}

#[test]
fn long_lists_are_read() {
    let values: Vec<String> = (0..100_000).map(|i| format!("{}", -70.0 + f64::from(i) * 1e-5)).collect();
    let text = format!(
        "(duration: 1, populations: (E: (n: 100000, model: iaf_psc_alpha(), initial: (V_m: [{}]))))",
        values.join(", ")
    );
    let source = SceneSource::new("scene.ron", text);
    assert!(without_hanging(|| compile(&source, &[], &registry())).is_ok());
}
