//! Text in the encodings of Vietnamese before Unicode: which one it is, and what it says.
//!
//! ```
//! use corpus_text::legacy::{Encoding, decode, detect};
//!
//! let bytes = b"C\xA8n c\xF8 Ngh\xDE \xAE\xDEnh s\xE8 15/CP"; // as the ABC fonts show it
//! assert_eq!(detect(bytes).encoding, Encoding::Tcvn3);
//! assert_eq!(decode(bytes, Encoding::Tcvn3), "Căn cứ Nghị định số 15/CP");
//! ```
//!
//! Such text also lies about as UTF-8, when a program took its bytes for Windows-1252:
//! [`detect_text`] tells, [`repair`] gives the text back. The tables are files in `data/legacy`.

mod detect;
mod table;

use std::borrow::Cow;
use std::sync::LazyLock;

pub use detect::{Detection, Evidence, detect, detect_text};
use table::Table;

/// An encoding of Vietnamese text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// TCVN3, the encoding of the ABC fonts (`.VnTime`), of the north and of the state.
    Tcvn3,
    /// TCVN3 as its capital fonts (`.VnTimeH`) show it: every letter is a capital.
    Tcvn3Capitals,
    /// VNI-Windows, of the south: a letter and its mark are two bytes.
    Vni,
    /// VISCII (RFC 1456), of Vietnamese abroad.
    Viscii,
    /// VPS, likewise.
    Vps,
    /// Windows-1258: letters, and combining marks behind them.
    Cp1258,
}

impl Encoding {
    /// All of them, the likelier first where two explain a text equally well.
    pub const ALL: [Encoding; 7] = [
        Encoding::Utf8,
        Encoding::Tcvn3,
        Encoding::Tcvn3Capitals,
        Encoding::Vni,
        Encoding::Cp1258,
        Encoding::Viscii,
        Encoding::Vps,
    ];

    /// The name in lower case: `utf-8`, `tcvn3`, `tcvn3-capitals`, `vni`, `viscii`, `vps`,
    /// `cp1258`.
    pub const fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Tcvn3 => "tcvn3",
            Encoding::Tcvn3Capitals => "tcvn3-capitals",
            Encoding::Vni => "vni",
            Encoding::Viscii => "viscii",
            Encoding::Vps => "vps",
            Encoding::Cp1258 => "cp1258",
        }
    }

    fn table(self) -> Option<&'static Table> {
        static TCVN3: LazyLock<Table> =
            LazyLock::new(|| Table::read(include_str!("../data/legacy/tcvn3.tsv"), false));
        static CAPITALS: LazyLock<Table> =
            LazyLock::new(|| Table::read(include_str!("../data/legacy/tcvn3.tsv"), true));
        static VNI: LazyLock<Table> =
            LazyLock::new(|| Table::read(include_str!("../data/legacy/vni.tsv"), false));
        static VISCII: LazyLock<Table> =
            LazyLock::new(|| Table::read(include_str!("../data/legacy/viscii.tsv"), false));
        static VPS: LazyLock<Table> =
            LazyLock::new(|| Table::read(include_str!("../data/legacy/vps.tsv"), false));
        static CP1258: LazyLock<Table> =
            LazyLock::new(|| Table::read(include_str!("../data/legacy/cp1258.tsv"), false));
        match self {
            Encoding::Utf8 => None,
            Encoding::Tcvn3 => Some(&TCVN3),
            Encoding::Tcvn3Capitals => Some(&CAPITALS),
            Encoding::Vni => Some(&VNI),
            Encoding::Viscii => Some(&VISCII),
            Encoding::Vps => Some(&VPS),
            Encoding::Cp1258 => Some(&CP1258),
        }
    }
}

/// The text that the bytes say in this encoding, in NFC.
///
/// Every sequence of bytes says something: a byte that the encoding does not have is what it is in
/// Windows-1252 or, at worst, a control character; in UTF-8 bad bytes become U+FFFD. ASCII stays
/// as it is (but for control characters that are letters in VISCII and VPS), and is borrowed where
/// there is nothing else. UTF-8 is not composed; that is left to [`normalize`](crate::normalize()).
///
/// ```
/// use corpus_text::legacy::{Encoding, decode};
///
/// assert_eq!(decode(b"Ha\xF8 No\xE4i", Encoding::Vni), "Hà Nội");
/// assert_eq!(decode(b"H\xB5 N\xE9i", Encoding::Tcvn3Capitals), "HÀ NỘI");
/// assert_eq!(decode(b"Ha\xCC N\xF4\xF2i", Encoding::Cp1258), "Hà Nội");
/// ```
pub fn decode(bytes: &[u8], encoding: Encoding) -> Cow<'_, str> {
    match encoding.table() {
        Some(table) => table.decode(bytes),
        None => String::from_utf8_lossy(bytes),
    }
}

