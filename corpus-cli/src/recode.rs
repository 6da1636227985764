//! [`Recoder`]: bytes of legacy encodings become UTF-8 before anything parses them.

use std::io::{self, Read};
use std::sync::{Arc, Mutex, PoisonError};

use corpus_parse::{Format as _, Html, page_encoding};
use corpus_text::legacy::{Detection, Encoding, decode, detect, redecode};

/// So many bytes are read before the encoding is decided, and decoded at once.
const CHUNK: usize = 1 << 20;

/// Makes UTF-8 of what is read; the default finds out for each input what it is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Recoder {
    /// The encoding; none to find out.
    from: Option<Encoding>,
    /// Text that is sound UTF-8 stays as it is, even if it looks like text taken for something else.
    sound_stays: bool,
    verdicts: Arc<Mutex<Vec<Verdict>>>,
}

/// What an input was found to be in, that is not the UTF-8 it should be in.
#[derive(Clone, Debug)]
pub(crate) struct Verdict {
    pub(crate) name: String,
    pub(crate) encoding: &'static str,
    /// Whether it is UTF-8 made of bytes in this encoding that were taken for Windows-1252.
    pub(crate) garbled: bool,
    /// How many of the words that were looked at are words in this encoding.
    pub(crate) explained: usize,
    pub(crate) words: usize,
    /// Whether `--from` may overrule it.
    to_overrule: bool,
}

impl Verdict {
    /// An input whose first bytes say that it is UTF-16.
    fn by_mark(name: &str) -> Verdict {
        Verdict {
            name: name.to_owned(),
            encoding: "utf-16",
            garbled: false,
            explained: 0,
            words: 0,
            to_overrule: false,
        }
    }

    /// The verdict for people; none where the input itself leaves no doubt.
    pub(crate) fn note(&self) -> Option<String> {
        (self.encoding != "utf-16").then(|| self.sentence())
    }

    fn sentence(&self) -> String {
        let Verdict { name, encoding, explained, words, .. } = self;
        let what = match self.garbled {
            true => "text in UTF-8 that was taken for Windows-1252; it was",
            false => "decoded from",
        };
        let overrule = if self.to_overrule { "; use --from to overrule" } else { "" };
        format!("{name}: {what} {encoding} ({explained} of {words} words speak for it){overrule}")
    }
}

impl Recoder {
    /// A recoder from this encoding, or from whatever the text turns out to be in.
    pub(crate) fn new(from: Option<Encoding>) -> Recoder {
        Recoder { from, ..Recoder::default() }
    }

    /// A recoder for what is not UTF-8, and only for that.
    pub(crate) fn of_damaged() -> Recoder {
        Recoder { sound_stays: true, ..Recoder::default() }
    }

    /// The data of one input as UTF-8.
    pub(crate) fn open(&self, name: &str, data: Box<dyn Read + Send>) -> Box<dyn Read + Send> {
        Box::new(Recoded {
            recoder: self.clone(),
            name: name.to_owned(),
            data,
            how: self.from.map(How::Decode),
            pending: Vec::new(),
            ready: Vec::new(),
            given: 0,
        })
    }

