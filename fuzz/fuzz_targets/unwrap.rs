//! Archives and packings that lie in each other, whole or not: what is in them comes to an end without failure, and neither the
//! size of reads of the input nor that of reads of what comes out changes names, bytes or what is told.
//!
//! The first byte is the size of reads of the input, the second that of reads of what comes out.
#![no_main]

use std::io::{self, Cursor, Read};
use std::sync::Once;

use corpus_fuzz::{Pieces, choice};
use corpus_parse::{Inside, PackingDamages, ParquetLines, Unwrap, Unwrapped};
use libfuzzer_sys::fuzz_target;

/// More than this is a bomb, which the limits stop in their own time.
const MOST: usize = 1 << 20;

/// The decoder of Parquet panics on damaged files, and its caller catches that; the fuzzer would end with each.
fn let_caught_panics_pass() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !ParquetLines::catches_panics() {
                usual(panic);
            }
        }));
    });
}

/// Everything that comes out: names, bytes, and what is damaged.
#[derive(Debug, Default, PartialEq, Eq)]
struct Out {
    bytes: Vec<u8>,
    told: Vec<String>,
    /// There was more than is looked at.
    more: bool,
}

impl Out {
    fn read(&mut self, mut data: impl Read, size: usize) {
        let mut buffer = vec![0; size];
        while !self.more {
            match data.read(&mut buffer) {
                Ok(0) => return,
                Ok(n) => self.bytes.extend_from_slice(&buffer[..n]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => panic!("only an input fails, and this does not: {error}"),
            }
            self.more = self.bytes.len() > MOST;
        }
    }

    fn take(&mut self, unwrap: &Unwrap, unwrapped: io::Result<Unwrapped>, size: usize) {
        // A Parquet file whose end says nothing of it is one.
        let unwrapped = match unwrapped {
            Ok(unwrapped) => unwrapped,
            Err(error) => return self.told.push(error.to_string()),
        };
        let depth = unwrapped.depth;
        match unwrapped.inside {
            Inside::Records(data) | Inside::TooDeep(data) => self.read(data, size),
            Inside::Archive(mut archive) => {
                while let Some(member) = archive.next_member().expect("this input does not fail") {
                    if self.more {
                        return;
                    }
                    self.told.push(member.name().to_owned());
                    let inner = unwrap.open(Box::new(member), depth + 1, || Ok(None));
                    self.take(unwrap, inner, size);
                    self.told.push(format!("{} bytes", self.bytes.len()));
                }
                self.told.extend(archive.take_damages().iter().map(ToString::to_string));
            }
        }
        let damages = unwrapped.damages.iter().flat_map(PackingDamages::take);
        self.told.extend(damages.map(|damage| damage.to_string()));
    }
}

fn all(bytes: &[u8], size_in: usize, size_out: usize) -> Out {
    let unwrap = Unwrap::default();
    let input = Pieces::new(Cursor::new(bytes.to_vec()), size_in);
    let unwrapped = unwrap.open(Box::new(unwrap.counted(input)), 0, || Ok(None));
    let mut out = Out::default();
    out.take(&unwrap, unwrapped, size_out);
    out
}

fuzz_target!(|data: &[u8]| {
    let_caught_panics_pass();
    let Some((size_in, rest)) = choice(data) else { return };
    let Some((size_out, packed)) = choice(rest) else { return };
    let whole = all(packed, 64 << 10, 64 << 10);
    if !whole.more {
        let pieces = all(packed, size_in, size_out.max(1));
        assert_eq!(whole.told, pieces.told);
        assert!(whole.bytes == pieces.bytes, "reads of {size_in} bytes change what comes out");
    }
});