/// The text behind a text that a program decoded as Windows-1252 (or Latin-1) though its bytes
/// were in `encoding`.
///
/// Characters that Windows-1252 does not have stay, and are no part of what is decoded. For
/// [`Encoding::Utf8`] this undoes a double encoding; bytes that are no UTF-8 are left as they were.
///
/// ```
/// use corpus_text::legacy::{Encoding, redecode};
///
/// assert_eq!(redecode("Hµ Néi – ngµy 2", Encoding::Tcvn3), "Hà Nội – ngày 2");
/// assert_eq!(redecode("HÃ\u{A0} Ná»™i", Encoding::Utf8), "Hà Nội");
/// ```
pub fn redecode(text: &str, encoding: Encoding) -> Cow<'_, str> {
    if text.is_ascii() && !matches!(encoding, Encoding::Tcvn3Capitals) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut bytes = Vec::new();
    for c in text.chars() {
        match windows_byte(c) {
            Some(byte) => bytes.push(byte),
            None => {
                append(&mut out, &bytes, encoding);
                bytes.clear();
                out.push(c);
            }
        }
    }
    append(&mut out, &bytes, encoding);
    Cow::Owned(out)
}

/// The text as it was meant: decoded anew where [`detect_text`] is certain that it was decoded as
/// Windows-1252 though it was not, else the text itself, borrowed.
///
/// ```
/// use corpus_text::legacy::repair;
///
/// let garbled = "C¨n cø LuËt Tæ chøc ChÝnh phñ ngµy 25 th¸ng 12 n¨m 2001";
/// assert_eq!(repair(garbled), "Căn cứ Luật Tổ chức Chính phủ ngày 25 tháng 12 năm 2001");
/// assert_eq!(repair("Hà Nội, café"), "Hà Nội, café");
/// ```
pub fn repair(text: &str) -> Cow<'_, str> {
    let found = detect_text(text);
    if found.garbled { redecode(text, found.encoding) } else { Cow::Borrowed(text) }
}

fn append(out: &mut String, bytes: &[u8], encoding: Encoding) {
    if encoding != Encoding::Utf8 {
        out.push_str(&decode(bytes, encoding));
        return;
    }
    for chunk in bytes.utf8_chunks() {
        out.push_str(chunk.valid());
        out.extend(chunk.invalid().iter().map(|&byte| windows_character(byte)));
    }
}

/// What the bytes 80–9F are in Windows-1252; zero where it has nothing.
static WINDOWS: LazyLock<[char; 32]> = LazyLock::new(|| {
    let mut characters = ['\0'; 32];
    for (bytes, c) in rows(include_str!("../data/legacy/windows-1252.tsv")) {
        if let [byte] = bytes[..]
            && let Some(place) = characters.get_mut(usize::from(byte).wrapping_sub(0x80))
        {
            *place = c;
        }
    }
    characters
});

/// What a byte is in Windows-1252; a control character where it has nothing.
fn windows_character(byte: u8) -> char {
    match WINDOWS.get(usize::from(byte).wrapping_sub(0x80)) {
        Some(&c) if c != '\0' => c,
        _ => char::from(byte),
    }
}

/// The byte that was taken for this character.
fn windows_byte(c: char) -> Option<u8> {
    if let Ok(byte) = u8::try_from(c) {
        return Some(byte);
    }
    let place = WINDOWS.iter().position(|&it| it == c)?;
    u8::try_from(place + 0x80).ok()
}

/// The rows of a table: bytes, and the character that they are.
fn rows(table: &'static str) -> impl Iterator<Item = (Vec<u8>, char)> {
    table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let (bytes, character) = line.split_once('\t')?;
        let bytes = bytes.split(' ').map(|byte| u8::from_str_radix(byte, 16));
        let character = match character.strip_prefix("U+") {
            Some(number) => char::from_u32(u32::from_str_radix(number, 16).ok()?)?,
            None => character.chars().next()?,
        };
        Some((bytes.collect::<Result<_, _>>().ok()?, character))
    })
}

#[cfg(test)]
mod tests;
