//! A label has a name that `docker stack` writes itself.
//!
//! ## Why
//!
//! `com.docker.stack.namespace` says which stack something belongs to, and `com.docker.stack.image`
//! which image the file names. `docker stack deploy` writes its own values over those of the file.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       labels:
//!         com.docker.stack.namespace: shop
//! ```
//!
//! ## Fix
//!
//! Choose a name of your own:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     deploy:
//!       labels:
//!         com.example.team: shop
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/convert/compose.go`.

use crate::diagnostic::Severity;
use crate::edit::Patch;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::words::code;
use crate::stack::Stack;
use crate::swarm::convert::{IMAGE_LABEL, NAMESPACE_LABEL};

pub(super) const RULE: Rule = Rule {
    id: "reserved-label",
    summary: "label that `docker stack` writes over",
    group: Group::Compose,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Stack(check),
};

fn check(stack: &Stack, found: &mut Findings) {
    let deployed = stack.services.iter().flat_map(|it| &it.deploy).flat_map(|it| &it.labels);
    let labels = stack.services.iter().flat_map(|it| &it.labels);
    let networks = stack.networks.iter().flat_map(|it| &it.labels);
    let volumes = stack.volumes.iter().flat_map(|it| &it.labels);
    let files = stack.secrets.iter().chain(&stack.configs).flat_map(|it| &it.labels);
    let everywhere = labels.chain(networks).chain(volumes).chain(files).map(|it| (it, false));
    for (label, is_service) in deployed.map(|it| (it, true)).chain(everywhere) {
        let name = label.name.value.as_str();
        if name == NAMESPACE_LABEL || is_service && name == IMAGE_LABEL {
            let patch = found.site(label.name.span()).and_then(|it| it.remove());
            found
                .report(label.name.place, format!("`docker stack` writes its own value of {}", code(name)))
                .help("choose a name of your own")
                .fix(Patch::risky(patch, "remove it"));
        }
    }
}
