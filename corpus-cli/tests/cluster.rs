//! A scheduler and two executors of the command's own, on this machine: they answer as one process does, and go on when one of
//! them is killed.

#![cfg(feature = "cluster")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail loudly")]
#![allow(missing_docs, reason = "a test is no API")]

use std::collections::BTreeSet;
use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

const WORDS: [&str; 24] = [
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
    "nông thôn",
    "mới",
    "được",
    "kinh tế",
    "xã hội",
    "trong",
    "năm",
    "nhân dân",
    "đường",
    "trường học",
    "là",
    "một",
    "cho",
    "đã",
];

/// So long anything here may take before it counts as hanging.
const PATIENCE: Duration = Duration::from_secs(180);

fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_corpus"));
    command.args(args).env("NO_COLOR", "1").stdin(Stdio::null()).stderr(Stdio::piped());
    command
}

/// What the command prints; it has to end well.
#[track_caller]
fn printed(args: &[&str]) -> String {
    let output = command(args).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{args:?}: {told}");
    String::from_utf8(output.stdout).unwrap()
}

/// Texts of words that are drawn, every tenth nearly that before it, in four files of Parquet.
fn store(folder: &Path, texts: usize) -> PathBuf {
    let store = folder.join("store");
    fs::create_dir(&store).unwrap();
    let mut state = 20_260_901_u64;
    let mut draw = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        WORDS[(state % WORDS.len() as u64) as usize]
    };
    let mut last = String::new();
    let rows: Vec<String> = (0..texts)
        .map(|n| {
            last = match n % 10 {
                9 => format!("{last} {}", draw()),
                _ => (0..120).map(|_| draw()).collect::<Vec<_>>().join(" "),
            };
            format!("{}\n", serde_json::json!({ "id": format!("{n:05}"), "text": last }))
        })
        .collect();
    for (n, rows) in rows.chunks(texts.div_ceil(4)).enumerate() {
        let lines = folder.join(format!("{n}.jsonl"));
        fs::write(&lines, rows.concat()).unwrap();
        let shard = store.join(format!("{n}.parquet"));
        printed(&["convert", "-q", lines.to_str().unwrap(), "-o", shard.to_str().unwrap()]);
    }
    store
}

/// Processes that end with the test.
#[derive(Default)]
struct Cluster(Vec<Child>);

impl Drop for Cluster {
    fn drop(&mut self) {
        for child in &mut self.0 {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

impl Cluster {
    fn start(&mut self, args: &[&str]) {
        self.0.push(command(args).stderr(Stdio::null()).spawn().unwrap());
    }
}

/// Two ports beside each other at which nobody listens.
fn ports() -> u16 {
    for _ in 0..100 {
        let first = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = first.local_addr().unwrap().port();
        if port < u16::MAX && TcpListener::bind(("127.0.0.1", port + 1)).is_ok() {
            return port;
        }
    }
    panic!("no two ports beside each other are free");
}

#[track_caller]
fn wait_until(what: &str, mut done: impl FnMut() -> bool) {
    let from = Instant::now();
    while !done() {
        assert!(from.elapsed() < PATIENCE, "{what} does not happen");
        sleep(Duration::from_millis(20));
    }
}

/// The files in a folder, however deep, that hold something.
fn files(folder: &Path) -> BTreeSet<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found = BTreeSet::new();
    for entry in entries {
        match entry.metadata() {
            Ok(it) if it.is_dir() => found.extend(files(&entry.path())),
            Ok(it) if it.len() > 0 => drop(found.insert(entry.path())),
            _ => {}
        }
    }
    found
}

#[test]
fn two_executors_answer_as_one_process_and_one_of_them_may_be_killed() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path(), 2000);
    let store = store.to_str().unwrap();
    let words = format!(
        "select word, count(*) as n from (select unnest(vi_words(text)) as word from '{store}') \
         group by word order by n desc, word"
    );
    // As `near_duplicates` of the engine writes it.
    let pairs = format!(
        "with keys as (select id, unnest(minhash_bands(text, 0.8)) as key from '{store}'),
              groups as (select array_agg(id) as ids from keys group by key having count(*) > 1),
              firsts as (select unnest(ids) as a, ids from groups),
              pairs as (select distinct a, b from (select a, unnest(ids) as b from firsts) where a < b)
         select a, b, jaccard(x.text, y.text) as similarity from pairs
         join '{store}' x on x.id = a join '{store}' y on y.id = b
         where jaccard(x.text, y.text) >= 0.8 order by a, b"
    );
    // A function of lists is none of ours, and none of those that executors know by themselves.
    let sums = format!("select sum(cardinality(vi_words(text))) as words from '{store}'");
    let expected = [&words, &pairs, &sums].map(|query| printed(&["sql", "--json", query]));
    assert_eq!(expected[1].lines().count(), 200);

    let mut cluster = Cluster::default();
    let scheduler = format!("127.0.0.1:{}", ports());
    cluster.start(&["cluster", "scheduler", "--listen", &scheduler, "--executor-timeout", "4"]);
    let work = ["one", "two"].map(|name| folder.path().join(name));
    for work in &work {
        let listen = format!("127.0.0.1:{}", ports());
        let args = ["cluster", "executor", "--scheduler", &scheduler, "--listen", &listen];
        let more = ["--jobs", "1", "--heartbeat", "1", "--folder", work.to_str().unwrap()];
        cluster.start(&[&args[..], &more[..]].concat());
        wait_until("an executor listens", || TcpStream::connect(&listen).is_ok());
    }
    let address = format!("df://{scheduler}");
    for (query, expected) in [&words, &pairs, &sums].iter().zip(&expected) {
        assert_eq!(&printed(&["sql", "--json", "--cluster", &address, query]), expected);
    }
    // A dot in a name is no end of a schema there either.
    let query = "select count(\"0.parquet\".id) as n from '0.parquet'";
    let mut near = command(&["sql", "--json", "--cluster", &address, query]);
    let output = near.current_dir(store).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), "{\"n\":500}\n");
    for work in &work {
        assert!(!files(work).is_empty(), "{}: this executor had nothing to do", work.display());
    }

    let before = files(&work[1]);
    let args = ["sql", "--json", "--cluster", &address, &pairs];
    let running = command(&args).stdout(Stdio::piped()).spawn().unwrap();
    wait_until("the second executor has done a part", || !files(&work[1]).is_subset(&before));
    let mut killed = cluster.0.pop().unwrap();
    killed.kill().unwrap();
    killed.wait().unwrap();
    let output = running.wait_with_output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{told}");
    assert_eq!(String::from_utf8(output.stdout).unwrap(), expected[1]);
}

#[test]
fn a_cluster_that_is_not_there_is_told() {
    let port = ports();
    let address = format!("df://127.0.0.1:{port}");
    let output = command(&["sql", "--cluster", &address, "select 1"]).output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(told.contains(&format!("no scheduler answers at 127.0.0.1:{port}")), "{told}");
}
