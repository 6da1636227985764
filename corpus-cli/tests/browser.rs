//! The summary as a page in a browser: nothing is wider than a phone, nothing is complained of.
//!
//! Runs where Chromium is installed, and says so where it is not.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may fail loudly"
)]
#![allow(missing_docs, reason = "a test is no API")]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

const BROWSERS: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// Writes into the title what is wider than the page, tables that scroll by themselves aside, and
/// which links lead nowhere.
const MEASURE: &str = r##"<script>
const wide = [...document.body.querySelectorAll("*")].filter(it =>
  !it.closest(".wide") && it.getBoundingClientRect().right > WIDTH + 1);
const dead = [...document.querySelectorAll('a[href^="#"]')].filter(it =>
  !document.getElementById(it.getAttribute("href").slice(1)));
document.title = `wide ${wide.length} ${wide.slice(0, 3).map(it => it.tagName)} dead ${dead.length}`;
</script></body>"##;

#[test]
fn the_page_fits_a_phone_and_a_screen() {
    let installed = |name: &&str| {
        let mut version = Command::new(name);
        version.arg("--version").stdout(Stdio::null()).stderr(Stdio::null());
        version.status().is_ok_and(|status| status.success())
    };
    let Some(browser) = BROWSERS.into_iter().find(installed) else {
        println!("skipped: no Chromium is installed");
        return;
    };
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../seeds");
    if !seeds.is_dir() {
        println!("skipped: no folder `seeds` beside the crate");
        return;
    }
    let output = Command::new(env!("CARGO_BIN_EXE_corpus"))
        .args(["--quiet", "summarize", "--report", "html"])
        .arg(seeds)
        .output()
        .unwrap();
    let page = String::from_utf8(output.stdout).unwrap();
    assert!(page.len() < 3_000_000, "{} bytes", page.len());
    let folder = tempfile::tempdir().unwrap();
    for width in [360, 1000] {
        // The page forbids scripts, so the one that measures needs a copy without that line; a window
        // cannot be as narrow as a phone, but the page in it can.
        let measured = page
            .lines()
            .filter(|line| !line.contains("Content-Security-Policy"))
            .collect::<Vec<_>>()
            .join("\n")
            .replace("<html ", &format!("<html style=\"width:{width}px\" "))
            .replace("</body>", &MEASURE.replace("WIDTH", &width.to_string()));
        let file = folder.path().join(format!("{width}.html"));
        fs::write(&file, measured).unwrap();
        let output = Command::new(browser)
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"])
            .args(["--enable-logging=stderr", "--log-level=0"])
            .arg(format!("--window-size={},900", width.max(500)))
            .arg(format!("--user-data-dir={}", folder.path().join("profile").display()))
            .arg(format!("file://{}", file.display()))
            .output()
            .unwrap();
        let dom = String::from_utf8_lossy(&output.stdout).into_owned();
        let title = dom.split_once("<title>").and_then(|(_, rest)| rest.split_once("</title>"));
        assert_eq!(title.map(|it| it.0), Some("wide 0  dead 0"), "at {width} pixels");
        let complaints = String::from_utf8_lossy(&output.stderr).into_owned();
        let complaints: Vec<&str> =
            complaints.lines().filter(|line| line.contains(":CONSOLE")).collect();
        assert!(complaints.is_empty(), "{complaints:?}");
    }
}
