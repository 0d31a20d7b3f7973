//! A service gets a right that amounts to root on the node.
//!
//! ## Why
//!
//! With one of these a program can leave its container: load a kernel module, mount the node's disk,
//! read any file or the memory of any process.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   tool:
//!     image: example/tool:1.0
//!     cap_add: [SYS_ADMIN]
//! ```
//!
//! ## Fix
//!
//! Give the rights that are needed, one by one:
//!
//! ```yaml good
//! services:
//!   tool:
//!     image: example/tool:1.0
//!     cap_add: [NET_ADMIN]
//! ```
//!
//! ## Source
//!
//! The manual page capabilities(7).

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::code;
use crate::source::Named;
use crate::stack::{Service, Stack};

/// Rights, and what they let a program do.
const RIGHTS: &[(&str, &str)] = &[
    ("ALL", "do whatever root can"),
    ("BPF", "run code in the kernel"),
    ("DAC_READ_SEARCH", "read every file of the node"),
    ("SYS_ADMIN", "mount the node's disks"),
    ("SYS_BOOT", "restart the node"),
    ("SYS_MODULE", "load code into the kernel"),
    ("SYS_PTRACE", "read the memory of other processes"),
    ("SYS_RAWIO", "write to the node's devices"),
];

pub(super) const RULE: Rule = Rule {
    id: "dangerous-capability",
    summary: "right that amounts to root on the node",
    group: Group::Security,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    for it in &service.cap_add {
        let name = it.value.to_ascii_uppercase();
        let name = name.strip_prefix("CAP_").unwrap_or(&name);
        if let Some((_, what)) = RIGHTS.iter().find(|it| it.0 == name) {
            found
                .report(it, format!("with {} it can {what}", code(name)))
                .help("give the rights that are needed, one by one");
        }
    }
}
