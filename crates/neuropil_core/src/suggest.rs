//! "Did you mean": names that are nearly what was written, for messages.

/// The names nearest to `word`: within a third of its length, or else those that one begins with the other.
#[must_use]
pub fn nearest<'n>(word: &str, names: &[&'n str]) -> Vec<&'n str> {
    let allowed = (word.chars().count() / 3).max(1);
    let lower = word.to_lowercase();
    let best = names
        .iter()
        .map(|name| (strsim::damerau_levenshtein(&lower, &name.to_lowercase()), *name))
        .filter(|&(distance, name)| distance <= allowed && distance < word.len().max(name.len()))
        .min_by_key(|&(distance, _)| distance);
    if let Some((_, name)) = best {
        return vec![name];
    }
    let begins = |name: &&&str| {
        let shorter = word.len().min(name.len());
        shorter > 1 && word.bytes().zip(name.bytes()).take_while(|(a, b)| a == b).count() == shorter
    };
    let mut prefixes: Vec<&str> = names.iter().filter(begins).copied().collect();
    prefixes.sort_by_key(|name| std::cmp::Reverse(name.len().min(word.len())));
    prefixes.truncate(3);
    prefixes
}

/// Whether `word` is probably a misspelling of `name`.
#[must_use]
pub fn is_near(word: &str, name: &str) -> bool {
    !nearest(word, &[name]).is_empty()
}

/// Whether `word` is a misspelling of the name of a model or rule, rather than of another one: names such as
/// `iaf_psc_alpha` and `iaf_psc_delta` are near to each other, but stand for different things.
fn is_misspelling(word: &str, name: &str) -> bool {
    const ALLOWED: usize = 2;
    let (word, name) = (word.to_lowercase(), name.to_lowercase());
    let distance = |a: &str, b: &str| strsim::damerau_levenshtein(a, b);
    let same_word = |(a, b): (&str, &str)| 2 * distance(a, b) < a.chars().count().max(b.chars().count());
    let same_words = || word.split('_').zip(name.split('_')).all(|(a, b)| a == b || same_word((a, b)));
    word.chars().count() >= 4
        && distance(&word, &name) <= ALLOWED
        && (word.split('_').count() != name.split('_').count() || same_words())
}

/// The help for an unknown `word`: the nearest of the `names`, or all of them. Each of them is a `what`, in the
/// singular.
#[must_use]
pub fn did_you_mean(word: &str, names: &[&str], what: &str) -> String {
    let has_kinds = what == "rule" || what.ends_with("model");
    let mut near = nearest(word, names);
    near.retain(|name| !has_kinds || is_misspelling(word, name));
    match near.as_slice() {
        [] => all(names, what),
        near => format!("did you mean {}?", list(near, "or")),
    }
}

/// All `names`, each of which is a `what`.
#[must_use]
pub fn all(names: &[&str], what: &str) -> String {
    match names {
        [] => format!("there are no {}", plural(what).replace(" and ", " or ")),
        [only] => format!("the only {what} is `{only}`"),
        names => format!("the {} are {}", plural(what), list(names, "and")),
    }
}

/// `a`, `b` and `c`; long lists are cut.
#[must_use]
pub fn list(names: &[&str], link: &str) -> String {
    const SHOWN: usize = 20;
    let quoted: Vec<String> = names.iter().take(SHOWN).map(|n| format!("`{n}`")).collect();
    let rest = names.len().saturating_sub(SHOWN);
    match quoted.as_slice() {
        _ if rest > 0 => format!("{} {link} {rest} more", quoted.join(", ")),
        [] => "none".to_owned(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {link} {last}", first.join(", ")),
    }
}

/// More than one of `what`.
#[must_use]
pub fn plural(what: &str) -> String {
    if let Some((first, last)) = what.rsplit_once(" or ") {
        format!("{} and {}", plural(first), plural(last))
    } else if let Some((first, last)) = what.split_once(", ") {
        format!("{}, {}", plural(first), plural(last))
    } else if let Some(stem) = what.strip_suffix("us") {
        format!("{stem}i")
    } else if what == "kind of recorder" {
        "kinds of recorders".to_owned()
    } else if what.ends_with('s') {
        what.to_owned()
    } else {
        format!("{what}s")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_suggested_and_others_listed() {
        let names = ["tau_m", "tau_syn_ex", "tau_syn_in", "C_m"];
        let help = |word: &str| did_you_mean(word, &names, "parameter");
        assert_eq!(help("tau_mem"), "did you mean `tau_m`?");
        assert_eq!(help("c_m"), "did you mean `C_m`?");
        assert_eq!(help("tau_syn"), "did you mean `tau_syn_ex` or `tau_syn_in`?");
        assert_eq!(help("xyz"), "the parameters are `tau_m`, `tau_syn_ex`, `tau_syn_in` and `C_m`");
        let models = ["iaf_psc_alpha", "iaf_psc_exp", "poisson", "dc_generator"];
        for (word, name) in [("iaf_psc_alfa", models[0]), ("iaf_pcs_exp", models[1]), ("poison", models[2])] {
            assert_eq!(did_you_mean(word, &models, "neuron model"), format!("did you mean `{name}`?"));
        }
        for word in ["iaf_psc_delta", "iaf_volt_exp", "gif_psc_exp", "ac_generator", "iaf_psc_exp_htum"] {
            assert!(
                did_you_mean(word, &models, "neuron model").starts_with("the neuron models are"),
                "{word}"
            );
        }
        assert!(did_you_mean("fixed_outdegree", &["fixed_indegree"], "rule").starts_with("the only rule is"));
        assert_eq!(did_you_mean("xyz", &["noise"], "stimulus"), "the only stimulus is `noise`");
        assert_eq!(did_you_mean("xyz", &[], "stimulus"), "there are no stimuli");
        assert_eq!(plural("population, view or stimulus"), "populations, views and stimuli");
    }
}
