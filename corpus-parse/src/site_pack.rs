//! [`SitePack`]: the furniture of single sites.

use std::fmt;
use std::sync::LazyLock;

use corpus_model::BlockKind;
use rustc_hash::FxHashMap;

use crate::rules::LineRules;

/// What lines of single sites are that their form does not tell: page furniture above all.
///
/// A pack is a table with three columns divided by tabs: the site, the kind of block
/// ([`BlockKind::name`]) and the line. Case, composition, figures and the amount of white space do
/// not count, and `*` stands for anything. Lines that begin with `# ` are comments; what stands in
/// further columns is for people. A rule for `tin.example` holds for `m.tin.example` too.
///
/// The text stays as it is: such a line is a block of its kind, and is in nobody's sentences.
///
/// ```
/// use std::sync::Arc;
/// use corpus_model::BlockKind;
/// use corpus_parse::{Reader, SitePack, find};
///
/// let mut pack = SitePack::built_in().clone();
/// pack.read("tin.example\tboilerplate\tTheo dõi Tin Xa trên *\n")?;
///
/// let input = r#"{"url": "https://tin.example/mua-1.html", "text": "Trời mưa.\nTheo dõi Tin Xa trên Zalo."}"#;
/// let reader = Reader::new(find("jsonl").unwrap(), input.as_bytes());
/// let document = reader.site_pack(Arc::new(pack)).documents().next().unwrap().unwrap();
/// let kinds: Vec<_> = document.blocks().iter().map(|block| block.kind).collect();
/// assert_eq!(kinds, [BlockKind::Paragraph, BlockKind::Boilerplate]);
/// # Ok::<(), corpus_parse::SitePackError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct SitePack {
    sites: FxHashMap<String, LineRules>,
}

static BUILT_IN: LazyLock<SitePack> = LazyLock::new(|| {
    let mut pack = SitePack::default();
    // A test reads the same data and holds it to have no error.
    let _ = pack.read(include_str!("../data/sites.tsv"));
    pack
});

impl SitePack {
    /// What the crate knows: `data/sites.tsv`.
    pub fn built_in() -> &'static SitePack {
        &BUILT_IN
    }

    /// Adds the rules of a table. Where two rules know one line, the one read last holds.
    pub fn read(&mut self, table: &str) -> Result<(), SitePackError> {
        for (n, row) in table.trim_start_matches('\u{feff}').lines().enumerate() {
            if row.trim().is_empty() || row == "#" || row.starts_with("# ") {
                continue;
            }
            let error = |what: String| SitePackError { line: n + 1, what };
            let mut cells = row.split('\t').map(str::trim);
            let (Some(site), Some(kind), Some(line)) = (cells.next(), cells.next(), cells.next())
            else {
                return Err(error("not three columns divided by tabs: site, kind, line".into()));
            };
            let Some(kind) = BlockKind::from_name(kind) else {
                let names: Vec<&str> = BlockKind::ALL.iter().map(|kind| kind.name()).collect();
                return Err(error(format!("no kind {kind:?}; the kinds are {}", names.join(", "))));
            };
            if !site.contains('.') || site.contains(['/', ' ']) {
                return Err(error(format!("{site:?} is no site: write it as in tin.example")));
            }
            if line.chars().all(|c| c == '*' || c.is_whitespace()) {
                return Err(error("a line that would fit every line".into()));
            }
            let site = site.to_lowercase();
            let site = site.strip_prefix("www.").unwrap_or(&site);
            self.sites.entry(site.to_owned()).or_default().add(line, kind);
        }
        Ok(())
    }

    /// The sites that there are rules for, in order.
    pub fn sites(&self) -> Vec<&str> {
        let mut sites: Vec<&str> = self.sites.keys().map(String::as_str).collect();
        sites.sort_unstable();
        sites
    }

    /// The rules of a site, or of the site that it is a part of.
    pub(crate) fn rules(&self, site: &str) -> Option<&LineRules> {
        let mut site = site;
        loop {
            if let Some(rules) = self.sites.get(site) {
                return Some(rules);
            }
            site = site.split_once('.')?.1;
        }
    }
}

/// A line of a table of site rules that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SitePackError {
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong with it.
    pub what: String,
}

impl fmt::Display for SitePackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.what)
    }
}

impl std::error::Error for SitePackError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_pack_is_sound() {
        let mut pack = SitePack::default();
        assert_eq!(pack.read(include_str!("../data/sites.tsv")), Ok(()));
        assert!(!pack.sites().is_empty());
    }

    #[test]
    fn errors_say_the_line() {
        let check = |table: &str, expected: &str| {
            let error = SitePack::default().read(table).unwrap_err();
            assert_eq!(error.to_string(), expected);
        };
        check(
            "# a\n\ntin.example boilerplate a",
            "line 3: not three columns divided by tabs: site, kind, line",
        );
        check("tin\tboilerplate\ta", "line 1: \"tin\" is no site: write it as in tin.example");
        check("tin.example\tboilerplate\t*", "line 1: a line that would fit every line");
        assert!(SitePack::default().read("a.b\tad\tx").unwrap_err().what.contains("boilerplate"));
    }

    #[test]
    fn a_rule_holds_for_the_parts_of_a_site() {
        let mut pack = SitePack::default();
        pack.read("www.Tin.example\tboilerplate\tQuảng cáo ở đây\tseen in 3 of 4").unwrap();
        assert!(pack.rules("tin.example").is_some());
        assert!(pack.rules("m.tin.example").is_some());
        assert!(pack.rules("tintin.example").is_none());
    }
}
