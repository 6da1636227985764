//! Organisations: bodies of Party and State, courts, companies, schools, agencies.
//!
//! A head (`Sở`, `Ủy ban`, `Công ty`) and what completes its name, as an office has it behind its
//! own head; names of the gazetteers; and abbreviations that the text itself gives in parentheses.
//! The value writes abbreviations out.

mod explain;
mod extent;

use std::sync::Arc;

use corpus_model::{BlockKind, Mention, Organization};
use corpus_text::parse_syllable;
use rustc_hash::FxHashMap;

pub(crate) use self::explain::Explained;
use self::extent::Others;
use crate::gazetteer::{insert, longest, longest_body, longest_joined, parts};
use crate::pack::Pack;
use crate::person;
use crate::place;
use crate::table::rows;
use crate::token::{Case, Claims, TokenKind, Tokens};
use crate::vocabulary::{Id, Phrases, Starts, Vocabulary, Words};

/// The rules for organisations.
#[derive(Clone, Debug)]
pub(crate) struct Rules {
    /// Organisations by name and abbreviation.
    names: Phrases<Arc<str>>,
    /// Bodies that are named by a head and need nothing behind it, with their full name.
    bodies: Phrases<Arc<str>>,
    abbreviations: Phrases<Arc<str>>,
    /// What has the shape of an organisation and is none.
    not: Phrases<()>,
    /// What begins no organisation, whatever follows.
    never: Phrases<()>,
    /// Heads that in lower case are any body's, and what behind them makes no name of it.
    generic: Phrases<()>,
    high: Phrases<()>,
    /// Words of two syllables that end like a head: `tình báo`.
    inside: Phrases<()>,
    /// Words that may begin a name of the gazetteers.
    starts: Words,
    /// Companies by their form: `công ty cổ phần`.
    companies: Phrases<()>,
    /// What companies deal in.
    businesses: Phrases<()>,
    /// Units of the forces that are told by their numbers.
    units: Phrases<()>,
    khoa: Id,
    trung: Id,
    party: Id,
    according: Id,
    source: Id,
    of: Id,
    at: Id,
    several: Id,
    nation: Id,
    zone: Id,
    land: Id,
    and: Id,
}

/// What an abbreviation begins with that is not written in capitals alone: `Vietbank`.
const MIXED: Starts = Starts::CAPITAL;

/// A sign-off has no more tokens than this.
const SOURCE: usize = 12;

/// An organisation begins with its head, or with a name of the gazetteers.
const BEGINS: Starts = Starts::ORGANIZATION.and(Starts::PROPER);

impl Rules {
    pub(crate) fn new(vocabulary: &mut Vocabulary, pack: &Pack) -> Rules {
        let mut names = Phrases::default();
        for [name, spellings] in rows(pack.text("organization.tsv")) {
            let whole: Arc<str> = name.into();
            for spelling in std::iter::once(name).chain(parts(spellings)) {
                insert(&mut names, vocabulary, spelling, whole.clone());
            }
        }
        let mut bodies = Phrases::default();
        for [name, spellings, _, local] in rows(pack.text("issuer.tsv")) {
            if local.is_empty() {
                let whole: Arc<str> = name.into();
                for spelling in std::iter::once(name).chain(parts(spellings)) {
                    insert(&mut bodies, vocabulary, spelling, whole.clone());
                }
            }
        }
        let mut abbreviations = Phrases::default();
        for [short, long] in rows(pack.text("organization-abbreviation.tsv")) {
            insert(&mut abbreviations, vocabulary, short, long.into());
        }
        let [mut not, mut never, mut generic, mut high] = [(); 4].map(|()| Phrases::default());
        for [word, kind] in rows(pack.text("organization-not.tsv")) {
            let list = match kind {
                "never" => &mut never,
                "generic" => &mut generic,
                "high" => &mut high,
                _ => &mut not,
            };
            insert(list, vocabulary, word, ());
        }
        let mut inside = Phrases::default();
        for [word] in rows(pack.text("organization-inside.txt")) {
            insert(&mut inside, vocabulary, word, ());
        }
        let [mut companies, mut businesses, mut units] = [(); 3].map(|()| Phrases::default());
        for [words, kind] in rows(pack.text("organization-part.tsv")) {
            let list = match kind {
                "company" => &mut companies,
                "business" => &mut businesses,
                _ => &mut units,
            };
            insert(list, vocabulary, words, ());
        }
        let mut starts = Words::default();
        starts.extend(units.first_words());
        starts.extend(names.first_words());
        starts.extend(bodies.first_words());
        vocabulary.begin(Starts::PROPER, starts.members());
        let khoa = vocabulary.intern("khóa");
        let party = vocabulary.intern("đảng");
        vocabulary.begin(Starts::ORGANIZATION, [party]);
        let trung = vocabulary.intern("trung");
        Rules {
            names,
            bodies,
            abbreviations,
            not,
            never,
            generic,
            high,
            inside,
            starts,
            companies,
            businesses,
            units,
            khoa,
            trung,
            party,
            according: vocabulary.intern("theo"),
            source: vocabulary.intern("nguồn"),
            of: vocabulary.intern("của"),
            at: vocabulary.intern("tại"),
            several: vocabulary.intern("các"),
            nation: vocabulary.intern("quốc"),
            zone: vocabulary.intern("khu"),
            land: vocabulary.intern("miền"),
            and: vocabulary.intern("và"),
        }
    }

