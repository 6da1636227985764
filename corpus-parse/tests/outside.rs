//! A format as a crate outside adds it: the walk of CONTRIBUTING.md, followed by a test.

use corpus_parse::{Format, ParseError, Parser, Record, Source};

/// Tab-separated values; the first line names the fields.
#[derive(Clone, Copy, Debug)]
struct Tsv;

impl Format for Tsv {
    fn name(&self) -> &'static str {
        "tsv"
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["tsv", "tab"]
    }

    fn about(&self) -> &'static str {
        "tab-separated values with a header line"
    }

    fn parser(&self) -> Box<dyn Parser> {
        Box::<TsvParser>::default()
    }
}

#[derive(Default)]
struct TsvParser {
    names: Vec<String>,
}

impl Parser for TsvParser {
    fn parse(&mut self, source: &mut Source<'_>, record: &mut Record) -> Result<bool, ParseError> {
        if self.names.is_empty() {
            let Some(header) = source.line()? else { return Ok(false) };
            self.names = header.split('\t').map(String::from).collect();
            source.discard();
        }
        let Some(line) = source.line()? else { return Ok(false) };
        let (n, wanted) = (line.split('\t').count(), self.names.len());
        for (name, value) in self.names.iter().zip(line.split('\t')) {
            record.push(name, value);
        }
        match n == wanted {
            true => Ok(true),
            false => Err(source.malformed(format!("{n} fields, but the header has {wanted}"))),
        }
    }
}

corpus_parse::conformance!(Tsv, concat!(env!("CARGO_MANIFEST_DIR"), "/tests/outside"));

/// The example of the page is the example that was tested, and its expectation what came out.
#[test]
fn the_page_says_what_is_tested() {
    let folder = env!("CARGO_MANIFEST_DIR");
    let Ok(page) = std::fs::read_to_string(format!("{folder}/../CONTRIBUTING.md")) else {
        println!("skipped: CONTRIBUTING.md is absent, as it is from the packaged crate");
        return;
    };
    let read =
        |name: &str| std::fs::read_to_string(format!("{folder}/tests/{name}")).unwrap_or_default();
    let source = read("outside.rs");
    let code = source
        .split("/// Tab-separated")
        .nth(1)
        .and_then(|it| it.split("corpus_parse::conformance").next());
    let code = code.map(|it| it.trim().replace("struct Tsv;", "pub struct Tsv;"));
    assert!(
        page.contains(&code.unwrap_or_default()),
        "help: copy the parser of outside.rs to the page"
    );
    for sample in ["outside/tsv/basic.tsv", "outside/tsv/basic.tsv.expected"] {
        assert!(page.contains(&read(sample)), "help: copy {sample} to the page");
    }
}
