//! Thousands of random edits: the server's text stays the client's, every request is answered, and
//! in the end the findings are those of the command line.

use std::path::PathBuf;
use std::process::Command;
use std::{env, fs};

use serde_json::{Value, json};

use super::{Client, Folder};
use crate::support::{files, read};

/// So many edits over all files.
const EDITS: usize = 10_000;

/// After so many edits the editor asks for something.
const PAUSE: usize = 50;

const METHODS: &[&str] = &[
    "textDocument/completion",
    "textDocument/hover",
    "textDocument/definition",
    "textDocument/prepareRename",
    "textDocument/documentSymbol",
    "textDocument/foldingRange",
    "textDocument/selectionRange",
    "textDocument/documentLink",
    "textDocument/documentHighlight",
    "textDocument/codeAction",
    "textDocument/inlayHint",
    "textDocument/codeLens",
];

const WORDS: &[&str] = &[
    "\n",
    "\r\n",
    "  ",
    "\n    ",
    ": ",
    "- ",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "'",
    "#",
    "|",
    "&a",
    "*a",
    "ä",
    "😀",
    "${X",
    "}",
    "image",
    "services:\n",
    "\t",
    "deploy:\n",
    "<<: ",
    "1s",
    "swarm-plan: ignore[",
];

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most.max(1) as u64) as usize
    }

    /// The start of a character, or the end.
    fn place(&mut self, text: &str) -> usize {
        let mut at = self.below(text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}

/// As the protocol counts: UTF-16, lines ended by `\n`, `\r\n` or `\r`.
fn position(text: &str, offset: usize) -> Value {
    let (mut line, mut character) = (0, 0);
    let mut chars = text[..offset].chars().peekable();
    let follows = |offset: usize| text[offset..].starts_with('\n');
    while let Some(c) = chars.next() {
        let ends = c == '\n'
            || (c == '\r'
                && chars.peek() != Some(&'\n')
                && !(chars.peek().is_none() && follows(offset)));
        if ends {
            (line, character) = (line + 1, 0);
        } else {
            character += c.len_utf16();
        }
    }
    json!({ "line": line, "character": character })
}

/// Whether a place is inside a line break, where no editor can be.
fn splits(text: &str, offset: usize) -> bool {
    text[..offset].ends_with('\r') && text[offset..].starts_with('\n')
}

fn texts() -> Vec<String> {
    let of_corpus = env::var_os("CORPUS_DIR").map(|folder| {
        let entries = fs::read_dir(PathBuf::from(folder).join("stacks")).unwrap();
        let mut paths: Vec<_> = entries.map(|it| it.unwrap().path()).collect();
        paths.sort();
        paths.iter().filter_map(|it| fs::read_to_string(it).ok()).take(40).collect::<Vec<_>>()
    });
    let own = files("fixtures/rules")
        .into_iter()
        .filter(|it| it.extension().is_some_and(|it| it == "yml"));
    let own = own.step_by(9).take(20).map(|it| read(&it));
    own.chain(of_corpus.into_iter().flatten()).filter(|it| it.len() < 20_000).collect()
}

#[test]
fn random_edits_break_nothing() {
    let texts = texts();
    let each = EDITS.div_ceil(texts.len());
    for (number, text) in texts.iter().enumerate() {
        let mut dice = Dice(0x9e37_79b9_7f4a_7c15 ^ (number as u64 + 1));
        let folder = Folder::of(&[("nodes.yml", "nodes:\n  a: {role: manager}\n")]);
        folder.write("swarm-plan.toml", "nodes = \"nodes.yml\"\n");
        folder.write(".git/HEAD", "");
        let mut client = Client::in_folder(&folder);
        let uri = folder.uri("stack.yml");
        let mut own = text.clone();
        client.open(&uri, &own);
        for count in 0..each {
            edit(&mut client, &uri, &mut own, text, &mut dice);
            if count % PAUSE == 0 {
                ask(&mut client, &uri, &own, &mut dice);
            }
        }
        let theirs = client.ask("swarm-plan/text", json!({ "textDocument": { "uri": uri } }));
        assert_eq!(theirs, json!(own), "text {number}");
        let mut shown: Vec<_> = client.findings(&uri).iter().map(brief).collect();
        shown.sort();
        folder.write("stack.yml", &own);
        assert_eq!(shown, of_command_line(&folder), "text {number}:\n{own}");
        assert_eq!(client.leave().code(), Some(0));
    }
}

fn edit(client: &mut Client, uri: &str, own: &mut String, origin: &str, dice: &mut Dice) {
    let mut start = dice.place(own);
    if splits(own, start) {
        start -= 1;
    }
    let mut end = match dice.below(3) {
        0 => dice.place(own).clamp(start, own.len()).min(start + 40),
        _ => start,
    };
    while !own.is_char_boundary(end) || splits(own, end) {
        end += 1;
    }
    let new = match dice.below(4) {
        0 => String::new(),
        1 => {
            let (a, b) = (dice.place(origin), dice.place(origin));
            origin[a.min(b)..a.max(b)].chars().take(60).collect()
        }
        // Zero bytes mark binary files, which the command line does not read.
        _ => WORDS[dice.below(WORDS.len())].to_owned(),
    };
    let range = json!({ "start": position(own, start), "end": position(own, end) });
    own.replace_range(start..end, &new);
    client.change(uri, &json!([{ "range": range, "text": new }]));
}

fn ask(client: &mut Client, uri: &str, own: &str, dice: &mut Dice) {
    let method = METHODS[dice.below(METHODS.len())];
    let at = position(own, dice.place(own));
    let params = json!({
        "textDocument": { "uri": uri },
        "position": at,
        "positions": [at],
        "range": { "start": at, "end": at },
        "context": { "diagnostics": [], "triggerKind": 1 },
    });
    let id = client.begin(method, params);
    let answer = client.answer(id);
    assert!(answer.get("error").is_none(), "{method}: {answer}\n{own}");
}

fn brief(it: &Value) -> (u64, String) {
    (it["range"]["start"]["line"].as_u64().unwrap() + 1, it["code"].as_str().unwrap().to_owned())
}

/// The findings that `swarm-plan check` tells of the stack file in a folder.
fn of_command_line(folder: &Folder) -> Vec<(u64, String)> {
    let output = Command::new(env!("CARGO_BIN_EXE_swarm-plan"))
        .args(["check", "--format", "json", "."])
        .current_dir(folder.path())
        .env_clear()
        .output()
        .unwrap();
    // Without a stack file nothing is written.
    let report: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    let findings = report["findings"].as_array().cloned().unwrap_or_default();
    let own = findings.iter().filter(|it| it["path"] == "stack.yml");
    let brief = |it: &Value| {
        let line = it["range"]["start"]["line"].as_u64().unwrap();
        (line, it["rule"].as_str().unwrap().to_owned())
    };
    let mut found: Vec<_> = own.map(brief).collect();
    found.sort();
    found
}
