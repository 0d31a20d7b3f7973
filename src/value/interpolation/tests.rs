//! Recorded texts and what Docker makes of them.

use super::{Operator, Substitution, substitute};

fn lookup(name: &str) -> Option<String> {
    let value = match name {
        "A" => "a",
        "B" => "b",
        "BRACE" => "a}b",
        "DOLLAR" => "$FOO",
        "EMPTY" => "",
        "F1" => "first",
        "FOO" => "foo",
        "NAME" => "FOO",
        "NL" => "l1\nl2",
        "NUM" => "3",
        "Q" => "\"",
        "SP" => "a b",
        "X_1" => "x1",
        "YAMLISH" => "a: b",
        "lower" => "low",
        "ÜBER" => "u",
        _ => return None,
    };
    Some(value.to_owned())
}

fn run(text: &str) -> Substitution {
    substitute(text, &lookup)
}

/// The text, and either the result or what stands between the quotes of Docker's refusal.
const RECORDED: &[(&str, Result<&str, &str>)] = &[
    ("$FOO", Ok("foo")),
    ("$$FOO", Ok("$FOO")),
    ("$${FOO}", Ok("${FOO}")),
    ("$$$FOO", Ok("$foo")),
    ("$$$$", Ok("$$")),
    ("$$", Ok("$")),
    ("$ FOO", Err("$ FOO")),
    ("${1}", Err("${1}")),
    ("${}", Err("${}")),
    ("${ FOO}", Err("${ FOO}")),
    ("${FOO }", Err("${FOO }")),
    ("$FOO}", Ok("foo}")),
    ("${FOO}}", Ok("foo}")),
    ("$}", Err("$}")),
    ("$FOOBAR", Ok("")),
    ("$FOO-BAR", Ok("foo")),
    ("$FOO?BAR", Ok("foo")),
    ("$UNSET-def", Ok("def")),
    ("$UNSET:-def", Ok("def")),
    ("$UNSET:-def more text", Ok("def more text")),
    ("$UNSET?msg", Err("required variable UNSET is missing a value: msg")),
    ("$UNSET", Ok("")),
    ("a${UNSET}b", Ok("ab")),
    ("${EMPTY}", Ok("")),
    ("${EMPTY-d}", Ok("")),
    ("${EMPTY:-d}", Ok("d")),
    ("${UNSET:-d}", Ok("d")),
    ("${UNSET-}", Ok("")),
    ("${UNSET:-}", Ok("")),
    ("${UNSET?err}", Err("required variable UNSET is missing a value: err")),
    ("${UNSET:?err}", Err("required variable UNSET is missing a value: err")),
    ("${EMPTY?err}", Ok("")),
    ("${FOO?err}", Ok("foo")),
    ("${UNSET?}", Err("required variable UNSET is missing a value: ")),
    ("${UNSET:?}", Err("required variable UNSET is missing a value: ")),
    ("${UNSET:?a b c}", Err("required variable UNSET is missing a value: a b c")),
    ("${UNSET:?back\\slash}", Err("required variable UNSET is missing a value: back\\slash")),
    ("${FOO+r}", Err("${FOO+r}")),
    ("${UNSET+r}", Err("${UNSET+r}")),
    ("${UNSET:+r}", Err("${UNSET:+r}")),
    ("${FOO:=d}", Err("${FOO:=d}")),
    ("${FOO=d}", Err("${FOO=d}")),
    ("${#FOO}", Err("${#FOO}")),
    ("${FOO%o}", Err("${FOO%o}")),
    ("${FOO/o/a}", Err("${FOO/o/a}")),
    ("${FOO,,}", Err("${FOO,,}")),
    ("${UNSET:-${FOO}}", Ok("${FOO}")),
    ("${UNSET-${FOO}}", Ok("${FOO}")),
    ("${UNSET:-$FOO}", Ok("$FOO")),
    ("${UNSET:-$$FOO}", Ok("$$FOO")),
    ("${UNSET:-a-b}", Ok("a-b")),
    ("${UNSET-a:-b}", Ok("b")),
    ("${UNSET:-a?b}", Ok("a?b")),
    ("${UNSET?a-b}", Ok("b")),
    ("${UNSET:?a:-b}", Ok("b")),
    ("${UNSET-a?b}", Ok("a?b")),
    ("${UNSET:-{a}}", Ok("{a}")),
    ("${UNSET:-a\\}b}", Ok("a\\b}")),
    ("${UNSET:-é}", Ok("é")),
    ("${UNSET:--5}", Ok("-5")),
    ("${UNSET--5}", Ok("-5")),
    ("$FOO$A", Ok("fooa")),
    ("${FOO}${A}$B", Ok("fooab")),
    ("${foo}", Ok("")),
    ("$lower", Ok("low")),
    ("${Lower}", Ok("")),
    ("$X_1-y", Ok("x1")),
    ("$_", Ok("")),
    ("${_}", Ok("")),
    ("${9A}", Err("${9A}")),
    ("${FOO.BAR}", Err("${FOO.BAR}")),
    ("${FOO BAR}", Err("${FOO BAR}")),
    ("${FOO:BAR}", Err("${FOO:BAR}")),
    ("${FOO:BAR-x}", Err("${FOO:BAR-x}")),
    ("${FOO!}", Err("${FOO!}")),
    ("$(FOO)", Err("$(FOO)")),
    ("$[FOO]", Err("$[FOO]")),
    ("$\"FOO\"", Err("$\"FOO\"")),
    ("$-", Err("$-")),
    ("$?", Err("$?")),
    ("$:", Err("$:")),
    ("$@", Err("$@")),
    ("\\$FOO", Ok("\\foo")),
    ("\\${FOO}", Ok("\\foo")),
    ("%FOO%", Ok("%FOO%")),
    ("{{ $FOO }}", Ok("{{ foo }}")),
    ("$É", Err("$É")),
    ("$ÜBER", Err("$ÜBER")),
    ("${ÜBER}", Err("${ÜBER}")),
    ("$FſOO", Ok("")),
    ("$DOLLAR", Ok("$FOO")),
    ("$BRACE", Ok("a}b")),
    ("$ $FOO", Ok(" foo")),
    ("$FOO $", Err("$FOO $")),
    ("${UNSET?e} $FOO", Ok(" foo")),
    ("$FOO ${UNSET?e}", Err("required variable UNSET is missing a value: e")),
    ("${UNSET?e} ${A:-z}", Ok(" a")),
    ("${UNSET?e1} ${UNSET2?e2}", Err("required variable UNSET2 is missing a value: e2")),
    ("$ ${UNSET?e}", Err("required variable UNSET is missing a value: e")),
    ("${UNSET?e} $", Err("${UNSET?e} $")),
    ("$NL", Ok("l1\nl2")),
    ("$Q", Ok("\"")),
    ("${FOO\n}", Err("${FOO\n}")),
    ("$FOO1", Ok("")),
    ("${FOO:-}", Ok("foo")),
    ("${FOO:?}", Ok("foo")),
    ("${?}", Err("${?}")),
    ("${-}", Err("${-}")),
    ("${-d}", Err("${-d}")),
    ("$:-d", Err("$:-d")),
    ("$$$$$", Err("$$$$$")),
    ("$$${FOO}", Ok("$foo")),
    ("${FOO$}", Err("${FOO$}")),
    ("$${", Ok("${")),
    ("$}{", Err("$}{")),
    ("${FOO}$", Err("${FOO}$")),
    ("${UNSET:-$$}", Ok("$$")),
    ("$ $$", Err("$ $$")),
    ("${DB_PASSWORD:?missing-password}", Ok("password")),
    ("${UNSET:?not set - see README}", Ok(" see README")),
    ("http://$FOO?x=1", Ok("http://foo")),
    ("$UNSET-$A", Ok("$A")),
    ("$UNSET-$A}$A", Ok("$A}a")),
    ("a-$FOO-b:c", Ok("a-foo")),
    ("$FOO:$A", Ok("foo:a")),
    ("$FOO:?", Ok("foo")),
    ("$FOO:", Ok("foo:")),
];

