use ab_glyph::{Font, FontRef, GlyphId, InvalidFont, PxScale, ScaleFont, point};

/// The fonts that a viewer of an SVG tries, the bundled one first.
pub(crate) const FAMILY: &str = "DejaVu Sans, Verdana, sans-serif";

/// Height of a small letter, by which text is centred.
const EX_PER_EM: f64 = 0.547;

/// From the middle of a line of text down to its baseline.
pub(crate) fn baseline(em: f64) -> f64 {
    EX_PER_EM / 2.0 * em
}

/// Width of a text in pixels.
pub(crate) fn width(em: f64, text: &str) -> f64 {
    Face::new(em).map_or(0.0, |face| face.width(text))
}

/// The text, cut with an ellipsis where it is wider than `room`, and without what XML forbids even in escaped form.
pub(crate) fn fitted(em: f64, text: &str, room: f64) -> String {
    let text = printable(text);
    Face::new(em).map_or(text.clone(), |face| face.fitted(&text, room))
}

fn printable(text: &str) -> String {
    let legal = |c: char| !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}');
    text.chars().map(|c| if legal(c) { c } else { ' ' }).collect()
}

/// The bundled font at one size.
pub(crate) struct Face {
    font: FontRef<'static>,
    scale: PxScale,
}

impl Face {
    pub(crate) fn new(em: f64) -> Result<Self, InvalidFont> {
        let font = FontRef::try_from_slice(dejavu::sans::regular())?;
        let line = font.height_unscaled() / font.units_per_em().unwrap_or(2048.0);
        Ok(Self { scale: PxScale::from(em as f32 * line), font })
    }

    /// Width of a text in pixels.
    pub(crate) fn width(&self, text: &str) -> f64 {
        f64::from(self.walk(text, |_, _| ()))
    }

    fn fitted(&self, text: &str, room: f64) -> String {
        let mut kept = text.to_string();
        if self.width(&kept) <= room {
            return kept;
        }
        // No name has more letters than this that are wide enough to be seen.
        kept = kept.chars().take(1000).collect();
        while !kept.is_empty() && self.width(&kept) + self.width("\u{2026}") > room {
            kept.pop();
        }
        kept.trim_end().to_string() + "\u{2026}"
    }

    /// Gives every pixel that a text covers, from its start on the baseline, and by how much.
    pub(crate) fn draw(&self, text: &str, mut pixel: impl FnMut(i32, i32, f32)) {
        self.walk(text, |glyph, caret| {
            let placed = glyph.with_scale_and_position(self.scale, point(caret, 0.0));
            if let Some(outline) = self.font.outline_glyph(placed) {
                let corner = outline.px_bounds().min;
                let (left, top) = (corner.x as i32, corner.y as i32);
                outline.draw(|x, y, cover| pixel(left + x as i32, top + y as i32, cover));
            }
        });
    }

    fn walk(&self, text: &str, mut visit: impl FnMut(GlyphId, f32)) -> f32 {
        let scaled = self.font.as_scaled(self.scale);
        let mut caret = 0.0;
        let mut previous = None;
        for glyph in text.chars().map(|c| scaled.glyph_id(c)) {
            caret += previous.map_or(0.0, |previous| scaled.kern(previous, glyph));
            visit(glyph, caret);
            caret += scaled.h_advance(glyph);
            previous = Some(glyph);
        }
        caret
    }
}
