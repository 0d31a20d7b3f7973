//! Environment variables and build arguments: the file's own, the shell's, the env files'.

use std::collections::HashMap;
use std::io::ErrorKind;
use std::path::Path;

use crate::source::{Place, SourceId, Span, Spanned, Written, go_error, is_ours};
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
                    found.push(Variable { name, value, place, ..Variable::default() });
                }
            }
            Some(Value::List(items)) => {
                for item in items {
                    let Some(text) = self.list_item(item) else { continue };
                    let (name, value) = split(&text);
                    let place = text.place;
                    found.push(Variable { name, value, place, ..Variable::default() });
                }
            }
            _ => {}
        }
        let mut found = last_of_each_name(found);
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
        let mut all = Vec::new();
        for (at, file) in files.iter().enumerate() {
            for mut variable in self.env_file(file) {
                variable.env_file = Some(at);
                self.take_from_shell(&mut variable);
                all.push(variable);
            }
        }
        if all.is_empty() {
            return written;
        }
        all.extend(written);
        last_of_each_name(all)
    }

    fn env_file(&mut self, file: &Text) -> Vec<Variable> {
        let path = self.absolute(&file.value);
        let bytes = match self.disk.read(Path::new(&path)) {
            Ok(bytes) => bytes,
            Err(error) => {
                let reason = go_error(&error);
                let docker = match error.kind() {
                    _ if is_ours(&error) => None,
                    ErrorKind::IsADirectory => {
                        Some(format!("invalid env file ({path}): read {path}: {reason}"))
                    }
                    _ => Some(format!("open {path}: {reason}")),
                };
                let kind = Kind::EnvFileMissing { path: file.value.clone(), reason };
                match docker {
                    Some(docker) => self.stop(kind, file.place, docker),
                    None => self.tell(kind, file.place),
                }
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
        // Services often share a file: what is found in it is told once.
        let known = self.env_files.iter().find(|&&it| self.sources.get(it).name == path).copied();
        let source = known.unwrap_or_else(|| {
            let source = self.sources.add(path, text);
            self.env_files.push(source);
            source
        });
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
            written: Written::verbatim(start),
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

/// Of several variables with one name the last, at the place of the first.
fn last_of_each_name(variables: Vec<Variable>) -> Vec<Variable> {
    let mut found: Vec<Variable> = Vec::with_capacity(variables.len());
    let mut places: HashMap<String, usize> = HashMap::with_capacity(variables.len());
    for variable in variables {
        if let Some(&at) = places.get(&variable.name.value) {
            found[at] = variable;
        } else {
            places.insert(variable.name.value.clone(), found.len());
            found.push(variable);
        }
    }
    found
}
