//! What Swarm is asked to run: plain, comparable, in the Engine API's own form.

pub mod convert;
pub(crate) mod gosort;
pub mod manager;
pub mod spec;
pub mod validate;
