//! [`strip_marks`] and [`slug()`]: Vietnamese without its marks.

use std::borrow::Cow;

use icu_normalizer::DecomposingNormalizerBorrowed;

use crate::letter;

/// A text without tone and letter marks: `Đường sá` is `Duong sa`.
///
/// Case and everything that is no letter stay. Letters of other Latin alphabets lose their marks
/// too. Borrowed where there is no mark.
///
/// ```
/// assert_eq!(corpus_text::strip_marks("Đại hội XIII, 02/HĐ/2025"), "Dai hoi XIII, 02/HD/2025");
/// ```
pub fn strip_marks(text: &str) -> Cow<'_, str> {
    let Some(first) = text.bytes().position(|byte| !byte.is_ascii()) else {
        return Cow::Borrowed(text);
    };
    // The character in front may be the base of a mark, but a base without marks stays as it is.
    let (plain, rest) = text.split_at_checked(first).unwrap_or(("", text));
    let mut out = String::with_capacity(text.len());
    out.push_str(plain);
    let decomposed = DecomposingNormalizerBorrowed::new_nfd().normalize_iter(rest.chars());
    for c in decomposed.filter(|&c| !letter::is_mark(c) && !letter::is_zero_width(c)) {
        out.push(match c {
            'đ' | 'ð' => 'd',
            'Đ' | 'Ð' | 'Ɖ' => 'D',
            _ => c,
        });
    }
    if out == text { Cow::Borrowed(text) } else { Cow::Owned(out) }
}

/// The part of a web address that news sites make of a title: letters without marks in lower
/// case and digits, a hyphen between words.
///
/// ```
/// assert_eq!(corpus_text::slug("Đảng ủy Khối: \u{201C}cải cách\u{201D} 2014!"), "dang-uy-khoi-cai-cach-2014");
/// ```
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in strip_marks(text).chars() {
        if c.is_alphanumeric() {
            slug.extend(c.to_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') && !matches!(c, '\'' | '’') {
            slug.push('-');
        }
    }
    if slug.ends_with('-') {
        slug.pop();
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_go_and_the_rest_stays() {
        for (text, expected) in [
            ("", ""),
            ("abc 12", "abc 12"),
            ("Nguyễn Thị Thuỷ", "Nguyen Thi Thuy"),
            ("e\u{302}\u{301}", "e"),
            ("ÐẢNG", "DANG"),
            ("café São “x”", "cafe Sao “x”"),
            ("日本", "日本"),
        ] {
            assert_eq!(strip_marks(text), expected);
            assert_eq!(strip_marks(expected), expected);
        }
        assert!(matches!(strip_marks("“abc”"), Cow::Borrowed(_)));
    }

    #[test]
    fn slugs() {
        for (text, expected) in [
            ("", ""),
            ("...", ""),
            ("Chống dịch COVID-19: 5 việc", "chong-dich-covid-19-5-viec"),
            ("  'Nóng'  trong tuần ", "nong-trong-tuan"),
        ] {
            assert_eq!(slug(text), expected);
        }
    }
}
