//! [`ParquetWriter`]: documents column by column, for DuckDB, Polars, pandas and Spark.

use std::fmt;
use std::io::{self, Write};
use std::sync::Arc;

use corpus_model::{Document, WordKind};
use parquet::basic::{Compression, Encoding, ZstdLevel};
use parquet::data_type::{ByteArray, ByteArrayType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;
use parquet::schema::types::ColumnPath;

use crate::value::json;

/// The schema of what is written; it grows at its end, and no column of it changes.
///
/// Places are bytes into `text`, `end` exclusive. A layer that a document does not have is an empty
/// list. The `value` of a mention is JSON, as `corpus extract --json` prints it. What the source
/// states beside is in `extra`; `published` is ISO 8601 and may be partial (`2014-08`, `2015/2020`),
/// so it is a string.
pub const SCHEMA: &str = "message document {
    REQUIRED BYTE_ARRAY id (STRING);
    OPTIONAL BYTE_ARRAY path (STRING);
    OPTIONAL BYTE_ARRAY format (STRING);
    OPTIONAL BYTE_ARRAY url (STRING);
    OPTIONAL BYTE_ARRAY site (STRING);
    OPTIONAL BYTE_ARRAY slug (STRING);
    OPTIONAL BYTE_ARRAY article_number (STRING);
    OPTIONAL BYTE_ARRAY title (STRING);
    OPTIONAL BYTE_ARRAY lead (STRING);
    OPTIONAL BYTE_ARRAY byline (STRING);
    OPTIONAL BYTE_ARRAY published (STRING);
    OPTIONAL BYTE_ARRAY published_basis (STRING);
    OPTIONAL BYTE_ARRAY language (STRING);
    REQUIRED GROUP extra (MAP) { REPEATED GROUP key_value {
        REQUIRED BYTE_ARRAY key (STRING);
        REQUIRED BYTE_ARRAY value (STRING);
    } }
    REQUIRED GROUP blocks (LIST) { REPEATED GROUP list { REQUIRED GROUP element {
        REQUIRED BYTE_ARRAY kind (STRING);
        REQUIRED INT64 start;
        REQUIRED INT64 end;
    } } }
    REQUIRED GROUP sentences (LIST) { REPEATED GROUP list { REQUIRED GROUP element {
        REQUIRED INT64 start;
        REQUIRED INT64 end;
    } } }
    REQUIRED GROUP words (LIST) { REPEATED GROUP list { REQUIRED GROUP element {
        REQUIRED BYTE_ARRAY kind (STRING);
        REQUIRED INT64 start;
        REQUIRED INT64 end;
    } } }
    REQUIRED GROUP mentions (LIST) { REPEATED GROUP list { REQUIRED GROUP element {
        REQUIRED BYTE_ARRAY kind (STRING);
        REQUIRED INT64 start;
        REQUIRED INT64 end;
        REQUIRED BYTE_ARRAY value (STRING);
    } } }
    REQUIRED BYTE_ARRAY text (STRING);
}";

/// A group of rows is written when it has so many bytes of text: it is held in memory until then.
const GROUP: usize = 16 << 20;

/// Writes documents as Parquet, by the schema of [`SCHEMA`], packed with Zstandard.
///
/// Rows are held in memory until 16 MiB of text have come together. A file is whole only when
/// [`ParquetWriter::finish`] has returned: what says where everything stands is at its end.
///
/// ```
/// use corpus_model::Document;
/// use corpus_write::ParquetWriter;
///
/// let mut writer = ParquetWriter::new(Vec::new())?;
/// writer.write(&Document::new("1", "Trời mưa."))?;
/// let bytes = writer.finish()?;
/// assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"));
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct ParquetWriter<W: Write + Send> {
    writer: SerializedFileWriter<W>,
    rows: Rows,
}

