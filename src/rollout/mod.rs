//! How an update proceeds: `SwarmKit`'s updater, orchestrators, restarts and agents played through
//! in virtual time. A function of specs, nodes and stated assumptions about containers.

mod agent;
mod clock;
mod container;
mod control;
mod dead_end;
mod dirty;
mod enforce;
mod global;
mod job;
mod observe;
mod outcome;
mod reaper;
mod replicated;
mod restart;
mod run;
mod scenario;
mod scheduling;
mod store;
mod task;
#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests;
mod timeline;
mod updater;
mod worker;
mod world;

pub use container::{Behaviour, Containers, Fault, FaultKind};
pub use dead_end::{DeadEnd, DeadEndKind, PATIENCE, dead_ends};
pub use dirty::{Effect, effect};
pub use run::{MOST_TASKS, play, play_by};
pub use scenario::{Action, Scenario, Start, Step, listed, running};
pub use timeline::{
    Course, Event, Left, Place, Status, Stuck, TaskName, Timeline, UpdateState, What,
};
