//! A network sends larger packets than the network between the nodes takes.
//!
//! ## Why
//!
//! An overlay network wraps each packet, which adds 50 bytes, and expects the nodes' network to
//! take 1500 bytes unless `com.docker.network.driver.mtu` says otherwise. Where it takes less,
//! small packets pass and large ones are lost: connections open, and then hang.
//!
//! ## Example
//!
//! ```yaml nodes.yml
//! nodes:
//!   m1: {role: manager, mtu: 1450}
//! ```
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     networks: [back]
//! networks:
//!   back: {}
//! ```
//!
//! ## Fix
//!
//! Set `com.docker.network.driver.mtu` to what the nodes' network takes. Docker itself subtracts
//! what the overlay needs.
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     networks: [back]
//! networks:
//!   back:
//!     driver_opts:
//!       com.docker.network.driver.mtu: "1450"
//! ```
//!
//! ## Source
//!
//! [docker network create](https://docs.docker.com/reference/cli/docker/network/create/), and moby
//! issue 36689.

use crate::diagnostic::Severity;
use crate::rule::{Check, Deployment, Findings, Group, Preset, Rule};
use crate::rules::grounds::real_name;
use crate::rules::words::code;
use crate::source::Spanned;

pub(super) const RULE: Rule = Rule {
    id: "mtu-too-large",
    summary: "network sends larger packets than the nodes take",
    group: Group::Placement,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Cluster(check),
};

/// The option: the nodes' network, not the overlay's.
const OPTION: &str = "com.docker.network.driver.mtu";
/// What Docker takes the nodes' network for.
const USUAL: u32 = 1500;

fn check(deployment: &Deployment, found: &mut Findings) {
    let cluster = deployment.cluster;
    let known = cluster.nodes.iter().filter_map(|it| Some((it, it.mtu.as_ref()?)));
    let Some((node, least)) = known.min_by_key(|it| it.1.value) else { return };
    let node = code(&node.name.value);
    let mut networks = 0;
    for network in &deployment.stack.networks {
        if network.external.is_some() || network.driver.as_ref().is_some_and(|it| it.value != "overlay") {
            continue;
        }
        networks += usize::from(network.name.value == "default");
        // What exists already stays as it is.
        let name = real_name(network, deployment);
        if cluster.networks.iter().flatten().any(|it| it.name.value == name) {
            continue;
        }
        let option = network.driver_opts.iter().find(|it| it.name.value == OPTION);
        let assumed = match option.map(|it| it.value.value.parse()) {
            Some(Ok(it)) => it,
            Some(Err(_)) => continue,
            None => USUAL,
        };
        if assumed <= least.value {
            continue;
        }
        let at = option.map_or(network.name.place, |it| it.value.place);
        let message = format!("packets are up to {assumed} bytes, and node {node} takes {}", least.value);
        tell(found.report(at, message), least);
    }
    let name = format!("{}_default", deployment.name);
    let is_made = networks == 0 && deployment.specs.networks.contains_key(&name);
    let exists = cluster.networks.iter().flatten().any(|it| it.name.value == name);
    if is_made && !exists && least.value < USUAL {
        let message = format!(
            "node {node} takes {} bytes, and the network {} sends up to {USUAL}",
            least.value,
            code(&name)
        );
        tell(found.report(least, message), least);
    }
}

fn tell(finding: &mut crate::diagnostic::Diagnostic, least: &Spanned<u32>) {
    let overlay = least.value.saturating_sub(50);
    let encrypted = overlay.saturating_sub(26) / 4 * 4;
    finding
        .note(format!("containers then get {overlay} bytes, {encrypted} if it is encrypted"))
        .help(format!("set `driver_opts: {{{OPTION}: \"{}\"}}` for the network", least.value));
}
