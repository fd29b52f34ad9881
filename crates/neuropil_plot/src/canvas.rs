use std::convert::Infallible;

use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, rasterizer,
};

use crate::bitmap::Bitmap;
use crate::font::{Face, SIZE_PER_EM};
use crate::marks::Bar;

/// What plotters draws on for a PNG.
///
/// Its own bitmap backend sets letters on whole pixels without the space that belongs to their left, and text
/// in other sizes and places than its SVG backend does.
pub(crate) struct Canvas<'a>(&'a mut Bitmap);

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl<'a> Canvas<'a> {
    pub(crate) fn new(bitmap: &'a mut Bitmap) -> Self {
        Self(bitmap)
    }

    fn fill(&mut self, bar: &Bar, color: BackendColor) {
        let (r, g, b) = color.rgb;
        self.0.blend_bar(bar, [r, g, b], color.alpha);
    }
}

impl DrawingBackend for Canvas<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        (self.0.width, self.0.height)
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, color: BackendColor) -> Drawn {
        let (r, g, b) = color.rgb;
        self.0.blend(x, y, [r, g, b], color.alpha);
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        from: BackendCoord,
        to: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        if !fill {
            return rasterizer::draw_rect(self, from, to, style, fill);
        }
        self.fill(&between(from, to), style.color());
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        if from.0 != to.0 && from.1 != to.1 {
            return rasterizer::draw_line(self, from, to, style);
        }
        self.fill(&stroke(from, to, style.stroke_width()), style.color());
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        let points: Vec<_> = path.into_iter().collect();
        points.windows(2).try_for_each(|ends| self.draw_line(ends[0], ends[1], style))
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, (x, y): BackendCoord) -> Drawn {
        let em = style.size() / SIZE_PER_EM;
        let face = Face::new(em).map_err(|fault| DrawingErrorKind::FontError(Box::new(fault)))?;
        let (dx, dy) = baseline(&style.anchor(), face.width(text), em);
        let (color, turn) = (style.color(), style.transform());
        let (r, g, b) = color.rgb;
        face.draw(text, |glyph_x, glyph_y, cover| {
            let (turned_x, turned_y) = turn.transform(glyph_x + dx, glyph_y + dy);
            self.0.blend(x + turned_x, y + turned_y, [r, g, b], color.alpha * f64::from(cover));
        });
        Ok(())
    }
}

/// Where a text starts relative to its anchor; the numbers are those of plotters' SVG backend.
fn baseline(anchor: &Pos, width: f64, em: f64) -> (i32, i32) {
    const EX_PER_EM: f64 = 0.547;
    let dx = match anchor.h_pos {
        HPos::Left => 0.0,
        HPos::Center => -width / 2.0,
        HPos::Right => -width,
    };
    let dy = match anchor.v_pos {
        VPos::Top => 0.76 * em,
        VPos::Center => 0.5 * EX_PER_EM * em,
        VPos::Bottom => -0.5 * EX_PER_EM * em,
    };
    (dx.round() as i32, dy.round() as i32)
}

fn between(from: BackendCoord, to: BackendCoord) -> Bar {
    Bar {
        left: f64::from(from.0.min(to.0)),
        right: f64::from(from.0.max(to.0)),
        top: f64::from(from.1.min(to.1)),
        bottom: f64::from(from.1.max(to.1)),
    }
}

/// A horizontal or vertical line on whole pixels, with square ends that close the corners of a path.
fn stroke(from: BackendCoord, to: BackendCoord, width: u32) -> Bar {
    let before = f64::from(width / 2);
    let after = f64::from(width) - before;
    let line = between(from, to);
    Bar {
        left: line.left - before,
        right: line.right + after,
        top: line.top - before,
        bottom: line.bottom + after,
    }
}
