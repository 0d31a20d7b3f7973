//! A system whose members vote has an even number of them.
//!
//! ## Why
//!
//! The majority of four is three: a fourth member survives no more losses than three do, and is
//! one more that can fail. Two members survive none.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   etcd:
//!     image: quay.io/coreos/etcd:v3.5.17
//!     deploy:
//!       replicas: 2
//!       update_config: {delay: 1m}
//! ```
//!
//! ## Fix
//!
//! Run an odd number of members:
//!
//! ```yaml good
//! services:
//!   etcd:
//!     image: quay.io/coreos/etcd:v3.5.17
//!     deploy:
//!       replicas: 3
//!       update_config: {delay: 1m}
//! ```
//!
//! ## Source
//!
//! The manuals of etcd, Consul and ZooKeeper.

use crate::diagnostic::Severity;
use crate::image::Kind;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::{known, replicas};
use crate::source::Named;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "even-quorum",
    summary: "even number of members that vote",
    group: Group::Placement,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let votes = known(service).is_some_and(|it| it.product.kind == Kind::Quorum);
    let Some(place) = service.deploy.as_ref().and_then(|it| it.replicas.as_ref()) else { return };
    if let Some(count) = replicas(service).filter(|it| votes && *it > 0 && it % 2 == 0) {
        found
            .report(place, format!("{count} members survive no more losses than {}", count - 1))
            .help("run an odd number of members");
    }
}
