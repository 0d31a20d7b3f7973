//! How a conversation begins and ends, and what happens when the client misbehaves.

use serde_json::{Value, json};

use super::{Client, Folder};

const STACK: &str = "services:\n  web:\n    image: nginx\n";

#[test]
fn a_conversation_begins_and_ends_as_specified() {
    let folder = Folder::of(&[]);
    let mut client = Client::silent(&folder.path());
    assert_eq!(client.fails("textDocument/hover", json!({})), -32002, "before initialize");
    client.tell("textDocument/didOpen", json!({ "ignored": true }));
    let answer = client.ask("initialize", json!({ "capabilities": {} }));
    assert_eq!(answer["capabilities"]["positionEncoding"], "utf-16");
    assert_eq!(answer["serverInfo"]["name"], "swarm-plan");
    assert_eq!(client.fails("initialize", json!({ "capabilities": {} })), -32600, "twice");
    client.tell("initialized", json!({}));
    assert_eq!(client.ask("shutdown", Value::Null), Value::Null);
    assert_eq!(client.fails("textDocument/hover", json!({})), -32600, "after shutdown");
    client.tell("exit", Value::Null);
    assert_eq!(client.ended().code(), Some(0));
}

#[test]
fn a_client_that_goes_without_a_word_ends_the_server() {
    let folder = Folder::of(&[]);
    assert_eq!(Client::in_folder(&folder).vanish().code(), Some(1));
    assert_eq!(Client::silent(&folder.path()).vanish().code(), Some(1));
    let mut client = Client::in_folder(&folder);
    client.tell("exit", Value::Null);
    assert_eq!(client.ended().code(), Some(1), "exit without shutdown");
    assert_eq!(Client::in_folder(&folder).leave().code(), Some(0));
}

#[test]
fn columns_are_counted_as_was_agreed() {
    let folder = Folder::of(&[]);
    let text = "services:\n  web: {image: \"nginx:1.27\", labels: {ä😀: x}, bogus: 1}\n";
    let of = |offered: &[&str]| {
        let general = json!({ "general": { "positionEncodings": offered } });
        let (mut client, answer) = Client::with(&folder, general);
        let encoding = answer["capabilities"]["positionEncoding"].as_str().unwrap().to_owned();
        let uri = folder.uri("stack.yml");
        client.open(&uri, text);
        let found = client.findings(&uri);
        let found = found.iter().find(|it| it["code"] == "unknown-key").unwrap();
        (encoding, found["range"]["start"]["character"].as_u64().unwrap())
    };
    let bytes = text.lines().nth(1).unwrap().find("bogus").unwrap() as u64;
    assert_eq!(of(&["utf-16", "utf-8"]), ("utf-8".into(), bytes));
    assert_eq!(of(&["utf-16"]), ("utf-16".into(), bytes - 3));
    assert_eq!(of(&["utf-32"]), ("utf-32".into(), bytes - 4));
}

#[test]
fn what_is_not_understood_is_answered_or_passed_over() {
    let folder = Folder::of(&[]);
    let mut client = Client::in_folder(&folder);
    assert_eq!(client.fails("textDocument/unheardOf", json!({})), -32601);
    assert_eq!(client.fails("textDocument/diagnostic", json!({ "textDocument": 3 })), -32602);
    client.tell("$/unheardOf", json!({}));
    client.tell("textDocument/didChange", json!({ "textDocument": "?" }));
    let uri = folder.uri("stack.yml");
    client.tell("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    client.send(&json!({ "jsonrpc": "2.0", "id": 99, "result": null }));
    client.send(&json!({ "jsonrpc": "2.0", "method": "$/cancelRequest", "params": { "id": 7 } }));
    client.write(b"Content-Length: 3\r\n\r\n{]}");
    client.write(b"no header at all\r\n\r\nContent-Length: many\r\n\r\n");
    client.send(&json!({ "jsonrpc": "2.0", "method": "textDocument/didOpen" }));
    client.send(&json!([1, 2]));
    client.open(&uri, STACK);
    assert_eq!(client.short(&uri), ["2:11 warning image-without-tag"]);
    assert_eq!(client.leave().code(), Some(0));
}

#[test]
fn a_length_is_only_a_promise() {
    let folder = Folder::of(&[]);
    for length in ["100000000", "99999999999999999999"] {
        let mut client = Client::in_folder(&folder);
        client.write(format!("Content-Length: {length}\r\n\r\n{{}}").as_bytes());
        assert_eq!(client.vanish().code(), Some(1), "{length}");
    }
}

#[test]
fn a_request_can_be_taken_back() {
    let folder = Folder::of(&[]);
    let mut client = Client::in_folder(&folder);
    let uri = folder.uri("stack.yml");
    // Sent in one go, so that the server sees both before it begins.
    let mut bytes = Vec::new();
    for message in [
        json!({ "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": { "textDocument": {
            "uri": uri, "languageId": "yaml", "version": 1, "text": STACK.repeat(2000) } } }),
        json!({ "jsonrpc": "2.0", "id": 41, "method": "textDocument/diagnostic",
            "params": { "textDocument": { "uri": uri } } }),
        json!({ "jsonrpc": "2.0", "id": 42, "method": "textDocument/diagnostic",
            "params": { "textDocument": { "uri": uri } } }),
        json!({ "jsonrpc": "2.0", "method": "$/cancelRequest", "params": { "id": 42 } }),
    ] {
        let body = message.to_string();
        bytes.extend(format!("Content-Length: {}\r\n\r\n{body}", body.len()).bytes());
    }
    client.write(&bytes);
    assert_eq!(client.answer(42)["error"]["code"], -32800);
    assert_eq!(client.leave().code(), Some(0));
}
