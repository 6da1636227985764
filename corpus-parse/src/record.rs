//! [`Record`]: what a parser finds, before it is a document.

use std::ops::Range;

use corpus_model::{Annotations, Block, BlockKind, Metadata, Span};

use crate::rules::RuleBook;

/// What a parser finds in one record.
///
/// A parser of texts fills [`Record::text`] and [`Record::blocks`]. A parser of tables pushes named
/// fields instead; which of them is the text, the title or the date is decided above, by
/// [`FieldNames`](crate::FieldNames), for all such formats alike.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// What the record calls itself; where it is empty, the reader makes an id of the path.
    pub id: String,
    /// The text as its author wrote it.
    pub text: String,
    /// The parts of the text, in order and without overlap.
    pub blocks: Vec<Block>,
    /// What is known beside the text; the reader adds path and format.
    pub metadata: Metadata,
    /// Sentences, words and facts that the source states.
    pub annotations: Annotations,
    // All names and values lie one behind the other in one string, which is used again.
    fields: String,
    places: Vec<Field>,
    tabular: bool,
    /// Lists with an object in them that has no text.
    gaps: Vec<String>,
    /// A number was pushed that is not written as it stands in the source.
    rounded: bool,
    /// What is known of lines beside their form.
    pub(crate) rules: RuleBook,
    /// The source states the blocks, and all that is known of the document under our own names.
    own: bool,
}

#[derive(Clone, Debug)]
struct Field {
    name: Range<usize>,
    value: Range<usize>,
}

impl Record {
    /// Adds a named field.
    pub fn push(&mut self, name: &str, value: &str) {
        let start = self.fields.len();
        self.fields.push_str(name);
        let middle = self.fields.len();
        self.fields.push_str(value);
        self.places.push(Field { name: start..middle, value: middle..self.fields.len() });
    }

    /// Adds to the value of the field pushed last, on a line of its own; starts the field if
    /// there is none of this name.
    pub fn push_line(&mut self, name: &str, value: &str) {
        let same =
            self.places.last().is_some_and(|it| self.fields.get(it.name.clone()) == Some(name));
        match self.places.last_mut() {
            Some(field) if same => {
                self.fields.push('\n');
                self.fields.push_str(value);
                field.value.end = self.fields.len();
            }
            _ => self.push(name, value),
        }
    }

    /// The same as [`Record::push`] for a value that is written piece by piece: `write` appends it.
    pub(crate) fn push_with<T>(
        &mut self,
        name: &str,
        write: impl FnOnce(&mut String) -> Option<T>,
    ) -> Option<T> {
        let start = self.fields.len();
        self.fields.push_str(name);
        let middle = self.fields.len();
        let written = write(&mut self.fields);
        self.places.push(Field { name: start..middle, value: middle..self.fields.len() });
        written
    }

    /// The same as [`Record::push_line`] for a value that is written piece by piece.
    pub(crate) fn push_line_with<T>(
        &mut self,
        name: &str,
        write: impl FnOnce(&mut String) -> Option<T>,
    ) -> Option<T> {
        let same =
            self.places.last().is_some_and(|it| self.fields.get(it.name.clone()) == Some(name));
        match self.places.last_mut() {
            Some(field) if same => {
                self.fields.push('\n');
                let written = write(&mut self.fields);
                field.value.end = self.fields.len();
                written
            }
            _ => self.push_with(name, write),
        }
    }

