//! Findings while files are open, changed, closed; those of files that belong together.

use serde_json::{Value, json};

use super::{Client, Folder};

const STACK: &str = "services:\n  web:\n    image: nginx\n    networks: [front]\n";
const NETWORKS: &str = "services: {}\nnetworks:\n  front: {}\n";
const SETTINGS: &str = "\
nodes = \"nodes.yml\"

[[stacks]]
name = \"shop\"
files = [\"web.yml\", \"networks.yml\"]
";
const NODES: &str = "nodes:\n  one: {role: manager, cpus: 2, memory: 4GiB}\n";

#[test]
fn findings_follow_the_text() {
    let folder = Folder::of(&[]);
    let mut client = Client::in_folder(&folder);
    let uri = folder.uri("stack.yml");
    client.open(&uri, STACK);
    let before = ["2:11 warning image-without-tag", "3:15 error undefined-network"];
    assert_eq!(client.short(&uri), before);
    let at = json!({ "line": 2, "character": 16 });
    client.change(&uri, &json!([{ "range": { "start": at, "end": at }, "text": ":1.27" }]));
    assert_eq!(client.short(&uri), ["3:15 error undefined-network"]);
    client.replace(&uri, "services:\n  web:\n    image: nginx:1.27\n");
    assert_eq!(client.short(&uri), [""; 0]);
    client.close(&uri);
    client.open(&uri, STACK);
    assert_eq!(client.short(&uri), before);
}

#[test]
fn a_finding_says_all_that_is_known() {
    let folder = Folder::of(&[]);
    let capabilities = json!({
        "textDocument": { "publishDiagnostics": { "relatedInformation": true } },
        "workspace": { "textDocumentContent": {} },
    });
    let (mut client, _) = Client::with(&folder, capabilities);
    let uri = folder.uri("stack.yml");
    let text = "services:\n  web:\n    image: nginx:1\n    image: nginx:2\nvolumes:\n  old:\n";
    client.open(&uri, text);
    let found = client.findings(&uri);
    let twice = found.iter().find(|it| it["code"] == "duplicate-key").unwrap();
    assert_eq!(twice["source"], "swarm-plan");
    assert_eq!(twice["relatedInformation"][0]["location"]["uri"], json!(uri));
    assert_eq!(twice["relatedInformation"][0]["location"]["range"]["start"]["line"], 2);
    let page = twice["codeDescription"]["href"].as_str().unwrap();
    let page = client.ask("workspace/textDocumentContent", json!({ "uri": page }));
    assert!(page["text"].as_str().unwrap().contains("## Why"), "{page}");

    client.replace(&uri, "services:\n  web:\n    image: nginx:1.27\nvolumes:\n  old:\n");
    let found = client.findings(&uri);
    assert_eq!(found[0]["code"], "unused-volume");
    assert_eq!(found[0]["tags"], json!([1]), "{}", found[0]);
}

#[test]
fn files_of_one_stack_are_checked_together() {
    let files = [("swarm-plan.toml", SETTINGS), ("web.yml", STACK), ("networks.yml", NETWORKS)];
    let folder = Folder::of(&files);
    folder.write("nodes.yml", NODES);
    let mut client = Client::in_folder(&folder);
    let (web, networks) = (folder.uri("web.yml"), folder.uri("networks.yml"));
    client.open(&web, STACK);
    assert_eq!(client.short(&web), ["2:11 warning image-without-tag"]);
    // The other file is open and changes: the text of the editor counts, not that of the disk.
    client.open(&networks, NETWORKS);
    assert_eq!(client.short(&networks), [""; 0]);
    client.replace(&networks, "services: {}\n");
    assert_eq!(client.short(&networks), [""; 0]);
    client.until(&web, 2);
    // Closed, the disk counts again.
    client.close(&networks);
    client.until(&web, 1);
}

#[test]
fn the_inventory_and_the_settings_are_served_too() {
    let files = [("swarm-plan.toml", SETTINGS), ("nodes.yml", NODES)];
    let folder = Folder::of(&files);
    folder.write("web.yml", "services:\n  web:\n    image: nginx:1.27\n");
    folder.write("networks.yml", "services: {}\n");
    let mut client = Client::in_folder(&folder);
    let (nodes, settings) = (folder.uri("nodes.yml"), folder.uri("swarm-plan.toml"));
    client.open(&nodes, "nodes:\n  one: {role: boss}\n");
    let found = client.short(&nodes);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].ends_with("invalid-inventory"), "{found:?}");
    client.open_as(&settings, "toml", "presett = \"all\"\n");
    assert_eq!(client.short(&settings), ["0:0 error settings"]);
    client.replace(&settings, "[[stacks]]\nname = \"a\"\nfiles = [\"gone.yml\"]\n");
    let found = client.findings(&settings);
    assert!(found[0]["message"].as_str().unwrap().contains("cannot read `gone.yml`"), "{found:?}");
}

