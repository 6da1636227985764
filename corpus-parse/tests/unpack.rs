//! Packed input, whole and damaged in every way that files are.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::io::{self, Read, Write};

use corpus_parse::{Packing, PackingDamage, Unpacked};
use proptest::prelude::*;

/// Text that does not pack to nothing, so that damage hits something.
fn text(lines: usize) -> String {
    let mut seed = 7u64;
    let mut word = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        ["mưa", "nắng", "đường", "trơn", "Hà Nội", "Huế", "sông", "cầu"][(seed >> 40) as usize % 8]
    };
    (0..lines).map(|n| format!("{n} {} {} {} {}.\n", word(), word(), word(), word())).collect()
}

fn pack(packing: Packing, bytes: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    match packing {
        Packing::Gzip => {
            let mut encoder =
                flate2::write::GzEncoder::new(&mut packed, flate2::Compression::new(6));
            encoder.write_all(bytes).unwrap();
            encoder.finish().unwrap();
        }
        Packing::Zstd => {
            let mut encoder = zstd::stream::write::Encoder::new(&mut packed, 3).unwrap();
            encoder.include_checksum(true).unwrap();
            encoder.write_all(bytes).unwrap();
            encoder.finish().unwrap();
        }
        Packing::Bzip2 => {
            let mut encoder = bzip2::write::BzEncoder::new(&mut packed, bzip2::Compression::new(1));
            encoder.write_all(bytes).unwrap();
            encoder.finish().unwrap();
        }
        _ => {
            let options = lzma_rust2::XzOptions::with_preset(1);
            let mut encoder = lzma_rust2::XzWriter::new(&mut packed, options).unwrap();
            encoder.write_all(bytes).unwrap();
            encoder.finish().unwrap();
        }
    }
    assert_eq!(Packing::of(&packed), Some(packing));
    packed
}

fn unpack(packed: &[u8]) -> (Vec<u8>, Vec<PackingDamage>) {
    let mut unpacked = Unpacked::new(packed);
    let damages = unpacked.damages();
    let mut bytes = Vec::new();
    unpacked.read_to_end(&mut bytes).unwrap();
    (bytes, damages.take())
}

#[test]
fn whole_members_one_behind_the_other() {
    for packing in Packing::ALL {
        let (one, two) = (text(900), text(20));
        let mut packed = pack(packing, one.as_bytes());
        packed.extend(pack(packing, two.as_bytes()));
        packed.extend(pack(packing, b""));
        packed.extend([0; 512]);
        let (bytes, damages) = unpack(&packed);
        assert!(bytes == (one + &two).as_bytes(), "{packing:?}");
        assert_eq!(damages, [], "{packing:?}");
    }
}

#[test]
fn what_is_not_packed_passes() {
    for bytes in [&b""[..], b"T", "Trời mưa.\n".as_bytes(), b"\x1f\x8b\xff\xff", b"BZh9 is text"]
    {
        assert_eq!(unpack(bytes), (bytes.to_vec(), vec![]));
    }
}

#[test]
fn what_is_cut_off_gives_what_is_there() {
    for packing in Packing::ALL {
        let text = text(6000);
        let packed = pack(packing, text.as_bytes());
        let step = packed.len() / 40;
        let mut last = 0;
        for end in (16..packed.len()).step_by(step) {
            let (bytes, damages) = unpack(&packed[..end]);
            assert!(text.as_bytes().starts_with(&bytes), "{packing:?} cut at {end}");
            assert!(bytes.len() >= last, "{packing:?} cut at {end}");
            last = bytes.len();
            let [damage] = &damages[..] else { panic!("{packing:?} cut at {end}: {damages:?}") };
            assert_eq!((damage.offset, damage.bytes), (end as u64, 0), "{packing:?} cut at {end}");
            assert_eq!(damage.what, "the data breaks off", "{packing:?} cut at {end}");
        }
        assert!(last > text.len() / 2, "{packing:?}: {last}");
    }
}

#[test]
fn flipped_bits_are_noticed_and_the_next_member_is_found() {
    for packing in Packing::ALL {
        let (one, two) = (text(3000), text(500).replace("mưa", "nắng"));
        let first = pack(packing, one.as_bytes());
        let mut packed = first.clone();
        packed.extend(pack(packing, two.as_bytes()));
        // The header of a member may hold bits that mean nothing.
        for at in (20..first.len()).step_by(first.len() / 60) {
            let mut damaged = packed.clone();
            damaged[at] ^= 0x10;
            let (bytes, damages) = unpack(&damaged);
            assert!(!damages.is_empty(), "{packing:?} flipped at {at}: not noticed");
            assert!(bytes.ends_with(two.as_bytes()), "{packing:?} flipped at {at}: {damages:?}");
        }
    }
}

/// Bytes of the input and room for what comes out, so much of each at a time.
fn unpack_in_pieces(packed: &[u8], size: usize, room: usize) -> (Vec<u8>, Vec<PackingDamage>) {
    struct Pieces<'a>(&'a [u8], usize);
    impl Read for Pieces<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let n = self.1.min(buffer.len());
            self.0.read(&mut buffer[..n])
        }
    }
    let mut unpacked = Unpacked::new(Pieces(packed, size));
    let damages = unpacked.damages();
    let (mut bytes, mut buffer) = (Vec::new(), vec![0; room]);
    loop {
        match unpacked.read(&mut buffer).unwrap() {
            0 => return (bytes, damages.take()),
            n => bytes.extend_from_slice(&buffer[..n]),
        }
    }
}

