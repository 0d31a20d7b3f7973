//! Tokens → tree, refusing what Go's template parser refuses in its words.

use super::lex::Kind;
use super::node::{Node, Word};
use super::reader::{Parsed, Parser};

pub(super) fn parse(text: &str) -> Parsed<Vec<Node>> {
    let mut parser = Parser::new(text);
    let (nodes, end) = parser.list(true)?;
    match end {
        Some(end) => parser.refuse(format!("unexpected {}", end.text())),
        None => Ok(nodes),
    }
}

/// What ended a list of nodes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    End,
    Else,
}

impl Ending {
    fn text(self) -> &'static str {
        if self == Self::End { "{{end}}" } else { "{{else}}" }
    }
}
impl Parser<'_> {
    /// Nodes up to `{{end}}` or `{{else}}`, or at the top up to the end of the text.
    fn list(&mut self, top: bool) -> Parsed<(Vec<Node>, Option<Ending>)> {
        let mut nodes = Vec::new();
        loop {
            self.skip_space();
            let token = self.take();
            match token.kind {
                Kind::End if top => return Ok((nodes, None)),
                Kind::End => return self.refuse("unexpected EOF"),
                Kind::Text => nodes.push(Node::Text(token.text.to_owned())),
                Kind::LeftDelim => {
                    self.action_line = self.line(token.at);
                    match self.action()? {
                        Ok(node) => nodes.push(node),
                        Err(ending) => return Ok((nodes, Some(ending))),
                    }
                }
                _ => return self.unexpected(&token, "input"),
            }
        }
    }

    fn action(&mut self) -> Parsed<Result<Node, Ending>> {
        let token = self.take_solid();
        if token.kind == Kind::Keyword {
            match token.text {
                "if" => return self.control(Word::If).map(Ok),
                "with" => return self.control(Word::With).map(Ok),
                "range" => return self.control(Word::Range).map(Ok),
                "end" => return self.expect_close("end").map(|()| Err(Ending::End)),
                "else" => {
                    self.skip_space();
                    if !self.is_keyword("if") && !self.is_keyword("with") {
                        self.expect_close("else")?;
                    }
                    return Ok(Err(Ending::Else));
                }
                "break" => return self.jump("{{break}}").map(Ok),
                "continue" => return self.jump("{{continue}}").map(Ok),
                "block" | "define" => return self.definition(token.text).map(Ok),
                "template" => return self.template().map(Ok),
                _ => {}
            }
        }
        self.next -= 1;
        Ok(Ok(Node::Action(self.pipeline("command", &Kind::RightDelim)?)))
    }

    fn expect_close(&mut self, context: &str) -> Parsed<()> {
        let token = self.take_solid();
        if token.kind == Kind::RightDelim { Ok(()) } else { self.unexpected(&token, context) }
    }

    fn jump(&mut self, word: &str) -> Parsed<Node> {
        self.expect_close(word)?;
        if self.ranges == 0 {
            return self.refuse(format!("{word} outside {{{{range}}}}"));
        }
        Ok(Node::Other)
    }

    fn template_name(&mut self, context: &str) -> Parsed<()> {
        let token = self.take_solid();
        if token.kind == Kind::String { Ok(()) } else { self.unexpected(&token, context) }
    }

    fn template(&mut self) -> Parsed<Node> {
        self.template_name("template clause")?;
        self.skip_space();
        if self.peek().kind == Kind::RightDelim {
            self.next += 1;
        } else {
            self.pipeline("template clause", &Kind::RightDelim)?;
        }
        Ok(Node::Other)
    }

    fn definition(&mut self, word: &str) -> Parsed<Node> {
        let context = if word == "block" { "block clause" } else { "define clause" };
        self.template_name(context)?;
        if word == "block" {
            self.pipeline(context, &Kind::RightDelim)?;
        } else {
            self.expect_close(context)?;
        }
        match self.deeper(|it| it.list(false))?.1 {
            Some(Ending::Else) => self.refuse(format!("unexpected {{{{else}}}} in {context}")),
            _ => Ok(Node::Other),
        }
    }

    fn control(&mut self, word: Word) -> Parsed<Node> {
        let context = match word {
            Word::If => "if",
            Word::With => "with",
            Word::Range => "range",
        };
        let scope = self.variables.len();
        let pipeline = self.pipeline(context, &Kind::RightDelim)?;
        let range = usize::from(word == Word::Range);
        self.ranges += range;
        let (then, ending) = self.deeper(|it| it.list(false))?;
        self.ranges -= range;
        let mut other = Vec::new();
        if ending == Some(Ending::Else) {
            if word != Word::Range && self.is_keyword(context) {
                self.next += 1;
                other.push(self.deeper(|it| it.control(word))?);
            } else {
                let (nodes, ending) = self.deeper(|it| it.list(false))?;
                other = nodes;
                if ending == Some(Ending::Else) {
                    return self.refuse("expected end; found {{else}}");
                }
            }
        }
        self.variables.truncate(scope);
        Ok(Node::Control { word, pipeline, then, other })
    }
}