    /// What was found out since the last call.
    pub(crate) fn take_verdicts(&self) -> Vec<Verdict> {
        std::mem::take(&mut self.verdicts.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Finds out what the bytes are, and tells if they are not what they should be.
    fn decide(&self, name: &str, bytes: &[u8]) -> How {
        // Other encodings of Unicode say what they are.
        let marked = bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
        if marked || bytes.contains(&0) {
            if marked {
                self.enter(Verdict::by_mark(name));
            }
            return How::Pass;
        }
        // What is cut off at the end of the piece is no damage.
        let whole = |error: std::str::Utf8Error| error.error_len().is_none();
        if self.sound_stays && std::str::from_utf8(bytes).map_or_else(whole, |_| true) {
            return How::Pass;
        }
        let found = detect(bytes);
        let label = page_encoding(bytes).filter(|_| Html.sniff(bytes));
        let encoding =
            if found.garbled { found.encoding } else { chosen(&found, label.as_deref()) };
        let how = match (found.garbled, encoding) {
            (true, _) if self.sound_stays => return How::Pass,
            (true, encoding) => How::Redecode(encoding),
            (false, Encoding::Utf8) => return How::Pass,
            (false, encoding) => How::Decode(encoding),
        };
        let verdict = Verdict {
            name: name.to_owned(),
            encoding: encoding.name(),
            garbled: matches!(how, How::Redecode(_)),
            explained: found.evidence.explained,
            words: found.evidence.words,
            to_overrule: !self.sound_stays,
        };
        self.enter(verdict);
        how
    }

    fn enter(&self, verdict: Verdict) {
        self.verdicts.lock().unwrap_or_else(PoisonError::into_inner).push(verdict);
    }
}

/// Decodes pages inside of archives, each for itself.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PageDecoder;

impl corpus_parse::Decoder for PageDecoder {
    fn decode(&self, bytes: &[u8], label: Option<&str>) -> Option<(String, &'static str)> {
        let encoding = chosen(&detect(bytes), label);
        if encoding == Encoding::Utf8 {
            return None;
        }
        Some((decode(bytes, encoding).into_owned(), encoding.name()))
    }
}

/// So many words that speak for an encoding are worth more than what a page states.
const WORDS: usize = 5;

/// The encoding of a page, by what was found in it and what it states.
fn chosen(found: &Detection, label: Option<&str>) -> Encoding {
    match label.and_then(stated) {
        // Pages are copied into others with what they stated before.
        Some(stated) if found.evidence.explained < WORDS => stated,
        // Pages in old fonts state the encoding of what their letters look like without them.
        _ => found.encoding,
    }
}

/// The encoding that goes by this name on pages.
fn stated(label: &str) -> Option<Encoding> {
    match label {
        "windows-1258" | "cp1258" | "x-cp1258" => Some(Encoding::Cp1258),
        "tcvn" | "tcvn3" | "tcvn-5712" | "x-viet-tcvn" | "x-viet-tcvn5712" => Some(Encoding::Tcvn3),
        "viscii" | "csviscii" => Some(Encoding::Viscii),
        "vps" | "x-viet-vps" => Some(Encoding::Vps),
        "vni" | "x-viet-vni" => Some(Encoding::Vni),
        _ => None,
    }
}

/// What is done with the bytes.
#[derive(Clone, Copy, Debug)]
enum How {
    /// Nothing.
    Pass,
    /// They are in this encoding.
    Decode(Encoding),
    /// They are UTF-8 made of bytes in this encoding that were taken for Windows-1252.
    Redecode(Encoding),
}

/// Data that is decoded while it is read, in pieces that end with a line.
struct Recoded {
    recoder: Recoder,
    name: String,
    data: Box<dyn Read + Send>,
    /// None until a byte that is not ASCII was seen.
    how: Option<How>,
    /// The beginning of a line whose end was not read yet.
    pending: Vec<u8>,
    ready: Vec<u8>,
    given: usize,
}

impl Recoded {
    /// Reads and decodes the next piece; false at the end of the data.
    fn advance(&mut self) -> io::Result<bool> {
        let mut bytes = std::mem::take(&mut self.pending);
        let wanted = CHUNK as u64;
        let read = self.data.by_ref().take(wanted).read_to_end(&mut bytes)?;
        if bytes.is_empty() {
            return Ok(false);
        }
        if read == CHUNK {
            // A line longer than a piece is cut at a blank, or else anywhere.
            let end = memchr_last(&bytes, b'\n').or_else(|| memchr_last(&bytes, b' '));
            if let Some(end) = end {
                self.pending = bytes.split_off(end + 1);
            }
        }
        let how = match self.how {
            Some(how) => how,
            None if bytes.is_ascii() && !bytes.contains(&0) => How::Pass,
            None => {
                let how = self.recoder.decide(&self.name, &bytes);
                self.how = Some(how);
                how
            }
        };
        self.given = 0;
        self.ready = match how {
            How::Pass => bytes,
            How::Decode(encoding) => decode(&bytes, encoding).into_owned().into_bytes(),
            How::Redecode(encoding) => match std::str::from_utf8(&bytes) {
                Ok(text) => redecode(text, encoding).into_owned().into_bytes(),
                Err(_) => bytes,
            },
        };
        Ok(true)
    }
}

impl Read for Recoded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let rest = self.ready.get(self.given..).unwrap_or_default();
            if !rest.is_empty() {
                let len = rest.len().min(buffer.len());
                let (Some(from), Some(to)) = (rest.get(..len), buffer.get_mut(..len)) else {
                    return Ok(0);
                };
                to.copy_from_slice(from);
                self.given += len;
                return Ok(len);
            }
            if matches!(self.how, Some(How::Pass)) && self.pending.is_empty() {
                return self.data.read(buffer);
            }
            if matches!(self.how, Some(How::Pass)) {
                self.ready = std::mem::take(&mut self.pending);
                self.given = 0;
                continue;
            }
            if !self.advance()? {
                return Ok(0);
            }
        }
    }
}

