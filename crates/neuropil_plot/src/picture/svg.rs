use std::fmt::{Error, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::bar::Bar;
use super::density::Density;
use super::label::{Label, Side};
use super::ribbon::WIDER;
use super::shape::Shape;
use super::steps::Steps;
use crate::error::DrawFault;
use crate::font::{FAMILY, baseline};
use crate::layout::{HEIGHT, WIDTH};
use crate::palette::Color;

type Written = Result<(), Error>;

/// The shapes as the bytes of an SVG file.
pub(super) fn render(shapes: &[Shape]) -> Result<Vec<u8>, DrawFault> {
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{HEIGHT}\" viewBox=\"0 0 {WIDTH} \
         {HEIGHT}\">\n<rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#FFFFFF\"/>\n"
    );
    for shape in shapes {
        match shape {
            Shape::Bar(bar, color) => write_bar(&mut svg, bar, *color)?,
            Shape::Strokes(bars, color) => write_strokes(&mut svg, bars, *color)?,
            Shape::Steps(steps, color) => write_steps(&mut svg, steps, *color)?,
            Shape::Ribbon(ribbon, color) => {
                let (path, color, width) = (ribbon.path()?, hex(*color), 2.0 * WIDER);
                let look = format!(r#"fill="{color}" stroke="{color}" stroke-width="{width}""#);
                writeln!(svg, r#"<path d="{path}" {look}/>"#)?;
            }
            Shape::Density(density) => write_density(&mut svg, density)?,
            Shape::Text(label) => write_text(&mut svg, label)?,
        }
    }
    svg.push_str("</svg>\n");
    Ok(svg.into_bytes())
}

fn write_bar(svg: &mut String, bar: &Bar, color: Color) -> Written {
    let (width, height, color) = (bar.right - bar.left, bar.bottom - bar.top, hex(color));
    let (x, y) = (bar.left, bar.top);
    writeln!(svg, r#"<rect x="{x:.1}" y="{y:.1}" width="{width:.1}" height="{height:.1}" fill="{color}"/>"#)
}

/// One path for all: an element per spike would be five times the bytes.
fn write_strokes(svg: &mut String, bars: &[Bar], color: Color) -> Written {
    let Some(first) = bars.first() else { return Ok(()) };
    svg.push_str("<path d=\"");
    for bar in bars {
        let (x, height) = ((bar.left + bar.right) / 2.0, bar.bottom - bar.top);
        write!(svg, "M{x:.1} {:.1}v{height:.1}", bar.top)?;
    }
    let (color, width) = (hex(color), first.right - first.left);
    writeln!(svg, r#"" stroke="{color}" stroke-width="{width:.1}" fill="none"/>"#)
}

fn write_steps(svg: &mut String, steps: &Steps, color: Color) -> Written {
    let color = hex(color);
    let mut points = String::new();
    for (x, y) in &steps.corners {
        write!(points, "{x:.1},{y:.1} ")?;
    }
    let points = points.trim_end();
    if let (Some((base, alpha)), Some((left, _)), Some((right, _))) =
        (steps.shade, steps.corners.first(), steps.corners.last())
    {
        let under = format!("{left:.1},{base:.1} {points} {right:.1},{base:.1}");
        writeln!(svg, r#"<polygon fill="{color}" fill-opacity="{alpha}" points="{under}"/>"#)?;
    }
    let look = format!(r#"fill="none" stroke="{color}" stroke-width="2" stroke-linejoin="miter""#);
    writeln!(svg, r#"<polyline {look} points="{points}"/>"#)
}

/// The old name of the link is the one that every program reads.
fn write_density(svg: &mut String, density: &Density) -> Result<(), DrawFault> {
    let png = STANDARD.encode(density.encode()?);
    let place = format!(
        r#"x="{}" y="{}" width="{}" height="{}" preserveAspectRatio="none""#,
        density.left, density.top, density.width, density.height
    );
    let link =
        format!(r#"xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="data:image/png;base64,{png}""#);
    writeln!(svg, "<image {place} {link}/>")?;
    Ok(())
}

fn write_text(svg: &mut String, label: &Label) -> Written {
    let ((x, y), em, color) = (label.at, label.em, hex(label.color));
    let anchor = match label.side {
        Side::Left => "start",
        Side::Center => "middle",
        Side::Right => "end",
    };
    let turn = if label.upright { format!(r#" transform="rotate(270 {x} {y})""#) } else { String::new() };
    let y = y + baseline(em).round();
    let place = format!(r#"x="{x}" y="{y}" text-anchor="{anchor}"{turn}"#);
    let text = escaped(&label.text);
    writeln!(svg, r#"<text {place} font-family="{FAMILY}" font-size="{em}" fill="{color}">{text}</text>"#)
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            _ => escaped.push(letter),
        }
    }
    escaped
}

fn hex([r, g, b]: Color) -> String {
    format!("#{r:02X}{g:02X}{b:02X}")
}
