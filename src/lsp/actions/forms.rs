//! The same entry in its other form: short or long; a value as a secret.

use crate::diagnostic::Edit;
use crate::edit::{New, Patch, Site, quoted};
use crate::image;
use crate::lsp::actions::{Action, Bench, is_as_sound};
use crate::lsp::complete::matches;
use crate::lsp::target::{holds, written};
use crate::source::Span;
use crate::value::{mount, port};
use crate::yaml::{Node, Value};

/// The kind of these actions.
pub(super) const KIND: &str = "refactor.rewrite";

/// What may be written otherwise at the place.
pub(super) fn of(bench: &Bench) -> Vec<Action> {
    let offset = bench.range.start;
    let files = &bench.snapshot.analysis.stack.files;
    let Some(file) = files.iter().find(|it| it.source == bench.source) else { return Vec::new() };
    if !file.document.errors.is_empty() || !file.document.duplicates.is_empty() {
        return Vec::new();
    }
    let root = &file.document.root;
    let mut found = Vec::new();
    if let Some((path, node)) = item(root, offset) {
        found.extend(other_form(bench, &path, node));
    }
    found.extend(to_secret(bench, root, offset));
    found
}

/// The item of a list of a service around a byte.
fn item(root: &Node, offset: usize) -> Option<(Vec<String>, &Node)> {
    let mut node = root;
    let mut path = Vec::new();
    while path.len() < 4 {
        if node.place.via.is_some() {
            return None;
        }
        let (step, next) = match &node.value {
            Value::Map(map) => {
                let own = map.entries.iter().filter(|it| it.key.via.is_none());
                let mut own = own.filter(|it| holds(written(&it.node), offset));
                let it = own.next()?;
                (it.key.text.clone(), &it.node)
            }
            Value::List(items) => {
                let at = items.iter().position(|it| holds(written(it), offset))?;
                (at.to_string(), items.get(at)?)
            }
            _ => return None,
        };
        path.push(step);
        node = next;
    }
    (node.place.via.is_none()).then_some((path, node))
}

fn other_form(bench: &Bench, path: &[String], node: &Node) -> Option<Action> {
    let is = |key: &str| matches(path, &format!("services.*.{key}.*"));
    let (title, new) = if is("ports") {
        port_form(node)?
    } else if is("volumes") {
        mount_form(node)?
    } else if is("secrets") || is("configs") {
        reference_form(node)?
    } else {
        return None;
    };
    let text = bench.text();
    let span = node.span();
    let old = text.get(span.range())?;
    // A comment would be lost.
    if old.contains('#') {
        return None;
    }
    let line = text[..span.start()].rfind('\n').map_or(0, |it| it + 1);
    let before = text.get(line..span.start())?;
    let is_block = before.chars().all(|c| c == ' ' || c == '-') && before.contains('-');
    let replacement = match new {
        Form::Short(text) => text,
        Form::Long(entries) if is_block => {
            let pad = format!("\n{}", " ".repeat(before.len()));
            let lines: Vec<_> =
                entries.iter().map(|(key, value)| format!("{key}: {value}")).collect();
            lines.join(&pad)
        }
        Form::Long(entries) => {
            let entries: Vec<_> =
                entries.iter().map(|(key, value)| format!("{key}: {value}")).collect();
            format!("{{{}}}", entries.join(", "))
        }
    };
    // A mapping in a block ends where its line ends; what follows stays.
    let end = span.start() + old.trim_end().len();
    let edit = Edit { span: Span::new(span.source, span.start(), end), replacement };
    let edits = vec![edit];
    bench.sends_the_same(&edits).then(|| Action {
        title: title.to_owned(),
        kind: KIND,
        resolves: None,
        is_preferred: false,
        edits,
    })
}

