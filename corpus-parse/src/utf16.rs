//! UTF-16 to UTF-8, chunk by chunk, so that places in the input can be found again.
//!
//! Half a pair becomes the byte FF and an odd byte at the end the byte FE. Neither occurs in UTF-8,
//! so the check of the text that follows reports them like any invalid byte, and every byte of the
//! result tells how many bytes of the input it stands for: [`input_len`].

/// The state of one pass.
#[derive(Debug, Default)]
pub(crate) struct Transcoder {
    big_endian: bool,
    odd: Option<u8>,
    high: Option<u16>,
}

const HALF_PAIR: u8 = 0xff;
const ODD_BYTE: u8 = 0xfe;

impl Transcoder {
    pub(crate) fn new(big_endian: bool) -> Transcoder {
        Transcoder { big_endian, odd: None, high: None }
    }

    /// Appends the UTF-8 of `input` to `output`, keeping back what the next chunk may complete.
    pub(crate) fn push(&mut self, mut input: &[u8], output: &mut Vec<u8>) {
        if let (Some(odd), Some((&byte, rest))) = (self.odd, input.split_first()) {
            self.odd = None;
            self.unit([odd, byte], output);
            input = rest;
        }
        let mut pairs = input.chunks_exact(2);
        for pair in &mut pairs {
            if let [a, b] = *pair {
                self.unit([a, b], output);
            }
        }
        if let [odd] = *pairs.remainder() {
            self.odd = Some(odd);
        }
    }

    /// Appends what was kept back.
    pub(crate) fn finish(&mut self, output: &mut Vec<u8>) {
        if self.high.take().is_some() {
            output.push(HALF_PAIR);
        }
        if self.odd.take().is_some() {
            output.push(ODD_BYTE);
        }
    }

    fn unit(&mut self, pair: [u8; 2], output: &mut Vec<u8>) {
        let unit =
            if self.big_endian { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) };
        let mut write = |c: char| output.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        if let Some(high) = self.high.take() {
            match char::decode_utf16([high, unit]).next() {
                Some(Ok(c)) => return write(c),
                _ => output.push(HALF_PAIR),
            }
        }
        match unit {
            0xd800..=0xdbff => self.high = Some(unit),
            0xdc00..=0xdfff => output.push(HALF_PAIR),
            _ => {
                let c = char::from_u32(u32::from(unit)).unwrap_or(char::REPLACEMENT_CHARACTER);
                output.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
            }
        }
    }
}

/// How many bytes of UTF-16 these bytes stand for.
pub(crate) fn input_len(bytes: &[u8]) -> u64 {
    let width = |byte: &u8| match *byte {
        0x80..=0xbf => 0,
        0xf0..=0xf7 => 4,
        ODD_BYTE => 1,
        _ => 2,
    };
    bytes.iter().map(width).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Transcodes in chunks of `n` bytes.
    fn transcode(input: &[u8], n: usize) -> Vec<u8> {
        let (mut transcoder, mut output) = (Transcoder::new(false), Vec::new());
        for chunk in input.chunks(n) {
            transcoder.push(chunk, &mut output);
        }
        transcoder.finish(&mut output);
        output
    }

    #[test]
    fn chunks_change_nothing() {
        let text = "Tiếng Việt 𝄞 ệ\u{feff}\u{fffd}";
        let input: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        for n in 1..input.len() {
            assert_eq!(transcode(&input, n), text.as_bytes());
        }
        assert_eq!(input_len(text.as_bytes()), input.len() as u64);
    }

    #[test]
    fn damage_is_marked_and_measured() {
        let input = [0x34, 0xd8, 0x41, 0x00, 0x00, 0xdc, 0x34, 0xd8, 0x01];
        for n in 1..input.len() {
            let output = transcode(&input, n);
            assert_eq!(output, [0xff, b'A', 0xff, 0xff, 0xfe]);
            assert_eq!(input_len(&output), input.len() as u64);
        }
    }
}
