//! `healthcheck`: how a node finds out whether a task works.

use crate::stack::keys::shape::{BOOL, COMMAND, NUMBER, Record, Shape, key};

pub(super) static HEALTHCHECK: Record = Record::closed(&[
    key(
        "test",
        &COMMAND,
        "The command that checks. A text runs in the container's shell; a list begins with `CMD`, \
         `CMD-SHELL` or `NONE`. A task whose check fails is replaced.",
    ),
    key("interval", &SINCE_3_4, "The time between two checks. 30 s by default."),
    key("timeout", &SINCE_3_4, "A check that takes longer has failed. 30 s by default."),
    key("retries", &NUMBER, "So many failures in a row make a task unhealthy. 3 by default.")
        .cast(),
    key(
        "start_period",
        &SINCE_3_4,
        "Failures during this time after the start do not count. None by default.",
    )
    .since(4),
    key(
        "start_interval",
        &SINCE_3_4,
        "The time between two checks during `start_period`. 5 s by default.",
    )
    .since(12),
    key("disable", &BOOL, "`true` switches off the check that the image brings.").cast(),
]);

/// Older versions take any text, and fail on a wrong one later.
const SINCE_3_4: Shape = Shape::Duration { since: 4 };
