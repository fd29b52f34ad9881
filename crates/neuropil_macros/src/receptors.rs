//! What arrives at a neuron in a step.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, Error, Expr, Ident, Path, Result};

use crate::attribute::Items;
use crate::documentation::{meaning, required_meaning};
use crate::parameters::{same_name_as, unit_in_scope};
use crate::structure::{Named, fields, is_type, real};

/// What a receptor takes.
const ACCEPTS: [&str; 4] = ["PositiveWeights", "NegativeWeights", "AnyWeight", "Current"];

/// The distributions of random numbers.
const DRAWS: [&str; 2] = ["Uniform", "Normal"];

/// Where a field comes from.
enum Origin {
    /// What arrives at a receptor, which is declared so, in this step.
    Receptor(TokenStream, Timing),
    /// The number of the step.
    Step,
    /// A random number of this distribution.
    Random(Ident),
}

/// When what arrives at a receptor is there for a step.
#[derive(Clone, Copy, PartialEq)]
enum Timing {
    /// In the step in which it arrives.
    AtOnce,
    /// The same, for a current, which is zero where no stimulus sends any.
    CurrentAtOnce,
    /// In the next step.
    NextStep,
    /// Never: it goes to the variable that the receptor holds.
    Held,
}

/// Implements `Receptors`.
pub(crate) fn derive(input: &DeriveInput) -> Result<TokenStream> {
    let real = real(&input.generics)?;
    let fields = fields(input)?;
    let origins =
        fields.iter().map(|field| Ok((field.ident, origin(field, real)?))).collect::<Result<Vec<_>>>()?;
    let delayed =
        origins.iter().filter(|(_, origin)| matches!(origin, Origin::Receptor(_, Timing::NextStep)));
    if let Some((second, _)) = delayed.clone().nth(1) {
        return Err(Error::new(second.span(), "a second current for the next step; a model has one"));
    }
    let has_delayed = delayed.count() > 0;
    let ident = &input.ident;
    let receptors: Vec<_> = receptors(&origins).collect();
    let declared = receptors.iter().map(|(_, declared, _)| declared);
    let all = receptors.iter().map(|(ident, ..)| ident);
    let draws: Vec<_> = randoms(&origins).map(|(_, draw)| draw).collect();
    let (places, n_taken) = taken_places(&receptors);
    let own = real.map_or_else(|| quote!(#ident), |_| quote!(#ident<R>));
    let run = run(ident, &own, &origins, has_delayed);
    Ok(quote! {
        #[allow(non_snake_case, reason = "columns have the names of fields, which are those of the literature")]
        const _: () = {
            impl<R: ::neuropil_core::Real> ::neuropil_core::Receptors<R> for #own {
                const DECLARED: &'static [::neuropil_core::Receptor] = &[#(#declared),*];
                const RANDOM: &'static [::neuropil_core::derived::Draw] = &[#(::neuropil_core::derived::Draw::#draws),*];
                type Taken<'a> = [::neuropil_core::derived::Arrivals<'a, R>; #n_taken] where R: 'a;

                #[inline]
                fn take<'a>(channels: &mut ::neuropil_core::Channels<'a, R>) -> Self::Taken<'a> {
                    [#(channels.arrivals(#places)),*]
                }

                #run

                fn of_receptor(&self, channel: usize) -> R {
                    let all: &[R] = &[#(self.#all),*];
                    all[channel]
                }
            }
        };
    })
}

type Origins<'a> = [(&'a Ident, Origin)];

fn receptors<'a>(origins: &'a Origins<'a>) -> impl Iterator<Item = (&'a Ident, &'a TokenStream, Timing)> {
    origins.iter().filter_map(|(ident, origin)| match origin {
        Origin::Receptor(declared, timing) => Some((*ident, declared, *timing)),
        _ => None,
    })
}

fn randoms<'a>(origins: &'a Origins<'a>) -> impl Iterator<Item = (&'a Ident, &'a Ident)> {
    origins.iter().filter_map(|(ident, origin)| match origin {
        Origin::Random(draw) => Some((*ident, draw)),
        _ => None,
    })
}

/// The channels of the receptors whose arrivals a step takes.
fn taken_places(receptors: &[(&Ident, &TokenStream, Timing)]) -> (Vec<usize>, usize) {
    let taken = receptors.iter().enumerate().filter(|(_, (.., timing))| *timing != Timing::Held);
    let places: Vec<usize> = taken.map(|(place, _)| place).collect();
    let n = places.len();
    (places, n)
}

