use super::bar::Bar;
use super::density::Density;
use super::label::Label;
use super::ribbon::Ribbon;
use super::steps::Steps;
use crate::palette::Color;

/// What a picture is made of.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shape {
    Bar(Bar, Color),
    /// Upright rectangles of one colour.
    Strokes(Vec<Bar>, Color),
    Steps(Steps, Color),
    Ribbon(Ribbon, Color),
    Density(Density),
    Text(Label),
}
