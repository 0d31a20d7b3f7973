//! Tokens → events, by libyaml's grammar: one event per node, in the order of the text.

mod block;
mod flow;

use std::borrow::Cow;

use crate::yaml::cursor::Mark;
use crate::yaml::scan::{CommentPlace, Scanner};
use crate::yaml::token::{Attempt, Failure, Kind, Scalar, Stage, Style, Token};

/// What YAML's own tags begin with when written out.
const YAML_TAG: &str = "tag:yaml.org,2002:";

/// A node, a collection's end, or a border of the text.
#[derive(Debug)]
pub(super) struct Event<'t> {
    pub(super) what: What<'t>,
    /// Where the library says that it begins, properties included.
    pub(super) mark: Mark,
    /// The bytes of the content, properties left out.
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) properties: Option<Box<Properties<'t>>>,
}

#[derive(Debug)]
pub(super) enum What<'t> {
    DocumentStart,
    DocumentEnd,
    StreamEnd,
    Alias(&'t str),
    Scalar(Scalar<'t>),
    ListStart { flow: bool },
    ListEnd,
    MapStart { flow: bool },
    MapEnd,
}

/// What may stand before a node's content.
#[derive(Debug, Default)]
pub(super) struct Properties<'t> {
    pub(super) anchor: Option<(&'t str, u32, u32)>,
    /// In the short form, such as `!!str`.
    pub(super) tag: Option<Cow<'t, str>>,
}

/// Where in the grammar the parser is; `first` tells that the opening token still stands there.
#[derive(Clone, Copy, Debug)]
enum State {
    ImplicitDocument,
    Document,
    DocumentContent,
    DocumentEnd,
    Node { block: bool, indentless: bool },
    BlockItem { first: bool },
    IndentlessItem,
    BlockKey { first: bool },
    BlockValue,
    FlowItem { first: bool },
    PairKey,
    PairValue,
    PairEnd,
    FlowKey { first: bool },
    FlowValue,
    FlowNoValue,
    End,
}

/// Reads events one by one.
#[derive(Debug)]
pub(super) struct Parser<'t> {
    scanner: Scanner<'t>,
    state: State,
    /// What follows once the node at hand is read.
    after: Vec<State>,
    /// Where the open collections began.
    opened: Vec<Mark>,
    handles: Vec<(&'t str, Cow<'t, str>)>,
    /// Where the last token ended.
    passed: u32,
}

