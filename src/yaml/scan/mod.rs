//! Text → tokens, with libyaml's rules for indentation and for keys that are known by their colon.

mod block;
mod fetch;
mod plain;
mod property;
mod quoted;
mod space;

use std::collections::VecDeque;

use crate::yaml::cursor::{Cursor, Mark, first_unreadable};
use crate::yaml::token::{Attempt, Failure, Kind, Stage, Token};

/// How deep brackets and indentation may nest.
const MAX_DEPTH: usize = 10_000;

/// How many characters a key may be away from its colon.
const MAX_KEY: u32 = 1024;

/// No key decides about the token.
const FREE: u32 = u32::MAX;

/// A token that may turn out to be a key.
#[derive(Clone, Copy, Debug, Default)]
struct SimpleKey {
    possible: bool,
    /// Nothing but a key can stand there.
    required: bool,
    /// The token's number, counted from the first of the text.
    token: usize,
    mark: Mark,
}

/// Where a comment stands in the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct CommentPlace {
    pub(super) start: u32,
    pub(super) end: u32,
}

/// Reads tokens one by one.
#[derive(Debug)]
pub(super) struct Scanner<'t> {
    input: Cursor<'t>,
    queue: VecDeque<Token<'t>>,
    /// How many tokens have left the queue.
    taken: usize,
    /// The first token of the queue is certain.
    ready: bool,
    /// The column of the innermost block; -1 outside of all.
    indent: i64,
    indents: Vec<i64>,
    /// One per open bracket, and one for the blocks around them.
    keys: Vec<SimpleKey>,
    key_allowed: bool,
    /// For each token from the first of the queue on, which of the keys decides whether it may be
    /// taken. As in the library, this is not updated when a key turns out to be too far away.
    held: VecDeque<u32>,
    ended: bool,
    /// Where the library cannot read on, and the character that is to blame.
    unreadable: Option<(usize, usize)>,
    pub(super) comments: Vec<CommentPlace>,
    /// Where the last quoted text stands that is longer than a line.
    pub(super) long_quote: Option<(u32, u32)>,
}

impl<'t> Scanner<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let unreadable = first_unreadable(text);
        Self {
            input: Cursor::new(text, unreadable.map_or(text.len(), |it| it.0)),
            queue: VecDeque::new(),
            taken: 0,
            ready: false,
            indent: -1,
            indents: Vec::new(),
            keys: vec![SimpleKey::default()],
            key_allowed: true,
            held: VecDeque::new(),
            ended: false,
            unreadable,
            comments: Vec::new(),
            long_quote: None,
        }
    }

    /// The next token, which stays.
    #[inline]
    pub(super) fn peek(&mut self) -> Attempt<&Token<'t>> {
        if !self.ready {
            self.fill()?;
        }
        match self.queue.front() {
            Some(token) => Ok(token),
            None => self.fail("no token", None),
        }
    }

    /// The library looks two tokens ahead, and further where the first may be a key.
    #[inline(never)]
    fn fill(&mut self) -> Attempt<()> {
        while self.queue.len() < 3 || self.first_may_be_key()? {
            self.fetch()?;
        }
        self.ready = true;
        Ok(())
    }

    /// Takes the token away that `peek` showed.
    pub(super) fn take(&mut self) -> Option<Token<'t>> {
        self.ready = false;
        self.taken += 1;
        self.held.pop_front();
        self.queue.pop_front()
    }

    fn first_may_be_key(&mut self) -> Attempt<bool> {
        match self.held.front() {
            Some(&level) if (level as usize) < self.keys.len() => self.key_is_valid(level as usize),
            _ => Ok(false),
        }
    }

    /// Notes that the token of a number waits for the key of the innermost bracket.
    fn hold(&mut self, token: usize) {
        let level = self.keys.len() as u32 - 1;
        let at = token - self.taken;
        if self.held.len() <= at {
            self.held.resize(at + 1, FREE);
        }
        self.held[at] = level;
    }

    /// The token of that number waits for nothing.
    fn release(&mut self, token: usize) {
        if let Some(it) = token.checked_sub(self.taken).and_then(|at| self.held.get_mut(at)) {
            *it = FREE;
        }
    }

    /// Whether a possible key is still near enough to its colon.
    fn key_is_valid(&mut self, level: usize) -> Attempt<bool> {
        let key = self.keys[level];
        if !key.possible {
            return Ok(false);
        }
        let here = self.input.mark();
        if key.mark.line < here.line || here.index - key.mark.index > MAX_KEY {
            if key.required {
                return self.fail("could not find expected ':'", Some(key.mark));
            }
            self.keys[level].possible = false;
            return Ok(false);
        }
        Ok(true)
    }

    /// What begins here may be a key.
    fn save_key(&mut self) -> Attempt<()> {
        if self.key_allowed {
            let mark = self.input.mark();
            let required = !self.in_flow() && self.indent == i64::from(mark.column);
            self.drop_key()?;
            let token = self.taken + self.queue.len();
            self.hold(token);
            if let Some(key) = self.keys.last_mut() {
                *key = SimpleKey { possible: true, required, token, mark };
            }
        }
        Ok(())
    }

    /// What was saved last is no key.
    fn drop_key(&mut self) -> Attempt<()> {
        match self.keys.last_mut() {
            Some(key) if key.possible && key.required => {
                let mark = key.mark;
                self.fail("could not find expected ':'", Some(mark))
            }
            Some(key) if key.possible => {
                key.possible = false;
                let token = key.token;
                self.release(token);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn in_flow(&self) -> bool {
        self.keys.len() > 1
    }

    /// Begins a block where the column is deeper than the block around it.
    fn open_block(&mut self, mark: Mark, token: Option<usize>, kind: Kind<'t>) -> Attempt<()> {
        let column = i64::from(mark.column);
        if self.in_flow() || self.indent >= column {
            return Ok(());
        }
        self.indents.push(self.indent);
        self.indent = column;
        if self.indents.len() > MAX_DEPTH {
            let mark = self.keys.last().map(|it| it.mark);
            return self.fail("exceeded max depth of 10000", mark);
        }
        self.insert(token, Token { kind, start: mark, end: mark });
        Ok(())
    }

    /// Ends the blocks that are deeper than the column.
    fn close_blocks(&mut self, column: i64, mark: Mark) {
        while !self.in_flow() && self.indent > column {
            self.push(Kind::BlockEnd, mark, mark);
            self.indent = self.indents.pop().unwrap_or(-1);
        }
    }

    fn push(&mut self, kind: Kind<'t>, start: Mark, end: Mark) {
        self.queue.push_back(Token { kind, start, end });
    }

    /// Inserts before the token of that number.
    fn insert(&mut self, before: Option<usize>, token: Token<'t>) {
        let end = self.queue.len();
        let at = before.and_then(|number| number.checked_sub(self.taken)).unwrap_or(end);
        self.queue.insert(at.min(end), token);
    }

    fn fail<T>(&self, problem: &'static str, context: Option<Mark>) -> Attempt<T> {
        let at = self.input.mark();
        let context = Some(context.unwrap_or(at));
        Err(Box::new(Failure { stage: Stage::Scanner, problem, context, at }))
    }
}
