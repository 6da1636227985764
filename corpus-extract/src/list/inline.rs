//! Lists inside a sentence: `3 yếu tố: A, B và C`, `2 khâu đột phá là A; B`, `“4 hóa”: “A; B; C; D”`.

use std::ops::Range;

use corpus_model::Span;

use super::{Announcement, Reader};
use crate::token::TokenKind;
use crate::vocabulary::Phrases;

/// A sentence with a list is no longer than this, in tokens.
const SENTENCE: usize = 400;

/// How far behind its noun a list may begin, in tokens.
const NOUN_TO_LIST: usize = 30;

/// How far behind a noun that need not announce the colon may stand, in tokens.
const WEAK_TO_COLON: usize = 16;

/// A sentence at the marks that cut lists: where each stands, outside quotes and brackets.
#[derive(Clone, Debug, Default)]
pub(super) struct Cuts {
    pub(super) semicolons: Vec<usize>,
    pub(super) commas: Vec<usize>,
    pub(super) ands: Vec<usize>,
    ors: Vec<usize>,
    pub(super) end: usize,
}

impl Reader<'_, '_> {
    /// The items that follow an announcement in its sentence or open the next one.
    pub(super) fn inline(self, announcement: &Announcement) -> Option<Vec<Span>> {
        let wanted = usize::from(announcement.number);
        let (mut start, introduced) = self.introduced(announcement)?;
        while let Some((n, ())) = self.words.fillers.longest(self.tokens.ids(start)) {
            start += n;
            let mark = self.tokens.get(start);
            start += usize::from(matches!(mark.kind, TokenKind::Mark(',' | ':')));
        }
        if let Some(items) = self.inside(start, wanted) {
            return Some(items);
        }
        let cuts = self.cuts(start, None);
        let by_semicolons = self.pieces(start, &cuts.semicolons, cuts.end);
        if by_semicolons.len() == wanted {
            return Some(self.unquoted(by_semicolons));
        }
        if cuts.semicolons.is_empty()
            && let Some(items) = self.by_commas(start, &cuts, wanted)
        {
            return Some(self.unquoted(self.closed(items)));
        }
        // Some items are missing, or the sentence goes on behind them.
        let tells = announcement.strong && introduced && by_semicolons.len() >= 2;
        let some = tells && by_semicolons.len() < wanted + 3;
        some.then(|| self.spans(by_semicolons))
    }

