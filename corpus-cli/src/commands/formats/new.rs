//! `corpus formats --new NAME`: a format that works, to be changed into the one that is wanted.
//!
//! The skeleton is the example of CONTRIBUTING.md: tab-separated values with a header. Inside a
//! checkout of the project it is registered, elsewhere it becomes a crate of its own. A name that ends in
//! `.toml` is a description, which needs neither.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

const PARSER: &str = include_str!("../../../skeleton/format.rs");
const SAMPLE: &str = include_str!("../../../skeleton/sample");
const DESCRIPTION: &str = include_str!("../../../skeleton/described.toml");
const EXPECTED: &str = include_str!("../../../skeleton/sample.expected");

/// What was written, for people.
#[derive(Debug)]
pub(super) struct Written {
    /// Files that are new.
    pub(super) made: Vec<PathBuf>,
    /// Files that know the format now.
    pub(super) changed: Vec<PathBuf>,
    /// What to run next.
    pub(super) next: String,
}

/// Writes a format of this name into a checkout of the project, or as a crate into another folder; or a
/// description, where the name is that of a file.
pub(super) fn write(name: &str, folder: &Path) -> Result<Written> {
    if let Some(name) = name.strip_suffix(".toml") {
        check(name)?;
        return description(name, folder);
    }
    check(name)?;
    if folder.join("corpus-parse/src/formats.rs").is_file() {
        in_project(name, folder)
    } else {
        as_crate(name, folder)
    }
}

/// Whether a format may have this name, and none has.
fn check(name: &str) -> Result<()> {
    let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    let plain = name.bytes().all(fits)
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && !name.ends_with('-')
        && !name.contains("--");
    if !plain {
        let advice = match proposed(name) {
            Some(proposed) => format!("; try {proposed:?}"),
            None => String::new(),
        };
        bail!("{name:?}: names of formats are small letters, digits and hyphens{advice}");
    }
    if corpus_parse::find(name).is_some() {
        bail!("a format is called {name:?} already");
    }
    Ok(())
}

/// A name like this one that a format may have.
fn proposed(name: &str) -> Option<String> {
    let slug = corpus_text::slug(name);
    let proposed = slug.trim_start_matches(|c: char| !c.is_ascii_lowercase());
    (proposed.is_ascii() && !proposed.is_empty()).then(|| proposed.to_owned())
}

/// A description to begin from.
fn description(name: &str, folder: &Path) -> Result<Written> {
    let path = folder.join(format!("{name}.toml"));
    let mut written = Written {
        made: Vec::new(),
        changed: Vec::new(),
        next: format!("corpus documents --blocks --format {} dump.txt", path.display()),
    };
    make(&path, &DESCRIPTION.replace("my-site", name), &mut written)?;
    Ok(written)
}

/// The name of the file and the module: `bang_gia`.
fn module(name: &str) -> String {
    name.replace('-', "_")
}

/// The name of the type: `BangGia`.
fn type_name(name: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        let first = letters.next().map(|it| it.to_ascii_uppercase());
        first.into_iter().chain(letters).collect::<String>()
    };
    name.split('-').map(word).collect()
}

/// How the renamed example is known: the sample would be CSV if its content did not say more.
const SNIFF: &str = "    fn sniff(&self, head: &[u8]) -> bool {
        head.starts_with(b\"id\\ttext\\ttitle\\n\")
    }

";

/// The parser under its new name.
fn parser(name: &str) -> String {
    PARSER
        .replacen("    fn parser(&self)", &format!("{SNIFF}    fn parser(&self)"), 1)
        .replace("&[\"tsv\", \"tab\"]", &format!("&[\"{name}\"]"))
        .replace("\"tsv\"", &format!("\"{name}\""))
        .replace("Tsv", &type_name(name))
}

