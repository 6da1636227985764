//! What our functions give, row by row: the answers of the plain crates.

use std::sync::{Arc, LazyLock};

use corpus_extract::Extractor;
use corpus_model::{Document, Value, When};
use corpus_stats::quality::{Filter, Preset};
use corpus_stats::{Banding, Sketch};
use corpus_text::{Normalization, Segmenter};
use datafusion::arrow::array::{
    Array as _, ArrayRef, AsArray as _, BooleanBufferBuilder, BooleanBuilder, Float64Array,
    Float64Builder, StructArray, UInt64Array,
};
use datafusion::arrow::buffer::NullBuffer;
use datafusion::arrow::datatypes::Float64Type;
use datafusion::common::{DataFusionError, Result, exec_err};

use crate::columns::{Lists, Places, TextColumn, Texts};
use crate::function::{Kind, fact_fields, quality_fields, sentence_fields, word_fields};

/// How alike texts are that are sought, where nobody says.
const THRESHOLD: f64 = 0.8;

/// The preset that judges texts, where nobody names one; that of `corpus filter`.
const PRESET: &str = "fineweb2-vie";

/// A function's answers to columns of one length, which have the types that it asked for.
pub(crate) fn evaluate(kind: Kind, columns: &[ArrayRef]) -> Result<ArrayRef> {
    let texts = Texts::of(columns, 0)?;
    match kind {
        Kind::Normalize => normalize(texts),
        Kind::Sentences => {
            parts(texts, |text, each| corpus_text::sentences(text).try_for_each(|it| each(it.span)))
        }
        Kind::SentenceSpans => {
            spans(texts, |text, each| corpus_text::sentences(text).try_for_each(|it| each(it.span)))
        }
        Kind::Words => parts(texts, |text, each| {
            let words = Segmenter::built_in().words(text);
            words.iter().try_for_each(|it| each(it.span))
        }),
        Kind::WordSpans => word_spans(texts),
        Kind::Extract => {
            facts(texts, if columns.len() > 1 { Some(Texts::of(columns, 1)?) } else { None })
        }
        Kind::MinhashBands => {
            bands(texts, columns.get(1).map(|column| column.as_primitive::<Float64Type>()))
        }
        Kind::Jaccard => jaccard(texts, Texts::of(columns, 1)?),
        Kind::Quality => {
            quality(texts, if columns.len() > 1 { Some(Texts::of(columns, 1)?) } else { None })
        }
    }
}

fn normalize(texts: Texts<'_>) -> Result<ArrayRef> {
    let options = Normalization::default();
    let mut column = TextColumn::default();
    for text in texts.iter() {
        match text {
            Some(text) => column.push(corpus_text::normalize(text, &options).text())?,
            None => column.push_null(),
        }
    }
    Ok(column.finish())
}

/// Hands each part of a text to what is called.
type Each<'a> = dyn FnMut(corpus_model::Span) -> Result<()> + 'a;

/// Lists of parts of texts.
fn parts(texts: Texts<'_>, of: impl Fn(&str, &mut Each<'_>) -> Result<()>) -> Result<ArrayRef> {
    let mut lists = Lists::new(texts.len());
    let (mut column, mut n) = (TextColumn::default(), 0);
    for text in texts.iter() {
        if let Some(text) = text {
            of(text, &mut |span| {
                n += 1;
                column.push(text.get(span.range()).unwrap_or_default())
            })?;
        }
        lists.end(n, text.is_some())?;
    }
    lists.finish(column.finish())
}

/// The same with where they stand.
fn spans(texts: Texts<'_>, of: impl Fn(&str, &mut Each<'_>) -> Result<()>) -> Result<ArrayRef> {
    let mut lists = Lists::new(texts.len());
    let mut places = Places::default();
    for text in texts.iter() {
        if let Some(text) = text {
            of(text, &mut |span| places.push(text, span))?;
        }
        lists.end(places.len(), text.is_some())?;
    }
    lists.finish(places.finish(sentence_fields(), None, None)?)
}

fn word_spans(texts: Texts<'_>) -> Result<ArrayRef> {
    let mut lists = Lists::new(texts.len());
    let (mut places, mut kinds) = (Places::default(), TextColumn::default());
    let mut words = Vec::new();
    for text in texts.iter() {
        if let Some(text) = text {
            words.clear();
            Segmenter::built_in().words_into(text, 0, &mut words);
            for word in &words {
                kinds.push(word.kind.name())?;
                places.push(text, word.span)?;
            }
        }
        lists.end(places.len(), text.is_some())?;
    }
    lists.finish(places.finish(word_fields(), Some(kinds), None)?)
}

