//! Packed input of many members comes out the same whether one reader unpacks it or it is cut.
#![allow(clippy::unwrap_used, reason = "a test")]

use std::io::{self, Read, Write};

use corpus_parse::{Packing, PackingDamage, Stretches, Unpacked};
use proptest::prelude::*;

fn pack(packing: Packing, bytes: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    match packing {
        Packing::Gzip => {
            let level = flate2::Compression::new(bytes.len() as u32 % 3 * 3);
            let mut encoder = flate2::write::GzEncoder::new(&mut packed, level);
            encoder.write_all(bytes).unwrap();
            encoder.finish().unwrap();
        }
        _ => {
            let mut encoder = zstd::stream::write::Encoder::new(&mut packed, 1).unwrap();
            encoder.include_checksum(bytes.len().is_multiple_of(2)).unwrap();
            encoder.write_all(bytes).unwrap();
            encoder.finish().unwrap();
        }
    }
    packed
}

/// What comes out, what is damaged, and how the input fails.
type Outcome = (Vec<u8>, Vec<PackingDamage>, Option<String>);

fn read(
    mut input: impl Read,
    mut bytes: Vec<u8>,
    damages: impl Fn() -> Vec<PackingDamage>,
) -> Outcome {
    let failure = input.read_to_end(&mut bytes).err().map(|it| it.to_string());
    (bytes, damages(), failure)
}

fn whole(unpacked: Unpacked<impl Read>) -> Outcome {
    let damages = unpacked.damages();
    read(unpacked, Vec::new(), || damages.take())
}

/// The same in stretches, so many of which wait at a time; and how many were believed.
fn in_stretches(unpacked: Unpacked<impl Read>, enough: usize, ahead: usize) -> (Outcome, usize) {
    let damages = unpacked.damages();
    let mut stretches = match Stretches::new(unpacked, enough) {
        Ok(stretches) => stretches,
        Err(unpacked) => return (read(unpacked, Vec::new(), || damages.take()), 0),
    };
    let (mut bytes, mut believed) = (Vec::new(), 0);
    let mut waiting = std::collections::VecDeque::new();
    loop {
        while waiting.len() < ahead {
            let Some(stretch) = stretches.next_stretch() else { break };
            waiting.push_back(stretch);
        }
        let Some(first) = waiting.front() else { break };
        let unpacked = first.unpack();
        let Some(unpacked) = stretches.accept(first, unpacked) else { break };
        bytes.extend(unpacked);
        believed += 1;
        waiting.pop_front();
    }
    (read(stretches.into_rest(&waiting), bytes, || damages.take()), believed)
}

/// Text that does not pack to nothing.
fn text(length: usize, seed: u64) -> Vec<u8> {
    let mut seed = seed;
    let mut byte = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        b"aeghimnotu .\n"[(seed >> 40) as usize % 13]
    };
    (0..length).map(|_| byte()).collect()
}

#[test]
fn members_are_told_apart() {
    for packing in [Packing::Gzip, Packing::Zstd] {
        let texts: Vec<_> = (0..50).map(|n| text(3000 + 7 * n, n as u64)).collect();
        let packed: Vec<u8> = texts.iter().flat_map(|text| pack(packing, text)).collect();
        let (outcome, believed) = in_stretches(Unpacked::new(&packed[..]), 4000, 3);
        assert_eq!(outcome, (texts.concat(), Vec::new(), None));
        assert!(believed > 10, "{packing:?}: {believed}");
    }
}

#[test]
fn one_member_is_not_cut() {
    for packing in [Packing::Gzip, Packing::Zstd, Packing::Bzip2] {
        let packed = pack(packing, &text(90_000, 1));
        assert!(Stretches::new(Unpacked::new(&packed[..]), 1000).is_err(), "{packing:?}");
    }
    assert!(Stretches::new(Unpacked::new(&b"no packing"[..]), 1).is_err());
    assert!(Stretches::new(Unpacked::new(&b""[..]), 1).is_err());
}

/// A member without compression holds whatever bytes it likes, others' beginnings among them.
#[test]
fn a_member_inside_another_is_no_member() {
    let inner = pack(Packing::Gzip, &text(2000, 1));
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
    encoder.write_all(&inner.repeat(20)).unwrap();
    let outer = encoder.finish().unwrap();
    let packed = [&inner[..], &outer, &inner, &outer, &inner].concat();
    for ahead in [1, 4] {
        let expected = whole(Unpacked::new(&packed[..]));
        assert_eq!(expected.1, []);
        assert_eq!(in_stretches(Unpacked::new(&packed[..]), 500, ahead).0, expected);
    }
}

#[test]
fn too_much_is_too_much() {
    let zeros = pack(Packing::Gzip, &vec![b' '; 1 << 20]);
    let packed = zeros.repeat(100);
    for (ratio, size) in [(250, u64::MAX), (250, 5 << 20), (2000, u64::MAX)] {
        let unpacked = || Unpacked::new(&packed[..]).max_ratio(ratio).max_size(size);
        let (expected, (found, _)) = (whole(unpacked()), in_stretches(unpacked(), 3000, 2));
        // How far one reader comes before it notices depends on how much it reads at once.
        assert_eq!(expected.1.len(), found.1.len(), "{ratio} {size}");
        let what = |it: &Outcome| it.1.first().map(|it| it.what.clone());
        assert_eq!(what(&expected), what(&found));
    }
}

/// An input that fails behind its bytes.
struct Failing<'b>(&'b [u8]);

impl Read for Failing<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.0.read(buffer)? {
            0 => Err(io::Error::other("no more")),
            n => Ok(n),
        }
    }
}

#[test]
fn a_failing_input_fails_once_all_in_front_is_read() {
    let packed: Vec<u8> =
        (0..9).flat_map(|n| pack(Packing::Gzip, &text(3000, n))).collect::<Vec<_>>();
    for cut in [packed.len(), packed.len() - 700] {
        let expected = whole(Unpacked::new(Failing(&packed[..cut])));
        assert_eq!(expected.2.as_deref(), Some("no more"));
        assert_eq!(in_stretches(Unpacked::new(Failing(&packed[..cut])), 1500, 2).0, expected);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn damage_is_told_as_one_reader_tells_it(
        zstd in any::<bool>(),
        members in prop::collection::vec((0usize..4000, any::<u64>(), 0usize..4), 1..12),
        enough in 1usize..3000,
        ahead in 1usize..4,
        damage in prop::option::of((any::<prop::sample::Index>(), any::<u8>())),
        end in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let packing = if zstd { Packing::Zstd } else { Packing::Gzip };
        let mut packed = Vec::new();
        for (length, seed, zeros) in members {
            packed.extend(pack(packing, &text(length, seed)));
            packed.extend(vec![0; zeros.saturating_sub(2)]);
        }
        if let Some((place, byte)) = damage {
            let place = place.index(packed.len());
            packed[place] ^= byte;
        }
        if let Some(end) = end {
            packed.truncate(end.index(packed.len()));
        }
        let expected = whole(Unpacked::new(&packed[..]));
        let (found, _) = in_stretches(Unpacked::new(&packed[..]), enough, ahead);
        prop_assert_eq!(found, expected);
    }
}
