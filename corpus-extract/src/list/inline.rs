//! Lists inside a sentence: `3 yếu tố: A, B và C`, `2 khâu đột phá là A; B`, `“4 hóa”: “A; B; C; D”`.

use std::ops::Range;

use corpus_model::Span;

use super::{Announcement, MOST_ITEMS, Reader};
use crate::token::TokenKind;
use crate::vocabulary::Phrases;

/// Where the items of an announcement begin, and how far that is to be trusted.
#[derive(Clone, Copy, Debug)]
struct Intro {
    start: usize,
    /// Whether a colon or its like says so for certain.
    certain: bool,
    /// Whether only as many items as announced, and short ones, make a list of it: `ba bên là …`.
    exact: bool,
}

impl Intro {
    fn new(start: usize, certain: bool) -> Intro {
        Intro { start, certain, exact: false }
    }

    fn exact(start: usize) -> Intro {
        Intro { start, certain: false, exact: true }
    }
}

/// An item behind words that need not introduce any is no longer, in tokens.
const SHORT_ITEM: usize = 16;

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
        let mut from = announcement.tokens.end;
        loop {
            let intro = self.introduced(announcement, from)?;
            let items = self.introduced_items(announcement, intro);
            // Words that need not introduce anything did not: `2 nhà máy được gọi là lớn: …`.
            if items.is_some() || !intro.exact || intro.start <= from {
                return items;
            }
            from = intro.start;
        }
    }

    fn introduced_items(self, announcement: &Announcement, intro: Intro) -> Option<Vec<Span>> {
        let wanted = usize::from(announcement.number);
        let Intro { mut start, certain, exact } = intro;
        while let Some((n, ())) = self.words.fillers.longest(self.tokens.ids(start)) {
            start += n;
            let mark = self.tokens.get(start);
            start += usize::from(matches!(mark.kind, TokenKind::Mark(',' | ':')));
        }
        if certain && self.tokens.get(start).is_break() {
            let lines = self.lines(start);
            let whole = lines.len() == wanted || announcement.strong && lines.len() >= 2;
            return whole.then(|| self.spans(lines));
        }
        if let Some(names) = self.names(start, wanted) {
            return Some(names);
        }
        if !exact && let Some(items) = self.inside(start, wanted) {
            return Some(items);
        }
        let cuts = self.cuts(start, None);
        let by_semicolons = self.by_semicolons(start, &cuts, wanted);
        if by_semicolons.len() == wanted {
            return Some(self.unquoted(by_semicolons));
        }
        if cuts.semicolons.is_empty()
            && let Some(items) = self.by_commas(start, &cuts, wanted)
        {
            let items = self.closed(items);
            let fits = !exact || self.fit(&items, announcement.strong);
            return fits.then(|| self.unquoted(items));
        }
        if exact {
            return None;
        }
        // Some items are missing, or the sentence goes on behind them.
        let tells = announcement.strong && certain && by_semicolons.len() >= 2;
        if tells && by_semicolons.len() < wanted + 3 {
            return Some(self.spans(by_semicolons));
        }
        self.some_of(announcement, start, &cuts)
    }

    /// The lines behind the end of a line up to the first that ends in no semicolon.
    fn lines(self, start: usize) -> Vec<Range<usize>> {
        let mut lines = Vec::new();
        let mut at = start;
        while lines.len() < usize::from(MOST_ITEMS) {
            while self.tokens.get(at).is_break() && at < self.tokens.len() {
                at += 1;
            }
            let from = at;
            while !self.tokens.get(at).is_break() && at < from + SENTENCE {
                at += 1;
            }
            if from == at || !self.tokens.get(at).is_break() {
                break;
            }
            lines.push(from..at);
            if !self.tokens.before(at, 1).is_mark(';') {
                break;
            }
        }
        lines
    }

    /// The first few of the items, `5 tội danh gồm gửi bom thư và đe dọa`.
    fn some_of(self, announcement: &Announcement, start: usize, cuts: &Cuts) -> Option<Vec<Span>> {
        let opens = self.words.lists.longest(self.tokens.ids(announcement.tokens.end));
        let all = announcement.strong && opens.is_some() && cuts.semicolons.is_empty();
        let [and] = cuts.ands.as_slice() else { return None };
        let joints: Vec<usize> = cuts.commas.iter().copied().chain([*and]).collect();
        if !all || !joints.is_sorted() {
            return None;
        }
        let pieces = self.pieces(start, &joints, cuts.end);
        let some = (2..usize::from(announcement.number)).contains(&pieces.len());
        (some && self.fit(&pieces, true)).then(|| self.spans(pieces))
    }

    /// Whether these may be items where nothing but their number says so: short, and two of them named
    /// behind a noun that need not announce.
    fn fit(self, items: &[Range<usize>], strong: bool) -> bool {
        let named = |item: &Range<usize>| {
            item.clone().any(|at| {
                let token = self.tokens.get(at);
                token.is_capitalised() || matches!(token.kind, TokenKind::Mark('“' | '"'))
            })
        };
        items.iter().all(|item| {
            let opens = self.tokens.get(item.start);
            item.len() <= SHORT_ITEM && !opens.is_number() && !self.parts(item.start)
        }) && (strong || items.len() > 2 || items.iter().all(named))
    }

    /// Where the items begin; words in front of `passed` have been found not to introduce them.
    fn introduced(self, announcement: &Announcement, passed: usize) -> Option<Intro> {
        let from = announcement.tokens.end;
        let strong = announcement.strong;
        // Behind a comma or in quotes `là` may belong to something else.
        let mut crossed = false;
        let mut at = from;
        while at < from + NOUN_TO_LIST {
            let token = self.tokens.get(at);
            match token.kind {
                TokenKind::Mark(':') if at >= passed && (!crossed || strong) => {
                    // `… ba trường chỉ trong ba năm: “Lần đầu …”`: somebody speaks.
                    let quoted = matches!(self.tokens.get(at + 1).kind, TokenKind::Mark('“' | '"'));
                    if strong || at == from {
                        return Some(Intro::new(at + 1, true));
                    }
                    // `Vụ 2 nữ sinh bị lạc: …`: a headline, unless short items or names follow.
                    return (!quoted).then_some(Intro::exact(at + 1));
                }
                TokenKind::Mark('(') if at == from => {
                    // Only a list fills the brackets; a number of something stands there too.
                    return strong.then_some(Intro::new(at, false));
                }
                // `hai giai đoạn theo Đề án (sơ tuyển và thi)`
                TokenKind::Mark('(') if strong => {
                    let items = self.inside(at, announcement.number.into())?;
                    // `hai tội (điểm n khoản 2 Điều 9, Bộ luật …)`
                    let figures = |item: &Span| {
                        self.tokens.slice(*item).bytes().any(|byte| byte.is_ascii_digit())
                    };
                    return (!items.iter().any(figures)).then_some(Intro::new(at, false));
                }
                TokenKind::Mark(',' | '”' | '“' | '"' | '/') if strong => crossed = true,
                // `bốn đơn vị của Bộ VH, TT & DL bao gồm: …`
                TokenKind::Mark(',' | '&') if at < from + WEAK_TO_COLON => crossed = true,
                // `hai trạm thu phí cho 5 công trình gồm: …`: the nearer number counts.
                TokenKind::Number if !strong && self.is_nearer(at) => return None,
                TokenKind::Number => {}
                TokenKind::Word => {
                    // `triển khai` ends like a word of saying and is none.
                    if let Some((n, ())) = self.words.silent.longest(self.tokens.ids(at)) {
                        at += n;
                        continue;
                    }
                    crossed |= token.id == self.words.and;
                    if self.words.says.longest(self.tokens.ids(at)).is_some() {
                        return None;
                    }
                    if at >= passed
                        && let Some((n, ())) = self.words.intros.longest(self.tokens.ids(at))
                        && let Some(intro) = self.intro(announcement, at, n, crossed)
                    {
                        return intro;
                    }
                    // Only a colon is waited for so long.
                    if !strong && at >= from + WEAK_TO_COLON {
                        return None;
                    }
                }
                TokenKind::Mark('.') if at >= passed => {
                    if !self.ends_sentence(at) {
                        at += 1;
                        continue;
                    }
                    // The next sentence may open a line of its own.
                    let next = at + 1 + usize::from(self.tokens.get(at + 1).is_break());
                    let (n, ()) = self.words.opens.longest(self.tokens.ids(next))?;
                    let end = next + n;
                    let mark = matches!(self.tokens.get(end).kind, TokenKind::Mark(',' | ':'));
                    let start = end + usize::from(mark);
                    if strong {
                        return Some(Intro::new(start, true));
                    }
                    // `hai người được khen. Đó là bà Lò Thị Mai và ông Cà Văn Tỏ`
                    let names = self.names(start, announcement.number.into());
                    return names.map(|_| Intro::exact(start));
                }
                _ => return None,
            }
            at += 1;
        }
        None
    }

    /// What `n` words at `at` introduce, such as `gồm`, `là`; nothing where they are others' words, and
    /// `Some(None)` where no list can follow them.
    fn intro(
        self,
        announcement: &Announcement,
        at: usize,
        n: usize,
        crossed: bool,
    ) -> Option<Option<Intro>> {
        let from = announcement.tokens.end;
        let strong = announcement.strong;
        let behind = self.tokens.get(at + n);
        let first = self.tokens.get(at);
        let [is, such] = [self.words.is, self.words.such].map(|word| n == 1 && first.id == word);
        let lists = self.words.lists.longest(self.tokens.ids(at)).is_some();
        if behind.is_mark(':') {
            // `hai tội tham ô và lừa đảo … các tình tiết như: …`
            return (!(such && crossed && !strong)).then_some(Some(Intro::new(at + n + 1, true)));
        }
        // `là các ông: …`
        if is
            && (strong || at == from)
            && let Some(colon) = (at + n..at + n + 4).find(|at| !self.tokens.get(*at).is_word())
            && self.tokens.get(colon).is_mark(':')
        {
            return Some(Some(Intro::new(colon + 1, true)));
        }
        let apposed = at == from + 1 && self.tokens.get(from).is_mark(',');
        // `sau đó là …`, `hai khẩu súng đó là thật`
        if first.id == self.words.that && !apposed {
            return None;
        }
        if !strong && at > from {
            // `4 bị cáo hầu tòa gồm …`, `ba tàu, bao gồm …`
            let fits = lists && (apposed || !crossed);
            return fits.then_some(Some(Intro::exact(at + n)));
        }
        // `hầu như` is no beginning of anything.
        if such && at > from {
            return None;
        }
        if such && announcement.number < 3 || is && crossed {
            return Some(None);
        }
        // `2 xã là nơi …`: only what announces may be told with `là` for certain.
        if is && (!strong || at > from) {
            return Some(Some(Intro::exact(at + n)));
        }
        Some(Some(Intro::new(at + n, at == from)))
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
    fn by_semicolons(self, start: usize, cuts: &Cuts, wanted: usize) -> Vec<Range<usize>> {
        let mut pieces = self.pieces(start, &cuts.semicolons, cuts.end);
        let Some(last) = pieces.last().cloned().filter(|_| pieces.len() > 1) else { return pieces };
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
            && self.alike(start, last.start)
            && self.alike(last.start, and + 1)
        {
            pieces.pop();
            pieces.extend([last.start..and, and + 1..last.end]);
        }
        pieces
    }

    /// Whether what begins at two tokens is a name both times, or a number, or neither.
    fn alike(self, a: usize, b: usize) -> bool {
        let [a, b] = [a, b].map(|at| self.tokens.get(at));
        a.is_capitalised() == b.is_capitalised() && a.is_number() == b.is_number()
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
        let named = |at: usize| self.tokens.get(at).is_capitalised();
        // `Vi Văn Bằng, Tạ Minh và ca sĩ Vàng Mai, chia làm hai nhóm`
        let lower = |comma: &usize| {
            let token = self.tokens.get(comma + 1);
            token.is_word() && !token.is_capitalised()
        };
        if named(start)
            && cuts.commas.last().is_some_and(lower)
            && let Some(pieces) = self.with_more_behind(start, cuts, wanted)
        {
            return Some(pieces);
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
        fits(&cuts.commas)
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

    /// The last item ends where the sentence goes on: `… và kiểm tra năng lực để nhập học`. Words
    /// that stand inside the other items say nothing.
    fn closed(self, mut pieces: Vec<Range<usize>>) -> Vec<Range<usize>> {
        let closes = |piece: &Range<usize>| {
            let mut brackets = 0usize;
            (piece.start + 1..piece.end).find(|at| {
                match self.tokens.get(*at).kind {
                    TokenKind::Mark('(') => brackets += 1,
                    TokenKind::Mark(')') => brackets = brackets.saturating_sub(1),
                    _ => {}
                }
                if brackets > 0 {
                    return false;
                }
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
