//! A kernel setting belongs to the node and not to a container.
//!
//! ## Why
//!
//! Only `net.*`, `fs.mqueue.*` and the settings of IPC can differ from container to container.
//! With any other the container is made and cannot be started.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   search:
//!     image: nginx:1.27
//!     sysctls:
//!       vm.max_map_count: 262144
//! ```
//!
//! ## Fix
//!
//! Set it on the nodes, as in `/etc/sysctl.d`:
//!
//! ```yaml good
//! services:
//!   search:
//!     image: nginx:1.27
//!     sysctls:
//!       net.core.somaxconn: 1024
//! ```
//!
//! ## Source
//!
//! runc, `libcontainer/configs/validate`: `sysctl … is not in a separate kernel namespace`.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::code;
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "sysctl-not-namespaced",
    summary: "kernel setting that containers cannot have",
    group: Group::Compose,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Service(check),
};

/// Settings of the IPC namespace, and the one of the UTS namespace that may be set.
const OWN: &[&str] = &[
    "kernel.domainname", "kernel.msgmax", "kernel.msgmnb", "kernel.msgmni", "kernel.sem",
    "kernel.shm_rmid_forced", "kernel.shmall", "kernel.shmmax", "kernel.shmmni",
];

/// Where settings of the whole node stand. Others may be newer than this list.
const OF_NODE: &[&str] = &["kernel.", "vm.", "fs.", "dev.", "debug."];

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    for it in &service.sysctls {
        let name = it.name.value.replace('/', ".");
        let of_node = OF_NODE.iter().any(|prefix| name.starts_with(prefix));
        if of_node && !name.starts_with("fs.mqueue.") && !OWN.contains(&name.as_str()) {
            found
                .report(it.name.place, format!("{} belongs to the node: the container cannot start", code(&name)))
                .help("set it on the nodes, in `/etc/sysctl.d`");
        }
    }
}
