//! Virtual time: what is due when.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// What happens at a certain time. Of those at the same time the first here comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Timer {
    /// The scheduler looks at what waits.
    Schedule {
        turn: u64,
    },
    /// The agent of a task's node is done with something.
    Agent {
        task: u32,
        turn: u64,
    },
    /// A node that was lost looks at a task again.
    Wake {
        task: u32,
        turn: u64,
    },
    /// A restart's delay is over.
    Rested {
        task: u32,
        turn: u64,
    },
    /// The task before has had its minute to stop.
    Impatient {
        task: u32,
        turn: u64,
    },
    /// A worker of an updater has paused for the delay.
    Worker {
        service: u32,
        turn: u64,
        worker: usize,
    },
    /// An updater has watched for long enough.
    Watched {
        service: u32,
        turn: u64,
    },
    Step {
        step: usize,
    },
    /// Old tasks are forgotten.
    Reap {
        turn: u64,
    },
}

/// The time, and what is still to come.
#[derive(Debug, Default)]
pub(super) struct Clock {
    pub(super) now: u64,
    timers: BinaryHeap<Reverse<(u64, Timer)>>,
    turns: u64,
}

impl Clock {
    /// Sets a timer in so many milliseconds.
    pub(super) fn after(&mut self, wait: u64, timer: Timer) {
        self.timers.push(Reverse((self.now.saturating_add(wait), timer)));
    }

    /// A number that was never given out, to know timers that no longer matter.
    pub(super) fn turn(&mut self) -> u64 {
        self.turns += 1;
        self.turns
    }

    /// Goes on to the next time at which anything is due, and says what.
    pub(super) fn advance(&mut self, until: u64) -> Vec<Timer> {
        let mut due = Vec::new();
        let Some(&Reverse((at, _))) = self.timers.peek() else { return due };
        if at > until {
            return due;
        }
        self.now = at;
        while let Some(&Reverse((next, timer))) = self.timers.peek() {
            if next != at {
                break;
            }
            self.timers.pop();
            due.push(timer);
        }
        due
    }
}

/// Milliseconds of a spec's nanoseconds.
pub(super) fn millis(nanoseconds: i64) -> u64 {
    u64::try_from(nanoseconds).unwrap_or_default().div_ceil(1_000_000)
}
