//! Places: provinces of before and after July 2025, towns, districts, wards, countries.
//!
//! A rank makes a place of the capitals behind it (`huyện Mai Châu`, `phường 12`); without one only
//! the names of the gazetteers are places. A name inside a person's is none.

mod explain;
mod former;

use std::sync::Arc;

use corpus_model::{BlockKind, Mention, Place};

use self::former::Former;
use crate::gazetteer::{insert, letters, longest, longest_joined, parts};
use crate::pack::Pack;
use crate::table::rows;
use crate::token::{Case, Claims, Token, Tokens};
use crate::vocabulary::{Id, Phrases, Starts, Vocabulary, Words};

/// The rules for places.
#[derive(Clone, Debug)]
pub(crate) struct Rules {
    /// Names that need no rank.
    names: Phrases<Named>,
    /// Wards and communes with their rank.
    wards: Phrases<Arc<str>>,
    /// Wards and communes of before July 2025.
    former: Former,
    ranks: Phrases<Rank>,
    lien: Id,
    /// Names of one syllable that may be any word at the beginning of a sentence.
    common: Words,
    /// Words of two syllables that hold what looks like a place or a rank.
    inside: Phrases<()>,
    /// Words that may begin a place.
    starts: Words,
}

/// A place of the gazetteers.
#[derive(Clone, Debug)]
struct Named {
    name: Arc<str>,
    province: Option<Arc<str>>,
    /// Whether it is a province or country, whose rank is no part of its name.
    high: bool,
}

/// Names of at least so many words may begin with a small letter.
const LOW_WORDS: usize = 3;

/// What stands in front of a name.
#[derive(Clone, Debug)]
struct Rank {
    /// How the value writes it; empty where it is no part of the name.
    written: Box<str>,
    number: bool,
    short: bool,
}

/// A place as it was found.
struct Found {
    end: usize,
    place: Place,
}

/// A place begins with a rank, or with a name of the gazetteers.
const BEGINS: Starts = Starts::PLACE.and(Starts::PROPER);

impl Rules {
    pub(crate) fn new(vocabulary: &mut Vocabulary, pack: &Pack) -> Rules {
        let mut names = Phrases::default();
        let home = rows(pack.text("place-home.tsv")).map(|[name, spellings, kind, now]| {
            let province = Some(now).filter(|now| !now.is_empty()).map(Arc::from);
            (
                name,
                spellings,
                Named { name: name.into(), province, high: kind == "province" || kind == "region" },
            )
        });
        let world = rows(pack.text("place-world.tsv")).map(|[name, spellings, _]| {
            (name, spellings, Named { name: name.into(), province: None, high: true })
        });
        for (name, spellings, named) in world.chain(home) {
            for spelling in std::iter::once(name).chain(parts(spellings)) {
                insert(&mut names, vocabulary, spelling, named.clone());
                // `đồng bằng sông Cửu Long` may begin with a small letter.
                if spelling.split(' ').count() >= LOW_WORDS {
                    vocabulary.begin_phrase(Starts::PLACE, letters(spelling));
                }
            }
        }
        let mut wards = Phrases::default();
        for [province, list] in rows(pack.text("place-ward.tsv")) {
            let province: Arc<str> = province.into();
            for ward in parts(list) {
                insert(&mut wards, vocabulary, ward, province.clone());
            }
        }
        let mut ranks = Phrases::default();
        for [rank, written, flags] in rows(pack.text("place-head.tsv")) {
            let rank_of = Rank {
                written: written.into(),
                number: flags.contains("number"),
                short: flags.contains("short"),
            };
            insert(&mut ranks, vocabulary, rank, rank_of);
        }
        let mut common = Words::default();
        common.extend(rows(pack.text("place-common.txt")).map(|[word]| vocabulary.intern(word)));
        let mut inside = Phrases::default();
        for [word] in rows(pack.text("place-inside.txt")) {
            insert(&mut inside, vocabulary, word, ());
        }
        let mut starts = Words::default();
        starts.extend(names.first_words());
        starts.extend(ranks.first_words());
        vocabulary.begin_phrases(Starts::PROPER, &names);
        vocabulary.begin_phrases(Starts::PLACE, &ranks);
        let lien = vocabulary.intern("liên");
        let former = Former::new(pack);
        Rules { names, wards, former, ranks, lien, common, inside, starts }
    }

