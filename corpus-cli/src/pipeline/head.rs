//! What the first bytes of data say of it.

use std::io::{self, Read};

/// How much of a file is looked at to tell its format.
const HEAD_BYTES: usize = 64 << 10;

/// The first bytes.
pub(super) fn read_head(data: &mut dyn Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::with_capacity(HEAD_BYTES);
    data.take(HEAD_BYTES as u64).read_to_end(&mut head)?;
    Ok(head)
}

/// What to say of data that is no text, with what to do next where that is known.
pub(super) fn describe_binary(head: &[u8]) -> String {
    const KNOWN: [(&[u8], &str); 7] = [
        (b"PAR1", "a Parquet file: this program was built without the feature \"parquet\""),
        (b"\x1f\x8b", "gzip data: decompress it first, `gzip -dc FILE | corpus …`"),
        (b"\x28\xb5\x2f\xfd", "zstd data: decompress it first, `zstd -dc FILE | corpus …`"),
        (b"\xfd7zXZ\0", "xz data: decompress it first, `xz -dc FILE | corpus …`"),
        (b"BZh", "bzip2 data: decompress it first, `bzip2 -dc FILE | corpus …`"),
        (b"PK\x03\x04", "a zip archive: unpack it first"),
        (b"%PDF", "a PDF document: turn it into text first, `pdftotext FILE -`"),
    ];
    match KNOWN.iter().find(|(magic, _)| head.starts_with(magic)) {
        Some((_, what)) => (*what).to_owned(),
        None => "binary data, not text; use --format to read it all the same".to_owned(),
    }
}
