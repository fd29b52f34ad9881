//! The state of a neuron.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, Error, Expr, Ident, Lit, LitStr, Path, Result, Type};

use crate::attribute::Items;
use crate::documentation::{meaning, required_meaning};
use crate::parameters::{same_name, unit_in_scope};
use crate::structure::{Named, fields, is_type, real};

/// Where a field of the state is kept.
enum Place {
    /// In a column.
    Column,
    /// In the receptor of this name.
    Receptor(LitStr),
    /// In that which says who fired.
    Fired,
}

/// A field of the state.
struct Field<'a> {
    ident: &'a Ident,
    ty: &'a Type,
    place: Place,
    /// The declaration of a variable that recorders see.
    declared: Option<Declared>,
}

struct Declared {
    variable: TokenStream,
    /// How what is held differs from what is shown.
    shown: TokenStream,
}

/// Implements `State`.
pub(crate) fn derive(input: &DeriveInput) -> Result<TokenStream> {
    let missing = || {
        Error::new(input.ident.span(), "a state is generic over the precision: write `<R>` after its name")
    };
    let real = real(&input.generics)?.ok_or_else(missing)?;
    let fields = fields(input)?;
    let fields = fields.iter().map(|field| parse(field, real)).collect::<Result<Vec<_>>>()?;
    let (accessors, run) = (accessors(input, &fields), run(input, &fields));
    let (ident, vis) = (&input.ident, &input.vis);
    let columns: Vec<_> = in_columns(&fields).collect();
    let (idents, types): (Vec<_>, Vec<_>) = columns.iter().map(|field| (field.ident, field.ty)).unzip();
    let declared = fields.iter().filter_map(|field| field.declared.as_ref());
    let (variables, shown): (Vec<_>, Vec<_>) = declared.map(|d| (&d.variable, &d.shown)).unzip();
    let receptors: Vec<_> = held(&fields).map(|(_, receptor)| receptor).collect();
    let n_held = receptors.len();
    Ok(quote! {
        #[allow(non_snake_case, reason = "columns have the names of fields, which are those of the literature")]
        const _: () = {
            #[derive(Clone, Debug)]
            #vis struct Columns<R> {
                _real: ::core::marker::PhantomData<R>,
                #(#idents: ::neuropil_core::derived::StateColumn<#types>,)*
            }

            impl<R: ::neuropil_core::Real> ::neuropil_core::State<R> for #ident<R> {
                const DECLARED: &'static [::neuropil_core::StateVariable] = &[#(#variables),*];
                const SHOWN: &'static [::neuropil_core::derived::Shown] = &[#(#shown),*];
                type Columns = Columns<R>;
                type Held<'a> = [&'a mut [R]; #n_held] where R: 'a;

                fn columns(n: usize) -> Self::Columns {
                    Columns {
                        _real: ::core::marker::PhantomData,
                        #(#idents: ::neuropil_core::derived::StateColumn::filled(::core::default::Default::default(), n),)*
                    }
                }

                #[inline]
                fn held<'a, I: ::neuropil_core::Receptors<R>>(
                    channels: &mut ::neuropil_core::Channels<'a, R>,
                ) -> Self::Held<'a> {
                    [#(channels.take(const { ::neuropil_core::derived::channel_of(I::DECLARED, #receptors) })),*]
                }

                #accessors
                #run
            }
        };
    })
}

fn in_columns<'a>(fields: &'a [Field<'a>]) -> impl Iterator<Item = &'a Field<'a>> {
    fields.iter().filter(|field| matches!(field.place, Place::Column))
}

/// The fields that are in no column.
fn elsewhere<'a>(fields: &'a [Field<'a>]) -> impl Iterator<Item = &'a Ident> {
    fields.iter().filter(|field| !matches!(field.place, Place::Column)).map(|field| field.ident)
}

fn held<'a>(fields: &'a [Field<'a>]) -> impl Iterator<Item = (&'a Ident, &'a LitStr)> {
    fields.iter().filter_map(|field| match &field.place {
        Place::Receptor(receptor) => Some((field.ident, receptor)),
        _ => None,
    })
}

fn parse<'a>(field: &Named<'a>, real: &Ident) -> Result<Field<'a>> {
    let (ident, ty) = (field.ident, &field.field.ty);
    if Items::find(&field.field.attrs, "fired")?.is_some() {
        return Ok(Field { ident, ty, place: Place::Fired, declared: None });
    }
    let Some(mut items) = Items::find(&field.field.attrs, "state")? else {
        return Ok(Field { ident, ty, place: Place::Column, declared: None });
    };
    if !is_type(ty, &real.to_string()) {
        return Err(Error::new_spanned(ty, format!("a variable that recorders see is of type `{real}`")));
    }
    let hint = "begin with a unit, such as `MV`, or with a variable that models share, such as `iaf::V_M`";
    let first = items.first_word().ok_or_else(|| items.error(hint))?;
    let mut variable = if first.segments.len() > 1 {
        shared(field, &mut items, &first)?
    } else {
        own(field, &mut items, &first)?
    };
    let mut place = Place::Column;
    if let Some(receptor) = items.pair("held_in") {
        let receptor = text(receptor)?;
        variable = quote!(#variable.held_in(#receptor));
        place = Place::Receptor(receptor);
    }
    let shown = shown(&mut items, &place)?;
    items.finish("`initial = ...`, `relative_to = PARAMETER`, `scale = ...` and `held_in = \"RECEPTOR\"`")?;
    Ok(Field { ident, ty, place, declared: Some(Declared { variable, shown }) })
}

