//! Placeholders are filled in, or refused in Go's words.

use super::expand;
use proptest::prelude::*;

#[test]
fn placeholders_are_filled_in_with_the_made_up_task() {
    for (text, result) in [
        ("plain", "plain"),
        ("{{.Service.Name}}-{{.Task.Slot}}", "servicename-1"),
        ("a {{- .Node.Hostname -}} b", "anodeHostnameb"),
        ("{{/* nothing */}}x", "x"),
        ("{{index .Service.Labels \"foo\"}}.", "."),
        ("{{join \"-\" .Service.Name .Task.Slot}}", "servicename-1"),
        ("{{.Task.Slot | join \"-\" .Service.ID}}", "serviceid-1"),
        ("{{.Service.Labels}}", "map[]"),
        ("{{if .Task.ID}}a{{else if .Task.Slot}}b{{else}}c{{end}}", "b"),
        ("{{with .Node.Platform}}{{.OS}}{{$.Task.Name}}{{end}}", "ostaskname"),
        ("{{range .Service.Labels}}{{.}}{{else}}none{{end}}", "none"),
        ("{{$a := .Task.Slot}}{{$a}}{{(.Node).ID}}", "1nodeid"),
    ] {
        assert_eq!(expand(text), Ok(Some(result.to_owned())), "{text}");
    }
}

#[test]
fn what_is_not_worked_out_is_taken_as_accepted() {
    for text in [
        "{{printf \"%s\" .Node.Platform.OS}}",
        "{{if eq .Task.Slot \"1\"}}a{{end}}",
        "{{.}}",
        "{{template \"other\"}}",
        "{{define \"other\"}}x{{end}}",
        "{{and .Task.Slot .Foo}}",
    ] {
        assert_eq!(expand(text), Ok(None), "{text}");
    }
}

#[test]
fn refusals_are_in_the_words_of_go() {
    for (text, why) in [
        (
            "{{.Foo}}",
            "1:2: executing \"expansion\" at <.Foo>: \
             can't evaluate field Foo in type *template.Context",
        ),
        (
            "{{.Service.Labels.foo}}",
            "1:10: executing \"expansion\" at <.Service.Labels.foo>: \
             map has no entry for key \"foo\"",
        ),
        (
            "{{.Node.Name}}",
            "1:7: executing \"expansion\" at <.Node.Name>: can't evaluate field Name in type \
             struct { ID string; Hostname string; Platform template.Platform }",
        ),
        (
            "a\nb{{printf \"%s\" .Task.Slot}}{{.Task.Slot \"x\"}}",
            "2:34: executing \"expansion\" at <.Task.Slot>: \
             Slot has arguments but cannot be invoked as function",
        ),
        (
            "{{len}}",
            "1:2: executing \"expansion\" at <len>: wrong number of args for len: want 1 got 0",
        ),
        ("{{nil}}", "1:2: executing \"expansion\" at <nil>: nil is not a command"),
        (
            "{{(.Task.Slot).Foo}}",
            "1:8: executing \"expansion\" at <.Task.Slot>: can't evaluate field Foo in type string",
        ),
        (
            "{{(.Task.Slot) \"x\"}}",
            "1:2: executing \"expansion\" at <(.Task.Slot) \"x\">: \
             can't give argument to non-function .Task.Slot",
        ),
        (
            "{{$a := .Service.Name}}{{$a \"x\"}}",
            "1:25: executing \"expansion\" at <$a>: can't give argument to non-function $a",
        ),
        (
            "{{.Task.Slot | ne}}",
            "1:15: executing \"expansion\" at <ne>: wrong number of args for ne: want 2 got 1",
        ),
        (
            "{{.Task.Slot.A.B}}",
            "1:7: executing \"expansion\" at <.Task.Slot.A.B>: \
             can't evaluate field A in type string",
        ),
        ("{{nil}}", "1:2: executing \"expansion\" at <nil>: nil is not a command"),
    ] {
        assert_eq!(expand(text), Err(format!("template: expansion:{why}")), "{text}");
    }
}

