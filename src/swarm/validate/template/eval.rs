//! Tries a template out, in Go's order and with Go's words where it fails.

use super::function;
use super::node::{Command, Node, Operand, Pipeline, What, Word};
use super::value::{Missing, Value};
use crate::value::quote::quote;

/// The result's text; none where it cannot be told.
pub(super) fn run(text: &str, nodes: &[Node]) -> Result<Option<String>, String> {
    let variables = vec![("$".to_owned(), Value::Context)];
    let mut trial = Trial { text, place: Place::Start, variables, out: String::new() };
    match trial.list(nodes, &Value::Context) {
        Ok(()) => Ok(Some(trial.out)),
        Err(Stop::Unknown) => Ok(None),
        Err(Stop::Refused(message)) => Err(message),
    }
}

/// Why a trial ends early.
enum Stop {
    Refused(String),
    /// From here on it cannot be told what happens.
    Unknown,
}

type Tried<T> = Result<T, Stop>;

/// What is being worked out, which a refusal names.
#[derive(Clone, Copy)]
enum Place<'a> {
    Start,
    Pipeline(&'a Pipeline),
    Operand(&'a Operand),
}

struct Trial<'a> {
    text: &'a str,
    place: Place<'a>,
    variables: Vec<(String, Value)>,
    out: String,
}

impl<'a> Trial<'a> {
    fn list(&mut self, nodes: &'a [Node], dot: &Value) -> Tried<()> {
        let mut unknown = false;
        for node in nodes {
            match self.node(node, dot) {
                // What comes behind a value that is not worked out may still be refused.
                Err(Stop::Unknown) if matches!(node, Node::Action(_)) => unknown = true,
                result => result?,
            }
        }
        if unknown { Err(Stop::Unknown) } else { Ok(()) }
    }

    fn node(&mut self, node: &'a Node, dot: &Value) -> Tried<()> {
        match node {
            Node::Text(text) => self.out.push_str(text),
            Node::Action(pipeline) => {
                let value = self.pipeline(pipeline, dot)?;
                if pipeline.variables.is_empty() {
                    self.out.push_str(&value.print().ok_or(Stop::Unknown)?);
                }
            }
            Node::Control { word, pipeline, then, other } => {
                let scope = self.variables.len();
                let value = self.pipeline(pipeline, dot)?;
                let truth = value.truth().ok_or(Stop::Unknown)?;
                match (word, truth) {
                    (Word::Range, true) => return Err(Stop::Unknown),
                    (Word::With, true) => self.list(then, &value)?,
                    (Word::If, true) => self.list(then, dot)?,
                    (_, false) => self.list(other, dot)?,
                }
                self.variables.truncate(scope);
            }
            Node::Other => return Err(Stop::Unknown),
        }
        Ok(())
    }

    fn pipeline(&mut self, pipeline: &'a Pipeline, dot: &Value) -> Tried<Value> {
        self.place = Place::Pipeline(pipeline);
        let mut value = None;
        for command in &pipeline.commands {
            value = Some(self.command(command, dot, value)?);
        }
        let value = value.unwrap_or(Value::Unknown);
        for name in &pipeline.variables {
            let known = self.variables.iter_mut().rev().find(|(it, _)| it == name);
            match known.filter(|_| pipeline.assigns) {
                Some((_, old)) => *old = value.clone(),
                None => self.variables.push((name.clone(), value.clone())),
            }
        }
        Ok(value)
    }

    /// `last` is what the command before the `|` gave: one more argument.
    fn command(&mut self, command: &'a Command, dot: &Value, last: Option<Value>) -> Tried<Value> {
        let Some((first, arguments)) = command.0.split_first() else {
            return Err(Stop::Unknown);
        };
        let has_arguments = !arguments.is_empty() || last.is_some();
        match &first.what {
            What::Function(name) => return self.call(first, name, arguments, dot, last),
            What::Field(_) | What::Variable(_) | What::Chain(..) => {
                return self.value(first, dot, has_arguments);
            }
            What::Pipeline(_) => {}
            _ => self.place = Place::Operand(first),
        }
        if has_arguments {
            // Go leaves the parentheses of a pipeline out here.
            let shown = match &first.what {
                What::Pipeline(inner) => inner.to_string(),
                _ => first.to_string(),
            };
            return self.refuse(&format!("can't give argument to non-function {shown}"));
        }
        if matches!(first.what, What::Nil) {
            return self.refuse("nil is not a command");
        }
        self.value(first, dot, false)
    }

