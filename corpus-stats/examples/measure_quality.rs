//! How a preset's measures are distributed over texts, to choose thresholds by.
//!
//! ```text
//! cargo run --release -p corpus-stats --example measure_quality news < texts.jsonl
//! ```
//!
//! Standard input is JSON Lines with the text in the field `text`. For each measure, the smallest
//! value, quantiles, and the largest are printed; and how many texts each rule turns down.
#![allow(clippy::print_stdout, reason = "a program's output")]

use std::collections::BTreeMap;
use std::error::Error;
use std::io::{self, BufRead as _};

use corpus_stats::quality::{Filter, Metric, Preset};

const QUANTILES: [f64; 9] = [0.0, 0.001, 0.005, 0.01, 0.5, 0.99, 0.995, 0.999, 1.0];

fn main() -> Result<(), Box<dyn Error>> {
    let name = std::env::args().nth(1).unwrap_or_else(|| "news".to_owned());
    let filter = Filter::new(&Preset::built_in(&name).ok_or("no preset has this name")?);
    let mut values: BTreeMap<Metric, Vec<f64>> = BTreeMap::new();
    let mut dropped: BTreeMap<String, u64> = BTreeMap::new();
    let (mut n, mut kept) = (0, 0);
    for line in io::stdin().lock().lines() {
        let object: serde_json::Value = serde_json::from_str(&line?)?;
        let verdict = filter.judge(object["text"].as_str().unwrap_or_default());
        n += 1;
        kept += u64::from(verdict.keep());
        for (metric, value) in &verdict.metrics {
            values.entry(*metric).or_default().push(*value);
        }
        for reason in &verdict.reasons {
            *dropped.entry(reason.rule.to_string()).or_default() += 1;
        }
    }
    println!("{n} texts, {kept} kept; turned down, other rules aside:");
    for (rule, n) in dropped {
        println!("  {rule:28} {n:6}");
    }
    println!("{:28} {}", "quantile", QUANTILES.map(|q| format!("{q:>9}")).join(" "));
    for (metric, mut values) in values {
        values.sort_by(f64::total_cmp);
        let at = |q: f64| values.get((q * (values.len() - 1) as f64).round() as usize);
        let row = QUANTILES.map(|q| format!("{:>9.4}", at(q).copied().unwrap_or(f64::NAN)));
        println!("{:28} {}", metric.name(), row.join(" "));
    }
    Ok(())
}
