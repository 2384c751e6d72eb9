//! One thread that does what is asked of the keychain, one thing after the other.
//!
//! A thread and a connection for each question would do for a person who clicks. A thousand questions
//! at once use up what the session bus gives to one program, and a keychain that is there is then
//! called absent. So whoever asks stands in line, and only for as long as its own patience lasts.
//!
//! The thread ends when nothing is left to do, and begins anew with the next question: no connection
//! stays open, and the stack on which a secret lay is given back. A question that never comes back
//! does not hold up the others: once whoever asked it has given up, another thread takes over. There
//! are never more than [`MAX_THREADS`]; what is asked after that waits for one of those to come back.

use std::collections::{HashSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// So many may stand in line. The window has far fewer threads that could ask.
const MAX_WAITING: usize = 1_024;

/// So many threads there are at most: one that serves, and those whose question does not come back.
const MAX_THREADS: usize = 4;

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoAnswer {
    /// Too many stand in line; this was not asked.
    Busy,
    /// It did not come in time. What was not begun by then is not done at all.
    Late,
    /// What was asked broke, or there is no thread to ask it.
    Broken,
}

/// The line and whoever serves it. `C` is what a thread keeps from one question to the next.
pub(super) struct Worker<C> {
    line: Arc<Line<C>>,
}

struct Line<C>(Mutex<State<C>>);

struct State<C> {
    waiting: VecDeque<(u64, Job<C>)>,
    /// The number of the next question.
    next: u64,
    /// Whether a thread takes from the line.
    is_served: bool,
    /// What it asks in this moment.
    asking: Option<u64>,
    /// What other threads ask, and nobody waits for any more.
    hung: HashSet<u64>,
}

type Job<C> = Box<dyn FnOnce(&mut C) + Send>;

impl<C: Default + 'static> Worker<C> {
    pub(super) fn new() -> Self {
        let (waiting, hung) = (VecDeque::new(), HashSet::new());
        let state = State { waiting, next: 0, is_served: false, asking: None, hung };
        Self { line: Arc::new(Line(Mutex::new(state))) }
    }

    /// Asks something and waits for the answer. Where it comes after whoever asked has given up,
    /// `too_late` makes undone what nobody will know of.
    pub(super) fn ask<T: Send + 'static>(
        &self,
        patience: Duration,
        act: impl FnOnce(&mut C) -> T + Send + 'static,
        too_late: impl FnOnce(&mut C, T) + Send + 'static,
    ) -> Result<T, NoAnswer> {
        // Without a place in between: an answer is either taken by who asked, or it is too late.
        let (answer, answered) = mpsc::sync_channel(0);
        let number = self.line.join(Box::new(move |kept| {
            let done = act(kept);
            if let Err(mpsc::SendError(done)) = answer.send(done) {
                too_late(kept, done);
            }
        }))?;
        match answered.recv_timeout(patience) {
            Ok(done) => Ok(done),
            Err(RecvTimeoutError::Disconnected) => Err(NoAnswer::Broken),
            Err(RecvTimeoutError::Timeout) => {
                // First this, so that an answer of this moment is too late before another takes over.
                drop(answered);
                self.line.leave(number);
                Err(NoAnswer::Late)
            }
        }
    }
}