    /// Adds the organisations of the content blocks; `people` says what belongs to people's names.
    pub(crate) fn find(
        &self,
        tokens: &Tokens<'_>,
        offices: &person::Rules,
        places: &place::Rules,
        people: &Claims,
        mentions: &mut Vec<Mention>,
    ) {
        // Abbreviations that the text explains, `Hiệp hội Lúa gạo (HHLG)`, and the tokens that do.
        let mut explained: FxHashMap<&str, (String, usize)> = FxHashMap::default();
        let before = mentions.len();
        let mut begins = BEGINS;
        for run in tokens.runs(BlockKind::is_content) {
            let mut at = run.start;
            loop {
                at = tokens.seek(at..run.end, begins);
                if at >= run.end {
                    break;
                }
                if people.contains(at) {
                    at += 1;
                    continue;
                }
                let own = || {
                    let low = tokens.get(at).case == Case::Lower;
                    let (name, _) = explained.get(tokens.str(at)).filter(|_| !low)?;
                    Some((at + 1, name.clone()))
                };
                let headed = || {
                    let end = self.headed(tokens, offices, places, people, at)?;
                    Some((end, capitalised(self.written(tokens, at, end))))
                };
                let found = self.numbered(tokens, at).or_else(headed).or_else(own);
                let Some((end, name)) = found.or_else(|| self.named(tokens, at)) else {
                    at += 1;
                    continue;
                };
                if let Some(short) = explains(tokens, end)
                    && places.name(tokens, end + 1).is_none()
                {
                    // From here on any such word may be one.
                    let case = tokens.get(end + 1).case;
                    begins = begins.and(if case == Case::Upper { Starts::UPPER } else { MIXED });
                    explained.entry(short).or_insert_with(|| (name.clone(), end));
                }
                mentions.push(Mention::new(tokens.span(at..end), Organization { name }));
                at = end;
            }
        }
        if !explained.is_empty() {
            let found = mentions.get(before..).unwrap_or_default().iter().map(|it| it.span);
            let taken = Claims::new(tokens, found);
            self.before_explained(tokens, &explained, [people, &taken], mentions);
        }
        self.sources(tokens, places, people, before, mentions);
    }

    /// Adds the abbreviations of titles and leads, which the text explains only later.
    fn before_explained(
        &self,
        tokens: &Tokens<'_>,
        explained: &FxHashMap<&str, (String, usize)>,
        claims: [&Claims; 2],
        mentions: &mut Vec<Mention>,
    ) {
        let last = explained.values().map(|(_, at)| *at).max().unwrap_or_default();
        for run in tokens.runs(BlockKind::is_content) {
            let mut at = run.start;
            while at < run.end.min(last) {
                at = tokens.seek(at..run.end.min(last), Starts::UPPER.and(MIXED));
                let own = explained.get(tokens.str(at)).filter(|(_, explained)| at < *explained);
                // `Bộ LĐ-TBXH`: a part of a longer name or symbol is none of its own.
                let glued = tokens.get(at).glued
                    || tokens.get(at + 1).glued && tokens.get(at + 1).is_mark('-');
                if let Some((name, _)) = own
                    && !glued
                    && !claims.iter().any(|claims| claims.contains(at))
                {
                    let organization = Organization { name: name.clone() };
                    mentions.push(Mention::new(tokens.span(at..at + 1), organization));
                }
                at += 1;
            }
        }
    }