    /// Adds the places of the content blocks; `people` says what belongs to people's names.
    pub(crate) fn find(&self, tokens: &Tokens<'_>, people: &Claims, mentions: &mut Vec<Mention>) {
        let before = mentions.len();
        for run in tokens.runs(BlockKind::is_content) {
            let mut at = run.start;
            loop {
                at = tokens.seek(at..run.end, BEGINS);
                if at >= run.end {
                    break;
                }
                let found = (self.starts.contains(tokens.get(at).id) && !people.contains(at))
                    .then(|| {
                        self.ranked(tokens, people, at).or_else(|| self.bare(tokens, people, at))
                    })
                    .flatten();
                let Some(found) = found else {
                    at += 1;
                    continue;
                };
                mentions.push(Mention::new(tokens.span(at..found.end), found.place));
                at = found.end;
            }
        }
        self.former.settle(tokens, mentions.get_mut(before..).unwrap_or_default());
    }

    /// The end of a name of the gazetteers that begins at a token.
    pub(crate) fn name(&self, tokens: &Tokens<'_>, at: usize) -> Option<usize> {
        self.named(tokens, at).map(|(end, _)| end)
    }

    /// A rank and the name behind it.
    fn ranked(&self, tokens: &Tokens<'_>, people: &Claims, at: usize) -> Option<Found> {
        let (mut start, rank) = longest(&self.ranks, tokens, at)?;
        // `liên bang Mỹ`, `nông thôn Đức`, `ấn bản Kim Đồng`.
        let inside = at.checked_sub(1).and_then(|before| longest(&self.inside, tokens, before));
        if tokens.before(at, 1).id == self.lien || inside.is_some_and(|(end, ())| end > at) {
            return None;
        }
        if rank.short && !matches!(tokens.get(at).case, Case::Upper | Case::Mixed | Case::Capital) {
            return None;
        }
        let dot = tokens.get(start);
        start += usize::from(rank.short && dot.is_mark('.') && dot.glued);
        // `P` and `Q` are ranks with a full stop or a number only.
        let letter = tokens.get(at).span.len() == 1;
        let name = tokens.get(start);
        if name.is_number() {
            let fits = rank.number
                && (!letter || dot.is_mark('.'))
                && name.digits() <= 2
                && !(tokens.get(start + 1).glued && tokens.get(start + 1).is_mark('/'))
                && !(tokens.get(start + 1).glued && tokens.get(start + 1).is_mark('%'));
            let place = Place {
                name: format!("{} {}", rank.written, tokens.str(start)),
                ..Place::default()
            };
            return fits.then_some(Found { end: start + 1, place });
        }
        if !name.is_capitalised() || letter && !dot.is_mark('.') {
            return None;
        }
        // `huyện Đức Thọ`, `xã Mỹ Xá`: no country.
        let longer = |end: usize, named: &Named| {
            named.high
                && end == start + 1
                && !rank.written.is_empty()
                && tokens.get(end).is_word()
                && tokens.get(end).case == Case::Capital
                && !people.contains(end)
        };
        if let Some((end, named)) =
            self.named(tokens, start).filter(|(end, named)| !longer(*end, named))
        {
            // `TP Hồ Chí Minh` stands in the gazetteer with its rank, others without.
            let whole = self.named(tokens, at).filter(|(whole, _)| *whole >= end);
            let (end, named) = whole.unwrap_or((end, named));
            let written =
                if named.high || &*rank.written == "thành phố" { "" } else { &rank.written };
            let name = [written, &*named.name].join(" ").trim().to_owned();
            let province =
                self.ward(tokens, at, end).or(named.province.as_deref()).map(str::to_owned);
            return Some(Found { end, place: Place { name, province, now: None } });
        }
        if let Some((end, named)) = self.named(tokens, at) {
            return Some(found(end, named));
        }
        const LONGEST: usize = 3;
        let capital = |at: usize| {
            tokens.get(at).is_word()
                && matches!(tokens.get(at).case, Case::Capital | Case::Mixed)
                && !people.contains(at)
        };
        let mut end = start;
        while end < start + LONGEST && capital(end) {
            end += 1;
            // `xã Ia O'Grai`, `Ea H'leo`.
            if tokens.get(end).is_mark('\'') && tokens.get(end).glued && tokens.get(end + 1).glued {
                end += 2;
            }
        }
        // `phường Phước Long A`.
        let letter = tokens.get(end);
        if end > start && letter.case == Case::Upper && letter.span.len() == 1 && !letter.glued {
            end += 1;
        }
        if end == start || rank.written.is_empty() && end < start + 2 {
            return None;
        }
        let written = tokens.slice(tokens.span(start..end));
        let province = self.ward(tokens, at, end).map(str::to_owned);
        let name = format!("{} {written}", rank.written).trim().to_owned();
        Some(Found { end, place: Place { name, province, now: None } })
    }