#[test]
fn an_inventory_moves_the_findings_of_stacks() {
    let folder =
        Folder::of(&[("swarm-plan.toml", "nodes = \"nodes.yml\"\n"), ("nodes.yml", NODES)]);
    let text = "services:\n  web:\n    image: nginx:1.27\n    deploy:\n      \
                placement:\n        constraints: [node.labels.disk == ssd]\n";
    let refresh = json!({ "workspace": { "inlayHint": { "refreshSupport": true } } });
    let (mut client, _) = Client::with(&folder, refresh);
    let uri = folder.uri("stack.yml");
    client.open(&uri, text);
    assert_eq!(client.short(&uri), ["5:22 error constraint-unsatisfiable"]);
    folder.write("nodes.yml", "nodes:\n  one: {role: manager, labels: {disk: ssd}}\n");
    let changes = json!({ "changes": [{ "uri": folder.uri("nodes.yml"), "type": 2 }] });
    client.tell("workspace/didChangeWatchedFiles", changes);
    client.hear("workspace/inlayHint/refresh");
    client.until(&uri, 0);
}

#[test]
fn other_files_are_left_alone() {
    let folder = Folder::of(&[]);
    let mut client = Client::in_folder(&folder);
    let compose = "services:\n  web:\n    image: nginx\n";
    let deploy = "services:\n  web:\n    image: nginx\n    deploy: {replicas: 2}\n";
    for (name, language, text, is_ours) in [
        ("values.yml", "yaml", "a: b\n", false),
        ("compose.yml", "dockercompose", compose, false),
        ("compose.yml", "dockercompose", deploy, true),
        ("docker-compose.yaml", "yaml.docker-compose", deploy, true),
        ("anything.yml", "yaml", deploy, true),
        ("anything.yml", "yaml", compose, false),
        ("stack.yml", "yaml", compose, true),
        ("web-stack.yaml", "plaintext", compose, true),
    ] {
        let uri = folder.uri(name);
        client.open_as(&uri, language, text);
        // What this one shows comes after what that one does.
        let own = folder.uri("zzz-stack.yml");
        client.shown.clear();
        client.open(&own, STACK);
        client.findings(&own);
        if is_ours {
            assert!(!client.findings(&uri).is_empty(), "{name} ({language})");
        } else {
            let shown = client.shown.get(&uri).map(|it| it["diagnostics"].clone());
            assert!(shown.is_none_or(|it| it == json!([])), "{name} ({language})");
        }
        client.close(&uri);
        client.close(&own);
    }
}

#[test]
fn findings_can_be_asked_for() {
    let folder = Folder::of(&[("a/stack.yml", STACK), ("b/stack.yml", STACK)]);
    let pulls = json!({ "textDocument": { "diagnostic": {} } });
    let (mut client, answer) = Client::with(&folder, pulls);
    assert_eq!(answer["capabilities"]["diagnosticProvider"]["workspaceDiagnostics"], true);
    let uri = folder.uri("a/stack.yml");
    client.open(&uri, STACK);
    let of = json!({ "textDocument": { "uri": uri } });
    let report = client.ask("textDocument/diagnostic", of.clone());
    assert_eq!(report["kind"], "full");
    assert_eq!(report["items"].as_array().unwrap().len(), 2);
    let again = json!({ "textDocument": { "uri": uri }, "previousResultId": report["resultId"] });
    assert_eq!(client.ask("textDocument/diagnostic", again)["kind"], "unchanged");
    client.replace(&uri, "services:\n  web:\n    image: nginx\n");
    let report = client.ask("textDocument/diagnostic", of);
    assert_eq!(report["items"].as_array().unwrap().len(), 1);
    let all = client.ask("workspace/diagnostic", json!({ "previousResultIds": [] }));
    let counts = all["items"].as_array().unwrap().iter();
    let counts: Vec<_> = counts.map(|it| it["items"].as_array().unwrap().len()).collect();
    assert_eq!(counts, [1, 2], "{all}");
    assert!(client.unread.iter().all(|it| it["method"] != "textDocument/publishDiagnostics"));
}

#[test]
fn features_can_be_switched_off() {
    let folder = Folder::of(&[]);
    let mut client = Client::in_folder(&folder);
    let uri = folder.uri("stack.yml");
    let settings = json!({ "settings": { "swarm-plan": { "diagnostics": false } } });
    client.tell("workspace/didChangeConfiguration", settings);
    client.open(&uri, STACK);
    client.fails("textDocument/unheardOf", Value::Null);
    assert!(client.shown.is_empty());
    let settings = json!({ "settings": { "swarm-plan": {} } });
    client.tell("workspace/didChangeConfiguration", settings);
    assert_eq!(client.short(&uri).len(), 2);
}
