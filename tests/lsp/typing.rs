//! A file typed key by key: what is offered at each pause, and that nothing ever fails.

use serde_json::{Value, json};

use super::{Client, Folder};
use crate::support::{expect_file, read, root};

/// Marks a pause in the typing, after which the editor asks.
const PAUSE: char = '‸';

/// So many labels are shown of what is offered.
const MOST: usize = 10;

const SETTINGS: &str = "\
nodes = \"nodes.yml\"

[[stacks]]
name = \"shop\"
files = [\"stack.yml\"]
env-files = [\"shop.env\"]
";
const NODES: &str = "\
nodes:
  m1: {role: manager, labels: {zone: a}}
  w1: {role: worker, labels: {zone: a, disk: ssd}}
  w2: {role: worker, labels: {zone: b, disk: hdd}}
";

fn folder() -> Folder {
    Folder::of(&[
        ("swarm-plan.toml", SETTINGS),
        ("nodes.yml", NODES),
        ("shop.env", "LOG_LEVEL=info\nDOMAIN=shop.example\n"),
        ("app.conf", ""),
        ("conf.d/a.conf", ""),
    ])
}

fn editor(folder: &Folder, snippets: bool) -> Client {
    let item = json!({ "snippetSupport": snippets });
    let capabilities = json!({ "textDocument": { "completion": { "completionItem": item } } });
    Client::with(folder, capabilities).0
}

#[test]
fn what_is_offered_while_a_file_is_typed() {
    let folder = folder();
    let mut client = editor(&folder, true);
    let uri = folder.uri("stack.yml");
    client.open(&uri, "");
    let script = read(&root().join("fixtures/lsp/typing.yml"));
    let (mut line, mut column, mut typed) = (0_u32, 0_u32, String::new());
    let mut transcript = String::new();
    let mut keystrokes = 0;
    for c in script.chars() {
        if c == PAUSE {
            let at = json!({ "line": line, "character": column });
            let offered = completions(&mut client, &uri, at);
            let own = typed.lines().last().filter(|_| !typed.ends_with('\n')).unwrap_or("");
            transcript += &format!("{:>3} {own}{PAUSE}\n", line + 1);
            transcript += &format!("    {}\n", shown(&offered));
            continue;
        }
        let at = json!({ "line": line, "character": column });
        let text = c.to_string();
        client.change(&uri, &json!([{ "range": { "start": at, "end": at }, "text": text }]));
        typed.push(c);
        keystrokes += 1;
        (line, column) = if c == '\n' { (line + 1, 0) } else { (line, column + 1) };
    }
    assert!(keystrokes >= 150, "{keystrokes}");
    expect_file("fixtures/lsp/typing.txt", &transcript);
    assert_eq!(client.leave().code(), Some(0));
}

fn completions(client: &mut Client, uri: &str, at: Value) -> Vec<Value> {
    let params = json!({ "textDocument": { "uri": uri }, "position": at });
    let answer = client.ask("textDocument/completion", params);
    let mut items = answer["items"].as_array().unwrap().clone();
    items.sort_by_key(|it| it["sortText"].as_str().unwrap().to_owned());
    items
}

fn shown(items: &[Value]) -> String {
    let labels: Vec<_> = items.iter().map(|it| it["label"].as_str().unwrap()).take(MOST).collect();
    let more = items.len().saturating_sub(MOST);
    let more = if more == 0 { String::new() } else { format!(" … {more} more") };
    if labels.is_empty() { "nothing".to_owned() } else { labels.join(" | ") + &more }
}

/// The text after the first offer with a label is taken at the mark.
fn taken(client: &mut Client, uri: &str, text: &str, label: &str) -> String {
    let offset = text.find(PAUSE).unwrap();
    let plain = text.replace(PAUSE, "");
    client.replace(uri, &plain);
    let line = text[..offset].matches('\n').count();
    let start = text[..offset].rfind('\n').map_or(0, |it| it + 1);
    let at = json!({ "line": line, "character": offset - start });
    let items = completions(client, uri, at);
    let item = items.iter().find(|it| it["label"] == label);
    let item =
        item.unwrap_or_else(|| panic!("{label} is not offered in {text}: {}", shown(&items)));
    let range = &item["textEdit"]["range"];
    let column = |end: &str| start + range[end]["character"].as_u64().unwrap() as usize;
    assert_eq!(range["start"]["line"], json!(line), "an edit of one line");
    let new = item["textEdit"]["newText"].as_str().unwrap();
    let indent = plain[start..].len() - plain[start..].trim_start_matches(' ').len();
    let new = if item["insertTextMode"] == 2 {
        new.replace('\n', &format!("\n{}", " ".repeat(indent)))
    } else {
        new.to_owned()
    };
    format!("{}{new}{}", &plain[..column("start")], &plain[column("end")..])
}

#[test]
fn what_is_taken_stands_where_it_belongs() {
    let folder = folder();
    for (snippets, text, label, after) in [
        (true, "ser‸", "services", "services:\n  ${1:web}:\n    image: $0"),
        (false, "ser‸", "services", "services:\n  web:\n    image: "),
        (true, "services:\n  a:\n    im‸", "image", "services:\n  a:\n    image: $0"),
        (true, "services:\n  a:\n    im‸age: x\n", "image", "services:\n  a:\n    image: x\n"),
        (true, "services:\n  a:\n    ‸", "ports", "services:\n  a:\n    ports:\n      - $0"),
        (
            true,
            "services:\n  a:\n    deploy:\n      mode: gl‸",
            "global",
            "services:\n  a:\n    deploy:\n      mode: global",
        ),
        (
            true,
            "services:\n  a:\n    networks:\n      ‸\nnetworks: {b: {}}\n",
            "- b",
            "services:\n  a:\n    networks:\n      - b\nnetworks: {b: {}}\n",
        ),
        (
            true,
            "services:\n  a:\n    networks: [‸]\nnetworks: {b: {}}\n",
            "b",
            "services:\n  a:\n    networks: [b]\nnetworks: {b: {}}\n",
        ),
        (
            true,
            "services:\n  a:\n    environment:\n      X: \"${‸}\"\n",
            "DOMAIN",
            "services:\n  a:\n    environment:\n      X: \"${DOMAIN}\"\n",
        ),
        (
            true,
            "services:\n  a:\n    image: postgres:16\n    environment:\n      POST‸\n",
            "POSTGRES_PASSWORD_FILE",
            "services:\n  a:\n    image: postgres:16\n    environment:\n      \
             POSTGRES_PASSWORD_FILE: /run/secrets/\n",
        ),
        (
            true,
            "services:\n  a:\n    deploy:\n      placement:\n        constraints: [node.hostname ‸]\n",
            "node.hostname == w1",
            "services:\n  a:\n    deploy:\n      placement:\n        \
             constraints: [node.hostname == w1]\n",
        ),
    ] {
        let mut client = editor(&folder, snippets);
        let uri = folder.uri("stack.yml");
        client.open(&uri, "");
        assert_eq!(taken(&mut client, &uri, text, label), after, "{text}");
    }
}

#[test]
fn documentation_comes_when_it_is_asked_for() {
    let folder = folder();
    let mut client = editor(&folder, true);
    let uri = folder.uri("stack.yml");
    client.open(&uri, "services:\n  a:\n    \n");
    let items = completions(&mut client, &uri, json!({ "line": 2, "character": 4 }));
    let of = |label: &str| items.iter().find(|it| it["label"] == label).unwrap().clone();
    assert!(of("deploy").get("documentation").is_none());
    let resolved = client.ask("completionItem/resolve", of("deploy"));
    assert!(resolved["documentation"]["value"].as_str().unwrap().contains("How Swarm runs"));
    let dead = of("container_name");
    assert_eq!(dead["tags"], json!([1]), "{dead}");
    let resolved = client.ask("completionItem/resolve", dead);
    assert!(resolved["documentation"]["value"].as_str().unwrap().contains("Ignored by Swarm"));
    // What Swarm uses comes first.
    let place = |label: &str| items.iter().position(|it| it["label"] == label).unwrap();
    assert!(place("image") < place("container_name"));
}
