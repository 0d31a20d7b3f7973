//! Swarm's placeholders, such as `{{.Node.Hostname}}`, tried out as the manager tries them: with
//! a made-up node and task. Go's templates, as far as placeholders need them; what goes further
//! is taken as accepted, and its result as unknown.

mod eval;
mod function;
mod lex;
mod literal;
mod node;
mod parse;
mod pipeline;
mod reader;
mod value;

#[cfg(test)]
mod tests;

/// The text with its placeholders replaced; none where the result cannot be told. Refused in
/// Go's words.
pub(crate) fn expand(text: &str) -> Result<Option<String>, String> {
    if !text.contains("{{") {
        return Ok(Some(text.to_owned()));
    }
    match parse::parse(text) {
        Ok(nodes) => eval::run(text, &nodes),
        Err(reader::Stop::Refused(message)) => Err(message),
        Err(reader::Stop::TooMuch) => Ok(None),
    }
}
