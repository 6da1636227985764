//! References to directives of the Party and the State (văn bản chỉ đạo).
//!
//! In three steps. *Find*: walk the tokens; a word for a type (`Nghị quyết`), a place inside a
//! directive (`khoản 2 Điều 6`) or a number with a known symbol (`15/2020/NĐ-CP`) may begin a
//! reference. *Read*: numbers, symbols, meetings, law titles, then date, issuer and title behind
//! them. *Resolve*: short forms take what they leave out from the mention that they mean, local
//! bodies their place from the text; then it is said what one directive does to another.
//!
//! The span of a mention covers places, type and numbers, not the date, issuer and title behind
//! them. Every scan ahead is bounded or consumed, so the time is linear in the tokens.

mod article;
mod context;
mod law;
mod lexicon;
mod list;
mod meeting;
mod number;
mod relation;
mod resolve;
mod tail;
mod title;

use corpus_model::{BlockKind, Directive, DirectiveRef, Mention, RelationKind};

use self::article::Places;
use self::lexicon::{Kind, Lexicon, Strength};
use self::list::Head;
use self::number::{Number, Trust};
use self::tail::{Tail, tail};
use crate::gazetteer::{longest, longest_joined};
use crate::pack::Pack;
use crate::token::{Case, TokenKind, Tokens};
use crate::vocabulary::Vocabulary;

/// What may stand behind the words of `directive-relation.tsv`, beside the names of relations.
pub(crate) const RELATION_WORDS: [&str; 12] = {
    let mut words = ["between", "passive", "by", "", "", "", "", "", "", "", "", ""];
    let mut at = 0;
    while at < RelationKind::ALL.len() {
        words[at + 3] = RelationKind::ALL[at].name();
        at += 1;
    }
    words
};

/// The rules for directives.
#[derive(Clone, Debug)]
pub(crate) struct Rules {
    lexicon: Lexicon,
}

/// A reference as it is read, before places are added and short forms resolved.
#[derive(Debug, Default)]
struct Reading {
    refs: Vec<DirectiveRef>,
    /// The token behind the mention.
    end: usize,
    /// The token behind date, issuer and title.
    tail: usize,
    /// Whether it means a directive named before, or the text itself: `Nghị quyết này`.
    pointer: bool,
}

impl Reading {
    fn one(reference: DirectiveRef, end: usize) -> Reading {
        Reading { refs: vec![reference], end, tail: end, pointer: false }
    }
}

impl Rules {
    pub(crate) fn new(vocabulary: &mut Vocabulary, pack: &Pack) -> Rules {
        Rules { lexicon: Lexicon::new(vocabulary, pack) }
    }

    /// Adds the directives that the content blocks refer to.
    pub(crate) fn find(&self, tokens: &Tokens<'_>, mentions: &mut Vec<Mention>) {
        let mut found = Vec::new();
        for run in tokens.runs(BlockKind::is_content) {
            let mut at = run.start;
            // A head is sought backwards from its number, but not into the mention before.
            let mut free = run.start;
            while at < run.end {
                match self.reference(tokens, at) {
                    Some((reading, _)) if reading.refs.is_empty() => at = reading.end.max(at + 1),
                    Some((reading, start)) => {
                        let end = reading.end.max(at + 1);
                        let start = start.max(free);
                        found.push(resolve::Found {
                            span: tokens.span(start..end),
                            tokens: start..end,
                            tail: reading.tail.max(end),
                            refs: reading.refs,
                            pointer: reading.pointer,
                        });
                        (at, free) = (end, end);
                    }
                    None => at += 1,
                }
            }
        }
        context::complete(&self.lexicon, tokens, &mut found);
        let relations = relation::relations(&self.lexicon, tokens, &found);
        mentions.extend(
            resolve::resolve(&self.lexicon, tokens, found).into_iter().zip(relations).filter_map(
                |(resolved, relations)| {
                    let resolve::Resolved { span, refs, antecedent } = resolved?;
                    Some(Mention::new(span, Directive { refs, antecedent, relations }))
                },
            ),
        );
    }

    /// The reference that begins at a token, and the token where its mention begins.
    fn reference(&self, tokens: &Tokens<'_>, at: usize) -> Option<(Reading, usize)> {
        let token = tokens.get(at);
        match token.kind {
            TokenKind::Number => {
                if !number::may_have_symbol(tokens, at) {
                    return None;
                }
                // Digits that belong to what stands before: `GAU-22/A`, `1.600`.
                if token.glued
                    && !matches!(
                        tokens.before(at, 1).kind,
                        TokenKind::Mark('(' | '“' | '"' | '‘' | '*')
                    )
                {
                    return None;
                }
                let before = tokens.before(at, 1).id;
                let words = &self.lexicon.words;
                let so = before == words.so || before == words.so_typo;
                if let Some(found) = so.then(|| self.headed_before(tokens, at)).flatten() {
                    return Some(found);
                }
                let trust = if so { Trust::So } else { Trust::Alone };
                Some((self.numbers(tokens, at, None, trust)?, at))
            }
            TokenKind::Word if self.lexicon.starts.contains(token.id) => {
                if let Some(places) = article::places(&self.lexicon, tokens, at) {
                    // Where nothing is meant they are passed over, not tried again from each on.
                    let end = places.end;
                    let none = Reading { end, ..Reading::default() };
                    return Some((self.inside(tokens, at, places).unwrap_or(none), at));
                }
                Some((self.headed(tokens, at)?, at))
            }
            _ => None,
        }
    }

