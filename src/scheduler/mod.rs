//! Where each task goes, and why not elsewhere: `SwarmKit`'s scheduler and what makes tasks for it,
//! reproduced. A function of specs and nodes; it knows no files.
//!
//! Where Swarm takes what comes first in a map without order, the name decides here, so that the
//! outcome is one of Swarm's own and always the same. [`varies`] says which services that concerns.

mod choice;
mod demand;
mod existing;
mod explain;
mod filter;
mod filters;
mod generic;
mod group;
mod leaf;
mod node_state;
mod orchestrate;
mod pass;
mod preference;
mod run;
mod schedule;
mod sensitivity;
mod state;
#[cfg(test)]
mod tests;
mod tree;
mod volumes;

pub use choice::Choice;
pub use demand::{Demand, GenericDemand, HostPort, NetworkDrivers};
pub use explain::{Refusal, Verdict};
pub use filter::{Candidate, Filter, Lack};
pub use filters::ALL as FILTERS;
pub use generic::{Left, Named, Pool};
pub use node_state::NodeState;
pub use pass::Pass;
pub use preference::Preference;
pub use run::schedule;
pub use schedule::{Deploy, Failure, Fate, Options, Schedule, Scheduled, Task, network_drivers};
pub use sensitivity::{OrderMatters, by_lot, order_matters, varies};
pub use state::{Held, Live, Own, State};
pub use volumes::VolumeUse;
