//! What the crate promises, one contract per file. One program, because linking it takes a while.

#![expect(clippy::unwrap_used, reason = "helpers of tests may panic too")]

mod broken_scenes;
mod brunel;
mod common;
mod files;
mod language;
mod lists;
mod mutated_scenes;
mod named_views;
mod protocols;