/// An entry in its other form.
enum Form {
    Short(String),
    Long(Vec<(&'static str, String)>),
}

const LONG: &str = "Write it in long form";
const SHORT: &str = "Write it in short form";

fn text_of(node: &Node) -> Option<String> {
    match &node.value {
        Value::Text(text) => Some(text.clone()),
        Value::Int(it) => Some(it.to_string()),
        _ => None,
    }
}

/// Whether a mapping has no other keys than these.
fn has_only(node: &Node, keys: &[&str]) -> bool {
    let map = node.as_map();
    map.is_some_and(|it| it.entries.iter().all(|it| keys.contains(&it.key.text.as_str())))
}

fn port_form(node: &Node) -> Option<(&'static str, Form)> {
    if let Some(text) = text_of(node) {
        let read = port::parse(&text).ok()?;
        let [it] = read.ports.as_slice() else { return None };
        let mut entries = vec![("target", it.target.to_string())];
        if it.published > 0 {
            entries.push(("published", it.published.to_string()));
        }
        entries.push(("protocol", it.protocol.as_str().to_owned()));
        entries.push(("mode", "ingress".to_owned()));
        return Some((LONG, Form::Long(entries)));
    }
    let get = |key: &str| node.get(key).and_then(text_of);
    if !has_only(node, &["target", "published", "protocol", "mode"])
        || get("mode").is_some_and(|it| it != "ingress")
    {
        return None;
    }
    let target = get("target")?;
    let published = get("published").map(|it| format!("{it}:")).unwrap_or_default();
    let protocol = get("protocol").filter(|it| it != "tcp").map(|it| format!("/{it}"));
    let text = format!("\"{published}{target}{}\"", protocol.unwrap_or_default());
    Some((SHORT, Form::Short(text)))
}

fn mount_form(node: &Node) -> Option<(&'static str, Form)> {
    if let Some(text) = node.as_text() {
        let read = mount::parse(text).ok()?;
        let source = read.source?;
        if read.nocopy || read.propagation.is_some() || !read.ignored_options.is_empty() {
            return None;
        }
        let mut entries = vec![
            ("type", read.kind.as_str().to_owned()),
            ("source", quoted(&source.text)),
            ("target", quoted(&read.target.text)),
        ];
        if read.read_only {
            entries.push(("read_only", "true".to_owned()));
        }
        return Some((LONG, Form::Long(entries)));
    }
    let get = |key: &str| node.get(key).and_then(Node::as_text);
    let is_plain = has_only(node, &["type", "source", "target", "read_only"]);
    if !is_plain || !matches!(get("type"), Some("volume" | "bind")) {
        return None;
    }
    let read_only = node.get("read_only").and_then(Node::as_bool) == Some(true);
    let end = if read_only { ":ro" } else { "" };
    let text = format!("{}:{}{end}", get("source")?, get("target")?);
    Some((SHORT, Form::Short(quoted(&text))))
}

fn reference_form(node: &Node) -> Option<(&'static str, Form)> {
    if let Some(name) = node.as_text() {
        return Some((LONG, Form::Long(vec![("source", quoted(name))])));
    }
    let source = node.get("source").and_then(Node::as_text)?;
    has_only(node, &["source", "target"]).then(|| (SHORT, Form::Short(quoted(source))))
}

/// A variable's value as a secret, where the image reads it from a file.
fn to_secret(bench: &Bench, root: &Node, offset: usize) -> Option<Action> {
    let services = root.get("services")?.as_map()?;
    let service = services.entries.iter().find(|it| holds(it.node.span(), offset))?;
    let environment = service.node.get("environment")?.as_map()?;
    let entry = environment.entries.iter().find(|it| {
        it.key.via.is_none() && (holds(it.key.span, offset) || holds(written(&it.node), offset))
    })?;
    let image = service.node.get("image")?.as_text()?;
    let file = image::file_variable(image, &entry.key.text)?.name?;
    let name = entry.key.text.to_lowercase();
    let top = Site::top(bench.source, bench.text(), root);
    let site = top.find(service.key.span)?;
    let variable = site.child("environment")?.child(&entry.key.text)?;
    let place = format!("/run/secrets/{name}");
    let used = match site.child("secrets") {
        Some(secrets) if secrets.node().as_list().is_some() => secrets.append(New::text(&name))?,
        Some(_) => return None,
        None => site.insert(&["secrets"], New::List(vec![New::text(&name)]))?,
    };
    let external = New::Map(vec![("external".to_owned(), New::Inline("true".to_owned()))]);
    let declared = if root.get("secrets").and_then(|it| it.get(&name)).is_some() {
        Some(Patch::default())
    } else {
        top.insert(&["secrets", &name], external)
    };
    let added = together(used, declared?)?;
    let patch = variable.rename(&file)?.and(variable.replace(&place)?)?.and(added)?;
    let before = &bench.snapshot.analysis;
    let after = bench.after(&patch.edits);
    let others = |it: &crate::analysis::Analysis| {
        let mut services = it.specs.services.clone();
        services.remove(&service.key.text);
        services
    };
    let is_clean = others(before) == others(&after)
        && before.specs.secrets == after.specs.secrets
        && is_as_sound(before, &after);
    is_clean.then(|| Action {
        title: format!("Read it from the secret `{name}` (to be made with `docker secret create`)"),
        kind: KIND,
        resolves: None,
        is_preferred: false,
        edits: patch.edits,
    })
}

/// Two patches as one, the first before the second where both put lines in at the same place.
fn together(one: Patch, other: Patch) -> Option<Patch> {
    match (one.edits.as_slice(), other.edits.as_slice()) {
        ([first], [second]) if first.span == second.span => {
            let replacement = format!("{}{}", first.replacement, second.replacement);
            let edits = vec![Edit { span: first.span, replacement }];
            Some(Patch { edits, changes: [one.changes, other.changes].concat() })
        }
        _ => one.and(other),
    }
}
