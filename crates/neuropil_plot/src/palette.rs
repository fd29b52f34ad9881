use plotters::style::RGBColor;

/// Okabe and Ito's colours for colour-blind readers, without yellow and black and with two of Tol's instead.
const COLORS: [[u8; 3]; 8] = [
    [0, 114, 178],
    [213, 94, 0],
    [0, 158, 115],
    [170, 68, 153],
    [230, 159, 0],
    [86, 180, 233],
    [136, 34, 85],
    [110, 110, 110],
];

/// Every second round through the colours is darker.
pub(crate) const N_COLORS: usize = 2 * COLORS.len();

/// The colour of a population.
pub(crate) fn color(population: usize) -> [u8; 3] {
    let color = COLORS[population % COLORS.len()];
    let darker = population / COLORS.len() % 2 == 1;
    if darker { color.map(|channel| (u16::from(channel) * 3 / 5) as u8) } else { color }
}

pub(crate) fn rgb(population: usize) -> RGBColor {
    let [r, g, b] = color(population);
    RGBColor(r, g, b)
}
