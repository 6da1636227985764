//! Archives, whole and damaged: every member that can be read is read, the rest is located, and
//! reading ends.
#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used, reason = "a test")]

use std::io::{self, Read, Write as _};

use corpus_parse::{Archive, ArchiveKind, Unpacked};
use proptest::prelude::*;

/// Members as they come out: name and content, and what was told.
fn read(kind: ArchiveKind, input: impl Read) -> (Vec<(String, Vec<u8>)>, Vec<String>) {
    let mut archive = Archive::new(kind, input);
    let mut members = Vec::new();
    while let Some(mut member) = archive.next_member().unwrap() {
        let mut content = Vec::new();
        member.read_to_end(&mut content).unwrap();
        members.push((member.name().to_owned(), content));
    }
    let damages = archive.take_damages();
    (members, damages.iter().map(ToString::to_string).collect())
}

/// An input that gives few bytes at once.
struct Few<'a>(&'a [u8], usize);

impl Read for Few<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.1.min(buffer.len());
        self.0.read(&mut buffer[..n])
    }
}

fn tar(members: &[(&str, u8, &[u8])]) -> Vec<u8> {
    let mut out = Vec::new();
    for (name, kind, content) in members {
        let mut head = [0u8; 512];
        head[..name.len()].copy_from_slice(name.as_bytes());
        head[124..135].copy_from_slice(format!("{:011o}", content.len()).as_bytes());
        head[148..156].fill(b' ');
        head[156] = *kind;
        head[257..263].copy_from_slice(b"ustar\0");
        let sum: u32 = head.iter().map(|byte| u32::from(*byte)).sum();
        head[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
        out.extend(head);
        out.extend(*content);
        out.resize(out.len().next_multiple_of(512), 0);
    }
    out.resize(out.len() + 1024, 0);
    out
}

/// A zip archive; with `behind` the sizes stand behind the contents, as programs write them that do
/// not go back.
fn zip(members: &[(&str, &[u8])], behind: bool) -> Vec<u8> {
    let mut out = Vec::new();
    for (name, content) in members {
        let mut deflate =
            flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::default());
        deflate.write_all(content).unwrap();
        let packed = deflate.finish().unwrap();
        let mut crc = flate2::Crc::new();
        crc.update(content);
        let sums: Vec<u8> = [crc.sum(), packed.len() as u32, content.len() as u32]
            .iter()
            .flat_map(|n| n.to_le_bytes())
            .collect();
        out.extend(b"PK\x03\x04\x14\0");
        out.extend(if behind { [8, 0] } else { [0, 0] });
        out.extend([8, 0, 0, 0, 0, 0]);
        out.extend(if behind { &[0; 12][..] } else { &sums });
        out.extend((name.len() as u16).to_le_bytes());
        out.extend([0, 0]);
        out.extend(name.as_bytes());
        out.extend(packed);
        if behind {
            out.extend(b"PK\x07\x08");
            out.extend(&sums);
        }
    }
    // The list at the end is not read; its mark is enough.
    out.extend(b"PK\x05\x06");
    out.resize(out.len() + 18, 0);
    out
}

const TIN: &[u8] = "Trời mưa từ sáng. Đường trơn, xe đi chậm.".as_bytes();

fn samples() -> [(ArchiveKind, Vec<u8>); 3] {
    let long = TIN.repeat(3000);
    [
        (
            ArchiveKind::Tar,
            tar(&[
                ("tin/a.txt", b'0', TIN),
                ("tin/", b'5', b""),
                ("b.txt", b'0', &long),
                ("c", 0, b""),
            ]),
        ),
        (ArchiveKind::Zip, zip(&[("tin/a.txt", TIN), ("tin/", b""), ("b.txt", &long)], false)),
        (ArchiveKind::Zip, zip(&[("tin/a.txt", TIN), ("b.txt", &long)], true)),
    ]
}

#[test]
fn members_come_in_their_order_however_the_input_is_cut() {
    for (kind, bytes) in samples() {
        assert_eq!(ArchiveKind::of(&bytes), Some(kind));
        let (members, damages) = read(kind, &bytes[..]);
        assert!(damages.is_empty(), "{damages:?}");
        assert_eq!(members[0], ("tin/a.txt".to_owned(), TIN.to_vec()));
        assert_eq!(members[1], ("b.txt".to_owned(), TIN.repeat(3000)));
        for size in [1, 7, 511, 4096] {
            assert_eq!(read(kind, Few(&bytes, size)).0, members);
        }
    }
}

