//! Which rules of quality documents break, for those who read a report before they trust a corpus.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use corpus_model::Document;
use corpus_stats::quality::{Filter, Preset, Reason};
use serde::Serialize;

use super::page::{Numbers, counted};
use super::{DocumentSummary, Summary};

/// The rules by which a report judges: those for collections of news.
const PRESET: &str = "news";
/// Documents shown that break a rule.
pub(crate) const MOST_BROKEN: usize = 20;

/// A rule that a document breaks.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct BrokenRule {
    pub(crate) rule: String,
    pub(crate) value: f64,
    pub(crate) threshold: f64,
    /// All of it in words: `gopher_short_doc 12 < 30`.
    #[serde(skip)]
    pub(crate) shown: String,
}

impl BrokenRule {
    fn new(reason: &Reason) -> BrokenRule {
        BrokenRule {
            rule: reason.rule.to_string(),
            value: rounded(reason.value),
            threshold: reason.threshold,
            shown: reason.to_string(),
        }
    }
}

/// A measure as it is printed: what is behind the sixth place says nothing.
pub(crate) fn rounded(value: f64) -> f64 {
    (value * 1e6).round() / 1e6
}

/// How many documents of the corpus keep all rules, and how many break each.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(crate) struct QualityRows {
    pub(crate) preset: &'static str,
    pub(crate) kept: u64,
    pub(crate) dropped: u64,
    pub(crate) rules: Vec<RuleRow>,
}

/// A rule and the documents that break it; a document may break several.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(crate) struct RuleRow {
    pub(crate) rule: String,
    pub(crate) documents: u64,
    /// The documents, by their places in the order of all.
    #[serde(skip)]
    pub(crate) found_in: Vec<usize>,
}

/// The rules that a document breaks, in the order of the preset.
pub(crate) fn of_document(document: &Document) -> Vec<BrokenRule> {
    static FILTER: OnceLock<Option<Filter>> = OnceLock::new();
    let filter = FILTER.get_or_init(|| Preset::built_in(PRESET).map(|preset| Filter::new(&preset)));
    let verdict = filter.as_ref().map(|filter| filter.judge_document(document));
    verdict.map_or_else(Vec::new, |it| it.reasons.iter().map(BrokenRule::new).collect())
}

/// The same of all documents, the rules that most documents break first.
pub(crate) fn of_corpus(documents: &[DocumentSummary]) -> QualityRows {
    let mut rules: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, document) in documents.iter().enumerate() {
        for broken in &document.quality {
            rules.entry(&broken.rule).or_default().push(place);
        }
    }
    let row = |(rule, found_in): (&str, Vec<usize>)| RuleRow {
        rule: rule.to_owned(),
        documents: found_in.len() as u64,
        found_in,
    };
    let mut rules: Vec<RuleRow> = rules.into_iter().map(row).collect();
    rules.sort_by(|a, b| b.documents.cmp(&a.documents).then_with(|| a.rule.cmp(&b.rule)));
    let dropped = documents.iter().filter(|it| !it.quality.is_empty()).count() as u64;
    QualityRows { preset: PRESET, kept: documents.len() as u64 - dropped, dropped, rules }
}

/// How many documents keep all rules, in words.
pub(crate) fn told(summary: &Summary) -> String {
    let QualityRows { preset, kept, dropped, .. } = &summary.corpus.quality;
    let keep = if *kept == 1 { "keeps" } else { "keep" };
    let kept = counted(*kept, "document", "documents");
    match dropped {
        0 => format!("{kept} {keep} all rules of the preset {preset}"),
        _ => {
            let breaks = if *dropped == 1 { "breaks" } else { "break" };
            let dropped = counted(*dropped, "document", "documents");
            format!(
                "{kept} {keep} all rules of the preset {preset}, {dropped} {breaks} one or more"
            )
        }
    }
}

/// The documents that break a rule: number, document, and what they break in words.
pub(crate) fn broken<'a>(
    summary: &'a Summary,
    numbers: &Numbers<'_>,
) -> Vec<(usize, &'a DocumentSummary, String)> {
    let broken = summary.documents.iter().filter(|document| !document.quality.is_empty());
    broken
        .map(|document| {
            let rules: Vec<&str> = document.quality.iter().map(|it| it.shown.as_str()).collect();
            (numbers.of(&document.id), document, rules.join(", "))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_counted_by_document() {
        let article = "Sáng nay mưa to ở vùng núi phía bắc, nhiều tuyến đường bị ngập và xe \
                       không đi được, theo báo cáo của các tỉnh. Trời sẽ tạnh trong ngày mai.";
        let documents = ["Mưa to.", article, "Nắng \u{fffd}."].map(|text| DocumentSummary {
            quality: of_document(&Document::new("", text)),
            ..DocumentSummary::default()
        });
        let rows = of_corpus(&documents);
        assert_eq!((rows.kept, rows.dropped), (1, 2));
        let short = rows.rules.iter().find(|row| row.rule == "gopher_short_doc").unwrap();
        assert_eq!((short.documents, short.found_in.as_slice()), (2, &[0, 2][..]));
        assert!(rows.rules.iter().any(|row| row.rule == "undecoded" && row.documents == 1));
        assert!(rows.rules.is_sorted_by_key(|row| std::cmp::Reverse(row.documents)));
        assert_eq!(documents[0].quality[0].shown.split(' ').count(), 4);
    }
}
