//! References that begin with the word for a type, and who issues what they name.

use corpus_model::DirectiveRef;

use super::lexicon::{Kind, Strength};
use super::list::Head;
use super::number::Trust;
use super::tail::{self, tail};
use super::{Reading, Rules, meeting, title_text};
use crate::gazetteer::longest;
use crate::token::{Case, Tokens};

impl Rules {
    /// A reference that begins with the word for a type.
    pub(super) fn headed(&self, tokens: &Tokens<'_>, at: usize) -> Option<Reading> {
        let words = &self.lexicon.words;
        if let Some(reading) = self.law_code(tokens, at) {
            return Some(reading);
        }
        let (end, kind) = longest(&self.lexicon.heads, tokens, at)?;
        let mut reference = DirectiveRef::default();
        reference.kind = Some(kind.name.to_string()).filter(|name| !name.is_empty());

        // `đồng bộ Luật Đất đai`.
        if tokens.get(at).id == words.bo && tokens.before(at, 1).id == words.dong {
            return None;
        }
        let mut reading = if kind.strength == Strength::Law {
            self.law(tokens, at, end, kind, &reference)
        } else {
            None
        };
        // `văn kiện Đại hội` is no directive.
        if reading.is_none() && kind.strength != Strength::Generic {
            reading = self.of_meeting(tokens, end, &reference);
        }
        if reading.is_none() {
            // `quyết định (số 1484)`.
            let open =
                usize::from(tokens.get(end).is_mark('(') && tokens.get(end + 1).id == words.so);
            let so = [words.so, words.so_typo].contains(&tokens.get(end + open).id);
            let mut first = end + open + usize::from(so);
            first += usize::from(so && tokens.get(first).is_mark(':'));
            let head = Head { kind, so, capitalised: tokens.get(at).is_capitalised() };
            // An abbreviation is not as good as the word: `HP 1020/NW` is a printer.
            let short = end == at + 1
                && tokens.get(at).case == Case::Upper
                && head.kind.strength == Strength::Paper;
            let trust = if short { Trust::So } else { Trust::Head };
            reading = self.numbers(tokens, first, Some(head), trust);
            if let Some(reading) = reading.as_mut()
                && open > 0
                && tokens.get(reading.end).is_mark(')')
            {
                reading.end += 1;
                reading.tail = reading.tail.max(reading.end);
            }
        }
        let mut reading = reading.or_else(|| self.pointer(tokens, at, end, &reference))?;
        self.complete_issuers(tokens, at, kind, &mut reading);
        Some(reading)
    }

    /// Issuers that neither the words behind the number nor the symbol named: the type, where one
    /// body issues all of it, else the subject of `ban hành` before the head.
    fn complete_issuers(&self, tokens: &Tokens<'_>, at: usize, kind: &Kind, reading: &mut Reading) {
        if reading.refs.iter().all(|reference| reference.issuer.is_some()) {
            return;
        }
        let mut subject = None;
        for reference in &mut reading.refs {
            if reference.issuer.is_some() || kind.name.is_empty() && reference.number.is_none() {
                continue;
            }
            if reference.number.is_some() || kind.strength != Strength::Law {
                reference.issuer = kind.issuer.as_deref().map(str::to_owned);
            }
            if reference.issuer.is_none() {
                reference.issuer = subject.get_or_insert_with(|| self.subject(tokens, at)).clone();
            }
        }
    }

