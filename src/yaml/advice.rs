//! What to say about a text that the library cannot read: where exactly it is, and what to do.

use crate::source::{SourceId, Span};
use crate::yaml::Error;
use crate::yaml::recover::{Cause, Fault};
use crate::yaml::token::{Failure, Stage};

/// The longest text that is repeated in an advice.
const SHORT: usize = 40;

/// What is known better than by the library.
struct Advice {
    start: usize,
    end: usize,
    message: String,
    help: Option<String>,
    related: Option<(usize, usize, &'static str)>,
}

/// Words a failure.
pub(super) fn explain(source: SourceId, text: &str, fault: &Fault) -> Error {
    let failure = &fault.failure;
    let advice = by_cause(text, failure, fault.cause)
        .or_else(|| by_problem(text, failure))
        .unwrap_or_else(|| plain(text, failure.at.at as usize, failure.problem));
    let span = |start: usize, end: usize| {
        let start = start.min(text.len());
        Span::new(source, start, end.clamp(start, text.len()))
    };
    Error {
        span: span(advice.start, advice.end),
        message: advice.message,
        docker: failure.docker(),
        help: advice.help,
        related: advice.related.map(|(start, end, what)| (span(start, end), what.to_owned())),
    }
}

/// The library's words at the word that stands at a place.
fn plain(text: &str, at: usize, problem: &str) -> Advice {
    let (start, end) = word(text, at);
    Advice { start, end, message: problem.to_owned(), help: None, related: None }
}

fn by_cause(text: &str, failure: &Failure, cause: Cause) -> Option<Advice> {
    Some(match cause {
        Cause::Unknown => return None,
        Cause::Tab => {
            let line = line(text, failure.at.at as usize);
            let content = line.0 + indentation(text, line);
            let message = "a tab is used for indentation".to_owned();
            let help = Some("use spaces, YAML takes no tabs there".to_owned());
            Advice { start: line.0, end: content, message, help, related: None }
        }
        Cause::OpenQuote(start) => {
            let quote = char_at(text, start);
            let message = format!("the quote `{quote}` is not closed");
            let help = Some(format!("add a `{quote}` at the end of the text"));
            Advice { start, end: content_end(text, start), message, help, related: None }
        }
        Cause::OpenBracket { start, end } => {
            let (open, close) = if char_at(text, start) == '{' { ('{', '}') } else { ('[', ']') };
            Advice {
                start: last_character(text, end),
                end,
                message: format!("a `{close}` or a comma is missing here"),
                help: Some(format!("close the `{open}` with `{close}`")),
                related: Some((start, start + 1, "opened here")),
            }
        }
        Cause::NeedsQuotes { start, end } => {
            let value = text.get(start..end)?;
            let first = char_at(text, start);
            let message = match first {
                '@' | '`' | '%' => format!("a value without quotes cannot begin with `{first}`"),
                '*' | '&' => format!("`{first}` without quotes begins an anchor's name"),
                _ if value.contains(": ") || value.ends_with(':') => {
                    "a value without quotes cannot contain a colon and a space".to_owned()
                }
                _ if failure.problem.contains("','") => "this needs quotes in brackets".to_owned(),
                _ => return None,
            };
            // The value may be a secret, so it is not repeated.
            let help = Some("put the value in quotes".to_owned());
            Advice { start, end, message, help, related: None }
        }
        Cause::Indentation { width } => {
            let line = line(text, failure.at.at as usize);
            let start = line.0 + indentation(text, line);
            let (_, end) = word(text, start);
            let message = "the indentation fits none of the lines above".to_owned();
            let help = Some(format!("indent it with {width} spaces, as the lines above are"));
            Advice { start, end, message, help, related: None }
        }
        Cause::MissingSpace { start, end } => {
            let (key, _) = text.get(start..end)?.split_once(':')?;
            let message = "a space is missing after the colon".to_owned();
            let help = Some(format!("write `{key}: …`"));
            Advice { start, end, message, help, related: None }
        }
        Cause::MissingColon { start, end } => {
            let key = text.get(start..end)?;
            let message = format!("`{key}` has no colon");
            let help = Some(format!("write `{key}:`, or remove it"));
            Advice { start, end, message, help, related: None }
        }
    })
}

fn by_problem(text: &str, failure: &Failure) -> Option<Advice> {
    let at = failure.at.at as usize;
    let context = failure.context.map_or(at, |it| it.at as usize);
    let (start, end, message, help) = match failure.problem {
        "control characters are not allowed" => {
            let character = char_at(text, at);
            let message = format!("control character U+{:04X}", u32::from(character));
            let help = "remove it, or write it as an escape in double quotes";
            (at, at + character.len_utf8(), message, help.to_owned())
        }
        "found unexpected end of stream" | "found unexpected document indicator" => {
            return by_cause(text, failure, Cause::OpenQuote(context));
        }
        "found unknown escape character" => {
            let escape = text.get(at..)?.chars().take(2).collect::<String>();
            let help = if escape == "\\/" {
                "write `/` alone"
            } else {
                "write `\\\\` for a backslash, or use single quotes"
            };
            (at, at + escape.len(), format!("unknown escape `{escape}`"), help.to_owned())
        }
        "did not find expected alphabetic or numeric character" => {
            let sign = char_at(text, context);
            let (_, end) = word(text, context);
            let message =
                format!("what follows `{sign}` is no name of letters, digits, `_` and `-`");
            let help = "put the value in quotes if it is no anchor or alias";
            (context, end, message, help.to_owned())
        }
        "could not find expected ':'" => {
            let end = content_end(text, context);
            let message = "a key without a colon".to_owned();
            let line = text.get(context..end)?;
            let help = match line.split_once(':') {
                Some((key, value)) if line.len() <= SHORT && !value.is_empty() => {
                    format!("write `{key}: …`, with a space after the colon")
                }
                _ => "add a colon and a value, or remove it".to_owned(),
            };
            (context, end, message, help)
        }
        "found character that cannot start any token" if char_at(text, at) == '\t' => {
            return by_cause(text, failure, Cause::Tab);
        }
        "found character that cannot start any token" => {
            let character = char_at(text, at);
            let (start, end) = word(text, at);
            let message = format!("nothing can begin with `{character}` here");
            (start, end, message, "put the value in quotes".to_owned())
        }
        "block sequence entries are not allowed in this context" => {
            let message = "a list cannot begin here".to_owned();
            (at, at + 1, message, "put the `-` on a line of its own below the key".to_owned())
        }
        "mapping values are not allowed in this context" => {
            let message = "a colon and a space cannot stand here".to_owned();
            let help = "put the value in quotes, or check the line above and the indentation";
            (at, at + 1, message, help.to_owned())
        }
        "did not find expected ',' or ']'" | "did not find expected ',' or '}'" => {
            let (start, end) = word(text, at);
            let open = char_at(text, context);
            let close = if open == '{' { '}' } else { ']' };
            return Some(Advice {
                start,
                end,
                message: format!("expected a comma or `{close}`"),
                help: Some(format!("close the `{open}` with `{close}`, or put text in quotes")),
                related: Some((context, context + 1, "opened here")),
            });
        }
        "found incompatible YAML document" | "found unknown directive name" => {
            let (start, end) = (at.min(context), content_end(text, at.min(context)));
            let message = "a directive that Docker does not know".to_owned();
            (start, end, message, "remove the line; only `%YAML 1.1` is read".to_owned())
        }
        "did not find expected key" | "did not find expected '-' indicator" => {
            let (start, end) = word(text, at);
            let message = if char_at(text, at) == '-' {
                "a list item where a key is expected".to_owned()
            } else {
                "this fits nothing above it".to_owned()
            };
            (start, end, message, "check the indentation and the quotes above".to_owned())
        }
        problem if failure.stage == Stage::Scanner && context < at => {
            (context, at, problem.to_owned(), String::new())
        }
        _ => return None,
    };
    let help = Some(help).filter(|it| !it.is_empty());
    Some(Advice { start, end, message, help, related: None })
}

fn char_at(text: &str, at: usize) -> char {
    text.get(at..).and_then(|it| it.chars().next()).unwrap_or(' ')
}

/// The line around a place, its break left out.
fn line(text: &str, at: usize) -> (usize, usize) {
    let at = at.min(text.len());
    let before = text.get(..at).and_then(|it| it.rfind(['\n', '\r']));
    let after = text.get(at..).and_then(|it| it.find(['\n', '\r']));
    (before.map_or(0, |it| it + 1), after.map_or(text.len(), |it| at + it))
}

fn indentation(text: &str, line: (usize, usize)) -> usize {
    let line = text.get(line.0..line.1).unwrap_or_default();
    line.len() - line.trim_start_matches([' ', '\t']).len()
}

/// Where the content of a place's line ends.
fn content_end(text: &str, at: usize) -> usize {
    let (_, end) = line(text, at);
    let rest = text.get(at..end).unwrap_or_default();
    at + rest.trim_end().len()
}

/// What stands at a place without a blank.
fn word(text: &str, at: usize) -> (usize, usize) {
    let (_, end) = line(text, at);
    let rest = text.get(at..end).unwrap_or_default();
    (at, at + rest.find([' ', '\t']).unwrap_or(rest.len()))
}

fn last_character(text: &str, end: usize) -> usize {
    let before = text.get(..end).unwrap_or_default();
    end - before.chars().next_back().map_or(0, char::len_utf8)
}
