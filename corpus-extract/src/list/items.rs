//! Items as spans: where one ends, and what around it is not its own.

use std::ops::Range;

use corpus_model::Span;

use super::Reader;
use crate::token::{Case, TokenKind};

/// Where the sentence and the line end that were sought last. Hundreds of lists may stand in one
/// sentence, whose end is then found once.
#[derive(Debug, Default)]
pub(super) struct Ends {
    sentence: Range<usize>,
    line: Range<usize>,
}

/// The first token from `start` on that ends something, or one so far behind that no item goes on to
/// it; `known` are places from which the end is known, and that end.
fn known_end(known: &mut Range<usize>, start: usize, ends: impl Fn(usize) -> bool) -> usize {
    const LONGEST: usize = 4000;
    if !known.contains(&start) {
        *known = start..(start..start + LONGEST).find(|at| ends(*at)).unwrap_or(start + LONGEST);
    }
    known.end
}

impl Reader<'_, '_> {
    /// The items behind the marks of a chain: each ends in front of the next mark or with its line,
    /// the last, where the list is running text, with its sentence.
    pub(super) fn items_of(self, chain: &[Range<usize>], ends: &mut Ends) -> Vec<Span> {
        let mut items = Vec::with_capacity(chain.len());
        let opens_line = |mark: &Range<usize>| {
            let before = self.tokens.before(mark.start, 1);
            let bullet = matches!(before.kind, TokenKind::Mark('-' | '–' | '•' | '+' | '*'));
            before.is_break() || bullet && self.tokens.before(mark.start, 2).is_break()
        };
        let running = !chain.iter().all(opens_line);
        for (n, mark) in chain.iter().enumerate() {
            let end = match chain.get(n + 1) {
                Some(next) => (mark.end..next.start)
                    .find(|at| self.tokens.get(*at).is_break())
                    .unwrap_or(next.start.max(mark.end)),
                None if running => self.before_closing(
                    mark.end..known_end(&mut ends.sentence, mark.end, |at| self.ends_sentence(at)),
                ),
                None => self.before_closing(
                    mark.end..known_end(&mut ends.line, mark.end, |at| {
                        self.tokens.get(at).is_break()
                    }),
                ),
            };
            items.extend(self.trimmed(mark.end..end));
        }
        items
    }

    /// Where an item ends that may reach up to the end of `item`: in front of the bracket around its
    /// list, `… qua hai bước (bước 1: …; bước 2: …)`, which is sought for as long as an item may be.
    fn before_closing(self, item: Range<usize>) -> usize {
        const LONGEST: usize = 400;
        let mut brackets = 0usize;
        for at in item.clone().take(LONGEST) {
            match self.tokens.get(at).kind {
                TokenKind::Mark('(') => brackets += 1,
                TokenKind::Mark(')') if brackets == 0 => return at,
                TokenKind::Mark(')') => brackets -= 1,
                _ => {}
            }
        }
        item.end
    }

    /// Whether the token at `at` ends a sentence: a full stop and its like with a blank behind.
    pub(super) fn ends_sentence(self, at: usize) -> bool {
        let (token, next) = (self.tokens.get(at), self.tokens.get(at + 1));
        match token.kind {
            TokenKind::Break => true,
            TokenKind::Mark('!' | '?' | '…') => !next.glued,
            // `TP. HCM`, `1.600`: a stop inside a name or number ends nothing.
            TokenKind::Mark('.') => {
                let short = self.tokens.before(at, 1);
                let name = short.is_word() && short.case != Case::Lower && short.span.len() <= 3;
                !next.glued && (!name || next.is_break())
            }
            _ => false,
        }
    }

    /// The span of some tokens without the marks and joints around them.
    pub(super) fn trimmed(self, tokens: Range<usize>) -> Option<Span> {
        let Range { mut start, mut end } = tokens;
        let skips = |kind| {
            matches!(
                kind,
                TokenKind::Break | TokenKind::Mark(',' | ';' | ':' | '.' | '-' | '–' | '/')
            )
        };
        loop {
            let token = self.tokens.get(start);
            if start < end && (skips(token.kind) || token.id == self.words.and) {
                start += 1;
                continue;
            }
            break;
        }
        while start < end {
            let last = self.tokens.get(end - 1);
            let asks = matches!(last.kind, TokenKind::Mark('?' | '!'));
            if !(skips(last.kind) || asks || last.id == self.words.and) {
                break;
            }
            end -= 1;
        }
        // Quotation marks and brackets around all of it, or without their other half.
        while start < end {
            let (first, last) = (self.tokens.get(start), self.tokens.get(end - 1));
            let opens = matches!(first.kind, TokenKind::Mark('“' | '"' | '‘'));
            let closes = matches!(last.kind, TokenKind::Mark('”' | '"' | '’'));
            if !opens && !closes {
                break;
            }
            let inside = (start + 1..end.saturating_sub(1)).any(|at| {
                matches!(self.tokens.get(at).kind, TokenKind::Mark('“' | '”' | '"' | '‘' | '’'))
            });
            if opens && closes && !inside && end - start > 2 {
                (start, end) = (start + 1, end - 1);
            } else if opens && !closes && !inside {
                start += 1;
            } else if closes && !opens && !inside {
                end -= 1;
            } else {
                break;
            }
        }
        (start < end).then(|| self.tokens.span(start..end))
    }

    pub(super) fn spans(self, pieces: Vec<Range<usize>>) -> Vec<Span> {
        pieces.into_iter().filter_map(|piece| self.trimmed(piece)).collect()
    }

    /// The spans of pieces; of titles in quotes, where every piece has one, only those.
    pub(super) fn unquoted(self, pieces: Vec<Range<usize>>) -> Vec<Span> {
        let title = |piece: &Range<usize>| {
            let open = piece
                .clone()
                .find(|at| matches!(self.tokens.get(*at).kind, TokenKind::Mark('“')))?;
            let close = (open..piece.end).find(|at| self.tokens.get(*at).is_mark('”'))?;
            (close > open + 1).then(|| self.tokens.span(open + 1..close))
        };
        let titles: Option<Vec<Span>> = pieces.iter().map(title).collect();
        titles.unwrap_or_else(|| self.spans(pieces))
    }
}
