//! Texts that give a secret away: token shapes, passwords in URLs, credential names. Says which
//! bytes of a text leak; knows no places, and what it returns never holds a value.

mod caution;
mod checksum;
mod command;
mod encoded;
mod formats;
mod found;
mod header;
mod json;
mod leak;
mod lines;
mod name;
mod named;
mod pairs;
mod placeholder;
mod prefilter;
mod shell;
#[cfg(test)]
mod tests;
mod text;
mod token;
mod url;
mod value;
mod words;
mod written;

pub use caution::{in_commands, in_variable, shapes, suspects};
pub use leak::{Confidence, Gravity, Leak, LeakKind};
pub use text::{Context, Text};

use std::collections::BTreeMap;

use found::Findings;
use written::Written;

/// Shorter texts hold nothing that stands out, in bytes.
const SHORTEST: usize = 8;

/// The credentials in a text, in the order of the text, none over another.
pub fn find(text: &Text) -> Vec<Leak> {
    let written = read(text.value, text.context);
    let mut found = Findings::default();
    find_shapes(text, &written, &mut found);
    let whole = 0..written.text.len();
    match text.context {
        Context::Config | Context::EnvFile => lines::find(text.context, &written, &mut found),
        Context::Command | Context::Healthcheck => command::find(&whole, &written, &mut found),
        Context::Other => {}
        context => {
            if written.text.contains('\n') {
                lines::find(Context::Config, &written, &mut found);
            }
            named::find(text.name.unwrap_or_default(), whole, context, &written, &mut found);
        }
    }
    found.leaks()
}

/// The credentials in a command line that is a list of words: the word's index, and the leak in it.
pub fn find_in_words(words: &[&str]) -> Vec<(usize, Leak)> {
    let written: Vec<Written> = words.iter().map(|it| Written::interpolated(it)).collect();
    let mut found: BTreeMap<usize, Findings> = BTreeMap::new();
    for (at, (word, written)) in words.iter().zip(&written).enumerate() {
        let text = Text { name: None, value: word, context: Context::Command };
        let mut shapes = Findings::default();
        find_shapes(&text, written, &mut shapes);
        if !shapes.is_empty() {
            found.insert(at, shapes);
        }
    }
    let texts: Vec<&str> = written.iter().map(|it| &*it.text).collect();
    for (item, hit) in command::in_words(&texts) {
        if let Some(written) = written.get(item) {
            found.entry(item).or_default().add(written, hit);
        }
    }
    let leaks = |(at, it): (usize, Findings)| it.leaks().into_iter().map(move |leak| (at, leak));
    found.into_iter().flat_map(leaks).collect()
}

fn read(value: &str, context: Context) -> Written<'_> {
    if context.is_interpolated() { Written::interpolated(value) } else { Written::plain(value) }
}

/// What stands out in any text.
fn find_shapes(text: &Text, written: &Written, found: &mut Findings) {
    if text.value.len() < SHORTEST {
        return;
    }
    token::find(written, found);
    if text.context.is_interpolated() && text.value.contains('$') {
        // A hash whose dollar signs were not doubled stands in the file all the same.
        token::find_hashes(text.value, found);
    }
    url::find(written, found);
    header::find(written, found);
}
