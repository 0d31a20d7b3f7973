//! How one field of an override meets the same field of the base.

use crate::source::{Named, Spanned};
use crate::stack::model::{Flag, Labels, Text, Variable};

/// Text wins unless empty.
pub(super) fn text(base: &mut Option<Text>, over: Option<Text>) {
    if let Some(over) = over.filter(|it| !it.value.is_empty()) {
        *base = Some(over);
    }
}

/// True wins; false never undoes it.
pub(super) fn flag(base: &mut Flag, over: Flag) {
    if let Some(over) = over.filter(|it| it.value || base.is_none()) {
        *base = Some(over);
    }
}

/// A number of Go's pointer type wins, zero included.
pub(super) fn pointer<T>(base: &mut Option<Spanned<T>>, over: Option<Spanned<T>>) {
    if over.is_some() {
        *base = over;
    }
}

/// A number wins unless it is zero, which stays only where the base has none.
pub(super) fn number<T: Default + PartialEq>(
    base: &mut Option<Spanned<T>>,
    over: Option<Spanned<T>>,
) {
    if let Some(over) = over.filter(|it| base.is_none() || it.value != T::default()) {
        *base = Some(over);
    }
}

/// The override's items follow.
pub(super) fn append<T>(base: &mut Vec<T>, over: Vec<T>) {
    base.extend(over);
}

/// The override's items follow, where either has a list at all.
pub(super) fn append_optional<T>(base: &mut Option<Vec<T>>, over: Option<Vec<T>>) {
    match (base.as_mut(), over) {
        (Some(base), Some(over)) => base.extend(over),
        (None, Some(over)) => *base = Some(over),
        (_, None) => {}
    }
}

/// The whole list wins unless empty.
pub(super) fn list<T>(base: &mut Option<Vec<T>>, over: Option<Vec<T>>) {
    if let Some(over) = over.filter(|it| !it.is_empty() || base.is_none()) {
        *base = Some(over);
    }
}

/// By name; empty values win as well.
pub(super) fn labels(base: &mut Labels, over: Labels) {
    by_name(base, over);
}

/// By name, each entry replaced whole.
pub(super) fn by_name<T>(base: &mut Vec<Named<T>>, over: Vec<Named<T>>) {
    for it in over {
        match base.iter_mut().find(|old| old.name.value == it.name.value) {
            Some(old) => *old = it,
            None => base.push(it),
        }
    }
}

/// By name; an empty value replaces no text, and null replaces only nothing.
pub(super) fn variables(base: &mut Vec<Variable>, over: Vec<Variable>) {
    let mut at: std::collections::HashMap<String, usize> =
        base.iter().enumerate().map(|(at, it)| (it.name.value.clone(), at)).collect();
    for it in over {
        let Some(&old) = at.get(&it.name.value) else {
            at.insert(it.name.value.clone(), base.len());
            base.push(it);
            continue;
        };
        let old = &mut base[old];
        let had = old.value.as_ref().is_some_and(|it| !it.value.is_empty());
        let has = it.value.as_ref().is_some_and(|it| !it.value.is_empty());
        if has || !had {
            *old = it;
        }
    }
}

/// By a key, each entry replaced whole; sorted by the key. Entries of one key collapse to the
/// last. The base's alone stay as they are where the override has none, unless `always`.
pub(super) fn keyed<T, K: Ord>(
    base: &mut Vec<T>,
    over: Vec<T>,
    always: bool,
    key: impl Fn(&T) -> K,
) {
    if base.is_empty() {
        *base = over;
        return;
    }
    if over.is_empty() && !always {
        return;
    }
    let all: std::collections::BTreeMap<K, T> =
        std::mem::take(base).into_iter().chain(over).map(|it| (key(&it), it)).collect();
    *base = all.into_values().collect();
}
