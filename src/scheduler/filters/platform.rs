//! The image was built for the node's hardware and operating system.

use crate::scheduler::demand::Demand;
use crate::scheduler::filter::{Candidate, Filter, Lack, count};

pub(super) const FILTER: Filter = Filter {
    name: "platform",
    applies: |it| !it.platforms.is_empty(),
    admits,
    lacks: |demand, it| {
        let own = it.node.node.platform.clone().unwrap_or_default();
        let lack = || Lack::Platform { os: own.os, arch: own.arch };
        (!admits(demand, it)).then(lack).into_iter().collect()
    },
    explain: |nodes| {
        let one = "unsupported platform on 1 node";
        count(nodes, one, "unsupported platform on ", " nodes")
    },
    changes: false,
};

fn admits(demand: &Demand, it: &Candidate) -> bool {
    let Some(own) = &it.node.node.platform else { return false };
    let arch = normal(&own.arch);
    let fits = |&(os, wanted): &(&str, &str)| {
        (os.is_empty() || os == own.os) && (wanted.is_empty() || normal(wanted) == arch)
    };
    demand.platforms.iter().any(fits)
}

/// Swarm knows two names for each of these, and for no others.
fn normal(arch: &str) -> &str {
    match arch {
        "x86_64" => "amd64",
        "aarch64" => "arm64",
        other => other,
    }
}
