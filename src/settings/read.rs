//! TOML → settings, with a place for every mistake.

use std::ops::Range;

use globset::{Glob, GlobSet, GlobSetBuilder};
use toml::Spanned as Toml;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::Severity;
use crate::rule::Preset;
use crate::rules;
use crate::settings::{Level, Mistake, Override, Policy, RuleSetting, Settings, StackSetting};
use crate::source::{Place, SourceId, Span, Spanned};

type Value<'a> = Toml<DeValue<'a>>;

/// Reads a settings file. Never fails: what cannot be used is left out and listed.
pub fn parse(source: SourceId, text: &str) -> (Settings, Vec<Mistake>) {
    let mut reader = Reader { source, mistakes: Vec::new() };
    let (table, errors) = DeTable::parse_recoverable(text);
    // After an error in the grammar the rest may be half-read: one mistake is enough.
    for error in errors.into_iter().take(1) {
        let at = error.span().unwrap_or(0..0);
        let message = error.message().lines().next().unwrap_or_default().to_owned();
        reader.mistake(at, message, None);
    }
    let settings = if reader.mistakes.is_empty() {
        reader.settings(table.get_ref())
    } else {
        Settings::default()
    };
    (settings, reader.mistakes)
}

struct Reader {
    source: SourceId,
    mistakes: Vec<Mistake>,
}

impl Reader {
    fn settings(&mut self, table: &DeTable) -> Settings {
        let known = ["fail-on", "preset", "nodes", "rules", "stacks", "plan", "overrides"];
        self.known_keys(table, &known);
        Settings {
            fail_on: table.get("fail-on").and_then(|it| self.severity(it)),
            preset: table.get("preset").and_then(|it| self.preset(it)),
            nodes: table.get("nodes").and_then(|it| self.text(it)),
            rules: table.get("rules").map(|it| self.rules(it)).unwrap_or_default(),
            stacks: self.tables(table, "stacks", Self::stack),
            plan: table.get("plan").map(|it| self.policy(it)).unwrap_or_default(),
            overrides: self.tables(table, "overrides", Self::override_),
        }
    }