    /// Where the items begin, and whether a colon or its like says so for certain.
    fn introduced(self, announcement: &Announcement) -> Option<(usize, bool)> {
        let from = announcement.tokens.end;
        // Behind a comma or in quotes `là` may belong to something else.
        let mut crossed = false;
        for at in from..from + NOUN_TO_LIST {
            let token = self.tokens.get(at);
            match token.kind {
                TokenKind::Mark(':') if !crossed || announcement.strong => {
                    // `… ba trường chỉ trong ba năm: “Lần đầu …”`: somebody speaks.
                    let quoted = matches!(self.tokens.get(at + 1).kind, TokenKind::Mark('“' | '"'));
                    return (announcement.strong || at == from || !quoted)
                        .then_some((at + 1, true));
                }
                TokenKind::Mark('(') if at == from => {
                    // Only a list fills the brackets; a number of something stands there too.
                    return announcement.strong.then_some((at, false));
                }
                // `hai giai đoạn theo Đề án (sơ tuyển và thi)`
                TokenKind::Mark('(') if announcement.strong => {
                    let fits = self.inside(at, announcement.number.into()).is_some();
                    return fits.then_some((at, false));
                }
                TokenKind::Mark(',' | '”' | '“' | '"' | '/') if announcement.strong => {
                    crossed = true;
                }
                // `bốn đơn vị của Bộ VH, TT & DL bao gồm: …`
                TokenKind::Mark(',' | '&') if at < from + WEAK_TO_COLON => crossed = true,
                // `hai trạm thu phí cho 5 công trình gồm: …`: the nearer number counts.
                TokenKind::Number if !announcement.strong && self.is_nearer(at) => return None,
                TokenKind::Number => {}
                TokenKind::Word => {
                    crossed |= token.id == self.words.and;
                    if self.words.says.longest(self.tokens.ids(at)).is_some() {
                        return None;
                    }
                    let near = at == from || announcement.strong;
                    if let Some((n, ())) = self
                        .words
                        .intros
                        .longest(self.tokens.ids(at))
                        .filter(|(n, ())| near || self.tokens.get(at + n).is_mark(':'))
                    {
                        let colon = self.tokens.get(at + n).is_mark(':');
                        let is = n == 1 && token.id == self.words.is;
                        // `hầu như` is no beginning of anything.
                        if n == 1 && token.id == self.words.such && at > from && !colon {
                            continue;
                        }
                        // `2 xã là nơi …`: only what announces may be told with `là`.
                        if colon {
                            return Some((at + n + 1, true));
                        }
                        let such = n == 1 && token.id == self.words.such;
                        if is && (!announcement.strong || crossed)
                            || such && announcement.number < 3
                        {
                            return None;
                        }
                        return Some((at + n, at == from));
                    }
                    // Only a colon is waited for so long.
                    if !announcement.strong && at >= from + WEAK_TO_COLON {
                        return None;
                    }
                }
                TokenKind::Mark('.') if announcement.strong => {
                    if !self.ends_sentence(at) {
                        continue;
                    }
                    let (n, ()) = self.words.opens.longest(self.tokens.ids(at + 1))?;
                    let end = at + 1 + n;
                    let mark = matches!(self.tokens.get(end).kind, TokenKind::Mark(',' | ':'));
                    return Some((end + usize::from(mark), true));
                }
                _ => return None,
            }
        }
        None
    }

    /// Whether the number at `at` announces, too, and by a noun.
    fn is_nearer(self, at: usize) -> bool {
        self.announcement(at).is_some_and(|it| !self.tokens.get(it.noun.start).is_capitalised())
    }

    /// The items inside the quotes or brackets that open at `at`, where there are as many as wanted.
    fn inside(self, at: usize, wanted: usize) -> Option<Vec<Span>> {
        let close = match self.tokens.get(at).kind {
            TokenKind::Mark('“' | '"') => ['”', '"'],
            TokenKind::Mark('(') => [')', ')'],
            _ => return None,
        };
        let end = (at + 1..at + SENTENCE)
            .take_while(|at| !self.tokens.get(*at).is_break())
            .find(|at| close.iter().any(|mark| self.tokens.get(*at).is_mark(*mark)))?;
        let cuts = self.cuts(at + 1, Some(end));
        let pieces = self.pieces(at + 1, &cuts.semicolons, end);
        if pieces.len() == wanted {
            return Some(self.spans(pieces));
        }
        let free = cuts.semicolons.is_empty();
        Some(self.spans(free.then(|| self.by_commas(at + 1, &cuts, wanted))??))
    }

    /// The marks of the sentence from `start` on, or of the tokens up to `limit`.
    pub(super) fn cuts(self, start: usize, limit: Option<usize>) -> Cuts {
        let mut cuts = Cuts::default();
        let (mut brackets, mut quoted) = (0usize, false);
        let mut at = start;
        while limit.is_none_or(|limit| at < limit) && at < start + SENTENCE {
            let token = self.tokens.get(at);
            if token.is_break() {
                break;
            }
            let outside = brackets == 0 && !quoted;
            match token.kind {
                TokenKind::Mark('(' | '[') => brackets += 1,
                TokenKind::Mark(')' | ']') => {
                    // The bracket around the whole sentence closes.
                    if brackets == 0 {
                        break;
                    }
                    brackets -= 1;
                }
                TokenKind::Mark('“') => quoted = true,
                TokenKind::Mark('”') => quoted = false,
                TokenKind::Mark('"') => quoted = !quoted,
                TokenKind::Mark(';') if outside => cuts.semicolons.push(at),
                TokenKind::Mark(',') if outside => {
                    let number = token.glued && self.tokens.get(at + 1).glued;
                    if !number {
                        cuts.commas.push(at);
                    }
                }
                TokenKind::Word if outside && token.id == self.words.and => cuts.ands.push(at),
                TokenKind::Word if outside && token.id == self.words.or => cuts.ors.push(at),
                _ if outside && limit.is_none() && self.ends_sentence(at) => break,
                _ => {}
            }
            at += 1;
        }
        // `chuối, xoài và chanh dây thì năm nay được mùa`: the sentence goes on.
        let last = cuts.commas.last().max(cuts.ands.last()).copied().unwrap_or(start);
        let then = (last..at).find(|&it| {
            let token = self.tokens.get(it);
            token.is_word() && token.id == self.words.then
        });
        cuts.end = then.unwrap_or(at);
        cuts
    }