/// Recorded from Docker's own templates.
#[test]
fn what_is_no_template_is_refused_in_the_words_of_go() {
    for (text, why) in [
        ("{{.Name", "1: unclosed action"),
        ("{{.Name}", "1: bad character U+007D '}'"),
        ("{{}}", "1: missing value for command"),
        ("{{env \"X\"}}", "1: function \"env\" not defined"),
        ("{{if .Name}}", "1: unexpected EOF"),
        ("{{end}}", "1: unexpected {{end}}"),
        ("{{$x}}", "1: undefined variable \"$x\""),
        ("{{.A-b}}", "1: bad character U+002D '-'"),
        ("{{\"a}}", "1: unterminated quoted string"),
        ("{{`a}}", "1: unterminated raw quoted string"),
        ("{{'a}}", "1: unterminated character constant"),
        ("{{(.Name}}", "1: unclosed left paren"),
        ("{{.Name)}}", "1: unexpected right paren"),
        ("{{.Name | 3}}", "1: non executable command in pipeline stage 2"),
        ("{{.Name | nil}}", "1: non executable command in pipeline stage 2"),
        ("{{break}}", "1: {{break}} outside {{range}}"),
        ("{{/* x}}", "1: unclosed comment"),
        ("{{/* x */ }}", "1: comment ends before closing delimiter"),
        ("{{if}}", "1: missing value for if"),
        ("{{.Name:}}", "1: expected :="),
        ("{{\"a\\q\"}}", "1: invalid syntax"),
        ("{{\"\\x4\"}}", "1: invalid syntax"),
        ("{{0x}}", "1: illegal number syntax: \"0x\""),
        ("{{1a}}", "1: bad number syntax: \"1a\""),
        ("{{1e}}", "1: illegal number syntax: \"1e\""),
        ("{{0b12}}", "1: bad number syntax: \"0b12\""),
        ("{{07_}}", "1: illegal number syntax: \"07_\""),
        ("{{+}}", "1: illegal number syntax: \"+\""),
        ("{{@}}", "1: unexpected \"@\" in command"),
        ("{{é.a}}", "1: function \"é\" not defined"),
        ("{{.é*}}", "1: bad character U+002A '*'"),
        ("{{nil.Foo}}", "1: unexpected . after term \"nil\""),
        ("{{\"x\".Foo}}", "1: unexpected . after term \"\\\"x\\\"\""),
        ("{{ .Name ; }}", "1: unexpected \";\" in operand"),
        ("{{range $a,$b,$c := .Name}}{{end}}", "1: too many declarations in range"),
        ("{{$a,$b := .Name}}", "1: too many declarations in command"),
        ("{{range $a, 3}}{{end}}", "1: range can only initialize variables"),
        ("{{template x}}", "1: unexpected \"x\" in template clause"),
        ("{{define \"a\"}}", "1: unexpected EOF"),
        ("{{define a}}", "1: unexpected \"a\" in define clause"),
        ("{{define \"a\"}}{{else}}{{end}}", "1: unexpected {{else}} in define clause"),
        ("{{else}}", "1: unexpected {{else}}"),
        ("{{if .Name}}{{else}}{{else}}{{end}}", "1: expected end; found {{else}}"),
        ("{{with .Name}}{{else if .Name}}{{end}}", "1: unexpected <if> in input"),
        ("{{if .Name}}{{else with .Name}}{{end}}", "1: unexpected <with> in input"),
        ("{{block \"a\"}}", "1: missing value for block clause"),
        ("{{'ab'}}", "1: malformed character constant: 'ab'"),
        ("{{==}}", "1: unexpected \"=\" in command"),
        ("{{..}}", "1: unexpected <.> in operand"),
        ("{{.Name.}}", "1: unexpected <.> in operand"),
        ("{{- }}", "1: missing value for command"),
        ("{{ -}}", "1: missing value for command"),
        ("{{.Name}}{{if .Name}}", "1: unexpected EOF"),
        ("x{{else", "1: unclosed action"),
        ("{{\"aaaaaaaaaaaaaaaaa\" \"b\" , }}", "1: unexpected \",\" in operand"),
        (
            "{{define \"aaa\" \"bbbbbbbbbbbbbbbbbbbb\"}}",
            "1: unexpected \"\\\"bbbbbbbbb\"... in define clause",
        ),
        ("{{end .Name}}", "1: unexpected \".Name\" in end"),
        ("{{( )}}", "1: missing value for parenthesized pipeline"),
        ("{{| .Name}}", "1: unexpected \"|\" in command"),
        ("{{.Name , }}", "1: unexpected \",\" in operand"),
        ("{{break .Name}}", "1: unexpected \".Name\" in {{break}}"),
        ("{{len(.Name)}}", "1: unexpected \"(\" in operand"),
        ("{{.Name(.Name)}}", "1: unexpected \"(\" in operand"),
        ("{{$ .Name}} {{", "1: unclosed action"),
        ("{{ \u{1} }}", "1: unrecognized character in action: U+0001"),
        ("{{ € }}", "1: unrecognized character in action: U+20AC '€'"),
        ("{{.Name\n", "2: unclosed action started at expansion:1"),
        ("{{if .Name}}\nx\n{{\"a}}", "3: unterminated quoted string"),
    ] {
        assert_eq!(expand(text), Err(format!("template: expansion:{why}")), "{text}");
    }
}

#[test]
fn nesting_has_a_bound() {
    let text = format!("{}{}", "{{if .Task.ID}}".repeat(100_000), "{{end}}".repeat(100_000));
    assert_eq!(expand(&text), Ok(None));
    let text = format!("{{{{{}.Task.ID{}}}}}", "(".repeat(100_000), ")".repeat(100_000));
    assert_eq!(expand(&text), Ok(None));
}

proptest! {
    #[test]
    fn no_text_makes_a_trial_panic(pieces in proptest::collection::vec(piece(), 0..12)) {
        let text = pieces.concat();
        let words = match expand(&text) {
            Ok(_) => String::new(),
            Err(message) => message,
        };
        prop_assert!(words.is_empty() || words.starts_with("template: expansion:"), "{words}");
    }
}

fn piece() -> impl Strategy<Value = String> {
    let known = [
        "{{", "}}", "{{-", "-}}", " ", ".", ".Task", ".Slot", "$", "$a", ":=", "|", "(", ")", "if",
        "range", "with", "else", "end", "index", "join", "\"", "`", "'", "\\", "0x1", "-", "/*",
        "*/", "\n", ",", "é", "nil",
    ];
    prop_oneof![proptest::sample::select(known.to_vec()).prop_map(str::to_owned), any::<String>()]
}
