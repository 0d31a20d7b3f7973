//! A healthcheck gives up before the program usually serves.
//!
//! ## Why
//!
//! Failures count from the first check on, unless `start_period` covers the time that the program
//! needs. A task that is unhealthy is killed and started anew, and never gets ready.
//!
//! ## Example
//!
//! ```yaml bad
//! services:
//!   git:
//!     image: gitlab/gitlab-ce:17.8.1-ce.0
//!     healthcheck:
//!       test: [CMD, curl, -fsS, "http://localhost/-/readiness"]
//!       interval: 10s
//!       retries: 3
//! ```
//!
//! ## Fix
//!
//! Give it time; the first check that succeeds ends the start period:
//!
//! ```yaml good
//! services:
//!   git:
//!     image: gitlab/gitlab-ce:17.8.1-ce.0
//!     healthcheck:
//!       test: [CMD, curl, -fsS, "http://localhost/-/readiness"]
//!       interval: 10s
//!       retries: 3
//!       start_period: 5m
//! ```
//!
//! ## Source
//!
//! Docker's manual, `HEALTHCHECK`. The times are those of a first start on an ordinary machine.

use crate::diagnostic::Severity;
use crate::rule::{Check, Findings, Group, Preset, Rule};
use crate::rules::services::{is_checked, known};
use crate::source::Named;
use crate::source::Spanned;
use crate::stack::{Service, Stack};

/// In nanoseconds.
const SECOND: i64 = 1_000_000_000;

pub(super) const RULE: Rule = Rule {
    id: "start-period-too-short",
    summary: "healthcheck gives up before the program serves",
    group: Group::Rollout,
    severity: Severity::Info,
    preset: Preset::Default,
    check: Check::Service(check),
};

fn check(service: &Named<Service>, _: &Stack, found: &mut Findings) {
    let (Some(it), Some(known)) = (&service.healthcheck, known(service)) else { return };
    let boot = i64::from(known.product.boot).saturating_mul(SECOND);
    let nanos = |value: &Option<Spanned<i64>>, default| value.as_ref().map_or(default, |it| it.value);
    let interval = match nanos(&it.interval, 0) {
        0 => 30 * SECOND,
        interval => interval,
    };
    let retries = it.retries.as_ref().map_or(3, |it| it.value).clamp(1, 1000) as i64;
    let patience = nanos(&it.start_period, 0).saturating_add(interval.saturating_mul(retries));
    if is_checked(service) && patience < boot {
        let at = it.start_period.as_ref().map_or(it.place, |it| it.place);
        found
            .report(
                at,
                format!(
                    "it gives up after {} seconds, and the program often needs {} to start",
                    patience / SECOND,
                    known.product.boot
                ),
            )
            .help("raise `start_period`: the first check that succeeds ends it");
    }
}
