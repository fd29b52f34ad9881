//! The parameters of a model.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::{DeriveInput, Error, Expr, Ident, Path, Result, Type};

use crate::attribute::Items;
use crate::documentation::{meaning, required_meaning};
use crate::structure::{Named, fields, is_type, real};

/// The ranges of numbers; the others are those of counts, flags and choices.
const RANGES: [&str; 6] =
    ["Finite", "AnyOrInfinite", "Positive", "NonNegative", "NonNegativeOrInfinite", "Probability"];

/// Implements `Parameters`.
pub(crate) fn derive(input: &DeriveInput) -> Result<TokenStream> {
    let ident = &input.ident;
    let fields = fields(input)?;
    let real = real(&input.generics)?;
    let declared = fields.iter().map(|field| declared(field, real)).collect::<Result<Vec<_>>>()?;
    let idents = fields.iter().map(|field| field.ident);
    let places = 0..fields.len();
    let arguments = real.map(|_| quote!(<f64>));
    Ok(quote! {
        impl ::neuropil_core::Parameters for #ident #arguments {
            const DECLARED: &'static [::neuropil_core::Parameter] = &[#(#declared),*];

            fn from_values(values: &[f64]) -> Self {
                Self { #(#idents: ::neuropil_core::derived::FromNumber::from_number(values[#places])),* }
            }
        }
    })
}

/// The declaration of one parameter.
fn declared(field: &Named<'_>, real: Option<&Ident>) -> Result<TokenStream> {
    let missing = || Error::new(field.ident.span(), format!("`{}` needs `#[parameter(...)]`", field.name));
    let items = Items::find(&field.field.attrs, "parameter")?.ok_or_else(missing)?;
    let ty = &field.field.ty;
    if is_type(ty, "f64") || real.is_some_and(|real| is_type(ty, &real.to_string())) {
        number(field, items)
    } else if is_type(ty, "u32") {
        whole(field, items, "count")
    } else if is_type(ty, "bool") {
        whole(field, items, "flag")
    } else if is_type(ty, "PopulationNumber") {
        named(field, items, "population")
    } else if is_type(ty, "StimulusNumber") {
        named(field, items, "stimulus")
    } else {
        choice(field, items, ty)
    }
}

