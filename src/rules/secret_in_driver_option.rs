//! An option of a driver holds a secret in plain text.
//!
//! ## Why
//!
//! Options of log, volume and network drivers stand in the specs that Swarm keeps; those of volumes
//! also in `docker volume inspect` on every node that has one.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     volumes: [share:/srv]
//! volumes:
//!   share:
//!     driver_opts:
//!       type: cifs
//!       o: username=shop,password=Kx9-vTq27LmW
//!       device: //nas/share
//! ```
//!
//! ## Fix
//!
//! Name a file with the credentials, where the driver takes one:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     volumes: [share:/srv]
//! volumes:
//!   share:
//!     driver_opts:
//!       type: cifs
//!       o: credentials=/root/.nas
//!       device: //nas/share
//! ```
//!
//! ## Source
//!
//! [Manage sensitive data with Docker secrets](https://docs.docker.com/engine/swarm/secrets/).

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::secrets::report;
use crate::stack::Stack;
use crate::stack::exposure::{Exposure, Section};

pub(super) const RULE: Rule = Rule {
    id: "secret-in-driver-option",
    summary: "secret in plain text in an option of a driver",
    group: Group::Secrets,
    severity: Severity::Error,
    preset: Preset::Default,
    check: Check::Exposure(check),
};

fn check(exposure: &Exposure, _: &Stack, found: &mut Findings) {
    if exposure.section != Section::DriverOption {
        return;
    }
    if let Some(finding) = report(exposure, "in an option of a driver", found) {
        finding.help("name a file with the credentials, where the driver takes one");
    }
}
