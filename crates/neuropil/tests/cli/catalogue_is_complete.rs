//! The catalogue prints what models declare.

use std::path::Path;

use super::{Place, SMALL};

#[test]
fn every_model_has_a_page() {
    let place = Place::new(SMALL);
    let registry = neuropil::registry(&neuropil::default_plugins());
    let list = place.neuropil(&["models"]).expect(0).stdout;
    for d in registry.declarations() {
        assert!(list.contains(d.name) && list.contains(d.summary), "{}", d.name);
        let page = place.neuropil(&["models", d.name]).expect(0).stdout;
        for (title, body) in [("dynamics", d.equations), ("numerics", d.numerics)] {
            assert!(body.is_empty() || page.contains(title), "{page}");
        }
        for p in d.parameters {
            assert!(page.contains(p.name) && page.contains(p.meaning), "{}.{}", d.name, p.name);
        }
        assert!(d.states.iter().all(|s| page.contains(s.name)));
        assert!(d.references.iter().all(|r| page.contains(r)));
    }
}

/// `docs/models.md` holds all pages. `NEUROPIL_BLESS=1 cargo test -p neuropil --test cli` writes it anew.
#[test]
fn all_pages_stand_in_one_document() {
    let place = Place::new(SMALL);
    let mut text = "# Models\n\nWhat `neuropil models NAME` prints, for each of them.\n".to_owned();
    for line in place.neuropil(&["models"]).expect(0).stdout.lines() {
        match (line.starts_with("  "), line.split_whitespace().next()) {
            (true, Some(name)) => {
                let page = place.neuropil(&["models", name]).expect(0).stdout;
                text += &format!("\n### {name}\n\n```text\n{page}```\n");
            }
            (false, Some(_)) if !line.contains('`') => text += &format!("\n## {line}\n"),
            _ => {}
        }
    }
    let document = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/models.md");
    if std::env::var_os("NEUROPIL_BLESS").is_some() {
        std::fs::write(&document, &text).unwrap();
    }
    let found = std::fs::read_to_string(&document).unwrap();
    assert!(found == text, "docs/models.md is old: NEUROPIL_BLESS=1 cargo test -p neuropil --test cli");
}

#[test]
fn a_name_that_is_nearly_right_is_suggested() {
    Place::new(SMALL).neuropil(&["models", "iaf_psc_alpah"]).expect(2).says("did you mean `iaf_psc_alpha`?");
}

#[test]
fn the_schedule_is_printed_in_order() {
    let text = Place::new(SMALL).neuropil(&["schedule", "scene.ron"]).expect(0).stdout;
    let at = |name: &str| text.find(name).unwrap_or_else(|| panic!("{name} in {text}"));
    let order = ["Deliver", "deliver static", "Integrate", "integrate iaf_psc_alpha", "Record", "Advance"];
    assert!(order.windows(2).all(|w| at(w[0]) < at(w[1])), "{text}");
}
