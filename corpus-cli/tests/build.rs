//! What `corpus build` makes of a crawl, what stands on the disk when it was killed, and what `corpus verify` says.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]
#![allow(missing_docs, reason = "a test is no API")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

const WORDS: &[&str] = &[
    "sáng",
    "nay",
    "ông",
    "và",
    "của",
    "các",
    "tỉnh",
    "họp",
    "bàn",
    "về",
    "nông",
    "thôn",
    "mới",
    "được",
    "những",
    "kinh",
    "tế",
    "xã",
    "hội",
    "đã",
    "trong",
    "năm",
    "nhân",
    "dân",
    "đường",
    "trường",
    "học",
    "là",
    "một",
    "cho",
];

fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_corpus"));
    command.args(args).env("NO_COLOR", "1").stdin(Stdio::null());
    command
}

fn corpus(args: &[&str]) -> Output {
    command(args).output().unwrap()
}

fn done(args: &[&str]) -> String {
    let output = corpus(args);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{args:?}: {told}");
    told
}

/// A text of so many sentences that is like no other of another seed.
fn text(seed: u64, sentences: usize) -> String {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let mut text = String::new();
    for n in 0..sentences {
        let words: Vec<&str> =
            (0..14).map(|_| WORDS[usize::try_from(next() % WORDS.len() as u64).unwrap()]).collect();
        text.push_str(&format!("Hôm {n} {}.\n", words.join(" ")));
    }
    text
}

fn record(id: &str, text: &str) -> String {
    format!("{}\n", json!({ "id": id, "text": text }))
}

/// The files of a folder with their bytes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    entries
        .map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap()))
        .collect()
}

fn rows(bytes: &[u8]) -> Vec<Value> {
    bytes
        .split(|&byte| byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_slice(line).unwrap())
        .collect()
}

#[test]
fn every_document_is_in_a_shard_or_listed() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    fs::create_dir(path("crawl")).unwrap();
    let (one, two) = (text(1, 20), text(2, 20));
    let near = two.replacen("Hôm 19", "Hôm nào", 1);
    fs::write(path("crawl/a.jsonl"), record("mot", &one) + "{\"id\": 7,\n" + &record("hai", &two))
        .unwrap();
    fs::write(
        path("crawl/b.jsonl"),
        record("ngan", "Mưa.") + &record("gan", &near) + &record("lai", &one),
    )
    .unwrap();
    let output = corpus(&["build", &path("crawl"), "-o", &path("out"), "--to", "jsonl"]);
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{told}");
    assert_eq!(told.matches("a.jsonl: ").count(), 1, "what is damaged is told once: {told}");
    assert!(
        told.contains("5 documents: 2 kept in 1 shards, 1 dropped by rules, 2 duplicates"),
        "{told}"
    );

    let files = files(&folder.path().join("out"));
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(names, ["dropped.jsonl", "manifest.json", "shard-00000.jsonl"]);
    let kept = rows(&files["shard-00000.jsonl"]);
    assert_eq!(kept.iter().map(|row| &row["id"]).collect::<Vec<_>>(), ["mot", "hai"]);
    assert_eq!(kept[0]["text"], json!(one));
    assert!(kept[0]["words"].as_array().is_some_and(|words| words.len() > 100));
    let dropped = rows(&files["dropped.jsonl"]);
    assert_eq!(
        dropped.iter().map(|row| &row["document"]).collect::<Vec<_>>(),
        ["ngan", "gan", "lai"]
    );
    assert!(
        dropped[0]["value"].is_number() && dropped[0]["threshold"].is_number(),
        "{:?}",
        dropped[0]
    );
    assert_eq!((&dropped[1]["reason"], &dropped[1]["of"]), (&json!("duplicate"), &json!("hai")));
    assert_eq!((&dropped[2]["reason"], &dropped[2]["of"]), (&json!("duplicate"), &json!("mot")));

    let manifest: Value = serde_json::from_slice(&files["manifest.json"]).unwrap();
    let ledger = &manifest["ledger"];
    let sum = |rows: &Value| {
        rows.as_array().unwrap().iter().map(|row| row["bytes"].as_u64().unwrap()).sum::<u64>()
    };
    let read: u64 = ["a.jsonl", "b.jsonl"]
        .iter()
        .map(|name| fs::metadata(path(&format!("crawl/{name}"))).unwrap().len())
        .sum();
    assert_eq!(ledger["bytes_in"], json!(read));
    assert_eq!(
        read,
        ledger["bytes_documents"].as_u64().unwrap()
            + ledger["bytes_separators"].as_u64().unwrap()
            + sum(&ledger["rejected"])
            + sum(&ledger["unreadable"])
    );
    done(&["verify", "--inputs", &path("out")]);
}

