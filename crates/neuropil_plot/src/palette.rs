pub(crate) type Color = [u8; 3];

/// Axes and their texts.
pub(crate) const INK: Color = [40; 3];
/// What is said where there is nothing to show.
pub(crate) const FAINT: Color = [140; 3];
/// Lines that mark events.
pub(crate) const EVENT: Color = [120; 3];
/// Lines between populations.
pub(crate) const RULE: Color = [205; 3];

/// Okabe and Ito's colours for colour-blind readers, without yellow and black and with two of Tol's instead.
const COLORS: [Color; 8] = [
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

/// The colour of a series, such as a population.
pub(crate) fn color(number: usize) -> Color {
    let color = COLORS[number % COLORS.len()];
    let darker = number / COLORS.len() % 2 == 1;
    if darker { color.map(|channel| (u16::from(channel) * 3 / 5) as u8) } else { color }
}
