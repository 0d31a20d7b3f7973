//! Nodes as written → the typed tree: aliases and merge keys are followed, and what Docker's
//! library refuses at that point is noted.

mod duplicate;
mod merge;

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{GeneralPurpose, GeneralPurposeConfig};

use crate::source::{Place, SourceId, Span, Written};
use crate::yaml::compose::{Graph, Id, NONE, Shape};
use crate::yaml::node::{Entry, Key, Map, Node, Value};
use crate::yaml::resolve;
use crate::yaml::token::Style;
use crate::yaml::{Duplicate, Error};
use merge::Seen;

/// How deep the tree may be, aliases included, so that whoever walks over it needs no guard.
const MAX_DEPTH: u32 = 512;

/// The most bytes of text that aliases may repeat.
const MAX_REPEATED: usize = 16 << 20;

/// The most errors that are kept.
const MAX_ERRORS: usize = 1000;

/// Go's standard base64, which does not mind stray bits at the end.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true),
);

/// What came of a graph.
#[derive(Debug, Default)]
pub(super) struct Decoded {
    pub(super) root: Node,
    /// In the order in which the library meets them.
    pub(super) errors: Vec<Error>,
    /// Of the errors that there was no room for: the first, and how many there are.
    pub(super) more: Option<(Span, usize)>,
    pub(super) duplicates: Vec<Duplicate>,
    /// The lines of the library's answer about them.
    pub(super) refusals: Vec<String>,
}

/// Types a graph.
pub(super) fn decode(graph: &Graph, source: SourceId) -> Decoded {
    let mut decoder = Decoder {
        graph,
        source,
        found: Decoded::default(),
        decodes: 1,
        alias_decodes: 0,
        repeated: 0,
        followed: Vec::new(),
        exhausted: false,
        muted: false,
        too_deep: false,
    };
    if let Some(root) = graph.root {
        decoder.found.root = decoder.node(root, None, 0);
    }
    decoder.found
}

struct Decoder<'g, 't> {
    graph: &'g Graph<'t>,
    source: SourceId,
    found: Decoded,
    /// How many nodes were decoded, and how many of them because of an alias.
    decodes: u64,
    alias_decodes: u64,
    /// How many bytes of text were copied because of an alias.
    repeated: usize,
    /// The aliases that are being followed, the outermost first.
    followed: Vec<Id>,
    /// There were too many aliases; no more are followed.
    exhausted: bool,
    /// The library has given the mapping up for its duplicate keys and looks no deeper.
    muted: bool,
    too_deep: bool,
}

impl Decoder<'_, '_> {
    fn span(&self, id: Id) -> Span {
        let node = self.graph.node(id);
        Span::new(self.source, node.start as usize, node.end as usize)
    }

    /// The node; `via` is the alias or merge key through which it was reached.
    fn node(&mut self, id: Id, via: Option<Span>, depth: u32) -> Node {
        self.count(id);
        let place = Place { span: self.span(id), via, written: Written::Encoded };
        if depth > MAX_DEPTH {
            self.report_depth(id);
            return Node::new(Value::Null, place);
        }
        let value = match &self.graph.node(id).shape {
            Shape::Alias { .. } => return self.follow(id, via, depth),
            Shape::Scalar { verbatim, .. } => {
                let written = verbatim.map_or(Written::Encoded, Written::Verbatim);
                return Node::new(self.scalar(id), Place { written, ..place });
            }
            &Shape::List { first, len, .. } => {
                let mut items = Vec::with_capacity(len as usize);
                let mut next = first;
                while next != NONE {
                    items.push(self.node(next, via, depth + 1));
                    next = self.graph.node(next).next;
                }
                Value::List(items)
            }
            &Shape::Map { len, .. } => {
                let mut map = Map { entries: Vec::with_capacity(len as usize / 2) };
                let into_text = self.has_text_keys(id);
                self.fill(id, &mut Target { map: &mut map, into_text }, None, via, depth);
                Value::Map(map)
            }
        };
        Node::new(value, place)
    }

    /// Decodes what an alias means.
    fn follow(&mut self, id: Id, via: Option<Span>, depth: u32) -> Node {
        let span = self.span(id);
        let target = self.enter(id);
        if target == NONE {
            return Node::new(Value::Null, Place { span, via, written: Written::Encoded });
        }
        let node = self.node(target, via.or(Some(span)), depth + 1);
        self.followed.pop();
        node
    }

