//! Tokens: runs of letters, numbers, symbols and marks, before syllables are joined to words.
//!
//! A run of letters with a blank or a mark behind it, which is nearly everything, is found by
//! its bytes. What has letters and digits on both sides of a point, a hyphen or a slash goes
//! through [`join`], one rule for each mark.

use unicode_segmentation::UnicodeSegmentation;

use crate::letter;
use crate::sentence::{self, Follower};
use crate::syllable::parse_syllable;

/// What a token is to the segmenter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// A run of letters, maybe a part of a word.
    Letters,
    /// A word of its own: an abbreviation with its full stop, letters joined by marks.
    Word,
    Number,
    Symbol,
    Punctuation,
    Other,
}

/// The end and kind of the token that begins at `at`, which is no white space.
pub(crate) fn token(text: &str, at: usize) -> (usize, TokenKind) {
    let rest = text.get(at..).unwrap_or_default();
    match rest.as_bytes() {
        [mark, behind @ ..] if is_one_mark(*mark, behind.first()) => {
            return (at + 1, TokenKind::Punctuation);
        }
        digits @ [b'0'..=b'9', ..] => {
            let run = digits.iter().take_while(|byte| byte.is_ascii_digit()).count();
            if ends_run(digits, run) {
                return (at + run, TokenKind::Number);
            }
        }
        _ => {}
    }
    let run = letter::letter_run(rest);
    if run > 0 {
        return match ends_letters(rest.as_bytes(), run) {
            true => (at + run, TokenKind::Letters),
            false => complex(text, at, at + run),
        };
    }
    let Some(first) = rest.chars().next() else { return (text.len(), TokenKind::Other) };
    // Other scripts are cut into words as UAX #29 has it. Primes are letters by their properties
    // and quotes or inches in print.
    if first.is_alphabetic() && !is_prime(first) {
        let word = rest.split_word_bounds().next().map_or(0, str::len);
        return (at + word.max(first.len_utf8()), TokenKind::Word);
    }
    if first.is_numeric() {
        return complex(text, at, at + number_run(rest));
    }
    if matches!(first, '#' | '@') {
        let tail = rest.get(1..).unwrap_or_default();
        let name = tail
            .find(|c: char| !(c.is_alphanumeric() || letter::is_mark(c) || c == '_'))
            .unwrap_or(tail.len());
        if name > 0 && tail.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            return (at + 1 + name, TokenKind::Symbol);
        }
    }
    (at + mark_run(rest, first), mark_kind(first))
}

/// Whether a mark is a token of its own whatever stands behind, or because nothing does.
fn is_one_mark(mark: u8, behind: Option<&u8>) -> bool {
    let may_go_on =
        matches!(mark, b'.' | b'!' | b'?' | b'-' | b'=' | b'*' | b'_' | b'~' | b'#' | b'@');
    mark.is_ascii_punctuation() && (!may_go_on || matches!(behind, None | Some(b' ' | b'\n')))
}

/// Whether what stands behind a run of letters, `run` bytes long, ends its token for certain.
#[inline]
pub(crate) fn ends_letters(text: &[u8], run: usize) -> bool {
    matches!(text.get(run), Some(b' ' | b',' | b')' | b'"' | b';')) || ends_run(text, run)
}

/// The same behind a run of letters or digits: a blank, or a mark that nothing comes after which
/// it could join to the run.
fn ends_run(text: &[u8], run: usize) -> bool {
    let behind = text.get(run + 1);
    match text.get(run) {
        None | Some(b' ' | b'\n') => true,
        // A full stop may belong to an abbreviation when a word follows.
        Some(b'.') => matches!(behind, None | Some(b'\n')),
        // `C++`, `C#`
        Some(b'+' | b'#') => false,
        Some(mark) => mark.is_ascii_punctuation() && matches!(behind, None | Some(b' ' | b'\n')),
    }
}

fn number_run(text: &str) -> usize {
    let end = text.find(|c: char| !c.is_numeric() && !letter::is_mark(c)).unwrap_or(text.len());
    end.max(1)
}

/// How many bytes of marks belong together: ellipses, `./.`, rules of the same mark; whatever else
/// is one grapheme, of which a blank is no part: there are signs of Arabic that stand in front of what
/// they belong to, whatever that is.
fn mark_run(rest: &str, first: char) -> usize {
    match first {
        '.' if rest.starts_with("./.") => 3,
        // An ellipsis and the full stop behind it.
        '.' if rest.starts_with("....") && !rest.starts_with(".....") => 3,
        '.' | '…' | '!' | '?' | '-' | '–' | '—' | '=' | '*' | '_' | '~' => {
            rest.find(|c| c != first).unwrap_or(rest.len())
        }
        _ if first.is_ascii() => 1,
        _ => {
            let grapheme = rest.graphemes(true).next().unwrap_or_default();
            grapheme.find(char::is_whitespace).unwrap_or(grapheme.len()).max(first.len_utf8())
        }
    }
}

