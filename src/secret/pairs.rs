//! Passwords among `key=value` pairs: connection strings, mount options, queries of URLs.

use crate::secret::found::Findings;
use crate::secret::leak::LeakKind;
use crate::secret::name::{Level, level};
use crate::secret::named::credential;
use crate::secret::written::Written;
use std::ops::Range;

/// Finds passwords among pairs. One pair is enough where nothing else can stand (`always`).
pub(super) fn find(range: &Range<usize>, always: bool, written: &Written, found: &mut Findings) {
    let text = &written.text[range.clone()];
    if !text.contains('=') {
        return;
    }
    let least = if always { 1 } else { 2 };
    let query = text.find('?').map_or(text.len(), |it| it + 1);
    let ways = [
        (pieces(text, 0, |it| it == ';'), 2),
        (pieces(text, 0, |it| it == ','), least),
        (pieces(text, query, |it| it == '&'), 1),
        (words(text), least),
    ];
    for (pieces, least) in ways {
        let pairs: Vec<_> = pieces.into_iter().filter_map(|it| pair(text, it)).collect();
        if pairs.len() < least {
            continue;
        }
        for (name, value) in pairs {
            if level(name) >= Level::Secret {
                let value = range.start + value.start..range.start + value.end;
                credential(name, value, LeakKind::ConnectionString, written, found);
            }
        }
        return;
    }
}

/// The name and the place of the value of `name=value`.
fn pair(text: &str, piece: Range<usize>) -> Option<(&str, Range<usize>)> {
    let (name, value) = text[piece.clone()].split_once('=')?;
    let start = piece.end - value.len();
    let (name, value) = (name.trim(), value.trim_end());
    let start = start + (value.len() - value.trim_start().len());
    let value = value.trim_start();
    let is_name = name.len() < 60
        && name.starts_with(|it: char| it.is_ascii_alphabetic())
        && name.bytes().all(|it| it.is_ascii_alphanumeric() || b"_-. ".contains(&it));
    let quoted = value.len() > 1
        && ['"', '\''].iter().any(|it| value.starts_with(*it) && value.ends_with(*it));
    let value =
        if quoted { start + 1..start + value.len() - 1 } else { start..start + value.len() };
    is_name.then_some((name, value))
}

fn pieces(text: &str, from: usize, separates: impl Fn(char) -> bool) -> Vec<Range<usize>> {
    let mut start = from;
    let mut pieces = Vec::new();
    for (at, letter) in text.char_indices().filter(|(at, _)| *at >= from) {
        if separates(letter) {
            pieces.push(start..at);
            start = at + letter.len_utf8();
        }
    }
    pieces.push(start..text.len());
    pieces
}

/// Pieces between blanks that stand in no quotes; a semicolon at the end does not count.
fn words(text: &str) -> Vec<Range<usize>> {
    let text = text.trim_end_matches([';', ' ', '\n']);
    let quote = std::cell::Cell::new(None);
    pieces(text, 0, |letter| {
        match (quote.get(), letter) {
            (None, '"' | '\'') => quote.set(Some(letter)),
            (Some(open), _) if open == letter => quote.set(None),
            _ => {}
        }
        quote.get().is_none() && letter.is_whitespace()
    })
}

#[cfg(test)]
mod tests {
    use super::find;
    use crate::secret::found::Findings;
    use crate::secret::written::Written;

    fn values(text: &str, always: bool) -> Vec<String> {
        let mut found = Findings::default();
        find(&(0..text.len()), always, &Written::interpolated(text), &mut found);
        found.leaks().into_iter().map(|it| text[it.range].to_owned()).collect()
    }

    #[test]
    fn pairs_are_split_as_their_format_splits_them() {
        for text in [
            "Server=db;Database=app;User Id=sa;Password=Harbor17;",
            "username=media,password=Harbor17,uid=1000",
            "host=db user=app password=Harbor17 sslmode=disable",
            "jdbc:mysql://db/app?user=u&password=Harbor17",
            "x.PlainLoginModule required username=\"u\" password=\"Harbor17\";",
        ] {
            assert_eq!(values(text, false), ["Harbor17"], "{text}");
        }
        assert_eq!(values("password=Harbor17", true), ["Harbor17"]);
        for quiet in ["password=Harbor17", "a=1,b=2", "addr=nas,credentials=/root/.smb", "x?y"] {
            assert_eq!(values(quiet, false), [""; 0], "{quiet}");
        }
    }
}
