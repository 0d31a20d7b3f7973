//! What may be written where the cursor stands.

mod item;
pub(super) mod keys;
mod names;
mod nodes;
mod variables;
mod words;

use std::path::{Path, PathBuf};

use gen_lsp_types::{CompletionItem, CompletionParams};
use serde_json::{Value, json};

use crate::cluster::Cluster;
use crate::lsp::complete::item::Item;
use crate::lsp::convert::path_of;
use crate::lsp::files::Document;
use crate::lsp::place::{self, Place, Slot};
use crate::lsp::project::Role;
use crate::lsp::server::Server;
use crate::lsp::trees::Tree;
use crate::rules;
use crate::stack::keys::{NEWEST, Shape, shapes};
use crate::stack::model::Environment;
use crate::yaml::Node;

pub(super) use item::resolve;

/// All that completion looks at.
struct Context<'a> {
    document: &'a Document,
    place: &'a Place,
    /// The tree of the file itself.
    root: &'a Node,
    /// The trees of all files of the stack.
    trees: &'a [Tree],
    cluster: Option<&'a Cluster>,
    environment: &'a Environment,
    /// Variables of env files of the stack.
    settings_variables: &'a [String],
    folder: PathBuf,
}

impl Context<'_> {
    /// The shapes of what belongs at the place.
    fn shapes(&self) -> Vec<&'static Shape> {
        let path: Vec<&str> = self.place.path.iter().map(String::as_str).collect();
        let (Slot::Item, Some((_, list))) = (self.place.slot, path.split_last()) else {
            return shapes(&path, NEWEST);
        };
        // A dash belongs to a list, and never to a mapping that may stand there as well.
        let lists = shapes(list, NEWEST).into_iter();
        let items = lists.filter_map(|it| match it {
            Shape::List { item, .. } => Some(*item),
            _ => None,
        });
        items.flat_map(apart).collect()
    }

    /// Whether the path leads through these keys, `*` standing for any.
    fn is_at(&self, pattern: &str) -> bool {
        matches(&self.place.path, pattern)
    }

    /// What is written so far.
    fn typed(&self) -> &str {
        self.document.text.get(self.place.typed.clone()).unwrap_or_default()
    }
}

/// A shape's alternatives, in the newest version.
fn apart(shape: &'static Shape) -> Vec<&'static Shape> {
    match shape {
        Shape::OneOf(them) => them.iter().flat_map(apart).collect(),
        Shape::Changed { after, .. } => apart(after),
        _ => vec![shape],
    }
}

/// Whether a path is one of a kind, `*` standing for any step.
pub(super) fn matches(path: &[String], pattern: &str) -> bool {
    let mut steps = pattern.split('.');
    let fits = path.iter().all(|own| steps.next().is_some_and(|it| it == "*" || it == own));
    fits && steps.next().is_none()
}

/// The answer to `textDocument/completion`.
pub(super) fn complete(server: &mut Server, params: &CompletionParams) -> Value {
    let position = &params.text_document_position_params;
    let path = path_of(&position.text_document.uri);
    let items = items(server, &path, position.position).unwrap_or_default();
    json!({ "isIncomplete": false, "items": items })
}

fn items(
    server: &mut Server,
    path: &Path,
    position: gen_lsp_types::Position,
) -> Option<Vec<CompletionItem>> {
    let files = server.files();
    let document = server.documents.get(path)?.clone();
    let found = server.projects.settings(path, &files);
    let role = server.projects.role(&document, found.as_ref());
    if !matches!(role, Role::Stack | Role::Draft) || !server.client.wants("completion") {
        return None;
    }
    let offset = document.lines.offset(&document.text, position);
    let place = place::place(&document.text, offset)?;
    let trees = server.trees(path);
    let own = trees.iter().find(|it| it.path == path)?;
    // The last that was read will do: nodes change seldom.
    let snapshot = server.last_snapshot(path);
    let cluster = snapshot.as_ref().and_then(|it| it.cluster.as_ref());
    let settings_variables = server.settings_variables(path, &files);
    let context = Context {
        document: &document,
        place: &place,
        root: &own.document.root,
        trees: &trees,
        cluster,
        environment: &server.environment,
        settings_variables: &settings_variables,
        folder: server.projects.folder_of(path),
    };
    let found = candidates(&context);
    let writer = item::Writer { client: &server.client, document: &document, place: &place };
    Some(found.into_iter().enumerate().map(|(at, it)| writer.write(at, it)).collect())
}

fn candidates(context: &Context) -> Vec<Item> {
    if context.place.slot == Slot::Rule {
        let all = rules::ALL.iter().map(|it| it.rule);
        return all.map(|it| Item::word(it.id).detail(it.summary).rule(it.id)).collect();
    }
    if let Some(found) = variables::open(context) {
        return found;
    }
    match context.place.slot {
        Slot::Key => keys::of(context),
        Slot::Value => values(context),
        Slot::Item => {
            let mut found = values(context);
            // Between brackets a mapping has brackets of its own.
            if !context.place.flow {
                found.extend(keys::of(context));
            }
            found
        }
        Slot::Rule => Vec::new(),
    }
}

/// What may stand as a value or an item.
fn values(context: &Context) -> Vec<Item> {
    let mut found = nodes::of(context);
    found.extend(names::of(context));
    found.extend(variables::of(context));
    found.extend(words::of(context));
    found.extend(names::anchors(context));
    found
}
