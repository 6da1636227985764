//! A sentence cut at the marks and words that part items.

use std::ops::Range;

use super::Reader;
use crate::token::TokenKind;
use crate::vocabulary::Id;

/// A sentence with a list is no longer than this, in tokens.
pub(super) const SENTENCE: usize = 400;

/// A sentence at the marks that cut lists: where each stands, outside quotes and brackets.
#[derive(Clone, Debug, Default)]
pub(super) struct Cuts {
    pub(super) semicolons: Vec<usize>,
    pub(super) commas: Vec<usize>,
    pub(super) ands: Vec<usize>,
    pub(super) ors: Vec<usize>,
    pub(super) end: usize,
}

impl Reader<'_, '_> {
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
        // `chuối, xoài và chanh dây thì năm nay được mùa`: the sentence goes on. Behind a comma it
        // does so whatever follows.
        let last = cuts.commas.last().max(cuts.ands.last()).copied().unwrap_or(start);
        let then = |&it: &usize| {
            let token = self.tokens.get(it);
            token.is_word() && token.id == self.words.then
        };
        let comma = cuts.commas.iter().find(|&&comma| then(&(comma + 1)));
        cuts.end = comma.copied().or_else(|| (last..at).find(then)).unwrap_or(at);
        for list in [&mut cuts.semicolons, &mut cuts.commas, &mut cuts.ands, &mut cuts.ors] {
            list.retain(|it| *it < cuts.end);
        }
        cuts
    }

    /// The sentence cut at semicolons; where that gives one item too few or too many, at the `và` that
    /// joins the last two, or up to a clause that belongs to none.
    pub(super) fn by_semicolons(
        self,
        start: usize,
        cuts: &Cuts,
        wanted: usize,
    ) -> Vec<Range<usize>> {
        let mut pieces = self.pieces(start, &cuts.semicolons, cuts.end);
        let Some(last) = pieces.last().cloned().filter(|_| pieces.len() > 1) else { return pieces };
        // `2 tội: Tham ô tài sản và Nhận hối lộ; tổng hợp hình phạt là …`: the sentence goes on.
        if let [first, second] = pieces.as_slice()
            && wanted == 2
            && self.tokens.get(start).has_capital()
            && !self.tokens.get(second.start).has_capital()
            && let [and] = self.cuts(start, Some(first.end)).ands.as_slice()
            && self.tokens.get(and + 1).has_capital()
        {
            return vec![start..*and, and + 1..first.end];
        }
        // `…; trong đó có 3 công trình …`
        if pieces.len() != wanted && self.parts(last.start) && !self.parts(start) {
            pieces.pop();
            if pieces.len() == 1 {
                // Commas part the items, then.
                let own = self.cuts(start, Some(last.start - 1));
                if let Some(items) = self.by_commas(start, &own, wanted) {
                    return items;
                }
            }
            return pieces;
        }
        // `Vi Văn Bằng (…); Tạ Văn Minh (…) và Trần Đức Hiệp (…)`
        let mut ands = cuts.ands.iter().copied().filter(|at| *at > last.start);
        if pieces.len() + 1 == wanted
            && let (Some(and), None) = (ands.next(), ands.next())
            && self.alike(last.start, and + 1)
            // Behind a colon the first may begin with a capital whatever it is.
            && (self.alike(start, last.start) || self.tokens.before(start, 1).is_mark(':'))
        {
            pieces.pop();
            pieces.extend([last.start..and, and + 1..last.end]);
            return pieces;
        }
        // `Vi Văn Bằng, phó phòng Kinh tế và Hạ tầng; Tạ Văn Minh, kế toán và Trần Đức Hiệp, thủ quỹ`: the
        // `và` that a person's name follows, where all begin with one.
        let person = |at: usize| (0..2).all(|n| self.tokens.get(at + n).has_capital());
        let mut named = cuts.ands.iter().copied().filter(|at| *at > last.start && person(at + 1));
        if pieces.len() + 1 == wanted
            && let (Some(and), None) = (named.next(), named.next())
            && pieces.iter().all(|piece| person(piece.start))
        {
            pieces.pop();
            pieces.extend([last.start..and, and + 1..last.end]);
        }
        pieces
    }

    /// Whether what begins at two tokens is a name both times, or a number, or neither.
    fn alike(self, a: usize, b: usize) -> bool {
        let [a, b] = [a, b].map(|at| self.tokens.get(at));
        a.has_capital() == b.has_capital() && a.is_number() == b.is_number()
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
    pub(super) fn by_commas(
        self,
        start: usize,
        cuts: &Cuts,
        wanted: usize,
    ) -> Option<Vec<Range<usize>>> {
        // `hai lựa chọn: hoặc A hoặc B`
        if cuts.ors.len() == wanted && cuts.ors.first() == Some(&start) {
            return Some(self.pieces(start, &cuts.ors, cuts.end));
        }
        // `hai đường là đi xe đến bến rồi đi thuyền và xuồng, hoặc đi bộ qua đèo và suối`
        if wanted == 2
            && let [or] = *cuts.ors.as_slice()
            && !cuts.ands.is_empty()
            && self.tokens.str(start) == self.tokens.str(or + 1)
        {
            return Some(self.pieces(start, &[or], cuts.end));
        }
        if let Some(pieces) = self.parallel(start, cuts, wanted) {
            return Some(pieces);
        }
        if self.goes_on(cuts, wanted)
            && let Some(pieces) = self.with_more_behind(start, cuts, wanted)
        {
            return Some(pieces);
        }
        let named = |at: usize| self.tokens.get(at).has_capital();
        // `Vi Văn Bằng, Tạ Minh và ca sĩ Vàng Mai, chia làm hai nhóm`
        let lower = |comma: &usize| {
            let token = self.tokens.get(comma + 1);
            token.is_word() && !token.has_capital()
        };
        if named(start)
            && cuts.commas.last().is_some_and(lower)
            && let Some(pieces) = self.with_more_behind(start, cuts, wanted)
        {
            return Some(pieces);
        }
        // `5 kiểu: chín, tái, nạm, gầu, gân, ngoài ra còn …`
        if wanted > 2
            && let Some(end) = cuts.commas.get(wanted - 1).copied().filter(|at| self.parts(at + 1))
            && cuts.ands.first().is_none_or(|and| *and > end)
        {
            let all: Vec<usize> = cuts.commas.iter().copied().take(wanted - 1).collect();
            return Some(self.pieces(start, &all, end));
        }
        let last_comma = cuts.commas.last().map_or(start, |comma| comma + 1);
        // `và` joins the last two items: the first behind the last comma that does not open a piece.
        let behind = || cuts.ands.iter().copied().filter(|at| *at > last_comma);
        // `giữa Lào và Thái Lan` is no end of a list of deeds where another `và` follows.
        let and = behind()
            .find(|&at| named(start) || !(named(at - 1) && named(at + 1)))
            .or_else(|| behind().next());
        let fits = |cut: &[usize]| {
            let pieces = self.pieces(start, cut, cuts.end);
            (pieces.len() == wanted).then_some(pieces)
        };
        let with = |more: &[usize]| {
            let mut all: Vec<usize> = cuts.commas.iter().chain(more).copied().collect();
            all.sort_unstable();
            all
        };
        // `hộ mới lập nghiệp và những hộ vay cũ mua trâu, bò`: of two items `và` parts, not what stands
        // behind it.
        if wanted == 2
            && let [and] = cuts.ands.as_slice()
            && cuts.commas.first().is_some_and(|comma| and < comma)
            && !named(start)
        {
            let colon = self.tokens.before(start, 1).is_mark(':');
            return if colon { fits(&[*and]) } else { None };
        }
        if let Some(pieces) = fits(&with(and.as_slice())) {
            return Some(pieces);
        }
        // Of two items the cut may be any `và`; only one leaves no doubt, or one behind a comma.
        if wanted == 2
            && let [and] = cuts.ands.as_slice()
            && (cuts.commas.is_empty() || self.tokens.before(*and, 1).is_mark(','))
        {
            return fits(&[*and]);
        }
        // `hai diễn viên: ca sĩ Lan và MC Minh, đây cũng là …`
        if wanted == 2
            && let (Some(comma), Some(and)) = (cuts.commas.first(), cuts.ands.first())
            && and < comma
            && (start + 1..*and).any(named)
            && (and + 1..*comma).any(named)
            && !named(comma + 1)
        {
            return Some(self.pieces(start, &[*and], *comma));
        }
        // `hai mã: bơ khan có mã số 10 còn bơ lỏng có mã số 11`
        let colon = self.tokens.before(start, 1).is_mark(':');
        if wanted == 2 && colon && cuts.commas.is_empty() && cuts.ands.is_empty() {
            let mut rest =
                (start..cuts.end).filter(|at| self.tokens.get(*at).id == self.words.rest);
            if let (Some(rest), None) = (rest.next(), rest.next())
                && self.alike(start, rest + 1)
            {
                return fits(&[rest]);
            }
        }
        // `bộ trưởng A, các thứ trưởng B và C, vụ trưởng D`; `hoặc` for `và`; `GDP - CPI - việc làm`
        let dashes = || -> Vec<usize> {
            let spaced = |at: &usize| {
                let dash = self.tokens.get(*at);
                matches!(dash.kind, TokenKind::Mark('-' | '–'))
                    && !dash.glued
                    && !self.tokens.get(at + 1).glued
            };
            (start..cuts.end).filter(spaced).collect()
        };
        // `Đảo Nam và Đảo Bắc và New Caledonia`
        let ands = || {
            let alone = wanted > 2 && cuts.commas.is_empty() && cuts.ands.len() + 1 == wanted;
            let all = || named(start) && cuts.ands.iter().all(|and| named(and + 1));
            (alone && all()).then(|| fits(&cuts.ands)).flatten()
        };
        fits(&cuts.commas)
            .or_else(ands)
            .or_else(|| fits(&with(&cuts.ands)).filter(|_| cuts.ands.len() == 1))
            .or_else(|| self.with_more_behind(start, cuts, wanted))
            .or_else(|| fits(&with(&cuts.ors)).filter(|_| cuts.ors.len() == 1))
            .or_else(|| {
                let dashes = dashes();
                let and = cuts.ands.iter().copied().filter(|and| dashes.last() < Some(and));
                let both: Vec<usize> = dashes.iter().copied().chain(and).collect();
                let apart = cuts.commas.is_empty() && !dashes.is_empty();
                apart.then(|| fits(&both).or_else(|| fits(&dashes))).flatten()
            })
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
        let named = |at: usize| self.tokens.get(at).has_capital();
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
    pub(super) fn parallel(
        self,
        start: usize,
        cuts: &Cuts,
        wanted: usize,
    ) -> Option<Vec<Range<usize>>> {
        let marks = cuts.commas.iter().chain(&cuts.semicolons);
        let mut all: Vec<usize> = marks.chain(&cuts.ands).copied().collect();
        all.sort_unstable();
        let first = self.tokens.get(start);
        let head = self.tokens.str(start);
        if head.is_empty() || !first.is_word() && !first.is_number() {
            return None;
        }
        // `gói thầu A5 …; Gói thầu A6 …`
        let same = |at: usize| {
            self.tokens.str(at) == head
                || first.is_word() && first.id != Id::NONE && self.tokens.id(at) == first.id
        };
        all.retain(|&cut| {
            let next = self.tokens.get(cut + 1);
            // Behind a comma `và` may stand.
            let place = if next.is_word() && next.id == self.words.and { cut + 2 } else { cut + 1 };
            same(place)
        });
        all.dedup_by(|next, last| *next == *last + 1);
        (all.len() + 1 == wanted).then(|| self.pieces(start, &all, cuts.end))
    }
}
