//! Variables: those of an image, those of the files that give a stack its values.

use std::collections::BTreeSet;

use gen_lsp_types::CompletionItemKind;

use crate::image;
use crate::lsp::complete::Context;
use crate::lsp::complete::item::Item;
use crate::lsp::files::Overlay;
use crate::lsp::place::Slot;
use crate::lsp::server::Server;
use crate::lsp::trees;
use crate::value::env_file;
use crate::value::interpolation;
use crate::yaml::{Node, Value};
use std::path::{Path, PathBuf};

/// Where the variables of a service are set.
const ENVIRONMENT: &str = "services.*.environment";

/// The names of variables, where `${` or `$` is begun in a value.
pub(super) fn open(context: &Context) -> Option<Vec<Item>> {
    if context.place.slot == Slot::Key && !context.typed().contains('$') {
        return None;
    }
    let typed = context.typed();
    let dollar = typed.rfind('$')?;
    let doubled = typed[..dollar].chars().rev().take_while(|it| *it == '$').count();
    let name = typed[dollar + 1..].trim_start_matches('{');
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if doubled % 2 == 1 || !name.chars().all(is_name) {
        return None;
    }
    let before = &typed[..dollar];
    let text = &context.document.text;
    let closed = text.get(context.place.end..).is_some_and(|it| it.starts_with('}'));
    let mut names: BTreeSet<String> = context.settings_variables.iter().cloned().collect();
    for tree in context.trees {
        used(&tree.document.root, &mut names);
    }
    let item = |name: &String| {
        let end = if closed { "" } else { "}" };
        let source = if context.settings_variables.contains(name) {
            "from an env file"
        } else if context.environment.contains_key(name) {
            "set in this environment"
        } else {
            "used in this stack"
        };
        let text = format!("{before}${{{name}{end}");
        let item = Item::word(name).of_kind(CompletionItemKind::Variable).detail(source);
        item.inserting(text)
    };
    // What is typed right now is no variable yet.
    names.retain(|it| it != name);
    Some(names.iter().map(item).collect())
}

/// The variables that a tree uses.
fn used(node: &Node, found: &mut BTreeSet<String>) {
    let mut open = vec![node];
    while let Some(node) = open.pop() {
        match &node.value {
            Value::Text(text) if text.contains('$') => {
                let uses = interpolation::substitute(text, &|_| None).uses;
                found.extend(uses.into_iter().map(|it| it.written).filter(|it| !it.is_empty()));
            }
            Value::List(items) if node.place.via.is_none() => open.extend(items),
            Value::Map(map) if node.place.via.is_none() => {
                open.extend(map.entries.iter().map(|it| &it.node));
            }
            _ => {}
        }
    }
}

/// Variables as items of a list: `NAME=`.
pub(super) fn of(context: &Context) -> Vec<Item> {
    let is_environment = context.is_at("services.*.environment.*");
    if !is_environment || context.place.slot != Slot::Item {
        return Vec::new();
    }
    let item = |(name, path): (String, Option<String>)| {
        let text = format!("{name}={}", path.clone().unwrap_or_default());
        Item::word(&text)
            .of_kind(CompletionItemKind::Variable)
            .detail(detail(context, path.as_ref()))
    };
    image_variables(context).into_iter().map(item).collect()
}

/// Variables as keys of a mapping.
pub(super) fn keys(context: &Context) -> Vec<Item> {
    if !context.is_at(ENVIRONMENT) {
        return Vec::new();
    }
    let item = |(name, path): (String, Option<String>)| {
        let text = format!("{name}: {}", path.clone().unwrap_or_default());
        let item = Item::word(&name).of_kind(CompletionItemKind::Property);
        item.inserting(text).detail(detail(context, path.as_ref()))
    };
    image_variables(context).into_iter().map(item).collect()
}

fn detail(context: &Context, path: Option<&String>) -> String {
    let image = image_of(context).unwrap_or_default();
    let name = image::repository(image);
    match path {
        Some(_) => format!("{name} reads the value from this file"),
        None => format!("variable of {name}"),
    }
}

fn image_of<'a>(context: &'a Context) -> Option<&'a str> {
    let service = context.place.path.get(..2)?;
    trees::at(context.root, service)?.get("image")?.as_text()
}

/// The variables that the service's image reads from files, then those it reads as they are.
fn image_variables(context: &Context) -> Vec<(String, Option<String>)> {
    let Some(image) = image_of(context) else { return Vec::new() };
    let known = image::file_variables(image);
    let service = context.place.path.get(..2).and_then(|it| trees::at(context.root, it));
    let secrets = service.and_then(|it| it.get("secrets")).and_then(Node::as_list);
    let secrets: Vec<&str> = secrets.into_iter().flatten().filter_map(Node::as_text).collect();
    let path = |variable: &str| {
        let wanted = variable.to_ascii_lowercase();
        let near = |it: &&&str| wanted.contains(&it.to_ascii_lowercase().replace('-', "_"));
        let suffix = |it: &&&str| {
            let last = wanted.rsplit('_').next().unwrap_or_default();
            it.to_ascii_lowercase().contains(last)
        };
        let secret = secrets.iter().find(near).or_else(|| secrets.iter().find(suffix));
        format!("/run/secrets/{}", secret.unwrap_or(&""))
    };
    let files = known.iter().map(|(name, file)| ((*file).to_owned(), Some(path(name))));
    files.chain(known.iter().map(|it| (it.0.to_owned(), None))).collect()
}

impl Server {
    /// The variables that env files give to the stack of a file, by the settings or by `.env`
    /// beside it.
    pub(in crate::lsp) fn settings_variables(&self, path: &Path, files: &Overlay) -> Vec<String> {
        let found = self.projects.settings(path, files);
        let jobs = self.projects.stacks_of(path, found.as_ref());
        let mut paths: Vec<PathBuf> = jobs.into_iter().flat_map(|it| it.env_files).collect();
        paths.push(self.projects.folder_of(path).join(".env"));
        let texts = paths.iter().filter_map(|it| files.text(it));
        let mut names: Vec<String> = texts
            .flat_map(|it| env_file::parse(it.as_bytes()).unwrap_or_default())
            .map(|it| it.name)
            .collect();
        names.sort();
        names.dedup();
        names
    }
}