#[test]
fn texts_in_normal_form_say_what_the_author_wrote() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let plain = text(3, 8);
    let decomposed = "Ðảng uỷ xa\u{303} ho\u{323}p ở Khánh Hoà.\u{200B} Mưa.";
    fs::write(path("in.jsonl"), record("cu", decomposed) + &record("thuong", &plain)).unwrap();
    let build = |form: &[&str], out: &str| {
        let input = path("in.jsonl");
        let out = path(out);
        let args = ["build", &input, "-o", &out, "--preset", "none", "--to", "jsonl", "--quiet"];
        done(&[&args, form].concat());
        rows(&fs::read(Path::new(&out).join("shard-00000.jsonl")).unwrap())
    };
    let kept = build(&["--form", "old"], "old");
    let text = kept[0]["text"].as_str().unwrap();
    assert_eq!(text, "Đảng ủy xã họp ở Khánh Hòa. Mưa.");
    let words = kept[0]["words"].as_array().unwrap();
    let word = |row: &Value| {
        let [start, end]: [usize; 2] = serde_json::from_value(row["span"].clone()).unwrap();
        text[start..end].to_owned()
    };
    assert!(words.iter().map(word).any(|it| it == "Khánh Hòa"), "{words:?}");

    // What is beside it makes the author's text again.
    let edits: Vec<(usize, usize, String)> =
        serde_json::from_str(kept[0]["extra"]["edits"].as_str().unwrap()).unwrap();
    let mut author = text.to_owned();
    for (start, end, before) in edits.iter().rev() {
        author.replace_range(start..end, before);
    }
    assert_eq!(author, decomposed);
    assert_eq!(kept[1]["text"], json!(plain));
    assert_eq!(kept[1]["extra"]["edits"], Value::Null, "nothing was changed there");

    assert_eq!(build(&["--form", "nfc"], "nfc")[0]["text"], "Đảng uỷ xã họp ở Khánh Hoà. Mưa.");
    assert_eq!(build(&["--form", "new"], "new")[0]["text"], "Đảng uỷ xã họp ở Khánh Hoà. Mưa.");
    assert_eq!(build(&[], "author")[0]["text"], decomposed);
}

#[test]
fn what_gives_no_document_leaves_no_folder() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    fs::write(path("in.jsonl"), "").unwrap();
    let told = done(&["build", &path("in.jsonl"), "-o", &path("out")]);
    assert!(told.contains("nothing was built"), "{told}");
    assert!(!folder.path().join("out").exists());
    fs::create_dir(path("own")).unwrap();
    done(&["build", &path("in.jsonl"), "-o", &path("own")]);
    assert!(files(&folder.path().join("own")).is_empty(), "the folder was there before");
}