    /// The value of a field; the last, where several have the name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.place(name).map(|place| self.value(place))
    }

    /// Names and values in the order of the source.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        let part = |range: &Range<usize>| self.fields.get(range.clone()).unwrap_or_default();
        self.places.iter().map(move |it| (part(&it.name), part(&it.value)))
    }

    /// A number was pushed that is not written as it stands in the source.
    pub(crate) fn note_rounded(&mut self) {
        self.rounded = true;
    }

    /// Whether such a number was pushed since the last call.
    pub(crate) fn take_rounded(&mut self) -> bool {
        std::mem::take(&mut self.rounded)
    }

    /// Gives the last field of this name another value.
    pub(crate) fn replace(&mut self, name: &str, value: &str) {
        let Some(place) = self.place(name) else { return };
        let start = self.fields.len();
        self.fields.push_str(value);
        if let Some(field) = self.places.get_mut(place) {
            field.value = start..start + value.len();
        }
    }

    /// Gives the last field of this name another name.
    pub(crate) fn rename(&mut self, name: &str, new: &str) {
        let Some(place) = self.place(name) else { return };
        let start = self.fields.len();
        self.fields.push_str(new);
        if let Some(field) = self.places.get_mut(place) {
            field.name = start..start + new.len();
        }
    }

    /// The place of the last field of this name among the fields.
    pub(crate) fn place(&self, name: &str) -> Option<usize> {
        // Most names that are sought are told apart by their lengths.
        let is = |it: &Field| {
            it.name.len() == name.len() && self.fields.get(it.name.clone()) == Some(name)
        };
        self.places.iter().rposition(is)
    }

    /// The name of the field at this place.
    pub(crate) fn name(&self, place: usize) -> &str {
        let range = self.places.get(place).map(|it| it.name.clone());
        range.and_then(|range| self.fields.get(range)).unwrap_or_default()
    }

    /// The value of the field at this place.
    pub(crate) fn value(&self, place: usize) -> &str {
        let range = self.places.get(place).map(|it| it.value.clone());
        range.and_then(|range| self.fields.get(range)).unwrap_or_default()
    }

    /// How much was pushed: it changes with every value.
    pub(crate) fn extent(&self) -> (usize, usize) {
        (self.places.len(), self.fields.len())
    }

    /// Drops what was pushed since its [extent](Record::extent) was this.
    pub(crate) fn shorten(&mut self, extent: (usize, usize)) {
        self.places.truncate(extent.0);
        self.fields.truncate(extent.1);
    }

    /// An object in the list of this name has no text.
    pub(crate) fn push_gap(&mut self, name: &str) {
        if self.gaps.last().is_none_or(|last| last != name) {
            self.gaps.push(name.to_owned());
        }
    }

    /// Whether an object in the list of this name has no text.
    pub(crate) fn has_gap(&self, name: &str) -> bool {
        self.gaps.iter().any(|gap| gap == name)
    }

    /// The record is one of named fields, even if it turns out to have none.
    pub fn expect_fields(&mut self) {
        self.tabular = true;
    }

    /// Whether it is a record of named fields: some were pushed, or [are
    /// expected](Record::expect_fields).
    pub fn has_fields(&self) -> bool {
        self.tabular || !self.places.is_empty()
    }

    /// Drops the named fields: they are used up.
    #[cfg(feature = "toml")]
    pub(crate) fn clear_fields(&mut self) {
        self.fields.clear();
        self.places.clear();
    }

    /// The fields are those of a document as `corpus-write` writes it, whose blocks and layers are in
    /// place: nothing has to be found in the text.
    pub(crate) fn expect_own(&mut self) {
        self.own = true;
    }

    /// Whether the fields are those of such a document.
    pub(crate) fn is_own(&self) -> bool {
        self.own
    }

    /// Adds a block.
    pub fn block(&mut self, kind: BlockKind, span: Span) {
        self.blocks.push(Block::new(kind, span));
    }

    /// Empties it and keeps its storage.
    pub(crate) fn clear(&mut self) {
        self.id.clear();
        self.text.clear();
        self.blocks.clear();
        self.fields.clear();
        self.places.clear();
        self.tabular = false;
        self.gaps.clear();
        self.rounded = false;
        self.rules.format = None;
        self.own = false;
        self.annotations = Annotations::default();
        // Path and format are the same for every document of a file: their storage is kept for
        // the reader, which writes both.
        let path = self.metadata.path.take();
        let format = self.metadata.format.take();
        self.metadata = Metadata::default();
        self.metadata.path = path;
        self.metadata.format = format;
    }
}