/// A number, with a unit or as a weight, or a parameter that models share.
fn number(field: &Named<'_>, mut items: Items) -> Result<TokenStream> {
    let hint = "begin with a unit, such as `MV`, or with a parameter that models share, such as `iaf::V_TH`";
    let first = items.first_word().ok_or_else(|| items.error(hint))?;
    let mut parameter = if first.segments.len() > 1 {
        shared(field, &mut items, &first)?
    } else {
        own(field, &mut items, &first)?
    };
    if let Some(range) = items.one_of(&RANGES)? {
        parameter = quote!(#parameter.within(::neuropil_core::Range::#range));
    }
    if items.flag("on_grid") {
        parameter = quote!(#parameter.on_grid());
    }
    items.finish(&format!(
        "`default = ...`, `required`, `example = ...`, `on_grid`, and the ranges {}",
        RANGES.join(", ")
    ))?;
    Ok(parameter)
}

fn own(field: &Named<'_>, items: &mut Items, unit: &Path) -> Result<TokenStream> {
    let (name, meaning) = (&field.name, required_meaning(field)?);
    let (default, required) = default(items)?;
    if let Some(constructor) = unit.get_ident().filter(|ident| *ident == "weight" || *ident == "any_unit") {
        return Ok(quote!(::neuropil_core::Parameter::#constructor(#name, #default, #meaning) #required));
    }
    let unit = unit_in_scope(unit);
    Ok(quote!(::neuropil_core::Parameter::new(#name, #unit, #default, #meaning) #required))
}

/// A unit of the model API, or else one of the author's.
pub(crate) fn unit_in_scope(unit: &Path) -> TokenStream {
    quote!({
        #[allow(unused_imports, reason = "a unit may be the author's own")]
        use ::neuropil_core::units::*;
        #unit
    })
}

/// A parameter that models share: the field repeats its name, and may say what it means here.
fn shared(field: &Named<'_>, items: &mut Items, path: &Path) -> Result<TokenStream> {
    let mut parameter = same_name(field, quote!(#path), "parameter");
    if let Some(default) = items.pair("default") {
        parameter = quote!(#parameter.default(#default));
    }
    if let Some(meaning) = meaning(field)? {
        parameter = quote!(#parameter.meaning(#meaning));
    }
    if items.flag("required") {
        parameter = quote!(#parameter.required());
    }
    Ok(parameter)
}

/// A shared declaration, whose name the field must have; if not, the compiler points at the field.
pub(crate) fn same_name(field: &Named<'_>, shared: TokenStream, what: &str) -> TokenStream {
    let name = &field.name;
    same_name_as(field, shared, &syn::parse_quote!(#name), what)
}

/// The same for a field that gives its name itself.
pub(crate) fn same_name_as(field: &Named<'_>, shared: TokenStream, name: &Expr, what: &str) -> TokenStream {
    let message = format!("the field `{}` has another name than the shared {what}", field.name);
    quote_spanned! { field.ident.span() => {
        const _: () = ::core::assert!(::neuropil_core::derived::same_text(#shared.name, #name), #message);
        #shared
    }}
}

/// A whole number or a flag.
fn whole(field: &Named<'_>, mut items: Items, constructor: &str) -> Result<TokenStream> {
    let (name, meaning) = (&field.name, required_meaning(field)?);
    let constructor = Ident::new(constructor, field.ident.span());
    let (default, required) = default(&mut items)?;
    items.finish("`default = ...`, `required` and `example = ...`")?;
    Ok(quote!(::neuropil_core::Parameter::#constructor(#name, #default, #meaning) #required))
}

/// The default, or the example of a required parameter, and what makes it required.
fn default(items: &mut Items) -> Result<(Expr, Option<TokenStream>)> {
    let (default, example) = (items.pair("default"), items.pair("example"));
    match (items.flag("required"), default, example) {
        (true, None, Some(example)) => Ok((example, Some(quote!(.required())))),
        (true, _, _) => Err(items.error("a required parameter has no default, but `example = ...`")),
        (false, Some(default), None) => Ok((default, None)),
        (false, _, _) => Err(items.error("needs `default = ...`, or `required, example = ...`")),
    }
}

/// Something that a scene names.
fn named(field: &Named<'_>, items: Items, constructor: &str) -> Result<TokenStream> {
    let (name, meaning) = (&field.name, required_meaning(field)?);
    let constructor = Ident::new(constructor, field.ident.span());
    items.finish("nothing: a scene has to name it")?;
    Ok(quote!(::neuropil_core::Parameter::#constructor(#name, #meaning)))
}

fn choice(field: &Named<'_>, items: Items, ty: &Type) -> Result<TokenStream> {
    let (name, meaning) = (&field.name, required_meaning(field)?);
    items.finish("nothing: the first word of a choice is the default")?;
    Ok(quote!(::neuropil_core::Parameter::choice(#name, <#ty as ::neuropil_core::Choice>::WORDS, #meaning)))
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;

    fn error(input: DeriveInput) -> String {
        derive(&input).unwrap_err().to_string()
    }

    #[test]
    fn mistakes_are_named() {
        assert_eq!(
            error(parse_quote!(
                struct P {
                    x: f64,
                }
            )),
            "`x` needs `#[parameter(...)]`"
        );
        assert_eq!(
            error(parse_quote!(
                struct P {
                    #[parameter(MV, default = 1.0)]
                    x: f64,
                }
            )),
            "say what `x` means, in a doc comment"
        );
        assert_eq!(
            error(parse_quote!(
                struct P {
                    #[doc = "X."]
                    #[parameter(MV)]
                    x: f64,
                }
            )),
            "needs `default = ...`, or `required, example = ...`"
        );
        assert_eq!(
            error(parse_quote!(
                struct P {
                    #[doc = "X."]
                    #[parameter(NONE, required)]
                    x: f64,
                }
            )),
            "a required parameter has no default, but `example = ...`"
        );
        assert_eq!(
            error(parse_quote!(
                struct P {
                    #[doc = "X."]
                    #[parameter(default = 1.0)]
                    x: f64,
                }
            )),
            "begin with a unit, such as `MV`, or with a parameter that models share, such as `iaf::V_TH`"
        );
        let unknown = error(parse_quote!(
            struct P {
                #[doc = "X."]
                #[parameter(MV, default = 1.0, Positiv)]
                x: f64,
            }
        ));
        assert!(
            unknown.starts_with("`#[parameter]` does not know `Positiv` here; it knows `default = ...`"),
            "{unknown}"
        );
        assert_eq!(
            error(parse_quote!(
                struct P(f64);
            )),
            "expected a struct with named fields"
        );
    }

    #[test]
    fn the_kind_of_a_parameter_follows_from_its_type() {
        let derived = derive(&parse_quote! {
            struct P<R> {
                /// A.
                #[parameter(MV, default = -1.0, Positive)]
                a: R,
                /// B.
                #[parameter(default = 3)]
                b: u32,
                /// C.
                #[parameter(required, example = true)]
                c: bool,
                /// D.
                #[parameter]
                d: Reset,
                #[parameter(iaf::V_TH, default = -50.0)]
                V_th: f64,
            }
        });
        let text = derived.unwrap().to_string().replace(' ', "");
        for expected in [
            "impl::neuropil_core::ParametersforP<f64>",
            "-1.0,\"a\").within(::neuropil_core::Range::Positive)",
            "Parameter::count(\"b\",3,\"b\")",
            "Parameter::flag(\"c\",true,\"c\").required()",
            "Parameter::choice(\"d\",<Resetas::neuropil_core::Choice>::WORDS,\"d\")",
            "same_text(iaf::V_TH.name,\"V_th\")",
        ] {
            assert!(text.contains(expected), "{expected} in {text}");
        }
    }
}
