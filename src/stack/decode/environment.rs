//! Environment variables and build arguments: the file's own, the shell's, the env files'.

use std::path::Path;

use crate::source::{Place, SourceId, Span, Spanned, Written};
use crate::stack::decode::fields::{scalar_text, split};
use crate::stack::decode::{Decoder, Fields, key_text};
use crate::stack::model::{Text, Texts, Variable};
use crate::stack::problem::Kind;
use crate::value::env_file;
use crate::yaml::Value;

/// What the variables are for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Scope {
    Service,
    Arguments,
}

impl Decoder<'_> {
    /// The variables written under a key; later ones win. A service's empty ones take the
    /// shell's value.
    pub(super) fn variables(&mut self, of: &Fields, key: &str, scope: Scope) -> Vec<Variable> {
        let mut found = Vec::new();
        match of.get(key).map(|it| &it.value) {
            Some(Value::Map(map)) => {
                for entry in &map.entries {
                    let value =
                        scalar_text(&entry.node).map(|text| Spanned::new(text, entry.node.place));
                    let (name, place) = (key_text(entry), entry.node.place);
                    set(&mut found, Variable { name, value, place, ..Variable::default() });
                }
            }
            Some(Value::List(items)) => {
                for item in items {
                    let Some(text) = self.list_item(item) else { continue };
                    let (name, value) = split(&text);
                    let place = text.place;
                    set(&mut found, Variable { name, value, place, ..Variable::default() });
                }
            }
            _ => {}
        }
        if scope == Scope::Service {
            for it in &mut found {
                self.take_from_shell(it);
            }
        }
        found
    }

    fn take_from_shell(&self, variable: &mut Variable) {
        let empty = variable.value.as_ref().is_none_or(|it| it.value.is_empty());
        if let Some(value) = self.environment.get(&variable.name.value).filter(|_| empty) {
            let mut place = variable.place;
            place.written = Written::Interpolated { unset: false };
            variable.value = Some(Spanned::new(value.clone(), place));
            variable.from_shell = true;
        }
    }

    /// The env files' variables and over them the written ones.
    pub(super) fn environment(&mut self, files: &Texts, written: Vec<Variable>) -> Vec<Variable> {
        let mut found = Vec::new();
        for (at, file) in files.iter().enumerate() {
            for mut variable in self.env_file(file) {
                variable.env_file = Some(at);
                self.take_from_shell(&mut variable);
                set(&mut found, variable);
            }
        }
        if found.is_empty() {
            return written;
        }
        let mut at: std::collections::HashMap<String, usize> =
            found.iter().enumerate().map(|(at, it)| (it.name.value.clone(), at)).collect();
        for variable in written {
            if let Some(&old) = at.get(&variable.name.value) {
                found[old] = variable;
            } else {
                at.insert(variable.name.value.clone(), found.len());
                found.push(variable);
            }
        }
        found
    }

    fn env_file(&mut self, file: &Text) -> Vec<Variable> {
        let path = self.absolute(&file.value);
        let bytes = match self.disk.read(Path::new(&path)) {
            Ok(bytes) => bytes,
            Err(error) => {
                let reason = crate::source::go_error(&error);
                let docker = if error.kind() == std::io::ErrorKind::IsADirectory {
                    format!("invalid env file ({path}): read {path}: {reason}")
                } else {
                    format!("open {path}: {reason}")
                };
                let kind = Kind::EnvFileMissing { path: file.value.clone(), reason };
                self.stop(kind, file.place, docker);
                return Vec::new();
            }
        };
        let lines = match env_file::parse(&bytes) {
            Ok(lines) => lines,
            Err(bad) => {
                let kind = Kind::EnvFileLine {
                    path: file.value.clone(),
                    line: bad.line,
                    reason: bad.refusal.message.clone(),
                };
                self.stop(kind, file.place, bad.message(&path));
                return Vec::new();
            }
        };
        let Ok(text) = String::from_utf8(bytes) else { return Vec::new() };
        let source = self.sources.add(path, text);
        self.env_files.push(source);
        lines.into_iter().filter_map(|it| self.env_line(it, source, file.place.span)).collect()
    }

    /// A line of an env file; a name alone takes the shell's value, or is nothing.
    fn env_line(&self, line: env_file::Variable, source: SourceId, via: Span) -> Option<Variable> {
        let from_shell = line.value.is_none();
        let shell = || self.environment.get(&line.name).cloned();
        let value = line.value.clone().or_else(shell)?;
        let at = |start: usize, end: usize| Place {
            span: Span::new(source, start, end),
            via: Some(via),
            written: Written::Verbatim(start),
        };
        let (start, end) = (line.range.start, line.range.end);
        let after_name = start + line.name.len();
        let value_start = if from_shell { start } else { (after_name + 1).min(end) };
        Some(Variable {
            name: Spanned::new(line.name, at(start, after_name)),
            value: Some(Spanned::new(value, at(value_start, end))),
            place: at(start, end),
            from_shell,
            env_file: None,
        })
    }
}

/// Sets a variable; of two with one name the last wins.
fn set(variables: &mut Vec<Variable>, variable: Variable) {
    match variables.iter_mut().find(|it| it.name.value == variable.name.value) {
        Some(old) => *old = variable,
        None => variables.push(variable),
    }
}
