use plotters::backend::DrawingBackend;
use plotters::chart::{ChartBuilder, ChartContext};
use plotters::coord::Shift;
use plotters::coord::cartesian::Cartesian2d;
use plotters::drawing::DrawingArea;
use plotters::element::{PathElement, Polygon, Text};
use plotters::style::text_anchor::{HPos, VPos};
use plotters::style::{Color, RGBColor, ShapeStyle};

use crate::axis::Axis;
use crate::figure::Figure;
use crate::frame::{Drawn, INK, LABEL_EM, Panel, style};
use crate::histogram::Rates;
use crate::palette::rgb;

/// From the edge of the image to the panels, most of it for the numbers and names of the axes.
pub(crate) const LEFT: i32 = EDGE + LABELS;
const EDGE: i32 = 16;
const LABELS: i32 = 130;
/// Space for the tick marks under the raster, and for the time axis under the rates.
const TICKS: i32 = 12;
const TIME_AXIS: i32 = 80;
const GAP: i32 = 22;

const TICK_EM: f64 = 23.0;
const TICK_LENGTH: i32 = 7;
/// Digits are taller than the small letters that text is centred by.
const DIGIT_SHIFT: i32 = 2;

/// With more populations than this, lines between them would be all one sees.
const MAX_RULES: usize = 12;

const RULE: RGBColor = RGBColor(205, 205, 205);
const FAINT: RGBColor = RGBColor(140, 140, 140);

type Chart<'a, DB> = ChartContext<'a, DB, Cartesian2d<Axis, Axis>>;

/// The axes of the raster, and a line between one population and the next.
pub(crate) fn draw_rows<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    figure: &Figure,
    margin: i32,
) -> Drawn<Panel, DB> {
    let rows = Axis::new(0.0, figure.rows.height(), 8).whole();
    let mut chart = ChartBuilder::on(area)
        .margin_right(margin)
        .margin_left(EDGE)
        .y_label_area_size(LABELS)
        .x_label_area_size(TICKS)
        .build_cartesian_2d(time_axis(figure), rows)?;
    draw_axes(&mut chart, "neuron", None)?;
    let (start, stop) = time_ends(figure);
    if figure.rows.bands.len() <= MAX_RULES {
        for band in figure.rows.bands.iter().skip(1) {
            let ends = vec![(start, band.first_row), (stop, band.first_row)];
            chart.draw_series([PathElement::new(ends, RULE)])?;
        }
    }
    if figure.marks.is_empty() {
        let middle = ((start + stop) / 2.0, figure.rows.height() / 2.0);
        let style = style(LABEL_EM, FAINT, HPos::Center, VPos::Center);
        chart.draw_series([Text::new("no spikes", middle, style)])?;
    }
    let (x, y) = chart.plotting_area().get_pixel_range();
    Ok(Panel { left: x.start, right: x.end - 1, top: y.start, bottom: y.end - 1 })
}

/// The rates, with the time axis that both panels share.
pub(crate) fn draw_rates<DB: DrawingBackend>(
    area: &DrawingArea<DB, Shift>,
    figure: &Figure,
    margin: i32,
) -> Drawn<(), DB> {
    let peak = Some(figure.histogram.peak()).filter(|&peak| peak > 0.0).unwrap_or(1.0);
    let mut chart = ChartBuilder::on(area)
        .margin_top(GAP)
        .margin_bottom(EDGE)
        .margin_right(margin)
        .margin_left(EDGE)
        .y_label_area_size(LABELS)
        .x_label_area_size(TIME_AXIS)
        .build_cartesian_2d(time_axis(figure), Axis::new(0.0, peak * 1.05, 5))?;
    let (unit, _) = figure.window.unit();
    for (population, rates) in figure.histogram.populations.iter().enumerate() {
        draw_steps(&mut chart, figure, rates, rgb(population))?;
    }
    draw_axes(&mut chart, "rate (Hz)", Some(&format!("time ({unit})")))
}

/// Both axes; a time axis without a name has marks but no numbers.
fn draw_axes<DB: DrawingBackend>(chart: &mut Chart<DB>, y: &str, x: Option<&str>) -> Drawn<(), DB> {
    let blank = |_: &f64| String::new();
    let mut mesh = chart.configure_mesh();
    mesh.disable_mesh()
        .axis_style(ShapeStyle::from(INK).stroke_width(2))
        .set_all_tick_mark_size(TICK_LENGTH)
        .label_style(style(TICK_EM, INK, HPos::Left, VPos::Top))
        .axis_desc_style(style(LABEL_EM, INK, HPos::Left, VPos::Top))
        .y_label_offset(DIGIT_SHIFT)
        .y_desc(y);
    match x {
        Some(name) => mesh.x_desc(name).draw(),
        None => mesh.x_label_formatter(&blank).draw(),
    }
}

fn draw_steps<DB: DrawingBackend>(
    chart: &mut Chart<DB>,
    figure: &Figure,
    rates: &Rates,
    color: RGBColor,
) -> Drawn<(), DB> {
    let steps = steps(figure, rates);
    // Several fills on top of each other are mud.
    if figure.rows.bands.len() == 1 {
        let (start, stop) = time_ends(figure);
        let under = [&[(start, 0.0)], &steps[..], &[(stop, 0.0)]].concat();
        chart.draw_series([Polygon::new(under, color.mix(0.15))])?;
    }
    chart.draw_series([PathElement::new(steps, color.stroke_width(2))])?;
    Ok(())
}

/// The corners of the line along the tops of the bins.
fn steps(figure: &Figure, rates: &Rates) -> Vec<(f64, f64)> {
    let (_, unit_ms) = figure.window.unit();
    let bins = figure.histogram.edges_ms.windows(2).zip(rates);
    bins.flat_map(|(edge, &rate)| [(edge[0] / unit_ms, rate), (edge[1] / unit_ms, rate)]).collect()
}

fn time_axis(figure: &Figure) -> Axis {
    let (start, stop) = time_ends(figure);
    Axis::new(start, stop, 10).thinned()
}

fn time_ends(figure: &Figure) -> (f64, f64) {
    let (_, unit_ms) = figure.window.unit();
    (figure.window.start_ms / unit_ms, figure.window.stop_ms / unit_ms)
}
