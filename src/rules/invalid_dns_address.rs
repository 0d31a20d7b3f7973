//! A DNS server is not an IP address.
//!
//! ## Why
//!
//! Newer clients drop the entry without a word, older ones send it, and then it cannot be used.
//! The service asks other servers than meant.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     dns: [dns.example.com]
//! ```
//!
//! ## Fix
//!
//! Write the address of the server:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     dns: [192.0.2.53]
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2 sends any text; 29 drops what is not an address.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::code;
use crate::source::Named;
use crate::stack::{Service, Stack};
use std::net::IpAddr;

pub(super) const RULE: Rule = Rule {
    id: "invalid-dns-address",
    summary: "`dns` holds what is no IP address",
    group: Group::Compose,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    for it in service.dns.iter().flatten().filter(|it| !it.place.is_unset()) {
        // An address of IPv6 may name its interface.
        let address = it.value.split('%').next().unwrap_or_default();
        if address.parse::<IpAddr>().is_err() {
            found
                .report(it, format!("the DNS server {} is no IP address", code(&it.value)))
                .help("write the address of the server");
        }
    }
}
