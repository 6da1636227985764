//! Where records end that are framed as they should be: behind the line of dashes that closes a body.

use super::{DelimitedParser, Line, kind};
use crate::{Parser, RecordLine, RecordLines};

/// The records of an input, as its lines pass by.
///
/// Where a frame is broken, how many records there are depends on what follows: that is left to one
/// reader.
#[derive(Debug, Default)]
pub(super) struct Records {
    state: State,
    /// How long the record at hand is, or the line between two.
    bytes: usize,
}

/// Where in a record a line stands; with the length of the line of dashes that ends the body.
#[derive(Clone, Copy, Debug, Default)]
enum State {
    #[default]
    Between,
    /// Behind the address.
    Address,
    /// Behind the first line of dashes, and the title perhaps.
    Title {
        dashes: usize,
        begun: bool,
    },
    Body(usize),
    /// Behind dashes of another length in a body: they end it where an address follows.
    Dashes(usize),
    /// Behind an address in a body: it begins a record where dashes follow.
    Link(usize),
}

impl RecordLines for Records {
    fn see(&mut self, line: &[u8], limit: usize) -> RecordLine {
        self.bytes += line.len() + 1;
        // What a reader makes of a record that is too long depends on what follows.
        let state = if self.bytes > limit { None } else { self.state.behind(kind(Some(line))) };
        let Some(state) = state else { return RecordLine::Unclear };
        let before = std::mem::replace(&mut self.state, state);
        match (before, state) {
            (State::Between, State::Between) => {
                self.bytes = 0;
                RecordLine::Outside
            }
            (_, State::Between) => {
                self.bytes = 0;
                RecordLine::Last
            }
            _ => RecordLine::Open,
        }
    }

    fn parser(&self, _: u64) -> Box<dyn Parser> {
        Box::new(DelimitedParser)
    }
}

impl State {
    /// The state behind a line of this kind; none if the line breaks a frame.
    fn behind(self, line: Line) -> Option<State> {
        Some(match (self, line) {
            (state, Line::Blank) => state,
            (State::Between, Line::Dashes(_)) => State::Between,
            (State::Between, Line::Address) => State::Address,
            (State::Address, Line::Dashes(dashes)) => State::Title { dashes, begun: false },
            (State::Title { dashes, .. }, Line::Text) => State::Title { dashes, begun: true },
            (State::Title { dashes, begun: true }, Line::Dashes(_)) => State::Body(dashes),
            (State::Body(wanted) | State::Dashes(wanted), Line::Dashes(found)) => {
                if found == wanted { State::Between } else { State::Dashes(wanted) }
            }
            (State::Body(dashes) | State::Link(dashes), Line::Address) => State::Link(dashes),
            (State::Body(dashes) | State::Dashes(dashes) | State::Link(dashes), Line::Text) => {
                State::Body(dashes)
            }
            _ => return None,
        })
    }
}