fn mark_kind(first: char) -> TokenKind {
    let is_mark = first.is_ascii_punctuation()
        || is_prime(first)
        || matches!(first, '\u{A1}'..='\u{BF}' | '×' | '÷' | '\u{2010}'..='\u{205E}' | '\u{20A0}'..='\u{20CF}')
        || matches!(first, '\u{2190}'..='\u{21FF}' | '\u{2212}' | '\u{25A0}'..='\u{25FF}' | '\u{3001}'..='\u{3011}');
    if is_mark { TokenKind::Punctuation } else { TokenKind::Other }
}

fn is_prime(c: char) -> bool {
    matches!(c, '\u{2B9}' | '\u{2BA}')
}

/// A token that may go on behind its first run of letters or digits, which ends at `end`.
fn complex(text: &str, start: usize, mut end: usize) -> (usize, TokenKind) {
    if let Some(end) = address_end(text, start) {
        return (end, TokenKind::Symbol);
    }
    let mut left = start;
    let mut joined = false;
    loop {
        let left_run = text.get(left..end).unwrap_or_default();
        let rest = text.get(end..).unwrap_or_default();
        let mut chars = rest.chars();
        let Some(mark) = chars.next() else { break };
        if mark.is_alphanumeric() {
            // Letters meet digits: `20km`, `H5N1`, but `1Trưởng` and `lúc18h` are two tokens.
            let right = run_at(rest);
            let right_run = rest.get(..right).unwrap_or_default();
            let apart = if left_run.ends_with(char::is_numeric) {
                sentence::starts_like_sentence(right_run) && right_run.chars().nth(2).is_some()
            } else {
                is_lower_syllable(left_run) && left_run.chars().nth(2).is_some()
            };
            if apart || right == 0 {
                break;
            }
            left = end;
            end += right;
            joined = true;
            continue;
        }
        let behind = chars.as_str();
        let right = run_at(behind);
        if right == 0 {
            let whole = text.get(start..end).unwrap_or_default();
            if mark == '+' || (mark == '#' && is_one_capital(whole)) {
                end += 1 + usize::from(behind.starts_with('+') && mark == '+');
                return (end, TokenKind::Symbol);
            }
            if mark == '.' && keeps_full_stop(whole, left_run, behind) {
                return (end + 1, TokenKind::Word);
            }
            break;
        }
        let right_run = behind.get(..right).unwrap_or_default();
        match join(left_run, mark, right_run) {
            // The name after the abbreviation is a word of its own: `TP.Hồ Chí Minh`.
            Join::Mark => return (end + mark.len_utf8(), TokenKind::Word),
            // `Xem thêm.http://…`
            _ if address_end(text, end + mark.len_utf8()).is_some() => break,
            Join::Whole => {}
            Join::Apart if is_email(rest) => {}
            Join::Apart => break,
        }
        left = end + mark.len_utf8();
        end = left + right;
        joined = true;
    }
    if !joined && text.get(start..end).is_some_and(|it| it.starts_with(|c: char| !c.is_numeric())) {
        return (end, TokenKind::Letters);
    }
    (end, kind_of(text.get(start..end).unwrap_or_default()))
}

/// How many bytes of letters, or else of digits, stand in front.
fn run_at(text: &str) -> usize {
    match letter::letter_run(text) {
        0 if text.starts_with(char::is_numeric) => number_run(text),
        run => run,
    }
}

enum Join {
    /// The token goes on with what follows.
    Whole,
    /// The mark is its last character.
    Mark,
    /// It ends in front of the mark.
    Apart,
}

/// Whether the runs on both sides of a mark are one token with it.
fn join(left: &str, mark: char, right: &str) -> Join {
    let digits = (left.ends_with(char::is_numeric), right.starts_with(char::is_numeric));
    let whole = match (mark, digits) {
        (',' | ':', (true, true)) => true,
        (',' | ':', _) => false,
        ('.' | '-' | '–' | '/', (true, true)) => true,
        ('.', (false, false)) => {
            let follower = sentence::abbreviation(left);
            if matches!(follower, Some(Follower::Name | Follower::Place))
                && right.chars().nth(1).is_some_and(char::is_lowercase)
            {
                return Join::Mark;
            }
            !(is_lower_syllable(left) && left.len() > 1 && sentence::starts_like_sentence(right))
        }
        ('.', (false, true)) => !(is_lower_syllable(left) && left.len() > 1),
        ('.', (true, false)) => false,
        ('-' | '/', (true, false)) => right.starts_with(char::is_uppercase),
        ('-', (false, true)) => !is_lower_syllable(left),
        ('/', (false, true)) => left.starts_with(char::is_uppercase),
        ('-' | '\u{2011}', _) => {
            let (a, b) = (parse_syllable(left).is_some(), parse_syllable(right).is_some());
            let accented = |run: &str| is_lower_syllable(run) && !run.is_ascii();
            // `TP.HCM-Cần Thơ`, but `Mà-cooih`.
            let named =
                |run: &str, other: &str| !run.is_ascii() && is_capitals(other) && !is_capitals(run);
            let places = (a && named(left, right)) || (b && named(right, left));
            !((a && b) || accented(left) || accented(right) || places)
        }
        ('/', _) => {
            let syllables = parse_syllable(left).is_some() && parse_syllable(right).is_some();
            let short = |run: &str| run.chars().nth(4).is_none();
            !syllables && short(left) && short(right)
        }
        ('\'' | '’', (false, false)) => true,
        ('&', _) => left.ends_with(char::is_uppercase) && right.starts_with(char::is_uppercase),
        ('_' | '@', _) => true,
        _ => false,
    };
    if whole { Join::Whole } else { Join::Apart }
}

