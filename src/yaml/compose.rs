//! Events → a graph of nodes in one vector; anchors and aliases are joined, nothing is typed yet.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::yaml::parse::{Event, Parser, Properties, What};
use crate::yaml::scan::CommentPlace;
use crate::yaml::token::{Attempt, Failure, Style};

/// A node's number in [`Graph::nodes`].
pub(super) type Id = u32;

/// No node.
pub(super) const NONE: Id = u32::MAX;

/// The most nodes of a document that are read: a tree of so many takes some hundred megabytes.
pub(super) const MAX_NODES: usize = 1_000_000;

/// The most aliases without an anchor that are kept.
const MAX_UNKNOWN: usize = 1000;

/// A node as it is written.
#[derive(Debug)]
pub(super) struct RawNode<'t> {
    pub(super) shape: Shape<'t>,
    /// The tag that is written before it, in the short form.
    pub(super) tag: Option<Box<str>>,
    /// The bytes of the content, properties left out.
    pub(super) start: u32,
    pub(super) end: u32,
    /// Where the library says that it begins, both counted from one.
    pub(super) line: u32,
    pub(super) column: u32,
    /// Has an anchor or a tag.
    pub(super) has_properties: bool,
    /// The node that follows in the same collection; a mapping's keys and values alternate.
    pub(super) next: Id,
}

#[derive(Debug)]
pub(super) enum Shape<'t> {
    Scalar { text: Cow<'t, str>, style: Style, verbatim: Option<u32> },
    List { flow: bool, first: Id, len: u32 },
    Map { flow: bool, first: Id, len: u32 },
    Alias { name: &'t str, target: Id },
}

/// An anchor, the node it names and its aliases.
#[derive(Debug)]
pub(super) struct RawAnchor<'t> {
    pub(super) name: &'t str,
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) target: Id,
    pub(super) uses: Vec<(u32, u32)>,
}

/// An alias of an anchor that does not exist.
#[derive(Debug)]
pub(super) struct UnknownAlias<'t> {
    pub(super) name: &'t str,
    pub(super) start: u32,
    pub(super) end: u32,
}

/// One document.
#[derive(Debug, Default)]
pub(super) struct Graph<'t> {
    pub(super) nodes: Vec<RawNode<'t>>,
    pub(super) root: Option<Id>,
    pub(super) anchors: Vec<RawAnchor<'t>>,
    pub(super) unknown: Vec<UnknownAlias<'t>>,
    /// How many more there are, and where the first of these is.
    pub(super) more_unknown: (usize, (u32, u32)),
    pub(super) comments: Vec<CommentPlace>,
    /// Where the document ends in the text.
    pub(super) end: u32,
    /// The first node that there was no room for, if there was one.
    pub(super) beyond: Option<(u32, u32)>,
    names: HashMap<&'t str, usize>,
}

/// A collection whose end has not come.
struct Open {
    id: Id,
    /// The node read last in it.
    last: Id,
    len: u32,
}

/// Reads the first document. On failure the graph holds what came before it.
pub(super) fn compose(text: &str) -> (Graph<'_>, Option<Box<Failure>>) {
    let mut parser = Parser::new(text);
    let mut graph = Graph::default();
    graph.nodes.reserve((text.len() / 12).min(MAX_NODES));
    let failure = read_document(&mut parser, &mut graph).err();
    if failure.is_some() || graph.beyond.is_some() {
        graph.end = text.len() as u32;
    }
    graph.comments = parser.into_comments();
    (graph, failure)
}

/// Reads one document into the graph. False at the end of the text.
pub(super) fn read_document<'t>(parser: &mut Parser<'t>, graph: &mut Graph<'t>) -> Attempt<bool> {
    let mut open = Vec::new();
    let outcome = read_nodes(parser, graph, &mut open);
    while let Some(innermost) = open.pop() {
        graph.close(&innermost, None);
    }
    outcome
}

fn read_nodes<'t>(
    parser: &mut Parser<'t>,
    graph: &mut Graph<'t>,
    open: &mut Vec<Open>,
) -> Attempt<bool> {
    loop {
        let Event { what, mark, start, end, properties } = parser.next()?;
        let shape = match what {
            What::DocumentStart => continue,
            What::StreamEnd => {
                graph.end = start;
                return Ok(false);
            }
            What::DocumentEnd => {
                graph.end = start;
                return Ok(true);
            }
            What::ListEnd | What::MapEnd => {
                let flow_end = (end > start).then_some(end);
                if let Some(innermost) = open.pop() {
                    graph.close(&innermost, flow_end);
                }
                continue;
            }
            What::Alias(name) => graph.alias(name, start, end),
            What::Scalar(scalar) => {
                Shape::Scalar { text: scalar.text, style: scalar.style, verbatim: scalar.verbatim }
            }
            What::ListStart { flow } => Shape::List { flow, first: NONE, len: 0 },
            What::MapStart { flow } => Shape::Map { flow, first: NONE, len: 0 },
        };
        if graph.nodes.len() >= MAX_NODES {
            graph.beyond = Some((start, end));
            return Ok(true);
        }
        let opens = matches!(shape, Shape::List { .. } | Shape::Map { .. });
        let id = graph.add(RawNode {
            shape,
            tag: None,
            start,
            end,
            line: mark.line + 1,
            column: mark.column + 1,
            has_properties: false,
            next: NONE,
        });
        if let Some(properties) = properties {
            graph.set_properties(id, *properties);
        }
        match open.last_mut() {
            Some(parent) => graph.link(parent, id),
            None => graph.root = Some(id),
        }
        if opens {
            open.push(Open { id, last: NONE, len: 0 });
        }
    }
}

