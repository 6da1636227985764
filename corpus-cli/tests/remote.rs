//! `corpus sql` over files of other machines: a server and a store of the test's own, on this one.

#![cfg(feature = "object-store")]
#![allow(clippy::unwrap_used, reason = "a test may fail loudly")]
#![allow(missing_docs, reason = "a test is no API")]

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Serves the files of a folder under `/store/`, by HTTP and as the bucket `store` of S3.
struct Server {
    address: String,
    /// How many pieces of files were asked for.
    pieces: Arc<AtomicUsize>,
}

impl Server {
    fn of(folder: &Path) -> Server {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let pieces = Arc::new(AtomicUsize::new(0));
        let (folder, counted) = (folder.to_owned(), Arc::clone(&pieces));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (folder, counted) = (folder.clone(), Arc::clone(&counted));
                thread::spawn(move || answer(&stream, &folder, &counted));
            }
        });
        Server { address, pieces }
    }
}

/// Answers what is asked on a connection, until it ends.
fn answer(stream: &TcpStream, folder: &Path, pieces: &AtomicUsize) -> Option<()> {
    let mut lines = BufReader::new(stream).lines();
    loop {
        let request = lines.next()?.ok()?;
        let mut range = None;
        loop {
            let line = lines.next()?.ok()?.to_lowercase();
            if line.is_empty() {
                break;
            }
            if let Some(bytes) = line.strip_prefix("range: bytes=") {
                let (first, last) = bytes.split_once('-')?;
                range = Some((first.parse::<usize>().ok()?, last.parse::<usize>().ok()?));
            }
        }
        let mut parts = request.split(' ');
        let (method, target) = (parts.next()?, parts.next()?);
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let mut out = stream;
        if query.contains("list-type=2") {
            let page = listing(folder);
            let head = "HTTP/1.1 200 OK\r\ncontent-type: application/xml\r\n";
            write!(out, "{head}content-length: {}\r\n\r\n{page}", page.len()).ok()?;
            continue;
        }
        let name = path.strip_prefix("/store/").unwrap_or_default();
        let Ok(bytes) = fs::read(folder.join(name)) else {
            write!(out, "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n").ok()?;
            continue;
        };
        let dated = "last-modified: Mon, 01 Jan 2024 00:00:00 GMT\r\netag: \"1\"\r\n";
        let (status, part, place) = match range {
            Some((first, last)) => {
                pieces.fetch_add(1, Ordering::Relaxed);
                let last = last.min(bytes.len() - 1);
                let place = format!("content-range: bytes {first}-{last}/{}\r\n", bytes.len());
                ("206 Partial Content", bytes.get(first..=last)?, place)
            }
            None => ("200 OK", bytes.as_slice(), String::new()),
        };
        write!(out, "HTTP/1.1 {status}\r\n{dated}{place}content-length: {}\r\n\r\n", part.len())
            .ok()?;
        if method != "HEAD" {
            out.write_all(part).ok()?;
        }
    }
}

/// What S3 says of the files in a bucket.
fn listing(folder: &Path) -> String {
    let mut names: Vec<PathBuf> =
        fs::read_dir(folder.join("news")).unwrap().map(|it| it.unwrap().path()).collect();
    names.sort();
    let entry = |path: &PathBuf| {
        let key = path.strip_prefix(folder).unwrap().display();
        let size = path.metadata().unwrap().len();
        format!(
            "<Contents><Key>{key}</Key><LastModified>2024-01-01T00:00:00.000Z</LastModified>\
             <ETag>\"1\"</ETag><Size>{size}</Size><StorageClass>STANDARD</StorageClass></Contents>"
        )
    };
    let entries: String = names.iter().map(entry).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ListBucketResult><Name>store</Name>\
         <IsTruncated>false</IsTruncated>{entries}</ListBucketResult>"
    )
}

/// The command, for which the store is the server.
fn command(server: &Server, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_corpus"));
    command.args(args).env("NO_COLOR", "1").stdin(Stdio::null());
    command.env("AWS_ENDPOINT", &server.address).env("AWS_ALLOW_HTTP", "true");
    command.env("AWS_REGION", "us-east-1").env("AWS_SKIP_SIGNATURE", "true");
    // What stands between this machine and others has no part in it.
    for name in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"]
    {
        command.env_remove(name);
    }
    command
}

fn sql(server: &Server, args: &[&str]) -> Output {
    command(server, &[&["sql", "--json"], args].concat()).output().unwrap()
}

