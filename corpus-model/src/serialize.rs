//! Reading and writing with serde, where deriving does not give the JSON that we want.

use chrono::Timelike as _;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{
    Annotations, Basis, Block, BlockKind, DateValue, Document, Grain, Layer, Mention, Metadata,
    Moment, PartOfDay, Portion, Sentence, Span, Spanned, When, Word,
};

impl Serialize for Span {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        [self.start(), self.end()].serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Span {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Span, D::Error> {
        let [start, end] = <[usize; 2]>::deserialize(deserializer)?;
        if end < start {
            return Err(D::Error::custom("a span ends before it starts"));
        }
        Ok(Span::new(start, end))
    }
}

impl<T: Serialize> Serialize for Layer<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_slice().serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de> + Spanned> Deserialize<'de> for Layer<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Layer<T>, D::Error> {
        Vec::deserialize(deserializer).map(Layer::from)
    }
}

impl Serialize for BlockKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> Deserialize<'de> for BlockKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<BlockKind, D::Error> {
        let name = String::deserialize(deserializer)?;
        BlockKind::from_name(&name)
            .ok_or_else(|| D::Error::custom(format!("no block kind is called {name:?}")))
    }
}

/// The fields of a block, in the order of the contract.
#[derive(Serialize, Deserialize)]
struct BlockFields {
    kind: BlockKind,
    span: Span,
}

impl Serialize for Block {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        BlockFields { kind: self.kind, span: self.span }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Block {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Block, D::Error> {
        BlockFields::deserialize(deserializer).map(|it| Block::new(it.kind, it.span))
    }
}

/// A document as written: the blocks and the text last, so that a person sees the rest first.
#[derive(Serialize)]
struct DocumentView<'a> {
    id: &'a str,
    #[serde(flatten)]
    metadata: &'a Metadata,
    blocks: &'a Layer<Block>,
    #[serde(skip_serializing_if = "Layer::is_empty")]
    sentences: &'a Layer<Sentence>,
    #[serde(skip_serializing_if = "Layer::is_empty")]
    words: &'a Layer<Word>,
    #[serde(skip_serializing_if = "Layer::is_empty")]
    mentions: &'a Layer<Mention>,
    text: &'a str,
}

#[derive(Deserialize)]
struct DocumentFields {
    id: String,
    #[serde(flatten)]
    metadata: Metadata,
    blocks: Option<Vec<Block>>,
    #[serde(default)]
    sentences: Layer<Sentence>,
    #[serde(default)]
    words: Layer<Word>,
    #[serde(default)]
    mentions: Layer<Mention>,
    text: String,
}

impl Serialize for Document {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        DocumentView {
            id: self.id(),
            metadata: &self.metadata,
            blocks: self.blocks(),
            sentences: &self.annotations().sentences,
            words: &self.annotations().words,
            mentions: &self.annotations().mentions,
            text: self.text(),
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Document {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Document, D::Error> {
        let fields = DocumentFields::deserialize(deserializer)?;
        let mut document = Document::new(fields.id, fields.text);
        if let Some(blocks) = fields.blocks {
            document = document.with_blocks(blocks);
        }
        document.metadata = fields.metadata;
        let DocumentFields { sentences, words, mentions, .. } = fields;
        Ok(document.with_annotations(Annotations { sentences, words, mentions }))
    }
}

impl Serialize for When {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<When, D::Error> {
        let iso = String::deserialize(deserializer)?;
        When::from_iso(&iso).ok_or_else(|| D::Error::custom(format!("{iso:?} is no date")))
    }
}

#[derive(Serialize, Deserialize)]
struct DateFields {
    iso: When,
    grain: Grain,
    part_of_day: Option<PartOfDay>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    portion: Option<Portion>,
    basis: Basis,
}

impl Serialize for DateValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        DateFields {
            iso: self.when,
            grain: self.when.grain(),
            part_of_day: self.part_of_day,
            portion: self.portion,
            basis: self.basis,
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for DateValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<DateValue, D::Error> {
        let fields = DateFields::deserialize(deserializer)?;
        // An hour is written with its minutes; only the grain tells it from a minute.
        let hour = |moment| match moment {
            Moment::Minute(time) if fields.grain == Grain::Hour && time.minute() == 0 => {
                Moment::Hour(time)
            }
            other => other,
        };
        let when = match fields.iso {
            When::Point(moment) => When::Point(hour(moment)),
            When::Range(from, to) => When::Range(hour(from), hour(to)),
        };
        Ok(DateValue {
            when,
            part_of_day: fields.part_of_day,
            portion: fields.portion,
            basis: fields.basis,
        })
    }
}

/// Exact numbers as JSON numbers: whole ones of up to 63 bits in full, others as doubles in their
/// shortest form, which gives back every number of up to 15 digits.
pub(crate) mod decimal {
    use std::fmt;

    use rust_decimal::Decimal;
    use rust_decimal::prelude::ToPrimitive as _;
    use serde::de::{Error, Visitor};
    use serde::{Deserializer, Serialize as _, Serializer};

    pub(crate) fn serialize<S: Serializer>(
        number: &Decimal,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match number.is_integer().then(|| number.to_i64()).flatten() {
            Some(whole) => whole.serialize(serializer),
            None => number.to_f64().serialize(serializer),
        }
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Decimal, D::Error> {
        deserializer.deserialize_any(NumberVisitor)
    }

    struct NumberVisitor;

    impl Visitor<'_> for NumberVisitor {
        type Value = Decimal;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a number")
        }

        fn visit_i64<E: Error>(self, number: i64) -> Result<Decimal, E> {
            Ok(number.into())
        }

        fn visit_u64<E: Error>(self, number: u64) -> Result<Decimal, E> {
            Ok(number.into())
        }

        fn visit_f64<E: Error>(self, number: f64) -> Result<Decimal, E> {
            // Displaying a double gives its shortest form, which is the decimal that was written.
            number.to_string().parse().map_err(E::custom)
        }
    }
}

/// The same for a number that may be absent.
pub(crate) mod optional_decimal {
    use rust_decimal::Decimal;
    use serde::{Deserialize, Deserializer, Serializer};

    #[derive(Deserialize)]
    struct Wrapped(#[serde(with = "super::decimal")] Decimal);

    pub(crate) fn serialize<S: Serializer>(
        number: &Option<Decimal>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match number {
            Some(number) => super::decimal::serialize(number, serializer),
            None => serializer.serialize_none(),
        }
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Decimal>, D::Error> {
        Ok(Option::<Wrapped>::deserialize(deserializer)?.map(|it| it.0))
    }
}

#[cfg(test)]
mod tests;
