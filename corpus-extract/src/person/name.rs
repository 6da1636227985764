//! Names by their shape: runs of capitalised syllables, and where they end.

use corpus_text::parse_syllable;

use super::lexicon::{Family, Lexicon};
use crate::gazetteer::longest;
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
        if !capital || end > at && (token.glued || begins_something(lexicon, tokens, end)) {
            break;
        }
        end += 1;
        end = joined(lexicon, tokens, at, end);
    }
    end
}

/// Passes over what is glued to a foreign name: `Jong-un`, `O'Neill`, `W.` of `George W. Bush`.
fn joined(lexicon: &Lexicon, tokens: &Tokens<'_>, start: usize, at: usize) -> usize {
    let mark = tokens.get(at);
    let next = tokens.get(at + 1);
    // `Moon Jae - in`, as some texts set it.
    if mark.is_mark('-')
        && at >= start + 2
        && next.case == Case::Lower
        && longest(&lexicon.korean, tokens, at + 1).is_some()
        && !(tokens.get(at + 2).is_word() && mark.glued != next.glued)
    {
        return at + 2;
    }
    if !mark.glued {
        return at;
    }
    match mark.kind {
        TokenKind::Mark('-' | '\'' | '’') if next.is_word() && next.glued => at + 2,
        TokenKind::Mark('.')
            if tokens.before(at, 1).case == Case::Upper
                && tokens.before(at, 1).span.len() == 1
                && next.is_capitalised()
                && !next.glued =>
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
    let family = family(lexicon, tokens, at);
    if family == Family::No || tokens.get(at).case != Case::Capital {
        return None;
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

/// How surely a name begins with the syllable at a token: `Thị` and `Văn` behind it make a family
/// name of any.
pub(super) fn family(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> Family {
    let family = lexicon.syllable(tokens.get(at).id).family;
    let second = tokens.get(at + 1);
    let telling = second.case == Case::Capital
        && [lexicon.words.thi, lexicon.words.van].contains(&second.id)
        && tokens.get(at + 2).is_capitalised()
        && !tokens.get(at + 2).glued;
    if telling && family == Family::No && parse_syllable(tokens.str(at)).is_some() {
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
    abroad
        || longest(&lexicon.others, tokens, at).is_some()
        || covers(longest(&lexicon.places, tokens, at))
        || covers(longest(&lexicon.abroad, tokens, at))
}

/// The end of a foreign name: capitalised words, the first of which no Vietnamese syllable is
/// spelled like.
pub(super) fn foreign(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let token = tokens.get(at);
    let capital = token.is_word()
        && (token.case == Case::Capital
            || token.case == Case::Mixed && token_starts_upper(tokens, at));
    if !capital
        || parse_syllable(tokens.str(at)).is_some()
        || token.span.len() < 2
        || longest(&lexicon.abroad, tokens, at).is_some()
        || longest(&lexicon.agencies, tokens, at).is_some()
    {
        return None;
    }
    let end = run(lexicon, tokens, at).min(at + 2 * LONGEST);
    let company = (at..end).any(|at| longest(&lexicon.companies, tokens, at).is_some());
    (!company).then_some(end)
}

/// Whether a sentence, a quotation or a parenthesis begins at a token.
pub(super) fn starts_sentence(tokens: &Tokens<'_>, at: usize) -> bool {
    match tokens.before(at, 1).kind {
        TokenKind::Break => true,
        TokenKind::Mark(mark) => !matches!(mark, ',' | '/' | '&' | '-' | '–' | '+' | '%') || at < 2,
        TokenKind::Number => false,
        TokenKind::Word => false,
    }
}
