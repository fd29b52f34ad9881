use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use plotters::backend::SVGBackend;

use crate::density::Density;
use crate::error::DrawFault;
use crate::figure::Figure;
use crate::frame::{HEIGHT, Panel, WIDTH, draw_frame};
use crate::marks::Bars;
use crate::palette::color;

/// The figure as the bytes of an SVG file.
pub(crate) fn render(figure: &Figure) -> Result<Vec<u8>, DrawFault> {
    let mut svg = String::new();
    let panel = draw_frame(SVGBackend::with_string(&mut svg, (WIDTH, HEIGHT)), figure)?;
    svg.truncate(svg.rfind("</svg>").unwrap_or(svg.len()));
    if figure.marks_hide_each_other() {
        write_density(&mut svg, &panel, &Density::new(figure, &panel))?;
    } else {
        write_bars(&mut svg, figure, &Bars::new(figure, &panel))?;
    }
    svg.push_str("</svg>\n");
    Ok(svg.into_bytes())
}

/// One path per population: an element per spike would be five times the bytes.
fn write_bars(svg: &mut String, figure: &Figure, bars: &Bars) -> Result<(), DrawFault> {
    let mut paths = vec![String::new(); figure.rows.bands.len()];
    for (population, bar) in bars.iter() {
        let x = (bar.left + bar.right) / 2.0;
        write!(paths[population], "M{x:.1} {:.1}v{:.1}", bar.top, bars.height)?;
    }
    for (population, path) in paths.iter().enumerate().filter(|(_, path)| !path.is_empty()) {
        let [r, g, b] = color(population);
        let width = bars.width;
        writeln!(
            svg,
            r##"<path d="{path}" stroke="#{r:02X}{g:02X}{b:02X}" stroke-width="{width}" fill="none"/>"##
        )?;
    }
    Ok(())
}

/// The old name of the link is the one that every program reads.
fn write_density(svg: &mut String, panel: &Panel, density: &Density) -> Result<(), DrawFault> {
    let png = STANDARD.encode(density.encode()?);
    let (left, top, width, height) = (panel.left, panel.top, density.width, density.height);
    writeln!(
        svg,
        r#"<image x="{left}" y="{top}" width="{width}" height="{height}" preserveAspectRatio="none" xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="data:image/png;base64,{png}"/>"#
    )?;
    Ok(())
}