fn origin(field: &Named<'_>, real: Option<&Ident>) -> Result<Origin> {
    let attributes = &field.field.attrs;
    if Items::find(attributes, "step")?.is_some() {
        return if is_type(&field.field.ty, "u64") {
            Ok(Origin::Step)
        } else {
            Err(Error::new_spanned(&field.field.ty, "the number of a step is a `u64`"))
        };
    }
    let Some(real) = real else {
        let message = "what arrives is generic over the precision: write `<R>` after the name of the struct, and `R` here";
        return Err(Error::new_spanned(&field.field.ty, message));
    };
    if !is_type(&field.field.ty, &real.to_string()) {
        return Err(Error::new_spanned(&field.field.ty, format!("what arrives is of type `{real}`")));
    }
    if let Some(mut items) = Items::find(attributes, "random")? {
        let draw =
            items.one_of(&DRAWS)?.ok_or_else(|| items.error("say which numbers: `Uniform` or `Normal`"))?;
        items.finish("`Uniform` and `Normal`")?;
        return Ok(Origin::Random(draw));
    }
    let missing = format!("`{}` needs `#[receptor(...)]`, `#[random(...)]` or `#[step]`", field.name);
    let items =
        Items::find(attributes, "receptor")?.ok_or_else(|| Error::new(field.ident.span(), missing))?;
    receptor(field, items)
}

