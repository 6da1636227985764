//! Inputs that break readers: too long, failing, endless, deep. Each is a case of its own.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test")]

use std::io::{self, Read};

use corpus_model::Document;
use corpus_parse::{
    Article, Delimited, FORMATS, Format, Jsonl, Ledger, Lines, ParseError, ParseErrorKind, Reader,
};

struct Found {
    texts: Vec<String>,
    errors: Vec<ParseError>,
    ledger: Ledger,
}

fn read<R: Read>(mut reader: Reader<R>) -> Found {
    let (mut texts, mut errors) = (Vec::new(), Vec::new());
    let mut document = Document::default();
    loop {
        match reader.read(&mut document) {
            Ok(true) => texts.push(document.text().to_owned()),
            Ok(false) => break,
            Err(error) => errors.push(error),
        }
    }
    assert!(reader.ledger().closes(), "{:?}", reader.ledger());
    Found { texts, errors, ledger: reader.ledger().clone() }
}

/// The messages, with the bytes lost.
fn messages(found: &Found) -> Vec<String> {
    found.errors.iter().map(|error| format!("{error} ({})", error.bytes())).collect()
}

/// Bytes that are made while they are read, so that only the reader can hold them in memory.
struct Repeated {
    left: u64,
}

impl Read for Repeated {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.len());
        buffer[..n].fill(b'a');
        self.left -= n as u64;
        Ok(n)
    }
}

#[test]
fn a_long_line_is_skipped_and_the_rest_is_read() {
    let input =
        || "Trước.\n".as_bytes().chain(Repeated { left: 3 << 20 }).chain("\nSau.\n".as_bytes());
    let found = read(Reader::new(&Lines, input()).max_record(1 << 20));
    assert_eq!(found.texts, ["Trước.", "Sau."]);
    assert_eq!(
        messages(&found),
        ["line 2, byte 10: the record is longer than 1048576 bytes (3145729)"]
    );
    assert!(found.errors[0].is_recoverable());
    assert!(matches!(found.errors[0].kind(), ParseErrorKind::TooLong { limit: 1_048_576 }));
}

#[test]
fn the_limit_does_not_depend_on_reads() {
    let input = format!("{}\n{}\n{}\nhết", "a".repeat(100), "b".repeat(101), "c".repeat(99_999));
    for format in FORMATS {
        let whole = read(Reader::new(*format, input.as_bytes()).max_record(100));
        let slow = read(Reader::new(*format, Slow(input.as_bytes())).max_record(100));
        assert_eq!(whole.texts, slow.texts, "{}", format.name());
        assert_eq!(messages(&whole), messages(&slow), "{}", format.name());
        assert_eq!(whole.ledger, slow.ledger, "{}", format.name());
    }
    let found = read(Reader::new(&Lines, input.as_bytes()).max_record(100));
    assert_eq!(found.texts, ["a".repeat(100), "hết".into()]);
}

#[test]
fn a_long_article_is_one_error() {
    let input = "Tin\n\n".as_bytes().chain(Repeated { left: 2 << 20 }).chain("\nSau.\n".as_bytes());
    let found = read(Reader::new(&Article, input).max_record(1 << 20));
    assert!(found.texts.is_empty());
    assert_eq!(
        messages(&found),
        ["line 1, byte 0: the record is longer than 1048576 bytes (2097163)"]
    );
}

#[test]
fn a_long_record_does_not_take_the_next_with_it() {
    let record = |n: usize| format!("https://tin.example/tin-{n}-71234.html\n-----\nTin\n-----\n");
    let input = format!("{}{}\n-----\n{}Ngắn./.\n-----\n", record(1), "a ".repeat(1000), record(2));
    let found = read(Reader::new(&Delimited, input.as_bytes()).max_record(500));
    assert_eq!(found.texts.len(), 1);
    assert!(found.texts[0].starts_with("https://tin.example/tin-2"));
    assert_eq!(found.errors.len(), 1);
}

/// A few bytes at a time.
struct Slow<'a>(&'a [u8]);

impl Read for Slow<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = buffer.len().min(3);
        self.0.read(&mut buffer[..n])
    }
}

#[test]
fn a_long_record_of_many_lines_is_one_error() {
    let record = |n: usize| format!("https://tin.example/tin-{n}-71234.html\n-----\nTin\n-----\n");
    // Lines of dashes, an address without them and a line that is too long alone end nothing.
    let body = [
        "b\n".repeat(2000),
        "-------\n".into(),
        "https://tin.example/xem-them-71235.html\n".into(),
        "b\n".repeat(2000),
        "c".repeat(2000),
        "\n-----\nThừa\n".into(),
        "b\n".repeat(200),
    ]
    .concat();
    let input = format!("{}{body}-----\n\n{}Ngắn./.\n-----\n", record(1), record(2));
    let found = read(Reader::new(&Delimited, input.as_bytes()).max_record(500));
    assert_eq!(found.texts.len(), 1, "{:?}", found.texts);
    assert!(found.texts[0].starts_with("https://tin.example/tin-2"));
    let lost = record(1).len() + body.len() + "-----\n\n".len();
    assert_eq!(
        messages(&found),
        [format!("line 1, byte 0: the record is longer than 500 bytes ({lost})")]
    );
    let slow = read(Reader::new(&Delimited, Slow(input.as_bytes())).max_record(500));
    assert_eq!(slow.texts, found.texts);
    assert_eq!(messages(&slow), messages(&found));
    assert_eq!(slow.ledger, found.ledger);

    let cut = format!("{}{body}", record(1));
    let found = read(Reader::new(&Delimited, cut.as_bytes()).max_record(500));
    assert!(found.texts.is_empty());
    assert_eq!(found.errors.len(), 1);
}

