//! `volumes` of a service: what is mounted into its containers.

use crate::stack::keys::shape::{BOOL, Record, SET, Shape, TEXT, Unknown, key};

/// The list of mounts of a service.
pub(super) const MOUNTS: Shape = Shape::Changed {
    before: &SET,
    since: 2,
    // Docker's own rule of uniqueness sits one level too deep and has no effect.
    after: &Shape::List { item: &Shape::OneOf(&[TEXT, Shape::Record(&MOUNT)]), unique: false },
};

static MOUNT: Record = Record::closed(&[
    key("type", &TEXT, "`volume`, `bind`, `tmpfs`, `npipe`, `cluster` or `image`."),
    key(
        "source",
        &TEXT,
        "The volume's name, or the path on the node. Left out for `tmpfs` and for a volume \
         without a name.",
    ),
    key("target", &TEXT, "The absolute path in the container."),
    key("read_only", &BOOL, "`true` lets the container read only.").cast(),
    key("consistency", &TEXT, "Has a meaning on Docker Desktop alone."),
    key("bind", &Shape::Record(&BIND), "Options for `type: bind`."),
    key("volume", &Shape::Record(&VOLUME), "Options for `type: volume`."),
    key("tmpfs", &Shape::Record(&TMPFS), "Options for `type: tmpfs`.").since(6),
])
.requiring(&["type"]);

static BIND: Record = Record::closed(&[key(
    "propagation",
    &TEXT,
    "How mounts made below the path show on the other side: `rprivate` (the default), `private`, \
     `rshared`, `shared`, `rslave` or `slave`.",
)])
.with(Unknown::Accepted(0));

static VOLUME: Record = Record::closed(&[key(
    "nocopy",
    &BOOL,
    "`true` leaves a new volume empty instead of filling it with what the image has at the target.",
)
.cast()])
.with(Unknown::Accepted(0));

static TMPFS: Record = Record::closed(&[key(
    "size",
    &Shape::Size,
    "The most bytes it may hold, as a whole number. Unlimited by default.",
)])
.with(Unknown::Accepted(0));