    /// The body that issues: `Thủ tướng Chính phủ vừa ban hành` before the head.
    fn subject(&self, tokens: &Tokens<'_>, at: usize) -> Option<String> {
        let words = &self.lexicon.words;
        let id = |back: usize| tokens.before(at, back).id;
        // `các`, and the verb, which is of one word or a few.
        const LONGEST_VERB: usize = 4;
        let plural = usize::from(id(1) == words.cac);
        let verb_end = at.checked_sub(plural)?;
        let verb =
            (1..=LONGEST_VERB).rev().filter_map(|n| verb_end.checked_sub(n)).find(|&start| {
                longest(&self.lexicon.issuing, tokens, start)
                    .is_some_and(|(end, ())| end == verb_end)
            })?;
        let mut back = at - verb + 1;
        while [words.da, words.vua, words.moi, words.se, words.cung].contains(&id(back)) {
            back += 1;
        }
        // `back` names the last word of the subject, or of who signs for it: `Thủ tướng Chính phủ
        // Nguyễn Văn A`. The longest body that ends there wins.
        const LONGEST: usize = 12;
        const LONGEST_NAME: usize = 5;
        let last = at.checked_sub(back)? + 1;
        (0..=LONGEST_NAME)
            .take_while(|&n| n == 0 || last >= n && tokens.get(last - n).is_capitalised())
            .filter_map(|n| last.checked_sub(n))
            .find_map(|end| {
                (1..=LONGEST)
                    .rev()
                    .filter_map(|n| end.checked_sub(n))
                    // `hội Mỹ` of `Quốc hội Mỹ` is no body.
                    .filter(|&start| {
                        tokens.get(start).is_capitalised()
                            || !tokens.before(start, 1).is_capitalised()
                    })
                    .filter_map(|start| tail::issuer(&self.lexicon, tokens, start))
                    .find(|(_, issuer_end)| *issuer_end == end)
            })
            .map(|(issuer, _)| issuer)
    }

    /// A resolution named by its meeting.
    fn of_meeting(
        &self,
        tokens: &Tokens<'_>,
        end: usize,
        reference: &DirectiveRef,
    ) -> Option<Reading> {
        let words = &self.lexicon.words;
        let of = tokens.get(end).id == words.cua;
        let at = end + usize::from(of);
        if let Some(plenum) = meeting::plenum(&self.lexicon, tokens, at) {
            if plenum.numbers.is_empty() {
                return None;
            }
            let mut refs = Vec::new();
            let terms: Vec<Option<String>> = match plenum.terms.is_empty() {
                true => vec![None],
                false => plenum.terms.into_iter().map(Some).collect(),
            };
            for &number in &plenum.numbers {
                for term in &terms {
                    let mut reference = reference.clone();
                    reference.issuer = Some("Ban Chấp hành Trung ương".to_owned());
                    reference.plenum = Some(number);
                    reference.term.clone_from(term);
                    refs.push(reference);
                }
            }
            let tail = tail(&self.lexicon, tokens, plenum.end, false, false);
            for reference in &mut refs {
                reference.title = title_text(tokens, &tail);
                reference.date = tail.date;
            }
            return Some(Reading { refs, end: plenum.end, tail: tail.end, pointer: false });
        }
        let congress = meeting::congress(&self.lexicon, tokens, at)?;
        let mut reference = reference.clone();
        reference.issuer = Some(if congress.body.is_empty() {
            "Đại hội".to_owned()
        } else {
            format!("Đại hội {}", tokens.slice(tokens.span(congress.body.clone())))
        });
        reference.term = Some(congress.term);
        Some(Reading::one(reference, congress.end))
    }

    /// `Nghị quyết này`, `Quyết định nói trên`.
    fn pointer(
        &self,
        tokens: &Tokens<'_>,
        at: usize,
        end: usize,
        reference: &DirectiveRef,
    ) -> Option<Reading> {
        let words = &self.lexicon.words;
        let id = tokens.get(end).id;
        let short = [words.nay, words.do_, words.tren].contains(&id);
        let long =
            [words.neu, words.noi, words.ke].contains(&id) && tokens.get(end + 1).id == words.tren;
        let end = end
            + if short {
                1
            } else if long {
                2
            } else {
                return None;
            };
        // `quyết định trên` may be any decision; `trên` before a number is `over`.
        if id == words.tren && (tokens.get(end).is_number() || tokens.get(end).is_capitalised()) {
            return None;
        }
        // `Văn bản này` means a directive, `vụ án này` and a `văn bản này` in a sentence need not.
        let paper = tokens.get(at).id == words.van && tokens.get(at).is_capitalised();
        if reference.kind.is_none() && !paper {
            return None;
        }
        Some(Reading { refs: vec![reference.clone()], end, tail: end, pointer: true })
    }
}
