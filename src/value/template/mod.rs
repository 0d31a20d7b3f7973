//! Swarm's placeholders such as `{{.Node.Hostname}}`.
//!
//! The manager fills them in environment values, the hostname, sources and targets of mounts, and
//! labels and options of their volumes, and nowhere else.

mod lex;

use std::ops::Range;

use lex::{Token, tokens};

use crate::value::Part;

/// The fields a placeholder may name.
pub const FIELDS: &[&str] = &[
    ".Service.ID",
    ".Service.Name",
    ".Service.Labels",
    ".Node.ID",
    ".Node.Hostname",
    ".Node.Platform.Architecture",
    ".Node.Platform.OS",
    ".Task.ID",
    ".Task.Name",
    ".Task.Slot",
];

/// The functions a placeholder may call: Go's own and Swarm's `join`.
pub const FUNCTIONS: &[&str] = &[
    "and", "call", "eq", "ge", "gt", "html", "index", "join", "js", "le", "len", "lt", "ne", "not",
    "or", "print", "printf", "println", "slice", "urlquery",
];

/// Words of Go's template language that are no functions.
const KEYWORDS: &[&str] = &[
    "block", "break", "continue", "define", "else", "end", "false", "if", "nil", "range",
    "template", "true", "with",
];

/// Words after which a field need not belong to Swarm's own data.
const REBINDING: &[&str] = &["block", "define", "range", "template", "with"];

/// One `{{…}}` of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placeholder {
    /// The bytes from `{{` to `}}`.
    pub range: Range<usize>,
    /// The fields it names, such as `.Node.Hostname`.
    pub fields: Vec<Part>,
    /// What the manager refuses in it.
    pub problems: Vec<Problem>,
}

/// Why the manager refuses a placeholder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// There is no `}}`.
    Unclosed,
    /// There is nothing between the braces.
    Empty,
    /// No such field.
    UnknownField(Part),
    /// `.Service.Labels.NAME`: refused when the service is created, as labels are filled in later.
    /// `index .Service.Labels "NAME"` works.
    LabelField(Part),
    /// No such function.
    UnknownFunction(Part),
}

/// The placeholders of a text, in order.
pub fn placeholders(text: &str) -> Vec<Placeholder> {
    let (mut found, mut at, mut rebound) = (Vec::new(), 0, false);
    while let Some(start) = text.get(at..).and_then(|it| it.find("{{")).map(|it| at + it) {
        let (tokens, end) = tokens(text, start + 2);
        let range = start..end.unwrap_or(text.len());
        at = range.end;
        let mut placeholder = Placeholder { range, fields: Vec::new(), problems: Vec::new() };
        if tokens.is_empty() && end.is_some() {
            placeholder.problems.push(Problem::Empty);
        }
        for token in tokens {
            match token {
                Token::Field(part) => placeholder.add_field(part, rebound),
                Token::Word(part) if FUNCTIONS.contains(&part.text.as_str()) => {}
                Token::Word(part) if KEYWORDS.contains(&part.text.as_str()) => {
                    rebound |= REBINDING.contains(&part.text.as_str());
                }
                Token::Word(part) => placeholder.problems.push(Problem::UnknownFunction(part)),
                Token::Other => {}
            }
        }
        if end.is_none() {
            placeholder.problems.push(Problem::Unclosed);
        }
        found.push(placeholder);
    }
    found
}

impl Placeholder {
    fn add_field(&mut self, part: Part, rebound: bool) {
        let text = part.text.as_str();
        let inner = |it: &&str| it.strip_prefix(text).is_some_and(|rest| rest.starts_with('.'));
        let known = FIELDS.contains(&text) || FIELDS.iter().any(inner);
        if rebound || known {
            // Nothing to say.
        } else if text.starts_with(".Service.Labels.") {
            self.problems.push(Problem::LabelField(part.clone()));
        } else {
            self.problems.push(Problem::UnknownField(part.clone()));
        }
        self.fields.push(part);
    }
}

#[cfg(test)]
mod tests {
    use super::{Problem, placeholders};

    fn problems(text: &str) -> Vec<String> {
        let word = |problem: &Problem| match problem {
            Problem::Unclosed => "unclosed".to_owned(),
            Problem::Empty => "empty".to_owned(),
            Problem::UnknownField(part) => format!("field {}", part.text),
            Problem::LabelField(part) => format!("label {}", part.text),
            Problem::UnknownFunction(part) => format!("function {}", part.text),
        };
        placeholders(text).iter().flat_map(|it| &it.problems).map(word).collect()
    }

    #[test]
    fn placeholders_know_their_fields_and_bytes() {
        let found = placeholders("é-{{.Node.Hostname}}-{{ printf \"%s}}\" .Task.Slot | len }}");
        let told: Vec<_> = found
            .iter()
            .map(|it| {
                let fields = it.fields.iter().map(|it| (it.text.as_str(), it.range.clone()));
                (it.range.clone(), fields.collect::<Vec<_>>())
            })
            .collect();
        let expected =
            [(3..21, vec![(".Node.Hostname", 5..19)]), (22..58, vec![(".Task.Slot", 39..49)])];
        assert_eq!(told, expected);
        assert!(placeholders("no {placeholder} }}").is_empty());
    }

    #[test]
    fn what_the_manager_refuses_is_told() {
        for (text, expected) in [
            ("{{.Service.Name}}.{{.Task.ID}}", &[][..]),
            ("{{.}} {{.Node}} {{- .Node.Platform.OS -}}", &[]),
            ("{{index .Service.Labels \"a.b\"}} {{/* .Nothing */}}", &[]),
            ("{{if eq .Node.ID `x`}}a{{else}}{{end}}", &[]),
            ("{{with .Node}}{{.Hostname}}{{end}} {{$x := 1}}{{$x.Y}}", &[]),
            ("{{.Service.Labels.foo}}", &["label .Service.Labels.foo"]),
            ("{{.Node.HostName}}", &["field .Node.HostName"]),
            ("{{.node.hostname}} {{env \"A\"}}", &["field .node.hostname", "function env"]),
            ("{{.Task.Slot.X}}", &["field .Task.Slot.X"]),
            ("{{}} {{ }}", &["empty", "empty"]),
            ("{{.Node.ID}", &["unclosed"]),
            ("{{ \"a }}", &["unclosed"]),
        ] {
            assert_eq!(problems(text), expected, "{text}");
        }
    }
}
