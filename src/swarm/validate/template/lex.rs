//! Text → tokens, as Go's template lexer cuts it.

use crate::value::quote::quote;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub(super) kind: Kind,
    /// The byte offset in the text.
    pub(super) at: usize,
    pub(super) text: &'a str,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Error(String),
    End,
    Text,
    LeftDelim,
    RightDelim,
    Space,
    LeftParen,
    RightParen,
    Pipe,
    Assign,
    Declare,
    /// A single character such as a comma.
    Char,
    Field,
    Variable,
    Identifier,
    Bool,
    Number,
    CharConstant,
    String,
    /// A word of the language, `.` or `nil`.
    Keyword,
}

const KEYWORDS: [&str; 12] = [
    ".", "block", "break", "continue", "define", "else", "end", "if", "range", "nil", "template",
    "with",
];

/// All tokens; the last is the end or an error.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut lexer = Lexer { text, at: 0, depth: 0, inside: false, tokens: Vec::new() };
    while lexer.step() {}
    lexer.tokens
}

struct Lexer<'a> {
    text: &'a str,
    at: usize,
    /// Open parentheses.
    depth: usize,
    /// Whether we are between `{{` and `}}`.
    inside: bool,
    tokens: Vec<Token<'a>>,
}

impl<'a> Lexer<'a> {
    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn bump(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn eat(&mut self, admitted: impl Fn(char) -> bool) {
        while self.peek().is_some_and(&admitted) {
            self.bump();
        }
    }

    /// Ends a token that began at `from`; true to go on.
    fn emit(&mut self, kind: Kind, from: usize) -> bool {
        self.tokens.push(Token { kind, at: from, text: &self.text[from..self.at] });
        true
    }

    fn error(&mut self, message: impl Into<String>, from: usize) -> bool {
        self.emit(Kind::Error(message.into()), from);
        false
    }

    fn step(&mut self) -> bool {
        if self.inside { self.inside() } else { self.outside() }
    }

    fn outside(&mut self) -> bool {
        let from = self.at;
        let Some(length) = self.rest().find("{{") else {
            self.at = self.text.len();
            if self.at > from {
                self.emit(Kind::Text, from);
            }
            self.emit(Kind::End, self.at);
            return false;
        };
        let open = from + length;
        let inner = &self.text[open + 2..];
        let trim = inner.starts_with('-') && inner[1..].starts_with(is_space);
        self.at = open;
        if trim {
            self.at = from + self.text[from..open].trim_end_matches(is_space).len();
        }
        if self.at > from {
            self.emit(Kind::Text, from);
        }
        self.at = open + 2;
        let after = self.at + if trim { 2 } else { 0 };
        if self.text[after..].starts_with("/*") {
            return self.comment(after);
        }
        self.emit(Kind::LeftDelim, open);
        self.at = after;
        self.depth = 0;
        self.inside = true;
        true
    }

    fn comment(&mut self, from: usize) -> bool {
        let Some(length) = self.text[from + 2..].find("*/") else {
            return self.error("unclosed comment", from);
        };
        self.at = from + 2 + length + 2;
        let Some(trim) = self.right_delim() else {
            return self.error("comment ends before closing delimiter", from);
        };
        self.close(trim);
        true
    }

    /// At a closing delimiter: whether it trims the text behind it.
    fn right_delim(&self) -> Option<bool> {
        let rest = self.rest();
        if rest.starts_with(is_space) && rest[1..].starts_with("-}}") {
            return Some(true);
        }
        rest.starts_with("}}").then_some(false)
    }

    fn close(&mut self, trim: bool) {
        self.at += if trim { 4 } else { 2 };
        if trim {
            self.eat(is_space);
        }
    }

    fn inside(&mut self) -> bool {
        if let Some(trim) = self.right_delim() {
            if self.depth > 0 {
                return self.error("unclosed left paren", self.at);
            }
            let from = self.at + if trim { 2 } else { 0 };
            self.at = from + 2;
            self.emit(Kind::RightDelim, from);
            if trim {
                self.eat(is_space);
            }
            self.inside = false;
            return true;
        }
        let from = self.at;
        let Some(c) = self.bump() else { return self.error("unclosed action", from) };
        match c {
            _ if is_space(c) => self.space(from),
            '=' => self.emit(Kind::Assign, from),
            ':' if self.rest().starts_with('=') => {
                self.at += 1;
                self.emit(Kind::Declare, from)
            }
            ':' => self.error("expected :=", from),
            '|' => self.emit(Kind::Pipe, from),
            '"' => self.quoted('"', "unterminated quoted string", Kind::String),
            '\'' => self.quoted('\'', "unterminated character constant", Kind::CharConstant),
            '`' => self.raw(from),
            '$' => self.name(Kind::Variable, from),
            '.' if !self.peek().is_some_and(|it| it.is_ascii_digit()) => {
                self.name(Kind::Field, from)
            }
            '(' => {
                self.depth += 1;
                self.emit(Kind::LeftParen, from)
            }
            ')' if self.depth == 0 => self.error("unexpected right paren", from),
            ')' => {
                self.depth -= 1;
                self.emit(Kind::RightParen, from)
            }
            '.' | '+' | '-' | '0'..='9' => self.number(from),
            _ if is_word(c) => self.identifier(from),
            ' '..='~' => self.emit(Kind::Char, from),
            _ => {
                let message = format!("unrecognized character in action: {}", code_point(c));
                self.error(message, from)
            }
        }
    }

    fn space(&mut self, from: usize) -> bool {
        self.eat(is_space);
        // The last blank may belong to a closing delimiter that trims.
        if self.rest().starts_with("-}}") {
            self.at -= 1;
        }
        if self.at == from { true } else { self.emit(Kind::Space, from) }
    }

    fn quoted(&mut self, end: char, message: &str, kind: Kind) -> bool {
        let from = self.at - 1;
        loop {
            match self.bump() {
                Some('\\') if !matches!(self.peek(), None | Some('\n')) => _ = self.bump(),
                Some('\\' | '\n') | None => return self.error(message, from),
                Some(c) if c == end => return self.emit(kind, from),
                Some(_) => {}
            }
        }
    }

    fn raw(&mut self, from: usize) -> bool {
        let Some(length) = self.rest().find('`') else {
            return self.error("unterminated raw quoted string", from);
        };
        self.at += length + 1;
        self.emit(Kind::String, from)
    }

    /// A field or variable, of which the first character is read; a lone `.` is a keyword.
    fn name(&mut self, kind: Kind, from: usize) -> bool {
        if self.at_end_of_word() {
            let lone_dot = kind == Kind::Field;
            return self.emit(if lone_dot { Kind::Keyword } else { kind }, from);
        }
        self.eat(is_word);
        if self.at_end_of_word() { self.emit(kind, from) } else { self.bad_character(from) }
    }

    fn identifier(&mut self, from: usize) -> bool {
        self.eat(is_word);
        if !self.at_end_of_word() {
            return self.bad_character(from);
        }
        let kind = match &self.text[from..self.at] {
            "true" | "false" => Kind::Bool,
            word if KEYWORDS.contains(&word) => Kind::Keyword,
            _ => Kind::Identifier,
        };
        self.emit(kind, from)
    }

    fn bad_character(&mut self, from: usize) -> bool {
        let character = self.peek().map(code_point).unwrap_or_default();
        self.error(format!("bad character {character}"), from)
    }

    fn at_end_of_word(&self) -> bool {
        let ends = |c| is_space(c) || ".,|:()".contains(c);
        self.peek().is_none_or(ends) || self.rest().starts_with("}}")
    }

    /// A number, of which the first character is read. Whether it makes sense is another matter.
    fn number(&mut self, from: usize) -> bool {
        self.at = from;
        self.skip_one("+-");
        let mut digits = "0123456789_";
        if self.skip_one("0") {
            for (letters, of) in
                [("xX", "0123456789abcdefABCDEF_"), ("oO", "01234567_"), ("bB", "01_")]
            {
                if self.skip_one(letters) {
                    digits = of;
                    break;
                }
            }
        }
        self.eat(|c| digits.contains(c));
        if self.skip_one(".") {
            self.eat(|c| digits.contains(c));
        }
        let exponent = match digits.len() {
            11 => "eE",
            23 => "pP",
            _ => "",
        };
        if self.skip_one(exponent) {
            self.skip_one("+-");
            self.eat(|c| c.is_ascii_digit() || c == '_');
        }
        self.skip_one("i");
        // A complex number has two parts.
        if matches!(self.peek(), Some('+' | '-')) {
            self.eat(|c| is_word(c) || "+-.".contains(c));
        }
        if self.peek().is_some_and(is_word) {
            self.bump();
            let text = quote(&self.text[from..self.at]);
            return self.error(format!("bad number syntax: {text}"), from);
        }
        self.emit(Kind::Number, from)
    }

    fn skip_one(&mut self, admitted: &str) -> bool {
        let found = self.peek().is_some_and(|it| admitted.contains(it));
        if found {
            self.bump();
        }
        found
    }
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n')
}

fn is_word(c: char) -> bool {
    c == '_' || c.is_alphanumeric()
}

/// As Go's `%#U` prints a character: `U+0040 '@'`.
fn code_point(c: char) -> String {
    let number = format!("U+{:04X}", u32::from(c));
    if c.is_control() { number } else { format!("{number} '{c}'") }
}
