//! [`Format`] and [`Parser`]: the two traits that a contributor implements.

use std::fmt::Debug;

use crate::{ParseError, Record, RecordLines, Source};

/// A format that can be read: a description without state.
///
/// The traits are open: a crate outside passes its own `&dyn Format` to
/// [`Reader::new`](crate::Reader::new).
///
/// ```
/// use corpus_parse::{Format, ParseError, Parser, Reader, Record, Source};
///
/// /// Tab-separated number and text, a record a line.
/// #[derive(Clone, Copy, Debug)]
/// struct Numbered;
///
/// impl Format for Numbered {
///     fn name(&self) -> &'static str {
///         "numbered"
///     }
///     fn extensions(&self) -> &'static [&'static str] {
///         &["num"]
///     }
///     fn about(&self) -> &'static str {
///         "a number, a tab and a text on each line"
///     }
///     fn parser(&self) -> Box<dyn Parser> {
///         Box::new(NumberedParser)
///     }
/// }
///
/// struct NumberedParser;
///
/// impl Parser for NumberedParser {
///     fn parse(&mut self, source: &mut Source<'_>, record: &mut Record) -> Result<bool, ParseError> {
///         let Some(line) = source.line()? else { return Ok(false) };
///         let Some((number, text)) = line.split_once('\t') else {
///             return Err(source.malformed("no tab"));
///         };
///         record.push("id", number);
///         record.push("text", text);
///         Ok(true)
///     }
/// }
///
/// let mut reader = Reader::new(&Numbered, "7\tTrời mưa.\nĐường trơn.\n".as_bytes());
/// let mut documents = reader.documents();
/// assert_eq!(documents.next().unwrap().unwrap().id(), "7");
/// let error = documents.next().unwrap().unwrap_err();
/// assert_eq!(error.to_string(), "line 2, byte 15: no tab");
/// ```
pub trait Format: Debug + Sync {
    /// What it is called on the command line: lower case, unique.
    fn name(&self) -> &str;

    /// The endings of file names, without the dot and in lower case.
    fn extensions(&self) -> &'static [&'static str];

    /// One line for a list of formats.
    fn about(&self) -> &str;

    /// Whether the first bytes of an input (up to 64 KiB) look like it.
    fn sniff(&self, head: &[u8]) -> bool {
        let _ = head;
        false
    }

    /// A parser for one pass over one input.
    fn parser(&self) -> Box<dyn Parser>;

    /// Where it can be told line by line where records end: what is needed to read pieces of an input
    /// apart, of which the first bytes (up to 64 KiB) are `head`. Where each line is a record of its own,
    /// that is an [`EachLine`](crate::EachLine).
    fn lines(&self, head: &[u8]) -> Option<Box<dyn RecordLines>> {
        let _ = head;
        None
    }
}

impl Format for &dyn Format {
    fn name(&self) -> &str {
        (**self).name()
    }

    fn extensions(&self) -> &'static [&'static str] {
        (**self).extensions()
    }

    fn about(&self) -> &str {
        (**self).about()
    }

    fn sniff(&self, head: &[u8]) -> bool {
        (**self).sniff(head)
    }

    fn parser(&self) -> Box<dyn Parser> {
        (**self).parser()
    }

    fn lines(&self, head: &[u8]) -> Option<Box<dyn RecordLines>> {
        (**self).lines(head)
    }
}

/// The state of one pass over one input.
pub trait Parser: Send {
    /// Fills `record`, which arrives empty; false at the end of the input.
    ///
    /// What the parser read of `source` since the last call is the record; [`Source::mark`] and
    /// [`Source::discard`] say where it begins. After a recoverable error the next call goes on
    /// behind whatever was read.
    fn parse(&mut self, source: &mut Source<'_>, record: &mut Record) -> Result<bool, ParseError>;
}
