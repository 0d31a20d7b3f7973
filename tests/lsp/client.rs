//! An editor that does what a test says.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;
use std::{fs, thread};

use serde_json::{Value, json};
use tempfile::TempDir;

/// How long an answer may take before a test gives up.
const PATIENCE: Duration = Duration::from_secs(60);

/// A folder that ends with the test.
pub struct Folder(TempDir);

impl Folder {
    pub fn of(files: &[(&str, &str)]) -> Self {
        let folder = Self(TempDir::new().unwrap());
        for (name, text) in files {
            folder.write(name, text);
        }
        folder
    }

    pub fn path(&self) -> PathBuf {
        fs::canonicalize(self.0.path()).unwrap()
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub fn uri(&self, name: &str) -> String {
        format!("file://{}", self.path().join(name).display())
    }
}

/// An editor that is connected to a server.
pub struct Client {
    child: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Value>,
    asked: i64,
    /// What the server sent without being asked, in order.
    pub unread: Vec<Value>,
    /// The last findings of each document.
    pub shown: BTreeMap<String, Value>,
    versions: BTreeMap<String, i64>,
}

impl Client {
    /// Starts the program in a folder and says nothing.
    pub fn silent(folder: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_swarm-plan"))
            .arg("lsp")
            .current_dir(folder)
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let (send, messages) = mpsc::channel();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        thread::spawn(move || {
            while let Some(message) = read(&mut output) {
                if send.send(message).is_err() {
                    break;
                }
            }
        });
        let input = child.stdin.take();
        Self {
            child,
            input,
            messages,
            asked: 0,
            unread: Vec::new(),
            shown: BTreeMap::new(),
            versions: BTreeMap::new(),
        }
    }

    /// Starts the program and introduces itself.
    pub fn in_folder(folder: &Folder) -> Self {
        Self::with(folder, json!({})).0
    }

    /// The same, with these capabilities; gives the server's answer, too.
    pub fn with(folder: &Folder, capabilities: Value) -> (Self, Value) {
        let mut client = Self::silent(&folder.path());
        let uri = format!("file://{}", folder.path().display());
        let answer = client.ask(
            "initialize",
            json!({
                "processId": null,
                "rootUri": uri,
                "workspaceFolders": [{ "uri": uri, "name": "here" }],
                "capabilities": capabilities,
            }),
        );
        client.tell("initialized", json!({}));
        (client, answer)
    }

    pub fn write(&mut self, bytes: &[u8]) {
        let input = self.input.as_mut().unwrap();
        // A server that is gone cannot read; the test notices when it waits for an answer.
        let _ = input.write_all(bytes);
        let _ = input.flush();
    }

    pub fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.write(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    pub fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Sends a request; gives its number.
    pub fn begin(&mut self, method: &str, params: Value) -> i64 {
        self.asked += 1;
        let id = self.asked;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        id
    }

    /// The whole answer to a request.
    pub fn answer(&mut self, id: i64) -> Value {
        loop {
            let message = self.next(&format!("the answer to request {id}"));
            if message["id"] == json!(id) && message.get("method").is_none() {
                return message;
            }
            self.note(message);
        }
    }

    /// What a request brings; it must not fail.
    pub fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = self.begin(method, params);
        let answer = self.answer(id);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// How a request fails.
    pub fn fails(&mut self, method: &str, params: Value) -> i64 {
        let id = self.begin(method, params);
        let answer = self.answer(id);
        answer["error"]["code"].as_i64().unwrap_or_else(|| panic!("{method}: {answer}"))
    }

    fn next(&mut self, what: &str) -> Value {
        match self.messages.recv_timeout(PATIENCE) {
            Ok(message) => message,
            Err(error) => panic!("no {what}: {error}"),
        }
    }

    fn note(&mut self, message: Value) {
        if message["method"] == "textDocument/publishDiagnostics" {
            let uri = message["params"]["uri"].as_str().unwrap().to_owned();
            self.shown.insert(uri, message["params"].clone());
        }
        self.unread.push(message);
    }

    /// The next thing that the server says of its own accord with this method.
    pub fn hear(&mut self, method: &str) -> Value {
        loop {
            if let Some(at) = self.unread.iter().position(|it| it["method"] == method) {
                return self.unread.remove(at);
            }
            let message = self.next(method);
            self.note(message);
        }
    }

    pub fn open(&mut self, uri: &str, text: &str) {
        self.open_as(uri, "yaml", text);
    }

    pub fn open_as(&mut self, uri: &str, language: &str, text: &str) {
        self.versions.insert(uri.to_owned(), 1);
        let document = json!({ "uri": uri, "languageId": language, "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Changes a document; without a range it gets another text.
    pub fn change(&mut self, uri: &str, changes: &Value) -> i64 {
        let version = self.versions.get_mut(uri).unwrap();
        *version += 1;
        let version = *version;
        let document = json!({ "uri": uri, "version": version });
        let params = json!({ "textDocument": document, "contentChanges": changes });
        self.tell("textDocument/didChange", params);
        version
    }

    pub fn replace(&mut self, uri: &str, text: &str) {
        self.change(uri, &json!([{ "text": text }]));
    }

    pub fn close(&mut self, uri: &str) {
        self.tell("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    }

    /// The findings that the server shows for the present version of a document.
    pub fn findings(&mut self, uri: &str) -> Vec<Value> {
        let version = self.versions[uri];
        loop {
            if let Some(shown) = self.shown.get(uri)
                && shown["version"] == json!(version)
            {
                return shown["diagnostics"].as_array().unwrap().clone();
            }
            let message = self.next(&format!("findings of {uri}, version {version}"));
            self.note(message);
        }
    }

    /// The same, as `LINE:COLUMN severity code`, counted from zero.
    pub fn short(&mut self, uri: &str) -> Vec<String> {
        self.findings(uri).iter().map(short).collect()
    }

    /// Waits until so many findings are shown for a document, whichever version they are of.
    pub fn until(&mut self, uri: &str, count: usize) {
        let shown = |it: &Self| Some(it.shown.get(uri)?["diagnostics"].as_array()?.len());
        while shown(self) != Some(count) {
            let message = self.next(&format!("{count} findings of {uri}"));
            self.note(message);
        }
    }

    /// Takes its leave as it should.
    pub fn leave(mut self) -> ExitStatus {
        self.ask("shutdown", Value::Null);
        self.tell("exit", Value::Null);
        self.ended()
    }

    /// Goes without a word.
    pub fn vanish(mut self) -> ExitStatus {
        self.input = None;
        self.ended()
    }

    /// Waits for the end of the program.
    pub fn ended(&mut self) -> ExitStatus {
        for _ in 0..PATIENCE.as_millis() / 10 {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            thread::sleep(Duration::from_millis(10));
        }
        panic!("the server does not end");
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub fn short(it: &Value) -> String {
    let (at, code) = (&it["range"]["start"], it["code"].as_str().unwrap());
    let severity =
        ["error", "warning", "info", "hint"][it["severity"].as_u64().unwrap() as usize - 1];
    format!("{}:{} {severity} {code}", at["line"], at["character"])
}

fn read(output: &mut BufReader<ChildStdout>) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        match line.trim().strip_prefix("Content-Length: ") {
            Some(it) => length = it.parse().ok()?,
            None if line.trim().is_empty() => break,
            None => {}
        }
    }
    let mut body = vec![0; length];
    output.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}
