//! The `ron` crate, asked for the raw text of what is one level down.
//!
//! Each piece borrows from the text that it is part of, which is how values keep their places.

use std::borrow::Cow;
use std::fmt;

use ron::value::RawValue;
use serde::de::{Deserializer as _, MapAccess, SeqAccess, Visitor};

use crate::tokens::trim;

/// The fields of `(a: 1, b: 2)`; `None` for a tuple.
pub(crate) fn fields(text: &str) -> Option<Vec<(&str, &str)>> {
    struct Identifier<'a>(&'a str);
    impl<'de: 'a, 'a> serde::Deserialize<'de> for Identifier<'a> {
        fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            deserializer.deserialize_identifier(KeyVisitor).map(Identifier)
        }
    }
    struct FieldsVisitor;
    impl<'de> Visitor<'de> for FieldsVisitor {
        type Value = Vec<(&'de str, &'de str)>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("fields")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut fields = Vec::new();
            while let Some((key, value)) = map.next_entry::<Identifier<'de>, &'de RawValue>()? {
                fields.push((key.0, value.get_ron()));
            }
            Ok(fields)
        }
    }
    ron::Deserializer::from_str(text).ok()?.deserialize_struct("", &[], FieldsVisitor).ok()
}

struct KeyVisitor;

impl<'de> Visitor<'de> for KeyVisitor {
    type Value = &'de str;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_borrowed_str<E>(self, key: &'de str) -> Result<Self::Value, E> {
        Ok(key)
    }
}

/// The entries of `{ "a": 1 }`. The key of anything but a string is its text.
pub(crate) fn map(text: &str) -> Option<Vec<(&str, &str)>> {
    struct MapVisitor;
    impl<'de> Visitor<'de> for MapVisitor {
        type Value = Vec<(&'de str, &'de str)>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a map")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut entries = Vec::new();
            while let Some((key, value)) = map.next_entry::<&'de RawValue, &'de RawValue>()? {
                let key = trim(key.get_ron());
                let name = key.strip_prefix('"').and_then(|k| k.strip_suffix('"'));
                entries.push((name.unwrap_or(key), value.get_ron()));
            }
            Ok(entries)
        }
    }
    ron::Deserializer::from_str(text).ok()?.deserialize_map(MapVisitor).ok()
}

/// The items of `[1, 2]`.
pub(crate) fn list(text: &str) -> Option<Vec<&str>> {
    let items: Vec<&RawValue> = ron::from_str(text).ok()?;
    Some(items.into_iter().map(RawValue::get_ron).collect())
}

/// The items of `(1, 2)`.
pub(crate) fn tuple(text: &str) -> Option<Vec<&str>> {
    struct TupleVisitor;
    impl<'de> Visitor<'de> for TupleVisitor {
        type Value = Vec<&'de str>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a tuple")
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
            let mut list = Vec::new();
            while let Some(item) = items.next_element::<&'de RawValue>()? {
                list.push(item.get_ron());
            }
            Ok(list)
        }
    }
    ron::Deserializer::from_str(text).ok()?.deserialize_tuple(0, TupleVisitor).ok()
}

/// The content of a string; borrowed where it has no escapes.
pub(crate) fn text(whole: &str) -> Option<Cow<'_, str>> {
    struct TextVisitor;
    impl<'de> Visitor<'de> for TextVisitor {
        type Value = Cow<'de, str>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a string")
        }

        fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
            Ok(Cow::Borrowed(text))
        }

        fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
            Ok(Cow::Owned(text.to_owned()))
        }
    }
    ron::Deserializer::from_str(whole).ok()?.deserialize_str(TextVisitor).ok()
}
