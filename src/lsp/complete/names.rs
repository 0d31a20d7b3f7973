//! What the stack declares and a service may name: networks, secrets, configs, volumes, other
//! services, anchors.

use gen_lsp_types::CompletionItemKind;

use crate::lsp::complete::Context;
use crate::lsp::complete::item::Item;
use crate::lsp::trees;
use crate::yaml::Node;

/// Where names of a section are written.
const USES: &[(&str, &str)] = &[
    ("services.*.networks.*", "networks"),
    ("services.*.secrets.*", "secrets"),
    ("services.*.secrets.*.source", "secrets"),
    ("services.*.configs.*", "configs"),
    ("services.*.configs.*.source", "configs"),
    ("services.*.volumes.*", "volumes"),
    ("services.*.volumes.*.source", "volumes"),
    ("services.*.credential_spec.config", "configs"),
    ("services.*.depends_on.*", "services"),
];

pub(super) fn of(context: &Context) -> Vec<Item> {
    let Some((pattern, section)) = USES.iter().find(|it| context.is_at(it.0)) else {
        return Vec::new();
    };
    let others = others(context, section);
    let item = |name: &String| {
        let is_mount = *pattern == "services.*.volumes.*";
        let text = if is_mount { format!("{name}:") } else { name.clone() };
        Item::word(&text)
            .of_kind(CompletionItemKind::Reference)
            .detail(describe(context, section, name))
    };
    others.iter().map(item).collect()
}

/// Names that stand as keys: the networks of a service in long form.
pub(super) fn keys(context: &Context) -> Vec<Item> {
    let section = match () {
        () if context.is_at("services.*.networks") => "networks",
        () if context.is_at("services.*.depends_on") => "services",
        () => return Vec::new(),
    };
    let item = |name: &String| {
        Item::word(name)
            .of_kind(CompletionItemKind::Property)
            .snippet(format!("{name}:$0"))
            .detail(describe(context, section, name))
    };
    others(context, section).iter().map(item).collect()
}

/// What is declared and not named here yet.
fn others(context: &Context, section: &str) -> Vec<String> {
    let own = context.place.path.get(1);
    let mut found = trees::declared(context.trees, section);
    let holder = context.place.path.split_last().map_or(&[][..], |it| it.1);
    let listed = trees::at(context.root, holder).and_then(Node::as_list).unwrap_or_default();
    let typed = &context.place.typed;
    let is_used = |name: &String| {
        let mut others = listed
            .iter()
            .filter(|it| it.span().end() < typed.start || it.span().start() > typed.end);
        others.any(|it| it.as_text() == Some(name))
    };
    let is_own = |it: &String| section == "services" && Some(it) == own;
    found.retain(|it| !is_own(it) && !is_used(it));
    found
}

/// What a name stands for, in a few words.
fn describe(context: &Context, section: &str, name: &str) -> String {
    let found = context.trees.iter().find_map(|it| it.document.root.get(section)?.get(name));
    let is_external = found.is_some_and(|it| match it.get("external") {
        Some(it) => it.as_bool() == Some(true) || it.as_map().is_some(),
        None => false,
    });
    let singular = section.trim_end_matches('s');
    match found.and_then(|it| it.get("image")).and_then(Node::as_text) {
        Some(image) => format!("{singular}, {image}"),
        None if is_external => format!("external {singular}"),
        None => singular.to_owned(),
    }
}

/// Anchors, where an alias is begun.
pub(super) fn anchors(context: &Context) -> Vec<Item> {
    if !context.typed().starts_with('*') {
        return Vec::new();
    }
    let own = context.trees.iter().find(|it| it.path == context.document.path);
    let before = |it: &&crate::yaml::Anchor| it.span.end() <= context.place.typed.start;
    let anchors = own.into_iter().flat_map(|it| &it.document.anchors).filter(before);
    let item = |it: &crate::yaml::Anchor| {
        Item::word(&format!("*{}", it.name)).of_kind(CompletionItemKind::Reference).detail("anchor")
    };
    anchors.map(item).collect()
}