fn receptor(field: &Named<'_>, mut items: Items) -> Result<Origin> {
    let hint =
        "begin with a unit, such as `PA`, or with a receptor that models share, such as `iaf::CURRENT`";
    let first = items.first_word().ok_or_else(|| items.error(hint))?;
    let next_step = items.flag("next_step");
    let held = items.flag("held");
    let name = items.pair("name").unwrap_or_else(|| {
        let name = &field.name;
        syn::parse_quote!(#name)
    });
    let (declared, is_current) = if first.segments.len() > 1 {
        (shared(field, &first, &name)?, next_step)
    } else {
        own(field, &mut items, &first, &name)?
    };
    let timing = match (held, next_step, is_current) {
        (true, false, false) => Timing::Held,
        (true, ..) => return Err(items.error("a receptor that holds a variable takes spikes")),
        (false, true, true) => Timing::NextStep,
        (false, true, false) => return Err(items.error("`next_step` is for `Current`")),
        (false, false, true) => Timing::CurrentAtOnce,
        (false, false, false) => Timing::AtOnce,
    };
    items.finish(
        "`name = ...`, `held`, `next_step`, and PositiveWeights, NegativeWeights, AnyWeight or Current",
    )?;
    Ok(Origin::Receptor(declared, timing))
}

/// A receptor of the author's, and whether it takes currents.
fn own(field: &Named<'_>, items: &mut Items, unit: &Path, name: &Expr) -> Result<(TokenStream, bool)> {
    let (meaning, unit) = (required_meaning(field)?, unit_in_scope(unit));
    let missing = format!("say what it takes: {} or {}", ACCEPTS[..3].join(", "), ACCEPTS[3]);
    let accepts = items.one_of(&ACCEPTS)?.ok_or_else(|| items.error(missing))?;
    let is_current = accepts == "Current";
    let declared = quote!(::neuropil_core::Receptor {
        name: #name,
        unit: #unit,
        accepts: ::neuropil_core::Accepts::#accepts,
        meaning: #meaning,
    });
    Ok((declared, is_current))
}

/// A receptor that models share.
fn shared(field: &Named<'_>, path: &Path, name: &Expr) -> Result<TokenStream> {
    let shared = same_name_as(field, quote!(#path), name, "receptor");
    Ok(match meaning(field)? {
        Some(meaning) => quote!(#shared.meaning(#meaning)),
        None => shared,
    })
}

/// The function that gives the input of the neurons of a block.
fn run(ident: &Ident, own: &TokenStream, origins: &Origins<'_>, has_delayed: bool) -> TokenStream {
    let is_taken = |timing: &Timing| *timing != Timing::Held;
    let taken: Vec<_> =
        receptors(origins).filter(|(.., timing)| is_taken(timing)).map(|(ident, ..)| ident).collect();
    let random: Vec<_> = randoms(origins).map(|(ident, _)| ident).collect();
    let places = 0..random.len();
    let has_step = origins.iter().any(|(_, origin)| matches!(origin, Origin::Step));
    let step = has_step.then(|| quote!(step: u64,));
    let delayed = has_delayed.then(|| quote!(delayed: &'a mut [R],));
    let names = sources_of_taker(has_step, has_delayed, &taken, &random);
    let given_step = has_step.then(|| quote!(moment.step,));
    let given_delayed = has_delayed.then(|| quote!(block.of(moment.delayed),));
    let values = origins.iter().map(|(ident, origin)| value(ident, origin));
    let idents = origins.iter().map(|(ident, _)| ident);
    quote! {
        #[inline(always)]
        fn run<const STIMULATED: bool>(
            taken: &mut Self::Taken<'_>,
            moment: &mut ::neuropil_core::derived::Moment<'_, R>,
            block: ::neuropil_core::derived::Block,
            next: impl ::neuropil_core::derived::WithInput<Self>,
        ) {
            struct Taker<'a, R: ::neuropil_core::Real, const STIMULATED: bool> {
                _real: ::core::marker::PhantomData<&'a R>,
                #step
                #(#taken: ::neuropil_core::derived::Arrivals<'a, R>,)*
                #(#random: &'a [R],)*
                #delayed
            }

            impl<R: ::neuropil_core::Real, const STIMULATED: bool> ::neuropil_core::derived::TakeInput<#own>
                for Taker<'_, R, STIMULATED>
            {
                #[inline(always)]
                fn take(&mut self, k: usize) -> #own {
                    #ident { #(#idents: #values,)* }
                }
            }

            // Columns are arguments of their own, which tells the compiler that they do not overlap.
            #[inline(always)]
            fn give<'a, R: ::neuropil_core::Real, const STIMULATED: bool>(
                #step
                #(#taken: ::neuropil_core::derived::Arrivals<'a, R>,)*
                #(#random: &'a [R],)*
                #delayed
                next: impl ::neuropil_core::derived::WithInput<#own>,
            ) {
                next.run(Taker::<'a, R, STIMULATED> { _real: ::core::marker::PhantomData, #(#names),* });
            }

            let [#(#taken),*] = taken;
            give::<R, STIMULATED>(
                #given_step
                #(block.arrivals(#taken),)*
                #(block.read(&moment.random[#places]),)*
                #given_delayed
                next,
            );
        }
    }
}

/// The fields of what takes the input.
fn sources_of_taker(has_step: bool, has_delayed: bool, taken: &[&Ident], random: &[&Ident]) -> Vec<Ident> {
    let word =
        |is_there: bool, word: &str| is_there.then(|| Ident::new(word, proc_macro2::Span::call_site()));
    let own = taken.iter().chain(random).map(|ident| (*ident).clone());
    word(has_step, "step").into_iter().chain(own).chain(word(has_delayed, "delayed")).collect()
}

/// What a step finds in a field.
fn value(ident: &Ident, origin: &Origin) -> TokenStream {
    let zero = quote!(<R as ::neuropil_core::Real>::ZERO);
    match origin {
        Origin::Step => quote!(self.step),
        Origin::Random(_) => quote!(self.#ident[k]),
        Origin::Receptor(_, Timing::Held) => zero,
        Origin::Receptor(_, Timing::AtOnce) => quote!(self.#ident.take(k)),
        Origin::Receptor(_, Timing::CurrentAtOnce) => {
            quote!(if STIMULATED { self.#ident.take(k) } else { #zero })
        }
        Origin::Receptor(_, Timing::NextStep) => {
            quote!(if STIMULATED { ::core::mem::replace(&mut self.delayed[k], self.#ident.take(k)) } else { #zero })
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
                struct Input<R> {
                    ex: R,
                }
            )),
            "`ex` needs `#[receptor(...)]`, `#[random(...)]` or `#[step]`"
        );
        assert_eq!(
            error(parse_quote!(
                struct Input<R> {
                    #[doc = "E."]
                    #[receptor(PA)]
                    ex: R,
                }
            )),
            "say what it takes: PositiveWeights, NegativeWeights, AnyWeight or Current"
        );
        assert_eq!(
            error(parse_quote!(
                struct Input<R> {
                    #[doc = "E."]
                    #[receptor(PA, AnyWeight, next_step)]
                    ex: R,
                }
            )),
            "`next_step` is for `Current`"
        );
        assert_eq!(
            error(parse_quote!(
                struct Input<R> {
                    #[doc = "E."]
                    #[receptor(PA, AnyWeight, Current)]
                    ex: R,
                }
            )),
            "a second one of the kind; write one of them"
        );
        assert_eq!(
            error(parse_quote!(
                struct Input<R> {
                    #[step]
                    step: R,
                }
            )),
            "the number of a step is a `u64`"
        );
        assert_eq!(
            error(parse_quote!(
                struct Input<R> {
                    #[random]
                    xi: R,
                }
            )),
            "say which numbers: `Uniform` or `Normal`"
        );
    }

    #[test]
    fn input_is_what_arrives_the_step_and_random_numbers() {
        let input = parse_quote! {
            struct Input<R> {
                /// Excitation.
                #[receptor(PA, PositiveWeights)]
                ex: R,
                /// Inhibition.
                #[receptor(PA, NegativeWeights, name = "in", held)]
                inh: R,
                #[receptor(iaf::CURRENT, next_step)]
                current: R,
                #[step]
                step: u64,
                #[random(Normal)]
                xi: R,
            }
        };
        let text = derive(&input).unwrap().to_string().replace(' ', "");
        for expected in [
            "name:\"in\"",
            "[channels.arrivals(0usize),channels.arrivals(2usize)]",
            "same_text(iaf::CURRENT.name,\"current\")",
            "&[::neuropil_core::derived::Draw::Normal]",
            "inh:<Ras::neuropil_core::Real>::ZERO",
        ] {
            assert!(text.contains(expected), "{expected} in {text}");
        }
    }
}
