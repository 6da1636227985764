//! The title of a directive in running text: `về tinh giản biên chế`.
//!
//! A title is marked by nothing at its end. It is read word by word, in parts between commas. The
//! words of `data/directive-title.tsv` end it; a part behind a comma that one of them breaks off is
//! the next clause of the sentence and left out as a whole.

use corpus_model::Span;

use super::lexicon::{Lexicon, TitleWord};
use crate::gazetteer::longest;
use crate::token::{Case, Token, TokenKind, Tokens};

/// A title is no longer than this; the limit keeps the time linear.
const LONGEST: usize = 70;

/// The title that begins at a token, and the token behind it: in quotes, or from `về` on, behind a
/// `full` number also from `quy định`, `ban hành`, `phê duyệt` on.
pub(super) fn title(
    lexicon: &Lexicon,
    tokens: &Tokens<'_>,
    at: usize,
    full: bool,
) -> Option<(Span, usize)> {
    let words = &lexicon.words;
    let comma = usize::from(tokens.get(at).is_mark(','));
    let at = at + comma;
    if is_quote(tokens.get(at)) {
        return quoted(tokens, at);
    }
    if tokens.get(at).id == words.ve {
        let at = at + 1 + usize::from(tokens.get(at + 1).id == words.viec);
        if is_quote(tokens.get(at)) {
            return quoted(tokens, at);
        }
        return extent(lexicon, tokens, at, at).map(|extent| (extent.span, extent.end));
    }
    // Behind a comma the verb is one of the sentence: `Nghị định …, quy định …`.
    let (after, word) = lexicon.title_word(tokens, at).filter(|_| full && comma == 0)?;
    if word != TitleWord::Start {
        return None;
    }
    // `ban hành lúc 9h30 ngày 12/3`: when it was issued is no title.
    let behind = tokens.get(after + 1);
    let when =
        tokens.get(after).is_number() || behind.is_number() && !tokens.get(after).is_capitalised();
    if when {
        return None;
    }
    let extent = extent(lexicon, tokens, at, after)?;
    // `ban hành Chương trình …`: what begins with a capital has a name.
    let named = tokens.get(after).is_capitalised();
    (named || !extent.is_sentence).then_some((extent.span, extent.end))
}

struct Extent {
    span: Span,
    end: usize,
    /// Whether a verb ended it that no title has.
    is_sentence: bool,
}

/// How far a title goes that begins at `start` and whose words are read from `at` on.
fn extent(lexicon: &Lexicon, tokens: &Tokens<'_>, start: usize, at: usize) -> Option<Extent> {
    let limit = start + LONGEST;
    let mut next = at;
    // The end of the last whole part.
    let mut whole = None;
    let mut parts = 0;
    let mut is_sentence = false;
    let mut open_quote = false;
    let mut from = false;
    let mut another = false;
    while next < limit {
        let token = tokens.get(next);
        match token.kind {
            TokenKind::Word if !open_quote => {
                from |= token.id == lexicon.words.tu;
                match lexicon.title_word(tokens, next) {
                    Some((end, TitleWord::Go | TitleWord::Start)) => next = end,
                    _ if ends_before(lexicon, tokens, next) => {
                        another = true;
                        break;
                    }
                    Some((_, TitleWord::Comma)) => next += 1,
                    // `từ trung ương đến cơ sở`.
                    Some((_, TitleWord::Stop)) if from && token.id == lexicon.words.den => {
                        from = false;
                        next += 1;
                    }
                    Some((_, word)) => {
                        is_sentence = word == TitleWord::Verb;
                        break;
                    }
                    None => next += 1,
                }
            }
            TokenKind::Word | TokenKind::Number => next += 1,
            TokenKind::Mark(',') if open_quote || inside_number(tokens, next) => next += 1,
            TokenKind::Mark(',') => {
                // The first part ends before the comma; a later one may not.
                let follows = tokens.get(next + 1);
                whole = Some(next);
                parts += 1;
                let goes_on = follows.is_word()
                    && (follows.case == Case::Lower || follows.case == Case::Upper)
                    && !begins_clause(lexicon, tokens, next + 1);
                if !goes_on {
                    break;
                }
                next += 1;
            }
            TokenKind::Mark('-' | '–' | '/' | '&' | '%' | '+') => next += 1,
            // `TP. Huế`, `4.0`.
            TokenKind::Mark('.')
                if inside_number(tokens, next) || abbreviates(lexicon, tokens, next) =>
            {
                next += 1;
            }
            TokenKind::Mark('“' | '‘' | '«') => {
                open_quote = true;
                next += 1;
            }
            TokenKind::Mark('”' | '’' | '»') if open_quote => {
                open_quote = false;
                next += 1;
            }
            TokenKind::Mark(':') if open_quote => next += 1,
            _ => break,
        }
    }
    // Behind `tư tưởng, đạo đức, phong cách Hồ Chí Minh đã` a list is whole, and so it is before
    // another directive.
    let listed = is_sentence && parts > 1;
    let broken = !another
        && !listed
        && !matches!(
            tokens.get(next).kind,
            TokenKind::Break
                | TokenKind::Mark('.' | ';' | ':' | '(' | ')' | '”' | '"' | '!' | '?' | ',')
        );
    // A part that a verb or the limit broke off is not known to belong to it, but the first is.
    let end = match whole {
        Some(whole) if broken || next >= limit || open_quote => whole,
        None if next >= limit || open_quote => return None,
        _ => next,
    };
    let end = trimmed(lexicon, tokens, start, end);
    (end > start + 2).then(|| Extent { span: tokens.span(start..end), end, is_sentence })
}

