//! The kinds of models, each with its derive.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::{DeriveInput, Ident, Result};

use crate::page;

/// The kind of a model.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    Neuron,
    Synapse,
    Stimulus,
    Rule,
    Process,
    Recorder,
    Action,
    Distribution,
    Function,
}

impl Kind {
    /// Implements `Page`, and `Plugin`, which registers the model.
    pub(crate) fn derive(self, input: &DeriveInput) -> Result<TokenStream> {
        let page = page::derive(input, self.sections())?;
        let ident = &input.ident;
        let add = Ident::new(self.add(), Span::call_site());
        let (impl_generics, type_generics, bounds) = input.generics.split_for_impl();
        Ok(quote! {
            #page

            impl #impl_generics ::neuropil_core::Plugin for #ident #type_generics #bounds {
                fn build(&self, registry: &mut ::neuropil_core::Registry) {
                    registry.#add::<Self>();
                }

                fn name(&self) -> &'static str {
                    ::core::env!("CARGO_PKG_NAME")
                }
            }
        })
    }

    /// The method of the registry that takes such a model.
    fn add(self) -> &'static str {
        match self {
            Self::Neuron => "add_neuron",
            Self::Synapse => "add_synapse",
            Self::Stimulus => "add_stimulus",
            Self::Rule => "add_rule",
            Self::Process => "add_process",
            Self::Recorder => "add_recorder",
            Self::Action => "add_action",
            Self::Distribution => "add_distribution",
            Self::Function => "add_function",
        }
    }

    /// The sections that its documentation must have. What moves in time has equations and an order of what happens in a step;
    /// the others may say all in a sentence.
    fn sections(self) -> &'static [&'static str] {
        match self {
            Self::Neuron | Self::Synapse | Self::Stimulus => &["Dynamics", "Numerics"],
            Self::Process => &["Numerics"],
            Self::Rule | Self::Recorder | Self::Action | Self::Distribution | Self::Function => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;

    fn error(kind: Kind, input: DeriveInput) -> String {
        kind.derive(&input).unwrap_err().to_string()
    }

    #[test]
    fn what_a_page_lacks_is_named() {
        let model: DeriveInput = parse_quote! {
            /// A neuron.
            ///
            /// # Dynamics
            ///
            /// dV/dt = -V
            #[model("leak")]
            struct Leak;
        };
        assert_eq!(
            error(Kind::Neuron, model.clone()),
            "the documentation of a model like this needs the section `# Numerics`"
        );
        assert!(Kind::Rule.derive(&model).is_ok());
        let silent = parse_quote! { #[model("leak")] struct Leak; };
        assert_eq!(error(Kind::Rule, silent), "say what the model is, in a doc comment");
        let nameless = parse_quote! { #[doc = "A rule."] struct Leak; };
        assert_eq!(error(Kind::Rule, nameless), "say how scenes name the model: `#[model(\"name\")]`");
        let odd = parse_quote! { #[doc = "A rule."] #[model("a leak")] struct Leak; };
        assert_eq!(error(Kind::Rule, odd), "scenes need a name of letters, digits and `_`");
    }

    #[test]
    fn a_plugin_registers_the_model_as_its_kind() {
        let model = parse_quote! { #[doc = "A rule."] #[model("ring")] struct Ring; };
        assert!(Kind::Rule.derive(&model).unwrap().to_string().contains("registry . add_rule :: < Self >"));
    }
}
