//! What is open in the editor, laid over the disk.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use gen_lsp_types::TextDocumentContentChangeEvent;

use crate::disk::Disk;
use crate::disk::decode::decode;
use crate::lsp::convert::{Encoding, Lines, clean};
use crate::source::Files;

/// A text that is open in the editor.
#[derive(Clone, Debug)]
pub(super) struct Document {
    pub path: PathBuf,
    pub language: String,
    pub version: i32,
    pub text: Arc<String>,
    pub lines: Lines,
}

impl Document {
    /// Applies what the user typed, in the order in which it was typed.
    pub(super) fn change(&mut self, changes: &[TextDocumentContentChangeEvent], by: Encoding) {
        for change in changes {
            match change {
                TextDocumentContentChangeEvent::TextDocumentContentChangePartial(it) => {
                    let bytes = self.lines.bytes(&self.text, it.range);
                    Arc::make_mut(&mut self.text).replace_range(bytes, &it.text);
                }
                TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(it) => {
                    self.text = Arc::new(it.text.clone());
                }
            }
            self.lines = Lines::of(&self.text, by);
        }
    }
}

/// The texts of one moment, and the disk below them. Remembers what was asked for.
#[derive(Debug, Default)]
pub(super) struct Overlay {
    texts: BTreeMap<PathBuf, Arc<String>>,
    asked: Mutex<BTreeSet<PathBuf>>,
}

impl Overlay {
    pub(super) fn of<'a>(documents: impl Iterator<Item = &'a Document>) -> Self {
        let texts = documents.map(|it| (it.path.clone(), it.text.clone())).collect();
        Self { texts, asked: Mutex::default() }
    }

    /// The paths that were asked for since this was called last, whether they exist or not.
    pub(super) fn asked(&self) -> BTreeSet<PathBuf> {
        std::mem::take(&mut *self.asked.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The text of a file; none where it cannot be read.
    pub(super) fn text(&self, path: &Path) -> Option<Arc<String>> {
        self.open(path).or_else(|| decode(Disk.read(path).ok()?).ok().map(Arc::new))
    }

    fn open(&self, path: &Path) -> Option<Arc<String>> {
        let path = clean(path);
        let text = self.texts.get(&path).cloned();
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).insert(path);
        text
    }
}

impl Files for Overlay {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.open(path).map_or_else(|| Disk.read(path), |it| Ok(it.as_bytes().to_vec()))
    }

    fn size(&self, path: &Path) -> io::Result<u64> {
        self.open(path).map_or_else(|| Disk.size(path), |it| Ok(it.len() as u64))
    }

    fn is_tracked(&self, path: &Path) -> bool {
        Disk.is_tracked(path)
    }
}
