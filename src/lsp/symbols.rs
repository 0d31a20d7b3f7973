//! Names of a stack: where each is declared and where it is used, over all files.

use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::lsp::target::written;
use crate::lsp::trees::Tree;
use crate::source::{Place, Span, Written};
use crate::value::mount;
use crate::yaml::{Entry, Key, Node};

/// What a name stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Service,
    Network,
    Volume,
    Secret,
    Config,
    /// Of one file.
    Anchor,
}

impl Kind {
    /// Every kind that is declared at the top level.
    pub(super) const DECLARED: [Self; 5] =
        [Self::Service, Self::Network, Self::Volume, Self::Secret, Self::Config];

    /// The key that declares it.
    pub(super) fn section(self) -> Option<&'static str> {
        Some(match self {
            Self::Service => "services",
            Self::Network => "networks",
            Self::Volume => "volumes",
            Self::Secret => "secrets",
            Self::Config => "configs",
            Self::Anchor => return None,
        })
    }

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Network => "network",
            Self::Volume => "volume",
            Self::Secret => "secret",
            Self::Config => "config",
            Self::Anchor => "anchor",
        }
    }
}

/// A name at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Symbol {
    pub kind: Kind,
    pub name: String,
    pub path: PathBuf,
    /// The characters of the name, quotes left out.
    pub range: Range<usize>,
    pub is_declaration: bool,
}

/// The name at a byte of a file.
pub(super) fn at(trees: &[Tree], path: &Path, offset: usize) -> Option<Symbol> {
    let own = trees.iter().find(|it| it.path == path)?;
    let found = of(own).into_iter().filter(|it| it.range.start <= offset && offset <= it.range.end);
    // Of names in each other, as a secret's in a path, the shorter one is meant.
    found.min_by_key(|it| it.range.len())
}

/// All places of a name, declarations first.
pub(super) fn all(trees: &[Tree], symbol: &Symbol) -> Vec<Symbol> {
    let is_it = |it: &Symbol| {
        it.kind == symbol.kind
            && it.name == symbol.name
            && (it.kind != Kind::Anchor || it.path == symbol.path)
    };
    let mut found: Vec<Symbol> = trees.iter().flat_map(of).filter(is_it).collect();
    found.sort_by(|a, b| {
        let key = |it: &Symbol| (!it.is_declaration, it.path.clone(), it.range.start);
        key(a).cmp(&key(b))
    });
    found
}

/// All names of a file, in the order of the text.
pub(super) fn of(tree: &Tree) -> Vec<Symbol> {
    let mut work = Work { tree, found: Vec::new() };
    let root = &tree.document.root;
    for kind in Kind::DECLARED {
        for it in kind.section().into_iter().flat_map(|it| own(root.get(it))) {
            work.key(kind, &it.key, true);
        }
    }
    for service in own(root.get("services")) {
        work.service(&service.node);
    }
    for anchor in &tree.document.anchors {
        work.add(Kind::Anchor, &anchor.name, anchor.span.start() + 1..anchor.span.end(), true);
        for it in &anchor.uses {
            work.add(Kind::Anchor, &anchor.name, it.start() + 1..it.end(), false);
        }
    }
    let mut found = work.found;
    found.sort_by_key(|it| (it.range.start, it.range.end));
    found.dedup();
    found
}

/// The entries that are written in a mapping, not pulled in.
fn own(node: Option<&Node>) -> impl Iterator<Item = &Entry> {
    let map = node.filter(|it| it.place.via.is_none()).and_then(Node::as_map);
    map.into_iter().flat_map(|it| &it.entries).filter(|it| it.key.via.is_none())
}

/// The items that are written in a list.
fn items(node: Option<&Node>) -> impl Iterator<Item = &Node> {
    let list = node.filter(|it| it.place.via.is_none()).and_then(Node::as_list);
    list.into_iter().flatten().filter(|it| it.place.via.is_none())
}

struct Work<'a> {
    tree: &'a Tree,
    found: Vec<Symbol>,
}

impl Work<'_> {
    fn service(&mut self, service: &Node) {
        for (key, kind) in [("networks", Kind::Network), ("depends_on", Kind::Service)] {
            for it in items(service.get(key)) {
                self.value(kind, it);
            }
            for it in own(service.get(key)) {
                self.key(kind, &it.key, false);
            }
        }
        let mut secrets = Vec::new();
        for (key, kind) in [("secrets", Kind::Secret), ("configs", Kind::Config)] {
            for it in items(service.get(key)) {
                self.value(kind, it);
                if let Some(source) = it.get("source") {
                    self.value(kind, source);
                }
                if kind == Kind::Secret {
                    secrets.extend(it.as_text());
                }
            }
        }
        for it in items(service.get("volumes")) {
            self.mount(it);
        }
        if let Some(it) = service.get("credential_spec").and_then(|it| it.get("config")) {
            self.value(Kind::Config, it);
        }
        let environment = service.get("environment");
        for it in items(environment).chain(own(environment).map(|it| &it.node)) {
            self.path(it, &secrets);
        }
    }

    /// A mount of a volume that has a name.
    fn mount(&mut self, it: &Node) {
        if let Some(source) = it.get("source") {
            let kind = it.get("type").and_then(Node::as_text);
            if kind == Some("volume") {
                self.value(Kind::Volume, source);
            }
            return;
        }
        let Some(text) = it.as_text() else { return };
        let Ok(read) = mount::parse(text) else { return };
        if let (mount::Kind::Volume, Some(source)) = (read.kind, read.source)
            && let Written::Verbatim(start) = it.place.written
        {
            let start = start as usize;
            let range = start + source.range.start..start + source.range.end;
            self.add(Kind::Volume, &source.text, range, false);
        }
    }

    /// The path of a secret's file, where the file is named after the secret.
    fn path(&mut self, it: &Node, secrets: &[&str]) {
        const FOLDER: &str = "/run/secrets/";
        let Some(text) = it.as_text().filter(|_| it.place.via.is_none()) else { return };
        let (Some(at), Written::Verbatim(start)) = (text.find(FOLDER), it.place.written) else {
            return;
        };
        let name = &text[at + FOLDER.len()..];
        if secrets.contains(&name) {
            let start = start as usize + at + FOLDER.len();
            self.add(Kind::Secret, name, start..start + name.len(), false);
        }
    }

    fn value(&mut self, kind: Kind, it: &Node) {
        if let Some(name) = it.as_text().filter(|_| it.place.via.is_none()) {
            let range = inner(it.place, written(it));
            self.add(kind, name, range, false);
        }
    }

    fn key(&mut self, kind: Kind, key: &Key, is_declaration: bool) {
        let mut range = key.span.range();
        let text = self.tree.text.get(range.clone()).unwrap_or_default();
        let bare = text.trim_matches(['"', '\'']);
        if bare != text && bare == key.text {
            range = range.start + 1..range.end - 1;
        }
        self.add(kind, &key.text, range, is_declaration);
    }

    fn add(&mut self, kind: Kind, name: &str, range: Range<usize>, is_declaration: bool) {
        // What is written otherwise than it reads cannot be put in another's place.
        if self.tree.text.get(range.clone()) == Some(name) {
            let (name, path) = (name.to_owned(), self.tree.path.clone());
            self.found.push(Symbol { kind, name, path, range, is_declaration });
        }
    }
}

/// The characters of a text without its quotes.
fn inner(place: Place, span: Span) -> Range<usize> {
    match place.written {
        Written::Verbatim(start) if start as usize > span.start() => {
            start as usize..span.end().saturating_sub(1)
        }
        _ => span.range(),
    }
}