#[test]
fn what_is_not_as_it_was_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    fs::write(path("in.jsonl"), record("mot", &text(1, 20))).unwrap();
    done(&["build", &path("in.jsonl"), "-o", &path("out"), "--to", "vrt", "--quiet"]);
    assert!(
        corpus(&["verify", &path("out")]).stdout.ends_with("are as they were written\n".as_bytes())
    );

    let differs = |args: &[&str], what: &str| {
        let output = corpus(args);
        let told = String::from_utf8(output.stdout).unwrap();
        assert_eq!((output.status.code(), told.as_str()), (Some(1), what));
    };
    let shard = path("out/shard-00000.vrt");
    let whole = fs::read(&shard).unwrap();
    let mut flipped = whole.clone();
    flipped[whole.len() / 2] ^= 1;
    fs::write(&shard, &flipped).unwrap();
    differs(&["verify", &path("out")], "shard-00000.vrt: its bytes are not what was written\n");
    fs::write(&shard, &whole[..9]).unwrap();
    let output = corpus(&["verify", "--json", &path("out")]);
    let row: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!((output.status.code(), &row["sound"]), (Some(1), &json!(false)));
    assert!(
        row["problems"][0].as_str().unwrap().starts_with("shard-00000.vrt: has 9 bytes, not "),
        "{row}"
    );
    fs::remove_file(&shard).unwrap();
    differs(&["verify", &path("out")], "shard-00000.vrt: no such file or directory\n");
    fs::write(&shard, &whole).unwrap();
    fs::write(path("out/more"), "").unwrap();
    differs(&["verify", &path("out")], "more: is none of what was built\n");
    fs::remove_file(path("out/more")).unwrap();
    fs::write(path("in.jsonl"), "{}").unwrap();
    done(&["verify", &path("out")]);
    let output = corpus(&["verify", "--inputs", &path("out")]);
    assert_eq!(output.status.code(), Some(1));
    let output = corpus(&["verify", folder.path().to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("corpus build --resume"));
}

#[test]
fn a_folder_that_holds_something_is_not_built_in() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    fs::write(path("in.jsonl"), record("mot", &text(1, 20))).unwrap();
    let refused = |args: &[&str], what: &str| {
        let output = corpus(args);
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.contains(what), "{told}");
    };
    let input = path("in.jsonl");
    let here = folder.path().to_str().unwrap();
    refused(&["build", &input, "-o", here], "is not empty");
    refused(&["build", &input, "-o", here, "--resume"], "is not empty");
    refused(&["build", "-o", &path("out")], "name what is to be read");
    refused(&["build", &input, "-o", &path("out"), "--to", "docx"], "no format that is written");
    refused(&["build", &input, "-o", &path("out"), "--to", "../x.jsonl"], "the ending of a file");
    refused(
        &["build", &input, "-o", &path("out"), "--to", "csv", "--layers", "mentions"],
        "no place for a layer",
    );
    refused(&["build", "-", "-o", &path("out")], "reads files");
    refused(&["build", &path("none"), "-o", &path("out")], "no such file or folder");
    assert!(!folder.path().join("out").exists(), "nothing was begun");

    let told = corpus(&["build", &input, "-o", &path("out"), "--dry-run"]);
    assert_eq!(told.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&told.stdout).starts_with("read     1 files, "));
    assert!(!folder.path().join("out").exists(), "a dry run makes nothing");

    done(&["build", &input, "-o", &path("out"), "--quiet"]);
    let before = files(&folder.path().join("out"));
    refused(&["build", &input, "-o", &path("out")], "is not empty");
    let told = done(&["build", &input, "-o", &path("out"), "--resume"]);
    assert!(told.contains("all of it was built before"), "{told}");
    refused(
        &["build", &input, "-o", &path("out"), "--resume", "--preset", "none"],
        "of something else",
    );
    assert_eq!(files(&folder.path().join("out")), before);
}

#[test]
fn a_folder_is_no_input_of_itself() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    fs::write(path("in.jsonl"), record("mot", &text(1, 20))).unwrap();
    let here = folder.path().to_str().unwrap();
    done(&["build", here, "-o", &path("out"), "--to", "jsonl", "--quiet"]);
    done(&["build", here, "-o", &path("out"), "--to", "jsonl", "--quiet", "--resume"]);
}

