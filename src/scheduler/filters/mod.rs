//! The filters, in Swarm's order: a node is turned away by the first that does not admit it.

mod constraint;
mod host_port;
mod max_replicas;
mod platform;
mod plugin;
mod ready;
mod resource;
mod volume;

use crate::scheduler::filter::Filter;

pub static ALL: [Filter; 8] = [
    ready::FILTER,
    resource::FILTER,
    plugin::FILTER,
    constraint::FILTER,
    platform::FILTER,
    host_port::FILTER,
    max_replicas::FILTER,
    volume::FILTER,
];
