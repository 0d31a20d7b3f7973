//! Variables in a text, such as `${TAG:-latest}`, replaced with Docker's oddities.

mod scan;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use scan::{Found, Scanner};

use crate::value::quote::quote;

/// What becomes of a text, and which variables have a part in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Substitution {
    pub result: Result<String, Error>,
    /// Every variable, in the order of the text.
    pub uses: Vec<VariableUse>,
    /// What is wrong but goes unsaid, because a later variable makes Docker forget it; nothing
    /// stands in its place.
    pub lost: Vec<Error>,
    /// The result differs from the text. Only then Docker turns it into a number or boolean.
    pub changed: bool,
    /// A variable has neither a value nor a default.
    pub unset: bool,
}

/// One variable in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VariableUse {
    /// What Docker looks up. With two operators in one expression it may not be what one thinks:
    /// `${V:?a-b}` is variable `V:?a` with the default `b`.
    pub name: String,
    /// The name up to the first operator.
    pub written: String,
    /// The bytes of the whole expression, from `$` to the end.
    pub range: Range<usize>,
    /// The bytes of [`VariableUse::written`].
    pub name_range: Range<usize>,
    pub operator: Option<Operator>,
    /// What stands after the operator: a default or a message.
    pub argument: String,
    /// Whether the expression has braces. Without them an operator reaches to the next `}`.
    pub braced: bool,
    /// Whether the variable is set, be it to nothing.
    pub set: bool,
    /// Whether the variable gives no text: unset, or empty where the operator minds that.
    pub value_missing: bool,
}

/// What a variable's expression says about the lack of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `:-`: a default for an unset or empty variable.
    DefaultIfEmpty,
    /// `-`: a default for an unset variable.
    DefaultIfUnset,
    /// `:?`: an unset or empty variable is refused.
    RequireNonEmpty,
    /// `?`: an unset variable is refused.
    RequireSet,
}

impl Operator {
    /// In the order in which Docker looks for them in an expression.
    const ALL: [Self; 4] =
        [Self::DefaultIfEmpty, Self::DefaultIfUnset, Self::RequireNonEmpty, Self::RequireSet];

    /// The operator's characters.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DefaultIfEmpty => ":-",
            Self::DefaultIfUnset => "-",
            Self::RequireNonEmpty => ":?",
            Self::RequireSet => "?",
        }
    }
}

/// Why a text cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    pub kind: ErrorKind,
    /// The bytes of the expression at fault.
    pub range: Range<usize>,
}

/// What is wrong with an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// A `$` that neither begins an expression nor is doubled. Docker shows the whole text.
    Format { text: Arc<str> },
    /// A variable that must have a value has none.
    Required { name: String, message: String },
}

impl Error {
    /// Docker's words for a value at a path such as `services.web.image`, list items being `[]`.
    pub fn message(&self, path: &str) -> String {
        let shown = quote(&self.to_string());
        format!(
            "invalid interpolation format for {path}: {shown}; you may need to escape any $ with another $"
        )
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ErrorKind::Format { text } => f.write_str(text),
            ErrorKind::Required { name, message } => {
                write!(f, "required variable {name} is missing a value: {message}")
            }
        }
    }
}

/// Replaces the variables of a text; `lookup` gives a variable's value if it is set.
pub fn substitute(text: &str, lookup: &dyn Fn(&str) -> Option<String>) -> Substitution {
    let mut out = Substitution {
        result: Ok(String::new()),
        uses: Vec::new(),
        lost: Vec::new(),
        changed: false,
        unset: false,
    };
    let (mut result, mut copied) = (String::new(), 0);
    // Docker keeps the outcome of the last expression only; `$$` does not count as one.
    let mut error: Option<Error> = None;
    let mut whole: Option<Arc<str>> = None;
    for (range, found) in Scanner::new(text) {
        result.push_str(text.get(copied..range.start).unwrap_or_default());
        copied = range.end;
        let outcome = match found {
            Found::Dollar => {
                result.push('$');
                continue;
            }
            Found::Expression { expression, name_end, braced } => {
                let (variable, outcome) = evaluate(text, expression, name_end, lookup);
                let variable = VariableUse { range: range.clone(), braced, ..variable };
                out.unset |= !variable.set && variable.operator.is_none();
                out.uses.push(variable);
                outcome
            }
            Found::Nothing => {
                let text = whole.get_or_insert_with(|| Arc::from(text)).clone();
                Err(ErrorKind::Format { text })
            }
        };
        out.lost.extend(error.take());
        match outcome {
            Ok(value) => result.push_str(&value),
            Err(kind) => error = Some(Error { kind, range }),
        }
    }
    result.push_str(text.get(copied..).unwrap_or_default());
    out.changed = error.is_none() && result != text;
    out.result = error.map_or(Ok(result), Err);
    out
}

/// The value of one expression: the text after `$`, without braces.
fn evaluate(
    text: &str,
    expression: Range<usize>,
    name_end: usize,
    lookup: &dyn Fn(&str) -> Option<String>,
) -> (VariableUse, Result<String, ErrorKind>) {
    let name_range = expression.start..name_end;
    let written = text.get(name_range.clone()).unwrap_or_default().to_owned();
    let whole = text.get(expression).unwrap_or_default();
    let split = Operator::ALL
        .into_iter()
        .find_map(|it| whole.split_once(it.as_str()).map(|(name, rest)| (it, name, rest)));
    let (operator, name, argument) = match split {
        Some((operator, name, argument)) => (Some(operator), name, argument),
        None => (None, whole, ""),
    };
    let value = lookup(name);
    let set = value.is_some();
    let minds_empty =
        matches!(operator, Some(Operator::DefaultIfEmpty | Operator::RequireNonEmpty));
    let value = value.filter(|it| !(minds_empty && it.is_empty()));
    let variable = VariableUse {
        name: name.to_owned(),
        written,
        range: 0..0,
        name_range,
        operator,
        argument: argument.to_owned(),
        braced: false,
        set,
        value_missing: value.is_none(),
    };
    let outcome = match (value, operator) {
        (Some(value), _) => Ok(value),
        (None, Some(Operator::RequireNonEmpty | Operator::RequireSet)) => {
            Err(ErrorKind::Required { name: name.to_owned(), message: argument.to_owned() })
        }
        (None, _) => Ok(argument.to_owned()),
    };
    (variable, outcome)
}

#[cfg(test)]
mod tests;