fn in_project(name: &str, project: &Path) -> Result<Written> {
    let parse = project.join("corpus-parse");
    let (module, type_name) = (module(name), type_name(name));
    let mut written = Written {
        made: Vec::new(),
        changed: Vec::new(),
        next: format!("cargo fmt && cargo test -p corpus-parse --lib {module}"),
    };
    let list = parse.join("src/formats.rs");
    let library = parse.join("src/lib.rs");
    let formats = registered(&read(&list)?, &module, &type_name)
        .with_context(|| format!("{}: the lists of formats were not found", list.display()))?;
    let exports = replaced(&read(&library)?, "pub use formats::{", &format!("{type_name}, "))
        .with_context(|| format!("{}: `pub use formats` was not found", library.display()))?;
    let mut changes = vec![(list, formats), (library, exports)];
    // The packaged crates come without fuzz targets.
    let targets = project.join("fuzz/Cargo.toml");
    if targets.is_file() {
        let text = fuzzed(&read(&targets)?, name);
        changes.push((targets, text));
    }
    let file = parse.join("src/formats").join(format!("{module}.rs"));
    make(&file, &parser(name), &mut written)?;
    samples(name, &parse.join("tests/formats"), &mut written)?;
    for (path, text) in changes {
        fs::write(&path, text).with_context(|| format!("{}", path.display()))?;
        written.changed.push(path);
    }
    Ok(written)
}

/// The list of formats with this one: `mod`, `pub use` and a place in `FORMATS`.
fn registered(list: &str, module: &str, type_name: &str) -> Option<String> {
    let list = replaced(list, "\nmod ", &format!("{module};\nmod "))?;
    let list = replaced(&list, "\npub use ", &format!("{module}::{type_name};\npub use "))?;
    let start = list.find("pub static FORMATS")?;
    let end = start + list.get(start..)?.find("];")?;
    let (front, back) = list.split_at_checked(end)?;
    Some(format!("{}, &{type_name}{back}", front.trim_end().trim_end_matches(',')))
}

/// The list of fuzz targets with that of this format, in the order of names.
fn fuzzed(manifest: &str, name: &str) -> String {
    const TARGET: &str = "[[bin]]\nname = \"";
    let new = format!(
        "{TARGET}read-{name}\"\npath = \"fuzz_targets/read.rs\"\ntest = false\ndoc = false\nbench = false\n"
    );
    let behind = |(at, _): &(usize, &str)| {
        let rest = manifest.get(at + TARGET.len()..).unwrap_or_default();
        rest.split('"').next().unwrap_or_default() > format!("read-{name}").as_str()
    };
    match manifest.match_indices(TARGET).find(behind) {
        Some((at, _)) => {
            let (front, back) = manifest.split_at(at);
            format!("{front}{new}\n{back}")
        }
        None => format!("{}\n\n{new}", manifest.trim_end()),
    }
}

/// The text with an insertion behind the first place where `mark` stands.
fn replaced(text: &str, mark: &str, insertion: &str) -> Option<String> {
    let at = text.find(mark)? + mark.len();
    let (front, back) = text.split_at_checked(at)?;
    Some(format!("{front}{insertion}{back}"))
}

