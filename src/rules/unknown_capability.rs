//! A capability does not exist.
//!
//! ## Why
//!
//! Client and manager take any name. The node refuses to make the container, so that no task of
//! the service ever runs.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     cap_add: [NET_ADMN]
//! ```
//!
//! ## Fix
//!
//! Write the name that is meant:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     cap_add: [NET_ADMIN]
//! ```
//!
//! ## Source
//!
//! capabilities(7); Moby, `oci/caps/utils.go`: `unknown capability`.

use crate::diagnostic::Severity;
use crate::edit::Patch;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::{code, nearest};
use crate::source::Named;
use crate::stack::{Service, Stack};
use crate::value::capability::normalize;

pub(super) const RULE: Rule = Rule {
    id: "unknown-capability",
    summary: "there is no such capability",
    group: Group::Compose,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Service(check),
};

/// Every capability of Linux, without its prefix.
const KNOWN: &str = "AUDIT_CONTROL AUDIT_READ AUDIT_WRITE BLOCK_SUSPEND BPF CHECKPOINT_RESTORE CHOWN DAC_OVERRIDE \
    DAC_READ_SEARCH FOWNER FSETID IPC_LOCK IPC_OWNER KILL LEASE LINUX_IMMUTABLE MAC_ADMIN \
    MAC_OVERRIDE MKNOD NET_ADMIN NET_BIND_SERVICE NET_BROADCAST NET_RAW PERFMON SETFCAP SETGID \
    SETPCAP SETUID SYSLOG SYS_ADMIN SYS_BOOT SYS_CHROOT SYS_MODULE SYS_NICE SYS_PACCT SYS_PTRACE \
    SYS_RAWIO SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG WAKE_ALARM ALL RESET";

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    for it in service.cap_add.iter().chain(&service.cap_drop) {
        let full = normalize(&it.value);
        let name = full.strip_prefix("CAP_").unwrap_or(&full);
        if it.place.is_unset() || KNOWN.split_whitespace().any(|known| known == name) {
            continue;
        }
        let near = nearest(name, KNOWN.split_whitespace());
        let patch = near.and_then(|near| found.site(it.span())?.replace(near));
        found
            .report(it, format!("there is no capability {}", code(&it.value)))
            .help(near.map_or_else(
                || "capabilities(7) lists them".to_owned(),
                |near| format!("did you mean {}?", code(near)),
            ))
            .fix(Patch::risky(patch, "write the nearest name"));
    }
}
