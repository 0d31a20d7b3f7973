//! How containers behave: what nobody knows before, so these are the stated assumptions.

use std::collections::BTreeMap;

/// How the containers of each image behave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Containers {
    pub usual: Behaviour,
    /// By the service's name.
    pub services: BTreeMap<String, Behaviour>,
    /// By the image as the spec names it.
    pub images: BTreeMap<String, Behaviour>,
}

impl Containers {
    /// An image's own behaviour counts before that of its service.
    pub fn of(&self, service: &str, image: &str) -> Behaviour {
        let own = self.images.get(image).or_else(|| self.services.get(service));
        own.copied().unwrap_or(self.usual)
    }
}

/// Times in milliseconds, and what goes wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Behaviour {
    /// To pull the image and make the container.
    pub prepare: u64,
    /// From the start until it runs, and is well where it has a health check.
    pub start: u64,
    /// From the signal until it is gone, at most the grace period.
    pub stop: u64,
    pub fault: Option<Fault>,
}

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    pub kind: FaultKind,
    /// For how long it runs before.
    pub after: u64,
    /// How many tasks have the fault; none: all.
    pub first: Option<u64>,
}

/// When a container fails, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// The image cannot be pulled.
    Reject,
    /// It does not come up, or never gets well.
    Start,
    /// It ends with an error.
    Crash,
    /// It ends without one.
    Complete,
    /// It is started, and neither well nor unwell.
    Hang,
}
