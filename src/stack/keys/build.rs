//! `build`, which a deploy ignores.

use crate::stack::keys::shape::{PAIRS, Record, SET, Shape, TEXT, Type, Unknown, Usage, key};

/// A path or the details. Checked like everything else, then ignored.
pub(super) const BUILD: Shape = Shape::OneOf(&[TEXT, Shape::Record(&DETAILS)]);

const IGNORED: Usage = Usage::Unsupported;

static DETAILS: Record = Record::closed(&[
    key("context", &TEXT, "The folder to build from. Ignored by a deploy.").usage(IGNORED),
    key("dockerfile", &TEXT, "The Dockerfile's path. Ignored by a deploy.").usage(IGNORED),
    key("args", &PAIRS, "Build arguments. Ignored by a deploy.").usage(IGNORED),
    key("labels", &PAIRS, "Labels of the image. Ignored by a deploy.").usage(IGNORED).since(3),
    key("cache_from", &SET, "Images to take layers from. Ignored by a deploy.")
        .usage(IGNORED)
        .since(2),
    key("network", &TEXT, "The network during the build. Ignored by a deploy.")
        .usage(IGNORED)
        .since(4),
    key("target", &TEXT, "The stage to build. Ignored by a deploy.").usage(IGNORED).since(4),
    key(
        "shm_size",
        &Shape::Plain(&[Type::Integer, Type::Text]),
        "The size of `/dev/shm` during the build. Ignored by a deploy.",
    )
    .usage(IGNORED)
    .since(5),
    key("extra_hosts", &PAIRS, "Host names during the build. Ignored by a deploy.")
        .usage(IGNORED)
        .since(9),
])
.with(Unknown::Accepted(11));