    /// The tokens between cuts, those that hold nothing left out.
    pub(super) fn pieces(self, start: usize, cuts: &[usize], end: usize) -> Vec<Range<usize>> {
        let mut pieces = Vec::with_capacity(cuts.len() + 1);
        let mut from = start;
        for &cut in cuts.iter().chain([&end]) {
            if cut >= from && self.trimmed(from..cut).is_some() {
                pieces.push(from..cut);
            }
            from = cut + 1;
        }
        pieces
    }

    /// The sentence cut at commas, or at commas and the last `và`, where that gives `wanted` items.
    fn by_commas(self, start: usize, cuts: &Cuts, wanted: usize) -> Option<Vec<Range<usize>>> {
        // `hai lựa chọn: hoặc A hoặc B`
        if cuts.ors.len() == wanted && cuts.ors.first() == Some(&start) {
            return Some(self.pieces(start, &cuts.ors, cuts.end));
        }
        if let Some(pieces) = self.parallel(start, cuts, wanted) {
            return Some(pieces);
        }
        if self.goes_on(cuts, wanted)
            && let Some(pieces) = self.with_more_behind(start, cuts, wanted)
        {
            return Some(pieces);
        }
        let last_comma = cuts.commas.last().copied().unwrap_or(start);
        // `và` joins the last two items: the first behind the last comma that does not open a piece.
        let behind = || cuts.ands.iter().copied().filter(|at| *at > last_comma + 1);
        // `giữa Lào và Thái Lan` is no end of a list of deeds where another `và` follows.
        let named = |at: usize| self.tokens.get(at).is_capitalised();
        let and = behind()
            .find(|&at| named(start) || !(named(at - 1) && named(at + 1)))
            .or_else(|| behind().next());
        let with_and: Vec<usize> = cuts.commas.iter().copied().chain(and).collect();
        let pieces = self.pieces(start, &with_and, cuts.end);
        if pieces.len() == wanted {
            return Some(pieces);
        }
        // Of two items the cut may be any `và`; only one leaves no doubt.
        if wanted == 2 && cuts.commas.is_empty() && cuts.ands.len() == 1 {
            return (pieces.len() == 2).then_some(pieces);
        }
        // `hai diễn viên: ca sĩ Lan và MC Minh, đây cũng là …`
        if wanted == 2
            && let ([comma], Some(and)) = (cuts.commas.as_slice(), cuts.ands.first())
            && (start + 1..*and).any(named)
            && (and + 1..*comma).any(named)
            && !named(comma + 1)
        {
            return Some(self.pieces(start, &[*and], *comma));
        }
        let pieces = self.pieces(start, &cuts.commas, cuts.end);
        if pieces.len() == wanted {
            return Some(pieces);
        }
        self.with_more_behind(start, cuts, wanted)
    }

    /// The last item ends where the sentence goes on: `… và kiểm tra năng lực để nhập học`. Words
    /// that stand inside the other items say nothing.
    fn closed(self, mut pieces: Vec<Range<usize>>) -> Vec<Range<usize>> {
        let closes = |piece: &Range<usize>| {
            let first = piece.start + 1;
            (first..piece.end).find(|at| {
                self.words.closes.longest(self.tokens.ids(*at)).is_some()
                    || self.tokens.get(*at).is_mark(',') && self.parts(at + 1)
            })
        };
        if let Some((last, others)) = pieces.split_last_mut()
            && let Some(end) = closes(last)
            && !others.iter().any(|piece| closes(piece).is_some())
        {
            last.end = end;
        }
        pieces
    }