#[test]
fn recorded_texts_are_replaced_as_by_docker() {
    for (text, expected) in RECORDED {
        let found = run(text);
        let result = found.result.as_ref().map(String::as_str).map_err(ToString::to_string);
        assert_eq!(result, expected.map_err(str::to_owned), "{text}");
        assert_eq!(found.changed, expected.is_ok_and(|it| it != *text), "{text}");
    }
}

#[test]
fn a_refusal_names_the_path_and_quotes_the_text() {
    let said = |text| run(text).result.map_err(|it| it.message("services.web.ports.[]"));
    let around = |shown: &str| {
        let shown = format!("invalid interpolation format for services.web.ports.[]: {shown}");
        Err(format!("{shown}; you may need to escape any $ with another $"))
    };
    assert_eq!(said("$\"\n"), around(r#""$\"\n""#));
    assert_eq!(said("${N?x}"), around(r#""required variable N is missing a value: x""#));
}

#[test]
fn a_later_expression_makes_docker_forget_an_error() {
    let found = run("$ ${UNSET?e} $$ $FOO");
    assert_eq!(found.result.as_deref(), Ok("  $ foo"));
    let lost: Vec<_> = found.lost.iter().map(|it| (it.to_string(), it.range.clone())).collect();
    let required = "required variable UNSET is missing a value: e".to_owned();
    assert_eq!(lost, [("$ ${UNSET?e} $$ $FOO".to_owned(), 0..1), (required, 2..12)]);
}

#[test]
fn every_variable_is_told_with_its_place() {
    let found = run("é$FOO-x}${UNSET:-d}${EMPTY:?m}$UNSET");
    let told: Vec<_> = found
        .uses
        .iter()
        .map(|it| (it.name.as_str(), it.range.clone(), it.operator, it.set, it.value_missing))
        .collect();
    assert_eq!(
        told,
        [
            ("FOO", 2..8, Some(Operator::DefaultIfUnset), true, false),
            ("UNSET", 9..20, Some(Operator::DefaultIfEmpty), false, true),
            ("EMPTY", 20..31, Some(Operator::RequireNonEmpty), true, true),
            ("UNSET", 31..37, None, false, true),
        ]
    );
    assert!(found.unset && found.changed);
    assert_eq!(
        found.uses.iter().map(|it| it.braced).collect::<Vec<_>>(),
        [false, true, true, false]
    );
    let arguments: Vec<_> = found.uses.iter().map(|it| it.argument.as_str()).collect();
    assert_eq!(arguments, ["x", "d", "m", ""]);
}

#[test]
fn a_second_operator_takes_part_of_the_name() {
    let found = run("${DB:?no-db}");
    assert_eq!(found.result.as_deref(), Ok("db"));
    let one = found.uses.first().expect("a variable");
    assert_eq!(
        (one.name.as_str(), one.written.as_str(), one.name_range.clone()),
        ("DB:?no", "DB", 2..4)
    );
}

#[test]
fn long_texts_take_linear_time() {
    for piece in ["${A-", "$A-", "$", "${", "$$"] {
        let text = piece.repeat(200_000);
        assert!(run(&text).uses.len() <= 1);
    }
}