fn as_crate(name: &str, folder: &Path) -> Result<Written> {
    let root = folder.join(format!("corpus-format-{name}"));
    let mut written = Written {
        made: Vec::new(),
        changed: Vec::new(),
        next: format!(
            "say in {} where corpus-parse lies, then: cd {} && cargo test",
            root.join("Cargo.toml").display(),
            root.display()
        ),
    };
    let version = env!("CARGO_PKG_VERSION");
    let manifest = format!(
        "[package]\nname = \"corpus-format-{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
         # Where corpus-parse is a checkout, add its place twice: path = \"../corpus/corpus-parse\".\n\
         [dependencies]\ncorpus-parse = {{ version = \"{version}\" }}\n\n\
         # The promises that every format gives, as tests.\n\
         [dev-dependencies]\ncorpus-parse = {{ version = \"{version}\", features = [\"conformance\"] }}\n"
    );
    let source = parser(name)
        .replace("use crate::{", "use corpus_parse::{")
        .replace(
            &format!("crate::conformance!(super::{});", type_name(name)),
            &format!(
                "corpus_parse::conformance!(\n        super::{},\n        concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/tests/formats\")\n    );",
                type_name(name)
            ),
        );
    make(&root.join("Cargo.toml"), &manifest, &mut written)?;
    make(&root.join("src/lib.rs"), &source, &mut written)?;
    samples(name, &root.join("tests/formats"), &mut written)?;
    Ok(written)
}

/// The sample, a damaged record in it, and what is expected of it.
fn samples(name: &str, folder: &Path, written: &mut Written) -> Result<()> {
    let sample = folder.join(name).join(format!("basic.{name}"));
    make(&sample, SAMPLE, written)?;
    make(&sample.with_extension(format!("{name}.expected")), EXPECTED, written)
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("{}", path.display()))
}

/// Writes a file that is not there yet.
fn make(path: &Path, text: &str, written: &mut Written) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("{}", folder.display()))?;
    }
    let file = fs::OpenOptions::new().write(true).create_new(true).open(path);
    let mut file = file.with_context(|| format!("{}", path.display()))?;
    file.write_all(text.as_bytes()).with_context(|| format!("{}", path.display()))?;
    written.made.push(path.to_owned());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_skeleton_is_the_example_of_the_page() {
        let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let Ok(page) = fs::read_to_string(project.join("CONTRIBUTING.md")) else {
            println!("skipped: CONTRIBUTING.md is absent, as it is from the packaged crate");
            return;
        };
        for part in [PARSER, SAMPLE, EXPECTED] {
            assert!(page.contains(part.trim_end()), "help: copy this into CONTRIBUTING.md\n{part}");
        }
    }

    #[test]
    fn names() {
        assert_eq!(
            (module("bang-gia"), type_name("bang-gia")),
            ("bang_gia".into(), "BangGia".into())
        );
        let folder = tempfile::tempdir().unwrap();
        for name in ["", "Tin", "tin xa", "1tin", "tin-", "../tin", "jsonl"] {
            assert!(write(name, folder.path()).is_err(), "{name}");
        }
        assert!(fs::read_dir(folder.path()).unwrap().next().is_none());
        for (name, advice) in [
            ("Phần Trăm", "; try \"phan-tram\""),
            ("Báo Xã.toml", "; try \"bao-xa\""),
            ("24h", "; try \"h\""),
            ("../tin", "; try \"tin\""),
            ("日本", "hyphens"),
        ] {
            let error = write(name, folder.path()).unwrap_err().to_string();
            assert!(error.ends_with(advice), "{error}");
        }
    }

    #[test]
    #[cfg(feature = "toml")]
    fn a_description_to_begin_from() {
        let folder = tempfile::tempdir().unwrap();
        let written = write("bao-xa.toml", folder.path()).unwrap();
        let path = folder.path().join("bao-xa.toml");
        assert_eq!(written.made, std::slice::from_ref(&path));
        assert!(written.next.ends_with("bao-xa.toml dump.txt"), "{}", written.next);
        let text = read(&path).unwrap();
        assert!(text.contains("--format bao-xa.toml") && !text.contains("my-site"));
        // It is as it stands what its first lines say.
        let format = corpus_parse::Described::read(&text).unwrap();
        let input = "Tiêu đề: Mưa lớn\nNgày đăng: 29/08/2018 07:15\nTác giả: An\n\nTrời mưa từ sớm.\n\
                     Ảnh: Cầu Vàm Lở.\n>> Bão đến gần\nLượt xem: 12\nTừ khóa: mưa\n=====\nNắng lên.\n";
        let mut reader = corpus_parse::Reader::new(&format, input.as_bytes());
        let documents: Vec<_> = reader.documents().collect::<Result<_, _>>().unwrap();
        let [rain, sun] = &documents[..] else { panic!("{documents:?}") };
        let metadata = &rain.metadata;
        assert_eq!(metadata.title.as_deref(), Some("Mưa lớn"));
        assert_eq!(metadata.byline.as_deref(), Some("An"));
        assert_eq!(
            metadata.published.map(|it| it.to_string()).as_deref(),
            Some("2018-08-29T07:15")
        );
        assert_eq!(metadata.extra.get("tags").map(String::as_str), Some("mưa"));
        let kinds: Vec<&str> = rain.blocks().iter().map(|block| block.kind.name()).collect();
        let text = ["paragraph", "caption", "related_link", "boilerplate"];
        assert!(kinds.windows(4).any(|kinds| kinds == text), "{kinds:?}");
        assert_eq!(sun.text(), "Nắng lên.\n");
        // All that is switched off in it works too.
        let rest = read(&path).unwrap().replace("separator = ", "# separator = ");
        for line in ["site = ", "dates = ", "begins = ", "ends = ", "until = "] {
            assert_eq!(rest.matches(&format!("\n# {line}")).count(), 1, "{line}");
            let on = rest.replace(&format!("\n# {line}"), &format!("\n{line}"));
            corpus_parse::Described::read(&on).unwrap_or_else(|error| panic!("{line}: {error}"));
        }
        assert!(write("bao-xa.toml", folder.path()).is_err(), "it is not written over");
    }

    #[test]
    fn a_crate_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        let written = write("bang-gia", folder.path()).unwrap();
        assert_eq!(written.made.len(), 4);
        let source = read(&folder.path().join("corpus-format-bang-gia/src/lib.rs")).unwrap();
        assert!(source.contains("pub struct BangGia;") && source.contains("\"bang-gia\""));
        assert_eq!(source.matches("\n    fn sniff").count(), 1);
        assert!(written.next.contains("Cargo.toml"));
        assert!(!source.contains("Tsv") && !source.contains("crate::{"));
        // What is there is not written over.
        assert!(write("bang-gia", folder.path()).is_err());
    }

    #[test]
    fn fuzz_targets_stay_in_order() {
        let target = |name: &str| {
            let rest =
                "path = \"fuzz_targets/read.rs\"\ntest = false\ndoc = false\nbench = false\n";
            format!("[[bin]]\nname = \"{name}\"\n{rest}")
        };
        let list = |names: &[&str]| {
            let targets: Vec<String> = names.iter().map(|name| target(name)).collect();
            format!("[package]\n\n{}", targets.join("\n"))
        };
        assert_eq!(
            fuzzed(&list(&["pack", "read-xml"]), "csv"),
            list(&["pack", "read-csv", "read-xml"])
        );
        assert_eq!(fuzzed(&list(&["pack"]), "csv"), list(&["pack", "read-csv"]));
    }

    #[test]
    fn a_format_of_the_project_is_registered() {
        let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("../corpus-parse/src");
        let Ok(list) = fs::read_to_string(project.join("formats.rs")) else {
            println!("skipped: the crate corpus-parse is absent");
            return;
        };
        let folder = tempfile::tempdir().unwrap();
        let source = folder.path().join("corpus-parse/src");
        fs::create_dir_all(&source).unwrap();
        fs::write(source.join("formats.rs"), list).unwrap();
        fs::copy(project.join("lib.rs"), source.join("lib.rs")).unwrap();
        fs::create_dir(folder.path().join("fuzz")).unwrap();
        fs::write(folder.path().join("fuzz/Cargo.toml"), "[package]\n").unwrap();
        let written = write("bang-gia", folder.path()).unwrap();
        assert_eq!((written.made.len(), written.changed.len()), (3, 3));
        let targets = read(&folder.path().join("fuzz/Cargo.toml")).unwrap();
        assert!(targets.contains("name = \"read-bang-gia\"\n"));
        let list = read(&source.join("formats.rs")).unwrap();
        for line in ["mod bang_gia;\n", "pub use bang_gia::BangGia;\n", ", &BangGia];"] {
            assert_eq!(list.matches(line).count(), 1, "{line}\n{list}");
        }
        assert!(read(&source.join("lib.rs")).unwrap().contains("pub use formats::{BangGia, "));
    }
}
