//! The gazetteers of directives: types, bodies and their codes, titles of laws, function words.

use std::sync::Arc;

use corpus_model::RelationKind;
use corpus_text::key;
use rustc_hash::FxHashMap;

use crate::gazetteer::{insert, longest, parts};
use crate::pack::Pack;
use crate::table::rows;
use crate::token::Tokens;
use crate::vocabulary::{Id, Phrases, Starts, Vocabulary, Words as WordSet};

/// What a directive's type allows behind it; see `data/directive-kind.tsv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Strength {
    /// A bare number may follow in any spelling.
    Strong,
    /// The word has other uses: a bare number needs more.
    Weak,
    /// The word has other uses with a bare number: it needs `số`.
    Numbered,
    /// Named by title and year as well.
    Law,
    /// Any numbered paper: needs a symbol.
    Paper,
    /// The type is read off the symbol.
    Generic,
}

/// A type of document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Kind {
    /// The type as reported; empty for a generic word.
    pub(super) name: Arc<str>,
    pub(super) strength: Strength,
    /// The body, where only one issues documents of the type.
    pub(super) issuer: Option<Arc<str>>,
    /// The body that the symbol `TW` stands for in documents of the type.
    central: Option<Arc<str>>,
}

impl Kind {
    /// The body that the symbol `TW` stands for, where the type says it.
    pub(super) fn central(&self) -> Option<&str> {
        self.central.as_deref()
    }

    /// Whether several bodies issue a document of the type together.
    pub(super) fn is_joint(&self) -> bool {
        self.name.ends_with("liên tịch")
    }
}

/// A body that issues directives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Body {
    /// The one spelling that is reported.
    pub(super) name: Arc<str>,
    /// Whether there is one in each province, district or commune, so that a place may follow.
    pub(super) local: bool,
    /// The bodies that use its code as well.
    also: Arc<[Box<str>]>,
}

impl Body {
    /// Whether a directive with its code may come from the body that is named so.
    pub(super) fn goes_with(&self, named: &str) -> bool {
        std::iter::once(&*self.name).chain(self.also.iter().map(|name| &**name)).any(|name| {
            named == name || named.strip_prefix(name).is_some_and(|it| it.starts_with(' '))
        })
    }
}

/// What a word does to a title in running text; see `data/directive-title.tsv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TitleWord {
    /// A title begins with it behind a full number.
    Start,
    /// No title goes beyond it.
    Stop,
    /// The same behind a comma.
    Comma,
    /// As a stop, and it shows that a sentence was read and no title.
    Verb,
    /// The title goes on.
    Go,
}

/// A word around a relation; see `data/directive-relation.tsv`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RelationWord {
    /// What is done.
    Does(RelationKind),
    /// It may stand between that and the directive.
    Between,
    /// `được`, `bị`.
    Passive,
    /// `bởi`, `bằng`.
    By,
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
    pub(super) law_codes: Phrases<(Box<str>, Box<str>)>,
    /// What begins and ends a title in running text.
    pub(super) title_words: Phrases<TitleWord>,
    /// What one directive does to another.
    pub(super) relations: Phrases<RelationWord>,
    /// Words that make a law's title the name of something else: `ngành Luật Thương mại`.
    not_law: WordSet,
    /// Words that a law is named behind, so that a title of no list is one: `theo Luật Khuyết tật`.
    law_after: WordSet,
    /// Ordinals in words: `bảy`, `mười một`.
    pub(super) ordinals: Phrases<u32>,
    /// Words that may follow a bare number.
    follow: WordSet,
    /// Words at the head of an organisation's name: `bộ`, `sở`, `công ty`.
    pub(super) organisations: Phrases<()>,
    /// Words in front of a place's name: `tỉnh`, `quận`.
    pub(super) places: Phrases<()>,
    /// Heads of bodies, in front of the body: `bộ trưởng`.
    pub(super) chiefs: Phrases<()>,
    /// Verbs between a body and what it issues.
    pub(super) issuing: Phrases<()>,
    /// Countries and cities abroad: their laws are not those of the list.
    pub(super) abroad: Phrases<()>,
    /// Words of two syllables in names of organisations: `Du lịch`.
    pub(super) compounds: Phrases<()>,
    /// The words of `places` as text.
    pub(super) place_words: Vec<Box<str>>,
    /// The names of local bodies, without a place.
    pub(super) local: Vec<Arc<str>>,
    /// Types by abbreviation.
    kind_codes: FxHashMap<Box<str>, Kind>,
    /// Bodies by code; the first is meant where nothing speaks for another.
    body_codes: FxHashMap<Box<str>, Vec<Body>>,
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
    sua = "sửa", doi = "đổi", bo_ = "bổ", sung = "sung",
    da = "đã", vua = "vừa", moi = "mới", se = "sẽ", cung = "cũng", vao = "vào", van = "văn", viet = "việt",
    nam_ = "nam", duoc = "được", sdbs = "SĐBS", tu = "từ", theo = "theo", trong = "trong",
    du = "dự", thao = "thảo", chu = "chủ", an = "án", su = "sư", quy = "quy", dinh = "định", dong = "đồng", toa = "tòa",
}

