//! A single pass over the tasks of one service, for who runs the clock.

use crate::scheduler::choice::Choice;
use crate::scheduler::demand::Demand;
use crate::scheduler::explain::unsuitable;
use crate::scheduler::group;
use crate::scheduler::state::{Held, Live, State};
use std::collections::BTreeMap;

/// What one pass made of the tasks that wait.
#[derive(Debug)]
pub struct Pass<'a> {
    /// In the order in which they were placed.
    pub placed: Vec<Held<'a>>,
    /// Swarm's words for the rest: after a success they count the nodes asked since only.
    pub message: String,
}

impl<'a> State<'a> {
    /// Places up to `count` tasks that wait together.
    ///
    /// `failures` counts the recent failures of the service on nodes.
    pub fn pass(
        &mut self,
        demand: &Demand<'a>,
        live: &mut Live,
        failures: &BTreeMap<u32, u32>,
        count: u64,
        choice: &mut Choice,
    ) -> Pass<'a> {
        let outcome = group::place(self, demand, live, failures, count, choice);
        Pass { placed: outcome.placed, message: unsuitable(&outcome.refused) }
    }
}