/// Without separators and joining words at the end: `về thu, chi và`.
fn trimmed(lexicon: &Lexicon, tokens: &Tokens<'_>, start: usize, end: usize) -> usize {
    let mut end = end;
    while end > start {
        let last = tokens.get(end - 1);
        let loose = matches!(last.kind, TokenKind::Mark('-' | '–' | '/' | '&' | '+' | ','))
            || [lexicon.words.va, lexicon.words.ve, lexicon.words.cua].contains(&last.id);
        // `Nghị định 8 về biên chế quy định …`: what the decree does.
        let words = &lexicon.words;
        let verb = last.id == words.dinh
            && last.case == Case::Lower
            && tokens.before(end, 2).id == words.quy
            && tokens.before(end, 2).case == Case::Lower;
        end -= match (loose, verb) {
            (true, _) => 1,
            (false, true) => 2.min(end - start),
            _ => break,
        };
    }
    end
}

/// Whether another directive follows that is no part of the title: `và Quyết định số 8`, `theo Nghị
/// định 10`.
fn ends_before(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> bool {
    let words = &lexicon.words;
    if ![words.va, words.theo].contains(&tokens.get(at).id) {
        return false;
    }
    let at = at + 1 + usize::from(tokens.get(at + 1).id == words.cac);
    longest(&lexicon.heads, tokens, at).is_some_and(|(end, _)| {
        let next = tokens.get(end);
        next.is_number()
            || [words.so, words.nay, words.cua].contains(&next.id)
            || longest(&lexicon.laws, tokens, end).is_some() && next.is_capitalised()
    })
}

/// Whether the words behind a comma begin another clause, or another directive.
fn begins_clause(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> bool {
    use TitleWord::{Comma, Stop, Verb};
    matches!(lexicon.title_word(tokens, at), Some((_, Stop | Verb | Comma)))
        || longest(&lexicon.heads, tokens, at).is_some_and(|(end, _)| {
            tokens.get(end).is_number() || tokens.get(end).id == lexicon.words.so
        })
}

/// A mark with digits on either side: `4.0`, `2.000`.
fn inside_number(tokens: &Tokens<'_>, at: usize) -> bool {
    tokens.before(at, 1).is_number()
        && tokens.get(at).glued
        && tokens.get(at + 1).is_number()
        && tokens.get(at + 1).glued
}

/// The point of `TP. Huế`, `TP.HCM`.
fn abbreviates(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> bool {
    let before = tokens.before(at, 1);
    before.is_word()
        && before.case == Case::Upper
        && before.span.len() <= 2
        && tokens.get(at).glued
        && tokens.get(at + 1).is_capitalised()
        // `… phát triển TP. Trong năm nay …`
        && !begins_clause(lexicon, tokens, at + 1)
}

fn is_quote(token: Token) -> bool {
    matches!(token.kind, TokenKind::Mark('“' | '"' | '«' | '‘'))
}

/// What stands between quotes, without the comma that may stand before the closing one.
fn quoted(tokens: &Tokens<'_>, at: usize) -> Option<(Span, usize)> {
    const LONGEST: usize = 120;
    let closing =
        |at: &usize| matches!(tokens.get(*at).kind, TokenKind::Mark('”' | '"' | '»' | '’'));
    let close =
        (at + 1..at + LONGEST).take_while(|&at| !tokens.get(at).is_break()).find(closing)?;
    let mut end = close;
    while end > at + 1 && matches!(tokens.before(end, 1).kind, TokenKind::Mark(',' | '.' | ';')) {
        end -= 1;
    }
    (end > at + 1).then(|| (tokens.span(at + 1..end), close + 1))
}
