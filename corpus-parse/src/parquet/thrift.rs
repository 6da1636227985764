//! What the descriptions in a Parquet file look like, walked through before the decoder reads them.
//!
//! The decoder passes over fields that it does not know by the number of values that they state, and a
//! value may take no byte: a few bytes may keep it busy for minutes. So all numbers are held against the
//! bytes that are there, and known fields against their types, so that it reads what was looked at.
//!
//! The fields are those of the [format's description][parquet] (Apache-2.0), the encoding is Thrift's
//! [compact protocol][compact].
//!
//! [parquet]: https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift
//! [compact]: https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md

use std::io::{self, Read};

/// What the value of a field is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shape {
    Bool,
    Byte,
    /// A whole number of more than a byte.
    Number,
    Double,
    /// Bytes with their number in front.
    Bytes,
    List(&'static Shape),
    /// Fields by their numbers, counted from one.
    Struct(&'static [Shape]),
    /// The same for a part of the schema: its parts stand behind it, as many as its field [`PARTS`] says.
    Node(&'static [Shape]),
}

use Shape::{Bool, Byte, Bytes, Double, List, Node, Number, Struct};

const STATISTICS: Shape = Struct(&[Bytes, Bytes, Number, Number, Bytes, Bytes, Bool, Bool]);
const KEY_VALUE: Shape = Struct(&[Bytes, Bytes]);
const EMPTY: Shape = Struct(&[]);

/// The head of a page.
pub(super) const PAGE: Shape = Struct(&[
    Number,
    Number,
    Number,
    Number,
    Struct(&[Number, Number, Number, Number, STATISTICS]),
    EMPTY,
    Struct(&[Number, Number, Bool]),
    Struct(&[Number, Number, Number, Number, Number, Number, Bool, STATISTICS]),
]);

/// The description at the end of a file.
pub(super) const FILE: Shape = Struct(&[
    Number,
    List(&Node(&[
        Number,
        Number,
        Number,
        Bytes,
        Number,
        Number,
        Number,
        Number,
        Number,
        LOGICAL_TYPE,
    ])),
    Number,
    List(&Struct(&[
        List(&COLUMN),
        Number,
        Number,
        List(&Struct(&[Number, Bool, Bool])),
        Number,
        Number,
        Number,
    ])),
    List(&KEY_VALUE),
    Bytes,
    List(&Struct(&[EMPTY])),
]);

/// The kinds of values that a column may have, of which one is stated.
const LOGICAL_TYPE: Shape = Struct(&[
    EMPTY,
    EMPTY,
    EMPTY,
    EMPTY,
    Struct(&[Number, Number]),
    EMPTY,
    TIME,
    TIME,
    EMPTY,
    Struct(&[Byte, Bool]),
    EMPTY,
    EMPTY,
    EMPTY,
    EMPTY,
    EMPTY,
    Struct(&[Byte]),
    Struct(&[Bytes]),
    Struct(&[Bytes, Number]),
]);

/// A time of day or a moment, with its unit.
const TIME: Shape = Struct(&[Bool, Struct(&[EMPTY, EMPTY, EMPTY])]);

/// The part of a column that lies in one group of rows.
const COLUMN: Shape = Struct(&[
    Bytes,
    Number,
    Struct(&[
        Number,
        List(&Number),
        List(&Bytes),
        Number,
        Number,
        Number,
        Number,
        List(&KEY_VALUE),
        Number,
        Number,
        Number,
        STATISTICS,
        List(&Struct(&[Number, Number, Number])),
        Number,
        Number,
        Struct(&[Number, List(&Number), List(&Number)]),
        Struct(&[
            Struct(&[Double, Double, Double, Double, Double, Double, Double, Double]),
            List(&Number),
        ]),
    ]),
    Number,
    Number,
    Number,
    Number,
]);

/// The kinds of values as the encoding has them.
mod wire {
    pub(super) const TRUE: u8 = 1;
    pub(super) const FALSE: u8 = 2;
    pub(super) const BYTE: u8 = 3;
    pub(super) const I16: u8 = 4;
    pub(super) const I64: u8 = 6;
    pub(super) const DOUBLE: u8 = 7;
    pub(super) const BYTES: u8 = 8;
    pub(super) const LIST: u8 = 9;
    pub(super) const SET: u8 = 10;
    pub(super) const MAP: u8 = 11;
    pub(super) const STRUCT: u8 = 12;
    pub(super) const UUID: u8 = 13;
}

/// Nothing lies deeper in what any writer writes.
const DEEPEST: usize = 32;
/// Nor do the parts of a schema; the decoder calls itself for each.
const DEEPEST_NODE: usize = 200;
/// The field of a part of the schema that says how many parts it has.
const PARTS: i16 = 5;

/// Walks through a value of this shape; `limit` is how many bytes there are for it, and `number` is
/// called with the fields of the outermost struct that are numbers.
pub(super) fn walk(
    input: &mut impl Read,
    limit: u64,
    shape: Shape,
    number: impl FnMut(i16, i64),
) -> io::Result<()> {
    Walk { input, left: limit, number, open: Vec::new() }.value(wire::STRUCT, Some(shape), 0)?;
    Ok(())
}

struct Walk<'r, R, F> {
    input: &'r mut R,
    /// The bytes that may still come.
    left: u64,
    number: F,
    /// How many parts are still to come of those parts of the schema in which the last one lies.
    open: Vec<i64>,
}

impl<R: Read, F: FnMut(i16, i64)> Walk<'_, R, F> {
    fn byte(&mut self) -> io::Result<u8> {
        self.left = self.left.checked_sub(1).ok_or_else(cut_off)?;
        let mut byte = [0];
        self.input.read_exact(&mut byte)?;
        Ok(byte[0])
    }

    /// A number of seven bits a byte.
    fn varint(&mut self) -> io::Result<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(number);
            }
        }
        Err(odd("a number of more than 64 bits"))
    }

    /// A number whose last bit is its sign.
    fn signed(&mut self) -> io::Result<i64> {
        let number = self.varint()?;
        Ok((number >> 1).cast_signed() ^ -(number & 1).cast_signed())
    }

    fn skip(&mut self, bytes: u64) -> io::Result<()> {
        self.left = self.left.checked_sub(bytes).ok_or_else(cut_off)?;
        let skipped = io::copy(&mut self.input.by_ref().take(bytes), &mut io::sink())?;
        if skipped == bytes { Ok(()) } else { Err(cut_off()) }
    }

    /// A value, of a known shape perhaps; the number that it is, if it is one.
    fn value(&mut self, kind: u8, shape: Option<Shape>, depth: usize) -> io::Result<Option<i64>> {
        if shape.is_some_and(|shape| !shape.is(kind)) {
            return Err(odd("a field of another type than it has"));
        }
        if depth > DEEPEST {
            return Err(odd("fields within fields, too deep"));
        }
        match kind {
            // They have said what they are.
            wire::TRUE | wire::FALSE => {}
            wire::BYTE => _ = self.byte()?,
            wire::I16..=wire::I64 => return self.signed().map(Some),
            wire::DOUBLE => self.skip(8)?,
            wire::UUID => self.skip(16)?,
            wire::BYTES => {
                let length = self.varint()?;
                self.skip(length)?;
            }
            wire::LIST | wire::SET => self.list(shape, depth)?,
            wire::MAP => self.map(depth)?,
            wire::STRUCT => self.fields(shape, depth)?,
            _ => return Err(odd("a field of no known type")),
        }
        Ok(None)
    }

    fn fields(&mut self, shape: Option<Shape>, depth: usize) -> io::Result<()> {
        let known = match shape {
            Some(Struct(fields) | Node(fields)) => fields,
            _ => &[],
        };
        let (mut last, mut parts) = (0_i16, 0);
        loop {
            let head = self.byte()?;
            let kind = head & 0xf;
            if kind == 0 {
                break;
            }
            let id = match i16::from(head >> 4) {
                0 => i16::try_from(self.signed()?).ok(),
                step => last.checked_add(step),
            };
            last = id.ok_or_else(|| odd("a field with a number that is too large"))?;
            let place = usize::try_from(last).ok().and_then(|last| last.checked_sub(1));
            let shape = place.and_then(|place| known.get(place)).copied();
            let Some(number) = self.value(kind, shape, depth + 1)? else { continue };
            if depth == 0 {
                (self.number)(last, number);
            }
            if last == PARTS {
                parts = number;
            }
        }
        match shape {
            Some(Node(_)) => self.node(parts),
            _ => Ok(()),
        }
    }

    /// A part of the schema with so many parts.
    fn node(&mut self, parts: i64) -> io::Result<()> {
        while self.open.pop_if(|left| *left <= 0).is_some() {}
        if let Some(left) = self.open.last_mut() {
            *left -= 1;
        }
        self.open.push(parts);
        match self.open.len() > DEEPEST_NODE {
            true => Err(odd("a schema that is too deep")),
            false => Ok(()),
        }
    }

    fn list(&mut self, shape: Option<Shape>, depth: usize) -> io::Result<()> {
        let head = self.byte()?;
        let count = match head >> 4 {
            15 => self.varint()?,
            few => u64::from(few),
        };
        let item = match shape {
            Some(List(item)) => Some(*item),
            _ => None,
        };
        self.items(count, &[(head & 0xf, item)], depth)
    }

    fn map(&mut self, depth: usize) -> io::Result<()> {
        match self.varint()? {
            0 => Ok(()),
            count => {
                let kinds = self.byte()?;
                self.items(count, &[(kinds >> 4, None), (kinds & 0xf, None)], depth)
            }
        }
    }

    /// So many times these, of which each takes a byte at least.
    fn items(&mut self, count: u64, items: &[(u8, Option<Shape>)], depth: usize) -> io::Result<()> {
        if count > self.left {
            return Err(cut_off());
        }
        // The decoder takes it that these take no byte, others that they do; no description has such.
        if count > 0 && items.iter().any(|(kind, _)| matches!(*kind, wire::TRUE | wire::FALSE)) {
            return Err(odd("a list of what is true or false"));
        }
        for _ in 0..count {
            for (kind, shape) in items {
                self.value(*kind, *shape, depth + 1)?;
            }
        }
        Ok(())
    }
}