    /// A number with a symbol whose head stands some words before: `quyết định khởi tố bị can số
    /// 47/ANĐT`.
    fn headed_before(&self, tokens: &Tokens<'_>, at: usize) -> Option<(Reading, usize)> {
        const FARTHEST: usize = 8;
        let number = number::parse(&self.lexicon, tokens, at, Trust::Head)?;
        number.symbol.as_ref()?;
        let (start, kind) = (1..FARTHEST)
            .map_while(|back| at.checked_sub(back))
            .take_while(|&start| tokens.get(start).is_word())
            .find_map(|start| {
                longest(&self.lexicon.heads, tokens, start).map(|(_, kind)| (start, kind))
            })?;
        let head = Head { kind, so: true, capitalised: tokens.get(start).is_capitalised() };
        Some((self.numbers(tokens, at, Some(head), Trust::Head)?, start))
    }

    /// Places with the directive that holds them: `điểm a khoản 2 Điều 6 Nghị định …`.
    fn inside(&self, tokens: &Tokens<'_>, at: usize, places: Places) -> Option<Reading> {
        let words = &self.lexicon.words;
        let mut head = places.end;
        head += usize::from(tokens.get(head).is_mark(','));
        head += usize::from([words.cua, words.tai, words.trong].contains(&tokens.get(head).id));
        // `Điều 2 - Nghị định 14/2011/NĐ-CP`.
        let dash = tokens.get(head).is_mark('-') || tokens.get(head).is_mark('–');
        head += usize::from(dash && longest(&self.lexicon.heads, tokens, head + 1).is_some());
        // `Điều 20 của dự thảo Luật`.
        let draft = tokens.get(head).id == words.du;
        if draft {
            head += 1 + usize::from([words.thao, words.an].contains(&tokens.get(head + 1).id));
        }
        let holder = match tokens.get(head).kind {
            TokenKind::Word => self.headed(tokens, head),
            TokenKind::Number => self.numbers(tokens, head, None, Trust::Alone),
            _ => None,
        };
        let place_refs = |reference: &DirectiveRef| -> Vec<DirectiveRef> {
            let with = |place: &article::Place| {
                let mut reference = reference.clone();
                reference.article.clone_from(&place.article);
                reference.clause.clone_from(&place.clause);
                reference.point.clone_from(&place.point);
                reference
            };
            places.list.iter().map(with).collect()
        };
        if let Some(mut holder) = holder {
            // Behind a place `quy định …` is what it says, and no title.
            for reference in &mut holder.refs {
                reference.title = reference.title.take().filter(|it| !it.starts_with("quy định"));
            }
            // Of several directives the first holds the places.
            let first = holder.refs.first().map(place_refs)?;
            holder.refs.splice(..1, first);
            return Some(holder);
        }
        // `Điều 9 Hiến pháp Nhật Bản`, `khoản 3 Điều 13 nghị định`: one of a type.
        if let Some((end, kind)) = longest(&self.lexicon.heads, tokens, head)
            && matches!(kind.strength, Strength::Law | Strength::Strong)
            && tokens.get(end).id != words.su
        {
            let mut reference = DirectiveRef::default();
            reference.kind = Some(kind.name.to_string());
            let title = match longest_joined(&self.lexicon.laws, tokens, end) {
                Some((title, ())) if kind.strength == Strength::Law => title,
                _ if kind.strength == Strength::Law => tail::name_end(&self.lexicon, tokens, end),
                _ => end,
            };
            if title > end {
                reference.title = Some(tokens.slice(tokens.span(end..title)).to_owned());
            }
            return Some(Reading {
                refs: place_refs(&reference),
                end: title,
                tail: title,
                // A draft is not the law of that name.
                pointer: title == end && !draft,
            });
        }
        let token = tokens.get(places.end);
        // Behind a word in small letters a capital is no beginning of a sentence.
        let inner = tokens.before(at, 1).is_word() && places.capitalised;
        let sure = places.units > 1 || places.capitalised;
        let ends = token.kind != TokenKind::Word
            || token.is_capitalised()
            || self.lexicon.may_follow(token.id)
            || inner;
        let named = places.list.iter().any(|it| it.article.is_some() || it.clause.is_some());
        (sure && ends && named).then(|| Reading {
            refs: place_refs(&DirectiveRef::default()),
            end: places.end,
            tail: places.end,
            pointer: false,
        })
    }

    /// A reference that begins with the word for a type.
    fn headed(&self, tokens: &Tokens<'_>, at: usize) -> Option<Reading> {
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
        let mut reading = reading.or_else(|| self.pointer(tokens, end, &reference))?;
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
        reference.kind.as_ref()?;
        Some(Reading { refs: vec![reference.clone()], end, tail: end, pointer: true })
    }
}

/// Adds a number, and what its symbol says.
fn set_number(reference: &mut DirectiveRef, number: &Number<'_>) {
    reference.number = Some(number.number);
    reference.number_text = Some(number.text.clone());
    reference.symbol.clone_from(&number.symbol);
    reference.year = number.year.or(reference.year);
    reference.issuer = number.issuer().or(reference.issuer.take());
}

fn title_text(tokens: &Tokens<'_>, tail: &Tail) -> Option<String> {
    tail.title.map(|span| tokens.slice(span).to_owned())
}
