//! Names: what they mean, where they are declared and used, and other names for them; the shape of
//! a file.

use serde_json::{Value, json};

use super::{Client, Folder};

const SETTINGS: &str = "\
nodes = \"nodes.yml\"
[[stacks]]
name = \"shop\"
files = [\"web.yml\", \"base.yml\"]
env-files = [\"shop.env\"]
";
const NODES: &str = "\
nodes:
  m1: {role: manager, cpus: 4, memory: 8GiB}
  w1: {role: worker, cpus: 4, memory: 8GiB, labels: {disk: ssd}}
  w2: {role: worker, cpus: 4, memory: 8GiB, labels: {disk: ssd}}
";
const WEB: &str = "\
# The shop.
# It sells.
services:
  web:
    image: nginx:${VERSION:-1.27}
    networks: [front, \"back\"]
    ports:
      - \"8080:80\"
    secrets:
      - password
    environment: &env
      PASSWORD_FILE: /run/secrets/password
      TOKEN: ${TOKEN}
    volumes:
      - data:/data
      - ./x:/x
    stop_grace_period: 1m30s
    deploy:
      replicas: 2
      placement:
        constraints: [node.labels.disk == ssd]
  db:
    image: postgres:16
    container_name: db
    depends_on: [web]
    environment: *env
    networks:
      back:
        aliases: [database]
";
const BASE: &str = "\
services: {}
networks:
  front: {}
  back: {}
volumes:
  data:
secrets:
  password: {external: true}
";

fn folder() -> Folder {
    Folder::of(&[
        ("swarm-plan.toml", SETTINGS),
        ("nodes.yml", NODES),
        ("shop.env", "TOKEN=ghp_012345678901234567890123456789abcdef\nVERSION=1.25\n"),
        ("web.yml", WEB),
        ("base.yml", BASE),
    ])
}

fn editor(folder: &Folder) -> (Client, String) {
    let capabilities = json!({
        "workspace": { "workspaceEdit": { "documentChanges": true } },
        "textDocument": {
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
        },
    });
    let mut client = Client::with(folder, capabilities).0;
    let uri = folder.uri("web.yml");
    client.open(&uri, WEB);
    (client, uri)
}

/// The position of the first `needle` in a text, `skip` characters into it.
fn position(text: &str, needle: &str, skip: usize) -> Value {
    let offset = text.find(needle).unwrap() + skip;
    let line = text[..offset].matches('\n').count();
    let start = text[..offset].rfind('\n').map_or(0, |it| it + 1);
    json!({ "line": line, "character": offset - start })
}

fn at(uri: &str, needle: &str, skip: usize) -> Value {
    json!({ "textDocument": { "uri": uri }, "position": position(WEB, needle, skip) })
}

/// `FILE:LINE:START-END` of places, the lines counted from one.
fn places(answer: &Value) -> Vec<String> {
    let place = |it: &Value| {
        let (start, end) = (&it["range"]["start"], &it["range"]["end"]);
        let file = it["uri"].as_str().map(|it| it.rsplit('/').next().unwrap().to_owned() + ":");
        let line = start["line"].as_u64().unwrap() + 1;
        let file = file.unwrap_or_default();
        format!("{file}{line}:{}-{}", start["character"], end["character"])
    };
    answer.as_array().unwrap().iter().map(place).collect()
}

#[test]
fn hover_says_what_things_mean() {
    let folder = folder();
    let (mut client, uri) = editor(&folder);
    for (needle, skip, said) in [
        ("deploy:", 1, "How Swarm runs the service"),
        ("container_name", 1, "Ignored by Swarm"),
        ("VERSION", 1, "**variable** `VERSION` is `1.25`, from `shop.env`"),
        ("VERSION", 1, "`1.27` without it"),
        ("${TOKEN", 3, "a value that is not shown"),
        ("8080:80", 2, "Port 8080 (tcp) on every node leads to port 80"),
        ("1m30s", 1, "1 minute 30 seconds"),
        ("node.labels.disk", 3, "2 of 3 nodes: w1, w2"),
        ("front,", 1, "**network** `front`"),
        ("- password", 4, "external"),
        ("postgres:16", 2, "/var/lib/postgresql/data"),
        ("*env", 2, "**alias** of the anchor `env` in line 11"),
        ("web:", 1, "2 of 2 placed"),
        ("web:", 1, "→ w1, w2"),
        ("secrets:", 2, "list of"),
    ] {
        let hover = client.ask("textDocument/hover", at(&uri, needle, skip));
        let text = hover["contents"]["value"].as_str().unwrap_or_default();
        assert!(text.contains(said), "{needle}: {hover}");
        assert!(!text.contains("ghp_"), "{needle}: {hover}");
    }
    let nothing =
        json!({ "textDocument": { "uri": uri }, "position": { "line": 0, "character": 1 } });
    assert_eq!(client.ask("textDocument/hover", nothing), Value::Null);
}

#[test]
fn names_lead_to_their_declarations_and_uses() {
    let folder = folder();
    let (mut client, uri) = editor(&folder);
    for (needle, skip, declared) in [
        ("front,", 1, "base.yml:3:2-7"),
        ("\"back\"", 2, "base.yml:4:2-6"),
        ("- password", 3, "base.yml:8:2-10"),
        ("/run/secrets/password", 15, "base.yml:8:2-10"),
        ("- data:", 3, "base.yml:6:2-6"),
        ("[web]", 2, "web.yml:4:2-5"),
        ("*env", 2, "web.yml:11:18-21"),
        ("      back:", 7, "base.yml:4:2-6"),
    ] {
        let found = client.ask("textDocument/definition", at(&uri, needle, skip));
        assert_eq!(places(&found), [declared], "{needle}");
    }
    assert_eq!(client.ask("textDocument/definition", at(&uri, "./x:", 1)), json!([]));

    let mut params = at(&uri, "\"back\"", 2);
    params["context"] = json!({ "includeDeclaration": true });
    let found = client.ask("textDocument/references", params.clone());
    assert_eq!(places(&found), ["base.yml:4:2-6", "web.yml:6:23-27", "web.yml:28:6-10"]);
    params["context"] = json!({ "includeDeclaration": false });
    assert_eq!(places(&client.ask("textDocument/references", params)).len(), 2);
    let found = client.ask("textDocument/documentHighlight", at(&uri, "*env", 2));
    assert_eq!(places(&found), ["11:18-21", "26:18-21"]);
}

#[test]
fn a_name_is_changed_everywhere() {
    let folder = folder();
    let (mut client, uri) = editor(&folder);
    let prepared = client.ask("textDocument/prepareRename", at(&uri, "- password", 3));
    assert_eq!(prepared["placeholder"], "password");
    let mut params = at(&uri, "- password", 3);
    params["newName"] = json!("secret_word");
    let edit = client.ask("textDocument/rename", params.clone());
    let changes = edit["documentChanges"].as_array().unwrap();
    let of = |name: &str| {
        let is_it = |it: &&Value| it["textDocument"]["uri"].as_str().unwrap().ends_with(name);
        changes.iter().find(is_it).unwrap()
    };
    assert_eq!(of("web.yml")["textDocument"]["version"], 1);
    assert_eq!(of("base.yml")["textDocument"]["version"], Value::Null);
    assert_eq!(places(&of("web.yml")["edits"]), ["10:8-16", "12:34-42"]);
    assert_eq!(places(&of("base.yml")["edits"]), ["8:2-10"]);
    for name in ["", "two words", "a: b", "true"] {
        params["newName"] = json!(name);
        assert_eq!(client.fails("textDocument/rename", params.clone()), -32803, "{name:?}");
    }
    let mut params = at(&uri, "front,", 1);
    params["newName"] = json!("back");
    assert_eq!(client.fails("textDocument/rename", params), -32803, "taken");
    assert_eq!(client.ask("textDocument/prepareRename", at(&uri, "image", 1)), Value::Null);
}

#[test]
fn a_file_has_a_shape() {
    let folder = folder();
    let (mut client, uri) = editor(&folder);
    let document = json!({ "textDocument": { "uri": uri } });
    let symbols = client.ask("textDocument/documentSymbol", document.clone());
    assert_eq!(symbols[0]["name"], "services");
    assert_eq!(symbols[0]["children"][0]["name"], "web");
    assert_eq!(symbols[0]["children"][1]["detail"], "postgres:16");

    let folds = client.ask("textDocument/foldingRange", document.clone());
    let folds: Vec<_> = folds.as_array().unwrap().iter().collect();
    let has = |start: u64, end: u64| {
        folds.iter().any(|it| it["startLine"] == json!(start) && it["endLine"] == json!(end))
    };
    assert!(has(0, 1) && has(2, 28) && has(3, 20) && has(17, 20), "{folds:?}");

    let mut params = document.clone();
    params["positions"] = json!([position(WEB, "\"back\"", 2)]);
    let selection = client.ask("textDocument/selectionRange", params);
    let mut texts = Vec::new();
    let mut it = &selection[0];
    while it.is_object() {
        texts.push(places(&json!([it]))[0].clone());
        it = &it["parent"];
    }
    assert_eq!(texts[..3], ["6:22-28", "6:14-29", "6:4-29"], "{texts:?}");

    let links = client.ask("textDocument/documentLink", document);
    let links: Vec<_> = links.as_array().unwrap().iter().map(|it| it["target"].clone()).collect();
    assert_eq!(links, ["https://hub.docker.com/_/postgres"]);

    let found = client.ask("workspace/symbol", json!({ "query": "wb" }));
    assert_eq!(found[0]["name"], "web");
    assert_eq!(found[0]["containerName"], "services");
}
