//! What stands between an announcement and its items: `gồm`, `là`, a colon, words of the noun.

use corpus_model::Span;

use super::{Announcement, Reader};
use crate::token::{Case, TokenKind};

/// Where the items of an announcement begin, and how far that is to be trusted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Intro {
    pub(super) start: usize,
    /// Whether a colon or its like says so for certain.
    pub(super) certain: bool,
    /// Whether only as many items as announced, and short ones, make a list of it: `ba bên là …`.
    pub(super) exact: bool,
}

impl Intro {
    fn new(start: usize, certain: bool) -> Intro {
        Intro { start, certain, exact: false }
    }

    pub(super) fn exact(start: usize) -> Intro {
        Intro { start, certain: false, exact: true }
    }
}

/// How far behind its noun a list may begin, in tokens.
const NOUN_TO_LIST: usize = 30;

/// How far behind a noun that need not announce the colon may stand, in tokens.
const WEAK_TO_COLON: usize = 16;

impl Reader<'_, '_> {
    /// Where the items begin; words in front of `passed` have been found not to introduce them.
    pub(super) fn introduced(self, announcement: &Announcement, passed: usize) -> Option<Intro> {
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
                // `19 nước có dịch tả lợn (ASF), gồm: …`
                TokenKind::Mark('(') if let Some(close) = self.abbreviation(at) => at = close,
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
                // `6,6 tỷ`
                TokenKind::Mark(',') if token.glued && self.tokens.get(at + 1).digits() > 0 => {}
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
                    let names = || self.names(start, announcement.number.into()).is_some();
                    return (announcement.number > 2 || names()).then_some(Intro::exact(start));
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
        if self.tokens.id(at + n) == self.words.even {
            return Some(None);
        }
        let [is, such] = [self.words.is, self.words.such].map(|word| n == 1 && first.id == word);
        let lists = self.words.lists.longest(self.tokens.ids(at)).is_some();
        if behind.is_mark(':') {
            // `hai tội tham ô và lừa đảo … các tình tiết như: …`
            return (!(such && crossed && !strong)).then_some(Some(Intro::new(at + n + 1, true)));
        }
        if self.is_told_of_one(announcement, at + n) {
            return None;
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

    /// Whether `là` in front of `behind` tells of one of those counted: `một trong ba người, được xác định là …`.
    pub(super) fn is_told_of_one(self, announcement: &Announcement, behind: usize) -> bool {
        let start = announcement.tokens.start;
        self.tokens.before(start, 1).id == self.words.within
            && self.tokens.before(start, 2).id == self.words.one
            && self.tokens.before(behind, 1).id == self.words.is
    }

    /// The mark that closes the brackets around an abbreviation or number in capitals: `(ASF)`, `(G7)`.
    fn abbreviation(self, open: usize) -> Option<usize> {
        let short = self.tokens.get(open + 1);
        let figure = self.tokens.get(open + 2);
        let close = open + 2 + usize::from(figure.is_number());
        let fits = short.is_word() && short.case == Case::Upper && short.span.len() > 1
            || short.has_capital() && figure.is_number() && figure.glued;
        (fits && self.tokens.get(close).is_mark(')')).then_some(close)
    }

    /// Whether the number at `at` announces, too, and by a noun.
    pub(super) fn is_nearer(self, at: usize) -> bool {
        self.announcement(at)
            .is_some_and(|it| !it.doubtful && !self.tokens.get(it.noun.start).has_capital())
    }
}
