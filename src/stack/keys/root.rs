//! The top level of a stack file.

use crate::stack::keys::network::NETWORK;
use crate::stack::keys::secret::{CONFIG, SECRET};
use crate::stack::keys::service::SERVICE;
use crate::stack::keys::shape::{MapShape, Names, Others, Record, Shape, TEXT, Unknown, key};
use crate::stack::keys::volume::VOLUME;

pub static ROOT: Record = Record::closed(&[
    key(
        "version",
        &TEXT,
        "The version of the file format, `\"3.0\"` to `\"3.13\"`, in quotes. Decides which keys may \
         be written. Leave it out: without it the newest version counts.",
    ),
    key(
        "services",
        &objects(&Shape::Record(&SERVICE)),
        "The services of the stack, each under its name. Swarm knows them as `STACK_NAME`.",
    ),
    key(
        "networks",
        &Shape::Map(MapShape {
            names: Names::Object,
            others: Others::Unchecked,
            value: &Shape::Record(&NETWORK),
        }),
        "The networks of the stack. One is created when a service uses it and left as it is when \
         it exists. Services that name none share `default`.",
    ),
    key(
        "volumes",
        &objects(&Shape::Record(&VOLUME)),
        "The named volumes of the stack. Each node makes its own when a task that mounts it \
         starts; nothing moves with the task to another node.",
    ),
    key(
        "secrets",
        &objects(&Shape::Record(&SECRET)),
        "The secrets of the stack. Every one that is not external is created by the deploy, used \
         or not; its content cannot be changed afterwards.",
    )
    .since(1),
    key(
        "configs",
        &objects(&Shape::Record(&CONFIG)),
        "The configs of the stack: files that are not confidential. Every one that is not \
         external is created by the deploy; its content cannot be changed afterwards.",
    )
    .since(3),
])
.with(Unknown::Extensions(4));

/// Objects of one kind under their names.
const fn objects(shape: &'static Shape) -> Shape {
    Shape::Map(MapShape { names: Names::Object, others: Others::Refused, value: shape })
}
