use png::{BitDepth, ColorType, Compression, Encoder, EncodingError, FilterType};

use crate::palette::Color;

/// An image within a picture: a palette index for each pixel, line by line from the top.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Density {
    pub(crate) left: i32,
    pub(crate) top: i32,
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) pixels: Vec<u8>,
    /// The palette: colours, and how opaque they are.
    pub(crate) looks: Vec<(Color, u8)>,
}

impl Density {
    /// The colour and the opacity of an index.
    pub(crate) fn look(&self, index: u8) -> (Color, u8) {
        self.looks[usize::from(index)]
    }

    /// The image as the bytes of a PNG file.
    pub(crate) fn encode(&self) -> Result<Vec<u8>, EncodingError> {
        let (colors, alphas): (Vec<Color>, Vec<u8>) = self.looks.iter().copied().unzip();
        let mut file = Vec::new();
        let mut encoder = Encoder::new(&mut file, self.width, self.height);
        encoder.set_color(ColorType::Indexed);
        encoder.set_depth(BitDepth::Eight);
        encoder.set_palette(colors.concat());
        encoder.set_trns(alphas);
        encoder.set_compression(Compression::Default);
        encoder.set_filter(FilterType::NoFilter);
        encoder.write_header()?.write_image_data(&self.pixels)?;
        Ok(file)
    }
}