impl<C: Default + 'static> Line<C> {
    fn join(self: &Arc<Self>, job: Job<C>) -> Result<u64, NoAnswer> {
        let mut state = self.state();
        if state.waiting.len() >= MAX_WAITING {
            return Err(NoAnswer::Busy);
        }
        let number = state.next;
        state.next += 1;
        state.waiting.push_back((number, job));
        self.serve(&mut state);
        Ok(number)
    }

    /// Whoever asked this has given up.
    fn leave(self: &Arc<Self>, number: u64) {
        let mut state = self.state();
        if let Some(at) = state.waiting.iter().position(|(waiting, _)| *waiting == number) {
            state.waiting.remove(at);
            return;
        }
        // It may have come to its end in this very moment.
        if state.asking == Some(number) {
            state.asking = None;
            state.hung.insert(number);
            state.is_served = false;
            self.serve(&mut state);
        }
    }

    /// Sees to it that somebody serves, if anybody stands in line.
    fn serve(self: &Arc<Self>, state: &mut State<C>) {
        if state.is_served || state.waiting.is_empty() || state.hung.len() >= MAX_THREADS {
            return;
        }
        let line = Arc::clone(self);
        let begun = thread::Builder::new().name("keychain".to_owned()).spawn(move || line.work());
        state.is_served = begun.is_ok();
        if begun.is_err() {
            // Nobody will come to them: whoever asked learns that at once.
            state.waiting.clear();
        }
    }

    fn work(&self) {
        let mut kept = C::default();
        while let Some((number, job)) = self.next() {
            if catch_unwind(AssertUnwindSafe(|| job(&mut kept))).is_err() {
                kept = C::default();
            }
            let mut state = self.state();
            // Another has taken over meanwhile, or could not, and this one serves again.
            if state.hung.remove(&number) && state.is_served {
                return;
            }
        }
    }

    fn next(&self) -> Option<(u64, Job<C>)> {
        let mut state = self.state();
        let next = state.waiting.pop_front();
        state.is_served = next.is_some();
        state.asking = next.as_ref().map(|(number, _)| *number);
        next
    }

    fn state(&self) -> MutexGuard<'_, State<C>> {
        // Nothing that can panic is done while it is held.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::panic::resume_unwind;
    use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
    use std::sync::mpsc::{Receiver, Sender, channel};
    use std::time::Instant;

    /// Long enough for a computer that does much else.
    const LONG: Duration = Duration::from_secs(60);
    const SHORT: Duration = Duration::from_millis(100);

    /// A question that says when it is begun, and comes back when it is told to.
    struct Gate {
        begun: Receiver<()>,
        open: Sender<()>,
    }

    fn gate() -> (Gate, impl FnOnce(&mut usize) -> usize + Send + 'static) {
        let ((begin, begun), (open, opened)) = (channel(), channel());
        let act = move |_: &mut usize| {
            begin.send(()).unwrap();
            opened.recv().unwrap();
            7
        };
        (Gate { begun, open }, act)
    }

    fn eventually(what: &str, holds: impl Fn() -> bool) {
        let end = Instant::now() + LONG;
        while !holds() {
            assert!(Instant::now() < end, "waited for {what}");
            thread::sleep(Duration::from_millis(5));
        }
    }

    fn ask(worker: &Worker<usize>, patience: Duration, number: usize) -> Result<usize, NoAnswer> {
        worker.ask(patience, move |_| number, |_, _| {})
    }

    #[test]
    fn a_thousand_at_once_are_all_answered_one_after_the_other() {
        let worker = Worker::<usize>::new();
        let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        thread::scope(|scope| {
            let ask = |number: usize| {
                let (now, most) = (Arc::clone(&now), Arc::clone(&most));
                let act = move |_: &mut usize| {
                    most.fetch_max(now.fetch_add(1, SeqCst) + 1, SeqCst);
                    thread::yield_now();
                    now.fetch_sub(1, SeqCst);
                    number
                };
                worker.ask(LONG, act, |_, _| {})
            };
            let asked: Vec<_> = (0..1_000).map(|n| scope.spawn(move || (n, ask(n)))).collect();
            for one in asked {
                let (number, answer) = one.join().unwrap();
                assert_eq!(answer, Ok(number));
            }
        });
        assert_eq!(most.load(SeqCst), 1);
    }

    #[test]
    fn what_a_thread_keeps_goes_with_it_when_nothing_is_left_to_do() {
        let worker = Worker::<usize>::new();
        let count = |kept: &mut usize| {
            *kept += 1;
            *kept
        };
        assert_eq!(worker.ask(LONG, count, |_, _| {}), Ok(1));
        eventually("the thread's end", || !worker.line.state().is_served);
        assert_eq!(worker.ask(LONG, count, |_, _| {}), Ok(1));
    }

    #[test]
    fn what_was_not_begun_when_its_asker_gave_up_is_never_done() {
        let worker = Worker::<usize>::new();
        let done = Arc::new(AtomicUsize::new(0));
        let (gate, held) = gate();
        thread::scope(|scope| {
            let first = scope.spawn(|| worker.ask(LONG, held, |_, _| {}));
            gate.begun.recv().unwrap();
            let count = Arc::clone(&done);
            let second = worker.ask(SHORT, move |_| count.fetch_add(1, SeqCst), |_, _| {});
            assert_eq!(second, Err(NoAnswer::Late));
            gate.open.send(()).unwrap();
            assert_eq!(first.join().unwrap(), Ok(7));
        });
        assert_eq!(ask(&worker, LONG, 1), Ok(1));
        assert_eq!(done.load(SeqCst), 0);
    }

    #[test]
    fn a_question_that_never_comes_back_holds_nobody_up_and_is_undone_when_it_does() {
        let worker = Worker::<usize>::new();
        let undone = Arc::new(AtomicUsize::new(0));
        let (gate, held) = gate();
        let note = Arc::clone(&undone);
        let late = worker.ask(SHORT, held, move |_, done| note.store(done, SeqCst));
        assert_eq!(late, Err(NoAnswer::Late));
        assert_eq!(ask(&worker, LONG, 2), Ok(2));
        assert_eq!(undone.load(SeqCst), 0);
        gate.open.send(()).unwrap();
        eventually("it to be undone", || undone.load(SeqCst) == 7);
        eventually("its thread's end", || worker.line.state().hung.is_empty());
        assert_eq!(ask(&worker, LONG, 3), Ok(3));
    }

    #[test]
    fn no_more_threads_are_begun_than_may_hang_and_one_that_comes_back_serves_again() {
        let worker = Worker::<usize>::new();
        let mut gates = Vec::new();
        for _ in 0..MAX_THREADS {
            let (gate, held) = gate();
            assert_eq!(worker.ask(SHORT, held, |_, _| {}), Err(NoAnswer::Late));
            gates.push(gate);
        }
        assert_eq!(ask(&worker, SHORT, 1), Err(NoAnswer::Late));
        assert!(worker.line.state().waiting.is_empty());
        thread::scope(|scope| {
            let waiting = scope.spawn(|| ask(&worker, LONG, 2));
            eventually("somebody in line", || worker.line.state().waiting.len() == 1);
            gates.pop().unwrap().open.send(()).unwrap();
            assert_eq!(waiting.join().unwrap(), Ok(2));
        });
        for gate in gates {
            gate.open.send(()).unwrap();
        }
        eventually("all threads' end", || worker.line.state().hung.is_empty());
        assert_eq!(ask(&worker, LONG, 3), Ok(3));
    }

    #[test]
    fn a_line_that_is_too_long_is_not_made_longer() {
        let worker = Worker::<usize>::new();
        let (gate, held) = gate();
        thread::scope(|scope| {
            let first = scope.spawn(|| worker.ask(LONG, held, |_, _| {}));
            gate.begun.recv().unwrap();
            let others = (0..MAX_WAITING).map(|_| (u64::MAX, Box::new(|_: &mut usize| {}) as _));
            worker.line.state().waiting.extend(others);
            assert_eq!(ask(&worker, LONG, 1), Err(NoAnswer::Busy));
            gate.open.send(()).unwrap();
            assert_eq!(first.join().unwrap(), Ok(7));
        });
        assert_eq!(ask(&worker, LONG, 2), Ok(2));
    }

    #[test]
    fn what_breaks_breaks_nothing_else() {
        let worker = Worker::<usize>::new();
        let broken = worker.ask(LONG, |_| resume_unwind(Box::new(())), |_, ()| {});
        assert_eq!(broken, Err(NoAnswer::Broken));
        assert_eq!(ask(&worker, LONG, 1), Ok(1));
    }
}