#[test]
fn members_that_are_not_read_are_passed_over() {
    for (kind, bytes) in samples() {
        let mut archive = Archive::new(kind, &bytes[..]);
        let mut first = archive.next_member().unwrap().unwrap();
        let second = archive.next_member().unwrap().unwrap();
        assert_eq!(second.name(), "b.txt");
        // The place of the first is gone.
        assert_eq!(first.read(&mut [0; 8]).unwrap(), 0);
        while archive.next_member().unwrap().is_some() {}
        assert!(archive.take_damages().is_empty());
    }
}

#[test]
fn an_archive_may_lie_packed() {
    let tar = tar(&[("a.txt", b'0', TIN)]);
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(&tar).unwrap();
    let packed = gzip.finish().unwrap();
    let (members, damages) = read(ArchiveKind::Tar, Unpacked::new(&packed[..]));
    assert_eq!((members.len(), damages.len()), (1, 0));
    assert_eq!(members[0].1, TIN);
}

#[test]
fn long_names_stand_in_blocks_of_their_own() {
    let long = format!("{}/a.txt", "thu-muc/".repeat(40));
    let mut gnu = long.clone().into_bytes();
    gnu.push(0);
    let line = format!(" path={long}\n");
    let pax = format!("{}{line}", line.len() + 3);
    for about in [(b'L', gnu), (b'x', pax.into_bytes())] {
        let bytes = tar(&[("././@LongLink", about.0, &about.1), ("a", b'0', TIN)]);
        let (members, damages) = read(ArchiveKind::Tar, &bytes[..]);
        assert_eq!(members, [(long.clone(), TIN.to_vec())]);
        assert!(damages.is_empty());
    }
}

#[test]
fn names_lead_nowhere_and_obey_nobody() {
    let bytes = tar(&[("../../etc/\u{1b}[2Jpasswd", b'0', TIN)]);
    let (members, _) = read(ArchiveKind::Tar, &bytes[..]);
    assert_eq!(members[0].0, "../../etc/\u{fffd}[2Jpasswd");
}

#[test]
fn a_damaged_head_costs_one_member() {
    let mut bytes = tar(&[("a", b'0', TIN), ("b", b'0', TIN), ("c", b'0', TIN)]);
    bytes[1024 + 3] = b'!';
    let (members, damages) = read(ArchiveKind::Tar, &bytes[..]);
    let names: Vec<&str> = members.iter().map(|it| it.0.as_str()).collect();
    assert_eq!(names, ["a", "c"]);
    assert_eq!(
        damages,
        ["byte 1024 of the tar archive: no head of a member; 1024 bytes passed over"]
    );

    let mut bytes = zip(&[("a", TIN), ("b", TIN), ("c", TIN)], false);
    let second = bytes.windows(4).enumerate().filter(|it| it.1 == b"PK\x03\x04").nth(1).unwrap().0;
    bytes[second] = b'?';
    let (members, damages) = read(ArchiveKind::Zip, &bytes[..]);
    let names: Vec<&str> = members.iter().map(|it| it.0.as_str()).collect();
    assert_eq!(names, ["a", "c"]);
    assert_eq!(damages.len(), 1);
}

#[test]
fn damaged_content_is_told() {
    let mut bytes = zip(&[("a", &TIN.repeat(50)), ("b", TIN)], false);
    // The first byte of the content says how it is packed; 7 is nothing.
    bytes[31] = 0x07;
    let (members, damages) = read(ArchiveKind::Zip, &bytes[..]);
    assert_eq!(members.last().unwrap(), &("b".to_owned(), TIN.to_vec()));
    assert!(damages[0].contains("\"a\" is damaged"), "{damages:?}");

    let mut bytes = zip(&[("a", TIN)], false);
    bytes[14] ^= 1;
    let (members, damages) = read(ArchiveKind::Zip, &bytes[..]);
    assert_eq!(members[0].1, TIN);
    assert!(damages[0].contains("check sum"), "{damages:?}");
}