    /// Begins to follow an alias; the target is `NONE` where that leads nowhere.
    fn enter(&mut self, id: Id) -> Id {
        let Shape::Alias { name, target } = self.graph.node(id).shape else { return NONE };
        if target == NONE || self.exhausted {
            return NONE;
        }
        if self.followed.contains(&id) {
            let problem = format!("anchor '{name}' value contains itself");
            self.report(id, problem, Some("an anchor cannot be used inside of what it names"));
            return NONE;
        }
        self.followed.push(id);
        target
    }

    /// The library's guard against aliases of aliases of aliases.
    fn count(&mut self, id: Id) {
        self.decodes += 1;
        if self.followed.is_empty() {
            return;
        }
        self.alias_decodes += 1;
        let (aliases, all) = (self.alias_decodes, self.decodes);
        if self.exhausted || aliases <= 100 || all <= 1000 {
            return;
        }
        if aliases as f64 / all as f64 > allowed_alias_share(all) {
            self.exhausted = true;
            let at = self.followed.first().copied().unwrap_or(id);
            let help = "use fewer aliases, or write the values out";
            self.report(at, "document contains excessive aliasing".to_owned(), Some(help));
        }
    }

    /// A key may be an alias, whose scalar counts as well.
    fn count_key(&mut self, id: Id) {
        self.count(id);
        if let Shape::Alias { target, .. } = self.graph.node(id).shape
            && target != NONE
        {
            self.followed.push(id);
            self.count(target);
            self.followed.pop();
        }
    }

    /// Counts a text that is copied. Where the library shares texts, this reader copies them.
    fn count_text(&mut self, length: usize) {
        if self.followed.is_empty() || self.exhausted {
            return;
        }
        self.repeated += length;
        if self.repeated > MAX_REPEATED {
            self.exhausted = true;
            let at = self.followed.first().copied().unwrap_or_default();
            self.found.errors.push(Error {
                span: self.span(at),
                message: format!("aliases repeat more than {} MiB of text", MAX_REPEATED >> 20),
                docker: String::new(),
                help: Some("no alias beyond is followed here; Docker has no such limit".to_owned()),
                related: None,
            });
        }
    }

    fn report(&mut self, id: Id, problem: String, help: Option<&str>) {
        if self.muted {
            return;
        }
        let span = self.span(id);
        if self.found.errors.len() >= MAX_ERRORS {
            self.found.more.get_or_insert((span, 0)).1 += 1;
            return;
        }
        self.found.errors.push(Error {
            span,
            docker: format!("yaml: {problem}"),
            message: problem,
            help: help.map(str::to_owned),
            related: None,
        });
    }

    fn report_depth(&mut self, id: Id) {
        if !self.too_deep {
            self.too_deep = true;
            self.found.errors.push(Error {
                span: self.span(id),
                message: format!("nested more than {MAX_DEPTH} levels deep"),
                docker: String::new(),
                help: Some("nothing deeper is read here, although Docker may take it".to_owned()),
                related: None,
            });
        }
    }

    fn scalar(&mut self, id: Id) -> Value {
        let node = self.graph.node(id);
        let Shape::Scalar { text, style, .. } = &node.shape else { return Value::Null };
        self.count_text(text.len());
        match node.tag.as_deref() {
            None if *style == Style::Plain => resolve::plain(text),
            Some(resolve::BINARY) => {
                let packed = text.replace(['\r', '\n'], "");
                let Ok(bytes) = BASE64.decode(packed) else {
                    let problem = "!!binary value contains invalid base64 data".to_owned();
                    self.report(id, problem, Some("write valid base64, or drop the tag"));
                    return Value::Null;
                };
                Value::Text(String::from_utf8_lossy(&bytes).into_owned())
            }
            Some(tag) if resolve::converts(tag) => {
                resolve::tagged(tag, text).unwrap_or_else(|is| {
                    let problem = format!("cannot decode {is} `{text}` as a {tag}");
                    self.report(id, problem, Some("drop the tag, or write a value that fits it"));
                    Value::Text(text.to_string())
                })
            }
            _ => Value::Text(text.to_string()),
        }
    }