    /// Whether the sentence is seen to go on behind the comma that would end `wanted` items, the last
    /// two joined by `và`: `…, hạ tầng và nhân lực, dù đã có cải cách`.
    fn goes_on(self, cuts: &Cuts, wanted: usize) -> bool {
        let end = wanted.checked_sub(2).and_then(|n| cuts.commas.get(n));
        end.is_some_and(|at| self.parts(at + 1))
    }

    /// Whether a clause that is no item begins at `at`, behind a comma.
    fn parts(self, at: usize) -> bool {
        let begins = |words: &Phrases<()>| words.longest(self.tokens.ids(at)).is_some();
        begins(&self.words.closes) || begins(&self.words.apart)
    }

    /// Items that more of the sentence follows: `gồm Lào, Thái Lan và Myanmar, đang họp tại Huế`.
    fn with_more_behind(
        self,
        start: usize,
        cuts: &Cuts,
        wanted: usize,
    ) -> Option<Vec<Range<usize>>> {
        let last = cuts.commas.get(wanted.checked_sub(2)?).copied()?;
        let before =
            wanted.checked_sub(3).and_then(|n| cuts.commas.get(n)).copied().unwrap_or(start);
        // The only `và` up to there joins the last two.
        let mut ands = cuts.ands.iter().copied().take_while(|at| *at < last);
        let and = ands.next().filter(|at| *at > before && ands.next().is_none())?;
        let named = |at: usize| self.tokens.get(at).is_capitalised();
        let names = named(start) && named(and + 1);
        if named(last + 1) || !names && !self.goes_on(cuts, wanted) {
            return None;
        }
        let mut all: Vec<usize> = cuts.commas.iter().copied().filter(|at| *at < last).collect();
        all.push(and);
        let pieces = self.pieces(start, &all, last);
        (pieces.len() == wanted).then_some(pieces)
    }

    /// The sentence cut where a piece begins like the first, where that gives `wanted` items: `Luật
    /// Phòng, chống ma túy, Luật Đất đai và Luật Nhà ở`.
    fn parallel(self, start: usize, cuts: &Cuts, wanted: usize) -> Option<Vec<Range<usize>>> {
        let mut all: Vec<usize> = cuts.commas.iter().chain(&cuts.ands).copied().collect();
        all.sort_unstable();
        let head = self.tokens.str(start);
        if head.is_empty() || !self.tokens.get(start).is_word() {
            return None;
        }
        all.retain(|&cut| {
            let next = self.tokens.get(cut + 1);
            // Behind a comma `và` may stand.
            let place = if next.is_word() && next.id == self.words.and { cut + 2 } else { cut + 1 };
            self.tokens.str(place) == head
        });
        all.dedup_by(|next, last| *next == *last + 1);
        (all.len() + 1 == wanted).then(|| self.pieces(start, &all, cuts.end))
    }

    fn spans(self, pieces: Vec<Range<usize>>) -> Vec<Span> {
        pieces.into_iter().filter_map(|piece| self.trimmed(piece)).collect()
    }

    /// The spans of pieces; of titles in quotes, where every piece has one, only those.
    fn unquoted(self, pieces: Vec<Range<usize>>) -> Vec<Span> {
        let title = |piece: &Range<usize>| {
            let open = piece
                .clone()
                .find(|at| matches!(self.tokens.get(*at).kind, TokenKind::Mark('“')))?;
            let close = (open..piece.end).find(|at| self.tokens.get(*at).is_mark('”'))?;
            (close > open + 1).then(|| self.tokens.span(open + 1..close))
        };
        let titles: Option<Vec<Span>> = pieces.iter().map(title).collect();
        titles.unwrap_or_else(|| self.spans(pieces))
    }
}
