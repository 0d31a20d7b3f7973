//! The service runs as a user that may not read its secret or config.
//!
//! ## Why
//!
//! Secrets and configs belong to root unless `uid` says otherwise. With a mode such as `0400`
//! nobody else can read them.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   web:
//!     image: nginx:1.27
//!     user: "1000:1000"
//!     secrets: [{source: key, target: key, mode: 0400}]
//! secrets:
//!   key: {external: true}
//! ```
//!
//! ## Fix
//!
//! Give the file to the user:
//!
//! ```yaml good
//! services:
//!   web:
//!     image: nginx:1.27
//!     user: "1000:1000"
//!     secrets: [{source: key, target: key, mode: 0400, uid: "1000"}]
//! secrets:
//!   key: {external: true}
//! ```
//!
//! ## Source
//!
//! Docker CLI 28.2.2, `cli/compose/convert/service.go`: `uid` and `gid` are `0` by default.

use crate::diagnostic::Severity;
use crate::edit::{New, Patch};
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::source::Named;
use crate::stack::model::text;
use crate::stack::{Service, Stack};

pub(super) const RULE: Rule = Rule {
    id: "secret-unreadable-by-user",
    summary: "the user of the service may not read the file",
    group: Group::Secrets,
    severity: Severity::Warning,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let Some(user) = service.user.as_ref().filter(|it| !it.place.is_unset()) else { return };
    let (user, group) = match user.value.split_once(':') {
        Some((user, group)) => (user, Some(group)),
        None => (user.value.as_str(), None),
    };
    // Only the image knows the number of a name.
    let Ok(number) = user.parse::<u32>() else { return };
    if number == 0 {
        return;
    }
    for it in service.secrets.iter().chain(&service.configs) {
        let Some(mode) = it.mode.as_ref().filter(|it| !it.place.is_unset()) else { continue };
        let owner = match text(it.uid.as_ref()) {
            "" => "0",
            it => it,
        };
        let group_of_file = match text(it.gid.as_ref()) {
            "" => "0",
            it => it,
        };
        let unknown = [&it.uid, &it.gid].into_iter().flatten().any(|it| it.place.is_unset());
        let of_group = group.is_none_or(|it| it == group_of_file || it.parse::<u32>().is_err());
        let readable = mode.value & 0o004 != 0
            || (owner == user && mode.value & 0o400 != 0)
            || (of_group && mode.value & 0o040 != 0);
        if unknown || readable {
            continue;
        }
        let own = it.uid.is_none() && mode.value & 0o400 != 0;
        let site = found.site(mode.span()).and_then(|it| it.up()).filter(|_| own);
        let uid = New::Inline(format!("\"{user}\""));
        let patch = site.and_then(|it| it.insert(&["uid"], uid));
        found
            .report(mode, format!("user {user} may not read this file, which belongs to {owner}"))
            .help(format!("write `uid: \"{user}\"`, or a mode such as `0444`"))
            .fix(Patch::risky(patch, "give the file to the user"));
    }
}
