//! What a refusal is: where in the spec, who refuses, and in which words.

use std::fmt;

/// Something that the Engine or the Swarm manager refuses at create or update.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The place in the spec.
    pub field: Field,
    /// The other place that explains it, such as the first of two duplicates.
    pub other: Option<Field>,
    pub by: By,
    /// The message, without the code that the manager's have in front.
    pub message: String,
}

impl Refusal {
    pub(crate) fn new(field: Field, by: By, message: impl Into<String>) -> Self {
        Self { field, other: None, by, message: message.into() }
    }

    pub(crate) fn because_of(self, other: Field) -> Self {
        Self { other: Some(other), ..self }
    }
}

impl fmt::Display for Refusal {
    /// What stands after `Error response from daemon: `.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.by {
            By::Engine => f.write_str(&self.message),
            By::Manager(code) => write!(f, "rpc error: code = {code:?} desc = {}", self.message),
        }
    }
}

/// Who refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The Engine, before it asks the manager.
    Engine,
    /// The Swarm manager.
    Manager(Code),
}

/// The manager's own word for the kind of refusal, as it prints it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    InvalidArgument,
    AlreadyExists,
    FailedPrecondition,
    /// A message that got no code, such as a constraint's.
    Unknown,
}

/// Most refusals of the manager.
pub(crate) const INVALID: By = By::Manager(Code::InvalidArgument);

/// A place in a spec, by the Engine API's names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Such as `TaskTemplate.Placement.Constraints[]`; the item of the list is in `index`.
    pub path: &'static str,
    pub index: Option<usize>,
}

impl Field {
    pub(crate) const fn of(path: &'static str) -> Self {
        Self { path, index: None }
    }

    pub(crate) const fn item(path: &'static str, index: usize) -> Self {
        Self { path, index: Some(index) }
    }
}

impl fmt::Display for Field {
    /// Such as `TaskTemplate.Placement.Constraints[2]`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.path.split_once("[]"), self.index) {
            (Some((list, rest)), Some(index)) => write!(f, "{list}[{index}]{rest}"),
            _ => f.write_str(self.path),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_names_its_item() {
        let target = Field::item("TaskTemplate.ContainerSpec.Mounts[].Target", 1);
        assert_eq!(target.to_string(), "TaskTemplate.ContainerSpec.Mounts[1].Target");
        assert_eq!(Field::of("Name").to_string(), "Name");
    }
}
