//! The nodes of one branch, best first, and how tasks are dealt out to them.

use crate::scheduler::group::{Group, Key};

/// The nodes of one branch that can take a task.
#[derive(Debug, Default)]
pub(super) struct Leaf {
    pub(super) nodes: Vec<u32>,
    visited: bool,
    /// How good the nodes were at the first visit, best first.
    ranked: Vec<(Key, u32)>,
    /// Nodes as good as the last of them that were left out because there are fewer tasks.
    outside: u32,
}

/// What became of some nodes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Gain {
    pub(super) tasks: i64,
    /// Nodes that could have had more.
    pub(super) roomy: u32,
}

impl Gain {
    pub(super) fn plus(self, other: Self) -> Self {
        Self { tasks: self.tasks + other.tasks, roomy: self.roomy + other.roomy }
    }
}

impl Leaf {
    /// Places up to `wanted` tasks and says how many.
    pub(super) fn place(&mut self, wanted: u64, group: &mut Group) -> u64 {
        // The first time the nodes have just been asked.
        if self.visited {
            self.nodes.retain(|&node| group.admits(node, false));
        }
        let mut best = self.nodes.clone();
        group.choice.arrange(&mut best);
        let ranked = best.iter().enumerate();
        let mut ranked: Vec<(Key, usize, u32)> =
            ranked.map(|(at, &node)| (group.key(node), at, node)).collect();
        // Swarm keeps as many nodes as there are tasks.
        let kept = usize::try_from(group.size).unwrap_or(usize::MAX);
        let mut outside = Vec::new();
        if kept < ranked.len() {
            ranked.select_nth_unstable(kept);
            outside = ranked.split_off(kept);
        }
        ranked.sort_unstable();
        self.nodes = ranked.iter().map(|it| it.2).collect();
        if !self.visited {
            let worst = ranked.last().map(|it| it.0);
            self.outside = outside.iter().filter(|it| Some(it.0) == worst).count() as u32;
            self.ranked = ranked.iter().map(|it| (it.0, it.2)).collect();
        }
        self.visited = true;
        if ranked.is_empty() {
            return 0;
        }
        deal(&self.nodes, wanted, group)
    }

    /// What the leaf's nodes got, and how many of them could have had more.
    pub(super) fn gain(&self, group: &Group) -> Gain {
        let got = |&(key, node): &(Key, u32)| i64::from(group.own[node as usize] - key.1);
        Gain {
            tasks: self.ranked.iter().map(got).sum(),
            roomy: self.ranked.iter().filter(|it| group.has_room(it.1)).count() as u32,
        }
    }

    /// Tells which nodes got more than others that were as good and would have had room; `others`
    /// is how many there are of them outside of the leaf.
    pub(super) fn tell_ties(&self, others: u32, group: &mut Group) {
        if others > 0 {
            let got = |it: &&(Key, u32)| group.own[it.1 as usize] > it.0.1;
            let ties: Vec<_> = self.ranked.iter().filter(got).map(|it| (it.1, others)).collect();
            group.outcome.ties.extend(ties);
        }
        let mut rest = self.ranked.as_slice();
        while let Some(&(key, _)) = rest.first() {
            let (equals, others) = rest.split_at(rest.partition_point(|it| it.0 == key));
            rest = others;
            let outside = if others.is_empty() { self.outside } else { 0 };
            let gained = |node: u32| group.own[node as usize] - key.1;
            let most = equals.iter().map(|it| gained(it.1)).max().unwrap_or_default();
            let behind = equals.iter().filter(|it| gained(it.1) < most && group.has_room(it.1));
            let behind = behind.count() as u32 + outside;
            if most == 0 || behind == 0 {
                continue;
            }
            let ahead = equals.iter().map(|it| it.1).filter(|&it| gained(it) == most);
            let ahead: Vec<u32> = ahead.collect();
            group.outcome.ties.extend(ahead.into_iter().map(|node| (node, behind)));
        }
    }
}

/// Deals tasks out. The first pass stays at a node until the next one is strictly better, and never
/// goes back; after it the nodes take turns. So a service that is out of balance stays so.
fn deal(nodes: &[u32], wanted: u64, group: &mut Group) -> u64 {
    let mut turns = Turns::new(nodes.len());
    let mut placed = 0;
    while group.left > 0 {
        let turn = turns.at % nodes.len();
        group.put(nodes[turn]);
        placed += 1;
        if placed == wanted {
            break;
        }
        let is_first_pass = turns.at + 1 < nodes.len();
        if !is_first_pass || group.key(nodes[turn + 1]) < group.key(nodes[turn]) {
            turns.at += 1;
        }
        loop {
            let Some(turn) = turns.seek() else { return placed };
            if group.admits(nodes[turn], false) {
                break;
            }
            turns.drop_out(turn);
        }
    }
    placed
}

/// Whose turn it is, among those that have not dropped out.
struct Turns {
    /// Counts on, past the last node.
    at: usize,
    /// Leads from one that dropped out to the next that has not, perhaps over others.
    next: Vec<u32>,
}

impl Turns {
    fn new(nodes: usize) -> Self {
        Self { at: 0, next: (0..=nodes as u32).collect() }
    }

    /// Goes on to the next that has not dropped out.
    fn seek(&mut self) -> Option<usize> {
        let all = self.next.len() - 1;
        let turn = self.at % all;
        let mut found = self.find(turn);
        if found < all {
            self.at += found - turn;
            return Some(found);
        }
        found = self.find(0);
        if found == all {
            return None;
        }
        self.at += all - turn + found;
        Some(found)
    }

    fn drop_out(&mut self, turn: usize) {
        self.next[turn] = turn as u32 + 1;
    }

    /// The first from a place on that has not dropped out; the number of all if there is none.
    fn find(&mut self, start: usize) -> usize {
        let mut end = start;
        while self.next[end] as usize != end {
            end = self.next[end] as usize;
        }
        let mut at = start;
        while at != end {
            at = std::mem::replace(&mut self.next[at], end as u32) as usize;
        }
        end
    }
}
