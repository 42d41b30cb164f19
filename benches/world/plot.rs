//! How costs grow, as a picture: one panel for each cost, both axes logarithmic.

use std::fmt::Write;

/// One cost at each size.
pub struct Panel {
    pub title: &'static str,
    pub unit: &'static str,
    /// (nodes, cost)
    pub points: Vec<(f64, f64)>,
}

const WIDTH: f64 = 310.0;
const HEIGHT: f64 = 220.0;
/// Room for names and numbers around a panel's field.
const LEFT: f64 = 66.0;
const TOP: f64 = 34.0;
const FIELD: (f64, f64) = (220.0, 140.0);

/// An SVG of the panels, three in a row.
pub fn svg(panels: &[Panel]) -> String {
    let rows = panels.len().div_ceil(3);
    let (width, height) = (3.0 * WIDTH, rows as f64 * HEIGHT);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" font-family=\"sans-serif\" font-size=\"11\">\n\
         <title>How costs grow with the number of nodes</title>\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"#fff\"/>\n"
    );
    for (place, panel) in panels.iter().enumerate() {
        let (x, y) = ((place % 3) as f64 * WIDTH + LEFT, (place / 3) as f64 * HEIGHT + TOP);
        let _ = writeln!(out, "<g transform=\"translate({x} {y})\">");
        draw(panel, &mut out);
        let _ = writeln!(out, "</g>");
    }
    out + "</svg>\n"
}

fn draw(panel: &Panel, out: &mut String) {
    let bounds = |values: &dyn Fn(&(f64, f64)) -> f64| {
        let all = panel.points.iter().map(values);
        let (low, high) = all.fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(value), high.max(value)));
        (low.log10().floor(), (high.log10() - 1e-9).ceil())
    };
    let ((left, right), (bottom, top)) = (bounds(&|point| point.0), bounds(&|point| point.1));
    let top = top.max(bottom + 1.0);
    let x = |nodes: f64| (nodes.log10() - left) / (right - left) * FIELD.0;
    let y = |cost: f64| FIELD.1 - (cost.log10() - bottom) / (top - bottom) * FIELD.1;
    let _ = writeln!(out, "<text x=\"0\" y=\"-14\" font-size=\"13\" font-weight=\"bold\">{}</text>", panel.title);
    for exponent in left as i32..=right as i32 {
        let at = x(10f64.powi(exponent));
        let _ = writeln!(out, "<path d=\"M{at:.1} 0V{}\" stroke=\"#ddd\"/>", FIELD.1);
        let name = ["1", "10", "100", "1k", "10k", "100k", "1M", "10M"].get(exponent as usize).copied().unwrap_or("");
        let _ = writeln!(
            out,
            "<text x=\"{at:.1}\" y=\"{}\" text-anchor=\"middle\" fill=\"#444\">{name}</text>",
            FIELD.1 + 16.0
        );
    }
    for exponent in bottom as i32..=top as i32 {
        let cost = 10f64.powi(exponent);
        let at = y(cost);
        let _ = writeln!(out, "<path d=\"M0 {at:.1}H{}\" stroke=\"#ddd\"/>", FIELD.0);
        let _ = writeln!(
            out,
            "<text x=\"-6\" y=\"{:.1}\" text-anchor=\"end\" fill=\"#444\">{cost} {}</text>",
            at + 4.0,
            panel.unit
        );
    }
    // What grows in proportion has this slope.
    if let (Some(first), Some(last)) = (panel.points.first(), panel.points.last()) {
        let end = (last.1 / last.0 * first.0).max(10f64.powf(bottom));
        let from = last.0 * end / last.1;
        let _ = writeln!(
            out,
            "<path d=\"M{:.1} {:.1}L{:.1} {:.1}\" stroke=\"#999\" stroke-dasharray=\"3 3\"/>",
            x(from),
            y(end),
            x(last.0),
            y(last.1)
        );
    }
    let line: Vec<String> =
        panel.points.iter().map(|(nodes, cost)| format!("{:.1} {:.1}", x(*nodes), y(*cost))).collect();
    let _ = writeln!(out, "<path d=\"M{}\" fill=\"none\" stroke=\"#0b5fa5\" stroke-width=\"2\"/>", line.join("L"));
    for (nodes, cost) in &panel.points {
        let _ = writeln!(out, "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"3\" fill=\"#0b5fa5\"/>", x(*nodes), y(*cost));
        let digits = if *cost < 1.0 {
            3
        } else if *cost < 10.0 {
            1
        } else {
            0
        };
        let _ = writeln!(
            out,
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{cost:.digits$}</text>",
            x(*nodes),
            y(*cost) - 7.0
        );
    }
}
