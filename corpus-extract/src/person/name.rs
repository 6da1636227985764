//! Names by their shape: runs of capitalised syllables, and where they end.

use super::lexicon::{Family, Lexicon};
use crate::gazetteer::{longest, longest_joined};
use crate::token::{Case, TokenKind, Tokens};

/// The longest name: `Tôn Nữ Thị Ninh` has four syllables, some foreign ones five words.
const LONGEST: usize = 5;

/// The end of the run of capitalised words that begins at a token.
///
/// It ends where an office or the name of an organisation begins: `Nguyễn Văn An Bí thư …`.
pub(super) fn run(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> usize {
    let mut end = at;
    while end < at + LONGEST + 3 {
        let token = tokens.get(end);
        let capital = token.is_word()
            && (token.case == Case::Capital
                || token.case == Case::Upper && tokens.str(end).chars().count() == 1
                || token.case == Case::Mixed && token_starts_upper(tokens, end));
        let many = [lexicon.words.cac, lexicon.words.nhung].contains(&token.id);
        if !capital || end > at && (token.glued || many || begins_something(lexicon, tokens, end)) {
            break;
        }
        end += 1;
        end = joined(lexicon, tokens, at, end);
        end =
            behind_particle(lexicon, tokens, end).filter(|_| is_foreign(tokens, at)).unwrap_or(end);
        // `James Fields Jr.`
        if end > at + 1 && ["Jr", "Sr"].contains(&tokens.str(end - 1)) {
            let mark = tokens.get(end);
            return end + usize::from(mark.is_mark('.') && mark.glued);
        }
    }
    end
}

/// The token behind a particle and the word that it belongs to: `al - Assad`, `von der Leyen`.
fn behind_particle(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let particle = |at: usize| {
        tokens.get(at).case == Case::Lower && lexicon.particles.contains(tokens.get(at).id)
    };
    let mut end = at;
    while particle(end) && end < at + 2 {
        end += 1;
    }
    if end == at {
        return None;
    }
    end += usize::from(tokens.get(end).is_mark('-'));
    (tokens.get(end).case == Case::Capital && is_foreign(tokens, end)).then_some(end + 1)
}

/// Whether a word is spelled like no Vietnamese syllable.
pub(super) fn is_foreign(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.get(at).is_word() && !tokens.is_syllable(at)
}

/// Passes over what is glued to a foreign name: `Jong-un`, `O'Neill`, `W.` of `George W. Bush`.
fn joined(lexicon: &Lexicon, tokens: &Tokens<'_>, start: usize, at: usize) -> usize {
    let mark = tokens.get(at);
    let next = tokens.get(at + 1);
    // `Moon Jae - in`, as some texts set it.
    if mark.is_mark('-')
        && (at >= start + 2 || at > start && is_foreign(tokens, start))
        && next.case == Case::Lower
        && longest(&lexicon.korean, tokens, at + 1).is_some()
        && (mark.glued || !is_plain(tokens, [start, at - 1, at + 1]))
        && !(tokens.get(at + 2).is_word() && mark.glued != next.glued)
    {
        return at + 2;
    }
    // `Frank - Walter Steinmeier`.
    let first_name = |at: usize| lexicon.given_abroad.contains(tokens.get(at).id);
    if mark.is_mark('-')
        && mark.glued == next.glued
        && at == start + 1
        && first_name(start)
        && first_name(at + 1)
        && next.case == Case::Capital
        && tokens.get(at + 2).case == Case::Capital
    {
        return at + 2;
    }
    // `Jonas Parello - Plesner`: a double name behind a first one; but nobody else begins there.
    let alone = |at: usize| {
        is_foreign(tokens, at)
            && !first_name(at)
            && !lexicon.family_abroad.contains(tokens.get(at).id)
            && longest(&lexicon.abroad, tokens, at).is_none()
            && longest(&lexicon.agencies, tokens, at).is_none()
            && longest(&lexicon.companies, tokens, at).is_none()
    };
    let behind = tokens.get(at + 2);
    if mark.is_mark('-')
        && !mark.glued
        && !next.glued
        && at == start + 2
        && first_name(start)
        && next.case == Case::Capital
        && is_foreign(tokens, at - 1)
        && alone(at + 1)
        && (behind.is_mark(',') || behind.is_word() && behind.case == Case::Lower)
    {
        return at + 2;
    }
    // `Terrence O ' Shaughnessy`.
    let apostrophe = ['\'', '’', '‘'].into_iter().any(|it| mark.is_mark(it));
    if apostrophe
        && !mark.glued
        && at > start + 1
        && ["O", "D"].contains(&tokens.str(at - 1))
        && next.case == Case::Capital
        && is_foreign(tokens, at + 1)
    {
        return at + 2;
    }
    if !mark.glued {
        return at;
    }
    match mark.kind {
        TokenKind::Mark('-' | '\'' | '’' | '‘') if next.is_word() && next.glued => at + 2,
        TokenKind::Mark('.')
            if tokens.before(at, 1).case == Case::Upper
                && tokens.before(at, 1).span.len() == 1
                && (next.is_capitalised() || next.case == Case::Mixed)
                && !next.glued
                // `chị H. Tùng cũng …`: a sentence ends there, unless the name is foreign.
                && (at > start + 1 || is_foreign(tokens, at + 1)) =>
        {
            at + 1
        }
        _ => at,
    }
}

fn token_starts_upper(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.str(at).chars().next().is_some_and(char::is_uppercase)
}

/// Whether an office or an organisation of two words or more begins at a token.
fn begins_something(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> bool {
    let two = |end: usize| end > at + 1;
    // A syllable of a name may be the head of an organisation, two of them hardly.
    longest(&lexicon.offices, tokens, at).is_some_and(|(end, ())| two(end))
        || longest(&lexicon.parts, tokens, at).is_some_and(|(end, part)| two(end) && part.head)
        || super::office::is_prefix(lexicon, tokens, at)
            && longest(&lexicon.offices, tokens, at + 1).is_some()
}

/// The end of a full Vietnamese name that begins at a token: family name first, two to four
/// syllables. `sure` asks for known syllables behind a family name that is a common word too.
pub(super) fn full(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize, sure: bool) -> Option<usize> {
    if let Some(end) = of_the_highlands(lexicon, tokens, at) {
        return Some(end);
    }
    let family = family(lexicon, tokens, at);
    if family == Family::No || tokens.get(at).case != Case::Capital {
        return None;
    }
    // `Nguyễn thị Hà`, as some write it.
    let second = tokens.get(at + 1);
    if family == Family::Strong
        && second.id == lexicon.words.thi
        && second.case == Case::Lower
        && tokens.get(at + 2).case == Case::Capital
    {
        return Some(run(lexicon, tokens, at + 2).min(at + 4));
    }
    let end = run(lexicon, tokens, at).min(at + 4);
    // `Đoàn Thanh niên`: the second capital begins a word that goes on in lower case.
    if end == at + 2
        && tokens.get(end).case == Case::Lower
        && longest(&lexicon.compounds, tokens, at + 1).is_some()
    {
        return None;
    }
    let last = lexicon.syllable(tokens.get(end - 1).id);
    let initial = tokens.get(end - 1).span.len() <= 2 && tokens.get(end - 1).case == Case::Upper;
    let fits = match family {
        Family::Strong => end >= at + 2,
        _ if end >= at + 3 => {
            !sure || (last.given || initial) && lexicon.syllable(tokens.get(at + 1).id).middle
        }
        _ => end == at + 2 && (!sure || last.given),
    };
    (fits && !is_other(lexicon, tokens, at, end)).then_some(end)
}

/// The end of a name as peoples of the highlands bear them: `Giàng A Lử`, `Y Biêr Niê`, `H'Hen Niê`.
///
/// `A` between a family name and another capital, or `Y` and `H` in front of a name that ends with
/// a family name of theirs.
pub(super) fn of_the_highlands(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let words = &lexicon.words;
    let family = |at: usize| lexicon.syllable(tokens.get(at).id).family != Family::No;
    let (first, second) = (tokens.get(at), tokens.get(at + 1));
    let single =
        |at: usize| tokens.get(at).case == Case::Upper && tokens.str(at).chars().count() == 1;
    if first.case == Case::Capital && second.id == words.a && single(at + 1) && family(at) {
        return (tokens.get(at + 2).case == Case::Capital).then_some(at + 3);
    }
    if !single(at) || ![words.y, words.h, words.k].contains(&first.id) {
        return None;
    }
    let end = run(lexicon, tokens, at);
    let last = end - 1;
    // `K'Tuyn`, `H'Hen`.
    let glued = second.glued && end > at + 2;
    let two = end > at + 1 && (is_foreign(tokens, last) || family(last) && end > at + 2);
    (glued || two && first.id != words.k).then_some(end)
}

/// The end of a foreign name that begins with letters for the first ones: `J. K. Rowling`, `RK Srivastav`.
pub(super) fn behind_letters(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    const LETTERS: usize = 3;
    let mut last = at;
    while last < at + 2 * LETTERS
        && tokens.get(last).case == Case::Upper
        && tokens.get(last).span.len() <= 2
    {
        last += 1;
        let stop = tokens.get(last);
        last += usize::from(stop.is_mark('.') && stop.glued);
    }
    let name = tokens.get(last);
    let known = longest(&lexicon.companies, tokens, last).is_some()
        || longest(&lexicon.agencies, tokens, last).is_some()
        || longest(&lexicon.abroad, tokens, last).is_some();
    let named = last > at
        && matches!(name.case, Case::Capital | Case::Mixed)
        && name.span.len() > 2
        && is_foreign(tokens, last)
        && !known;
    named.then(|| run(lexicon, tokens, last).max(last + 1))
}

/// The end of a name that a newspaper cuts to letters: `V` of `chị V.`, `N.V.T`.
pub(super) fn initials(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    const LONGEST: usize = 4;
    let letter =
        |at: usize| tokens.get(at).case == Case::Upper && tokens.str(at).chars().count() == 1;
    if !letter(at) || tokens.get(at + 1).glued && tokens.get(at + 1).is_number() {
        return None;
    }
    let mut end = at + 1;
    while end < at + 2 * LONGEST
        && tokens.get(end).is_mark('.')
        && tokens.get(end).glued
        && tokens.get(end + 1).glued
        && letter(end + 1)
    {
        end += 2;
    }
    // `bà A, B`; but `em A1`, `anh E-3` and a letter before a capital are none.
    let next = tokens.get(end);
    let part = next.is_number()
        || next.is_word()
        || ['-', '\'', '’', '‘', '&', '/'].into_iter().any(|mark| next.is_mark(mark));
    (!next.glued || !part).then_some(end)
}

/// How surely a name begins with the syllable at a token: `Thị` and `Văn` behind it make a family
/// name of any.
pub(super) fn family(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> Family {
    let family = lexicon.syllable(tokens.get(at).id).family;
    let second = tokens.get(at + 1);
    let telling = second.case == Case::Capital
        && [lexicon.words.thi, lexicon.words.van].contains(&second.id)
        && tokens.get(at + 2).is_capitalised()
        && !tokens.get(at + 2).glued;
    if telling && family == Family::No && tokens.is_syllable(at) {
        return Family::Weak;
    }
    family
}

/// Whether a run is, or begins with, the name of a place or of something else.
pub(super) fn is_other(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize, end: usize) -> bool {
    let covers = |found: Option<(usize, &())>| found.is_some_and(|(place, ())| place >= end);
    // A country, and a name behind it: `Hàn Quốc Moon Jae-in`; but `Hà Lan Anh` is a person.
    let abroad = longest(&lexicon.abroad, tokens, at)
        .is_some_and(|(country, ())| country > at + 1 && run(lexicon, tokens, at) >= country + 2);
    // `UBND TP. Uông Bí Nguyễn Văn An`.
    let home = longest(&lexicon.places, tokens, at).is_some_and(|(place, ())| {
        place > at + 1
            && run(lexicon, tokens, at) >= place + 2
            && family(lexicon, tokens, place) == Family::Strong
    });
    abroad
        || home
        || longest(&lexicon.others, tokens, at).is_some()
        || covers(longest(&lexicon.places, tokens, at))
        || covers(longest(&lexicon.abroad, tokens, at))
}

/// The end of a foreign name: capitalised words, the first of which no Vietnamese syllable is
/// spelled like.
pub(super) fn foreign(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let token = tokens.get(at);
    // `ông al - Abadi`.
    if token.id == lexicon.words.al
        && token.case == Case::Lower
        // `al-Qaeda`.
        && longest_joined(&lexicon.others, tokens, at).is_none()
        && let Some(end) = behind_particle(lexicon, tokens, at)
    {
        return Some(end);
    }
    let capital = token.is_word()
        && (token.case == Case::Capital
            || token.case == Case::Mixed && token_starts_upper(tokens, at));
    // `Tom Cooper`, `Dan Coats`: a first name may be spelled like a syllable.
    let first_name = || {
        lexicon.given_abroad.contains(token.id)
            && token.case == Case::Capital
            && tokens.get(at + 1).case == Case::Capital
            && (is_foreign(tokens, at + 1)
                // `Gioan Nguyễn Văn An`.
                || full(lexicon, tokens, at + 1, true).is_some_and(|end| end >= at + 4))
    };
    if !capital
        || !is_foreign(tokens, at) && !first_name() && !is_korean(lexicon, tokens, at)
        || token.span.len() < 2
        || longest(&lexicon.abroad, tokens, at).is_some()
        || longest(&lexicon.places, tokens, at).is_some()
        || longest(&lexicon.agencies, tokens, at).is_some()
    {
        return None;
    }
    let end = run(lexicon, tokens, at).min(at + 2 * LONGEST);
    // `Phó tổng giám đốc Eximbank Nguyễn Văn An`: the name begins later.
    // `Giuse Nguyễn Văn An`: a Christian name belongs to the family name behind it.
    let baptised =
        |start: usize| (at..start).all(|at| lexicon.given_abroad.contains(tokens.get(at).id));
    let end = (at + 1..end)
        .find(|&start| {
            !baptised(start)
                && lexicon.syllable(tokens.get(start).id).family == Family::Strong
                && full(lexicon, tokens, start, true) == Some(end)
        })
        .unwrap_or(end);
    // `Park Geun-hye`: a park is a company elsewhere.
    let company = !is_korean(lexicon, tokens, at)
        && (at..end).any(|at| longest(&lexicon.companies, tokens, at).is_some());
    (!company).then_some(end)
}

/// Whether a Korean name begins at a token: a family name, and a given one of two syllables with a hyphen
/// between them: `Chung Jae - heung`, `Kim Jong-un`.
pub(super) fn is_korean(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> bool {
    let hyphen = tokens.get(at + 2);
    tokens.get(at).case == Case::Capital
        && tokens.get(at + 1).case == Case::Capital
        && hyphen.is_mark('-')
        && hyphen.glued == tokens.get(at + 3).glued
        && (hyphen.glued || !is_plain(tokens, [at, at + 1, at + 3]))
        && tokens.get(at + 3).case == Case::Lower
        && longest(&lexicon.korean, tokens, at + 3).is_some()
}

/// Whether these are Vietnamese syllables, which a dash between blanks makes no Korean name of: `Cao tốc
/// Trung Lương - do …`.
fn is_plain(tokens: &Tokens<'_>, words: [usize; 3]) -> bool {
    words.into_iter().all(|at| !is_foreign(tokens, at))
}

/// Whether a sentence, a quotation or a parenthesis begins at a token.
pub(super) fn starts_sentence(tokens: &Tokens<'_>, at: usize) -> bool {
    match tokens.before(at, 1).kind {
        TokenKind::Break => true,
        // The bullet of a line: `- Ông Nguyễn Văn An, …;`.
        TokenKind::Mark('-' | '–') if tokens.before(at, 2).is_break() => true,
        TokenKind::Mark(mark) => !matches!(mark, ',' | '/' | '&' | '-' | '–' | '+' | '%') || at < 2,
        TokenKind::Number => false,
        TokenKind::Word => false,
    }
}
