//! The heads of records in web archives, those of WARC and those of ARC.

/// A longer line is no line of a head.
pub(crate) const LONGEST_LINE: usize = 16 << 10;

/// The head of a record.
#[derive(Debug, Default)]
pub(crate) struct Head {
    pub(crate) kind: String,
    pub(crate) id: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) fetched: Option<String>,
    pub(crate) content: String,
    pub(crate) length: Option<u64>,
}

impl Head {
    /// Enters a line of the head: a name and its value.
    pub(crate) fn enter(&mut self, name: &str, value: &str) {
        // Some programs put the address in angle brackets, as the names of records are.
        let bare = || Some(value.trim_start_matches('<').trim_end_matches('>').trim().to_owned());
        match name.to_ascii_lowercase().as_str() {
            "warc-type" => self.kind = value.to_ascii_lowercase(),
            "warc-record-id" => {
                self.id = bare().map(|id| id.trim_start_matches("urn:uuid:").to_owned());
            }
            "warc-target-uri" => self.url = bare().filter(|it| !it.is_empty()),
            "warc-date" => self.fetched = Some(value.to_owned()),
            "content-type" => self.content = value.to_ascii_lowercase(),
            "content-length" => self.length = value.parse().ok(),
            _ => {}
        }
    }
}

/// The head of a record of an ARC file: address, IP address, time, kind and length in one line.
pub(crate) fn arc(line: &[u8]) -> Option<Head> {
    let line = std::str::from_utf8(line).ok()?.trim_end();
    // Addresses have blanks in them now and then, so the other parts are counted from the end.
    let mut parts = line.rsplitn(5, ' ');
    let (length, content) = (parts.next()?, parts.next()?);
    let (time, ip, url) = (parts.next()?, parts.next()?, parts.next()?);
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let fits = url.contains("://") || url.starts_with("dns:");
    let ip = ip.bytes().all(|byte| byte.is_ascii_hexdigit() || matches!(byte, b'.' | b':'));
    if !fits || !ip || !digits(time) || time.len() < 8 || !content.contains(['/', '-']) {
        return None;
    }
    let kind = if url.starts_with("filedesc:") { "filedesc" } else { "response" };
    Some(Head {
        kind: kind.into(),
        id: None,
        url: Some(url.to_owned()),
        fetched: Some(time.to_owned()),
        content: if kind == "response" { "application/http".into() } else { content.into() },
        length: length.parse().ok(),
    })
}

/// Where the next record of an ARC file begins, behind the first line.
pub(crate) fn next_arc(bytes: &[u8], last: bool) -> Option<usize> {
    let mut at = 0;
    loop {
        at += memchr::memchr(b'\n', bytes.get(at..)?)? + 1;
        let rest = bytes.get(at..)?;
        let end = memchr::memchr(b'\n', rest.get(..LONGEST_LINE.min(rest.len()))?);
        // The last line of the stretch is looked at with what follows it.
        let end = match end {
            Some(end) => end,
            None if last || rest.len() >= LONGEST_LINE => rest.len().min(LONGEST_LINE),
            None => return None,
        };
        if arc(rest.get(..end)?).is_some_and(|head| head.length.is_some()) {
            return Some(at);
        }
    }
}
