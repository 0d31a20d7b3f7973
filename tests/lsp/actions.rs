//! What the editor offers to do, and what the nodes have to do with a service.

use serde_json::{Value, json};

use super::{Client, Folder};
use crate::support::{read, rule_fixtures};

/// The actions at the first `needle` of a text.
fn offered(client: &mut Client, uri: &str, text: &str, needle: &str) -> Vec<Value> {
    let offset = text.find(needle).unwrap();
    let line = text[..offset].matches('\n').count();
    let at = json!({ "line": line, "character": offset - text[..offset].rfind('\n').map_or(0, |it| it + 1) });
    let range = json!({ "start": at, "end": at });
    let shown = client.findings(uri);
    let context = json!({ "diagnostics": shown });
    let params = json!({ "textDocument": { "uri": uri }, "range": range, "context": context });
    client.ask("textDocument/codeAction", params).as_array().unwrap().clone()
}

/// A text after the edits of an action.
fn applied(text: &str, uri: &str, action: &Value) -> String {
    let mut edits: Vec<Value> = action["edit"]["changes"][uri].as_array().unwrap().clone();
    let offset = |it: &Value| {
        let line = it["line"].as_u64().unwrap() as usize;
        let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
        let mut column = it["character"].as_u64().unwrap() as usize;
        let mut at = start;
        for c in text[start..].chars() {
            if column == 0 {
                break;
            }
            column -= c.len_utf16();
            at += c.len_utf8();
        }
        at
    };
    edits.sort_by_key(|it| std::cmp::Reverse(offset(&it["range"]["start"])));
    let mut text = text.to_owned();
    for it in &edits {
        let (start, end) = (offset(&it["range"]["start"]), offset(&it["range"]["end"]));
        text.replace_range(start..end, it["newText"].as_str().unwrap());
    }
    text
}

fn titled<'a>(actions: &'a [Value], title: &str) -> &'a Value {
    let is_it = |it: &&Value| it["title"].as_str().unwrap().starts_with(title);
    actions.iter().find(is_it).unwrap_or_else(|| panic!("no {title} in {actions:#?}"))
}

fn editor(text: &str) -> (Folder, Client, String) {
    let folder = Folder::of(&[]);
    let mut client = Client::in_folder(&folder);
    let uri = folder.uri("stack.yml");
    client.open(&uri, text);
    (folder, client, uri)
}

#[test]
fn an_action_changes_what_it_says() {
    for (text, needle, title, after) in [
        (
            "services:\n  web:\n    image: nginx:1.27\n    networks: [front]\n",
            "front",
            "Declare it at the top level",
            "services:\n  web:\n    image: nginx:1.27\n    networks: [front]\nnetworks:\n  front: {}\n",
        ),
        (
            "services:\n  web:\n    image: nginx\n",
            "nginx",
            "Ignore `image-without-tag` here",
            "services:\n  web:\n    image: nginx # swarm-plan: ignore[image-without-tag]\n",
        ),
        (
            "services:\n  web:\n    image: nginx:1.27\n    ports:\n      - \"8080:80\"\n",
            "8080",
            "Write it in long form",
            "services:\n  web:\n    image: nginx:1.27\n    ports:\n      - target: 80\n        \
             published: 8080\n        protocol: tcp\n        mode: ingress\n",
        ),
        (
            "services:\n  web:\n    image: nginx:1.27\n    ports:\n      - target: 53\n        \
             published: 53\n        protocol: udp\n        mode: ingress\n",
            "target",
            "Write it in short form",
            "services:\n  web:\n    image: nginx:1.27\n    ports:\n      - \"53:53/udp\"\n",
        ),
        (
            "services:\n  web:\n    image: nginx:1.27\n    volumes: [\"data:/d:ro\"]\nvolumes: {data: {}}\n",
            "data:/d",
            "Write it in long form",
            "services:\n  web:\n    image: nginx:1.27\n    volumes: [{type: volume, source: data, \
             target: /d, read_only: true}]\nvolumes: {data: {}}\n",
        ),
        (
            "services:\n  web:\n    image: nginx:1.27\n    secrets:\n      - key\nsecrets:\n  key: {external: true}\n",
            "- key",
            "Write it in long form",
            "services:\n  web:\n    image: nginx:1.27\n    secrets:\n      - source: key\nsecrets:\n  \
             key: {external: true}\n",
        ),
        (
            "services:\n  db:\n    image: postgres:17\n    environment:\n      POSTGRES_PASSWORD: x\n",
            "POSTGRES_PASSWORD",
            "Read it from the secret `postgres_password`",
            "services:\n  db:\n    image: postgres:17\n    environment:\n      \
             POSTGRES_PASSWORD_FILE: /run/secrets/postgres_password\n    secrets:\n      \
             - postgres_password\nsecrets:\n  postgres_password:\n    external: true\n",
        ),
    ] {
        let (_folder, mut client, uri) = editor(text);
        let skip = usize::from(needle == "- key") * 2;
        let needle = &needle[skip..];
        let needle = if skip > 0 { &text[text.find("- key").unwrap() + 2..] } else { needle };
        let actions = offered(&mut client, &uri, text, needle);
        let action = titled(&actions, title);
        assert_eq!(applied(text, &uri, action), after, "{title}");
    }
}

