//! Where the rows of a table end: behind a line in which no quote is open.

use memchr::memchr;

use super::{CsvParser, Header};
use crate::{Parser, RecordLine, RecordLines};

/// Where in a field a row is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum State {
    #[default]
    Start,
    Plain,
    Quoted,
    /// Behind a quote inside a field in quotes: its end, or one of two.
    Quote,
}

/// The state behind a line that begins in this one.
pub(super) fn scan(mut state: State, line: &[u8], separator: u8, header: bool) -> State {
    let parts =
        |byte: u8| byte == separator || (header && matches!(byte, b',' | b';' | b'\t' | b'|'));
    let mut at = 0;
    while let Some(&byte) = line.get(at) {
        let rest = line.get(at..).unwrap_or_default();
        at += 1;
        state = match state {
            State::Quoted => match memchr(b'"', rest) {
                Some(n) => {
                    at += n;
                    State::Quote
                }
                None => return State::Quoted,
            },
            State::Start if byte == b'"' => State::Quoted,
            State::Quote if byte == b'"' => State::Quoted,
            _ if parts(byte) => State::Start,
            State::Quote | State::Start | State::Plain => {
                if !header {
                    at += memchr(separator, rest).unwrap_or(rest.len()).saturating_sub(1);
                }
                State::Plain
            }
        };
    }
    state
}

/// A row whose quotes stay open for longer is left to one reader. It is less than a reader looks ahead
/// for the quote that closes, so that a row found here is a row to every reader.
const LONGEST: usize = 1 << 20;

/// The rows of a table, as its lines pass by.
#[derive(Debug, Default)]
pub(super) struct Rows {
    header: Header,
    /// The lines of the first row so far.
    first: Vec<u8>,
    state: State,
    /// How long the row at hand is.
    bytes: usize,
    begun: bool,
}

impl RecordLines for Rows {
    fn see(&mut self, line: &[u8], limit: usize) -> RecordLine {
        let mut line = line;
        if !std::mem::replace(&mut self.begun, true) {
            line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line);
        }
        let goes_on = self.state == State::Quoted;
        self.bytes += line.len() + 1;
        // What a reader makes of a row that is too long depends on what follows.
        if self.bytes > limit || goes_on && self.bytes > LONGEST {
            return RecordLine::Unclear;
        }
        let is_header = self.header.names.is_empty();
        self.state = scan(self.state, line, self.header.separator as u8, is_header);
        if is_header {
            self.first.extend_from_slice(line);
        }
        if self.state == State::Quoted {
            if is_header {
                self.first.push(b'\n');
            }
            return RecordLine::Open;
        }
        (self.state, self.bytes) = (State::Start, 0);
        if is_header {
            let row = std::mem::take(&mut self.first);
            let Ok(row) = str::from_utf8(&row) else { return RecordLine::Unclear };
            let row = row.trim_end_matches('\r');
            if !self.header.is_blank(row) {
                self.header.read(row);
            }
            return RecordLine::Outside;
        }
        // Most rows show by their first letter that they are not blank.
        let shows = line.first().is_some_and(u8::is_ascii_graphic);
        let is_blank = !goes_on
            && !shows
            && str::from_utf8(line)
                .is_ok_and(|row| self.header.is_blank(row.trim_end_matches('\r')));
        if is_blank { RecordLine::Outside } else { RecordLine::Last }
    }

    fn parser(&self, _: u64) -> Box<dyn Parser> {
        Box::new(CsvParser { header: self.header.clone(), ..CsvParser::default() })
    }
}