/// Where a byte stands last.
fn memchr_last(bytes: &[u8], byte: u8) -> Option<usize> {
    bytes.iter().rposition(|&it| it == byte)
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Read as _};

    use corpus_text::legacy::Encoding;

    use super::{CHUNK, Recoder};

    fn recoded(recoder: &Recoder, bytes: Vec<u8>) -> Vec<u8> {
        let mut out = Vec::new();
        recoder.open("a.txt", Box::new(Cursor::new(bytes))).read_to_end(&mut out).unwrap();
        out
    }

    #[test]
    fn pieces_change_nothing() {
        let line = b"Ho\xEFc sinh \xF1i ho\xEFc\n";
        let text = "Học sinh đi học\n";
        let lines = 2 * CHUNK / line.len();
        let found = recoded(&Recoder::new(Some(Encoding::Vni)), line.repeat(lines));
        assert!(found == text.repeat(lines).as_bytes());
    }

    #[test]
    fn ascii_in_front_decides_nothing() {
        let recoder = Recoder::default();
        let mut bytes = b"plain text\n".repeat(CHUNK / 8);
        let len = bytes.len();
        bytes.extend(b"C\xB8c b\xB9n nh\xE1 \xAE\xD5n tr\xAD\xEAng s\xEDm\n");
        let found = recoded(&recoder, bytes);
        assert_eq!(&found[len..], "Các bạn nhỏ đến trường sớm\n".as_bytes());
        assert_eq!(recoder.take_verdicts().len(), 1);
    }

    #[test]
    fn pages_are_in_what_they_say_or_look_like() {
        use corpus_parse::Decoder as _;
        let decode = |bytes: &[u8], label| super::PageDecoder.decode(bytes, label);
        let vni = b"Quye\xE1t \xF1\xF2nh na\xF8y co\xF9 hie\xE4u l\xF6\xEFc";
        assert_eq!(decode(vni, Some("iso-8859-1")).map(|it| it.1), Some("vni"));
        let short = decode(b"\xA2\xA3", Some("windows-1258"));
        assert_eq!(short.map(|it| it.1), Some("cp1258"));
        assert_eq!(decode(b"\xff\xfd", Some("utf-8")), None);
    }

    #[test]
    fn a_page_of_a_few_words_is_in_what_it_says() {
        let recoder = Recoder::of_damaged();
        let page = b"<html><head><meta charset=windows-1258></head><body>M\xF5 1</body></html>";
        let text = String::from_utf8(recoded(&recoder, page.to_vec())).unwrap();
        let verdicts = recoder.take_verdicts();
        assert_eq!(verdicts.iter().map(|it| it.encoding).collect::<Vec<_>>(), ["cp1258"]);
        assert!(text.contains("Mơ 1"), "{text}");
        // Text in no page may say what it likes.
        recoded(&recoder, b"charset=windows-1258 M\xF5 1".to_vec());
        assert!(recoder.take_verdicts().iter().all(|it| it.encoding != "cp1258"));
    }

    #[test]
    fn a_mark_of_utf16_is_a_verdict_without_a_note() {
        let recoder = Recoder::of_damaged();
        let bytes = b"\xFF\xFEH\0\xE0\0";
        assert_eq!(recoded(&recoder, bytes.to_vec()), bytes);
        let verdicts = recoder.take_verdicts();
        assert_eq!((verdicts[0].encoding, verdicts[0].note()), ("utf-16", None));
    }

    #[test]
    fn unicode_passes() {
        let recoder = Recoder::default();
        for bytes in ["Hà Nội mùa thu".as_bytes(), b"\xFF\xFEH\0\xE0\0", b"\x1f\x8b\0\xF1\xF2", b""]
        {
            assert_eq!(recoded(&recoder, bytes.to_vec()), bytes);
        }
        let long = "Hà Nội mùa thu\n".repeat(CHUNK / 10);
        assert!(recoded(&recoder, long.clone().into_bytes()) == long.as_bytes());
        assert!(recoder.take_verdicts().iter().all(|it| it.note().is_none()));
    }
}
