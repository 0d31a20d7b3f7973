//! A volume on a file server lacks an option, or one that it has loses data.
//!
//! ## Why
//!
//! The `local` driver hands the options to `mount`. Without `device`, or for NFS without `addr` in
//! `o`, it fails on every node and each task is rejected. With `soft` NFS gives up after a while and
//! tells the program that its write failed, which many ignore.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   app:
//!     image: example/shop:4.2
//!     volumes: ["data:/srv"]
//! volumes:
//!   data:
//!     driver_opts: {type: nfs, device: ":/data"}
//! ```
//!
//! ## Fix
//!
//! Say where the server is, and let it wait:
//!
//! ```yaml good
//! services:
//!   app:
//!     image: example/shop:4.2
//!     volumes: ["data:/srv"]
//! volumes:
//!   data:
//!     driver_opts:
//!       type: nfs
//!       o: addr=10.0.0.9,nfsvers=4.2,hard
//!       device: ":/data"
//! ```
//!
//! ## Source
//!
//! The Engine's `local` driver (`volume/local/local_unix.go`); the manual page nfs(5).

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::stack::Stack;
use crate::stack::Volume;
use crate::stack::model::{is_true, text};

pub(super) const RULE: Rule = Rule {
    id: "nfs-volume-options",
    summary: "volume on a file server lacks an option",
    group: Group::Storage,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Stack(check),
};

fn check(stack: &Stack, found: &mut Findings) {
    for volume in &stack.volumes {
        let Some(options) = &volume.driver_opts else { continue };
        let option = |name: &str| options.iter().find(|it| it.name.value == name);
        let Some(kind) = option("type").filter(|_| is_local(volume)) else { continue };
        let is_nfs = matches!(kind.value.value.as_str(), "nfs" | "nfs4");
        if !is_nfs && kind.value.value != "cifs" {
            continue;
        }
        if option("device").is_none() {
            found
                .report(kind.value.place, "there is no `device`: no node can mount the volume")
                .help("add `device`, such as `:/data`");
        }
        let Some(text) = option("o").filter(|it| !it.value.place.is_unset()) else {
            if is_nfs && option("o").is_none() {
                found
                    .report(kind.value.place, "no server is named: no node can mount the volume")
                    .help("add `o`, such as `addr=10.0.0.9,nfsvers=4.2`");
            }
            continue;
        };
        let mut words = text.value.value.split(',');
        if is_nfs && !words.clone().any(|it| it.starts_with("addr=")) {
            found
                .report(text.value.place, "no server is named: no node can mount the volume")
                .help("add `addr=`, such as `addr=10.0.0.9`");
        }
        if is_nfs && words.any(|it| it == "soft") {
            found
                .report(text.value.place, "with `soft` a slow server makes writes fail")
                .help("use `hard`, or nothing: it is the default")
                .at_most(Severity::Warning);
        }
    }
}

fn is_local(volume: &Volume) -> bool {
    matches!(text(volume.driver.as_ref()), "" | "local") && !is_true(&volume.external)
}
