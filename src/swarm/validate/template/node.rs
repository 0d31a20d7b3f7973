//! The tree of a template, and how Go prints its parts.

use std::fmt;

/// What stands in a text one after the other.
#[derive(Debug)]
pub(super) enum Node {
    Text(String),
    Action(Pipeline),
    /// `if`, `with` and `range`.
    Control {
        word: Word,
        pipeline: Pipeline,
        then: Vec<Node>,
        other: Vec<Node>,
    },
    /// Something that placeholders do not need, such as `{{template "x"}}`.
    Other,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    If,
    With,
    Range,
}

/// Commands of which each passes its result on.
#[derive(Debug, Default)]
pub(super) struct Pipeline {
    /// The byte offset in the text.
    pub(super) at: usize,
    /// The variables that get the result.
    pub(super) variables: Vec<String>,
    pub(super) assigns: bool,
    pub(super) commands: Vec<Command>,
}

/// A function or value and its arguments; never empty.
#[derive(Debug, Default)]
pub(super) struct Command(pub(super) Vec<Operand>);

#[derive(Debug)]
pub(super) struct Operand {
    /// The byte offset in the text.
    pub(super) at: usize,
    pub(super) what: What,
}

#[derive(Debug)]
pub(super) enum What {
    Dot,
    Nil,
    Bool(String),
    Number(String),
    /// As it is written, and what it says.
    Text(String, String),
    /// `.A.B`
    Field(Vec<String>),
    /// `$a.B`: the variable, then fields.
    Variable(Vec<String>),
    Function(String),
    Pipeline(Pipeline),
    /// `(…).A.B`, or `name.A.B`.
    Chain(Box<Operand>, Vec<String>),
}

impl fmt::Display for Pipeline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.variables.is_empty() {
            let sign = if self.assigns { "=" } else { ":=" };
            write!(f, "{} {sign} ", self.variables.join(", "))?;
        }
        let commands: Vec<_> = self.commands.iter().map(ToString::to_string).collect();
        f.write_str(&commands.join(" | "))
    }
}

impl fmt::Display for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operands: Vec<_> = self.0.iter().map(ToString::to_string).collect();
        f.write_str(&operands.join(" "))
    }
}

impl fmt::Display for Operand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.what {
            What::Dot => f.write_str("."),
            What::Nil => f.write_str("nil"),
            What::Bool(text) | What::Number(text) | What::Text(text, _) | What::Function(text) => {
                f.write_str(text)
            }
            What::Field(names) => names.iter().try_for_each(|name| write!(f, ".{name}")),
            What::Variable(names) => f.write_str(&names.join(".")),
            What::Pipeline(pipeline) => write!(f, "({pipeline})"),
            What::Chain(first, names) => {
                write!(f, "{first}")?;
                names.iter().try_for_each(|name| write!(f, ".{name}"))
            }
        }
    }
}