#[test]
fn damage_does_not_depend_on_the_size_of_reads() {
    let sound = zip(&[("a.txt", &TIN.repeat(40)), ("b.txt", TIN)], false);
    for place in 40..sound.len() - 60 {
        let mut bytes = sound.clone();
        bytes[place] ^= 0x55;
        let whole = read(ArchiveKind::Zip, &bytes[..]);
        let mut archive = Archive::new(ArchiveKind::Zip, Few(&bytes, 5));
        let mut members = Vec::new();
        while let Some(mut member) = archive.next_member().unwrap() {
            let (mut content, mut room) = (Vec::new(), [0; 3]);
            assert_eq!(member.read(&mut []).unwrap(), 0);
            loop {
                match member.read(&mut room).unwrap() {
                    0 => break,
                    n => content.extend_from_slice(&room[..n]),
                }
            }
            members.push((member.name().to_owned(), content));
        }
        let damages: Vec<_> = archive.take_damages().iter().map(ToString::to_string).collect();
        assert_eq!((members, damages), whole, "{place}");
    }
}

#[test]
fn what_an_archive_is_packed_in_is_read_to_its_end() {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packer.write_all(&zip(&[("a.txt", TIN)], false)).unwrap();
    // More of the list at the end than is looked at together.
    packer.write_all(&[0; 100_000]).unwrap();
    let mut packed = packer.finish().unwrap();
    let sum = packed.len() - 8;
    packed[sum] ^= 1;
    let unpacked = Unpacked::new(&packed[..]);
    let damages = unpacked.damages();
    assert_eq!(read(ArchiveKind::Zip, unpacked).1, Vec::<String>::new());
    assert!(damages.take()[0].what.contains("check sum"));
}

#[test]
fn a_size_beyond_any_file_ends_with_the_archive() {
    let mut bytes = tar(&[("a.txt", b'0', TIN), ("b.txt", b'L', TIN)]);
    for head in [0, 1024] {
        bytes[head + 124] = 0x80;
        bytes[head + 125..head + 128].fill(0);
        bytes[head + 128..head + 136].fill(0xff);
        bytes[head + 148..head + 156].fill(b' ');
        let sum: u32 = bytes[head..head + 512].iter().map(|byte| u32::from(*byte)).sum();
        bytes[head + 148..head + 155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
    }
    let (members, damages) = read(ArchiveKind::Tar, &bytes[..]);
    assert_eq!((members.len(), damages.len()), (1, 1), "{damages:?}");
    let mut archive = Archive::new(ArchiveKind::Tar, &bytes[..]);
    assert!(archive.next_member().unwrap().is_some());
    // Not read, but passed over.
    assert!(archive.next_member().unwrap().is_none());
    assert!(read(ArchiveKind::Tar, &bytes[1024..]).0.is_empty());
}

#[test]
fn what_nothing_unpacks_is_named() {
    let mut bytes = zip(&[("a", TIN), ("b", TIN)], false);
    bytes[6] = 1;
    let (members, damages) = read(ArchiveKind::Zip, &bytes[..]);
    assert_eq!(members.len(), 1);
    assert!(damages[0].contains("\"a\" is encrypted"), "{damages:?}");
}

#[test]
fn a_bomb_is_not_unpacked() {
    let bytes = zip(&[("bomb", &vec![0; 80 << 20]), ("b", TIN)], false);
    let (members, damages) = read(ArchiveKind::Zip, &bytes[..]);
    assert!(members[0].1.len() < 66 << 20);
    assert_eq!(members[1].1, TIN);
    assert!(damages[0].contains("more than 250 times its size"), "{damages:?}");
}

#[test]
fn a_member_unpacks_no_further_than_it_may() {
    let long = TIN.repeat(3000);
    for behind in [false, true] {
        let bytes = zip(&[("long", &long), ("b", TIN)], behind);
        let mut archive = Archive::new(ArchiveKind::Zip, &bytes[..]).max_size(32 << 10);
        let mut texts = Vec::new();
        while let Some(mut member) = archive.next_member().unwrap() {
            let mut text = Vec::new();
            member.read_to_end(&mut text).unwrap();
            texts.push(text);
        }
        assert!(texts[0].len() < long.len() && long.starts_with(&texts[0]));
        assert_eq!(texts[1..], [TIN]);
        let damages = archive.take_damages();
        assert_eq!(damages.len(), 1);
        let what = "\"long\" unpacks to more than 32768 bytes";
        assert_eq!(damages[0].what, what);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn whatever_is_damaged_reading_ends(
        sample in 0..3usize,
        cut in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
    ) {
        let (kind, mut bytes) = samples()[sample].clone();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(cut.index(bytes.len() + 1));
        let (members, _) = read(kind, &bytes[..]);
        prop_assert!(members.len() <= 8);
        prop_assert_eq!(read(kind, Few(&bytes, 13)), read(kind, &bytes[..]));
    }
}
