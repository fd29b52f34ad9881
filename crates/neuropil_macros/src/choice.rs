//! Choices between words.

use proc_macro2::TokenStream;
use quote::quote;
use syn::ext::IdentExt;
use syn::{DeriveInput, Result};

use crate::structure::variants;

/// Implements `Choice`, and what makes a parameter of it.
pub(crate) fn derive(input: &DeriveInput) -> Result<TokenStream> {
    let ident = &input.ident;
    let variants = variants(input)?;
    let words = variants.iter().map(|variant| snake_case(&variant.unraw().to_string()));
    let first = variants[0];
    Ok(quote! {
        impl ::neuropil_core::Choice for #ident {
            const WORDS: &'static [&'static str] = &[#(#words),*];
        }

        impl ::neuropil_core::derived::FromNumber for #ident {
            fn from_number(number: f64) -> Self {
                const ALL: &[#ident] = &[#(#ident::#variants),*];
                ALL[number as usize]
            }
        }

        impl ::neuropil_core::derived::Number for #ident {
            type Double = Self;
            const BLANK: Self = #ident::#first;

            fn nearest(double: Self) -> Self {
                double
            }

            fn is_same(self, other: Self) -> bool {
                self as u32 == other as u32
            }
        }
    })
}

/// `AllToAll` as `all_to_all`.
fn snake_case(name: &str) -> String {
    let mut word = String::new();
    for (i, letter) in name.chars().enumerate() {
        if letter.is_uppercase() && i > 0 {
            word.push('_');
        }
        word.extend(letter.to_lowercase());
    }
    word
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;

    #[test]
    fn variants_become_words() {
        let words = ["Soft", "AllToAll", "Dopri5", "Rk4"].map(snake_case);
        assert_eq!(words, ["soft", "all_to_all", "dopri5", "rk4"]);
    }

    #[test]
    fn a_word_has_no_fields() {
        let error = |input: DeriveInput| derive(&input).unwrap_err().to_string();
        assert_eq!(
            error(parse_quote!(
                enum Reset {
                    Soft,
                    Hard(f64),
                }
            )),
            "a word has no fields"
        );
        assert_eq!(
            error(parse_quote!(
                struct Reset;
            )),
            "expected an enum, whose variants are the words"
        );
    }
}
