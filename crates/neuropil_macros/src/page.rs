//! The page of a model in the catalogue.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Attribute, DeriveInput, Error, LitStr, Result};

use crate::documentation::Documentation;

/// Implements `Page`; the documentation must have the sections of these titles.
pub(crate) fn derive(input: &DeriveInput, sections: &[&str]) -> Result<TokenStream> {
    let ident = &input.ident;
    let name = name(input)?;
    let documentation = Documentation::of(&input.attrs);
    if documentation.summary.is_empty() {
        return Err(Error::new(ident.span(), "say what the model is, in a doc comment"));
    }
    if let Some(missing) = sections.iter().find(|title| !documentation.has(title)) {
        let message = format!("the documentation of a model like this needs the section `# {missing}`");
        return Err(Error::new(ident.span(), message));
    }
    let summary = &documentation.summary;
    let equations = documentation.flowed("Dynamics");
    let numerics = documentation.flowed("Numerics");
    let references = documentation.items("References");
    let (impl_generics, type_generics, bounds) = input.generics.split_for_impl();
    Ok(quote! {
        impl #impl_generics ::neuropil_core::Page for #ident #type_generics #bounds {
            const NAME: &'static str = #name;
            const SUMMARY: &'static str = #summary;
            const EQUATIONS: &'static str = #equations;
            const NUMERICS: &'static str = #numerics;
            const REFERENCES: &'static [&'static str] = &[#(#references),*];
        }
    })
}

/// The name that scenes use, from `#[model("name")]`.
fn name(input: &DeriveInput) -> Result<LitStr> {
    let is_name = |attribute: &&Attribute| attribute.path().is_ident("model");
    let attribute = input.attrs.iter().find(is_name);
    let missing = || Error::new(input.ident.span(), "say how scenes name the model: `#[model(\"name\")]`");
    let name: LitStr = attribute.ok_or_else(missing)?.parse_args()?;
    let text = name.value();
    let starts_well = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    if !starts_well || !text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
        return Err(Error::new(name.span(), "scenes need a name of letters, digits and `_`"));
    }
    Ok(name)
}
