//! What a service takes from the top level: networks, secrets, configs.

use crate::stack::keys::shape::{
    MapShape, NUMBER, Names, OPTIONS, Others, Record, SET, Shape, TEXT, Type, Unknown, Usage, key,
};

/// The networks of a service: names, or names with details.
pub(super) const ATTACHMENTS: Shape = Shape::OneOf(&[
    SET,
    Shape::Map(MapShape {
        names: Names::Object,
        others: Others::Refused,
        value: &Shape::OneOf(&[Shape::Record(&ATTACHMENT), Shape::Plain(&[Type::Null])]),
    }),
]);

/// The secrets or configs of a service: names, or names with details.
pub(super) const FILES: Shape =
    Shape::List { item: &Shape::OneOf(&[TEXT, Shape::Record(&FILE)]), unique: false };

static ATTACHMENT: Record = Record::closed(&[
    key("aliases", &SET, "Further names of the service in this network."),
    key("driver_opts", &OPTIONS, "Options for the network's driver.").since(13),
    key("ipv4_address", &TEXT, "Ignored without a word: tasks cannot have fixed addresses.")
        .usage(Usage::Ignored),
    key("ipv6_address", &TEXT, "Ignored without a word: tasks cannot have fixed addresses.")
        .usage(Usage::Ignored),
]);

static FILE: Record = Record::closed(&[
    key("source", &TEXT, "The key under which the top level declares it."),
    key(
        "target",
        &TEXT,
        "The file in the container. A secret's lies below `/run/secrets` unless the path is \
         absolute, a config's below `/`. The key by default.",
    ),
    key("uid", &TEXT, "The file's owner, a number in quotes. `\"0\"` by default."),
    key("gid", &TEXT, "The file's group, a number in quotes. `\"0\"` by default."),
    key("mode", &NUMBER, "The file's permissions, best written octal. `0444` by default.").cast(),
])
.with(Unknown::Accepted(0));
