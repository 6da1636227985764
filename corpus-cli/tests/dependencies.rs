//! What the default build of the command brings with it, and what it does not.

#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]
#![allow(missing_docs, reason = "a test is no API")]

use std::env;
use std::process::Command;

/// The crates that a build of the command holds.
fn crates(arguments: &[&str]) -> Vec<String> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["tree", "--locked", "--offline", "--package", "corpus-cli"])
        .args(["--edges", "normal,build", "--prefix", "none", "--format", "{p}"])
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).unwrap();
    lines.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect()
}

fn is_of_an_engine(name: &str) -> bool {
    name == "corpus-engine"
        || name == "tokio"
        || ["datafusion", "ballista", "arrow", "tonic", "hyper"]
            .iter()
            .any(|it| name.starts_with(it))
}

#[test]
fn the_default_build_holds_no_engine() {
    let crates = crates(&[]);
    assert!(crates.iter().any(|name| name == "corpus-stats"), "{crates:?}");
    let engines: Vec<&String> = crates.iter().filter(|name| is_of_an_engine(name)).collect();
    assert!(engines.is_empty(), "{engines:?}");
}

#[test]
fn reading_parquet_brings_no_engine() {
    let crates = crates(&["--features", "parquet"]);
    assert!(crates.iter().any(|name| name == "parquet"), "{crates:?}");
    let engines: Vec<&String> = crates.iter().filter(|name| is_of_an_engine(name)).collect();
    assert!(engines.is_empty(), "{engines:?}");
}

#[cfg(not(feature = "engine"))]
#[test]
fn a_command_that_is_not_there_says_which_feature_brings_it() {
    for (name, feature) in [("sql", "engine"), ("cluster", "cluster")] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_corpus"));
        let output = command.args([name, "select 1", "--json"]).output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.contains(&format!("--features {feature}\n")), "{told}");
    }
}
