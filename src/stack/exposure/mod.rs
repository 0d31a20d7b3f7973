//! Where the texts of a stack file stand that may give a secret away. What an alias or a merge key
//! pulls in is looked at once, where it is written.

mod search;

use std::path::Path;

use indexmap::IndexSet;

use crate::secret::{self, Context, Leak, LeakKind, Text, find_in_words};
use crate::source::{Files, Place, SourceId, Sources, Span, Written};
use crate::stack::Stack;
use crate::stack::model::is_true;
use crate::yaml::{Document, Entry, Node, Value};
use search::Search;

/// Deeper trees than this are not looked into.
const DEPTH: usize = 64;

/// A leak and where it stands.
#[derive(Clone, Debug)]
pub struct Exposure {
    pub section: Section,
    /// The service whose text it is.
    pub service: Option<String>,
    /// The leaked characters, or the whole value where they stand there encoded.
    pub span: Span,
    pub leak: Leak,
}

/// The part of a stack that a text belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    Environment,
    /// `command` and `entrypoint`.
    Command,
    Healthcheck,
    Label,
    BuildArg,
    /// Options of a log, volume or network driver.
    DriverOption,
    /// The content of a config, in the stack file or beside it.
    Config,
    EnvFile,
    /// A value under `x-…`, which services pull in.
    Extension,
    Comment,
    /// Anywhere else.
    Other,
}

impl Section {
    fn context(self) -> Context {
        match self {
            Self::Environment | Self::Extension => Context::Environment,
            Self::Command => Context::Command,
            Self::Healthcheck => Context::Healthcheck,
            Self::Label => Context::Label,
            Self::BuildArg => Context::BuildArg,
            Self::DriverOption => Context::Option,
            Self::Config => Context::Config,
            Self::EnvFile => Context::EnvFile,
            Self::Comment | Self::Other => Context::Other,
        }
    }
}

/// The largest config that is read to look for secrets, in bytes: Swarm takes no larger one.
const LARGEST_CONFIG: u64 = 1_024_000;

/// The leaks of a stack: its files, its env files, and the files of its configs, whose texts are
/// added to the sources.
pub fn find(stack: &Stack, sources: &mut Sources, disk: &dyn Files) -> Vec<Exposure> {
    let mut found = Vec::new();
    for file in &stack.files {
        found.extend(in_document(&file.document, &sources.get(file.source).text));
    }
    for &file in &stack.env_files {
        found.extend(in_file(file, &sources.get(file).text, Section::EnvFile));
    }
    let own = stack.configs.iter().filter(|it| !is_true(&it.external));
    let files: IndexSet<_> = own.filter_map(|it| it.file.as_ref()).map(|it| &it.value).collect();
    for file in files {
        let path = Path::new(file);
        if !disk.size(path).is_ok_and(|it| it <= LARGEST_CONFIG) {
            continue;
        }
        let Ok(Ok(text)) = disk.read(path).map(String::from_utf8) else { continue };
        let mut leaks = in_file(SourceId::default(), &text, Section::Config);
        if !leaks.is_empty() {
            let source = sources.add(file, text);
            for it in &mut leaks {
                it.span.source = source;
            }
            found.append(&mut leaks);
        }
    }
    found
}

/// The leaks of a stack file, in the order of its sections; `source` is its text.
pub fn in_document(document: &Document, source: &str) -> Vec<Exposure> {
    let mut walk = Walk { source, service: None, found: Vec::new() };
    for entry in entries(&document.root) {
        let section = match entry.key.text.as_str() {
            "services" => {
                for service in entries(&entry.node) {
                    walk.service = Some(service.key.text.clone());
                    walk.children(&service.node, Section::Other, &service.key.text, 0);
                }
                walk.service = None;
                continue;
            }
            key if key.starts_with("x-") => Section::Extension,
            _ => Section::Other,
        };
        walk.node(entry, section, "", 0);
    }
    for comment in &document.comments {
        let place =
            Place { written: Written::verbatim(comment.span.start()), ..Place::at(comment.span) };
        walk.text(None, walk.written(comment.span), (place, 0), Section::Comment);
    }
    walk.found
}

/// The leaks of a file beside the stack file: an env file, or the content of a config.
pub fn in_file(source: SourceId, text: &str, section: Section) -> Vec<Exposure> {
    let leaks = secret::find(&Text { name: None, value: text, context: section.context() });
    let exposure = |leak: Leak| Exposure {
        section,
        service: None,
        span: Span::new(source, leak.range.start, leak.range.end),
        leak,
    };
    leaks.into_iter().map(exposure).collect()
}

