//! The gazetteers of directives: types, bodies and their codes, titles of laws, function words.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::gazetteer::{insert, parts};
use crate::table::rows;
use crate::vocabulary::{Id, Phrases, Vocabulary, Words as WordSet};

/// What a directive's type allows behind it; see `data/directive-kind.tsv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Strength {
    /// A bare number may follow in any spelling.
    Strong,
    /// The word has other uses: a bare number needs more.
    Weak,
    /// Named by title and year as well.
    Law,
    /// Any numbered paper: needs a symbol.
    Paper,
    /// The type is read off the symbol.
    Generic,
}

/// A type of document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Kind {
    /// The type as reported; empty for a generic word.
    pub(super) name: &'static str,
    pub(super) strength: Strength,
    /// The body, where only one issues documents of the type.
    pub(super) issuer: Option<&'static str>,
}

/// A body that issues directives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Body {
    /// The one spelling that is reported.
    pub(super) name: &'static str,
    /// Whether there is one in each province, district or commune, so that a place may follow.
    pub(super) local: bool,
}

/// All gazetteers of directives.
#[derive(Clone, Debug)]
pub(super) struct Lexicon {
    /// Words that name a type.
    pub(super) heads: Phrases<Kind>,
    /// Bodies by name.
    pub(super) bodies: Phrases<Body>,
    /// Titles of laws.
    pub(super) laws: Phrases<()>,
    /// Codes by abbreviation: type and title of `BLHS`.
    pub(super) law_codes: Phrases<(&'static str, &'static str)>,
    /// Words that a title in running text does not go beyond.
    title_stops: FxHashSet<Id>,
    /// Words that make a law's title the name of something else: `ngành Luật Thương mại`.
    not_law: FxHashSet<Id>,
    /// Ordinals in words: `bảy`, `mười một`.
    pub(super) ordinals: Phrases<u32>,
    /// Words that may begin a reference: where no such word stands nothing need be tried.
    pub(super) starts: WordSet,
    /// Words that may follow a bare number.
    follow: FxHashSet<Id>,
    /// Words at the head of an organisation's name: `bộ`, `sở`, `công ty`.
    pub(super) organisations: Phrases<()>,
    /// Words in front of a place's name: `tỉnh`, `quận`.
    pub(super) places: Phrases<()>,
    /// Types by abbreviation.
    kind_codes: FxHashMap<&'static str, Kind>,
    /// Bodies by code.
    body_codes: FxHashMap<&'static str, Body>,
    pub(super) words: Words,
}

macro_rules! words {
    ($($name:ident = $word:literal),* $(,)?) => {
        /// Function words that the rules name.
        #[derive(Clone, Copy, Debug)]
        pub(super) struct Words { $(pub(super) $name: Id),* }

        impl Words {
            fn new(vocabulary: &mut Vocabulary) -> Words {
                Words { $($name: vocabulary.intern($word)),* }
            }
        }
    };
}

words! {
    so = "số", so_typo = "só", va = "và", den = "đến", cua = "của", ngay = "ngày", thang = "tháng",
    nam = "năm", ve = "về", viec = "việc", nay = "này", do_ = "đó", tren = "trên", neu = "nêu",
    noi = "nói", ke = "kể", diem = "điểm", khoan = "khoản", dieu = "điều", cac = "các", tai = "tại",
    hoi = "hội", nghi = "nghị", dai = "đại", bieu = "biểu", toan = "toàn", quoc = "quốc",
    dang = "đảng", bo = "bộ", lan = "lần", thu = "thứ", khoa = "khóa",
    sua = "sửa", doi = "đổi", bo_ = "bổ", sung = "sung", quy = "quy", dinh = "định", huong = "hướng",
    dan = "dẫn", ban = "ban", hanh = "hành", ra = "ra", ky_ = "ký", thong = "thông", qua = "qua",
    cong = "công", co = "có", da = "đã", vua = "vừa", moi = "mới", se = "sẽ", cung = "cũng",
}