/// The facts of texts, each of which was published when the other column says, where it does.
fn facts(texts: Texts<'_>, published: Option<Texts<'_>>) -> Result<ArrayRef> {
    let mut lists = Lists::new(texts.len());
    let (mut places, mut kinds, mut values) =
        (Places::default(), TextColumn::default(), TextColumn::default());
    for (row, text) in texts.iter().enumerate() {
        if let Some(text) = text {
            let mut document = Document::new("", text);
            let stated = published.and_then(|it| it.get(row));
            document.metadata.published = stated.and_then(|it| When::from_iso(it.trim()));
            for mention in &Extractor::built_in().extract(&document) {
                kinds.push(mention.kind().name())?;
                places.push(text, mention.span)?;
                values.push(&json(&mention.value)?)?;
            }
        }
        lists.end(places.len(), text.is_some())?;
    }
    lists.finish(places.finish(fact_fields(), Some(kinds), Some(values))?)
}

/// The value of a fact as JSON, as everything else of this workspace writes it.
fn json(value: &Value) -> Result<String> {
    let json = match value {
        Value::Date(it) => serde_json::to_string(it),
        Value::Directive(it) => serde_json::to_string(it),
        Value::Person(it) => serde_json::to_string(it),
        Value::Organization(it) => serde_json::to_string(it),
        Value::Place(it) => serde_json::to_string(it),
        Value::Quantity(it) => serde_json::to_string(it),
        Value::Event(it) => serde_json::to_string(it),
        Value::List(it) => serde_json::to_string(it),
        Value::Programme(it) => serde_json::to_string(it),
        _ => Ok("null".to_owned()),
    };
    json.map_err(|error| DataFusionError::External(Box::new(error)))
}

/// The keys under which texts meet that are as alike as the threshold says.
fn bands(texts: Texts<'_>, thresholds: Option<&Float64Array>) -> Result<ArrayRef> {
    let mut lists = Lists::new(texts.len());
    let mut keys: Vec<u64> = Vec::new();
    for (row, text) in texts.iter().enumerate() {
        let threshold = match thresholds {
            Some(column) if column.is_null(row) => None,
            Some(column) => Some(column.value(row)),
            None => Some(THRESHOLD),
        };
        if let Some(threshold) = threshold.filter(|it| !(Banding::LEAST..=1.0).contains(it)) {
            return exec_err!(
                "minhash_bands: a threshold is from {} to 1, not {threshold}",
                Banding::LEAST
            );
        }
        let asked = text.zip(threshold);
        if let Some((text, threshold)) = asked {
            let sketch = Sketch::of_text(text);
            // A text without words is like no other, so it has no key to meet one under.
            if sketch.words() > 0 {
                keys.extend(Banding::of(threshold).keys(&sketch));
            }
        }
        lists.end(keys.len(), asked.is_some())?;
    }
    lists.finish(Arc::new(UInt64Array::from(keys)))
}

fn jaccard(a: Texts<'_>, b: Texts<'_>) -> Result<ArrayRef> {
    let similarity = |(a, b): (Option<&str>, Option<&str>)| {
        Some(Sketch::of_text(a?).similarity(&Sketch::of_text(b?)))
    };
    Ok(Arc::new(a.iter().zip(b.iter()).map(similarity).collect::<Float64Array>()))
}

/// The filters of the presets that come with the crates.
static FILTERS: LazyLock<Vec<(&str, Filter)>> = LazyLock::new(|| {
    let filter = |name| Some((name, Filter::new(&Preset::built_in(name)?)));
    Preset::NAMES.into_iter().filter_map(filter).collect()
});

fn quality(texts: Texts<'_>, presets: Option<Texts<'_>>) -> Result<ArrayRef> {
    let mut keep = BooleanBuilder::with_capacity(texts.len());
    let mut rules = TextColumn::default();
    let (mut values, mut thresholds) = (Float64Builder::new(), Float64Builder::new());
    let mut valid = BooleanBufferBuilder::new(texts.len());
    for (row, text) in texts.iter().enumerate() {
        let preset = presets.map_or(Some(PRESET), |column| column.get(row));
        let filter = match preset {
            Some(name) => match FILTERS.iter().find(|it| it.0 == name) {
                Some((_, filter)) => Some(filter),
                None => {
                    let names = Preset::NAMES.join(", ");
                    return exec_err!(
                        "quality: no preset is called {name:?}; the presets are {names}"
                    );
                }
            },
            None => None,
        };
        let verdict = text.zip(filter).map(|(text, filter)| filter.judge(text));
        let broken = verdict.as_ref().and_then(|it| it.reasons.first());
        valid.append(verdict.is_some());
        keep.append_value(verdict.as_ref().is_some_and(|it| it.keep()));
        match broken {
            Some(reason) => rules.push(&reason.rule.to_string())?,
            None => rules.push_null(),
        }
        values.append_option(broken.map(|it| it.value));
        thresholds.append_option(broken.map(|it| it.threshold));
    }
    let columns: Vec<ArrayRef> = vec![
        Arc::new(keep.finish()),
        rules.finish(),
        Arc::new(values.finish()),
        Arc::new(thresholds.finish()),
    ];
    let nulls = Some(NullBuffer::new(valid.finish())).filter(|it| it.null_count() > 0);
    Ok(Arc::new(StructArray::try_new(quality_fields(), columns, nulls)?))
}

#[cfg(test)]
mod tests;
