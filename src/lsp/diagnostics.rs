//! Findings as the editor shows them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use gen_lsp_types::{
    Code, CodeDescription, Diagnostic as LspDiagnostic, DiagnosticRelatedInformation,
    DiagnosticSeverity, DiagnosticTag, Location, Message, Uri,
};

use crate::diagnostic::{Diagnostic, Severity};
use crate::lsp::check::Snapshot;
use crate::lsp::client::Client;
use crate::lsp::convert::Lines;
use crate::lsp::files::Overlay;
use crate::lsp::project::Found;
use crate::settings::Mistake;
use crate::source::{SourceId, Span};

/// The findings of one stack, by file.
pub(super) type ByFile = BTreeMap<PathBuf, Vec<LspDiagnostic>>;

/// Who speaks.
pub(super) const SOURCE: &str = "swarm-plan";

/// Rules about what could as well not be there: editors show it faded.
const UNNECESSARY: &[&str] = &[
    "anchor-unused",
    "compose-only-key",
    "duplicate-list-item",
    "key-ignored",
    "key-ignored-silently",
    "mount-option-ignored",
    "port-host-ip-ignored",
    "preference-ignored",
    "unused-config",
    "unused-ignore",
    "unused-network",
    "unused-secret",
    "unused-volume",
    "version-obsolete",
];

/// Rules about what has been replaced by something else: editors strike it out.
const DEPRECATED: &[&str] = &["external-name-deprecated", "image-moved"];

/// The findings of a stack. Files without findings are there, too.
pub(super) fn of(snapshot: &Snapshot, client: &Client) -> ByFile {
    let mut work = Work { snapshot, client, lines: BTreeMap::new() };
    let mut found: ByFile =
        snapshot.files.iter().map(|it| (snapshot.path(*it), Vec::new())).collect();
    for it in &snapshot.findings {
        let path = snapshot.path(it.span.source);
        let diagnostic = work.diagnostic(it);
        found.entry(path).or_default().push(diagnostic);
    }
    found
}

struct Work<'a> {
    snapshot: &'a Snapshot,
    client: &'a Client,
    lines: BTreeMap<SourceId, Lines>,
}

impl Work<'_> {
    fn diagnostic(&mut self, it: &Diagnostic) -> LspDiagnostic {
        let related = it.related.iter().map(|label| DiagnosticRelatedInformation {
            location: self.location(label.span),
            message: label.text.clone(),
        });
        let related: Vec<_> = related.collect();
        let mut message = it.message.clone();
        for it in it.help.iter().chain(&it.notes) {
            message.push('\n');
            message.push_str(it);
        }
        LspDiagnostic {
            range: self.location(it.span).range,
            severity: Some(severity(it.severity)),
            code: Some(Code::String(it.rule.to_owned())),
            code_description: self.client.page_of(it.rule).map(|href| CodeDescription { href }),
            source: Some(SOURCE.to_owned()),
            message: Message::String(message),
            tags: tags(it.rule),
            related_information: (self.client.related && !related.is_empty()).then_some(related),
            data: None,
        }
    }

    fn location(&mut self, span: Span) -> Location {
        let text = &self.snapshot.sources.get(span.source).text;
        let encoding = self.client.encoding;
        let lines = self.lines.entry(span.source).or_insert_with(|| Lines::of(text, encoding));
        let range = lines.range(text, span.range());
        Location { uri: self.client.uri(&self.snapshot.path(span.source)), range }
    }
}

/// What is wrong with a settings file.
pub(super) fn of_settings(found: &Found, files: &Overlay, client: &Client) -> Vec<LspDiagnostic> {
    let text = files.text(&found.path).unwrap_or_default();
    let lines = Lines::of(&text, client.encoding);
    let missing = found.missing(files).into_iter().map(|(span, name)| Mistake {
        span,
        message: format!("cannot read `{name}`"),
        help: Some("paths start at the folder of this file".to_owned()),
    });
    let mistakes = found.mistakes.iter().cloned().chain(missing);
    let diagnostic = |it: Mistake| LspDiagnostic {
        range: lines.range(&text, it.span.range()),
        severity: Some(DiagnosticSeverity::Error),
        code: Some(Code::String("settings".to_owned())),
        code_description: None,
        source: Some(SOURCE.to_owned()),
        message: Message::String(match it.help {
            Some(help) => format!("{}\n{help}", it.message),
            None => it.message,
        }),
        tags: None,
        related_information: None,
        data: None,
    };
    mistakes.map(diagnostic).collect()
}

fn severity(it: Severity) -> DiagnosticSeverity {
    match it {
        Severity::Error => DiagnosticSeverity::Error,
        Severity::Warning => DiagnosticSeverity::Warning,
        Severity::Info => DiagnosticSeverity::Information,
        Severity::Hint => DiagnosticSeverity::Hint,
    }
}

fn tags(rule: &str) -> Option<Vec<DiagnosticTag>> {
    let tag = if UNNECESSARY.contains(&rule) {
        DiagnosticTag::Unnecessary
    } else if DEPRECATED.contains(&rule) {
        DiagnosticTag::Deprecated
    } else {
        return None;
    };
    Some(vec![tag])
}

/// The URI of a rule's page where the client asks for its text.
pub(super) fn page(rule: &str) -> Uri {
    Uri(format!("swarm-plan:/rules/{rule}.md"))
}

/// The rule whose page a URI names.
pub(super) fn rule_of(uri: &Uri) -> Option<&str> {
    Path::new(&uri.0).file_stem()?.to_str().filter(|_| uri.0.starts_with("swarm-plan:/rules/"))
}

#[cfg(test)]
mod tests {
    use super::{DEPRECATED, UNNECESSARY};
    use crate::rules;

    #[test]
    fn tags_are_for_rules_that_there_are() {
        for rule in UNNECESSARY.iter().chain(DEPRECATED) {
            assert!(rules::find(rule).is_some(), "no rule is named {rule}");
        }
    }
}