/// A folder with two files of Parquet in `news/`, and the server of it.
fn store() -> (tempfile::TempDir, Server) {
    let folder = tempfile::tempdir().unwrap();
    let server = Server::of(folder.path());
    fs::create_dir(folder.path().join("news")).unwrap();
    for n in 0..2 {
        let lines = folder.path().join(format!("{n}.jsonl"));
        let line = |i| format!("{{\"id\":\"{n}{i}\",\"text\":\"Trời mưa ở Hà Nội.\"}}\n");
        fs::write(&lines, (0..3).map(line).collect::<String>()).unwrap();
        let shard = folder.path().join(format!("news/{n}.parquet"));
        let args = ["convert", "-q", lines.to_str().unwrap(), "-o", shard.to_str().unwrap()];
        assert!(command(&server, &args).status().unwrap().success());
    }
    (folder, server)
}

const QUERY: &str = "select word, count(*) as n from (select unnest(vi_words(text)) as word from 'TABLE') group by word order by word";

const SIX: &str = "{\"word\":\".\",\"n\":6}\n{\"word\":\"Hà Nội\",\"n\":6}\n{\"word\":\"Trời\",\"n\":6}\n\
                   {\"word\":\"mưa\",\"n\":6}\n{\"word\":\"ở\",\"n\":6}\n";

#[test]
fn files_of_servers_and_stores_are_tables() {
    let (_folder, server) = store();
    let served = &server.address;
    let three = SIX.replace('6', "3");
    for (table, expected) in [
        (format!("{served}/store/news/0.parquet"), three.as_str()),
        (format!("{served}/store/0.jsonl"), &three),
        ("s3://store/news/1.parquet".to_owned(), &three),
        ("s3://store/news/".to_owned(), SIX),
    ] {
        let output = sql(&server, &[&QUERY.replace("TABLE", &table)]);
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(String::from_utf8_lossy(&output.stdout), expected, "{table}: {told}");
    }
    assert!(server.pieces.load(Ordering::Relaxed) > 0, "files are not read in pieces");
}

#[test]
fn what_is_not_there_is_told() {
    let (_folder, server) = store();
    let served = &server.address;
    for (table, told) in [
        (format!("{served}/store/none.parquet"), "none.parquet: there is no file of this name"),
        ("s3://store/none.parquet".to_owned(), "none.parquet: there is no file of this name"),
        (format!("{served}/store/news/"), "of a server files are read, not folders"),
        ("s3://store/news/*.parquet".to_owned(), "a glob is of this machine"),
        ("http://127.0.0.1:1/a.parquet".to_owned(), "http://127.0.0.1:1/a.parquet: "),
        ("ftp://data.example/a.parquet".to_owned(), "not ftp"),
        (format!("{served}/store/a.txt"), "only files that end in .parquet"),
    ] {
        let output = sql(&server, &[&format!("select 1 from '{table}'")]);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{table}: {said}");
        assert!(said.starts_with("error: ") && said.contains(told), "{table}: {said}");
    }
}

#[cfg(feature = "cluster")]
#[test]
fn executors_read_stores_themselves() {
    use std::time::{Duration, Instant};

    struct Processes(Vec<std::process::Child>);

    impl Drop for Processes {
        fn drop(&mut self) {
            for child in &mut self.0 {
                let _ = child.kill();
                let _ = child.wait();
            }
        }
    }

    let (_folder, server) = store();
    let ports: Vec<u16> = loop {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let first = listener.local_addr().unwrap().port();
        drop(listener);
        let free = |port| TcpListener::bind(("127.0.0.1", port)).is_ok();
        if first < u16::MAX - 2 && (first..first + 3).all(free) {
            break (first..first + 3).collect();
        }
    };
    let [scheduler, executor] = [ports[0], ports[1]].map(|port| format!("127.0.0.1:{port}"));
    let mut processes = Processes(Vec::new());
    let mut start = |args: &[&str]| {
        let child = command(&server, args).stderr(Stdio::null()).spawn().unwrap();
        processes.0.push(child);
    };
    start(&["cluster", "scheduler", "--listen", &scheduler]);
    start(&[
        "cluster",
        "executor",
        "--scheduler",
        &scheduler,
        "--listen",
        &executor,
        "--jobs",
        "2",
    ]);
    let from = Instant::now();
    while TcpStream::connect(&executor).is_err() {
        assert!(from.elapsed() < Duration::from_secs(120), "no executor listens");
        thread::sleep(Duration::from_millis(20));
    }
    let address = format!("df://{scheduler}");
    let output =
        sql(&server, &["--cluster", &address, &QUERY.replace("TABLE", "s3://store/news/")]);
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(String::from_utf8_lossy(&output.stdout), SIX, "{told}");
}
