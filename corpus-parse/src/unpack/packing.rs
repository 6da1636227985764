//! [`Packing`]: what bytes are packed with, told by what they begin with.

/// What bytes are packed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Packing {
    /// gzip, also of many members (bgzip, WARC).
    Gzip,
    /// Zstandard.
    Zstd,
    /// bzip2.
    Bzip2,
    /// xz.
    Xz,
    /// Parquet, which `ParquetLines` unpacks and [`Unpacked`](crate::Unpacked) passes on as it is.
    Parquet,
}

impl Packing {
    /// Every packing that [`Unpacked`](crate::Unpacked) knows.
    pub const ALL: [Packing; 4] = [Packing::Gzip, Packing::Zstd, Packing::Bzip2, Packing::Xz];

    /// What these first bytes of an input are packed with.
    ///
    /// ```
    /// use corpus_parse::Packing;
    ///
    /// assert_eq!(Packing::of(b"\x1f\x8b\x08\0"), Some(Packing::Gzip));
    /// assert_eq!(Packing::of("Trời mưa.".as_bytes()), None);
    /// ```
    pub fn of(head: &[u8]) -> Option<Packing> {
        Packing::ALL.into_iter().find(|packing| packing.begins(head))
    }

    /// The usual name.
    pub const fn name(self) -> &'static str {
        match self {
            Packing::Gzip => "gzip",
            Packing::Zstd => "zstd",
            Packing::Bzip2 => "bzip2",
            Packing::Xz => "xz",
            Packing::Parquet => "Parquet",
        }
    }

    /// Whether the crate was built with what unpacks it.
    pub const fn is_available(self) -> bool {
        match self {
            Packing::Gzip => cfg!(feature = "gzip"),
            Packing::Zstd => cfg!(feature = "zstd"),
            Packing::Bzip2 => cfg!(feature = "bzip2"),
            Packing::Xz => cfg!(feature = "xz"),
            Packing::Parquet => cfg!(feature = "parquet"),
        }
    }

    /// Whether a member begins here.
    pub(super) fn begins(self, bytes: &[u8]) -> bool {
        match self {
            // The bits that mean nothing must not be set.
            Packing::Gzip => {
                bytes.starts_with(b"\x1f\x8b\x08") && bytes.get(3).is_none_or(|it| it & 0xe0 == 0)
            }
            // Frames, and frames to be skipped.
            Packing::Zstd => {
                bytes.starts_with(b"\x28\xb5\x2f\xfd")
                    || (bytes.get(1..4) == Some(b"\x2a\x4d\x18")
                        && bytes.first().is_some_and(|it| it & 0xf0 == 0x50))
            }
            Packing::Bzip2 => {
                bytes.starts_with(b"BZh")
                    && bytes.get(3).is_some_and(u8::is_ascii_digit)
                    && (bytes.get(4..10) == Some(b"\x31\x41\x59\x26\x53\x59")
                        || bytes.get(4..10) == Some(b"\x17\x72\x45\x38\x50\x90"))
            }
            Packing::Xz => bytes.starts_with(b"\xfd7zXZ\0"),
            Packing::Parquet => bytes.starts_with(b"PAR1"),
        }
    }
}
