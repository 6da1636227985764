//! Organisations of the gazetteers, and how a name is written.

use super::Rules;
use crate::gazetteer::{longest, longest_body, longest_joined};
use crate::token::{Case, Tokens};

impl Rules {
    /// An organisation of the gazetteers.
    pub(super) fn named(&self, tokens: &Tokens<'_>, at: usize) -> Option<(usize, String)> {
        let token = tokens.get(at);
        // `đảng Dân chủ`
        let party = token.id == self.party && tokens.get(at + 1).is_capitalised();
        if token.case == Case::Lower && !party || !self.starts.contains(token.id) {
            return None;
        }
        let (end, name) = longest_joined(&self.names, tokens, at).or_else(|| {
            longest_joined(&self.bodies, tokens, at).filter(|(end, _)| *end > at + 1)
        })?;
        // `Amazon.com`
        let site = tokens.get(end).is_mark('.')
            && [end, end + 1].into_iter().all(|at| tokens.get(at).glued)
            && tokens.get(end + 1).is_word()
            && tokens.get(end + 1).case == Case::Lower
            && tokens.get(end + 1).span.len() <= 3;
        if site {
            let name = tokens.slice(tokens.span(at..end + 2)).to_owned();
            return Some((end + 2, name));
        }
        // A part of a longer name: `Samsung Galaxy`, `Apple Store`, `EU-28`.
        let next = tokens.get(end);
        let longer = end == at + 1
            && next.case == Case::Capital
            && next.is_word()
            && tokens.str(end).is_ascii()
            && !tokens.is_syllable(end);
        let glued =
            tokens.get(end).glued && (tokens.get(end).is_word() || tokens.get(end).is_number());
        let single = end == at + 1;
        let short = single && tokens.get(at).span.len() <= 4 && tokens.get(at).case != Case::Upper;
        let not = longest(&self.not, tokens, at).is_some_and(|(not, ())| not >= end);
        let inside =
            single && tokens.before(at, 1).case == Case::Upper && tokens.before(at, 1).is_word();
        (!glued && !longer && !short && !not && !inside).then(|| (end, name.to_string()))
    }

    /// The name without abbreviations.
    pub(super) fn written(&self, tokens: &Tokens<'_>, at: usize, end: usize) -> String {
        if let Some((_, name)) =
            longest_body(&self.bodies, tokens, at).filter(|(body, _)| *body == end)
        {
            return name.to_string();
        }
        let mut name = String::new();
        let mut next = at;
        while next < end {
            let token = tokens.get(next);
            let spaced = next > at && (!token.glued || tokens.before(next, 1).is_mark('.'));
            if spaced && !name.ends_with(' ') {
                name.push(' ');
            }
            let upper = matches!(token.case, Case::Upper | Case::Mixed);
            match longest_joined(&self.abbreviations, tokens, next)
                .filter(|(stop, _)| upper && *stop <= end)
            {
                Some((stop, long)) => {
                    name.push_str(long);
                    next = stop;
                    // `TP. Hà Nội`, `Q.1`.
                    if next < end && tokens.get(next).is_mark('.') {
                        next += 1;
                        name.push(' ');
                    }
                }
                None => {
                    name.push_str(tokens.str(next));
                    next += 1;
                }
            }
        }
        name
    }
}

/// The name as it is on its own: `Sở Y tế` for `sở Y tế`.
pub(super) fn capitalised(name: String) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