    fn rules(&mut self, value: &Value) -> Vec<RuleSetting> {
        let Some(table) = self.table(value) else { return Vec::new() };
        let mut found = Vec::new();
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            let Some(entry) = rules::find(name) else {
                let help = rules::nearest(name).map(did_you_mean);
                let help = help.or_else(|| Some("`swarm-plan rules` lists all rules".to_owned()));
                self.mistake(key.span(), format!("no rule is named `{name}`"), help);
                continue;
            };
            found.push(self.rule(entry.rule.id, value));
        }
        found
    }

    fn rule(&mut self, id: &'static str, value: &Value) -> RuleSetting {
        let Some(table) = value.get_ref().as_table() else {
            return RuleSetting { id, level: self.level(value), allow: None, require: None };
        };
        self.known_keys(table, &["level", "allow", "require"]);
        let names = |it: Vec<Spanned<String>>| it.into_iter().map(|it| it.value).collect();
        RuleSetting {
            id,
            level: table.get("level").and_then(|it| self.level(it)),
            allow: table.get("allow").map(|it| self.globs(it)),
            require: table.get("require").map(|it| names(self.texts(it))),
        }
    }

    fn stack(&mut self, table: &DeTable, span: Range<usize>) -> StackSetting {
        self.known_keys(table, &["name", "files", "env-files"]);
        let name = table.get("name").and_then(|it| self.text(it));
        let files = table.get("files").map(|it| self.texts(it)).unwrap_or_default();
        if name.is_none() && table.get("name").is_none() {
            self.mistake(span.clone(), "the stack has no `name`", None);
        }
        if files.is_empty() {
            self.mistake(span, "the stack has no `files`", None);
        }
        let env_files = table.get("env-files").map(|it| self.texts(it)).unwrap_or_default();
        StackSetting { name: name.unwrap_or_default(), files, env_files }
    }

    fn policy(&mut self, value: &Value) -> Policy {
        let Some(table) = self.table(value) else { return Policy::default() };
        self.known_keys(table, &["survive", "min-available"]);
        let survive = table.get("survive").map(|it| self.texts(it)).unwrap_or_default();
        let mut policy = Policy { survive, ..Policy::default() };
        let counts = table.get("min-available").and_then(|it| self.table(it));
        for (key, value) in counts.into_iter().flatten() {
            let number = value.get_ref().as_integer();
            let number = number.and_then(|it| u64::from_str_radix(it.as_str(), it.radix()).ok());
            if let Some(number) = number {
                policy.min_available.insert(key.get_ref().to_string(), number);
            } else {
                self.wrong(value, "a number of tasks");
            }
        }
        policy
    }

    fn override_(&mut self, table: &DeTable, span: Range<usize>) -> Override {
        self.known_keys(table, &["files", "rules"]);
        if table.get("files").is_none() {
            self.mistake(span, "the override has no `files`", None);
        }
        Override {
            files: table.get("files").map(|it| self.globs(it)).unwrap_or_default(),
            rules: table.get("rules").map(|it| self.rules(it)).unwrap_or_default(),
        }
    }

    /// The entries of `[[key]]`.
    fn tables<T>(
        &mut self,
        table: &DeTable,
        key: &str,
        read: fn(&mut Self, &DeTable, Range<usize>) -> T,
    ) -> Vec<T> {
        let Some(value) = table.get(key) else { return Vec::new() };
        let Some(items) = value.get_ref().as_array() else {
            self.wrong(value, &format!("a list of tables, each under `[[{key}]]`"));
            return Vec::new();
        };
        let mut found = Vec::new();
        for item in items {
            if let Some(table) = self.table(item) {
                found.push(read(self, table, item.span()));
            }
        }
        found
    }

    fn level(&mut self, value: &Value) -> Option<Level> {
        let text = self.text(value)?;
        if text.value == "off" {
            return Some(Level::Off);
        }
        let severity = Severity::parse(&text);
        if severity.is_none() {
            self.no_word(value, &text, &["off", "hint", "info", "warning", "error"]);
        }
        severity.map(Level::At)
    }

    fn severity(&mut self, value: &Value) -> Option<Severity> {
        let text = self.text(value)?;
        let severity = Severity::parse(&text);
        if severity.is_none() {
            self.no_word(value, &text, &["hint", "info", "warning", "error"]);
        }
        severity
    }

    fn preset(&mut self, value: &Value) -> Option<Preset> {
        let text = self.text(value)?;
        let preset = Preset::parse(&text);
        if preset.is_none() {
            self.no_word(value, &text, &Preset::ALL.map(Preset::word));
        }
        preset
    }

    fn no_word(&mut self, value: &Value, text: &str, words: &[&str]) {
        let help = rules::near(text, words.iter().copied()).map(did_you_mean);
        let help = help.or_else(|| Some(format!("write one of {}", words.join(", "))));
        self.mistake(value.span(), format!("`{text}` is none of {}", words.join(", ")), help);
    }

    fn globs(&mut self, value: &Value) -> GlobSet {
        let mut builder = GlobSetBuilder::new();
        for text in self.texts(value) {
            match Glob::new(&text) {
                Ok(glob) => drop(builder.add(glob)),
                Err(error) => {
                    let span = text.span();
                    let message = format!("`{}` is no pattern: {}", text.value, error.kind());
                    self.mistake(span.range(), message, None);
                }
            }
        }
        builder.build().unwrap_or_default()
    }

    fn texts(&mut self, value: &Value) -> Vec<Spanned<String>> {
        let Some(items) = value.get_ref().as_array() else {
            self.wrong(value, "a list of texts");
            return Vec::new();
        };
        items.iter().filter_map(|it| self.text(it)).collect()
    }

    fn text(&mut self, value: &Value) -> Option<Spanned<String>> {
        let Some(text) = value.get_ref().as_str() else {
            self.wrong(value, "text in quotes");
            return None;
        };
        Some(Spanned::new(text.to_owned(), Place::at(self.span(value.span()))))
    }

    fn table<'a, 'b>(&mut self, value: &'b Value<'a>) -> Option<&'b DeTable<'a>> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.wrong(value, "a table");
        }
        table
    }

    fn known_keys(&mut self, table: &DeTable, known: &[&str]) {
        for key in table.keys() {
            let name = key.get_ref().as_ref();
            if known.contains(&name) {
                continue;
            }
            let help = rules::near(name, known.iter().copied()).map(did_you_mean);
            let help = help.or_else(|| Some(format!("known keys: {}", known.join(", "))));
            self.mistake(key.span(), format!("unknown key `{name}`"), help);
        }
    }

    fn wrong(&mut self, value: &Value, wanted: &str) {
        let found = value.get_ref().type_str();
        self.mistake(value.span(), format!("{wanted} belongs here, not {found}"), None);
    }

    fn mistake(&mut self, at: Range<usize>, message: impl Into<String>, help: Option<String>) {
        self.mistakes.push(Mistake { span: self.span(at), message: message.into(), help });
    }

    fn span(&self, at: Range<usize>) -> Span {
        Span::new(self.source, at.start, at.end)
    }
}

fn did_you_mean(word: &str) -> String {
    format!("did you mean `{word}`?")
}