/// The entries of a mapping that are written in it.
fn entries(node: &Node) -> impl Iterator<Item = &Entry> {
    let all = node.as_map().map_or(&[][..], |map| &map.entries);
    all.iter().filter(|it| it.key.via.is_none() && it.node.place.via.is_none())
}

struct Walk<'a> {
    source: &'a str,
    service: Option<String>,
    found: Vec<Exposure>,
}

impl<'a> Walk<'a> {
    /// Looks at what stands under a key; `parent` is the key that it stands under itself.
    fn node(&mut self, entry: &Entry, section: Section, parent: &str, depth: usize) {
        let (key, node) = (entry.key.text.as_str(), &entry.node);
        match (parent, key) {
            (_, "environment") => self.pairs(node, Section::Environment),
            (_, "labels") => self.pairs(node, Section::Label),
            ("build", "args") => self.pairs(node, Section::BuildArg),
            (_, "driver_opts") | ("logging", "options") => self.pairs(node, Section::DriverOption),
            (_, "command" | "entrypoint") => self.words(node, Section::Command),
            ("healthcheck", "test") => self.words(node, Section::Healthcheck),
            (_, "content") if section == Section::Other => {
                self.scalar(None, node, Section::Config);
            }
            _ if node.as_map().is_some() => self.children(node, section, key, depth),
            (_, key) => self.values(key, node, section),
        }
    }

    fn children(&mut self, node: &Node, section: Section, key: &str, depth: usize) {
        if depth < DEPTH {
            entries(node).for_each(|it| self.node(it, section, key, depth + 1));
        }
    }

    /// A value, or a list of values and of mappings.
    fn values(&mut self, key: &str, node: &Node, section: Section) {
        let Some(items) = node.as_list() else { return self.scalar(Some(key), node, section) };
        for item in items.iter().filter(|it| it.place.via.is_none()) {
            if item.as_map().is_some() {
                self.children(item, section, key, DEPTH / 2);
            } else if section == Section::Extension {
                self.pair(item, section);
            } else {
                self.scalar(Some(key), item, section);
            }
        }
    }

    /// A mapping of names to values, or a list of `name=value`.
    fn pairs(&mut self, node: &Node, section: Section) {
        for it in entries(node) {
            self.scalar(Some(&it.key.text), &it.node, section);
        }
        for item in node.as_list().unwrap_or_default() {
            self.pair(item, section);
        }
    }

    fn pair(&mut self, item: &Node, section: Section) {
        let Some(text) = item.as_text() else { return };
        match text.split_once('=') {
            Some((name, value)) => {
                self.text(Some(name), value, (item.place, name.len() + 1), section);
            }
            None => self.scalar(None, item, Section::Other),
        }
    }

    /// A command line: one text, or a list of words.
    fn words(&mut self, node: &Node, section: Section) {
        if node.place.via.is_some() {
            return;
        }
        let Some(items) = node.as_list() else { return self.scalar(None, node, section) };
        let kind = items.first().and_then(Node::as_text).unwrap_or_default();
        let is_unread = section == Section::Healthcheck && !kind.starts_with("CMD");
        // No program has such a name: somebody meant a command line.
        let is_line = |it: &Node| {
            (items.len() == 1 || is_unread) && it.as_text().is_some_and(|it| it.contains(' '))
        };
        items.iter().filter(|it| is_line(it)).for_each(|it| self.scalar(None, it, section));
        let read = items.iter().map(|it| it.as_text().filter(|_| !is_line(it)));
        let words: Vec<&str> = read.map(Option::unwrap_or_default).collect();
        let mut search = Search::default();
        let mut item = 0;
        for (at, leak) in find_in_words(&words) {
            if at != item {
                (item, search) = (at, Search::default());
            }
            self.add(words[at], (items[at].place, 0), section, leak, &mut search);
        }
    }

    fn scalar(&mut self, name: Option<&str>, node: &Node, section: Section) {
        if node.place.via.is_some() {
            return;
        }
        match &node.value {
            Value::Null | Value::Bool(_) | Value::List(_) | Value::Map(_) => {}
            Value::Text(text) => self.text(name, text, (node.place, 0), section),
            // Numbers and times count as they are written.
            _ => {
                let start = node.span().start();
                let place = Place { written: Written::verbatim(start), ..node.place };
                self.text(name, self.written(node.span()), (place, 0), section);
            }
        }
    }

    /// A text; it begins so many bytes after the beginning of the value at the place.
    fn text(&mut self, name: Option<&str>, text: &str, at: (Place, usize), section: Section) {
        let mut search = Search::default();
        for leak in secret::find(&Text { name, value: text, context: section.context() }) {
            self.add(text, at, section, leak, &mut search);
        }
    }

