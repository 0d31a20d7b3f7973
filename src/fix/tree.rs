//! Where two trees differ, in terms of the first one's places.

use rustc_hash::FxHashMap;

use crate::source::Span;
use crate::yaml::{Entry, Map, Node, Value};

/// A place where two trees differ.
#[derive(Debug)]
pub(super) struct Difference<'a> {
    /// The keys and places in lists that lead there.
    pub path: Vec<Step<'a>>,
    pub kind: Kind<'a>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind<'a> {
    /// The entry with this key went.
    Removed(Span),
    /// This mapping got a key.
    Added(Span, &'a str),
    /// This value became another.
    Changed(Span),
}

/// Where two trees differ. A list with more or fewer items differs as a whole.
pub(super) fn differences<'a>(old: &'a Node, new: &'a Node) -> Vec<Difference<'a>> {
    let mut walk = Walk { path: Vec::new(), found: Vec::new() };
    walk.node(old, new);
    walk.found
}

struct Walk<'a> {
    path: Vec<Step<'a>>,
    found: Vec<Difference<'a>>,
}

impl<'a> Walk<'a> {
    fn node(&mut self, old: &'a Node, new: &'a Node) {
        match (&old.value, &new.value) {
            (Value::Map(one), Value::Map(other)) => self.map(old, one, other),
            (Value::List(one), Value::List(other)) if one.len() == other.len() => {
                for (at, (one, other)) in one.iter().zip(other).enumerate() {
                    self.inside(Step::Index(at), |it| it.node(one, other));
                }
            }
            (one, other) if one == other => {}
            _ => self.note(Kind::Changed(old.span())),
        }
    }

    fn map(&mut self, node: &'a Node, old: &'a Map, new: &'a Map) {
        for (entry, other) in matched(old, new) {
            let step = Step::Key(&entry.key.text);
            match other {
                Some(other) => self.inside(step, |it| it.node(&entry.node, &other.node)),
                None => self.inside(step, |it| it.note(Kind::Removed(entry.key.span))),
            }
        }
        for (entry, _) in matched(new, old).into_iter().filter(|it| it.1.is_none()) {
            let key = entry.key.text.as_str();
            self.inside(Step::Key(key), |it| it.note(Kind::Added(node.span(), key)));
        }
    }

    fn inside(&mut self, step: Step<'a>, work: impl FnOnce(&mut Self)) {
        self.path.push(step);
        work(self);
        self.path.pop();
    }

    fn note(&mut self, kind: Kind<'a>) {
        self.found.push(Difference { path: self.path.clone(), kind });
    }
}

/// Each entry of a mapping, and the one with its key in another.
fn matched<'a>(map: &'a Map, other: &'a Map) -> Vec<(&'a Entry, Option<&'a Entry>)> {
    let mut in_order = other.entries.iter().peekable();
    let mut by_key: Option<FxHashMap<&str, &Entry>> = None;
    let mut find = |key: &'a str| {
        // Mostly the entries stand in the same order.
        in_order.next_if(|it| it.key.text == key).or_else(|| {
            let all = other.entries.iter().map(|it| (it.key.text.as_str(), it));
            by_key.get_or_insert_with(|| all.collect()).get(key).copied()
        })
    };
    map.entries.iter().map(|it| (it, find(&it.key.text))).collect()
}
