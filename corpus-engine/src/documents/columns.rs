//! Documents as columns, those of `corpus_write::SCHEMA` in their order.

use std::borrow::Cow;
use std::sync::Arc;

use corpus_model::{Document, Span};
use datafusion::arrow::array::builder::{MapBuilder, MapFieldNames, StringBuilder};
use datafusion::arrow::array::{
    ArrayRef, Int64Array, ListArray, RecordBatch, RecordBatchOptions, StringArray, StructArray,
};
use datafusion::arrow::buffer::OffsetBuffer;
use datafusion::arrow::datatypes::{DataType, Field, Fields, Schema, SchemaRef};
use datafusion::common::{DataFusionError, Result, internal_err};

/// What a column holds.
#[derive(Clone, Copy)]
enum Column {
    /// A text that each document has.
    Text(fn(&Document) -> &str),
    /// What the source may state.
    Stated(for<'a> fn(&'a Document) -> Option<Cow<'a, str>>),
    /// Whatever else it states.
    Extra,
    /// A layer of the text; whether what is in it has a kind, and a value.
    Layer { has_kind: bool, has_value: bool, of: fn(&Document, &mut Lists) -> Result<()> },
}

const COLUMNS: [(&str, Column); 19] = [
    ("id", Column::Text(Document::id)),
    ("path", Column::Stated(|it| it.metadata.path.as_deref().map(Cow::from))),
    ("format", Column::Stated(|it| it.metadata.format.as_deref().map(Cow::from))),
    ("url", Column::Stated(|it| it.metadata.url.as_deref().map(Cow::from))),
    ("site", Column::Stated(|it| it.metadata.site.as_deref().map(Cow::from))),
    ("slug", Column::Stated(|it| it.metadata.slug.as_deref().map(Cow::from))),
    ("article_number", Column::Stated(|it| it.metadata.article_number.as_deref().map(Cow::from))),
    ("title", Column::Stated(|it| it.metadata.title.as_deref().map(Cow::from))),
    ("lead", Column::Stated(|it| it.metadata.lead.as_deref().map(Cow::from))),
    ("byline", Column::Stated(|it| it.metadata.byline.as_deref().map(Cow::from))),
    ("published", Column::Stated(|it| it.metadata.published.map(|it| it.to_string().into()))),
    (
        "published_basis",
        Column::Stated(|it| it.metadata.published_basis.map(|it| it.name().into())),
    ),
    ("language", Column::Stated(|it| it.metadata.language.as_deref().map(Cow::from))),
    ("extra", Column::Extra),
    ("blocks", Column::Layer { has_kind: true, has_value: false, of: blocks }),
    ("sentences", Column::Layer { has_kind: false, has_value: false, of: sentences }),
    ("words", Column::Layer { has_kind: true, has_value: false, of: words }),
    ("mentions", Column::Layer { has_kind: true, has_value: true, of: mentions }),
    ("text", Column::Text(Document::text)),
];

/// Names and types of all columns.
pub(super) fn schema() -> SchemaRef {
    let field = |(name, column): (&str, Column)| {
        let nullable = matches!(column, Column::Stated(_));
        Field::new(name, column.data_type(), nullable)
    };
    Arc::new(Schema::new(COLUMNS.into_iter().map(field).collect::<Fields>()))
}

/// Documents as the columns of a schema, which are some of [`schema`].
pub(super) fn batch(schema: &SchemaRef, documents: &[Document]) -> Result<RecordBatch> {
    let columns = schema.fields().iter().map(|field| {
        match COLUMNS.iter().find(|(name, _)| name == field.name()) {
            Some((_, column)) => column.of(documents),
            None => internal_err!("documents have no column {}", field.name()),
        }
    });
    let columns = columns.collect::<Result<Vec<ArrayRef>>>()?;
    // Where no column is asked for, the rows are counted.
    let options = RecordBatchOptions::new().with_row_count(Some(documents.len()));
    Ok(RecordBatch::try_new_with_options(Arc::clone(schema), columns, &options)?)
}

impl Column {
    fn data_type(self) -> DataType {
        match self {
            Column::Text(_) | Column::Stated(_) => DataType::Utf8,
            Column::Extra => {
                let text = |name| Field::new(name, DataType::Utf8, false);
                let entry = DataType::Struct(vec![text("key"), text("value")].into());
                DataType::Map(Arc::new(Field::new("key_value", entry, false)), false)
            }
            Column::Layer { has_kind, has_value, .. } => {
                DataType::List(element(places(has_kind, has_value)))
            }
        }
    }

    /// The column of documents.
    fn of(self, documents: &[Document]) -> Result<ArrayRef> {
        Ok(match self {
            Column::Text(of) => Arc::new(StringArray::from_iter_values(documents.iter().map(of))),
            Column::Stated(of) => Arc::new(documents.iter().map(of).collect::<StringArray>()),
            Column::Extra => extra(documents)?,
            Column::Layer { has_kind, has_value, of } => {
                let mut lists = Lists::default();
                for document in documents {
                    let before = lists.starts.len();
                    of(document, &mut lists)?;
                    lists.lengths.push(lists.starts.len() - before);
                }
                lists.finish(places(has_kind, has_value))?
            }
        })
    }
}

