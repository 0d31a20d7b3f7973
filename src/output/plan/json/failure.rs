//! Losses of nodes and what follows.

use serde::Serialize;

use crate::output::plan::words;
use crate::plan::{self, Lost, Outcome, Plan};

#[derive(Serialize)]
pub(super) struct Failure<'a> {
    /// `node`, `zone`, `host`, `managers`, `asked`.
    kind: &'static str,
    /// What is lost, in words.
    lost: String,
    /// What follows, in words.
    text: String,
    nodes: Vec<&'a str>,
    survived: bool,
    /// Managers that still hear each other.
    managers: usize,
    quorum: bool,
    moves: Vec<Move<'a>>,
    services: Vec<Hit<'a>>,
}

#[derive(Serialize)]
struct Move<'a> {
    service: &'a str,
    slot: Option<u64>,
    from: &'a str,
    to: Option<&'a str>,
    /// `moved`, `pending`, `no-quorum`, `not-moved`, `not-restarted`, `gone`.
    outcome: &'static str,
    /// Swarm's sentence, for a task that stays pending.
    message: Option<&'a str>,
    left_behind: &'a [String],
}

#[derive(Serialize)]
struct Hit<'a> {
    service: &'a str,
    before: usize,
    at_once: usize,
    after: usize,
}

impl<'a> Failure<'a> {
    pub(super) fn of(plan: &'a Plan, it: &'a plan::Failure) -> Self {
        let kind = match it.lost {
            Lost::Node(_) => "node",
            Lost::Zone(_) => "zone",
            Lost::Host(_) => "host",
            Lost::Managers(..) => "managers",
            Lost::Asked { .. } => "asked",
        };
        let hit = |it: &plan::Hit| Hit {
            service: plan.services[it.service].name,
            before: it.before,
            at_once: it.at_once,
            after: it.after,
        };
        Self {
            kind,
            lost: words::lost_short(plan, &it.lost),
            text: words::summary(plan, it),
            nodes: it.nodes.iter().map(|it| plan.node(*it)).collect(),
            survived: it.is_survived(),
            managers: it.managers,
            quorum: it.has_quorum,
            moves: it.moves.iter().map(|it| step(plan, it)).collect(),
            services: it.hits.iter().map(hit).collect(),
        }
    }
}

fn step<'a>(plan: &'a Plan, it: &'a plan::Move) -> Move<'a> {
    let (outcome, to, message) = match &it.outcome {
        Outcome::To(node) => ("moved", Some(plan.node(*node)), None),
        Outcome::Pending(message) => ("pending", None, Some(message.as_str())),
        Outcome::NoQuorum => ("no-quorum", None, None),
        Outcome::NotMoved => ("not-moved", None, None),
        Outcome::NotRestarted => ("not-restarted", None, None),
        Outcome::Gone => ("gone", None, None),
    };
    Move {
        service: plan.services[it.service].name,
        slot: it.slot,
        from: plan.node(it.from),
        to,
        outcome,
        message,
        left_behind: &it.left_behind,
    }
}