impl<'t> Parser<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            scanner: Scanner::new(text),
            state: State::ImplicitDocument,
            after: Vec::new(),
            opened: Vec::new(),
            handles: Vec::new(),
            passed: 0,
        }
    }

    pub(super) fn long_quote(&self) -> Option<(u32, u32)> {
        self.scanner.long_quote
    }

    pub(super) fn into_comments(self) -> Vec<CommentPlace> {
        self.scanner.comments
    }

    pub(super) fn next(&mut self) -> Attempt<Event<'t>> {
        match self.state {
            State::ImplicitDocument => self.document_start(true),
            State::Document => self.document_start(false),
            State::DocumentContent => self.document_content(),
            State::DocumentEnd => self.document_end(),
            State::Node { block, indentless } => self.node(block, indentless),
            State::BlockItem { first } => self.block_item(first),
            State::IndentlessItem => self.indentless_item(),
            State::BlockKey { first } => self.block_key(first),
            State::BlockValue => self.block_value(),
            State::FlowItem { first } => self.flow_item(first),
            State::PairKey => self.pair_key(),
            State::PairValue => self.pair_value(),
            State::PairEnd => self.pair_end(),
            State::FlowKey { first } => self.flow_key(first),
            State::FlowValue => self.flow_value(),
            State::FlowNoValue => self.flow_no_value(),
            State::End => Ok(event(What::StreamEnd, Mark::default())),
        }
    }

    fn peek(&mut self) -> Attempt<&Token<'t>> {
        self.scanner.peek()
    }

    fn kind(&mut self) -> Attempt<&Kind<'t>> {
        Ok(&self.scanner.peek()?.kind)
    }

    fn start(&mut self) -> Attempt<Mark> {
        Ok(self.scanner.peek()?.start)
    }

    /// Takes the token that `peek` showed.
    fn take(&mut self) -> Option<Token<'t>> {
        let token = self.scanner.take()?;
        self.passed = token.end.at;
        Some(token)
    }

    /// Takes the token and says where it ended.
    fn skip(&mut self) -> Mark {
        self.take().map(|it| it.end).unwrap_or_default()
    }

    fn return_to_caller(&mut self) {
        self.state = self.after.pop().unwrap_or(State::End);
    }

    /// Reads a node and goes on with `then`.
    fn node_then(&mut self, then: State, block: bool, indentless: bool) -> Attempt<Event<'t>> {
        self.after.push(then);
        self.node(block, indentless)
    }

    /// A value that is not written; `mark` is where the library takes it to be.
    fn empty(&mut self, then: State, mark: Mark) -> Event<'t> {
        self.state = then;
        let scalar = Scalar { text: Cow::Borrowed(""), style: Style::Plain, verbatim: None };
        let at = self.passed;
        Event { what: What::Scalar(scalar), mark, start: at, end: at, properties: None }
    }

    /// Fails at the token at hand.
    fn fail<T>(&mut self, problem: &'static str, context: Option<Mark>) -> Attempt<T> {
        let at = self.start()?;
        Err(Box::new(Failure { stage: Stage::Parser, problem, context, at }))
    }

    fn fail_in_collection<T>(&mut self, problem: &'static str) -> Attempt<T> {
        let context = self.opened.last().copied();
        self.fail(problem, context)
    }

    fn document_start(&mut self, implicit: bool) -> Attempt<Event<'t>> {
        while !implicit && matches!(self.kind()?, Kind::DocumentEnd) {
            self.take();
        }
        let start = self.start()?;
        match self.kind()? {
            Kind::StreamEnd => {
                self.state = State::End;
                Ok(event(What::StreamEnd, start))
            }
            Kind::Version(..) | Kind::TagDirective(..) | Kind::DocumentStart => {
                self.directives()?;
                self.explicit_document(start)
            }
            _ if implicit => {
                self.add_default_handles();
                self.after.push(State::DocumentEnd);
                self.state = State::Node { block: true, indentless: false };
                Ok(event(What::DocumentStart, start))
            }
            _ => self.explicit_document(start),
        }
    }

    fn explicit_document(&mut self, start: Mark) -> Attempt<Event<'t>> {
        self.add_default_handles();
        if !matches!(self.kind()?, Kind::DocumentStart) {
            return self.fail("did not find expected <document start>", None);
        }
        self.take();
        self.after.push(State::DocumentEnd);
        self.state = State::DocumentContent;
        Ok(event(What::DocumentStart, start))
    }

    fn directives(&mut self) -> Attempt<()> {
        let mut versioned = false;
        loop {
            match self.kind()?.clone() {
                Kind::Version(..) if versioned => {
                    return self.fail("found duplicate %YAML directive", None);
                }
                Kind::Version(1, 1) => versioned = true,
                Kind::Version(..) => {
                    return self.fail("found incompatible YAML document", None);
                }
                Kind::TagDirective(handle, prefix) => {
                    if self.handles.iter().any(|it| it.0 == handle) {
                        return self.fail("found duplicate %TAG directive", None);
                    }
                    self.handles.push((handle, prefix));
                }
                _ => return Ok(()),
            }
            self.take();
        }
    }

    fn add_default_handles(&mut self) {
        for (handle, prefix) in [("!", "!"), ("!!", YAML_TAG)] {
            if self.handles.iter().all(|it| it.0 != handle) {
                self.handles.push((handle, Cow::Borrowed(prefix)));
            }
        }
    }

    fn document_content(&mut self) -> Attempt<Event<'t>> {
        let mark = self.start()?;
        match self.kind()? {
            Kind::Version(..)
            | Kind::TagDirective(..)
            | Kind::DocumentStart
            | Kind::DocumentEnd
            | Kind::StreamEnd => {
                self.after.pop();
                Ok(self.empty(State::DocumentEnd, mark))
            }
            _ => self.node(true, false),
        }
    }

    fn document_end(&mut self) -> Attempt<Event<'t>> {
        let start = self.start()?;
        if matches!(self.kind()?, Kind::DocumentEnd) {
            self.take();
        }
        self.handles.clear();
        self.state = State::Document;
        Ok(event(What::DocumentEnd, start))
    }

    fn node(&mut self, block: bool, indentless: bool) -> Attempt<Event<'t>> {
        let start = self.start()?;
        if let Kind::Alias(name) = *self.kind()? {
            let end = self.skip().at;
            self.return_to_caller();
            let what = What::Alias(name);
            return Ok(Event { what, mark: start, start: start.at, end, properties: None });
        }
        let properties = self.properties(start)?;
        let token = self.peek()?;
        let (what, begin) = (&token.kind, token.start.at);
        let (what, next) = match what {
            Kind::BlockEntry if indentless => {
                (What::ListStart { flow: false }, State::IndentlessItem)
            }
            Kind::Scalar(_) => return Ok(self.scalar(start, properties)),
            Kind::FlowListStart => {
                (What::ListStart { flow: true }, State::FlowItem { first: true })
            }
            Kind::FlowMapStart => (What::MapStart { flow: true }, State::FlowKey { first: true }),
            Kind::BlockListStart if block => {
                (What::ListStart { flow: false }, State::BlockItem { first: true })
            }
            Kind::BlockMapStart if block => {
                (What::MapStart { flow: false }, State::BlockKey { first: true })
            }
            _ if properties.is_some() => {
                self.return_to_caller();
                let event = self.empty(self.state, start);
                return Ok(Event { properties, ..event });
            }
            _ => return self.fail("did not find expected node content", Some(start)),
        };
        self.state = next;
        Ok(Event { what, mark: start, start: begin, end: begin, properties })
    }

    fn scalar(&mut self, mark: Mark, properties: Option<Box<Properties<'t>>>) -> Event<'t> {
        self.return_to_caller();
        match self.take() {
            Some(Token { kind: Kind::Scalar(scalar), start, end }) => {
                Event { what: What::Scalar(scalar), mark, start: start.at, end: end.at, properties }
            }
            _ => event(What::StreamEnd, mark),
        }
    }

    /// Reads a tag and an anchor, in either order.
    fn properties(&mut self, node: Mark) -> Attempt<Option<Box<Properties<'t>>>> {
        if !matches!(self.kind()?, Kind::Anchor(_) | Kind::Tag(..)) {
            return Ok(None);
        }
        let mut properties = Properties::default();
        let mut tag = None;
        loop {
            let start = self.start()?;
            match self.kind()? {
                &Kind::Anchor(name) if properties.anchor.is_none() => {
                    properties.anchor = Some((name, start.at, self.skip().at));
                }
                Kind::Tag(..) if tag.is_none() => tag = self.take(),
                _ => break,
            }
        }
        if let Some(Token { kind: Kind::Tag(handle, suffix), start: at, .. }) = tag {
            let Some(tag) = self.resolve_tag(handle, suffix) else {
                let problem = "found undefined tag handle";
                return Err(Box::new(Failure {
                    stage: Stage::Parser,
                    problem,
                    context: Some(node),
                    at,
                }));
            };
            properties.tag = Some(tag);
        }
        Ok(Some(Box::new(properties)))
    }

    fn resolve_tag(&self, handle: &str, suffix: Cow<'t, str>) -> Option<Cow<'t, str>> {
        let tag = if handle.is_empty() {
            suffix
        } else {
            let (_, prefix) = self.handles.iter().find(|it| it.0 == handle)?;
            Cow::Owned(format!("{prefix}{suffix}"))
        };
        Some(match tag.strip_prefix(YAML_TAG) {
            Some(name) => Cow::Owned(format!("!!{name}")),
            None => tag,
        })
    }
}

fn event(what: What<'_>, mark: Mark) -> Event<'_> {
    Event { what, mark, start: mark.at, end: mark.at, properties: None }
}
