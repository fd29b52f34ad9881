mod bar;
mod bitmap;
mod density;
mod label;
mod ribbon;
mod shape;
mod steps;
mod svg;

use std::path::Path;

use crate::error::{DrawFault, PlotError};
use crate::file::write_whole;
use crate::palette::Color;

pub(crate) use bar::{Bar, upright};
pub(crate) use density::Density;
pub(crate) use label::{Label, Side};
pub(crate) use ribbon::Ribbon;
pub(crate) use steps::Steps;

use shape::Shape;

/// A figure as it is drawn: the same shapes and texts whether it becomes a PNG or an SVG.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picture {
    /// From the back to the front.
    shapes: Vec<Shape>,
}

impl Picture {
    /// Writes the picture as a PNG file.
    ///
    /// # Errors
    ///
    /// [`PlotError`] if the file cannot be written; a file that was there before is then untouched.
    pub fn write_png(&self, path: &Path) -> Result<(), PlotError> {
        write(path, bitmap::render(&self.shapes))
    }

    /// Writes the picture as an SVG file.
    ///
    /// # Errors
    ///
    /// [`PlotError`] if the file cannot be written; a file that was there before is then untouched.
    pub fn write_svg(&self, path: &Path) -> Result<(), PlotError> {
        write(path, svg::render(&self.shapes))
    }

    pub(crate) fn bar(&mut self, bar: Bar, color: Color) {
        self.shapes.push(Shape::Bar(bar, color));
    }

    pub(crate) fn strokes(&mut self, strokes: Vec<Bar>, color: Color) {
        if !strokes.is_empty() {
            self.shapes.push(Shape::Strokes(strokes, color));
        }
    }

    pub(crate) fn steps(&mut self, steps: Steps, color: Color) {
        self.shapes.push(Shape::Steps(steps, color));
    }

    pub(crate) fn ribbon(&mut self, ribbon: Ribbon, color: Color) {
        self.shapes.push(Shape::Ribbon(ribbon, color));
    }

    pub(crate) fn density(&mut self, density: Density) {
        self.shapes.push(Shape::Density(density));
    }

    pub(crate) fn text(&mut self, label: Label) {
        self.shapes.push(Shape::Text(label));
    }
}

fn write(path: &Path, rendered: Result<Vec<u8>, DrawFault>) -> Result<(), PlotError> {
    let bytes = rendered.map_err(|source| PlotError::Draw { path: path.to_path_buf(), source })?;
    write_whole(path, &bytes)
}