/// The fields of something in a text.
fn places(has_kind: bool, has_value: bool) -> Fields {
    let kind = has_kind.then(|| Field::new("kind", DataType::Utf8, false));
    let place = ["start", "end"].map(|name| Field::new(name, DataType::Int64, false));
    let value = has_value.then(|| Field::new("value", DataType::Utf8, false));
    kind.into_iter().chain(place).chain(value).collect()
}

/// The values of lists, under the name that they have in Parquet.
fn element(fields: Fields) -> Arc<Field> {
    Arc::new(Field::new("element", DataType::Struct(fields), false))
}

/// Makes a column of lists of things in texts.
#[derive(Default)]
struct Lists {
    kinds: Vec<&'static str>,
    starts: Vec<i64>,
    ends: Vec<i64>,
    values: Vec<String>,
    /// How many of them each row has.
    lengths: Vec<usize>,
}

impl Lists {
    fn push(&mut self, span: Span) {
        let number = |place| i64::try_from(place).unwrap_or(i64::MAX);
        self.starts.push(number(span.start()));
        self.ends.push(number(span.end()));
    }

    fn finish(self, fields: Fields) -> Result<ArrayRef> {
        let columns = fields.iter().map(|field| -> ArrayRef {
            match field.name().as_str() {
                "kind" => Arc::new(StringArray::from_iter_values(&self.kinds)),
                "start" => Arc::new(Int64Array::from_iter_values(self.starts.iter().copied())),
                "end" => Arc::new(Int64Array::from_iter_values(self.ends.iter().copied())),
                _ => Arc::new(StringArray::from_iter_values(&self.values)),
            }
        });
        let values = StructArray::try_new(fields.clone(), columns.collect(), None)?;
        let offsets = OffsetBuffer::from_lengths(self.lengths);
        Ok(Arc::new(ListArray::try_new(element(fields), offsets, Arc::new(values), None)?))
    }
}

fn blocks(document: &Document, lists: &mut Lists) -> Result<()> {
    for block in document.blocks() {
        lists.kinds.push(block.kind.name());
        lists.push(block.span);
    }
    Ok(())
}

fn sentences(document: &Document, lists: &mut Lists) -> Result<()> {
    document.annotations().sentences.iter().for_each(|it| lists.push(it.span));
    Ok(())
}

fn words(document: &Document, lists: &mut Lists) -> Result<()> {
    for word in document.annotations().words.iter() {
        lists.kinds.push(word.kind.name());
        lists.push(word.span);
    }
    Ok(())
}

fn mentions(document: &Document, lists: &mut Lists) -> Result<()> {
    for mention in document.annotations().mentions.iter() {
        let value = corpus_arrow::fact_value(&mention.value);
        lists.values.push(value.map_err(|error| DataFusionError::External(Box::new(error)))?);
        lists.kinds.push(mention.kind().name());
        lists.push(mention.span);
    }
    Ok(())
}

/// What the sources state beside.
fn extra(documents: &[Document]) -> Result<ArrayRef> {
    let names = MapFieldNames {
        entry: "key_value".to_owned(),
        key: "key".to_owned(),
        value: "value".to_owned(),
    };
    let value = Field::new("value", DataType::Utf8, false);
    let mut maps = MapBuilder::new(Some(names), StringBuilder::new(), StringBuilder::new())
        .with_values_field(value);
    for document in documents {
        for (key, value) in &document.metadata.extra {
            maps.keys().append_value(key);
            maps.values().append_value(value);
        }
        maps.append(true)?;
    }
    Ok(Arc::new(maps.finish()))
}

#[cfg(test)]
mod tests {
    use corpus_model::Document;
    use datafusion::arrow::array::AsArray as _;
    use datafusion::arrow::util::display::array_value_to_string;

    use super::{batch, schema};

    #[test]
    fn documents_are_rows() {
        let mut full = Document::new("1", "Trời mưa.");
        full.metadata.title = Some("Mưa".into());
        full.metadata.extra.insert("tác giả".into(), "An".into());
        let documents = [full, Document::new("2", "")];
        let rows = batch(&schema(), &documents).unwrap();
        let cells = |name: &str| {
            let column = rows.column_by_name(name).unwrap();
            [0, 1].map(|row| array_value_to_string(column, row).unwrap())
        };
        assert_eq!(cells("id"), ["1", "2"]);
        assert_eq!(cells("title"), ["Mưa", ""]);
        assert_eq!(cells("extra"), ["{tác giả: An}", "{}"]);
        assert_eq!(cells("mentions"), ["[]", "[]"]);
        assert_eq!(cells("text"), ["Trời mưa.", ""]);
    }

    #[test]
    fn columns_are_those_that_are_asked_for() {
        let schema = std::sync::Arc::new(schema().project(&[18, 0]).unwrap());
        let rows = batch(&schema, &[Document::new("1", "Trời mưa.")]).unwrap();
        assert_eq!(rows["text"].as_string::<i32>().value(0), "Trời mưa.");
        let none = std::sync::Arc::new(schema.project(&[]).unwrap());
        assert_eq!(
            batch(&none, &[Document::default(), Document::default()]).unwrap().num_rows(),
            2
        );
    }
}