impl<'t> Graph<'t> {
    pub(super) fn node(&self, id: Id) -> &RawNode<'t> {
        &self.nodes[id as usize]
    }

    /// The numbers of a collection's nodes.
    pub(super) fn children(&self, id: Id) -> impl Iterator<Item = Id> {
        let first = match self.node(id).shape {
            Shape::List { first, .. } | Shape::Map { first, .. } => first,
            _ => NONE,
        };
        let some = |id: Id| (id != NONE).then_some(id);
        std::iter::successors(some(first), move |&id| some(self.node(id).next))
    }

    /// Forgets which scalars stand byte for byte, where the text does not bear it out.
    pub(super) fn verify(&mut self, source: &str) {
        for node in &mut self.nodes {
            if let Shape::Scalar { text, verbatim, .. } = &mut node.shape
                && let Some(at) = *verbatim
                && !source.get(at as usize..).is_some_and(|it| it.starts_with(&**text))
            {
                *verbatim = None;
            }
        }
    }

    /// Moves all places.
    pub(super) fn relocate(&mut self, place: impl Fn(u32) -> u32) {
        let moved = |at: &mut u32| *at = place(*at);
        for node in &mut self.nodes {
            moved(&mut node.start);
            moved(&mut node.end);
            if let Shape::Scalar { verbatim: Some(at), .. } = &mut node.shape {
                moved(at);
            }
        }
        for anchor in &mut self.anchors {
            moved(&mut anchor.start);
            moved(&mut anchor.end);
            for (start, end) in &mut anchor.uses {
                moved(start);
                moved(end);
            }
        }
        for it in &mut self.unknown {
            moved(&mut it.start);
            moved(&mut it.end);
        }
        for it in &mut self.comments {
            moved(&mut it.start);
            moved(&mut it.end);
        }
        let more = std::iter::once(&mut self.more_unknown.1);
        for (start, end) in self.beyond.iter_mut().chain(more) {
            moved(start);
            moved(end);
        }
        moved(&mut self.end);
    }

    fn add(&mut self, node: RawNode<'t>) -> Id {
        self.nodes.push(node);
        self.nodes.len() as Id - 1
    }

    fn set_properties(&mut self, id: Id, properties: Properties<'t>) {
        let node = &mut self.nodes[id as usize];
        // A lone `!` says nothing.
        node.tag = properties.tag.filter(|it| it != "!").map(|it| it.into_owned().into());
        node.has_properties = node.tag.is_some() || properties.anchor.is_some();
        if let Some((name, start, end)) = properties.anchor {
            self.names.insert(name, self.anchors.len());
            self.anchors.push(RawAnchor { name, start, end, target: id, uses: Vec::new() });
        }
    }

    fn alias(&mut self, name: &'t str, start: u32, end: u32) -> Shape<'t> {
        let Some(&at) = self.names.get(name) else {
            if self.unknown.len() < MAX_UNKNOWN {
                self.unknown.push(UnknownAlias { name, start, end });
            } else {
                if self.more_unknown.0 == 0 {
                    self.more_unknown.1 = (start, end);
                }
                self.more_unknown.0 += 1;
            }
            return Shape::Alias { name, target: NONE };
        };
        let anchor = &mut self.anchors[at];
        anchor.uses.push((start, end));
        Shape::Alias { name, target: anchor.target }
    }

    fn link(&mut self, parent: &mut Open, id: Id) {
        if parent.last == NONE {
            if let Shape::List { first, .. } | Shape::Map { first, .. } =
                &mut self.nodes[parent.id as usize].shape
            {
                *first = id;
            }
        } else {
            self.nodes[parent.last as usize].next = id;
        }
        parent.last = id;
        parent.len += 1;
    }

    /// Ends a collection, which reaches to its bracket or to the end of its last node.
    fn close(&mut self, open: &Open, flow_end: Option<u32>) {
        let &Open { id, last, len } = open;
        let inner = if last == NONE { 0 } else { self.nodes[last as usize].end };
        let node = &mut self.nodes[id as usize];
        node.end = flow_end.unwrap_or_else(|| inner.max(node.end));
        if let Shape::List { len: it, .. } | Shape::Map { len: it, .. } = &mut node.shape {
            *it = len;
        }
    }
}