impl Lexicon {
    pub(super) fn new(vocabulary: &mut Vocabulary, pack: &Pack) -> Lexicon {
        let mut lexicon = Lexicon {
            heads: Phrases::default(),
            bodies: Phrases::default(),
            laws: Phrases::default(),
            law_codes: Phrases::default(),
            title_words: Phrases::default(),
            relations: Phrases::default(),
            not_law: WordSet::default(),
            law_after: WordSet::default(),
            ordinals: Phrases::default(),
            follow: WordSet::default(),
            organisations: Phrases::default(),
            places: Phrases::default(),
            chiefs: Phrases::default(),
            issuing: Phrases::default(),
            abroad: Phrases::default(),
            compounds: Phrases::default(),
            place_words: Vec::new(),
            local: Vec::new(),
            kind_codes: FxHashMap::default(),
            body_codes: FxHashMap::default(),
            words: Words::new(vocabulary),
        };
        lexicon.read_kinds(vocabulary, pack.text("directive-kind.tsv"));
        lexicon.read_bodies(vocabulary, pack.text("issuer.tsv"));
        for [code, kind, title] in rows(pack.text("directive-law-code.tsv")) {
            insert(&mut lexicon.law_codes, vocabulary, code, (kind.into(), title.into()));
        }
        for [words, what] in rows(pack.text("directive-title.tsv")) {
            let what = match what {
                "start" => TitleWord::Start,
                "comma" => TitleWord::Comma,
                "verb" => TitleWord::Verb,
                "go" => TitleWord::Go,
                _ => TitleWord::Stop,
            };
            insert(&mut lexicon.title_words, vocabulary, words, what);
        }
        for [words, what] in rows(pack.text("directive-relation.tsv")) {
            let what = match (what, RelationKind::from_name(what)) {
                (_, Some(kind)) => RelationWord::Does(kind),
                ("passive", _) => RelationWord::Passive,
                ("by", _) => RelationWord::By,
                _ => RelationWord::Between,
            };
            insert(&mut lexicon.relations, vocabulary, words, what);
        }
        for [words, number] in rows(pack.text("directive-ordinal.tsv")) {
            if let Ok(number) = number.parse() {
                insert(&mut lexicon.ordinals, vocabulary, words, number);
            }
        }
        let not_law = ["ngành", "khoa", "trường", "học", "môn", "lớp", "pháp", "kỷ", "kỉ"];
        lexicon.not_law.extend(not_law.map(|word| vocabulary.intern(word)));
        let law_after = [
            "theo", "của", "án", "thảo", "đổi", "phạm", "qua", "hành", "sung", "tại", "thủ",
            "dựng", "cứ",
        ];
        lexicon.law_after.extend(law_after.map(|word| vocabulary.intern(word)));
        let follow = rows(pack.text("directive-follow.txt"));
        lexicon.follow.extend(follow.map(|[word]| vocabulary.intern(word)));
        for (phrases, table) in [
            (&mut lexicon.laws, pack.text("directive-law.txt")),
            (&mut lexicon.organisations, pack.text("issuer-head.txt")),
            (&mut lexicon.places, pack.text("issuer-place.txt")),
            (&mut lexicon.chiefs, pack.text("issuer-chief.txt")),
            (&mut lexicon.issuing, pack.text("issuer-verb.txt")),
            (&mut lexicon.compounds, pack.text("office-compound.txt")),
            (&mut lexicon.abroad, pack.text("name-foreign-place.txt")),
        ] {
            for [words] in rows(table) {
                insert(phrases, vocabulary, words, ());
            }
        }
        let places = rows(pack.text("issuer-place.txt"));
        lexicon.place_words = places.map(|[word]| key(word).into()).collect();
        let words = &lexicon.words;
        vocabulary.begin(Starts::DIRECTIVE, [words.cac, words.diem, words.khoan, words.dieu]);
        vocabulary.begin_phrases(Starts::DIRECTIVE, &lexicon.heads);
        vocabulary.begin_phrases(Starts::DIRECTIVE, &lexicon.law_codes);
        lexicon
    }

