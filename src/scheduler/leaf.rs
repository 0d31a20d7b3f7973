//! The nodes of one branch, best first, and how tasks are dealt out to them.

use crate::scheduler::group::{Group, Key};

/// The nodes of one branch that can take a task.
#[derive(Debug, Default)]
pub(super) struct Leaf {
    pub(super) nodes: Vec<u32>,
    visited: bool,
}

impl Leaf {
    /// Places up to `wanted` tasks and says how many.
    pub(super) fn place(&mut self, wanted: u64, group: &mut Group) -> u64 {
        // The first time the nodes have just been asked.
        if self.visited {
            self.nodes.retain(|&node| group.admits(node, false));
        }
        self.visited = true;
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
        if ranked.is_empty() || wanted == 0 {
            return 0;
        }
        let placed = deal(&self.nodes, wanted, group);
        let worst = ranked.last().map(|it| it.0);
        let outside = outside.iter().filter(|it| Some(it.0) == worst).count();
        tell_ties(&ranked, outside as u32, group);
        placed
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

/// Among nodes that were equally good, some got more than others that would have had room.
fn tell_ties(ranked: &[(Key, usize, u32)], outside: u32, group: &mut Group) {
    let mut rest = ranked;
    while let Some(&(key, ..)) = rest.first() {
        let (equals, others) = rest.split_at(rest.partition_point(|it| it.0 == key));
        rest = others;
        let outside = if others.is_empty() { outside } else { 0 };
        let gained = |node: u32| group.own[node as usize] - key.1;
        let least = equals.iter().map(|it| gained(it.2)).min().unwrap_or_default();
        let most = equals.iter().map(|it| gained(it.2)).max().unwrap_or_default();
        if most == 0 || (least == most && outside == 0) {
            continue;
        }
        let behind = |it: &&(Key, usize, u32)| gained(it.2) < most && group.has_room(it.2);
        let behind = equals.iter().filter(behind).count() as u32 + outside;
        if behind == 0 {
            continue;
        }
        let ahead: Vec<u32> =
            equals.iter().map(|it| it.2).filter(|&it| gained(it) == most).collect();
        for node in ahead {
            let ties = group.outcome.ties.entry(node).or_default();
            *ties = behind.max(*ties);
        }
    }
}