#[test]
fn everything_is_fixed_at_once() {
    let text = "services:\n  web:\n    image: nginx:1.27\n    dns: [10.0.0.1, 10.0.0.1]\n";
    let (_folder, mut client, uri) = editor(text);
    let zero = json!({ "line": 0, "character": 0 });
    let params = json!({
        "textDocument": { "uri": uri },
        "range": { "start": zero, "end": zero },
        "context": { "diagnostics": [], "only": ["source.fixAll"] },
    });
    let actions = client.ask("textDocument/codeAction", params);
    let after = applied(text, &uri, &actions[0]);
    client.replace(&uri, &after);
    assert!(after != text && client.findings(&uri).is_empty(), "{after}");
}

/// Fixes of the rules' fixtures: applied one by one, the finding is gone, and nothing else changes
/// in what Docker refuses.
#[test]
fn fixes_of_every_rule_are_offered() {
    let folder = Folder::of(&[]);
    let mut client = Client::in_folder(&folder);
    let uri = folder.uri("stack.yml");
    client.open(&uri, "");
    let mut count = 0;
    let files = rule_fixtures().into_iter().filter(|it| it.is_file());
    for path in files.step_by(3) {
        let text = read(&path);
        client.replace(&uri, &text);
        let shown = client.findings(&uri);
        let Some(it) = shown.first() else { continue };
        let context = json!({ "diagnostics": [it], "only": ["quickfix"] });
        let params =
            json!({ "textDocument": { "uri": uri }, "range": it["range"], "context": context });
        let actions = client.ask("textDocument/codeAction", params);
        for action in actions.as_array().unwrap() {
            let resolved = &action["diagnostics"];
            if action["edit"]["changes"][&uri].is_null() || resolved.is_null() {
                continue;
            }
            client.replace(&uri, &applied(&text, &uri, action));
            let message = &resolved[0]["message"];
            let alike = |them: &[Value]| {
                them.iter()
                    .filter(|it| it["message"] == *message && it["code"] == resolved[0]["code"])
                    .count()
            };
            let after = client.findings(&uri);
            assert!(alike(&after) < alike(&shown), "{}: {action}", path.display());
            count += 1;
        }
    }
    assert!(count > 40, "{count} actions");
}

const NODES: &str = "\
nodes:
  m1: {role: manager, cpus: 4, memory: 8GiB}
  w1: {role: worker, cpus: 4, memory: 8GiB}
  w2: {role: worker, cpus: 4, memory: 8GiB}
";

#[test]
fn a_service_says_where_it_goes() {
    let folder =
        Folder::of(&[("swarm-plan.toml", "nodes = \"nodes.yml\"\n"), ("nodes.yml", NODES)]);
    let text = "services:\n  web:\n    image: nginx:1.27\n    deploy:\n      replicas: 3\n  agent:\n    \
                image: nginx:1.27\n    deploy:\n      mode: global\n      placement:\n        \
                constraints: [node.role == worker]\n";
    let mut client = Client::in_folder(&folder);
    let uri = folder.uri("stack.yml");
    client.open(&uri, text);
    let whole =
        json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 99, "character": 0 } });
    let params = json!({ "textDocument": { "uri": uri }, "range": whole });
    let hints = client.ask("textDocument/inlayHint", params.clone());
    let labels: Vec<_> = hints.as_array().unwrap().iter().map(|it| it["label"].clone()).collect();
    assert_eq!(labels, ["→ m1, w1, w2", "→ w1, w2"]);
    assert_eq!(hints[0]["position"], json!({ "line": 1, "character": 6 }));
    let lenses = client.ask("textDocument/codeLens", params.clone());
    let title = lenses[0]["command"]["title"].as_str().unwrap();
    assert!(
        title.starts_with("3 of 3 placed · update ≈ ") && title.contains("lowest 2"),
        "{title}"
    );
    // Another inventory in the editor counts at once.
    client.open(&folder.uri("nodes.yml"), "nodes:\n  w9: {role: worker, cpus: 4, memory: 8GiB}\n");
    let hints = client.ask("textDocument/inlayHint", params);
    assert_eq!(hints[0]["label"], "→ w9 ×3");
}
