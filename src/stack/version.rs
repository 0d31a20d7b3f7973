//! `version`: which schema a file is held against.

use crate::source::Place;
use crate::stack::problem::{FileStep, Kind, Problem, Refusal, Step};
use crate::yaml::{Node, Value};

use crate::stack::keys::NEWEST;

/// A file's version, as Docker reads it.
#[derive(Clone, Debug)]
pub(super) struct Version {
    /// As Docker prints it: missing, empty and `3` are the newest.
    pub text: String,
    /// Of a version that Docker knows.
    pub minor: Option<u8>,
    place: Place,
}

/// The version of a file, before variables are put in.
pub(super) fn of(root: &Node) -> Version {
    let node = root.get("version");
    let text = node.map_or(String::new(), |it| crate::stack::decode::go_value(&it.value));
    let newest = node.is_none() || text.is_empty() || text == "3";
    let newest = newest && !matches!(node.map(|it| &it.value), Some(Value::Null));
    let text = if newest { format!("3.{NEWEST}") } else { text };
    let minor = text.strip_prefix("3.").and_then(known);
    Version { text, minor, place: node.map_or(root.place, |it| it.place) }
}

/// The text is compared, so `3.08` is unknown.
fn known(minor: &str) -> Option<u8> {
    let number: u8 = minor.parse().ok()?;
    (number <= NEWEST && number.to_string() == minor).then_some(number)
}

impl Version {
    pub(super) fn mismatch(&self, first: &Self, file: usize) -> Problem {
        let (first, found) = (first.text.clone(), self.text.clone());
        let docker = format!("version mismatched between two composefiles : {first} and {found}");
        Problem::new(Kind::VersionMismatch { first, found }, self.place)
            .refused(Step::File(file, FileStep::Version), docker)
    }

    pub(super) fn unsupported(&self, file: usize) -> Option<Problem> {
        if self.minor.is_some() {
            return None;
        }
        let text = format!("unsupported Compose file version: {}", self.text);
        let mut problem =
            Problem::new(Kind::UnsupportedVersion { found: self.text.clone() }, self.place);
        let step = Step::File(file, FileStep::Encode);
        problem.refusal = Some(Refusal { step, text, weight: 1, group: String::new() });
        Some(problem)
    }
}
