//! [`Writer`]: the normal form as it comes about, and its map.

use std::borrow::Cow;

use corpus_model::Span;

use super::rewrite::Rewriter;
use crate::edit_map::EditMap;
use crate::syllable::{MANY, Memo, Run};

/// Writes the normal form, as far as it is not the text itself, and the map.
pub(super) struct Writer<'t> {
    text: &'t str,
    out: String,
    map: EditMap,
    /// Everything in front of it was written.
    copied: usize,
    /// How many runs were rewritten before there was a memo.
    rewritten: u32,
    memo: Option<Memo<NewRun>>,
}

/// A run of letters in normal form.
#[derive(Clone, Copy, Default)]
struct NewRun {
    bytes: [u8; MOST],
    len: u8,
    /// How many bytes at both ends are as they were; all in front where nothing was changed.
    front: u8,
    back: u8,
}

/// Longer runs are not taken one after the other; so many bytes are copied at once.
const MOST: usize = 16;
/// After so many runs without a change there may be many more.
const FEW: u32 = 6;
/// What was rewritten is gathered up to about so many bytes.
const PIECE: usize = 1024;

impl<'t> Writer<'t> {
    pub(super) fn new(text: &'t str) -> Writer<'t> {
        let (out, map) = (String::new(), EditMap::default());
        Writer { text, out, map, copied: 0, rewritten: 0, memo: None }
    }

    /// Puts `new` in place of a part of the text; false where they are the same.
    pub(super) fn replace(&mut self, part: Span, new: &str) -> bool {
        let old = self.text.get(part.range()).unwrap_or_default();
        if new == old {
            return false;
        }
        let (front, back) = common_ends(old, new);
        let input = Span::new(part.start() + front, part.end() - back);
        self.copy_up_to(input.start());
        let start = self.out.len();
        self.out.push_str(new.get(front..new.len() - back).unwrap_or_default());
        self.map.push(input, Span::new(start, self.out.len()));
        self.copied = input.end();
        true
    }

    /// Puts the runs of letters from `from` on into normal form, as long as there is something to
    /// do and nothing else between them than ASCII; tells how far that was.
    pub(super) fn replace_runs(&mut self, from: usize, rewriter: &mut Rewriter) -> usize {
        self.copy_up_to(from);
        let bytes = self.text.as_bytes();
        let mut piece = [0; PIECE + 2 * MOST];
        let mut len = 0;
        let mut at = from;
        let mut unchanged = 0;
        while unchanged < FEW
            && let Some(rest) = bytes.get(at..)
            && let Some(run) = Run::next(rest)
            && let Some(new) = self.new_run(at + run.gap, &run, rewriter)
        {
            copy(rest, run.gap, piece.get_mut(len..));
            len += run.gap;
            copy(&new.bytes, usize::from(new.len), piece.get_mut(len..));
            let start = at + run.gap;
            at = start + run.len;
            let (front, back) = (usize::from(new.front), usize::from(new.back));
            if front == run.len {
                unchanged += 1;
            } else {
                unchanged = 0;
                let output = self.out.len() + len;
                self.map.push(
                    Span::new(start + front, at - back),
                    Span::new(output + front, output + usize::from(new.len) - back),
                );
            }
            len += usize::from(new.len);
            if len > PIECE {
                self.push(piece.get(..len).unwrap_or_default());
                len = 0;
            }
        }
        self.push(piece.get(..len).unwrap_or_default());
        self.copied = at;
        at
    }

    /// The normal form of the run at `start`; none where there is more in it than letters and
    /// marks of Vietnamese.
    #[inline(always)]
    fn new_run(&mut self, start: usize, run: &Run, rewriter: &mut Rewriter) -> Option<NewRun> {
        let known = self.memo.as_ref().and_then(|memo| memo.get(run));
        known.or_else(|| self.rewrite_run(start, run, rewriter))
    }

    #[inline(never)]
    fn rewrite_run(&mut self, start: usize, run: &Run, rewriter: &mut Rewriter) -> Option<NewRun> {
        let span = Span::new(start, start + run.len);
        let old = self.text.get(span.range())?;
        let new = rewriter.rewrite_run(self.text, span)?;
        let (front, back) = if new == old { (run.len, 0) } else { common_ends(old, new) };
        let mut found = NewRun { front: front as u8, back: back as u8, ..NewRun::default() };
        found.bytes.get_mut(..new.len())?.copy_from_slice(new.as_bytes());
        found.len = new.len() as u8;
        if self.rewritten < MANY {
            self.rewritten += 1;
        } else {
            self.memo.get_or_insert_with(Memo::new).insert(run, found);
        }
        Some(found)
    }

    fn copy_up_to(&mut self, at: usize) {
        if self.out.capacity() == 0 {
            self.out.reserve(self.text.len() + self.text.len() / 16);
        }
        self.out.push_str(self.text.get(self.copied..at).unwrap_or_default());
        self.copied = at;
    }

    fn push(&mut self, piece: &[u8]) {
        match simdutf8::basic::from_utf8(piece) {
            Ok(piece) => self.out.push_str(piece),
            // Whole characters are written, so that this is never asked for.
            Err(_) => self.out.push_str(&String::from_utf8_lossy(piece)),
        }
    }

    /// The normal form and its map.
    pub(super) fn finish(mut self) -> (Cow<'t, str>, EditMap) {
        if self.map.is_empty() {
            return (Cow::Borrowed(self.text), self.map);
        }
        self.out.push_str(self.text.get(self.copied..).unwrap_or_default());
        (Cow::Owned(self.out), self.map)
    }
}

/// Copies `len` bytes, at most sixteen, and up to sixteen where that is quicker.
#[inline(always)]
fn copy(from: &[u8], len: usize, to: Option<&mut [u8]>) {
    let to = to.unwrap_or_default();
    if let (Some(from), Some(to)) = (from.first_chunk::<MOST>(), to.first_chunk_mut()) {
        *to = *from;
    } else {
        to.iter_mut().zip(from).take(len).for_each(|(to, &byte)| *to = byte);
    }
}

/// How many bytes two texts share at both ends, in whole characters.
fn common_ends(a: &str, b: &str) -> (usize, usize) {
    let same = |(x, y): &(u8, u8)| x == y;
    let mut front = a.bytes().zip(b.bytes()).take_while(same).count();
    while !a.is_char_boundary(front) || !b.is_char_boundary(front) {
        front -= 1;
    }
    let most = a.len().min(b.len()) - front;
    let mut back = a.bytes().rev().zip(b.bytes().rev()).take(most).take_while(same).count();
    while !a.is_char_boundary(a.len() - back) || !b.is_char_boundary(b.len() - back) {
        back -= 1;
    }
    (front, back)
}
