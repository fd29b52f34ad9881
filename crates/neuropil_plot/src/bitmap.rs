use png::{BitDepth, ColorType, Compression, Encoder, EncodingError, FilterType};

use crate::canvas::Canvas;
use crate::density::Density;
use crate::error::DrawFault;
use crate::figure::Figure;
use crate::frame::{HEIGHT, Panel, WIDTH, draw_frame};
use crate::marks::{Bar, Bars};
use crate::palette::color;

/// An image of red, green and blue bytes, white at first.
pub(crate) struct Bitmap {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pixels: Vec<u8>,
}

/// The figure as the bytes of a PNG file.
pub(crate) fn render(figure: &Figure) -> Result<Vec<u8>, DrawFault> {
    let mut bitmap = Bitmap::new(WIDTH, HEIGHT);
    let panel = draw_frame(Canvas::new(&mut bitmap), figure)?;
    if figure.marks_hide_each_other() {
        bitmap.blit(&panel, &Density::new(figure, &panel));
    } else {
        bitmap.draw_bars(&Bars::new(figure, &panel));
    }
    Ok(bitmap.encode()?)
}

impl Bitmap {
    fn new(width: u32, height: u32) -> Self {
        Self { width, height, pixels: vec![255; width as usize * height as usize * 3] }
    }

    /// Lays a colour over one pixel; outside of the image nothing happens.
    pub(crate) fn blend(&mut self, x: i32, y: i32, color: [u8; 3], alpha: f64) {
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
    pub(crate) fn blend_bar(&mut self, bar: &Bar, color: [u8; 3], alpha: f64) {
        for y in pixels(bar.top, bar.bottom, self.height) {
            for x in pixels(bar.left, bar.right, self.width) {
                let cover = covered(x, bar.left, bar.right) * covered(y, bar.top, bar.bottom);
                self.blend(x, y, color, alpha * cover);
            }
        }
    }

    fn draw_bars(&mut self, bars: &Bars) {
        for (population, bar) in bars.iter() {
            self.blend_bar(&bar, color(population), 1.0);
        }
    }

    fn blit(&mut self, panel: &Panel, density: &Density) {
        let width = density.width as usize;
        for (i, &index) in density.pixels.iter().enumerate().filter(|(_, index)| **index > 0) {
            let (rgb, alpha) = density.look(index);
            let (x, y) = (panel.left + (i % width) as i32, panel.top + (i / width) as i32);
            self.blend(x, y, rgb, f64::from(alpha) / 255.0);
        }
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
