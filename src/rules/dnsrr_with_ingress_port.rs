//! A service with `endpoint_mode: dnsrr` publishes a port through the routing mesh.
//!
//! ## Why
//!
//! Without a virtual IP there is nothing that the routing mesh could send to. The manager refuses
//! the service; `docker stack config` lets it pass.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     ports: ["80:80"]
//!     deploy:
//!       endpoint_mode: dnsrr
//! ```
//!
//! ## Fix
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     ports:
//!       - target: 80
//!         published: 80
//!         mode: host
//!     deploy:
//!       endpoint_mode: dnsrr
//! ```

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Rule};
use crate::stack::problem::{Kind, Problem, Refused};

pub(super) const RULE: Rule = Rule {
    id: "dnsrr-with-ingress-port",
    summary: "routing mesh port of a service with `endpoint_mode: dnsrr`",
    group: Group::Swarm,
    severity: Severity::Error,
    check: Check::Problem(check),
};

fn check(problem: &Problem, found: &mut Findings) {
    let Kind::Refused { subject: Refused::Endpoint, .. } = &problem.kind else { return };
    found
        .report(problem, "a port of the routing mesh does not go with `endpoint_mode: dnsrr`")
        .help("publish it with `mode: host`, or leave `endpoint_mode` at `vip`");
}
