//! `volumes` at the top level.

use crate::stack::keys::network::EXTERNAL;
use crate::stack::keys::shape::{
    OPTIONS, PAIRS, Record, Shape, TEXT, TEXTS, Type, Unknown, Usage, key,
};

pub(super) static VOLUME: Record = Record::closed(&[
    key("name", &TEXT, "The volume's real name, instead of `STACK_KEY`.").since(4),
    key(
        "external",
        &Shape::Record(&EXTERNAL),
        "`true`: it is not the stack's own. A node that lacks it makes an empty one all the same. \
         Cannot stand beside `driver`, `driver_opts` or `labels`.",
    )
    .cast(),
    key("driver", &TEXT, "The driver. `local` by default, which keeps data on one node."),
    key(
        "driver_opts",
        &OPTIONS,
        "Options for the driver. Changing them does not change a volume that exists.",
    ),
    key("labels", &PAIRS, "Labels of the volume."),
    key(
        "x-cluster-spec",
        &Shape::Record(&CLUSTER_SPEC),
        "What a cluster volume should be like. Ignored without a word: a deploy creates none.",
    )
    .usage(Usage::Ignored)
    .since(10),
])
.with(Unknown::Extensions(7))
.or(&[Type::Mapping, Type::Null]);

const OPEN: Unknown = Unknown::Accepted(0);

static CLUSTER_SPEC: Record = Record::closed(&[
    key("group", &TEXT, "The group that services may mount from. Ignored by a deploy."),
    key("access_mode", &Shape::Record(&ACCESS_MODE), "Who may use it, and how. Ignored."),
    key(
        "accessibility_requirements",
        &Shape::Record(&ACCESSIBILITY),
        "From where it must be reachable. Ignored by a deploy.",
    ),
    key("capacity_range", &Shape::Record(&CAPACITY), "How large it should be. Ignored."),
    key("availability", &TEXT, "`active`, `pause` or `drain`. Ignored by a deploy."),
])
.with(OPEN);

static ACCESS_MODE: Record = Record::closed(&[
    key("scope", &TEXT, "`single` or `multi`: how many nodes. Ignored by a deploy."),
    key("sharing", &TEXT, "`none`, `readonly`, `onewriter` or `all`. Ignored by a deploy."),
    key("block_volume", &Shape::Record(&ANYTHING), "Use it as a block device. Ignored."),
    key("mount_volume", &Shape::Record(&MOUNT_VOLUME), "Mount it. Ignored by a deploy."),
])
.with(OPEN);

static ANYTHING: Record = Record::closed(&[]).with(OPEN);

static MOUNT_VOLUME: Record = Record::closed(&[
    key("fs_type", &TEXT, "The file system. Ignored by a deploy."),
    key("mount_flags", &TEXTS, "Flags for mounting. Ignored by a deploy."),
])
.with(OPEN);

static ACCESSIBILITY: Record = Record::closed(&[
    key("requisite", &TOPOLOGIES, "It must be reachable from these. Ignored by a deploy."),
    key("preferred", &TOPOLOGIES, "It should be reachable from these. Ignored by a deploy."),
])
.with(OPEN);

const TOPOLOGIES: Shape = Shape::List { item: &Shape::Record(&TOPOLOGY), unique: false };

static TOPOLOGY: Record =
    Record::closed(&[key("segments", &PAIRS, "Parts of the topology. Ignored by a deploy.")])
        .with(OPEN);

static CAPACITY: Record = Record::closed(&[
    key("required_bytes", &TEXT, "At least so large. Ignored by a deploy."),
    key("limit_bytes", &TEXT, "At most so large. Ignored by a deploy."),
])
.with(OPEN);
