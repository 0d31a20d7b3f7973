//! What the reader promises, besides the recorded cases of Docker's library in `tests/yaml.rs`.

mod hostile;
mod places;
mod recovery;
mod typing;

use crate::source::SourceId;
use crate::yaml::{Document, Node, Value, parse};

fn read(text: &str) -> Document {
    parse(SourceId::default(), text)
}

/// The node below keys and, where the step is a number, list items.
fn at<'d>(document: &'d Document, path: &str) -> &'d Node {
    path.split('/').fold(&document.root, |node, step| {
        let item = step.parse().ok().and_then(|at: usize| node.as_list()?.get(at));
        item.or_else(|| node.get(step)).unwrap_or_else(|| panic!("no {step} of {path}: {node:?}"))
    })
}

fn text(document: &Document, path: &str) -> String {
    match &at(document, path).value {
        Value::Text(text) => text.clone(),
        other => format!("{other:?}"),
    }
}

/// Docker's answer.
fn docker(text: &str) -> Option<String> {
    let document = read(text);
    document.errors.first().map(|it| it.docker.clone()).or(document.duplicates_answer)
}