impl Shape {
    /// Whether a value of this kind may be of this shape.
    fn is(self, kind: u8) -> bool {
        match self {
            Bool => matches!(kind, wire::TRUE | wire::FALSE),
            Byte => kind == wire::BYTE,
            Number => (wire::I16..=wire::I64).contains(&kind),
            Double => kind == wire::DOUBLE,
            Bytes => kind == wire::BYTES,
            List(_) => kind == wire::LIST || kind == wire::SET,
            Struct(_) | Node(_) => kind == wire::STRUCT,
        }
    }
}

fn cut_off() -> io::Error {
    odd("more values stated than there are")
}

fn odd(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What is said of the head of a page, or its numbers.
    fn page(bytes: &[u8]) -> Result<Vec<(i16, i64)>, String> {
        let mut numbers = Vec::new();
        let limit = bytes.len() as u64;
        walk(&mut &*bytes, limit, PAGE, |id, number| numbers.push((id, number)))
            .map_err(|error| error.to_string())?;
        Ok(numbers)
    }

    #[test]
    fn numbers_of_a_head_are_told() {
        let head = b"\x15\x00\x15\x0e\x15\x12\x2c\x15\x04\x15\x00\x15\x02\x15\x02\x00\x00";
        assert_eq!(page(head).unwrap(), [(1, 0), (2, 7), (3, 9)]);
        // Fields that nobody knows yet, as a list, a map and a struct.
        let more = b"\x15\x00\xf9\x26\x01\x02\x18\x0213\x1b\x01\x58\x02\x01a\x1c\x00\x00";
        assert_eq!(page(more).unwrap(), [(1, 0)]);
    }

    #[test]
    fn what_would_take_for_ever_is_refused() {
        for (bytes, what) in [
            // Lists of 2,147,483,647: what takes no bytes, and what takes 16 that are not there.
            (&b"\x09\x40\xf1\xff\xff\xff\xff\x07\x00"[..], "more values stated than there are"),
            (b"\x09\x40\xfd\xff\xff\xff\xff\x07\x00", "more values stated than there are"),
            (b"\x09\x40\x21\x01\x01\x00", "a list of what is true or false"),
            (b"\x0b\x40\x01\x11\x00", "a list of what is true or false"),
            // The type of the page as bytes, and as a list.
            (b"\x18\x02ab\x00", "a field of another type than it has"),
            (b"\x19\x00\x00", "a field of another type than it has"),
            (b"\xff\x00", "a field of no known type"),
            (b"\x15\x00", "more values stated than there are"),
            (
                b"\x15\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01\x00",
                "a number of more than 64 bits",
            ),
            (&b"\x0c\x40".repeat(99), "fields within fields, too deep"),
        ] {
            assert_eq!(page(bytes).unwrap_err(), what, "{bytes:x?}");
        }
    }

    #[test]
    fn a_schema_is_as_deep_as_its_parts_lie_in_each_other() {
        // The root and its one part; a part with two, each with so many in one another; numbers are
        // written twice as large.
        let schema = |deep: usize| {
            let node = |parts: u8| [0x48, 1, b'n', 0x15, parts, 0].to_vec();
            let chain = [node(2).repeat(deep), node(0)].concat();
            let nodes = [node(2), node(4), chain.clone(), chain].concat();
            let count = (2 * deep + 4) as u16;
            let count = [0x80 | (count & 0x7f) as u8, (count >> 7) as u8];
            let file = [&[0x29, 0xfc], &count[..], &nodes, &[0]].concat();
            walk(&mut &*file, file.len() as u64, FILE, |_, _| {}).map_err(|it| it.to_string())
        };
        assert_eq!(schema(1), Ok(()));
        assert_eq!(schema(DEEPEST_NODE - 3), Ok(()));
        assert_eq!(schema(DEEPEST_NODE - 2), Err("a schema that is too deep".to_owned()));
    }

    proptest! {
        #[test]
        fn no_bytes_take_longer_than_there_are(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            for shape in [PAGE, FILE] {
                _ = walk(&mut &*bytes, 1 << 40, shape, |_, _| {});
                _ = walk(&mut &*bytes, bytes.len() as u64, shape, |_, _| {});
            }
        }
    }
}