    fn add(
        &mut self,
        text: &str,
        (place, from): (Place, usize),
        section: Section,
        leak: Leak,
        search: &mut Search,
    ) {
        let by_shape = matches!(
            leak.kind,
            LeakKind::Token { .. } | LeakKind::Hash { .. } | LeakKind::PrivateKey
        );
        if section == Section::Comment && !by_shape {
            return;
        }
        let span = if let Written::Verbatim(_) = place.written {
            place.part(from + leak.range.start, from + leak.range.end)
        } else {
            let found = search.next(text, &leak.range, self.written(place.span));
            found.map_or(place.span, |it| place.span.part(it.start, it.end))
        };
        let service = self.service.clone();
        self.found.push(Exposure { section, service, span, leak });
    }

    fn written(&self, span: Span) -> &'a str {
        self.source.get(span.range()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::{Section, in_document};
    use crate::source::SourceId;
    use crate::yaml::parse;

    /// The sections and the leaked characters.
    fn leaks(text: &str) -> Vec<(Section, &str)> {
        let document = parse(SourceId::default(), text);
        let found = in_document(&document, text);
        found.iter().map(|it| (it.section, &text[it.span.range()])).collect()
    }

    #[test]
    fn each_section_is_looked_at_in_its_own_way() {
        for (text, section) in [
            ("services: {a: {environment: {DB_PASSWORD: word17x}}}", Section::Environment),
            ("services: {a: {environment: ['DB_PASSWORD=word17x']}}", Section::Environment),
            ("services: {a: {command: redis-server --requirepass word17x}}", Section::Command),
            ("services: {a: {entrypoint: [a, --token, word17x]}}", Section::Command),
            (
                "services: {a: {healthcheck: {test: [CMD, redis-cli, -a, word17x]}}}",
                Section::Healthcheck,
            ),
            (
                "services: {a: {healthcheck: {test: [redis-cli -a word17x ping]}}}",
                Section::Healthcheck,
            ),
            ("services: {a: {deploy: {labels: [a.password=word17x]}}}", Section::Label),
            ("services: {a: {build: {args: {NPM_TOKEN: word17x}}}}", Section::BuildArg),
            ("services: {a: {logging: {options: {a-token: word17x}}}}", Section::DriverOption),
            ("volumes: {a: {driver_opts: {o: 'u=a,password=word17x'}}}", Section::DriverOption),
            ("configs: {a: {content: 'password: word17x'}}", Section::Config),
            ("x-env: &e {DB_PASSWORD: word17x}", Section::Extension),
            ("x-env: [DB_PASSWORD=word17x]", Section::Extension),
            ("x-a: {environment: {DB_PASSWORD: word17x}}", Section::Environment),
        ] {
            assert_eq!(leaks(text), [(section, "word17x")], "{text}");
        }
        assert_eq!(
            leaks("services: {a: {environment: {PASSWORD: 12345678}}}"),
            [(Section::Environment, "12345678")]
        );
    }

    #[test]
    fn encoded_values_are_searched_for_the_leak() {
        for text in [
            "configs:\n  a:\n    content: |\n      user: a\n      password: word17x\n",
            "services:\n  a:\n    environment:\n      - \"A=x\\npassword: word17x\"\n",
            "services:\n  a:\n    environment:\n      DB_PASSWORD: >-\n        word17x\n",
        ] {
            assert_eq!(
                leaks(text).iter().map(|it| it.1).collect::<Vec<_>>(),
                ["word17x"],
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_pulled_in_is_reported_where_it_is_written() {
        let text = "
x-env: &env
  DB_PASSWORD: word17x
services:
  a: {environment: *env}
  b: {environment: {<<: *env, A: b}}
  c: {environment: &c {API_TOKEN: word18x}}
  d: {environment: *c}
";
        let expected = [(Section::Extension, "word17x"), (Section::Environment, "word18x")];
        assert_eq!(leaks(text), expected);
    }

    #[test]
    fn comments_and_declarations_are_no_values() {
        for text in [
            "# DB_PASSWORD=word17x\nservices: {}",
            "secrets: {db_password: {file: ./password.txt}}",
            "services: {a: {secrets: [db_password]}}",
        ] {
            assert_eq!(leaks(text), [], "{text}");
        }
        let token = format!("glpat-{}", "a1".repeat(10));
        assert_eq!(leaks(&format!("# was: {token}\n")), [(Section::Comment, token.as_str())]);
    }
}
