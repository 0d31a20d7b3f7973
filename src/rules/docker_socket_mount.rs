//! A service holds the Docker socket.
//!
//! ## Why
//!
//! Who can write to the socket is root on the node and, on a manager, on the whole swarm. `:ro`
//! protects only the file, not what is said through it.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   ui:
//!     image: portainer/portainer-ce:2.27.1
//!     volumes: ["/var/run/docker.sock:/var/run/docker.sock"]
//!     deploy: {placement: {constraints: [node.role == manager]}}
//! ```
//!
//! ## Fix
//!
//! Put a proxy in between that lets through what is needed:
//!
//! ```yaml good
//! services:
//!   ui:
//!     image: example/ui:1.0
//!     environment: {DOCKER_HOST: "tcp://socket:2375"}
//!     networks: [socket]
//! networks:
//!   socket:
//!     internal: true
//! ```
//!
//! ## Source
//!
//! Docker's manual, "Docker daemon attack surface".

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::mounts::bind_source;
use crate::source::Named;
use crate::stack::{Service, Stack};

/// The sockets of container engines, and the folders that they are in.
const SOCKETS: &[&str] = &[
    "/run", "/run/containerd", "/run/containerd/containerd.sock", "/run/docker.sock",
    "/run/podman/podman.sock", "/var/run", "/var/run/docker.sock", "/var/run/podman/podman.sock",
];

pub(super) const RULE: Rule = Rule {
    id: "docker-socket-mount",
    summary: "service that holds the Docker socket",
    group: Group::Security,
    severity: Severity::Warning,
    preset: Preset::Pedantic,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    for source in service.volumes.iter().filter_map(bind_source) {
        if SOCKETS.contains(&source.value.trim_end_matches('/')) {
            found
                .report(source, "who breaks in here is root on the node, `:ro` or not")
                .help("use a socket proxy that lets through only what is needed");
        }
    }
}