/// Whether a full stop with a blank behind it belongs to the token: `TP.`, `PGS.TS.`, `A.`
fn keeps_full_stop(whole: &str, last: &str, behind: &str) -> bool {
    let next = behind.trim_start_matches(sentence::is_blank);
    let is_apart = next.len() < behind.len();
    // No sentence ends in front of these, and few begin with those.
    let is_inside = match is_apart {
        true => next.starts_with(['(', '-', '–', '—']),
        false => next.starts_with([',', ';', ':', ')', ']']),
    };
    let goes_on = is_apart && next.starts_with(char::is_alphanumeric);
    let shortened = sentence::abbreviation(whole).or_else(|| sentence::abbreviation(last));
    match shortened {
        Some(Follower::Number) => goes_on && next.starts_with(char::is_numeric),
        Some(_) => goes_on || is_inside,
        // `cách 20 m.)` has a unit there, not a name.
        None if is_inside => {
            is_dotted(whole)
                || (sentence::is_initial(last)
                    && whole == last
                    && last.starts_with(char::is_uppercase))
        }
        None => goes_on && (sentence::is_initial(last) || is_dotted(whole)),
    }
}

/// Whether a token is letters with points between: `N.V.P`.
fn is_dotted(token: &str) -> bool {
    token.len() <= 24
        && token.contains('.')
        && token.split('.').all(|part| {
            (part.chars().nth(1).is_none() && !part.is_empty()) || sentence::is_initial(part)
        })
}

/// Whether a token is a capital of the Latin alphabet: `C`.
fn is_one_capital(token: &str) -> bool {
    matches!(token.as_bytes(), [b'A'..=b'Z'])
}

/// Whether a run is two capitals or more.
fn is_capitals(run: &str) -> bool {
    run.chars().nth(1).is_some() && run.chars().all(char::is_uppercase)
}

/// Whether a run is a possible syllable in lower case.
fn is_lower_syllable(run: &str) -> bool {
    run.starts_with(char::is_lowercase)
        && run.chars().all(|c| !c.is_uppercase())
        && parse_syllable(run).is_some()
}

/// Whether an `@` comes before the next blank, and not far.
fn is_email(rest: &str) -> bool {
    rest.bytes().take(64).take_while(|byte| !byte.is_ascii_whitespace()).any(|byte| byte == b'@')
}

/// Where the web address that begins at `start` ends.
fn address_end(text: &str, start: usize) -> Option<usize> {
    let rest = text.get(start..)?;
    let begins = |scheme: &str| {
        rest.as_bytes()
            .get(..scheme.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(scheme.as_bytes()))
    };
    if !["http://", "https://", "ftp://", "www."].into_iter().any(begins) {
        return None;
    }
    let outside = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '“' | '”' | '»');
    let address = rest.get(..rest.find(outside).unwrap_or(rest.len()))?;
    // A bracket that was opened inside belongs to the address.
    let count = |mark: u8| address.bytes().filter(|&byte| byte == mark).count();
    let mut too_many = count(b')').saturating_sub(count(b'('));
    let trimmed = address.trim_end_matches(|c| match c {
        ')' => {
            let ends = too_many > 0;
            too_many = too_many.saturating_sub(1);
            ends
        }
        _ => matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ']' | '…' | '\''),
    });
    (trimmed.len() > 4).then_some(start + trimmed.len())
}

/// The kind of a token of letters, digits and marks.
fn kind_of(token: &str) -> TokenKind {
    let letters_only = token.chars().all(|c| {
        c.is_alphabetic() || letter::is_mark(c) || matches!(c, '.' | '\'' | '’' | '-' | '&' | '/')
    });
    if letters_only {
        return TokenKind::Word;
    }
    let is_amount = token.starts_with(char::is_numeric)
        && token.chars().all(|c| {
            c.is_numeric() || c.is_lowercase() || matches!(c, '.' | ',' | '/' | '-' | '–' | ':')
        });
    if is_amount { TokenKind::Number } else { TokenKind::Symbol }
}