    fn value(&mut self, operand: &'a Operand, dot: &Value, has_arguments: bool) -> Tried<Value> {
        self.place = Place::Operand(operand);
        match &operand.what {
            What::Dot => Ok(dot.clone()),
            What::Nil | What::Bool(_) | What::Number(_) => Ok(Value::Unknown),
            What::Text(_, text) => Ok(Value::Text(text.clone())),
            What::Field(names) => self.fields(dot.clone(), names, has_arguments),
            What::Variable(names) => {
                let Some((name, fields)) = names.split_first() else { return Err(Stop::Unknown) };
                let known = self.variables.iter().rev().find(|(it, _)| it == name);
                let value = known.map_or(Value::Unknown, |(_, value)| value.clone());
                if fields.is_empty() && has_arguments {
                    return self.refuse(&format!("can't give argument to non-function {operand}"));
                }
                self.fields(value, fields, has_arguments)
            }
            What::Function(name) => self.call(operand, name, &[], dot, None),
            What::Pipeline(pipeline) => self.pipeline(pipeline, dot),
            What::Chain(first, names) => {
                let value = self.value(first, dot, false)?;
                self.fields(value, names, has_arguments)
            }
        }
    }

    fn fields(&self, mut value: Value, names: &[String], has_arguments: bool) -> Tried<Value> {
        for (index, name) in names.iter().enumerate() {
            let next = match value.field(name) {
                Ok(next) => next,
                Err(Missing::Key) => {
                    return self.refuse(&format!("map has no entry for key {}", quote(name)));
                }
                Err(Missing::Field(of)) => {
                    return self.refuse(&format!("can't evaluate field {name} in type {of}"));
                }
            };
            if has_arguments && index + 1 == names.len() && next != Value::Unknown {
                let message = format!("{name} has arguments but cannot be invoked as function");
                return self.refuse(&message);
            }
            value = next;
        }
        Ok(value)
    }

    fn call(
        &mut self,
        function: &'a Operand,
        name: &str,
        arguments: &'a [Operand],
        dot: &Value,
        last: Option<Value>,
    ) -> Tried<Value> {
        self.place = Place::Operand(function);
        let count = arguments.len() + usize::from(last.is_some());
        if let Some(message) = function::refuses(name, count) {
            return self.refuse(&message);
        }
        // These stop at the argument that decides.
        if ["and", "or"].contains(&name) {
            return Ok(Value::Unknown);
        }
        let mut values = Vec::new();
        for argument in arguments {
            values.push(self.value(argument, dot, false)?);
        }
        values.extend(last);
        let texts: Option<Vec<_>> = values
            .iter()
            .map(|it| if let Value::Text(text) = it { Some(text.as_str()) } else { None })
            .collect();
        Ok(match (name, values.as_slice(), texts.as_deref()) {
            // Of no labels every one is empty.
            ("index", [Value::Labels, Value::Text(_)], _) => Value::Text(String::new()),
            ("index", [only], _) => only.clone(),
            ("join", _, Some([separator, rest @ ..])) => Value::Text(rest.join(separator)),
            ("print", _, Some(texts)) => Value::Text(texts.concat()),
            _ => Value::Unknown,
        })
    }

    fn refuse<T>(&self, message: &str) -> Tried<T> {
        let (at, shown) = match self.place {
            Place::Start => (0, String::new()),
            Place::Pipeline(it) => (it.at, it.to_string()),
            Place::Operand(it) => (it.at, it.to_string()),
        };
        let before = self.text.get(..at).unwrap_or(self.text);
        let line = 1 + before.matches('\n').count();
        let column = before.len() - before.rfind('\n').map_or(0, |it| it + 1);
        Err(Stop::Refused(format!(
            "template: expansion:{line}:{column}: executing \"expansion\" at <{shown}>: {message}"
        )))
    }
}
