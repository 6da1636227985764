//! [`Queue`]: work handed from one thread to others.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Things that wait for a thread, in order.
pub(super) struct Queue<T> {
    waiting: Mutex<Waiting<T>>,
    changed: Condvar,
}

struct Waiting<T> {
    things: VecDeque<T>,
    closed: bool,
}

impl<T> Queue<T> {
    pub(super) fn new() -> Queue<T> {
        let waiting = Waiting { things: VecDeque::new(), closed: false };
        Queue { waiting: Mutex::new(waiting), changed: Condvar::new() }
    }

    fn lock(&self) -> MutexGuard<'_, Waiting<T>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a thing; gives it back where so many wait already.
    pub(super) fn push(&self, thing: T, most: usize) -> Option<T> {
        let mut waiting = self.lock();
        if waiting.things.len() >= most {
            return Some(thing);
        }
        waiting.things.push_back(thing);
        self.changed.notify_one();
        None
    }

    /// What waits longest, if anything does.
    pub(super) fn take(&self) -> Option<T> {
        self.lock().things.pop_front()
    }

    /// The same, but waits for it; none when there will be no more.
    pub(super) fn wait(&self) -> Option<T> {
        let mut waiting = self.lock();
        loop {
            match waiting.things.pop_front() {
                None if !waiting.closed => {
                    waiting = self.changed.wait(waiting).unwrap_or_else(PoisonError::into_inner);
                }
                thing => return thing,
            }
        }
    }
}

/// Closes the queue when it is dropped.
pub(super) struct Closing<'q, T>(pub(super) &'q Queue<T>);

impl<T> Drop for Closing<'_, T> {
    fn drop(&mut self) {
        let mut waiting = self.0.lock();
        waiting.closed = true;
        self.0.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_is_taken_once_and_then_there_is_no_more() {
        let queue = Queue::new();
        let taken: usize = std::thread::scope(|scope| {
            let closing = Closing(&queue);
            let worker = || std::iter::from_fn(|| queue.wait()).sum::<usize>();
            let workers = [(); 3].map(|()| scope.spawn(worker));
            let mine = (1..=1000).filter_map(|n| queue.push(n, 8)).sum::<usize>();
            drop(closing);
            mine + workers.into_iter().map(|it| it.join().unwrap()).sum::<usize>()
        });
        assert_eq!(taken, 500_500);
        assert_eq!((queue.take(), queue.wait()), (None, None));
    }

    #[test]
    fn a_full_queue_gives_back() {
        let queue = Queue::new();
        assert_eq!(
            [queue.push('a', 2), queue.push('b', 2), queue.push('c', 2)],
            [None, None, Some('c')]
        );
        assert_eq!([queue.take(), queue.take(), queue.take()], [Some('a'), Some('b'), None]);
    }
}