#[test]
fn the_next_record_does_not_make_one_too_long() {
    // The first breaks off: it ends where the next is seen, which lies beyond the limit.
    let record = |n: usize| format!("https://tin.example/tin-{n}-71234.html\n-----\nTin\n-----\n");
    let input = format!("{}{}\n{}Ngắn./.\n-----\n", record(1), "a ".repeat(15), record(2));
    let limit = record(1).len() + 40;
    for found in [
        read(Reader::new(&Delimited, input.as_bytes()).max_record(limit)),
        read(Reader::new(&Delimited, Slow(input.as_bytes())).max_record(limit)),
    ] {
        assert_eq!(found.texts.len(), 2, "{:?}", messages(&found));
        assert!(found.errors.is_empty());
    }
}

#[test]
fn blank_lines_without_end_are_no_record() {
    let input = format!("{}{}\n", "\n".repeat(5000), "{\"text\": \"Trời mưa.\"}");
    let found = read(Reader::new(&Jsonl, input.as_bytes()).max_record(100));
    assert_eq!(found.texts, ["Trời mưa."]);
    let input =
        format!("{}https://tin.example/1.html\n-----\nTin\n-----\n", "-----\n\n".repeat(5000));
    let found = read(Reader::new(&Delimited, input.as_bytes()).max_record(100));
    assert_eq!(found.texts.len(), 1);
    assert!(found.errors.is_empty());
}

#[test]
fn a_failing_input_gives_what_was_read() {
    struct Fails;
    impl Read for Fails {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the cable was pulled"))
        }
    }
    let input = "Trời mưa.\nĐường trơ".as_bytes().chain(Fails);
    let found = read(Reader::new(&Lines, input));
    assert_eq!(found.texts, ["Trời mưa.", "Đường trơ"]);
    assert_eq!(messages(&found), ["line 2, byte 27: the cable was pulled (0)"]);
    assert!(!found.errors[0].is_recoverable());

    let mut reader = Reader::new(&Lines, Fails);
    assert_eq!(reader.documents().count(), 1);
    assert_eq!(reader.documents().count(), 0);
}

#[test]
fn a_parser_that_reads_nothing_comes_to_an_end() {
    #[derive(Debug)]
    struct Stuck(bool);
    impl Format for Stuck {
        fn name(&self) -> &'static str {
            "stuck"
        }
        fn extensions(&self) -> &'static [&'static str] {
            &[]
        }
        fn about(&self) -> &'static str {
            "reads nothing"
        }
        fn parser(&self) -> Box<dyn corpus_parse::Parser> {
            Box::new(Stuck(self.0))
        }
    }
    impl corpus_parse::Parser for Stuck {
        fn parse(
            &mut self,
            source: &mut corpus_parse::Source<'_>,
            _: &mut corpus_parse::Record,
        ) -> Result<bool, ParseError> {
            if self.0 { Ok(true) } else { Err(source.malformed("no")) }
        }
    }
    assert!(read(Reader::new(&Stuck(true), "a\nb\n".as_bytes())).texts.is_empty());
}

#[test]
fn text_made_to_be_slow_is_not() {
    // Each of these would take hours if a candidate looked at all of the text around it.
    let cases = [
        "(Ảnh: ".repeat(10_000),
        "Câu. ".repeat(10_000) + "(Ảnh: A)",
        "(".repeat(50_000),
        "Ảnh: A ".repeat(10_000),
        "Một dòng\n".repeat(6_000),
        "An Bình\n".repeat(6_000),
        "- \n".repeat(10_000),
        "một dòng chữ thường\n".repeat(3_000),
        "Tin liên quan\nTin\n".repeat(3_000),
        "\u{301}".repeat(30_000),
        "https://a.example/1\n\n".repeat(3_000),
        "-----\n".repeat(10_000) + "a\n" + &"------\n".repeat(5_000),
        "[".repeat(30_000),
        "1".repeat(50_000),
        "id,text\n".to_owned() + &"1,\"a\n".repeat(10_001),
        "id,text\n".to_owned() + &"1,\"a\n2,b\n".repeat(7),
        "[\n{\"a\": \"\n".repeat(5_000),
        "[{\"text\":[".repeat(10_000),
        "{\n{\n".repeat(10_000),
        "WARC/1.0\nContent-Length: 9999\n\n".repeat(3_000),
        "WARC/1.0\n".repeat(10_000),
        "filedesc://a 0.0.0.0 20140101 text/plain 9\n".repeat(3_000),
        "<div>".repeat(20_000) + "Câu.",
        "<b>".repeat(20_000) + &"</div>".repeat(20_000),
        "<p><a>".repeat(10_000) + &"</b>".repeat(10_000),
        "<div class='author date lead tags title section'>".repeat(5_000) + "Câu.",
        "<time>".repeat(5_000) + &"Câu. ".repeat(5_000),
        "<p x=\"".repeat(10_000),
        "<p x='a\" ".repeat(10_000),
        "<!--".repeat(150_000),
        "<script>".repeat(10_000),
        "<script></scrip".repeat(10_000),
        "<table><tr><td><img>".repeat(5_000),
        "&#".repeat(30_000),
        "&a".repeat(30_000),
        "<ul><li>".repeat(10_000) + "Câu.",
        "<br>".repeat(30_000),
        "<br>a".repeat(10_000),
        "<title>Tin</title>".to_owned() + &"<h1>Tin</h1>".repeat(5_000),
        "<script type='application/ld+json'>".to_owned() + &"[".repeat(30_000),
    ];
    for text in cases {
        for format in FORMATS {
            read(Reader::new(*format, text.as_bytes()));
        }
    }
}
