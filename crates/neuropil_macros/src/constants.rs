//! Sets of constants that can be laid out as columns.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{DeriveInput, Ident, Result, Type};

use crate::structure::{fields, real};

/// Implements `Columnar`.
pub(crate) fn derive(input: &DeriveInput) -> Result<TokenStream> {
    let (ident, vis) = (&input.ident, &input.vis);
    let fields = fields(input)?;
    let real = real(&input.generics)?;
    let idents: Vec<&Ident> = fields.iter().map(|field| field.ident).collect();
    let types: Vec<&Type> = fields.iter().map(|field| &field.field.ty).collect();
    // A set without a type of its own is the same in all precisions.
    let real = real.map_or_else(|| Ident::new("_R", ident.span()), Clone::clone);
    let is_generic = !input.generics.params.is_empty();
    let of = |argument: TokenStream| if is_generic { quote!(#ident<#argument>) } else { quote!(#ident) };
    let (own, double) = (of(quote!(#real)), of(quote!(f64)));
    let bounded = is_generic.then(|| quote!(<#real: ::neuropil_core::Real>));
    let applied = is_generic.then(|| quote!(<#real>));
    Ok(quote! {
        #[allow(non_snake_case, reason = "columns have the names of fields, which are those of the literature")]
        const _: () = {
            #[derive(Clone)]
            #vis struct Columns #bounded {
                #(#idents: <#types as ::neuropil_core::Columnar>::Columns),*
            }

            #vis struct Staged #bounded {
                #(#idents: <#types as ::neuropil_core::Columnar>::Staged),*
            }

            impl #bounded ::neuropil_core::Columnar for #own {
                type Double = #double;
                type Columns = Columns #applied;
                type Staged = Staged #applied;

                fn rounded(double: Self::Double) -> Self {
                    Self { #(#idents: <#types as ::neuropil_core::Columnar>::rounded(double.#idents)),* }
                }

                fn columns(sets: impl Iterator<Item = Self> + Clone) -> Self::Columns {
                    Columns {
                        #(#idents: <#types as ::neuropil_core::Columnar>::columns(
                            sets.clone().map(|set| set.#idents)
                        )),*
                    }
                }

                fn of_neuron(columns: &Self::Columns, i: usize) -> Self {
                    Self { #(#idents: <#types as ::neuropil_core::Columnar>::of_neuron(&columns.#idents, i)),* }
                }

                #[inline(always)]
                fn stage(columns: &Self::Columns) -> Self::Staged {
                    Staged { #(#idents: <#types as ::neuropil_core::Columnar>::stage(&columns.#idents)),* }
                }

                #[inline(always)]
                fn load(columns: &Self::Columns, block: ::neuropil_core::derived::Block, staged: &mut Self::Staged) {
                    #(<#types as ::neuropil_core::Columnar>::load(&columns.#idents, block, &mut staged.#idents);)*
                }

                #[inline(always)]
                fn of_staged(staged: &Self::Staged, k: usize) -> Self {
                    Self { #(#idents: <#types as ::neuropil_core::Columnar>::of_staged(&staged.#idents, k)),* }
                }
            }
        };
    })
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;

    #[test]
    fn a_set_may_be_generic_or_not() {
        let text = |input| derive(&input).unwrap().to_string().replace(' ', "");
        let generic = text(parse_quote!(
            struct C<R> {
                a: R,
                b: Alpha<R>,
                n: i32,
            }
        ));
        assert!(
            generic.contains("impl<R:::neuropil_core::Real>::neuropil_core::ColumnarforC<R>"),
            "{generic}"
        );
        assert!(generic.contains("typeDouble=C<f64>"), "{generic}");
        let plain = text(parse_quote!(
            struct C {
                n: i32,
            }
        ));
        assert!(plain.contains("impl::neuropil_core::ColumnarforC{typeDouble=C;"), "{plain}");
    }

    #[test]
    fn more_types_are_refused() {
        let error = derive(&parse_quote!(
            struct C<R, S> {
                a: R,
                b: S,
            }
        ))
        .unwrap_err();
        assert_eq!(error.to_string(), "expected at most one parameter of type, such as `<R>`");
    }
}