    /// The tag that a node has in the library's eyes.
    fn tag(&self, id: Id) -> &str {
        let node = self.graph.node(id);
        match (&node.tag, &node.shape) {
            (Some(tag), _) => tag,
            (None, Shape::Scalar { text, style: Style::Plain, .. }) => resolve::plain_tag(text),
            (None, Shape::Scalar { .. }) => resolve::TEXT,
            (None, Shape::List { .. }) => "!!seq",
            (None, Shape::Map { .. }) => "!!map",
            (None, Shape::Alias { target: NONE, .. }) => resolve::NULL,
            (None, &Shape::Alias { target, .. }) => self.tag(target),
        }
    }

    /// Whether all keys are text, so that Go makes it a map of text.
    fn has_text_keys(&self, id: Id) -> bool {
        let mut keys = self.graph.children(id).step_by(2);
        keys.all(|key| matches!(self.tag(key), resolve::TEXT | resolve::MERGE))
    }

    /// Puts a mapping's entries into `target`, save those that were seen already.
    fn fill(
        &mut self,
        id: Id,
        target: &mut Target,
        mut seen: Option<&mut Seen>,
        via: Option<Span>,
        depth: u32,
    ) {
        let repeated = self.find_duplicates(id);
        let muted = self.muted;
        self.muted |= !repeated.is_empty();
        let mut merge = None;
        let mut next = self.graph.children(id).next().unwrap_or(NONE);
        while next != NONE {
            let key = next;
            let value = self.graph.node(key).next;
            if value == NONE {
                break;
            }
            next = self.graph.node(value).next;
            if self.is_merge(key) {
                merge = Some((key, value));
                continue;
            }
            if repeated.binary_search(&key).is_ok() {
                continue;
            }
            let Some(key) = self.key(key, target.into_text, via, depth) else { continue };
            if seen.as_mut().is_some_and(|it| !it.insert((key.is_text, key.text.clone()))) {
                continue;
            }
            let node = self.node(value, via, depth + 1);
            target.map.entries.push(Entry { key, node });
        }
        if let Some((key, value)) = merge {
            let mut own;
            let seen = if let Some(seen) = seen {
                seen
            } else {
                own = self.own_keys(id, target.map);
                &mut own
            };
            self.merge(key, value, target, seen, via, depth);
        }
        self.muted = muted;
    }

    /// A key; none where it is null and cannot be made text, or where it is no scalar.
    fn key(&mut self, id: Id, into_text: bool, via: Option<Span>, depth: u32) -> Option<Key> {
        let mut key = Key { span: self.span(id), via, ..Key::default() };
        let target = match self.graph.node(id).shape {
            Shape::Alias { target: NONE, .. } => return None,
            Shape::Alias { target, .. } => {
                key.via = via.or(Some(key.span));
                key.span = self.span(target);
                target
            }
            _ => id,
        };
        let go = match &self.graph.node(target).shape {
            Shape::Scalar { text, .. } => {
                self.count_key(id);
                self.count_text(text.len());
                key.text = text.to_string();
                let tag = self.tag(target);
                key.is_text = into_text || matches!(tag, resolve::TEXT | resolve::MERGE);
                if into_text && tag == resolve::NULL {
                    return None;
                }
                if self.graph.node(target).tag.is_some()
                    && let Value::Text(text) = self.scalar(target)
                {
                    key.text = text;
                }
                return Some(key);
            }
            Shape::List { .. } => "[]interface {}",
            _ => "map[string]interface {}",
        };
        // What is wrong inside comes first.
        self.node(id, via, depth + 1);
        let help = "a key has to be text; did you mean `${NAME}` or a value in quotes?";
        self.report(id, format!("invalid map key: {go}"), Some(help));
        None
    }
}

/// A mapping that is being filled.
struct Target<'m> {
    map: &'m mut Map,
    /// Go made it a map of text, into which other keys are put as text.
    into_text: bool,
}

fn allowed_alias_share(decodes: u64) -> f64 {
    const LOW: f64 = 400_000.0;
    const HIGH: f64 = 4_000_000.0;
    let beyond = ((decodes as f64 - LOW) / (HIGH - LOW)).clamp(0.0, 1.0);
    0.99 - 0.89 * beyond
}