    /// A name of the gazetteers.
    fn bare(&self, tokens: &Tokens<'_>, people: &Claims, at: usize) -> Option<Found> {
        let (end, named) = self.named(tokens, at)?;
        // `Pháp lệnh`, `Anh hùng`, `Ý tưởng`.
        if longest(&self.inside, tokens, at).is_some_and(|(word, ())| word > end) {
            return None;
        }
        let before = tokens.before(at, 1);
        let begins = !before.is_word() && !before.is_number();
        // The middle of a longer name, or its beginning: `Hà Nội Mới`, `Việt Nam Airlines`.
        let inside =
            before.is_capitalised() && before.case == Case::Capital && !sentence(tokens, at - 1)
                || before.glued
                    && before.is_mark('-')
                    && tokens.before(at, 2).is_capitalised()
                    && at > 1
                    && named.name.chars().count() < 4;
        let goes_on = tokens.get(end).case == Case::Capital
            && tokens.get(end).is_word()
            && !people.contains(end)
            && self.named(tokens, end).is_none();
        if inside && !self.follows_name(tokens, at) || goes_on {
            return None;
        }
        // One syllable at the beginning of a sentence may be any word: `Anh`, `Ý`, `Áo`, `Vinh`.
        let alone =
            end == at + 1 && tokens.get(at).span.len() <= 6 && tokens.get(at).case == Case::Capital;
        let listed = before.is_mark(',') || before.is_mark('(');
        if alone && begins && !listed && self.common.contains(tokens.get(at).id) {
            return None;
        }
        Some(found(end, named))
    }

    /// Whether another place's name ends right before a token.
    fn follows_name(&self, tokens: &Tokens<'_>, at: usize) -> bool {
        (1..=3).any(|back| {
            at.checked_sub(back)
                .is_some_and(|start| self.named(tokens, start).is_some_and(|(end, _)| end == at))
        })
    }

    /// The longest name of the gazetteers, each word of it with a capital.
    fn named(&self, tokens: &Tokens<'_>, at: usize) -> Option<(usize, &Named)> {
        let joined = longest_joined(&self.names, tokens, at);
        let (end, named) =
            joined.filter(|(end, _)| self.capitals(tokens, at, *end)).or_else(|| {
                longest(&self.names, tokens, at).filter(|(end, _)| self.capitals(tokens, at, *end))
            })?;
        Some((end, named))
    }

    fn capitals(&self, tokens: &Tokens<'_>, at: usize, end: usize) -> bool {
        let words = || (at..end).map(|at| tokens.get(at)).filter(|token| token.is_word());
        let upper = |token: Token| token.case != Case::Lower;
        // `đồng bằng sông Cửu Long` and `Rio de Janeiro` have words in lower case.
        words().next().is_some_and(upper)
            && words().filter(|token| upper(*token)).count() * 2 > end - at
            || end - at >= 4 && words().next_back().is_some_and(upper)
    }

    /// The province of a ward or commune of since July 2025.
    fn ward(&self, tokens: &Tokens<'_>, at: usize, end: usize) -> Option<&str> {
        longest(&self.wards, tokens, at)
            .filter(|(ward, _)| *ward == end)
            .map(|(_, province)| &**province)
    }
}

fn found(end: usize, named: &Named) -> Found {
    let place = Place {
        name: named.name.to_string(),
        province: named.province.as_deref().map(str::to_owned),
        now: None,
    };
    Found { end, place }
}

/// Whether a sentence or quotation begins at a token.
fn sentence(tokens: &Tokens<'_>, at: usize) -> bool {
    let before = tokens.before(at, 1);
    !before.is_word() && !before.is_number() && !before.is_mark(',') && !before.is_mark('-')
}
