//! The fields of a struct, and the variants of an enum.

use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Error, Field, Fields, GenericParam, Generics, Ident, Result, Type};

/// A field with a name.
pub(crate) struct Named<'a> {
    pub(crate) field: &'a Field,
    pub(crate) ident: &'a Ident,
    /// The name as scenes have it.
    pub(crate) name: String,
}

/// The fields of a struct.
pub(crate) fn fields(input: &DeriveInput) -> Result<Vec<Named<'_>>> {
    let refuse = |span| Err(Error::new(span, "expected a struct with named fields"));
    let Data::Struct(data) = &input.data else { return refuse(input.ident.span()) };
    match &data.fields {
        Fields::Named(fields) => Ok(fields.named.iter().filter_map(named).collect()),
        // A struct that says nothing declares nothing.
        Fields::Unit => Ok(Vec::new()),
        Fields::Unnamed(fields) => refuse(fields.span()),
    }
}

fn named(field: &Field) -> Option<Named<'_>> {
    field.ident.as_ref().map(|ident| Named { field, ident, name: ident.unraw().to_string() })
}

/// The variants of an enum, none of which has fields.
pub(crate) fn variants(input: &DeriveInput) -> Result<Vec<&Ident>> {
    let Data::Enum(data) = &input.data else {
        return Err(Error::new(input.ident.span(), "expected an enum, whose variants are the words"));
    };
    if data.variants.is_empty() {
        return Err(Error::new(input.ident.span(), "expected a word to choose"));
    }
    let variant = |variant: &'_ syn::Variant| match variant.fields {
        Fields::Unit => Ok(()),
        _ => Err(Error::new(variant.fields.span(), "a word has no fields")),
    };
    data.variants.iter().try_for_each(variant)?;
    Ok(data.variants.iter().map(|variant| &variant.ident).collect())
}

/// Whether a type is this one word.
pub(crate) fn is_type(ty: &Type, name: &str) -> bool {
    matches!(ty, Type::Path(path) if path.qself.is_none() && path.path.is_ident(name))
}

/// The floating-point type over which a struct is generic.
pub(crate) fn real(generics: &Generics) -> Result<Option<&Ident>> {
    let mut all = generics.params.iter();
    match (all.next(), all.next()) {
        (None, _) => Ok(None),
        (Some(GenericParam::Type(real)), None) => Ok(Some(&real.ident)),
        (Some(_), _) => {
            Err(Error::new_spanned(generics, "expected at most one parameter of type, such as `<R>`"))
        }
    }
}