/// Kills a build at these moments, each time one that goes on with what the one before left, and lets the
/// last come to its end.
fn killed(input: &str, out: &Path, options: &[&str], moments: &[Duration]) {
    let mut args = vec!["build", input, "-o", out.to_str().unwrap(), "--resume", "--quiet"];
    args.extend(options);
    for &moment in moments {
        let mut child = command(&args).spawn().unwrap();
        sleep(moment);
        // It may have come to its end.
        let _ = child.kill();
        let status = child.wait().unwrap();
        let shards = files_but_hidden(out);
        // The manifest is written last; what comes behind it is only that traces go.
        let has_manifest = shards.iter().any(|name| name == "manifest.json");
        assert!(has_manifest || status.code().is_none(), "{shards:?}");
    }
    done(&args);
    done(&["verify", "--inputs", out.to_str().unwrap()]);
}

/// Moments of a run that takes so long, by chance; what they were drawn from is printed where the test fails.
#[allow(clippy::print_stdout, reason = "a test that fails has to say how to repeat it")]
fn moments(whole: Duration) -> impl FnMut() -> Duration {
    let seed = std::env::var("PROPTEST_RNG_SEED").ok().and_then(|seed| seed.parse().ok());
    let clock = || SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let mut state: u64 = seed.unwrap_or_else(clock);
    println!("PROPTEST_RNG_SEED={state}, a whole run took {whole:?}");
    move || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        whole.mul_f64(f64::from((state >> 40) as u32) / f64::from(1_u32 << 24))
    }
}

fn files_but_hidden(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| !name.starts_with('.')).collect()
}

#[test]
fn killed_at_any_moment_it_is_gone_on_with() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let mut page = String::new();
    for seed in 0..900 {
        // One in nine is there twice, and one in ten is too short.
        let sentences = if seed % 10 == 3 { 1 } else { 60 };
        page += &record(&format!("tin-{seed}"), &text(seed - seed % 9 / 8, sentences));
    }
    fs::write(path("in.jsonl"), page).unwrap();
    let input = path("in.jsonl").to_str().unwrap().to_owned();
    // The one file is several parts of the journal and several shards.
    let options = ["--part-size", "1", "--shard-size", "1", "--to", "jsonl"];
    let mut args = vec!["build", &input, "-o"];
    let whole = path("whole").to_str().unwrap().to_owned();
    args.push(&whole);
    args.extend(options);
    let from = Instant::now();
    let told = done(&args);
    let time = from.elapsed();
    let expected = files(&path("whole"));
    assert!(expected.len() > 4, "more than one shard: {told}");

    let mut moment = moments(time);
    // One folder that is killed in again and again; asked for, twenty that are killed in once and once more.
    let (trials, kills) = if std::env::var_os("CI_LONG").is_some() { (20, 2) } else { (1, 6) };
    for trial in 0..trials {
        let moments: Vec<Duration> = (0..kills).map(|_| moment()).collect();
        let out = path(&format!("killed-{trial}"));
        killed(&input, &out, &options, &moments);
        assert!(files(&out) == expected, "killed at {moments:?} it is not what one run makes");
        fs::remove_dir_all(&out).unwrap();
    }

    // Neither threads nor where the journal is written change anything.
    for (jobs, part) in [("1", "1"), ("3", "2"), ("2", "64")] {
        let out = path(jobs);
        let out = out.to_str().unwrap();
        done(&[
            "build",
            &input,
            "-o",
            out,
            "--jobs",
            jobs,
            "--quiet",
            "--part-size",
            part,
            "--shard-size",
            "1",
            "--to",
            "jsonl",
        ]);
        let out = Path::new(out);
        assert!(files(out) == expected, "{jobs} threads make something else");
    }
}

