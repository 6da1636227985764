//! Columns as SVG, with the table of their numbers behind them.

use std::fmt::Write as _;

use crate::markup::escaped;
use crate::text_width::grouped;

/// How wide a chart is drawn; a browser scales it to the page.
const WIDTH: usize = 720;
/// How high the highest column is.
const HEIGHT: usize = 120;
/// Room above the columns for the greatest number, and below for labels.
const ABOVE: usize = 18;
const BELOW: usize = 20;
/// A label takes about so much room.
const LABEL: usize = 56;
/// No column is wider, so that few of them still look like columns.
const WIDEST: usize = 60;

/// A chart of counts in order.
///
/// `title` says what is counted, `over` what the columns stand for.
pub(super) fn columns(title: &str, over: &str, counts: &[(String, u64)]) -> String {
    let Some(most) = counts.iter().map(|(_, count)| *count).max().filter(|&most| most > 0) else {
        return String::new();
    };
    let step = (WIDTH / counts.len().max(1)).clamp(1, WIDEST);
    let every = LABEL.div_ceil(step).max(1);
    let wide = (step * 4 / 5).max(1);
    let base = ABOVE + HEIGHT;
    let mut page = format!(
        "<figure>\n<svg viewBox=\"0 0 {WIDTH} {}\" role=\"img\" aria-label=\"{}\">\n",
        base + BELOW,
        escaped(&format!("{title}: {} columns, at most {most}", counts.len()))
    );
    let _ = writeln!(
        page,
        "<line class=\"axis\" x1=\"0\" y1=\"{base}\" x2=\"{WIDTH}\" y2=\"{base}\"/>"
    );
    let mut is_said = false;
    for (i, (label, count)) in counts.iter().enumerate() {
        let left = i * step;
        // What is there is seen, however little it is.
        let high = (HEIGHT as u64 * count).div_ceil(most);
        let top = base as u64 - high;
        if *count > 0 {
            let _ = writeln!(
                page,
                "<rect class=\"bar\" x=\"{left}\" y=\"{top}\" width=\"{wide}\" height=\"{high}\">\
                 <title>{}: {}</title></rect>",
                escaped(label),
                grouped(*count)
            );
        }
        if *count == most && !is_said {
            let _ = writeln!(page, "<text x=\"{left}\" y=\"{}\">{}</text>", top - 4, grouped(most));
            is_said = true;
        }
        if i % every == 0 && left + LABEL / 2 <= WIDTH {
            let _ =
                writeln!(page, "<text x=\"{left}\" y=\"{}\">{}</text>", base + 15, escaped(label));
        }
    }
    let _ = write!(page, "</svg>\n<figcaption>{}</figcaption>\n</figure>\n", escaped(title));
    page.push_str("<details>\n<summary>The numbers</summary>\n<div class=\"wide\"><table>\n");
    let _ = writeln!(
        page,
        "<thead><tr><th scope=\"col\">{}</th><th scope=\"col\" class=\"number\">documents</th></tr></thead>\n<tbody>",
        escaped(over)
    );
    for (label, count) in counts.iter().filter(|(_, count)| *count > 0) {
        let _ = writeln!(
            page,
            "<tr><th scope=\"row\">{}</th><td class=\"number\">{}</td></tr>",
            escaped(label),
            grouped(*count)
        );
    }
    page.push_str("</tbody>\n</table></div>\n</details>\n");
    page
}

/// A bar in a table, as long as `count` is of `most`.
pub(super) fn share(count: u64, most: u64) -> String {
    let percent = (count * 100).div_ceil(most.max(1)).min(100);
    format!(
        "<svg class=\"share\" viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">\
         <rect class=\"bar\" width=\"{percent}\" height=\"10\"/></svg>"
    )
}

#[cfg(test)]
mod tests {
    use super::{columns, share};

    fn counted(counts: &[u64]) -> Vec<(String, u64)> {
        counts.iter().enumerate().map(|(i, &count)| (i.to_string(), count)).collect()
    }

    #[test]
    fn the_greatest_reaches_the_top_and_the_least_is_seen() {
        let chart = columns("Documents", "month", &counted(&[1, 0, 1000]));
        assert_eq!(chart.matches("<rect").count(), 2);
        assert!(chart.contains("height=\"120\"") && chart.contains("height=\"1\""), "{chart}");
        assert!(
            chart.contains("<th scope=\"row\">2</th><td class=\"number\">1 000</td>"),
            "{chart}"
        );
    }

    #[test]
    fn nothing_to_draw_draws_nothing() {
        assert_eq!(columns("Documents", "month", &[]), "");
        assert_eq!(columns("Documents", "month", &counted(&[0, 0])), "");
        assert!(share(0, 0).contains("width=\"0\""));
    }

    #[test]
    fn many_columns_stay_inside() {
        let chart = columns("Documents", "month", &counted(&[1; 700]));
        assert!(chart.contains("x=\"699\""), "{chart}");
        assert!(!chart.contains("x=\"720\""), "{chart}");
    }
}
