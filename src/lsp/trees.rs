//! The trees of open files and of those that belong to them, each read once per version.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::lsp::files::Overlay;
use crate::lsp::server::Server;
use crate::source::SourceId;
use crate::yaml::{self, Document, Node};

/// A file of a stack.
#[derive(Clone, Debug)]
pub(super) struct Tree {
    pub path: PathBuf,
    pub text: Arc<String>,
    pub document: Arc<Document>,
}

/// Trees of texts that have not changed since.
#[derive(Debug, Default)]
pub(super) struct Shelf(BTreeMap<PathBuf, Tree>);

impl Shelf {
    fn get(&mut self, path: &Path, files: &Overlay) -> Option<Tree> {
        let text = files.text(path)?;
        if let Some(known) = self.0.get(path)
            && (Arc::ptr_eq(&known.text, &text) || known.text == text)
        {
            return Some(known.clone());
        }
        let document = Arc::new(yaml::parse(SourceId::default(), &text));
        let tree = Tree { path: path.to_owned(), text, document };
        self.0.insert(path.to_owned(), tree.clone());
        Some(tree)
    }

    /// Forgets the files that nobody needs any more.
    fn keep(&mut self, is_needed: impl Fn(&Path) -> bool) {
        self.0.retain(|path, _| is_needed(path));
    }
}

impl Server {
    /// The tree of a file.
    pub(super) fn tree(&mut self, path: &Path) -> Option<Tree> {
        let files = self.files();
        self.shelf.get(path, &files)
    }

    /// Forgets the trees of what is not open.
    pub(super) fn shelf_for_open(&mut self) {
        let open = &self.documents;
        self.shelf.keep(|it| open.contains_key(it));
    }

    /// The trees of all files of the stack that a file belongs to, that file's own among them.
    pub(super) fn trees(&mut self, path: &Path) -> Vec<Tree> {
        let files = self.files();
        let found = self.projects.settings(path, &files);
        let jobs = self.projects.stacks_of(path, found.as_ref());
        let mut paths: Vec<PathBuf> = jobs.into_iter().flat_map(|it| it.key.files).collect();
        if paths.is_empty() {
            paths.push(path.to_owned());
        }
        paths.dedup();
        paths.iter().filter_map(|it| self.shelf.get(it, &files)).collect()
    }
}

/// The value at a path of keys and places in lists.
pub(super) fn at<'a>(root: &'a Node, path: &[impl AsRef<str>]) -> Option<&'a Node> {
    path.iter().try_fold(root, |node, step| {
        let step = step.as_ref();
        match node.as_list() {
            Some(items) => items.get(step.parse::<usize>().ok()?),
            None => node.get(step),
        }
    })
}

/// The names that a section of the top level declares, each once, in the order of the files.
pub(super) fn declared(trees: &[Tree], section: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for tree in trees {
        let map = tree.document.root.get(section).and_then(Node::as_map);
        for it in map.into_iter().flat_map(|it| &it.entries) {
            if !found.contains(&it.key.text) {
                found.push(it.key.text.clone());
            }
        }
    }
    found
}
