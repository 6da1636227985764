//! [`Ahead`]: packed data of many members, unpacked by threads of its own ahead of who reads it.

use std::collections::VecDeque;
use std::io::{self, Cursor, Read};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use corpus_parse::{RestOfPacked, Stretch, Stretches, Unpacked};

/// So many of the threads that work on documents are fed by one that unpacks.
const FED_BY_ONE: usize = 4;
/// Stretches that wait for each thread.
const WAITING: usize = 2;

/// A stretch on its way to a thread, and where what comes out of it is wanted.
type Job = (Arc<Stretch>, Sender<Option<Vec<u8>>>);

/// A stretch that is being unpacked, and where what comes out of it arrives.
type Waiting = (Arc<Stretch>, Receiver<Option<Vec<u8>>>);

/// Unpacked data, read in the order of the input.
pub(super) struct Ahead<R: Read> {
    state: State<R>,
    jobs: Sender<Job>,
    threads: usize,
    /// Stretches that are being unpacked, in their order.
    waiting: VecDeque<Waiting>,
    /// What came out of the last.
    bytes: Cursor<Vec<u8>>,
}

enum State<R: Read> {
    /// Stretches are cut off.
    Cutting(Stretches<R>),
    /// One reader goes on.
    Rest(Box<Unpacked<RestOfPacked<R>>>),
    Ended,
}

/// The data, unpacked by several threads if so many work on it that one could not feed them, and if
/// it can be cut.
pub(super) fn ahead<R: Read + Send + 'static>(
    unpacked: Unpacked<R>,
    jobs: usize,
) -> Box<dyn Read + Send> {
    // Two threads share reading and working well enough.
    if jobs <= 2 {
        return Box::new(unpacked);
    }
    match Stretches::new(unpacked, 0) {
        Ok(stretches) => Box::new(Ahead::new(stretches, jobs.div_ceil(FED_BY_ONE))),
        Err(unpacked) => unpacked,
    }
}

impl<R: Read> Ahead<R> {
    fn new(stretches: Stretches<R>, threads: usize) -> Ahead<R> {
        let (jobs, to_do) = mpsc::channel::<Job>();
        let to_do = Arc::new(Mutex::new(to_do));
        for _ in 0..threads {
            let to_do = to_do.clone();
            // It ends when there is nobody left to give it anything.
            thread::spawn(move || {
                loop {
                    let next = to_do.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok((stretch, result)) = next else { return };
                    // Nobody waits for it any more where the reader was dropped.
                    let _ = result.send(stretch.unpack());
                }
            });
        }
        Ahead {
            state: State::Cutting(stretches),
            jobs,
            threads,
            waiting: VecDeque::new(),
            bytes: Cursor::default(),
        }
    }

    /// The next bytes, or a reader of what is left in the place of the stretches.
    fn advance(&mut self, mut stretches: Stretches<R>) {
        while self.waiting.len() < self.threads * WAITING {
            let Some(stretch) = stretches.next_stretch() else { break };
            let stretch = Arc::new(stretch);
            let (result, wanted) = mpsc::channel();
            // It is read without the threads where they are gone.
            let _ = self.jobs.send((stretch.clone(), result));
            self.waiting.push_back((stretch, wanted));
        }
        let believed = self
            .waiting
            .front()
            .and_then(|(stretch, wanted)| stretches.accept(stretch, wanted.recv().ok().flatten()));
        match believed {
            Some(bytes) => {
                self.waiting.pop_front();
                self.bytes = Cursor::new(bytes);
                self.state = State::Cutting(stretches);
            }
            None => {
                let waiting = std::mem::take(&mut self.waiting);
                let rest = stretches.into_rest(waiting.iter().map(|it| &*it.0));
                self.state = State::Rest(Box::new(rest));
            }
        }
    }
}

impl<R: Read> Read for Ahead<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            match self.bytes.read(buffer)? {
                0 => {}
                n => return Ok(n),
            }
            match std::mem::replace(&mut self.state, State::Ended) {
                State::Cutting(stretches) => self.advance(stretches),
                State::Rest(mut rest) => {
                    let read = rest.read(buffer);
                    self.state = State::Rest(rest);
                    return read;
                }
                State::Ended => return Ok(0),
            }
        }
    }
}
