//! [`Described`]: a format that a file describes, without code.

use std::sync::Arc;

use crate::line_pattern::Words;
use crate::{Format, Parser};

mod dates;
mod description;
mod fields;
mod file;
mod layout;
mod parser;

use description::Rules;
pub use file::DescriptionError;
use parser::DescribedParser;

/// A format that a TOML file describes: see the example, and `README.md` of the crate for all there
/// is to say in such a file.
///
/// ```
/// use corpus_model::BlockKind;
/// use corpus_parse::{Described, Reader};
///
/// let format = Described::read(r#"
///     name = "tin-xa"
///     about = "articles of the commune's page, with a head of named lines"
///     dates = ["%d.%m.%Y"]
///
///     [record]
///     separator = '={5,}'
///
///     [[part]]
///     headers = ['Tiêu đề: (?<title>.+)', 'Ngày: (?<date>.+)']
///
///     [[part]]
///     field = "text"
///
///     [[block]]
///     kind = "boilerplate"
///     lines = ["Về trang chủ", "Lượt xem: *"]
/// "#)?;
///
/// let input = "Tiêu đề: Mưa lớn\nNgày: 04.03.2017\nTrời mưa.\nLượt xem: 12\n=====\nĐường trơn.\n";
/// let mut reader = Reader::new(&format, input.as_bytes());
/// let documents: Vec<_> = reader.documents().collect::<Result<_, _>>().unwrap();
/// assert_eq!(documents[0].metadata.title.as_deref(), Some("Mưa lớn"));
/// assert_eq!(documents[0].metadata.published.unwrap().to_string(), "2017-03-04");
/// assert_eq!(documents[0].block(BlockKind::Paragraph).map(|it| &documents[0][it.span]), Some("Trời mưa."));
/// assert_eq!(documents[1].text(), "Đường trơn.\n");
///
/// let error = Described::read("name = \"tin\"\nrecrod = 1\n").unwrap_err();
/// assert_eq!(error.line, 2);
/// # Ok::<(), corpus_parse::DescriptionError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Described {
    rules: Arc<Rules>,
}

impl Described {
    /// The format that this TOML describes.
    pub fn read(toml: &str) -> Result<Described, DescriptionError> {
        Rules::read(toml).map(|rules| Described { rules: Arc::new(rules) })
    }
}

impl Format for Described {
    fn name(&self) -> &str {
        &self.rules.name
    }

    fn extensions(&self) -> &'static [&'static str] {
        &[]
    }

    fn about(&self) -> &str {
        &self.rules.about
    }

    fn sniff(&self, head: &[u8]) -> bool {
        let head = String::from_utf8_lossy(head);
        let lines: Vec<Words<'_>> =
            head.lines().map(str::trim).filter(|line| !line.is_empty()).map(Words::of).collect();
        let begins = &self.rules.begins;
        let all =
            |window: &[Words<'_>]| begins.iter().zip(window).all(|(it, line)| it.is_match(line));
        !begins.is_empty() && lines.windows(begins.len()).any(all)
    }

    fn parser(&self) -> Box<dyn Parser> {
        Box::new(DescribedParser { rules: self.rules.clone() })
    }
}

#[cfg(test)]
mod tests;
