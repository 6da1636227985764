//! Damaged inputs, one way of damage a file, held to what every format promises.
//!
//! A file in `damaged/NAME` is read as the format of that name; what is expected stands beside it.

/// A module for each format with damaged samples.
macro_rules! damaged {
    ($($module:ident: $format:ident,)*) => {
        $(
            mod $module {
                corpus_parse::conformance!(
                    corpus_parse::$format,
                    concat!(env!("CARGO_MANIFEST_DIR"), "/tests/damaged")
                );
            }
        )*

        const FORMATS: &[&str] = &[$(stringify!($module)),*];
    };
}

damaged! {
    article: Article,
    csv: Csv,
    delimited: Delimited,
    feed: Feed,
    html: Html,
    json: Json,
    jsonl: Jsonl,
    lines: Lines,
    markdown: Markdown,
    warc: Warc,
    xml: Xml,
}

/// No file lies about that nothing reads.
#[test]
fn every_folder_is_read() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/damaged");
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().replace('-', "_");
        assert!(
            name == "README.md" || FORMATS.contains(&&*name),
            "{name}\nhelp: add the format to the list in damaged.rs"
        );
    }
}