/// How what is held differs from what is shown.
fn shown(items: &mut Items, place: &Place) -> Result<TokenStream> {
    let relative_to = items.pair("relative_to").map(|parameter| word(&parameter)).transpose()?;
    let scale = items.pair("scale");
    if matches!(place, Place::Receptor(_)) && (relative_to.is_some() || scale.is_some()) {
        return Err(items.error("what a receptor holds is shown as it is"));
    }
    Ok(match (relative_to, scale) {
        (None, None) => quote!(::neuropil_core::derived::Shown::AsHeld),
        (Some(parameter), None) => quote!(::neuropil_core::derived::Shown::RelativeTo(#parameter)),
        (None, Some(scale)) => quote!(::neuropil_core::derived::Shown::Times(#scale)),
        (Some(_), Some(_)) => return Err(items.error("write `relative_to` or `scale`, not both")),
    })
}

fn own(field: &Named<'_>, items: &mut Items, unit: &Path) -> Result<TokenStream> {
    let (name, meaning, unit) = (&field.name, required_meaning(field)?, unit_in_scope(unit));
    let initial =
        items.pair("initial").map_or_else(|| Ok(quote!(::neuropil_core::Initial::Value(0.0))), initial)?;
    Ok(quote!(::neuropil_core::StateVariable::new(#name, #unit, #initial, #meaning)))
}

fn shared(field: &Named<'_>, items: &mut Items, path: &Path) -> Result<TokenStream> {
    let mut variable = same_name(field, quote!(#path), "variable");
    if let Some(value) = items.pair("initial") {
        let initial = initial(value)?;
        variable = quote!(#variable.initial(#initial));
    }
    if let Some(meaning) = meaning(field)? {
        variable = quote!(#variable.meaning(#meaning));
    }
    Ok(variable)
}

/// A value at the start: a number, or the name of a parameter.
fn initial(value: Expr) -> Result<TokenStream> {
    Ok(match &value {
        Expr::Path(path) if path.path.get_ident().is_some() => {
            let parameter = word(&value)?;
            quote!(::neuropil_core::Initial::Parameter(#parameter))
        }
        _ => quote!(::neuropil_core::Initial::Value(#value)),
    })
}

fn word(value: &Expr) -> Result<String> {
    match value {
        Expr::Path(path) => path.path.require_ident().map(ToString::to_string),
        other => Err(Error::new_spanned(other, "expected the name of a parameter")),
    }
}

fn text(value: Expr) -> Result<LitStr> {
    match value {
        Expr::Lit(syn::ExprLit { lit: Lit::Str(text), .. }) => Ok(text),
        other => Err(Error::new_spanned(other, "expected the name of a receptor, as text")),
    }
}

/// The methods that reach single neurons: variables by their number, and whole states.
fn accessors(input: &DeriveInput, fields: &[Field<'_>]) -> TokenStream {
    let declared = fields.iter().filter(|field| field.declared.is_some()).enumerate();
    let in_columns_declared = declared.filter(|(_, field)| matches!(field.place, Place::Column));
    let (places, variables): (Vec<_>, Vec<_>) =
        in_columns_declared.map(|(i, field)| (i, field.ident)).unzip();
    let columns: Vec<_> = in_columns(fields).map(|field| field.ident).collect();
    let elsewhere =
        fields.iter().filter(|field| !matches!(field.place, Place::Column)).map(|field| field.ident);
    let ident = &input.ident;
    quote! {
        fn column(columns: &Self::Columns, variable: usize) -> &[R] {
            match variable {
                #(#places => &columns.#variables,)*
                _ => ::core::unreachable!("a declared variable that no receptor holds"),
            }
        }

        fn column_mut(columns: &mut Self::Columns, variable: usize) -> &mut [R] {
            match variable {
                #(#places => &mut columns.#variables,)*
                _ => ::core::unreachable!("a declared variable that no receptor holds"),
            }
        }

        fn change(columns: &mut Self::Columns, neuron: usize, change: impl FnOnce(&mut Self)) {
            let mut state = #ident {
                #(#columns: columns.#columns[neuron],)*
                #(#elsewhere: ::core::default::Default::default(),)*
            };
            change(&mut state);
            #(columns.#columns[neuron] = state.#columns;)*
        }
    }
}

/// The loop over the neurons of a block.
fn run(input: &DeriveInput, fields: &[Field<'_>]) -> TokenStream {
    let ident = &input.ident;
    let columns: Vec<_> = in_columns(fields).map(|field| field.ident).collect();
    let types: Vec<_> = in_columns(fields).map(|field| field.ty).collect();
    let held: Vec<_> = held(fields).map(|(ident, _)| ident).collect();
    let fired = fields.iter().filter(|field| matches!(field.place, Place::Fired)).map(|field| field.ident);
    let elsewhere = elsewhere(fields);
    quote! {
        #[inline(always)]
        fn run(
            columns: &mut Self::Columns,
            held: &mut Self::Held<'_>,
            spiking: &mut [bool],
            block: ::neuropil_core::derived::Block,
            step: impl ::neuropil_core::derived::StepOne<Self>,
        ) {
            // Columns are arguments of their own, which tells the compiler that they do not overlap.
            #[inline(always)]
            fn advance<R: ::neuropil_core::Real>(
                #(#columns: &mut [#types],)*
                #(#held: &mut [R],)*
                spiking: &mut [bool],
                mut step: impl ::neuropil_core::derived::StepOne<#ident<R>>,
            ) {
                for k in 0..spiking.len() {
                    let mut state = #ident {
                        #(#columns: #columns[k],)*
                        #(#held: #held[k],)*
                        #(#fired: spiking[k],)*
                    };
                    spiking[k] = step.step(k, &mut state);
                    #(#columns[k] = state.#columns;)*
                    #(#held[k] = state.#held;)*
                }
            }
            let [#(#held),*] = held;
            advance(#(block.of(&mut columns.#columns),)* #(block.of(#held),)* block.of(spiking), step);
        }

        #[inline(always)]
        fn each(
            columns: &mut Self::Columns,
            block: ::neuropil_core::derived::Block,
            each: impl ::neuropil_core::derived::ForEach<Self>,
        ) {
            #[inline(always)]
            fn change<R: ::neuropil_core::Real>(
                #(#columns: &mut [#types],)*
                n: usize,
                mut each: impl ::neuropil_core::derived::ForEach<#ident<R>>,
            ) {
                for k in 0..n {
                    let mut state = #ident {
                        #(#columns: #columns[k],)*
                        #(#elsewhere: ::core::default::Default::default(),)*
                    };
                    each.each(k, &mut state);
                    #(#columns[k] = state.#columns;)*
                }
            }
            change(#(block.of(&mut columns.#columns),)* block.len(), each);
        }
    }
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
                struct State {
                    v: f64,
                }
            )),
            "a state is generic over the precision: write `<R>` after its name"
        );
        assert_eq!(
            error(parse_quote!(
                struct State<R> {
                    #[doc = "V."]
                    #[state(MV)]
                    v: f64,
                }
            )),
            "a variable that recorders see is of type `R`"
        );
        assert_eq!(
            error(parse_quote!(
                struct State<R> {
                    #[state(MV)]
                    v: R,
                }
            )),
            "say what `v` means, in a doc comment"
        );
        assert_eq!(
            error(parse_quote!(
                struct State<R> {
                    #[doc = "V."]
                    #[state(MV, relative)]
                    v: R,
                }
            )),
            "`#[state]` does not know `relative` here; it knows `initial = ...`, `relative_to = PARAMETER`, \
             `scale = ...` and `held_in = \"RECEPTOR\"`"
        );
        assert_eq!(
            error(parse_quote!(
                struct State<R> {
                    #[doc = "V."]
                    #[state(MV, relative_to = 1.0)]
                    v: R,
                }
            )),
            "expected the name of a parameter"
        );
    }

    #[test]
    fn only_what_is_declared_is_seen() {
        let state = parse_quote! {
            struct State<R> {
                #[state(iaf::V_M, relative_to = E_L)]
                V_m: R,
                /// G.
                #[state(NS, held_in = "ampa")]
                g: R,
                refractory: i32,
                #[fired]
                fired: bool,
            }
        };
        let text = derive(&state).unwrap().to_string().replace(' ', "");
        for expected in [
            "same_text(iaf::V_M.name,\"V_m\")",
            ".held_in(\"ampa\")",
            "[::neuropil_core::derived::Shown::RelativeTo(\"E_L\"),::neuropil_core::derived::Shown::AsHeld]",
            "refractory:::neuropil_core::derived::StateColumn<i32>",
            "fired:spiking[k]",
            "0usize=>&columns.V_m,_=>",
        ] {
            assert!(text.contains(expected), "{expected} in {text}");
        }
    }
}