    /// Adds the agencies and papers that a sign-off names: `(Theo Rappler)` at the end of a line.
    fn sources(
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

    /// The end of an organisation that begins with its head.
    fn headed(
        &self,
        tokens: &Tokens<'_>,
        offices: &person::Rules,
        places: &place::Rules,
        people: &Claims,
        at: usize,
    ) -> Option<usize> {
        // `25-NQ/TW của Ban Bí thư` names the Secretariat, and no body called TW.
        let glued = |mark| tokens.get(at).glued && tokens.before(at, 1).is_mark(mark);
        if glued('/') || glued('-') && tokens.get(at).case == Case::Upper {
            return None;
        }
        if !self.may_be_proper(tokens, offices, at) {
            return None;
        }
        let mut end = offices.organization(tokens, at)?;
        let word = at.checked_sub(1).and_then(|before| longest(&self.inside, tokens, before));
        // `Đại sứ quán` begins like an office.
        let office = offices.is_office(tokens, at)
            && offices
                .office(tokens, at)
                .is_none_or(|office| offices.head(tokens, at) <= Some(office));
        if office
            || word.is_some_and(|(end, ())| end == at + 1)
            || places.name(tokens, at).is_some_and(|place| place > at + 1)
            // `Tây Ban Nha`
            || at > 0 && places.name(tokens, at - 1).is_some_and(|place| place > at)
        {
            return None;
        }
        while end > at && (at..end).any(|at| people.contains(at)) {
            end -= 1;
        }
        end = self.business(tokens, at, end);
        end = self.extent(tokens, Others { offices, places, people }, at, end);
        // `Chính phủ quy định`: behind a body named by one word stands a verb.
        if let Some((body, _)) = longest_body(&self.bodies, tokens, at).filter(|it| it.0 < end)
            && body == at + 2
            && end <= body + 2
            && (body..end).all(|at| tokens.get(at).case == Case::Lower)
        {
            end = body;
        }
        // `Đài Ngôi Sao của Nga`
        if let Some(of) = (at + 1..end).find(|at| tokens.get(*at).id == self.of)
            && places.name(tokens, of + 1).is_some_and(|place| place >= end)
        {
            end = of;
        }
        // `Ban Chấp hành Trung ương khóa XI`: the term is not of its name.
        if end > at + 2 && tokens.before(end, 2).id == self.khoa {
            end -= 2;
        }
        let begins = longest(&self.never, tokens, at).is_some()
            || tokens.get(at).id == self.trung && tokens.get(at + 2).is_number();
        // `sở Y tế`, but `ban hành Quy chế`, `hội của …`, `cơ quan Trung ương`.
        let low = tokens.get(at).case == Case::Lower && {
            let generic =
                longest(&self.companies, tokens, at).or_else(|| longest(&self.generic, tokens, at));
            let head = generic.map_or_else(|| offices.head(tokens, at), |(head, ())| Some(head));
            head.is_none_or(|head| {
                let next = tokens.get(head);
                !next.is_capitalised() && next.case != Case::Mixed && head < end
                    || generic.is_some()
                        && (longest(&self.high, tokens, head).is_some()
                            || places.name(tokens, head).is_some_and(|place| place >= end))
            })
        };
        if begins || low {
            return None;
        }
        let common = longest(&self.not, tokens, at).is_some_and(|(not, ())| not >= end);
        let capital = (at..end)
            .any(|at| tokens.get(at).is_capitalised() || tokens.get(at).case == Case::Mixed);
        // `Ban tổ chức`, with which a sentence begins, is any; `Bộ Y tế` is one.
        let inner =
            (at + 1..end).any(|at| tokens.get(at).case != Case::Lower && tokens.get(at).is_word());
        let body = longest_body(&self.bodies, tokens, at).is_some_and(|(body, _)| body >= end);
        // `QĐ - UBND` is a symbol.
        let symbol = ['-', '/'].into_iter().any(|mark| tokens.before(at, 1).is_mark(mark));
        let abbreviation = end == at + 1 && tokens.get(at).case == Case::Upper && !symbol;
        let proper = inner || body && tokens.get(at).is_capitalised() || abbreviation;
        (end > at && capital && proper && !common).then_some(end)
    }

    /// The end of a company's name that goes on with what it deals in and a name: `Công ty TNHH thương
    /// mại vận tải Đông Phương`.
    fn business(&self, tokens: &Tokens<'_>, at: usize, end: usize) -> usize {
        /// No company deals in more, in tokens.
        const LONGEST: usize = 16;
        let Some((head, ())) = longest(&self.companies, tokens, at) else { return end };
        let mut next = head;
        while let Some((behind, ())) = longest(&self.businesses, tokens, next)
            && behind < at + LONGEST
        {
            next = behind;
            next += usize::from(tokens.get(next).is_mark(',') || tokens.get(next).id == self.and);
        }
        let deals = next > head;
        while next < at + LONGEST && tokens.get(next).is_word() && tokens.get(next).is_capitalised()
        {
            next += 1;
        }
        // A name must end it, else the words are only what it does.
        if !tokens.before(next, 1).is_capitalised() {
            return end;
        }
        // `Công ty TNHH vận tải Đông Phương đóng`: behind the name a word in small letters is a verb.
        let verb = deals && tokens.get(next).is_word() && !tokens.get(next).is_capitalised();
        if verb { next } else { next.max(end) }
    }

    /// A unit of the forces by its number: `Quân khu 7`, and the token behind it.
    fn numbered(&self, tokens: &Tokens<'_>, at: usize) -> Option<(usize, String)> {
        let (end, ()) = longest(&self.units, tokens, at)?;
        let number = tokens.get(end);
        (tokens.get(at).is_capitalised()
            && number.is_number()
            && !number.glued
            && number.digits() <= 3)
            .then(|| (end + 1, tokens.slice(tokens.span(at..end + 1)).to_owned()))
    }

    /// Whether a head at a token may have a name: `sở Y tế`, but not `ban hành`. It is asked before
    /// the end is sought, for most heads in small letters are other words.
    fn may_be_proper(&self, tokens: &Tokens<'_>, offices: &person::Rules, at: usize) -> bool {
        let high = |at: usize| {
            let token = tokens.get(at);
            token.is_capitalised() || token.case == Case::Mixed
        };
        if high(at) || longest(&self.generic, tokens, at).is_some() {
            return true;
        }
        // Only what begins with a capital goes on behind the head.
        offices.head(tokens, at).is_some_and(|head| (at..=head).any(high))
    }

    /// An organisation of the gazetteers.
    fn named(&self, tokens: &Tokens<'_>, at: usize) -> Option<(usize, String)> {
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
            && parse_syllable(tokens.str(end)).is_none();
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
    fn written(&self, tokens: &Tokens<'_>, at: usize, end: usize) -> String {
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
fn capitalised(name: String) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The abbreviation in parentheses that begin at a token: `(ACV)`.
fn explains<'d>(tokens: &Tokens<'d>, at: usize) -> Option<&'d str> {
    let short = tokens.get(at + 1);
    let bracketed =
        tokens.get(at).is_mark('(') && short.is_word() && tokens.get(at + 2).is_mark(')');
    if !bracketed {
        return None;
    }
    let word = tokens.str(at + 1);
    let fits = match short.case {
        Case::Upper => word.len() >= 2,
        // `Vietbank`, but not `trái`, `Huế`.
        Case::Capital => word.len() >= 5 && word.is_ascii() && parse_syllable(word).is_none(),
        Case::Lower | Case::Mixed => false,
    };
    fits.then_some(word)
}
