//! No text, however odd, makes a grammar panic.

use proptest::prelude::*;

use crate::value::{
    capability, cast, constraint, cpus, duration, env_file, extra_host, image, interpolation,
    key_value, mount, number, path, port, quote, restart, shlex, size, template,
};

/// Gives the text to every grammar, and counts those that take it.
fn read_all(text: &str) -> usize {
    let lookup = |name: &str| name.len().is_multiple_of(2).then(|| name.to_owned());
    let _ = quote::quote(text);
    let _ = capability::effective(&[text], &[text]);
    let _ = path::resolve_bind(text, Some(text), text);
    let _ = path::is_windows_absolute(text);
    let _ = extra_host::from_item(text);
    let _ = key_value::split(text);
    let _ = template::placeholders(text);
    let _ = cast::Cast::for_path(text);
    let constraint = constraint::parse(text);
    if let Ok(constraint) = &constraint {
        let _ = constraint.is_hopeless();
    }
    [
        duration::parse(text).is_ok(),
        size::parse(text).is_ok(),
        cpus::parse(text).is_ok(),
        shlex::split(text).is_ok(),
        port::parse(text).is_ok(),
        mount::parse(text).is_ok(),
        image::parse(text).is_ok(),
        constraint.is_ok(),
        interpolation::substitute(text, &lookup).result.is_ok(),
        env_file::parse(text.as_bytes()).is_ok(),
        restart::parse(text).is_ok(),
        number::atoi(text).is_ok(),
        number::parse_float(text).is_ok(),
        cast::Cast::Boolean.apply(text).is_ok(),
    ]
    .iter()
    .filter(|it| **it)
    .count()
}

proptest! {
    #[test]
    fn any_text_is_read_without_panic(text in "\\PC{0,40}") {
        prop_assert!(read_all(&text) <= 14);
    }

    #[test]
    fn texts_of_telling_characters_are_read_without_panic(
        text in "[-+:/.,_=!?$@%#\\\\{}()\\[\\]'\"~ \\n\\r\\t\\x000-9abcehkmnopstuxzKEPSé世ſ\u{212a}\u{130}]{0,24}",
    ) {
        prop_assert!(read_all(&text) <= 14);
    }

    #[test]
    fn any_bytes_are_read_without_panic(file in proptest::collection::vec(any::<u8>(), 0..200)) {
        let ranges = match env_file::parse(&file) {
            Ok(variables) => variables.into_iter().map(|it| it.range).collect(),
            Err(bad) => vec![bad.refusal.range],
        };
        prop_assert!(ranges.iter().all(|it| it.end <= file.len()));
    }

    #[test]
    fn durations_survive_a_round_trip(nanoseconds: i64) {
        prop_assert_eq!(duration::parse(&duration::format(nanoseconds)), Ok(nanoseconds));
    }

    #[test]
    fn floats_survive_a_round_trip(number: f64) {
        prop_assume!(number.is_finite());
        prop_assert_eq!(number::parse_float(&number::format_float(number)), Ok(number));
        prop_assert_eq!(number::parse_float(&number::format_float_plainly(number)), Ok(number));
    }
}
