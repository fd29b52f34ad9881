//! Characters that word processors and web pages put in the place of those that programs read.

/// A character, what it is called, and what stands for it in scenes.
const PASTED: &[(char, &str, &str)] = &[
    ('\u{a0}', "no-break space", "a space"),
    ('\u{202f}', "narrow no-break space", "a space"),
    ('\u{2009}', "thin space", "a space"),
    ('\u{3000}', "wide space", "a space"),
    ('\u{200b}', "zero-width space", "nothing"),
    ('\u{201c}', "typographic quote", "`\"`"),
    ('\u{201d}', "typographic quote", "`\"`"),
    ('\u{201e}', "typographic quote", "`\"`"),
    ('\u{2018}', "typographic quote", "`\"`"),
    ('\u{2019}', "typographic quote", "`\"`"),
    ('\u{2212}', "typographic minus", "`-`"),
    ('\u{2010}', "typographic hyphen", "`-`"),
    ('\u{2011}', "typographic hyphen", "`-`"),
    ('\u{2013}', "en dash", "`-`"),
    ('\u{2014}', "em dash", "`-`"),
    ('\u{d7}', "multiplication sign", "`*`"),
    ('\u{b7}', "multiplication dot", "`*`"),
    ('\u{f7}', "division sign", "`/`"),
    ('\u{ff1a}', "wide colon", "`:`"),
    ('\u{ff0c}', "wide comma", "`,`"),
    ('\u{ff08}', "wide parenthesis", "`(`"),
    ('\u{ff09}', "wide parenthesis", "`)`"),
];

/// What `c` is, if it is one of these characters, and what to write.
pub(crate) fn fault(c: char) -> Option<(String, String)> {
    let (_, name, instead) = PASTED.iter().find(|(pasted, ..)| *pasted == c)?;
    let article = if name.starts_with('e') { "an" } else { "a" };
    let shown = if instead.ends_with('`') { format!(" `{c}`") } else { String::new() };
    let help = if *instead == "nothing" { "remove it".to_owned() } else { format!("write {instead}") };
    Some((format!("{article} {name}{shown} (U+{:04X})", c as u32), help))
}

/// The first of these characters in `text`, with its place and what [`fault`] says.
pub(crate) fn find(text: &str) -> Option<(usize, char, (String, String))> {
    text.char_indices().find_map(|(at, c)| fault(c).map(|fault| (at, c, fault)))
}
