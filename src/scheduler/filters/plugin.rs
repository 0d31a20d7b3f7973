//! The node has the drivers of the task's volumes, networks and log.

use crate::cluster::Plugin;
use crate::scheduler::demand::Demand;
use crate::scheduler::filter::{Candidate, Filter, Lack, count};

pub(super) const FILTER: Filter = Filter {
    name: "plugins",
    applies: |it| {
        !it.volume_drivers.is_empty() || !it.network_drivers.is_empty() || it.log_driver.is_some()
    },
    admits: |demand, it| missing(demand, it).next().is_none(),
    lacks: |demand, it| {
        let lack = |(kind, name): (_, &str)| Lack::Plugin { kind, name: name.to_owned() };
        missing(demand, it).map(lack).collect()
    },
    explain: |nodes| count(nodes, "missing plugin on 1 node", "missing plugin on ", " nodes"),
    changes: false,
};

/// What the node does not have. A node that has not told its plugins is taken to have all.
fn missing<'a>(
    demand: &'a Demand,
    it: &'a Candidate,
) -> impl Iterator<Item = (&'static str, &'a str)> {
    let plugins = it.node.node.plugins.as_deref();
    // Nodes that list no log drivers at all are too old to do so.
    let tells_logs = plugins.is_some_and(|it| it.iter().any(|it| it.kind == "Log"));
    let log = demand.log_driver.filter(|_| tells_logs);
    let volumes = demand.volume_drivers.iter().map(|it| ("Volume", *it));
    let networks = demand.network_drivers.iter().map(|it| ("Network", *it));
    let all = volumes.chain(networks).chain(log.map(|it| ("Log", it)));
    all.filter(move |(kind, name)| plugins.is_some_and(|it| !has(it, kind, name)))
}

fn has(plugins: &[Plugin], kind: &str, name: &str) -> bool {
    let is = |it: &Plugin| it.name == name || it.name.strip_suffix(":latest") == Some(name);
    plugins.iter().any(|it| it.kind == kind && is(it))
}
