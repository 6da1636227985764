//! What the name of a file says about its documents.

use std::fmt::Write as _;

use crate::Record;

/// The name of a file without folder and endings, and what it is made of.
#[derive(Clone, Debug)]
pub(crate) struct Stem {
    name: String,
    /// `000_fb5a5f98055da262`: an index and an identifier.
    parts: Option<(String, String)>,
}

impl Default for Stem {
    fn default() -> Stem {
        Stem { name: "stdin".into(), parts: None }
    }
}

/// Endings of compressed files; the ending that names the format stands in front of them.
const COMPRESSED: [&str; 6] = ["gz", "zst", "bz2", "xz", "lz4", "br"];

impl Stem {
    pub(crate) fn of(path: &str) -> Stem {
        let name = in_archive(path).rsplit(['/', '\\']).next().unwrap_or(path);
        let name = without_compression(name);
        let name = match name.rsplit_once('.') {
            Some((stem, _)) if !stem.is_empty() => stem,
            _ => name,
        };
        let parts = name
            .split_once('_')
            .filter(|(index, id)| {
                let digits = !index.is_empty() && index.bytes().all(|b| b.is_ascii_digit());
                digits && id.len() >= 8 && id.bytes().all(|b| b.is_ascii_hexdigit())
            })
            .map(|(index, id)| (index.to_owned(), id.to_owned()));
        match name.is_empty() {
            true => Stem::default(),
            false => Stem { name: name.to_owned(), parts },
        }
    }

    /// Gives the record an id, if it has none, and the parts of the file's name.
    pub(crate) fn name(&self, record: &mut Record, number: u64) {
        if record.id.is_empty() {
            record.id.push_str(&self.name);
            if number > 0 || record.has_fields() {
                // Writing to a string cannot fail.
                let _ = write!(record.id, "#{number}");
            }
        }
        if let Some((index, id)) = &self.parts {
            let extra = &mut record.metadata.extra;
            extra.entry("file_index".into()).or_insert_with(|| index.clone());
            extra.entry("file_id".into()).or_insert_with(|| id.clone());
        }
    }
}

/// The name that a member has in its archive, or the path: `a.zip!tin.txt`.
fn in_archive(path: &str) -> &str {
    const ARCHIVES: [&str; 5] = [".zip", ".tar", ".tgz", ".tbz2", ".txz"];
    let member = path.rmatch_indices('!').find_map(|(at, _)| {
        let (archive, member) = (path.get(..at)?.to_lowercase(), path.get(at + 1..)?);
        let archive = without_compression(&archive);
        ARCHIVES.iter().any(|ending| archive.ends_with(ending)).then_some(member)
    });
    member.unwrap_or(path)
}

/// A file's name without the ending of a compressor.
pub(crate) fn without_compression(name: &str) -> &str {
    match name.rsplit_once('.') {
        Some((rest, ending)) if COMPRESSED.iter().any(|it| ending.eq_ignore_ascii_case(it)) => rest,
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems() {
        let name = |path| Stem::of(path).name;
        assert_eq!(name("a/b/000_fb5a5f98055da262.txt"), "000_fb5a5f98055da262");
        assert_eq!(name("tin.2017.jsonl.gz"), "tin.2017");
        assert_eq!(name("c:\\tin\\a.txt"), "a");
        assert_eq!(name("a/tin.zip!b/c.txt"), "c");
        assert_eq!(name("tin.tar.gz!b.txt"), "b");
        assert_eq!(name("tin!b.txt"), "tin!b");
        assert_eq!(name(".an"), ".an");
        assert_eq!(name("a/"), "stdin");
    }

    #[test]
    fn index_and_identifier() {
        assert!(Stem::of("17_00ff00ff00ff00ff.txt").parts.is_some());
        assert!(Stem::of("17_tin.txt").parts.is_none());
        assert!(Stem::of("a_00ff00ff00ff00ff.txt").parts.is_none());
    }
}
