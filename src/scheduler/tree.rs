//! How tasks are spread over the values of placement preferences: a tree with one level for each.

use crate::cluster::Node;
use crate::scheduler::group::Group;
use crate::scheduler::leaf::{Gain, Leaf};
use crate::scheduler::preference::Preference;
use crate::scheduler::state::State;
use std::collections::{BTreeMap, BTreeSet};

/// All branches; the first is the root.
pub(super) struct Tree<'a> {
    levels: Vec<Preference<'a>>,
    branches: Vec<Branch<'a>>,
}

/// The nodes that have some values in common.
#[derive(Default)]
struct Branch<'a> {
    /// Live tasks of the service when the group came: Swarm does not keep count while it places.
    tasks: i64,
    children: BTreeMap<&'a str, usize>,
    leaf: Leaf,
}

impl<'a> Tree<'a> {
    /// A tree without nodes. Preferences by which no two nodes differ change nothing and are left
    /// out, so that the tree is no deeper than nodes have labels.
    pub(super) fn new(preferences: &[Preference<'a>], state: &State<'a>) -> Self {
        let mut levels: Vec<Preference<'a>> = Vec::new();
        for it in preferences {
            let mut values = state.nodes.iter().map(|node| it.value_of(node.node));
            let first = values.next();
            if !levels.contains(it) && values.any(|value| Some(value) != first) {
                levels.push(*it);
            }
        }
        Self { levels, branches: vec![Branch::default()] }
    }

    /// The leaf of a node, which may run no task of the group but counts all the same.
    pub(super) fn leaf_of(&mut self, node: &'a Node, own_tasks: u32) -> &mut Leaf {
        let mut at = 0;
        self.branches[at].tasks += i64::from(own_tasks);
        for level in 0..self.levels.len() {
            let value = self.levels[level].value_of(node);
            let next = self.branches.len();
            at = *self.branches[at].children.entry(value).or_insert(next);
            if at == next {
                self.branches.push(Branch::default());
            }
            self.branches[at].tasks += i64::from(own_tasks);
        }
        &mut self.branches[at].leaf
    }

    /// Places up to `wanted` tasks.
    pub(super) fn place(&mut self, wanted: u64, group: &mut Group) {
        let mut open: Vec<Visit> = Vec::new();
        let mut asked = (0, wanted as i64);
        loop {
            let (branch, wanted) = asked;
            let branch = &mut self.branches[branch];
            let mut got = if branch.children.is_empty() {
                Some(branch.leaf.place(wanted as u64, group) as i64)
            } else {
                open.push(Visit::new(branch, wanted));
                None
            };
            // Out of the branches that are done, up to one that asks another child.
            loop {
                let Some(visit) = open.last_mut() else { return };
                if let Some(got) = got.take() {
                    visit.receive(got, &self.branches);
                }
                if let Some(next) = visit.ask(&self.branches, group) {
                    asked = next;
                    break;
                }
                got = open.pop().map(|it| it.placed);
            }
        }
    }

    /// Tells which nodes got more than others that were as good, in their leaf or in a branch that
    /// was as good as theirs.
    pub(super) fn tell_ties(&self, group: &mut Group) {
        // Children come after their parents.
        let mut gains = vec![Gain::default(); self.branches.len()];
        for (at, branch) in self.branches.iter().enumerate().rev() {
            let own = branch.leaf.gain(group);
            let children = branch.children.values().map(|&it| gains[it]);
            gains[at] = children.fold(own, Gain::plus);
        }
        let mut behind = vec![0; self.branches.len()];
        for (at, branch) in self.branches.iter().enumerate() {
            for &child in branch.children.values() {
                let equals = branch.children.values().filter(|&&it| {
                    self.branches[it].tasks == self.branches[child].tasks
                        && gains[it].tasks < gains[child].tasks
                });
                let others: u32 = equals.map(|&it| gains[it].roomy).sum();
                behind[child] = others.max(behind[at]);
            }
            branch.leaf.tell_ties(behind[at], group);
        }
    }
}

/// A branch with children in the middle of its work.
struct Visit {
    wanted: i64,
    placed: i64,
    /// Tasks in children that may still have room.
    usable: i64,
    /// Children that may still have room, by label.
    roomy: Vec<usize>,
    /// Those among them that have turned out full.
    full: BTreeSet<usize>,
    /// The order of the pass at hand, the next child last.
    pass: Vec<usize>,
    share: i64,
    rest: i64,
    /// Whether the last pass asked anyone.
    converging: bool,
    asked: (usize, i64),
}

impl Visit {
    fn new(branch: &Branch, wanted: i64) -> Self {
        Self {
            wanted,
            placed: 0,
            usable: branch.tasks,
            roomy: branch.children.values().copied().collect(),
            full: BTreeSet::new(),
            pass: Vec::new(),
            share: 0,
            rest: 0,
            converging: true,
            asked: (0, 0),
        }
    }

    fn ask(&mut self, branches: &[Branch], group: &mut Group) -> Option<(usize, i64)> {
        loop {
            while let Some(child) = self.pass.pop() {
                let tasks = branches[child].tasks;
                if tasks < self.share || (tasks == self.share && self.rest > 0) {
                    self.converging = true;
                    self.asked = (child, self.share - tasks + i64::from(self.rest > 0));
                    return Some(self.asked);
                }
            }
            let full = std::mem::take(&mut self.full);
            self.roomy.retain(|it| !full.contains(it));
            if self.placed == self.wanted || self.roomy.is_empty() || !self.converging {
                return None;
            }
            let all = self.usable + self.wanted - self.placed;
            let children = self.roomy.len() as i64;
            (self.share, self.rest) = (all / children, all % children);
            self.converging = false;
            self.pass.clone_from(&self.roomy);
            group.choice.arrange(&mut self.pass);
            self.pass.reverse();
        }
    }

    /// A child that gave less than asked has no more room.
    fn receive(&mut self, got: i64, branches: &[Branch]) {
        let (child, asked) = self.asked;
        if got < asked {
            self.full.insert(child);
            self.usable -= branches[child].tasks;
        } else if self.rest > 0 {
            self.rest -= 1;
        }
        self.placed += got;
    }
}
