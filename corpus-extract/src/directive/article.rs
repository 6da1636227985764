//! Places inside a directive: `điểm a khoản 2 Điều 6`, lists and ranges of them.

use super::lexicon::Lexicon;
use crate::token::{Case, Tokens};

/// One place inside a directive.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) article: Option<String>,
    pub(super) clause: Option<String>,
    pub(super) point: Option<String>,
}

/// The places named at a token.
#[derive(Clone, Debug)]
pub(super) struct Places {
    pub(super) list: Vec<Place>,
    /// How many times điểm, khoản or điều was said.
    pub(super) units: usize,
    /// Whether the first is written with a capital letter.
    pub(super) capitalised: bool,
    /// The token behind the last.
    pub(super) end: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Point,
    Clause,
    Article,
}

/// The most places that one mention names: what a hostile text multiplies beyond is left out.
const MOST: usize = 400;

/// Reads the places that begin at a token.
///
/// Smaller places stand before the larger that holds them: an article completes all points and
/// clauses before it that have none. The other order (`Điều 5 khoản 2`) is read too, where nothing
/// but a comma stands between.
pub(super) fn places(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> Option<Places> {
    let mut list: Vec<Place> = Vec::new();
    let mut open = 0;
    let mut points: Vec<String> = Vec::new();
    let mut units = 0;
    let mut end = at;
    let mut next = at;
    let mut range = false;
    let mut last: Option<(Level, usize)> = None;
    while let Some((level, numbers, after)) = unit(lexicon, tokens, next) {
        let adjacent =
            last.is_some() && (next == end || next == end + 1 && tokens.get(end).is_mark(','));
        match level {
            Level::Point => match last {
                Some((Level::Clause, first)) if adjacent && !goes_up(lexicon, tokens, after) => {
                    refine(&mut list, first, numbers, |place| &mut place.point);
                }
                _ => points.extend(numbers),
            },
            Level::Clause => match last {
                Some((Level::Article, first))
                    if adjacent && points.is_empty() && !goes_up(lexicon, tokens, after) =>
                {
                    refine(&mut list, first, numbers, |place| &mut place.clause);
                    last = Some((Level::Clause, first));
                    open = list.len();
                    units += 1;
                    end = after;
                    (next, range) = join(lexicon, tokens, end);
                    continue;
                }
                _ => {
                    // `khoản 1 đến khoản 3`.
                    let from = list.last().and_then(|place| place.clause.clone());
                    let numbers = match (range, from, numbers.as_slice()) {
                        (true, Some(from), [to]) => between(&from, to),
                        _ => numbers,
                    };
                    for clause in numbers.into_iter().take(MOST / points.len().clamp(1, MOST)) {
                        let place = Place { clause: Some(clause), ..Place::default() };
                        if points.is_empty() {
                            list.push(place);
                        } else {
                            let with = |point: &String| Place {
                                point: Some(point.clone()),
                                ..place.clone()
                            };
                            list.extend(points.iter().map(with).take(MOST));
                        }
                    }
                    points.clear();
                }
            },
            Level::Article => {
                for point in points.drain(..) {
                    list.push(Place { point: Some(point), ..Place::default() });
                }
                let first = list.len();
                let pending = list.get(open..).map(<[Place]>::to_vec).unwrap_or_default();
                if pending.is_empty() {
                    let numbers = match (
                        range,
                        list.last().and_then(|place| place.article.clone()),
                        numbers.as_slice(),
                    ) {
                        (true, Some(from), [to]) => between(&from, to),
                        _ => numbers,
                    };
                    let place = |article| Place { article: Some(article), ..Place::default() };
                    list.extend(numbers.into_iter().map(place));
                } else {
                    list.truncate(open);
                    for article in numbers.into_iter().take(MOST / pending.len().clamp(1, MOST)) {
                        let with = |place: &Place| Place {
                            article: Some(article.clone()),
                            ..place.clone()
                        };
                        list.extend(pending.iter().map(with).take(MOST));
                    }
                }
                last = Some((Level::Article, first.min(list.len().saturating_sub(1))));
                open = list.len();
            }
        }
        if level != Level::Article {
            last = Some((level, list.len().saturating_sub(1)));
        }
        units += 1;
        end = after;
        (next, range) = join(lexicon, tokens, end);
    }
    for point in points {
        list.push(Place { point: Some(point), ..Place::default() });
    }
    let capitalised = tokens.get(at).is_capitalised();
    // `khoản 2 Điều này`: a place in the text itself.
    let words = &lexicon.words;
    let this = [words.dieu, words.khoan].contains(&tokens.get(end).id)
        && tokens.get(end + 1).id == words.nay;
    if this && units > 0 {
        units += 1;
        end += 2;
    }
    (units > 0).then_some(Places { list, units, capitalised, end })
}

/// Where the next unit would begin, and whether a word of range stands before it.
fn join(lexicon: &Lexicon, tokens: &Tokens<'_>, end: usize) -> (usize, bool) {
    let words = &lexicon.words;
    let token = tokens.get(end);
    if token.id == words.den || token.is_mark('-') || token.is_mark('–') {
        return (end + 1, true);
    }
    let mut next = end;
    if token.is_mark(',') || token.is_mark(';') {
        next += 1;
    }
    if tokens.get(next).id == words.va
        || tokens.get(next).id == words.tai
        || tokens.get(next).id == words.cua
    {
        next += 1;
    }
    (next, false)
}

/// Whether the unit that follows stands higher up, so that what came before belongs to it.
fn goes_up(lexicon: &Lexicon, tokens: &Tokens<'_>, after: usize) -> bool {
    let words = &lexicon.words;
    let (next, _) = join(lexicon, tokens, after);
    let id = tokens.get(next).id;
    id == words.dieu || id == words.khoan
}

/// Gives the places from `first` on a part that was named behind them.
fn refine(
    list: &mut Vec<Place>,
    first: usize,
    numbers: Vec<String>,
    part: fn(&mut Place) -> &mut Option<String>,
) {
    let Some(place) = list.get(first..).and_then(<[Place]>::last).cloned() else { return };
    list.pop();
    for number in numbers {
        let mut place = place.clone();
        *part(&mut place) = Some(number);
        list.push(place);
    }
}

/// The articles of a range but its first; a long or odd one keeps its two ends.
fn between(from: &str, to: &str) -> Vec<String> {
    const MOST: u32 = 50;
    match (from.parse::<u32>(), to.parse::<u32>()) {
        (Ok(from), Ok(to)) if from < to && to - from <= MOST => {
            (from + 1..=to).map(|article| article.to_string()).collect()
        }
        _ => vec![to.to_owned()],
    }
}

/// `điểm a, b và c`, `khoản 1, 2`, `Điều 5`, each also with `các` in front.
fn unit(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> Option<(Level, Vec<String>, usize)> {
    let words = &lexicon.words;
    let at = at + usize::from(tokens.get(at).id == words.cac);
    let level = match tokens.get(at).id {
        id if id == words.diem => Level::Point,
        id if id == words.khoan => Level::Clause,
        id if id == words.dieu => Level::Article,
        _ => return None,
    };
    let one = |at: usize| match level {
        Level::Point => letter(tokens, at),
        _ => number(lexicon, tokens, at),
    };
    let (first, mut end) = one(at + 1)?;
    let mut numbers = vec![first];
    loop {
        let joined = tokens.get(end).is_mark(',')
            || tokens.get(end).is_mark(';')
            || tokens.get(end).id == words.va;
        let range = tokens.get(end).id == words.den && level != Level::Point;
        match one(end + 1).filter(|_| joined || range) {
            // `Điều 5 đến 8`.
            Some((number, after)) if range && !counts(lexicon, tokens, after) => {
                let from = numbers.last().cloned().unwrap_or_default();
                numbers.extend(between(&from, &number));
                end = after;
            }
            // A word behind a number makes it count something: `Điều 5, 3 người`.
            Some((number, after)) if level == Level::Point || !counts(lexicon, tokens, after) => {
                numbers.push(number);
                end = after;
            }
            _ => break,
        }
    }
    Some((level, numbers, end))
}

/// Whether the word behind a number is one that is counted.
fn counts(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> bool {
    let words = &lexicon.words;
    let token = tokens.get(at);
    let structural = [words.dieu, words.khoan, words.diem, words.cua].contains(&token.id);
    token.is_word()
        && token.case == Case::Lower
        && !structural
        && !lexicon.may_follow(token.id)
        && longest_head(lexicon, tokens, at).is_none()
}

fn longest_head(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    crate::gazetteer::longest(&lexicon.heads, tokens, at).map(|(end, _)| end)
}

/// An article's or clause's number, with a letter glued behind it: `12a`.
fn number(lexicon: &Lexicon, tokens: &Tokens<'_>, at: usize) -> Option<(String, usize)> {
    let number = tokens.number(at).filter(|_| tokens.get(at).digits() <= 4)?;
    let suffix = tokens.get(at + 1);
    if suffix.is_word() && suffix.glued {
        let letters = tokens.str(at + 1);
        return (letters.chars().count() <= 2)
            .then(|| (format!("{number}{}", letters.to_lowercase()), at + 2));
    }
    // `khoản 2.6 Điều 6`: a part of a clause.
    let part = tokens.get(at + 2);
    if suffix.is_mark('.')
        && suffix.glued
        && part.glued
        && (1..=2).contains(&part.digits())
        && tokens.get(at + 3).id == lexicon.words.dieu
    {
        return Some((tokens.slice(tokens.span(at..at + 3)).to_owned(), at + 3));
    }
    // `Điều 1.600` and `khoản 3,5 tỷ` are sums.
    let joined = suffix.glued
        && ['.', ',', '/', '%'].into_iter().any(|mark| suffix.is_mark(mark))
        && (tokens.get(at + 2).is_number() && tokens.get(at + 2).glued || suffix.is_mark('%'));
    (!joined).then(|| (number.to_string(), at + 1))
}

/// A point's letter.
fn letter(tokens: &Tokens<'_>, at: usize) -> Option<(String, usize)> {
    let letter = tokens.str(at);
    let one = tokens.get(at).is_word() && letter.chars().count() == 1;
    one.then(|| (letter.to_lowercase(), at + 1))
}
