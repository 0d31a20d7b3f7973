//! Counted and named resources of a node, as tasks take them.

use crate::cluster::{Amount, Node};
use crate::scheduler::demand::GenericDemand;
use std::collections::VecDeque;

/// What is left of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pool<'a> {
    pub kind: &'a str,
    pub left: Left<'a>,
}

/// How much is left.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Left<'a> {
    Count(i64),
    /// In the order in which they are handed out.
    Names(VecDeque<&'a str>),
}

impl Left<'_> {
    /// How many there are.
    pub fn count(&self) -> i64 {
        match self {
            Self::Count(count) => *count,
            Self::Names(names) => names.len() as i64,
        }
    }
}

/// Everything that a node has. Entries of one kind are taken together.
pub(super) fn of<'a>(node: &'a Node) -> Vec<Pool<'a>> {
    let mut pools: Vec<Pool<'a>> = Vec::new();
    for it in &node.generic_resources {
        let known = pools.iter_mut().find(|pool| pool.kind == it.kind);
        match (known.map(|it| &mut it.left), &it.amount) {
            (Some(Left::Count(left)), Amount::Count(more)) => *left = left.saturating_add(*more),
            (Some(Left::Names(left)), Amount::Named(more)) => {
                left.extend(more.iter().map(String::as_str));
            }
            // The first entry of a kind says what it is.
            (Some(_), _) => {}
            (None, Amount::Count(count)) => {
                pools.push(Pool { kind: &it.kind, left: Left::Count(*count) });
            }
            (None, Amount::Named(names)) => {
                let names = names.iter().map(String::as_str).collect();
                pools.push(Pool { kind: &it.kind, left: Left::Names(names) });
            }
        }
    }
    pools
}

/// Whether one request can be met, whatever the others take.
pub(super) fn has(pools: &[Pool], want: &GenericDemand) -> bool {
    let pool = pools.iter().find(|it| it.kind == want.kind);
    want.count.is_some_and(|count| pool.is_some_and(|it| count <= it.left.count()))
}

/// Takes what is asked for, as far as it is there. The names taken are told.
pub(super) fn take<'a>(pools: &mut Vec<Pool<'a>>, wants: &[GenericDemand]) -> Vec<Named<'a>> {
    let mut taken = Vec::new();
    for want in wants {
        let Some(at) = pools.iter().position(|it| it.kind == want.kind) else { continue };
        let count = want.count.unwrap_or_default();
        let kind = pools[at].kind;
        let is_gone = match &mut pools[at].left {
            Left::Count(left) => {
                *left = left.saturating_sub(count);
                *left <= 0 && count > 0
            }
            Left::Names(names) => {
                // A request for none takes all: Swarm's loop never meets its end.
                let number = if count == 0 { names.len() } else { count.max(0) as usize };
                let number = number.min(names.len());
                taken.extend(names.drain(..number).map(|name| Named { kind, name }));
                names.is_empty()
            }
        };
        if is_gone {
            pools.remove(at);
        }
    }
    taken
}

/// Gives back what a task took: names that it was told, and counts.
pub(super) fn give<'a>(
    pools: &mut Vec<Pool<'a>>,
    wants: &[GenericDemand<'a>],
    names: &[Named<'a>],
) {
    for it in names {
        match pools.iter_mut().find(|pool| pool.kind == it.kind).map(|pool| &mut pool.left) {
            Some(Left::Names(left)) => left.push_back(it.name),
            Some(Left::Count(_)) => {}
            None => pools.push(Pool { kind: it.kind, left: Left::Names([it.name].into()) }),
        }
    }
    for want in wants {
        let Some(count) = want.count.filter(|it| *it > 0) else { continue };
        let is_named = names.iter().any(|it| it.kind == want.kind);
        match pools.iter_mut().find(|pool| pool.kind == want.kind).map(|pool| &mut pool.left) {
            Some(Left::Count(left)) => *left = left.saturating_add(count),
            None if !is_named => pools.push(Pool { kind: want.kind, left: Left::Count(count) }),
            _ => {}
        }
    }
}

/// A named resource that a task was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Named<'a> {
    pub kind: &'a str,
    pub name: &'a str,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cluster::Generic;

    fn node() -> Node {
        let names = ["a", "b", "c"].map(str::to_owned).to_vec();
        let disks = Generic { kind: "SSD".to_owned(), amount: Amount::Count(3) };
        let cards = Generic { kind: "GPU".to_owned(), amount: Amount::Named(names) };
        Node { generic_resources: vec![disks, cards], ..Node::default() }
    }

    fn want(kind: &str, count: i64) -> GenericDemand<'_> {
        GenericDemand { kind, count: Some(count) }
    }

    #[test]
    fn two_requests_of_a_kind_are_each_checked_alone() {
        let node = node();
        let pools = of(&node);
        assert!(has(&pools, &want("SSD", 3)) && !has(&pools, &want("SSD", 4)));
        assert!(has(&pools, &want("GPU", 3)) && !has(&pools, &want("gpu", 1)));
        assert!(!has(&pools, &GenericDemand { kind: "GPU", count: None }));
    }

    #[test]
    fn names_are_handed_out_in_order_and_what_is_used_up_disappears() {
        let node = node();
        let mut pools = of(&node);
        let taken = take(&mut pools, &[want("GPU", 2), want("SSD", 3)]);
        assert_eq!(taken.iter().map(|it| it.name).collect::<Vec<_>>(), ["a", "b"]);
        assert!(!has(&pools, &want("SSD", 0)) && has(&pools, &want("GPU", 1)));
        give(&mut pools, &[want("GPU", 2), want("SSD", 3)], &taken);
        assert!(has(&pools, &want("SSD", 3)) && has(&pools, &want("GPU", 3)));
        assert_eq!(take(&mut pools, &[want("GPU", 0)]).len(), 3);
    }
}