impl<W: Write + Send> ParquetWriter<W> {
    /// A writer that has written the first bytes of the file.
    pub fn new(inner: W) -> io::Result<ParquetWriter<W>> {
        let schema = Arc::new(parse_message_type(SCHEMA).map_err(failed)?);
        let level = ZstdLevel::default();
        let mut properties = WriterProperties::builder()
            .set_created_by(concat!("corpus-write ", env!("CARGO_PKG_VERSION")).to_owned())
            .set_compression(Compression::ZSTD(level))
            // No two texts are the same, and their least and greatest say nothing.
            .set_column_dictionary_enabled(ColumnPath::from("text"), false)
            .set_column_statistics_enabled(ColumnPath::from("text"), EnabledStatistics::None);
        for layer in ["blocks", "sentences", "words", "mentions"] {
            let column = |name: &str| {
                let path = [layer, "list", "element", name].map(str::to_owned);
                ColumnPath::new(path.to_vec())
            };
            // Each place lies a little behind the one before, and nobody asks for the least of them.
            for places in [column("start"), column("end")] {
                properties = properties
                    .set_column_dictionary_enabled(places.clone(), false)
                    .set_column_encoding(places.clone(), Encoding::DELTA_BINARY_PACKED)
                    .set_column_statistics_enabled(places, EnabledStatistics::None);
            }
            properties =
                properties.set_column_statistics_enabled(column("kind"), EnabledStatistics::None);
        }
        let properties = properties.build();
        let writer =
            SerializedFileWriter::new(inner, schema, Arc::new(properties)).map_err(failed)?;
        Ok(ParquetWriter { writer, rows: Rows::default() })
    }

    /// Writes a document with the layers that it has.
    pub fn write(&mut self, document: &Document) -> io::Result<()> {
        self.rows.push(document);
        if self.rows.bytes >= GROUP { self.flush_rows() } else { Ok(()) }
    }

    /// Writes what is held back and the end of the file; gives the destination back, flushed.
    pub fn finish(mut self) -> io::Result<W> {
        self.flush_rows()?;
        let mut inner = self.writer.into_inner().map_err(failed)?;
        inner.flush()?;
        Ok(inner)
    }

    /// Writes the rows that are held as a group.
    fn flush_rows(&mut self) -> io::Result<()> {
        if self.rows.id.values.is_empty() {
            return Ok(());
        }
        let rows = std::mem::take(&mut self.rows);
        let mut group = self.writer.next_row_group().map_err(failed)?;
        rows.write(&mut group).map_err(failed)?;
        group.close().map_err(failed)?;
        Ok(())
    }
}

impl<W: Write + Send> fmt::Debug for ParquetWriter<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ParquetWriter").finish_non_exhaustive()
    }
}

/// The error of the destination, where it is one.
fn failed(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(error) => match error.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(error) => io::Error::other(error),
        },
        error => io::Error::other(error),
    }
}

/// Values of a column, and where they stand: `defined` is 0 where there is none, and `repeated` 1
/// where a value goes on a list.
struct Column<T> {
    values: Vec<T>,
    defined: Vec<i16>,
    repeated: Vec<i16>,
}

impl<T> Default for Column<T> {
    fn default() -> Column<T> {
        Column { values: Vec::new(), defined: Vec::new(), repeated: Vec::new() }
    }
}

impl<T> Column<T> {
    /// A row's value, if it has one.
    fn push(&mut self, value: Option<T>) {
        self.defined.push(i16::from(value.is_some()));
        self.values.extend(value);
    }

    /// A row's list.
    fn push_all(&mut self, values: impl IntoIterator<Item = T>) {
        let before = self.values.len();
        self.values.extend(values);
        let n = self.values.len() - before;
        // An empty list has a place too.
        self.defined.extend(std::iter::repeat_n(i16::from(n > 0), n.max(1)));
        self.repeated.push(0);
        self.repeated.extend(std::iter::repeat_n(1, n.saturating_sub(1)));
    }
}

type Texts = Column<ByteArray>;
type Numbers = Column<i64>;

/// Things in a text: what they are, and where they stand.
#[derive(Default)]
struct Places {
    kind: Texts,
    start: Numbers,
    end: Numbers,
}

/// The rows of a group, column by column.
#[derive(Default)]
struct Rows {
    id: Texts,
    metadata: [Texts; 12],
    keys: Texts,
    values: Texts,
    blocks: Places,
    sentences: Places,
    words: Places,
    mentions: Places,
    mention_values: Texts,
    text: Texts,
    bytes: usize,
}

/// Places in the columns.
macro_rules! push_places {
    ($places:expr, $items:expr, $kind:expr) => {
        let places: &mut Places = $places;
        places.kind.push_all($items.iter().map($kind));
        places.start.push_all($items.iter().map(|it| number(it.span.start())));
        places.end.push_all($items.iter().map(|it| number(it.span.end())));
    };
}

