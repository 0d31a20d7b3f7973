//! Variables are put into every text of a tree, and typed fields are converted, as Docker does
//! before it validates (docker/cli `cli/compose/interpolation`).

use crate::source::{Place, Written};
use crate::stack::model::Environment;
use crate::stack::problem::{FileStep, Kind, Problem, Refusal, Step};
use crate::value::cast::{Cast, Scalar};
use crate::value::interpolation::{self, Error, ErrorKind, Operator};
use crate::yaml::{Entry, Map, Node, Value};

/// One use of a variable in a stack file.
#[derive(Clone, Debug)]
pub struct VariableUse {
    pub name: String,
    /// The text that uses it.
    pub place: Place,
    /// The expression's bytes in the text.
    pub range: std::ops::Range<usize>,
    /// Whether the variable is set, to whatever value.
    pub is_set: bool,
    /// Whether Docker refuses the file while the variable has no value.
    pub is_required: bool,
    /// Whether the expression gives a default.
    pub has_default: bool,
    /// The keys that lead to the text.
    pub path: Vec<String>,
}

pub(super) struct Interpolation<'a> {
    pub file: usize,
    pub environment: &'a Environment,
    pub problems: &'a mut Vec<Problem>,
    pub uses: &'a mut Vec<VariableUse>,
}

impl Interpolation<'_> {
    /// The tree with variables put in.
    pub(super) fn tree(&mut self, node: &Node) -> Node {
        self.node(node, &mut Vec::new())
    }

    fn node(&mut self, node: &Node, path: &mut Vec<String>) -> Node {
        let value = match &node.value {
            Value::Text(text) if text.contains('$') => return self.text(text, node.place, path),
            Value::List(items) => {
                path.push("[]".to_owned());
                let items = items.iter().map(|it| self.node(it, path)).collect();
                path.pop();
                Value::List(items)
            }
            Value::Map(map) => {
                let entry = |it: &Entry| {
                    path.push(it.key.text.clone());
                    let node = self.node(&it.node, path);
                    path.pop();
                    Entry { key: it.key.clone(), node }
                };
                Value::Map(Map { entries: map.entries.iter().map(entry).collect() })
            }
            other => other.clone(),
        };
        Node::new(value, node.place)
    }

    fn text(&mut self, text: &str, place: Place, path: &[String]) -> Node {
        let lookup = |name: &str| self.environment.get(name).cloned();
        let done = interpolation::substitute(text, &lookup);
        for it in &done.uses {
            self.uses.push(VariableUse {
                name: it.name.clone(),
                place,
                is_required: matches!(
                    it.operator,
                    Some(Operator::RequireSet | Operator::RequireNonEmpty)
                ),
                range: it.range.clone(),
                is_set: it.set,
                has_default: matches!(
                    it.operator,
                    Some(Operator::DefaultIfUnset | Operator::DefaultIfEmpty)
                ),
                path: path.to_vec(),
            });
        }
        let joined = path.join(".");
        let value = match done.result {
            Ok(value) => value,
            Err(error) => {
                let docker = error.message(&joined);
                self.refuse(&error, text, place, path, docker);
                return Node::new(Value::Text(text.to_owned()), place);
            }
        };
        let written = if done.uses.is_empty() {
            Written::Encoded
        } else {
            Written::Interpolated { unset: done.unset }
        };
        let changed = value != text;
        let place = Place { written: if changed { written } else { place.written }, ..place };
        let cast = Cast::for_path(&joined).filter(|_| changed);
        let Some(cast) = cast else { return Node::new(Value::Text(value), place) };
        match cast.apply(&value) {
            Ok(value) => Node::new(value.into(), place),
            Err(reason) => {
                let docker = Cast::message(&joined, &reason);
                let kind = Kind::Cast { wanted: word(cast), empty: value.is_empty() };
                self.push(kind, place, path, docker);
                Node::new(Value::Null, place)
            }
        }
    }

    fn refuse(&mut self, error: &Error, text: &str, place: Place, path: &[String], docker: String) {
        let range = error.range.clone();
        let kind = match &error.kind {
            ErrorKind::Required { name, message } => {
                Kind::RequiredVariable { name: name.clone(), message: message.clone() }
            }
            ErrorKind::Format { .. } => Kind::Interpolation {
                expression: text.get(range.clone()).unwrap_or_default().to_owned(),
            },
        };
        let span = place.part(range.start, range.end);
        self.push(kind, Place { span, ..place }, path, docker);
    }

    fn push(&mut self, kind: Kind, place: Place, path: &[String], docker: String) {
        let mut problem = Problem::new(kind, place);
        if let [section, service, ..] = path
            && section == "services"
        {
            problem.service = Some(service.clone());
        }
        let step = Step::File(self.file, FileStep::Interpolate);
        problem.refusal = Some(Refusal { step, text: docker, weight: 0, group: String::new() });
        self.problems.push(problem);
    }
}

impl From<Scalar> for Value {
    fn from(it: Scalar) -> Self {
        match it {
            Scalar::Integer(it) => Self::Int(it),
            Scalar::Float(it) => Self::Float(it),
            Scalar::Boolean(it) => Self::Bool(it),
        }
    }
}

/// What a typed field wants, in words.
fn word(cast: Cast) -> &'static str {
    match cast {
        Cast::Integer => "a whole number",
        Cast::Float => "a number",
        Cast::Boolean => "a boolean",
    }
}
