//! The small grammars: whatever the text, the bytes that an answer names are bytes of the text.

#![no_main]

use std::fmt::Debug;
use std::ops::Range;

use libfuzzer_sys::fuzz_target;
use swarm_plan::value::cast::Cast;
use swarm_plan::value::constraint::{self, Constraint};
use swarm_plan::value::{
    Part, Refusal, capability, cpus, digest, duration, env_file, extra_host, image, interpolation,
    key_value, mount, number, path, port, quote, restart, shlex, size, template,
};

const VARIABLES: &[(&str, &str)] =
    &[("A", ""), ("TAG", "1.27"), ("N", "-9223372036854775808"), ("ODD", "${TAG} $$ ä\u{1b}\n")];

fuzz_target!(|text: &str| {
    variables(text);
    refused(text, image::parse(text)).map(|it| image(text, &it));
    refused(text, mount::parse(text)).map(|it| mount(text, &it));
    refused(text, port::parse(text)).map(|it| {
        inside(text, &it.target_range);
        it.published_range.iter().for_each(|it| inside(text, it));
        it.ignored_address.iter().for_each(|it| part(text, it));
    });
    refused(text, constraint::parse(text)).map(|it: Constraint| {
        part(text, &it.key_part);
        part(text, &it.value);
        it.is_hopeless();
    });
    if let Some(nanoseconds) = refused(text, duration::parse(text)) {
        let shown = duration::format(nanoseconds);
        assert_eq!(duration::parse(&shown), Ok(nanoseconds), "{shown}");
    }
    refused(text, size::parse(text));
    refused(text, cpus::parse(text));
    refused(text, shlex::split(text));
    refused(text, digest::check(text));
    refused(text, restart::parse(text));
    env_file(text.as_bytes());
    let pair = key_value::split(text);
    part(text, &pair.key);
    pair.value.iter().for_each(|it| part(text, it));
    extra_host::from_item(text);
    for it in template::placeholders(text) {
        inside(text, &it.range);
        it.fields.iter().for_each(|it| part(text, it));
    }
    capability::effective(&[text, "ALL"], &["CAP_SYS_ADMIN", text]);
    let _ = number::atoi(text);
    if let Ok(number) = number::parse_float(text) {
        number::format_float(number);
        number::format_float_plainly(number);
    }
    for home in [None, Some("/root")] {
        path::resolve_bind(text, home, "/stack");
    }
    assert_eq!(path::clean(&path::clean(text)), path::clean(text));
    assert!(!quote::quote(text).contains(|c: char| c.is_control()), "{}", quote::quote(text));
});

fn variables(text: &str) {
    let lookup = |name: &str| {
        let found = VARIABLES.iter().find(|it| it.0 == name);
        found.map(|it| it.1.to_owned())
    };
    let done = interpolation::substitute(text, &lookup);
    for it in &done.uses {
        inside(text, &it.range);
        inside(text, &it.name_range);
        assert_eq!(text[it.name_range.clone()], it.written);
    }
    for it in done.lost.iter().chain(done.result.as_ref().err()) {
        inside(text, &it.range);
        it.message("services.web.image");
    }
    if let Ok(result) = &done.result {
        assert_eq!(done.changed, result != text);
        for cast in [Cast::Integer, Cast::Float, Cast::Boolean] {
            let _ = cast.apply(result);
        }
    }
}

fn image(text: &str, it: &image::Image) {
    inside(text, &it.path_range);
    it.domain_range.iter().for_each(|it| inside(text, it));
    it.tag.iter().chain(&it.digest).for_each(|it| part(text, it));
    let familiar = it.familiar();
    let again = image::parse(&familiar).map(|it| it.familiar());
    assert_eq!(again.as_ref(), Ok(&familiar), "{text:?}");
}

fn mount(text: &str, it: &mount::Mount) {
    part(text, &it.target);
    let options = it.source.iter().chain(&it.propagation).chain(&it.ignored_options);
    options.for_each(|it| part(text, it));
    it.resolve_source(Some("/root"), "/stack");
}

fn env_file(bytes: &[u8]) {
    match env_file::parse(bytes) {
        Ok(variables) => {
            for it in variables {
                assert!(bytes.get(it.range).is_some() && it.line > 0);
            }
        }
        Err(it) => {
            assert!(bytes.get(it.refusal.range.clone()).is_some() && it.line > 0);
            it.message("web.env");
        }
    }
}

fn refused<T: Debug>(text: &str, answer: Result<T, Refusal>) -> Option<T> {
    if let Err(it) = &answer {
        inside(text, &it.range);
        assert!(!it.message.is_empty());
    }
    answer.ok()
}

fn part(text: &str, it: &Part) {
    inside(text, &it.range);
}

fn inside(text: &str, range: &Range<usize>) {
    assert!(text.get(range.clone()).is_some(), "{range:?} is not in {text:?}");
}
