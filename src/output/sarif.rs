//! SARIF 2.1.0, as code scanning services read it: rules with their pages, fixes, fingerprints, and
//! what comments silence.

use std::io;

use indexmap::{IndexMap, IndexSet};
use serde_json::{Map, Value, json};
use termcolor::WriteColor;

use crate::diagnostic::{Diagnostic, Fix, Severity};
use crate::output::fingerprint::fingerprints;
use crate::output::outline::Outlines;
use crate::output::uri::encoded;
use crate::output::{Checked, Report, escaped};
use crate::rule::Group;
use crate::rules;
use crate::source::{Columns, SourceId, Span};
use crate::suppression::Silenced;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

pub(super) fn write(report: Report, out: &mut dyn WriteColor) -> io::Result<()> {
    let mut rules = IndexSet::new();
    let mut results = Vec::new();
    for (stack, prints) in report.stacks.iter().zip(fingerprints(report)) {
        let mut place = Place { report, stack, outlines: Outlines::of(stack) };
        for (it, print) in stack.diagnostics.iter().zip(prints.diagnostics) {
            let rule = rules.insert_full(it.rule).0;
            results.push(Value::Object(result(&mut place, it, rule, &print)));
        }
        for (it, print) in stack.silenced.iter().zip(prints.silenced) {
            let rule = rules.insert_full(it.diagnostic.rule).0;
            let mut silenced = result(&mut place, &it.diagnostic, rule, &print);
            silenced.insert("suppressions".to_owned(), suppressions(stack, it));
            results.push(Value::Object(silenced));
        }
    }
    let version = env!("CARGO_PKG_VERSION");
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {
                "driver": {
                    "name": "swarm-plan",
                    "version": version,
                    "semanticVersion": version,
                    "rules": rules.into_iter().map(rule).collect::<Vec<_>>(),
                }
            },
            "invocations": [{ "executionSuccessful": true }],
            "originalUriBaseIds": {
                ROOT: { "description": { "text": "the folder that the check ran in" } }
            },
            "columnKind": "utf16CodeUnits",
            "results": results,
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

/// What relative paths start from.
const ROOT: &str = "%SRCROOT%";

fn rule(id: &str) -> Value {
    let Some(entry) = rules::find(id) else { return json!({ "id": id }) };
    let rule = entry.rule;
    let page = entry.documentation();
    let what = page.split("\n\n## ").next().unwrap_or(&page).trim().replace('\n', " ");
    let mut properties = json!({
        "tags": [rule.group.word()],
        "precision": "high",
        "problem.severity": match rule.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Info | Severity::Hint => "recommendation",
        },
    });
    if matches!(rule.group, Group::Secrets | Group::Security) {
        let score = if rule.severity == Severity::Error { "8.0" } else { "5.0" };
        properties["security-severity"] = json!(score);
        properties["tags"] = json!(["security", rule.group.word()]);
    }
    json!({
        "id": rule.id,
        "shortDescription": { "text": rule.summary },
        "fullDescription": { "text": what },
        "help": { "text": page, "markdown": page },
        "defaultConfiguration": { "level": level(rule.severity) },
        "properties": properties,
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info | Severity::Hint => "note",
    }
}

/// Where the findings of one stack are.
struct Place<'a> {
    report: Report<'a>,
    stack: &'a Checked<'a>,
    outlines: Outlines<'a>,
}

fn result(place: &mut Place, it: &Diagnostic, rule: usize, print: &str) -> Map<String, Value> {
    let mut text = escaped(&it.message).into_owned();
    for (lead, more) in
        (it.help.iter().map(|it| ("help", it))).chain(it.notes.iter().map(|it| ("note", it)))
    {
        text.extend(["\n", lead, ": ", &*escaped(more)]);
    }
    let mut location = place.location(it.span);
    let path = place.outlines.path(it.span);
    if !path.is_empty() {
        let name = path.rsplit('.').next().unwrap_or_default();
        location["logicalLocations"] = json!([{ "name": name, "fullyQualifiedName": path }]);
    }
    let mut result = Map::new();
    let mut set = |key: &str, value| result.insert(key.to_owned(), value);
    set("ruleId", json!(it.rule));
    set("ruleIndex", json!(rule));
    set("level", json!(level(it.severity)));
    set("message", json!({ "text": text }));
    set("locations", json!([location]));
    set("partialFingerprints", json!({ "swarmPlan/v1": print }));
    let related = it.related.iter().enumerate().map(|(at, label)| {
        let mut location = place.location(label.span);
        location["id"] = json!(at + 1);
        location["message"] = json!({ "text": escaped(&label.text) });
        location
    });
    let related: Vec<_> = related.collect();
    if !related.is_empty() {
        set("relatedLocations", Value::Array(related));
    }
    if let Some(fix) = &it.fix {
        set("fixes", json!([place.fix(fix)]));
    }
    result
}

fn suppressions(stack: &Checked, it: &Silenced) -> Value {
    let mut suppression = json!({ "kind": "inSource", "status": "accepted" });
    if let Some(reason) = stack.reason(it) {
        suppression["justification"] = json!(escaped(reason));
    }
    json!([suppression])
}

impl Place<'_> {
    fn location(&self, span: Span) -> Value {
        json!({
            "physicalLocation": {
                "artifactLocation": self.artifact(span),
                "region": self.region(span),
            }
        })
    }

    fn artifact(&self, span: Span) -> Value {
        let path = self.report.path(self.stack, span);
        if path.starts_with('/') {
            json!({ "uri": format!("file://{}", encoded(&path)) })
        } else {
            json!({ "uri": encoded(&path), "uriBaseId": ROOT })
        }
    }

    fn region(&self, span: Span) -> Value {
        let source = self.stack.sources.get(span.source);
        let start = source.position(span.start(), Columns::Utf16);
        let end = source.position(span.end().max(span.start()), Columns::Utf16);
        json!({
            "startLine": start.line + 1,
            "startColumn": start.column + 1,
            "endLine": end.line + 1,
            "endColumn": end.column + 1,
        })
    }

    fn fix(&self, fix: &Fix) -> Value {
        let mut files: IndexMap<SourceId, (Value, Vec<Value>)> = IndexMap::new();
        for edit in &fix.edits {
            let file = files.entry(edit.span.source);
            let (_, edits) = file.or_insert_with(|| (self.artifact(edit.span), Vec::new()));
            edits.push(json!({
                "deletedRegion": self.region(edit.span),
                "insertedContent": { "text": edit.replacement },
            }));
        }
        let changes = files
            .into_values()
            .map(|(file, edits)| json!({ "artifactLocation": file, "replacements": edits }));
        json!({
            "description": { "text": fix.title },
            "artifactChanges": changes.collect::<Vec<_>>(),
        })
    }
}