#[test]
fn parts_of_a_file_that_are_done_are_not_judged_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let page: String = (0..900).map(|seed| record(&format!("{seed}"), &text(seed, 60))).collect();
    let packed: &[&str] =
        if cfg!(feature = "gzip") { &["in.jsonl", "in.jsonl.gz"] } else { &["in.jsonl"] };
    fs::write(path("in.jsonl"), page).unwrap();
    for name in packed {
        let input = path(name).to_str().unwrap().to_owned();
        if name.ends_with(".gz") {
            let plain = path("in.jsonl");
            done(&["convert", plain.to_str().unwrap(), "-o", &input, "--quiet"]);
        }
        let (whole, broken) = (path("whole"), path("broken"));
        let build = |out: &Path| {
            let out = out.to_str().unwrap();
            command(&["build", &input, "-o", out, "--part-size", "1", "--to", "jsonl", "--resume"])
        };
        let whole_run = build(&whole).output().unwrap();
        assert_eq!(whole_run.status.code(), Some(0), "{whole_run:?}");
        let mut child = build(&broken).arg("--quiet").spawn().unwrap();
        // Each part is a line behind the first, which tells what is built of what.
        let journal = path("broken/.build/journal");
        while fs::read(&journal).map_or(0, |it| it.iter().filter(|&&it| it == b'\n').count()) < 3 {
            assert_eq!(child.try_wait().unwrap(), None, "{name}: it ended before it was killed");
            sleep(Duration::from_millis(1));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let again = build(&broken).output().unwrap();
        let told = String::from_utf8_lossy(&again.stderr).into_owned();
        assert!(told.contains("going on behind ") && !told.contains("behind 0 "), "{told}");
        assert!(files(&broken) == files(&whole), "{name}");
        fs::remove_dir_all(&whole).unwrap();
        fs::remove_dir_all(&broken).unwrap();
    }
}

#[test]
fn another_input_is_not_gone_on_with() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let page: String = (0..600).map(|seed| record(&format!("{seed}"), &text(seed, 60))).collect();
    fs::write(path("in.jsonl"), &page).unwrap();
    let args = ["build", &path("in.jsonl"), "-o", &path("out"), "--quiet"];
    let mut child = command(&args).spawn().unwrap();
    // The first line tells what is built of what.
    let begun = || fs::read(path("out/.build/journal")).is_ok_and(|it| it.ends_with(b"\n"));
    while !begun() {
        sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let refused = |args: &[&str], what: &str| {
        let output = corpus(args);
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.contains(what), "{told}");
    };
    refused(&["build", &path("in.jsonl"), "-o", &path("out")], "go on with --resume");
    refused(
        &["build", &path("in.jsonl"), "-o", &path("out"), "--resume", "--threshold", "0.7"],
        "the options are others",
    );
    fs::write(path("in.jsonl"), page.replacen("Hôm 3", "Hôm 4", 1)).unwrap();
    refused(&["build", &path("in.jsonl"), "-o", &path("out"), "--resume"], "in.jsonl has changed");
    fs::write(path("in.jsonl"), page).unwrap();
    done(&["build", &path("in.jsonl"), "-o", &path("out"), "--resume", "--quiet"]);
}

#[cfg(feature = "toml")]
#[test]
fn options_come_from_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    fs::write(path("in.jsonl"), record("mot", &text(1, 20)) + &record("hai", "Mưa.")).unwrap();
    let config = format!(
        "input = [{:?}]\npreset = \"none\"\nto = \"csv\"\nlayers = [\"none\"]\n",
        path("in.jsonl")
    );
    fs::write(path("build.toml"), config).unwrap();
    let told = done(&["build", "--config", &path("build.toml"), "-o", &path("out")]);
    assert!(told.contains("2 documents: 2 kept in 1 shards"), "{told}");
    assert!(folder.path().join("out/shard-00000.csv").exists());
}

#[cfg(feature = "parquet")]
#[test]
fn shards_of_columns_are_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    fs::write(path("in.jsonl"), record("mot", &text(1, 20)) + &record("hai", &text(2, 20)))
        .unwrap();
    done(&[
        "build",
        &path("in.jsonl"),
        "-o",
        &path("out"),
        "--to",
        "parquet",
        "--layers",
        "words,mentions",
        "--quiet",
    ]);
    let output = corpus(&["documents", "--json", &path("out/shard-00000.parquet")]);
    let ids: Vec<Value> = rows(&output.stdout).into_iter().map(|row| row["id"].clone()).collect();
    assert_eq!(ids, ["mot", "hai"]);
}
