//! What a variable is set to, and by whom.

use std::fmt::Write;
use std::path::Path;

use crate::lsp::hover::Target;
use crate::lsp::server::Server;
use crate::lsp::trees::Tree;
use crate::secret;
use crate::source::{Place, Span, Written};
use crate::value::interpolation::{self, VariableUse};

/// The longest value that is shown, in characters.
const LONGEST: usize = 200;

/// What is known about the variable at a byte.
pub(super) fn at(
    server: &mut Server,
    path: &Path,
    tree: &Tree,
    target: &Target,
    offset: usize,
) -> Option<(String, Span)> {
    let text = target.node.as_text().filter(|it| !target.on_key && it.contains('$'))?;
    let Place { written: Written::Verbatim(start), .. } = target.node.place else { return None };
    let start = start as usize;
    let uses = interpolation::substitute(text, &|_| None).uses;
    let own = uses
        .into_iter()
        .find(|it| (start + it.range.start..=start + it.range.end).contains(&offset))?;
    let span = Span::new(target.span().source, start + own.range.start, start + own.range.end);
    debug_assert!(span.end() <= tree.text.len());
    Some((describe(server, path, &own), span))
}

fn describe(server: &mut Server, path: &Path, used: &VariableUse) -> String {
    let files = server.files();
    let found = server.projects.settings(path, &files);
    let jobs = server.projects.stacks_of(path, found.as_ref());
    let name = &used.written;
    let mut said = format!("**variable** `{name}`");
    // The environment of the process wins over files, and a later file over an earlier one.
    let own = server.environment.get(name).map(|it| (it.clone(), "this environment".to_owned()));
    let from_files = || {
        let env_files = jobs.iter().flat_map(|it| it.env_files.iter().rev());
        env_files.into_iter().find_map(|file| {
            let text = files.text(file)?;
            let lines = text.trim_start_matches('\u{feff}').lines();
            let mut read = lines.filter_map(|it| crate::disk::env_file::parse(it).ok().flatten());
            let value = read.rfind(|it| it.0 == *name)?.1;
            let file = file.file_name()?.to_string_lossy().into_owned();
            Some((value, format!("`{file}`")))
        })
    };
    match own.or_else(from_files) {
        Some((value, source)) => {
            let shown = if secret::in_variable(name, &value).is_empty() {
                let short: String = value.chars().take(LONGEST).collect();
                format!("`{}`", short.replace('`', "'").escape_debug())
            } else {
                "a value that is not shown".to_owned()
            };
            // Writing to a text cannot fail.
            let _ = write!(said, " is {shown}, from {source}");
        }
        None => said.push_str(" is not set"),
    }
    if let Some(operator) = used.operator {
        use interpolation::Operator::{DefaultIfEmpty, DefaultIfUnset};
        let is_default = matches!(operator, DefaultIfEmpty | DefaultIfUnset);
        if !is_default {
            said.push_str("\n\nA deploy is refused without it.");
        } else if secret::in_variable(name, &used.argument).is_empty() {
            let shown = used.argument.replace('`', "'");
            // Writing to a text cannot fail.
            let _ = write!(said, "\n\n`{shown}` without it.");
        } else {
            said.push_str("\n\nThe expression has a default.");
        }
    }
    said
}
