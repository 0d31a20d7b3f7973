//! How deep texts may nest, and a stack that is large enough for it. The main thread allocates
//! faster than any other, so only a text that may nest deeply goes elsewhere.

use crate::source::Sources;

/// What the main thread's stack surely holds.
const SHALLOW: usize = 300;

/// Enough for a text that nests as deep as Docker reads; only what is used is taken.
pub(super) const STACK_BYTES: usize = 512 << 20;

/// Whether one of these texts may nest deeply.
pub(super) fn is_deep(sources: &Sources) -> bool {
    sources.all().any(|(_, it)| bound(&it.text) > SHALLOW)
}

/// Does some work, on a large stack if it is on deep texts.
///
/// # Panics
///
/// When the work does.
pub(super) fn work<T: Send>(deep: bool, work: impl FnOnce() -> T + Send) -> T {
    if !deep {
        return work();
    }
    std::thread::scope(|scope| {
        let worker = std::thread::Builder::new().stack_size(STACK_BYTES);
        let worker = worker.spawn_scoped(scope, work).map(std::thread::ScopedJoinHandle::join);
        match worker {
            Ok(Ok(done)) => done,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            Err(error) => std::panic::panic_any(error.to_string()),
        }
    })
}

/// No text nests deeper than this: each level of block style is indented further or begins a list
/// in its parent's column, and each of flow style opens a bracket.
fn bound(text: &str) -> usize {
    let (mut indent, mut dashes, mut open, mut deepest) = (0, 0, 0_usize, 0);
    for line in text.as_bytes().split(|it| matches!(it, b'\n' | b'\r')) {
        let content = line.trim_ascii_start();
        indent = indent.max(line.len() - content.len());
        dashes =
            dashes.max(content.windows(2).filter(|it| matches!(**it, [b'-' | b'?', b' '])).count());
        let (opened, closed) = brackets(content);
        open = (open + opened).saturating_sub(closed);
        deepest = deepest.max(open + closed);
    }
    2 * indent + dashes + deepest
}

/// The brackets that a line may open, quoted or not, and those that it surely closes.
fn brackets(line: &[u8]) -> (usize, usize) {
    let (mut opened, mut closed, mut quote) = (0, 0, None);
    for (at, &byte) in line.iter().enumerate() {
        match byte {
            b'[' | b'{' => opened += 1,
            b']' | b'}' if quote.is_none() => closed += 1,
            b'#' if quote.is_none() && at > 0 && line[at - 1] == b' ' => return (opened, closed),
            b'"' | b'\'' => match quote {
                None => quote = Some(byte),
                Some(it) if it == byte => quote = None,
                Some(_) => {}
            },
            _ => {}
        }
    }
    // An apostrophe in a plain text looks like an open quote; then nothing surely closes.
    if quote.is_some() { (opened, 0) } else { (opened, closed) }
}

#[cfg(test)]
mod tests {
    use super::{SHALLOW, bound};

    #[test]
    fn usual_files_are_shallow() {
        let service = "  web:\n    command: [a, \"b [\", 'c']\n    image: nginx # [\n";
        assert!(bound(&format!("services:\n{}", service.repeat(50))) <= SHALLOW);
    }

    #[test]
    fn whatever_nests_deeply_is_seen() {
        let nested: Vec<_> = (0..400).map(|it| " ".repeat(it) + "a:\n").collect();
        for text in [
            "[".repeat(400),
            "{a: ".repeat(400),
            "- ".repeat(400),
            "- [\n".repeat(400),
            "- it's [\n".repeat(400),
            nested.concat(),
        ] {
            assert!(bound(&text) > SHALLOW, "{}", &text[..20]);
        }
    }
}
