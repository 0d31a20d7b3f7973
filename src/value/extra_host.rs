//! Entries of `extra_hosts`: more lines for the container's `/etc/hosts`.

use std::fmt;

use crate::value::number::format_float_plainly;

/// A name and the address it stands for. Nothing is checked; `host-gateway` is an address, too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExtraHost {
    pub name: String,
    pub address: String,
}

impl fmt::Display for ExtraHost {
    /// As Swarm wants it: `ADDRESS NAME`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.address, self.name)
    }
}

/// An item of a list: `NAME=ADDRESS` or `NAME:ADDRESS`. Docker drops an item without separator.
pub fn from_item(item: &str) -> Option<ExtraHost> {
    let (name, address) = item.split_once('=').or_else(|| item.split_once(':'))?;
    Some(from_pair(&format!("{name}:{address}")))
}

/// The entries of a mapping, without null ones, in Docker's order: sorted by `NAME:ADDRESS`.
pub fn from_mapping<'a>(entries: impl IntoIterator<Item = (&'a str, Value<'a>)>) -> Vec<ExtraHost> {
    let pairs = entries.into_iter().map(|(name, value)| format!("{name}:{value}"));
    let mut pairs: Vec<String> = pairs.collect();
    pairs.sort_unstable();
    pairs.iter().map(|it| from_pair(it)).collect()
}

/// A value of the mapping. Numbers come out as Go's complaint about a number in place of a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'a> {
    Text(&'a str),
    Integer(i64),
    /// An integer beyond the range of [`Value::Integer`].
    Unsigned(u64),
    Float(f64),
}

impl fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Integer(number) => write!(f, "%!s(int={number})"),
            Self::Unsigned(number) => write!(f, "%!s(uint64={number})"),
            Self::Float(number) => write!(f, "%!s(float64={})", format_float_plainly(*number)),
        }
    }
}

/// Splits at the first colon, and takes one pair of brackets off the address.
fn from_pair(pair: &str) -> ExtraHost {
    let (name, address) = pair.split_once(':').unwrap_or((pair, ""));
    let inside = address.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
    let address = inside.filter(|it| !it.is_empty()).unwrap_or(address);
    ExtraHost { name: name.to_owned(), address: address.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{Value, from_item, from_mapping};

    #[test]
    fn items_are_split_at_an_equals_sign_or_else_a_colon() {
        for (item, line) in [
            ("a:1.2.3.4", Some("1.2.3.4 a")),
            ("a=1.2.3.4", Some("1.2.3.4 a")),
            ("a=b:c", Some("b:c a")),
            ("a:b=c", Some("b:c a")),
            ("a:::1", Some("::1 a")),
            ("a:[::1]", Some("::1 a")),
            ("a:[]", Some("[] a")),
            ("a:[[x]]", Some("[x] a")),
            ("h:host-gateway", Some("host-gateway h")),
            ("a: 1.2.3.4", Some(" 1.2.3.4 a")),
            ("a b:1.1.1.1", Some("1.1.1.1 a b")),
            ("a:", Some(" a")),
            ("justname", None),
            ("", None),
        ] {
            assert_eq!(from_item(item).map(|it| it.to_string()).as_deref(), line, "{item}");
        }
    }

    #[test]
    fn mappings_are_sorted_and_numbers_misprinted() {
        let hosts = from_mapping([
            ("z", Value::Text("[::1]")),
            ("b", Value::Float(1.5)),
            ("a", Value::Integer(3)),
            ("c", Value::Unsigned(u64::MAX)),
            ("a", Value::Text("")),
        ]);
        let lines: Vec<_> = hosts.iter().map(ToString::to_string).collect();
        let unsigned = "%!s(uint64=18446744073709551615) c";
        assert_eq!(lines, [" a", "%!s(int=3) a", "%!s(float64=1.5) b", unsigned, "::1 z"]);
    }
}
