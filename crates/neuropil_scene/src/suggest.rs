//! "Did you mean": names that are nearly what was written.

/// The name nearest to `word`, if it is within a third of its length.
fn nearest<'n>(word: &str, names: &[&'n str]) -> Option<&'n str> {
    let allowed = (word.chars().count() / 3).max(1);
    let lower = word.to_lowercase();
    names
        .iter()
        .map(|name| (strsim::damerau_levenshtein(&lower, &name.to_lowercase()), *name))
        .filter(|&(distance, name)| distance <= allowed && distance < name.chars().count())
        .min_by_key(|&(distance, _)| distance)
        .map(|(_, name)| name)
}

/// The help for an unknown `word`: the nearest of the `names`, or all of them.
pub(crate) fn did_you_mean(word: &str, names: &[&str], what: &str) -> String {
    match nearest(word, names) {
        _ if names.is_empty() => format!("there are no {what}"),
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("the {what} are {}", list(names)),
    }
}

/// `a`, `b` and `c`; long lists are cut.
pub(crate) fn list(names: &[&str]) -> String {
    const SHOWN: usize = 20;
    let quoted: Vec<String> = names.iter().take(SHOWN).map(|n| format!("`{n}`")).collect();
    let rest = names.len().saturating_sub(SHOWN);
    match quoted.as_slice() {
        _ if rest > 0 => format!("{} and {rest} more", quoted.join(", ")),
        [] => "none".to_owned(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_names_are_suggested_and_others_listed() {
        let names = ["tau_m", "tau_syn_ex", "C_m"];
        assert_eq!(did_you_mean("tau_mem", &names, "parameters"), "did you mean `tau_m`?");
        assert_eq!(did_you_mean("c_m", &names, "parameters"), "did you mean `C_m`?");
        let all = did_you_mean("xyz", &names, "parameters");
        assert_eq!(all, "the parameters are `tau_m`, `tau_syn_ex` and `C_m`");
    }
}
