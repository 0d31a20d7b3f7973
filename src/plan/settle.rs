//! The cluster once a deploy is settled: what was placed runs, what was removed is gone.

use crate::cluster::{Cluster, Service as Running, Task, TaskState};
use crate::plan::service::{Service, is_running};
use crate::scheduler::Fate;
use crate::source::{Named, Place, Span, Spanned};
use crate::swarm::spec::ServiceSpec;
use std::collections::{BTreeMap, BTreeSet};

/// The cluster in which these services run as planned.
///
/// `old` has the specs of services whose tasks are not what they are to be.
pub(super) fn after(
    services: &[Service],
    cluster: &Cluster,
    old: &BTreeMap<&str, &ServiceSpec>,
) -> Cluster {
    let names: BTreeSet<&str> = services.iter().map(|it| it.name).collect();
    let mut tasks: Vec<Task> = Vec::new();
    for it in cluster.tasks.iter().flatten() {
        // What ended decides whether it is done again; what nobody knows counts for its node.
        let is_known = names.contains(it.service.value.as_str());
        if !is_known || it.state > TaskState::Running {
            tasks.push(it.clone());
        }
    }
    for service in services {
        for task in &service.tasks {
            let Some(node) = task.node else { continue };
            let state = match task.fate {
                _ if is_running(task) => TaskState::Running,
                // It is not to be taken for one that was never there.
                Fate::Leaving => TaskState::Shutdown,
                _ => continue,
            };
            tasks.push(Task {
                service: text(service.name),
                node: Spanned::default(),
                node_index: Some(node as usize),
                slot: task.slot,
                count: 1,
                state,
                desired: state,
                span: Span::default(),
            });
        }
    }
    let running = |it: &Service| Named {
        name: text(it.name),
        value: Running {
            spec: old.get(it.name).copied().unwrap_or(it.spec).clone(),
            ..Running::default()
        },
    };
    Cluster {
        nodes: cluster.nodes.clone(),
        volumes: cluster.volumes.clone(),
        networks: cluster.networks.clone(),
        services: Some(services.iter().map(running).collect()),
        tasks: Some(tasks),
        ..Cluster::default()
    }
}

fn text(text: &str) -> Spanned<String> {
    Spanned::new(text.to_owned(), Place::default())
}
