//! Traffic between nodes is readable on the way.
//!
//! ## Why
//!
//! Overlay networks put packets into VXLAN as they are. Who sees the network between the nodes reads
//! and changes them, unless the programs use TLS themselves. Encryption costs speed, and needs the
//! protocol ESP to be open between the nodes.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: example/shop:4.2
//!     networks: [inner]
//! networks:
//!   inner: {}
//! ```
//!
//! ## Fix
//!
//! Encrypt the network:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: example/shop:4.2
//!     networks: [inner]
//! networks:
//!   inner:
//!     driver_opts: {encrypted: ""}
//! ```
//!
//! ## Source
//!
//! Docker's manual, "Encrypt traffic on an overlay network".

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::users;
use crate::rules::words::code;
use crate::stack::Stack;
use crate::stack::model::{is_true, text};

pub(super) const RULE: Rule = Rule {
    id: "network-not-encrypted",
    summary: "traffic between nodes is readable on the way",
    group: Group::Network,
    severity: Severity::Info,
    preset: Preset::Pedantic,
    check: Check::Stack(check),
};

fn check(stack: &Stack, found: &mut Findings) {
    let used = users(stack);
    for network in stack.networks.iter().filter(|it| !is_true(&it.external)) {
        let is_overlay = matches!(text(network.value.driver.as_ref()), "" | "overlay");
        let is_open = !network.driver_opts.iter().any(|it| it.name.value == "encrypted");
        if is_overlay && is_open && used.contains_key(network.name.value.as_str()) {
            found
                .report(network.name.place, format!("what passes {} between nodes is not encrypted", code(&network.name.value)))
                .help("add `driver_opts: {encrypted: \"\"}`, and let ESP pass between the nodes");
        }
    }
}
