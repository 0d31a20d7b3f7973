//! `ports`: what a service publishes.

use crate::stack::keys::shape::{INTEGER, Record, Shape, TEXT, Type, key};

/// The list of ports of a service.
pub(super) const PORTS: Shape = Shape::List {
    item: &Shape::Changed {
        before: &Shape::Port(&[Type::Text, Type::Number]),
        since: 2,
        after: &Shape::OneOf(&[
            Shape::Port(&[Type::Number]),
            Shape::Port(&[Type::Text]),
            Shape::Record(&PORT),
        ]),
    },
    unique: true,
};

static PORT: Record = Record::closed(&[
    key("target", &INTEGER, "The port inside the container.").cast(),
    key(
        "published",
        &INTEGER,
        "The port on the nodes. Without it a free one is picked. A range needs the short form.",
    )
    .cast(),
    key("protocol", &TEXT, "`tcp` (the default), `udp` or `sctp`."),
    key(
        "mode",
        &TEXT,
        "`ingress` (the default) publishes on every node and balances; `host` publishes on the \
         task's own node and takes the port there, so that one task per node fits.",
    ),
]);
