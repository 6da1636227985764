//! Sentences with what is found in them, in one file.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

/// Runs `shown` over each sentence of a file in this folder and compares.
///
/// A line that is not indented is a sentence; the indented lines below it are what `shown` must
/// give. Empty lines and lines that begin with `#` are kept. With `UPDATE_EXPECTED=1` the file is
/// rewritten instead.
pub(crate) fn check(name: &str, shown: impl Fn(&str) -> Vec<String>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(name);
    let written = fs::read_to_string(&path).unwrap();
    let mut actual = String::new();
    for line in written.lines().filter(|line| !line.starts_with("  ")) {
        actual.push_str(line);
        actual.push('\n');
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        for found in shown(line) {
            writeln!(actual, "  {found}").unwrap();
        }
    }
    if env::var_os("UPDATE_EXPECTED").is_some() {
        fs::write(&path, actual).unwrap();
        return;
    }
    for (n, (written, actual)) in written.lines().zip(actual.lines()).enumerate() {
        assert_eq!(written, actual, "{name}, line {}", n + 1);
    }
    assert_eq!(written, actual, "{name}: the number of lines");
}
