//! What would help, in words.

use crate::output::plan::amount::{count, cpus, cpus_named, memory, memory_written};
use crate::output::plan::words::nodes;
use crate::plan::{Fix, Plan, Remedy};

/// What to do; how much it leaves undone.
pub(in crate::output::plan) fn remedy(plan: &Plan, it: &Remedy) -> String {
    let words = fix(plan, &it.fix);
    if it.leaves == 0 {
        words
    } else {
        format!("{words} ({} still waits)", count(it.leaves, "task"))
    }
}

fn fix(plan: &Plan, it: &Fix) -> String {
    match it {
        Fix::Activate { nodes: them } => {
            let named = nodes(plan, them);
            format!("make {named} active: {}", commands(plan, them, "--availability active"))
        }
        Fix::Label { nodes: them, labels } => {
            let labels: Vec<_> =
                labels.iter().map(|(name, value)| format!("--label-add {name}={value}")).collect();
            let named = nodes(plan, them);
            format!("label {named}: {}", commands(plan, them, &labels.join(" ")))
        }
        Fix::Cpus { now, most } => {
            format!("reserve at most {} for each task, now {}", cpus_named(*most), cpus(*now))
        }
        Fix::Memory { now, most } => format!(
            "reserve at most {} of memory for each task, now {}",
            memory_written(*most),
            memory_written(*now)
        ),
        Fix::MaxReplicas { now, least } => {
            format!("set max_replicas_per_node to {least}, now {now}")
        }
        Fix::Nodes { count: number, like } => {
            let node = &plan.cluster.nodes[*like as usize];
            let amounts = [
                node.nano_cpus.as_ref().map(|it| cpus_named(it.value)),
                node.memory_bytes.as_ref().map(|it| memory(it.value)),
            ];
            let amounts: Vec<String> = amounts.into_iter().flatten().collect();
            let size = if amounts.is_empty() {
                String::new()
            } else {
                format!(" ({})", amounts.join(", "))
            };
            format!("add {} like {}{size}", count(*number, "node"), plan.node(*like))
        }
        Fix::Replicas { now, most } => {
            format!("run {} in place of {now}", count(*most as usize, "replica"))
        }
        Fix::OtherReplicas { service, now, most } => {
            let name = plan.services[*service].name;
            format!("run {} of {name} in place of {now}", count(*most as usize, "replica"))
        }
        Fix::StopFirst { least, of } => {
            format!("order: stop-first, with which at least {least} of {of} run")
        }
        Fix::OneAtATime => "parallelism: 1".to_owned(),
        Fix::KeepOff { service, node } => {
            let name = &plan.cluster.nodes[*node as usize].hostname.value;
            format!(
                "keep {} off {}: node.hostname!={name}",
                plan.services[*service].name,
                plan.node(*node)
            )
        }
        Fix::CpusOf { service, now, most } => {
            let name = plan.services[*service].name;
            format!(
                "reserve at most {} for each task of {name}, now {}",
                cpus_named(*most),
                cpus(*now)
            )
        }
        Fix::MemoryOf { service, now, most } => format!(
            "reserve at most {} of memory for each task of {}, now {}",
            memory_written(*most),
            plan.services[*service].name,
            memory_written(*now)
        ),
        Fix::DeployFirst { service } => {
            let name = plan.services[*service].name;
            format!("deploy {name} first, with a file that holds nothing else, then the rest")
        }
    }
}

fn commands(plan: &Plan, nodes: &[u32], options: &str) -> String {
    let one = |it: &u32| format!("docker node update {options} {}", plan.node(*it));
    nodes.iter().map(one).collect::<Vec<_>>().join("; ")
}