impl Lexicon {
    pub(super) fn new(vocabulary: &mut Vocabulary) -> Lexicon {
        let mut lexicon = Lexicon {
            heads: Phrases::default(),
            bodies: Phrases::default(),
            laws: Phrases::default(),
            law_codes: Phrases::default(),
            title_stops: FxHashSet::default(),
            not_law: FxHashSet::default(),
            ordinals: Phrases::default(),
            starts: WordSet::default(),
            follow: FxHashSet::default(),
            organisations: Phrases::default(),
            places: Phrases::default(),
            kind_codes: FxHashMap::default(),
            body_codes: FxHashMap::default(),
            words: Words::new(vocabulary),
        };
        lexicon.read_kinds(vocabulary, include_str!("../../data/directive-kind.tsv"));
        lexicon.read_bodies(vocabulary, include_str!("../../data/issuer.tsv"));
        for [title] in rows(include_str!("../../data/directive-law.txt")) {
            insert(&mut lexicon.laws, vocabulary, title, ());
        }
        for [code, kind, title] in rows(include_str!("../../data/directive-law-code.tsv")) {
            insert(&mut lexicon.law_codes, vocabulary, code, (kind, title));
        }
        for [word] in rows(include_str!("../../data/directive-title-stop.txt")) {
            lexicon.title_stops.insert(vocabulary.intern(word));
        }
        for word in ["ngành", "khoa", "trường", "học", "môn", "lớp", "pháp"] {
            lexicon.not_law.insert(vocabulary.intern(word));
        }
        for [word] in rows(include_str!("../../data/directive-follow.txt")) {
            lexicon.follow.insert(vocabulary.intern(word));
        }
        for [word] in rows(include_str!("../../data/issuer-head.txt")) {
            insert(&mut lexicon.organisations, vocabulary, word, ());
        }
        for [word] in rows(include_str!("../../data/issuer-place.txt")) {
            insert(&mut lexicon.places, vocabulary, word, ());
        }
        for [word, number] in rows(include_str!("../../data/directive-ordinal.tsv")) {
            if let Ok(number) = number.parse() {
                insert(&mut lexicon.ordinals, vocabulary, word, number);
            }
        }
        let words = &lexicon.words;
        lexicon.starts.extend([words.cac, words.diem, words.khoan, words.dieu]);
        lexicon.starts.extend(lexicon.heads.first_words());
        lexicon.starts.extend(lexicon.law_codes.first_words());
        lexicon
    }

    fn read_kinds(&mut self, vocabulary: &mut Vocabulary, table: &'static str) {
        for [name, heads, codes, word, issuer] in rows(table) {
            let issuer = Some(issuer).filter(|issuer| !issuer.is_empty());
            let strength = match word {
                "strong" => Strength::Strong,
                "law" => Strength::Law,
                "paper" => Strength::Paper,
                "generic" => Strength::Generic,
                _ => Strength::Weak,
            };
            let name = if strength == Strength::Generic { "" } else { name };
            for head in parts(heads) {
                insert(&mut self.heads, vocabulary, head, Kind { name, strength, issuer });
            }
            for code in parts(codes) {
                // Abbreviations of one letter (L) say too little to stand for the word.
                if code.chars().count() > 1 {
                    let strength = Strength::Paper;
                    insert(&mut self.heads, vocabulary, code, Kind { name, strength, issuer });
                }
                self.kind_codes.insert(code, Kind { name, strength, issuer });
            }
        }
    }

    fn read_bodies(&mut self, vocabulary: &mut Vocabulary, table: &'static str) {
        for [name, spellings, codes, local] in rows(table) {
            let body = Body { name, local: local == "local" };
            for spelling in std::iter::once(name).chain(parts(spellings)) {
                insert(&mut self.bodies, vocabulary, spelling, body);
            }
            for code in parts(codes) {
                self.body_codes.insert(code, body);
            }
        }
    }

    /// The type that an abbreviation stands for.
    pub(super) fn kind_of_code(&self, code: &str) -> Option<Kind> {
        self.kind_codes.get(code).copied()
    }

    /// The body that a code stands for.
    pub(super) fn body_of_code(&self, code: &str) -> Option<Body> {
        self.body_codes.get(code).copied()
    }

    /// Whether a word behind it is no part of a title any more.
    pub(super) fn ends_title(&self, id: Id) -> bool {
        self.title_stops.contains(&id)
    }

    /// Whether a law's title behind this word is something else's name.
    pub(super) fn is_no_law_after(&self, id: Id) -> bool {
        self.not_law.contains(&id)
    }

    /// Whether a word may follow the bare number of a directive.
    pub(super) fn may_follow(&self, id: Id) -> bool {
        self.follow.contains(&id)
    }
}
