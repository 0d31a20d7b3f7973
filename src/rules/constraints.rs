//! The placement constraints of a service that Swarm can read, with their places.

use crate::source::{Named, Span};
use crate::stack::Service;
use crate::stack::model::Text;
use crate::value::Part;
use crate::value::constraint::{self, Constraint};

/// A constraint and the text it stands in.
pub(super) struct Written<'a> {
    pub text: &'a Text,
    pub constraint: Constraint,
}

impl Written<'_> {
    /// The place of the key or of the value.
    pub(super) fn part(&self, part: &Part) -> Span {
        self.text.place.part(part.range.start, part.range.end)
    }
}

/// The constraints that Swarm can read and that say something: none that lacks a variable.
pub(super) fn each(service: &Named<Service>) -> Vec<Written<'_>> {
    let placement = service.deploy.iter().flat_map(|it| &it.placement.constraints);
    let whole = placement.filter(|it| !it.place.is_unset());
    whole
        .filter_map(|text| Some(Written { text, constraint: constraint::parse(text).ok()? }))
        .collect()
}
