//! The agencies and papers that an article names at its end as where it has its news from.

use corpus_model::{Mention, Organization};

use super::Rules;
use crate::place;
use crate::token::{Case, Claims, TokenKind, Tokens};

/// A sign-off has no more tokens than this.
const SOURCE: usize = 12;

impl Rules {
    /// Adds the agencies and papers that a sign-off names: `(Theo Rappler)` at the end of a line.
    pub(super) fn sources(
        &self,
        tokens: &Tokens<'_>,
        places: &place::Rules,
        people: &Claims,
        before: usize,
        mentions: &mut Vec<Mention>,
    ) {
        // A sign-off may be the byline.
        for run in tokens.runs(|_| true) {
            for end in (run.start..=run.end).filter(|at| tokens.get(*at).is_break()) {
                let Some(close) = end.checked_sub(1).filter(|at| tokens.get(*at).is_mark(')'))
                else {
                    continue;
                };
                let open = (close.saturating_sub(SOURCE)..close)
                    .rev()
                    .find(|at| tokens.get(*at).is_mark('('))
                    .filter(|at| [self.according, self.source].contains(&tokens.get(at + 1).id));
                let Some(mut at) = open.map(|open| open + 2) else { continue };
                at += usize::from(tokens.get(at).is_mark(':'));
                while at < close {
                    let from = at;
                    while at < close
                        && tokens.get(at).is_word()
                        && tokens.get(at).case != Case::Lower
                    {
                        at += 1;
                    }
                    let span = tokens.span(from..at);
                    let known = mentions.get(before..).unwrap_or_default();
                    let fits = at > from
                        && (at == close
                            || matches!(tokens.get(at).kind, TokenKind::Mark('/' | ',' | '-')))
                        && !(from..at).any(|at| people.contains(at))
                        && places.name(tokens, from).is_none_or(|place| place < at)
                        && !known.iter().any(|it| it.span.overlaps(span));
                    if fits {
                        let name = tokens.slice(span).to_owned();
                        mentions.push(Mention::new(span, Organization { name }));
                    }
                    at += 1;
                }
            }
        }
    }
}
