//! The functions that placeholders may use: Go's own, and `join`.

/// A function and how many arguments it takes.
struct Function {
    name: &'static str,
    least: usize,
    /// Whether it takes more.
    more: bool,
}

const fn function(name: &'static str, least: usize, more: bool) -> Function {
    Function { name, least, more }
}

const FUNCTIONS: [Function; 20] = [
    function("and", 1, true),
    function("call", 1, true),
    function("eq", 1, true),
    function("ge", 2, false),
    function("gt", 2, false),
    function("html", 0, true),
    function("index", 1, true),
    function("join", 0, true),
    function("js", 0, true),
    function("le", 2, false),
    function("len", 1, false),
    function("lt", 2, false),
    function("ne", 2, false),
    function("not", 1, false),
    function("or", 1, true),
    function("print", 0, true),
    function("printf", 1, true),
    function("println", 0, true),
    function("slice", 1, true),
    function("urlquery", 0, true),
];

pub(super) fn exists(name: &str) -> bool {
    FUNCTIONS.iter().any(|it| it.name == name)
}

/// What Go says to this number of arguments, if it does not take it.
pub(super) fn refuses(name: &str, count: usize) -> Option<String> {
    let Function { least, more, .. } = FUNCTIONS.iter().find(|it| it.name == name)?;
    if count == *least || (*more && count > *least) {
        return None;
    }
    let want = if *more { "at least " } else { "" };
    Some(format!("wrong number of args for {name}: want {want}{least} got {count}"))
}
