//! Reads pipelines: commands, their operands, and the variables that get the result.

use super::function;
use super::lex::Kind;
use super::literal;
use super::node::{Command, Operand, Pipeline, What};
use super::reader::{Parsed, Parser, Stop};
use crate::value::quote::quote;

const MOST_VARIABLES: usize = 200;

impl Parser<'_> {
    pub(super) fn pipeline(&mut self, context: &str, end: &Kind) -> Parsed<Pipeline> {
        self.skip_space();
        let mut pipeline = Pipeline { at: self.peek().at, ..Pipeline::default() };
        self.declarations(context, &mut pipeline)?;
        loop {
            let token = self.take_solid();
            match token.kind {
                ref kind if kind == end => break,
                Kind::Bool
                | Kind::CharConstant
                | Kind::Field
                | Kind::Identifier
                | Kind::Number
                | Kind::String
                | Kind::Variable
                | Kind::LeftParen => {}
                Kind::Keyword if [".", "nil"].contains(&token.text) => {}
                _ => return self.unexpected(&token, context),
            }
            self.next -= 1;
            pipeline.commands.push(self.command()?);
        }
        if pipeline.commands.is_empty() {
            return self.refuse(format!("missing value for {context}"));
        }
        for (index, command) in pipeline.commands.iter().enumerate().skip(1) {
            let stage = index + 1;
            if !command.0.first().is_some_and(Operand::can_run) {
                return self.refuse(format!("non executable command in pipeline stage {stage}"));
            }
        }
        Ok(pipeline)
    }

    fn declarations(&mut self, context: &str, pipeline: &mut Pipeline) -> Parsed<()> {
        loop {
            self.skip_space();
            let start = self.next;
            let variable = self.peek();
            if variable.kind != Kind::Variable {
                return Ok(());
            }
            self.next += 1;
            let sign = self.take_solid();
            let comma = sign.kind == Kind::Char && sign.text == ",";
            if !comma && sign.kind != Kind::Assign && sign.kind != Kind::Declare {
                self.next = start;
                return Ok(());
            }
            pipeline.assigns = sign.kind == Kind::Assign;
            pipeline.variables.push(variable.text.to_owned());
            self.variables.push(variable.text.to_owned());
            if self.variables.len() > MOST_VARIABLES {
                return Err(Stop::TooMuch);
            }
            if !comma {
                return Ok(());
            }
            if context != "range" || pipeline.variables.len() > 1 {
                return self.refuse(format!("too many declarations in {context}"));
            }
            self.skip_space();
            if !matches!(self.peek().kind, Kind::Variable | Kind::RightDelim | Kind::RightParen) {
                return self.refuse("range can only initialize variables");
            }
        }
    }

    fn command(&mut self) -> Parsed<Command> {
        let mut command = Command::default();
        loop {
            self.skip_space();
            command.0.extend(self.operand()?);
            let token = self.take();
            match token.kind {
                Kind::Space => {}
                Kind::RightDelim | Kind::RightParen => {
                    self.next -= 1;
                    break;
                }
                Kind::Pipe => break,
                _ => return self.unexpected(&token, "operand"),
            }
        }
        if command.0.is_empty() { self.refuse("empty command") } else { Ok(command) }
    }

    fn operand(&mut self) -> Parsed<Option<Operand>> {
        let Some(first) = self.term()? else { return Ok(None) };
        let at = self.peek().at;
        let mut names = Vec::new();
        while self.peek().kind == Kind::Field {
            names.push(self.take().text[1..].to_owned());
        }
        if names.is_empty() {
            return Ok(Some(first));
        }
        let what = match first.what {
            What::Field(mut all) => {
                all.append(&mut names);
                What::Field(all)
            }
            What::Variable(mut all) => {
                all.append(&mut names);
                What::Variable(all)
            }
            What::Function(_) | What::Pipeline(_) | What::Chain(..) => {
                What::Chain(Box::new(first), names)
            }
            _ => {
                let term = quote(&first.to_string());
                return self.refuse(format!("unexpected . after term {term}"));
            }
        };
        Ok(Some(Operand { at, what }))
    }

    fn term(&mut self) -> Parsed<Option<Operand>> {
        let token = self.take_solid();
        let text = token.text.to_owned();
        let what = match token.kind {
            Kind::Identifier if !function::exists(&text) => {
                return self.refuse(format!("function {} not defined", quote(&text)));
            }
            Kind::Identifier => What::Function(text),
            Kind::Keyword if text == "." => What::Dot,
            Kind::Keyword if text == "nil" => What::Nil,
            Kind::Variable if !self.variables.contains(&text) => {
                return self.refuse(format!("undefined variable {}", quote(&text)));
            }
            Kind::Variable => What::Variable(vec![text]),
            Kind::Field => What::Field(vec![text[1..].to_owned()]),
            Kind::Bool => What::Bool(text),
            Kind::Number if !literal::is_number(&text) => {
                return self.refuse(format!("illegal number syntax: {}", quote(&text)));
            }
            Kind::CharConstant
                if literal::unquote(&text).is_none_or(|it| it.chars().count() != 1) =>
            {
                return self.refuse(format!("malformed character constant: {text}"));
            }
            Kind::Number | Kind::CharConstant => What::Number(text),
            Kind::String => match literal::unquote(&text) {
                Some(inner) => What::Text(text, inner),
                None => return self.refuse("invalid syntax"),
            },
            Kind::LeftParen => What::Pipeline(
                self.deeper(|it| it.pipeline("parenthesized pipeline", &Kind::RightParen))?,
            ),
            _ => {
                self.next -= 1;
                return Ok(None);
            }
        };
        Ok(Some(Operand { at: token.at, what }))
    }
}

impl Operand {
    /// Whether it may stand behind a `|`.
    fn can_run(&self) -> bool {
        !matches!(
            self.what,
            What::Dot | What::Nil | What::Bool(_) | What::Number(_) | What::Text(..)
        )
    }
}
