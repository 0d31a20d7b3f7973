//! Reads tokens one after the other, and words what is refused.

use super::lex::{Kind, Token, tokens};
use crate::value::quote::quote;

/// Why there is no tree.
pub(super) enum Stop {
    Refused(String),
    /// There is more of it than anybody would write: nested blocks, variables.
    TooMuch,
}

pub(super) type Parsed<T> = Result<T, Stop>;

const DEEPEST: usize = 60;

pub(super) struct Parser<'a> {
    text: &'a str,
    /// Where the text's line breaks are.
    breaks: Vec<usize>,
    /// Ends with the end or an error, which is read again and again.
    tokens: Vec<Token<'a>>,
    pub(super) next: usize,
    /// Those in scope, by name.
    pub(super) variables: Vec<String>,
    /// The line that the current action began in, from one.
    pub(super) action_line: usize,
    /// Open `range` blocks.
    pub(super) ranges: usize,
    /// Open blocks and parentheses.
    depth: usize,
}
impl<'a> Parser<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            breaks: text.match_indices('\n').map(|(at, _)| at).collect(),
            tokens: tokens(text),
            next: 0,
            variables: vec!["$".to_owned()],
            action_line: 1,
            ranges: 0,
            depth: 0,
        }
    }

    pub(super) fn peek(&self) -> Token<'a> {
        let last = self.tokens.len().saturating_sub(1);
        let end = Token { kind: Kind::End, at: self.text.len(), text: "" };
        self.tokens.get(self.next.min(last)).cloned().unwrap_or(end)
    }

    pub(super) fn take(&mut self) -> Token<'a> {
        let token = self.peek();
        self.next += 1;
        token
    }

    pub(super) fn skip_space(&mut self) {
        while self.peek().kind == Kind::Space {
            self.next += 1;
        }
    }

    pub(super) fn take_solid(&mut self) -> Token<'a> {
        self.skip_space();
        self.take()
    }

    pub(super) fn is_keyword(&self, word: &str) -> bool {
        let token = self.peek();
        token.kind == Kind::Keyword && token.text == word
    }

    pub(super) fn line(&self, at: usize) -> usize {
        1 + self.breaks.partition_point(|&it| it < at)
    }

    pub(super) fn refuse<T>(&self, message: impl std::fmt::Display) -> Parsed<T> {
        let at = self.next.saturating_sub(1).min(self.tokens.len().saturating_sub(1));
        let line = self.line(self.tokens.get(at).map_or(0, |it| it.at));
        Err(Stop::Refused(format!("template: expansion:{line}: {message}")))
    }

    pub(super) fn unexpected<T>(&self, token: &Token, context: &str) -> Parsed<T> {
        let shown = match &token.kind {
            Kind::Error(message) => return self.refuse(self.in_action(message, token)),
            Kind::End => "EOF".to_owned(),
            Kind::Keyword => format!("<{}>", token.text),
            _ if token.text.len() > 10 => {
                let first: String = token.text.chars().take(10).collect();
                format!("{}...", quote(&first))
            }
            _ => quote(token.text),
        };
        self.refuse(format!("unexpected {shown} in {context}"))
    }

    fn in_action(&self, message: &str, token: &Token) -> String {
        if self.action_line == self.line(token.at) {
            return message.to_owned();
        }
        let started = format!("started at expansion:{}", self.action_line);
        let action = if message.ends_with(" action") { "" } else { " in action" };
        format!("{message}{action} {started}")
    }

    pub(super) fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth >= DEEPEST {
            return Err(Stop::TooMuch);
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }
}
