//! What the user asks about the nodes: some that go, some that come.

use crate::cluster::{Cluster, Node, Platform};
use crate::plan::Lost;
use crate::source::{Named, Place, Spanned};
use crate::value::constraint::Role;
use crate::value::{cpus, size};
use std::collections::BTreeMap;

/// Nodes that are lost once the stack runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WhatIf {
    /// Places of nodes that go down.
    pub down: Vec<u32>,
    /// Places of nodes that are drained.
    pub drain: Vec<u32>,
}

impl WhatIf {
    pub(super) fn lost(&self) -> Option<Lost> {
        let asks = !self.down.is_empty() || !self.drain.is_empty();
        asks.then(|| Lost::Asked { down: self.down.clone(), drain: self.drain.clone() })
    }
}

/// The most nodes that one text adds.
const MOST: usize = 1_000;

/// Adds nodes such as `4cpu8GiB`, `2x4cpu8GiB,storage=ssd,zone=a` or `3x2cpu4GiB,manager`: how many,
/// how large, and after commas labels or the role. `zone` is the zone, too.
///
/// Refuses a text with what is wrong with it.
pub fn add_nodes(cluster: &mut Cluster, text: &str) -> Result<(), String> {
    let mut parts = text.split(',').map(str::trim);
    let shape = parts.next().unwrap_or_default();
    let (count, shape) = match shape.split_once('x') {
        Some((count, shape)) => {
            let count = count.parse().ok().filter(|it| (1..=MOST).contains(it));
            (count.ok_or_else(|| format!("`{text}`: add between 1 and {MOST} nodes"))?, shape)
        }
        None => (1, shape),
    };
    let wrong = || format!("`{text}`: write it as `2x4cpu8GiB`, with labels as `,storage=ssd`");
    let (processors, memory) = shape.split_once("cpu").ok_or_else(wrong)?;
    let nano_cpus = cpus::parse(processors).ok().filter(|it| *it > 0).ok_or_else(wrong)?;
    let memory = size::parse(memory.trim_start_matches('s')).ok();
    let memory_bytes = memory.filter(|it| *it > 0).ok_or_else(wrong)?;
    let default = |it: &Option<Spanned<String>>, or: &str| {
        it.as_ref().map_or_else(|| or.to_owned(), |it| it.value.clone())
    };
    let mut node = Node {
        nano_cpus: Some(here(nano_cpus)),
        memory_bytes: Some(here(memory_bytes)),
        platform: Some(Platform {
            os: default(&cluster.defaults.os, "linux"),
            arch: default(&cluster.defaults.arch, "x86_64"),
        }),
        ..Node::default()
    };
    for part in parts {
        match part.split_once('=') {
            Some((name, value)) if !name.is_empty() => {
                if name == "zone" {
                    node.zone = Some(here(value.to_owned()));
                }
                node.labels.extend(BTreeMap::from([(name.to_owned(), value.to_owned())]));
            }
            None if part == "manager" => node.role = here(Role::Manager),
            None if part == "worker" => node.role = here(Role::Worker),
            _ => return Err(format!("`{text}`: `{part}` is neither NAME=VALUE nor a role")),
        }
    }
    let mut number = 0;
    for _ in 0..count {
        let mut name;
        loop {
            number += 1;
            name = format!("new-{number}");
            if cluster.node(&name).is_none() {
                break;
            }
        }
        let name = here(name);
        let value = Node { id: name.clone(), hostname: name.clone(), ..node.clone() };
        cluster.nodes.push(Named { name, value });
    }
    Ok(())
}

fn here<T>(value: T) -> Spanned<T> {
    Spanned::new(value, Place::default())
}

#[cfg(test)]
mod tests {
    use super::add_nodes;
    use crate::cluster::Cluster;
    use crate::value::constraint::Role;

    #[test]
    fn nodes_are_added_by_their_shape() {
        let mut cluster = Cluster::default();
        assert_eq!(add_nodes(&mut cluster, "2x4cpu8GiB,storage=ssd,zone=a"), Ok(()));
        assert_eq!(add_nodes(&mut cluster, "0.5cpus512m,manager"), Ok(()));
        let names: Vec<_> = cluster.nodes.iter().map(|it| it.name.value.as_str()).collect();
        assert_eq!(names, ["new-1", "new-2", "new-3"]);
        let amount = |it: usize| {
            let node = &cluster.nodes[it];
            node.nano_cpus
                .as_ref()
                .zip(node.memory_bytes.as_ref())
                .map(|it| (it.0.value, it.1.value))
        };
        assert_eq!(amount(1), Some((4_000_000_000, 8 << 30)));
        assert_eq!(amount(2), Some((500_000_000, 512 << 20)));
        assert_eq!(cluster.nodes[0].labels["storage"], "ssd");
        assert_eq!(cluster.nodes[1].zone.as_ref().map(|it| it.value.as_str()), Some("a"));
        assert_eq!(cluster.nodes[2].role.value, Role::Manager);
    }

    #[test]
    fn other_texts_are_refused() {
        for text in ["", "4", "0x4cpu8g", "9999x1cpu1g", "4cpu", "xcpu8g", "4cpu8g,boss", "-1cpu8g"]
        {
            let mut cluster = Cluster::default();
            assert!(add_nodes(&mut cluster, text).is_err(), "{text}");
            assert!(cluster.nodes.is_empty());
        }
    }
}