impl Rows {
    fn push(&mut self, document: &Document) {
        let it = &document.metadata;
        let published = it.published.map(|when| when.to_string());
        let fields = [
            it.path.as_deref(),
            it.format.as_deref(),
            it.url.as_deref(),
            it.site.as_deref(),
            it.slug.as_deref(),
            it.article_number.as_deref(),
            it.title.as_deref(),
            it.lead.as_deref(),
            it.byline.as_deref(),
            published.as_deref(),
            it.published_basis.map(|basis| basis.name()),
            it.language.as_deref(),
        ];
        self.id.push(Some(ByteArray::from(document.id())));
        for (column, field) in self.metadata.iter_mut().zip(fields) {
            column.push(field.map(ByteArray::from));
        }
        self.keys.push_all(it.extra.keys().map(|key| ByteArray::from(key.as_str())));
        self.values.push_all(it.extra.values().map(|value| ByteArray::from(value.as_str())));
        let layers = document.annotations();
        let name = |name: &str| ByteArray::from(name);
        push_places!(&mut self.blocks, document.blocks(), |it| name(it.kind.name()));
        push_places!(&mut self.sentences, layers.sentences, |_| name(""));
        // There are many words and few kinds: each shares one name.
        let kinds = WordKind::ALL.map(|kind| (kind, name(kind.name())));
        push_places!(&mut self.words, layers.words, |it| {
            let known = kinds.iter().find(|(kind, _)| *kind == it.kind);
            known.map_or_else(|| name(it.kind.name()), |(_, name)| name.clone())
        });
        push_places!(&mut self.mentions, layers.mentions, |it| name(it.kind().name()));
        self.mention_values.push_all(layers.mentions.iter().map(|it| name(&json(&it.value))));
        self.text.push(Some(ByteArray::from(document.text())));
        // A place costs three numbers here.
        let places = layers.words.len() + layers.sentences.len() + layers.mentions.len();
        self.bytes += document.text().len() + 24 * places + 256;
    }

    /// Writes the columns in the order of the schema.
    fn write<W: Write + Send>(
        &self,
        group: &mut SerializedRowGroupWriter<'_, W>,
    ) -> Result<(), ParquetError> {
        write_texts(group, &self.id, Level::Required)?;
        for column in &self.metadata {
            write_texts(group, column, Level::Optional)?;
        }
        write_texts(group, &self.keys, Level::List)?;
        write_texts(group, &self.values, Level::List)?;
        for (places, has_kinds) in [
            (&self.blocks, true),
            (&self.sentences, false),
            (&self.words, true),
            (&self.mentions, true),
        ] {
            if has_kinds {
                write_texts(group, &places.kind, Level::List)?;
            }
            write_numbers(group, &places.start)?;
            write_numbers(group, &places.end)?;
        }
        write_texts(group, &self.mention_values, Level::List)?;
        write_texts(group, &self.text, Level::Required)
    }
}

/// Writes the next column of a group.
fn write_texts<W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    column: &Texts,
    level: Level,
) -> Result<(), ParquetError> {
    let Some(mut writer) = group.next_column()? else { return Err(short()) };
    let (defined, repeated) = level.of(column);
    writer.typed::<ByteArrayType>().write_batch(&column.values, defined, repeated)?;
    writer.close()
}

/// The same of numbers, which are all in lists.
fn write_numbers<W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    column: &Numbers,
) -> Result<(), ParquetError> {
    let Some(mut writer) = group.next_column()? else { return Err(short()) };
    let (defined, repeated) = Level::List.of(column);
    writer.typed::<Int64Type>().write_batch(&column.values, defined, repeated)?;
    writer.close()
}

/// Which levels the schema has for a column.
#[derive(Clone, Copy)]
enum Level {
    Required,
    Optional,
    List,
}

impl Level {
    fn of<T>(self, column: &Column<T>) -> (Option<&[i16]>, Option<&[i16]>) {
        match self {
            Level::Required => (None, None),
            Level::Optional => (Some(&column.defined), None),
            Level::List => (Some(&column.defined), Some(&column.repeated)),
        }
    }
}

/// The schema has fewer columns than are written, which a test would have shown.
fn short() -> ParquetError {
    ParquetError::General("the schema has too few columns".to_owned())
}

fn number(place: usize) -> i64 {
    i64::try_from(place).unwrap_or(i64::MAX)
}
