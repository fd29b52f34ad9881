use png::{BitDepth, ColorType, Compression, Encoder, EncodingError, FilterType};

use super::bar::Bar;
use super::density::Density;
use super::label::{Label, Side};
use super::shape::Shape;
use crate::error::DrawFault;
use crate::font::{Face, baseline};
use crate::layout::{HEIGHT, WIDTH};
use crate::palette::Color;

/// An image of red, green and blue bytes, white at first.
struct Bitmap {
    width: u32,
    height: u32,
    pixels: Vec<u8>,
}

/// The shapes as the bytes of a PNG file.
pub(super) fn render(shapes: &[Shape]) -> Result<Vec<u8>, DrawFault> {
    let mut bitmap = Bitmap::new(WIDTH, HEIGHT);
    for shape in shapes {
        bitmap.draw(shape)?;
    }
    Ok(bitmap.encode()?)
}

impl Bitmap {
    fn new(width: u32, height: u32) -> Self {
        Self { width, height, pixels: vec![255; width as usize * height as usize * 3] }
    }

    fn draw(&mut self, shape: &Shape) -> Result<(), DrawFault> {
        match shape {
            Shape::Bar(bar, color) => self.blend_bar(bar, *color, 1.0),
            Shape::Strokes(bars, color) => bars.iter().for_each(|bar| self.blend_bar(bar, *color, 1.0)),
            Shape::Steps(steps, color) => {
                if let Some((base, alpha)) = steps.shade {
                    steps.shades(base).for_each(|bar| self.blend_bar(&bar, *color, alpha));
                }
                steps.pieces().for_each(|bar| self.blend_bar(&bar, *color, 1.0));
            }
            Shape::Ribbon(ribbon, color) => {
                ribbon.widened().for_each(|bar| self.blend_bar(&bar, *color, 1.0));
            }
            Shape::Density(density) => self.blit(density),
            Shape::Text(label) => self.write(label)?,
        }
        Ok(())
    }

    /// Lays a colour over one pixel; outside of the image nothing happens.
    fn blend(&mut self, x: i32, y: i32, color: Color, alpha: f64) {
        let inside = |value: i32, end: u32| u32::try_from(value).ok().filter(|&value| value < end);
        let (Some(x), Some(y)) = (inside(x, self.width), inside(y, self.height)) else {
            return;
        };
        let start = (y as usize * self.width as usize + x as usize) * 3;
        for (old, new) in self.pixels[start..start + 3].iter_mut().zip(color) {
            let mixed = f64::from(*old) + (f64::from(new) - f64::from(*old)) * alpha;
            *old = (mixed + 0.5) as u8;
        }
    }

    /// Lays a colour over a rectangle, in part where it covers a part of a pixel.
    fn blend_bar(&mut self, bar: &Bar, color: Color, alpha: f64) {
        for y in pixels(bar.top, bar.bottom, self.height) {
            for x in pixels(bar.left, bar.right, self.width) {
                let cover = covered(x, bar.left, bar.right) * covered(y, bar.top, bar.bottom);
                self.blend(x, y, color, alpha * cover);
            }
        }
    }

    fn blit(&mut self, density: &Density) {
        let width = density.width as usize;
        for (i, &index) in density.pixels.iter().enumerate().filter(|(_, index)| **index > 0) {
            let (color, alpha) = density.look(index);
            let (x, y) = (density.left + (i % width) as i32, density.top + (i / width) as i32);
            self.blend(x, y, color, f64::from(alpha) / 255.0);
        }
    }

    fn write(&mut self, label: &Label) -> Result<(), DrawFault> {
        let face = Face::new(label.em)?;
        let dx = match label.side {
            Side::Left => 0.0,
            Side::Center => -face.width(&label.text) / 2.0,
            Side::Right => -face.width(&label.text),
        };
        let (dx, dy) = (dx.round() as i32, baseline(label.em).round() as i32);
        let (left, top) = (label.at.0 as i32, label.at.1 as i32);
        face.draw(&label.text, |x, y, cover| {
            let (x, y) = (x + dx, y + dy);
            let (x, y) = if label.upright { (y, -x) } else { (x, y) };
            self.blend(left + x, top + y, label.color, f64::from(cover));
        });
        Ok(())
    }

    fn encode(&self) -> Result<Vec<u8>, EncodingError> {
        let mut file = Vec::new();
        let mut encoder = Encoder::new(&mut file, self.width, self.height);
        encoder.set_color(ColorType::Rgb);
        encoder.set_depth(BitDepth::Eight);
        encoder.set_compression(Compression::Default);
        encoder.set_filter(FilterType::NoFilter);
        encoder.write_header()?.write_image_data(&self.pixels)?;
        Ok(file)
    }
}

/// The pixels that a stretch touches, of those that there are.
fn pixels(start: f64, end: f64, n: u32) -> std::ops::Range<i32> {
    start.floor().max(0.0) as i32..end.ceil().min(f64::from(n)) as i32
}

fn covered(pixel: i32, start: f64, end: f64) -> f64 {
    let pixel = f64::from(pixel);
    (end.min(pixel + 1.0) - start.max(pixel)).clamp(0.0, 1.0)
}