    fn read_kinds(&mut self, vocabulary: &mut Vocabulary, table: &str) {
        let body = |name: &str| Some(name).filter(|name| !name.is_empty()).map(Arc::from);
        for [name, heads, codes, word, issuer, central] in rows(table) {
            let strength = match word {
                "strong" => Strength::Strong,
                "numbered" => Strength::Numbered,
                "law" => Strength::Law,
                "paper" => Strength::Paper,
                "generic" => Strength::Generic,
                _ => Strength::Weak,
            };
            let name: Arc<str> = if strength == Strength::Generic { "" } else { name }.into();
            let kind = Kind { name, strength, issuer: body(issuer), central: body(central) };
            for head in parts(heads) {
                insert(&mut self.heads, vocabulary, head, kind.clone());
            }
            for code in parts(codes) {
                // Abbreviations of one letter (L) say too little to stand for the word.
                if code.chars().count() > 1 {
                    let kind = Kind { strength: Strength::Paper, ..kind.clone() };
                    insert(&mut self.heads, vocabulary, code, kind);
                }
                self.kind_codes.insert(code.into(), kind.clone());
            }
        }
    }

    fn read_bodies(&mut self, vocabulary: &mut Vocabulary, table: &str) {
        for [name, spellings, codes, local, also] in rows(table) {
            let also = parts(also).map(Box::from).collect();
            let body = Body { name: name.into(), local: local == "local", also };
            if body.local {
                self.local.push(body.name.clone());
            }
            for spelling in std::iter::once(name).chain(parts(spellings)) {
                insert(&mut self.bodies, vocabulary, spelling, body.clone());
            }
            for code in parts(codes) {
                self.body_codes.entry(code.into()).or_default().push(body.clone());
            }
        }
    }

    /// The type that an abbreviation stands for.
    pub(super) fn kind_of_code(&self, code: &str) -> Option<&Kind> {
        self.kind_codes.get(code)
    }

    /// The bodies that a code stands for, the likeliest first.
    pub(super) fn bodies_of_code(&self, code: &str) -> &[Body] {
        self.body_codes.get(code).map_or(&[], Vec::as_slice)
    }

    /// What the words at a token do to a title, and the token behind them.
    pub(super) fn title_word(&self, tokens: &Tokens<'_>, at: usize) -> Option<(usize, TitleWord)> {
        longest(&self.title_words, tokens, at).map(|(end, &word)| (end, word))
    }

    /// Whether a law's title behind this word is something else's name.
    pub(super) fn is_no_law_after(&self, id: Id) -> bool {
        self.not_law.contains(id)
    }

    /// Whether a law is named behind this word.
    pub(super) fn is_law_after(&self, id: Id) -> bool {
        self.law_after.contains(id)
    }

    /// Whether a word may follow the bare number of a directive.
    pub(super) fn may_follow(&self, id: Id) -> bool {
        self.follow.contains(id)
    }
}