/// What had come out in the call of the decoder that met the damage used to be lost.
#[test]
fn what_is_kept_in_front_of_damage_does_not_depend_on_room() {
    for packing in Packing::ALL {
        let text = text(3000);
        let packed = pack(packing, text.as_bytes());
        for at in (20..packed.len()).step_by(packed.len() / 20) {
            let mut damaged = packed.clone();
            damaged[at] ^= 0x10;
            let (whole, damages) = unpack_in_pieces(&damaged, usize::MAX, 1 << 20);
            for (size, room) in [(usize::MAX, 100), (7, 1 << 20), (64, 3)] {
                let (bytes, others) = unpack_in_pieces(&damaged, size, room);
                assert!(
                    bytes == whole,
                    "{packing:?} flipped at {at}: {} of {} bytes in reads of {size}, room for {room}",
                    bytes.len(),
                    whole.len()
                );
                assert_eq!(others.len(), damages.len(), "{packing:?} flipped at {at}");
            }
        }
    }
}

#[test]
fn junk_behind_and_between_is_counted() {
    for packing in Packing::ALL {
        let (one, two) = (text(50), text(20));
        let mut packed = pack(packing, one.as_bytes());
        let end = packed.len() as u64;
        packed.extend(b"<html>junk</html>");
        packed.extend(pack(packing, two.as_bytes()));
        let then = packed.len() as u64;
        packed.extend(b"trailing junk");
        let (bytes, damages) = unpack(&packed);
        assert!(bytes == (one + &two).as_bytes(), "{packing:?}");
        let places: Vec<_> = damages.iter().map(|it| (it.offset, it.bytes)).collect();
        assert_eq!(places, [(end, 17), (then, 13)], "{packing:?}");
        assert_eq!(
            damages[0].to_string(),
            format!(
                "byte {end} of the {} data: what follows is none; 17 bytes passed over",
                packing.name()
            )
        );
    }
}

#[test]
fn noise_and_false_members_come_to_an_end() {
    for packing in Packing::ALL {
        let begin = pack(packing, text(1).as_bytes());
        let magic = &begin[..begin.len().min(10)];
        let mut packed = pack(packing, text(10).as_bytes());
        for _ in 0..20_000 {
            packed.extend(magic);
            packed.extend(b"AAAA");
        }
        let (bytes, damages) = unpack(&packed);
        assert!(bytes.starts_with(text(10).as_bytes()), "{packing:?}");
        assert!(!damages.is_empty(), "{packing:?}");
    }
}

#[test]
fn what_unpacks_beyond_measure_is_stopped() {
    for packing in [Packing::Gzip, Packing::Zstd] {
        let packed = pack(packing, &vec![0; 100 << 20]);
        let mut unpacked = Unpacked::new(&packed[..]);
        let damages = unpacked.damages();
        let n = io::copy(&mut unpacked, &mut io::sink()).unwrap();
        assert!(n < 70 << 20, "{packing:?}: {n}");
        assert!(damages.take()[0].what.contains("250 times"), "{packing:?}");
        let mut whole = Unpacked::new(&packed[..]).max_ratio(1 << 20);
        assert_eq!(io::copy(&mut whole, &mut io::sink()).unwrap(), 100 << 20);
    }
}

#[test]
fn a_failing_input_is_told_behind_what_was_read() {
    struct Fails;
    impl Read for Fails {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the cable was pulled"))
        }
    }
    for packing in Packing::ALL {
        let text = text(6000);
        let packed = pack(packing, text.as_bytes());
        for end in [packed.len() / 2, packed.len()] {
            let mut unpacked = Unpacked::new((&packed[..end]).chain(Fails));
            let damages = unpacked.damages();
            let mut bytes = Vec::new();
            let error = unpacked.read_to_end(&mut bytes).unwrap_err();
            assert_eq!(error.to_string(), "the cable was pulled");
            assert!(text.as_bytes().starts_with(&bytes), "{packing:?}");
            assert_eq!(damages.take(), [], "{packing:?}");
            // The failure is told once.
            assert_eq!(unpacked.read(&mut [0; 8]).unwrap(), 0);
        }
    }
}

/// An input that gives so many bytes at a time, in turn.
struct Chunks<'b> {
    bytes: &'b [u8],
    sizes: std::iter::Cycle<std::vec::IntoIter<usize>>,
}

impl Read for Chunks<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = self.sizes.next().unwrap_or(1).min(buffer.len());
        self.bytes.read(&mut buffer[..most])
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]
    /// Neither how the input comes nor how much is asked for changes anything, damaged or not.
    #[test]
    fn chunks_change_nothing(
        packing in prop::sample::select(Packing::ALL.to_vec()),
        members in prop::collection::vec(0usize..300, 1..4),
        damage in prop::option::of((any::<prop::sample::Index>(), 1u8..)),
        end in prop::option::of(any::<prop::sample::Index>()),
        given in prop::collection::vec(1usize..5000, 1..6),
        asked in prop::collection::vec(1usize..5000, 1..6),
    ) {
        let mut packed: Vec<u8> =
            members.iter().flat_map(|lines| pack(packing, text(*lines).as_bytes())).collect();
        if let Some((place, bits)) = damage {
            let place = place.index(packed.len());
            packed[place] ^= bits;
        }
        if let Some(end) = end {
            packed.truncate(end.index(packed.len()));
        }
        let expected = unpack(&packed);
        let mut unpacked = Unpacked::new(Chunks { bytes: &packed, sizes: given.into_iter().cycle() });
        let damages = unpacked.damages();
        let (mut bytes, mut buffer) = (Vec::new(), vec![0; 5000]);
        for most in asked.iter().cycle() {
            let n = unpacked.read(&mut buffer[..*most]).unwrap();
            if n == 0 {
                break;
            }
            bytes.extend_from_slice(&buffer[..n]);
        }
        let found = damages.take();
        prop_assert_eq!((bytes.len(), &found), (expected.0.len(), &expected.1));
        prop_assert!(bytes == expected.0);
    }
}
