//! The server's state, and what it does with each message.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::io::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use serde::Serialize;
use serde_json::{Value, json};

use crate::lsp::check::Shared;
use crate::lsp::client::Client;
use crate::lsp::files::Document;
use crate::lsp::project::{Key, Projects};
use crate::lsp::publish::Board;
use crate::lsp::transport::{self, Incoming};
use crate::lsp::trees::Shelf;
use crate::lsp::worker::Worker;
use crate::lsp::{Ending, Event, Options, capabilities, requests};
use crate::stack::model::Environment;

/// How far the conversation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Before `initialize`.
    New,
    Running,
    /// After `shutdown`.
    Down,
}

pub(super) struct Server {
    out: Box<dyn Write>,
    stage: Stage,
    pub client: Client,
    pub projects: Projects,
    pub environment: Arc<Environment>,
    /// What is open, by path.
    pub documents: BTreeMap<PathBuf, Document>,
    pub worker: Worker,
    /// Counts what makes a check in progress worthless.
    pub round: u64,
    /// When to check next.
    pub deadline: Option<Instant>,
    pub snapshots: BTreeMap<Key, Shared>,
    /// Snapshots of texts that have changed since.
    pub stale: BTreeSet<Key>,
    pub board: Board,
    pub shelf: Shelf,
    /// Something has changed that is in no stack file.
    pub others_changed: bool,
    /// Numbers the server's own requests.
    asked: i32,
}

/// Why a request is not answered.
#[derive(Debug)]
pub(super) struct Failure {
    pub code: ErrorCode,
    pub message: String,
}

impl Failure {
    pub(super) fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

impl Server {
    pub(super) fn new(out: impl Write + 'static, options: Options, worker: Worker) -> Self {
        let Options { settings, environment, folder } = options;
        Self {
            out: Box::new(out),
            stage: Stage::New,
            client: Client::default(),
            projects: Projects { settings, folder },
            environment: Arc::new(environment),
            documents: BTreeMap::new(),
            worker,
            round: 0,
            deadline: None,
            snapshots: BTreeMap::new(),
            stale: BTreeSet::new(),
            board: Board::default(),
            shelf: Shelf::default(),
            others_changed: false,
            asked: 0,
        }
    }

    pub(super) fn deadline(&self) -> Option<Instant> {
        self.deadline
    }

    /// Takes what the client sent. Some ending says that it was the last.
    pub(super) fn incoming(&mut self, it: Incoming) -> io::Result<Option<Ending>> {
        match it {
            Incoming::Message(Message::Request(it)) => self.request(it)?,
            Incoming::Message(Message::Notification(it)) if it.method == "exit" => {
                let orderly = self.stage == Stage::Down;
                return Ok(Some(if orderly { Ending::Orderly } else { Ending::Abrupt }));
            }
            Incoming::Message(Message::Notification(it)) => self.notification(it)?,
            Incoming::Message(Message::Response(it)) => self.response(&it),
            Incoming::Garbage => {
                let error = json!({ "code": -32700, "message": "this is no message" });
                self.write(&json!({ "id": null, "error": error }))?;
            }
        }
        Ok(None)
    }

    fn request(&mut self, request: Request) -> io::Result<()> {
        let Request { id, method, params } = request;
        let answer = match (self.stage, method.as_str()) {
            (Stage::New, "initialize") => {
                self.client = Client::of(&params);
                self.stage = Stage::Running;
                Ok(capabilities::of(&self.client))
            }
            (Stage::New, _) => {
                let text = "`initialize` comes first";
                Err(Failure::new(ErrorCode::ServerNotInitialized, text))
            }
            (Stage::Running, "initialize") => {
                Err(Failure::new(ErrorCode::InvalidRequest, "`initialize` comes once"))
            }
            (Stage::Running, "shutdown") => {
                self.stage = Stage::Down;
                self.deadline = None;
                self.worker.abandon(u64::MAX);
                Ok(Value::Null)
            }
            (Stage::Running, _) => self.safely(|it| requests::answer(it, &method, params)),
            (Stage::Down, _) => {
                Err(Failure::new(ErrorCode::InvalidRequest, "the server was shut down"))
            }
        };
        self.respond(id, answer)
    }

    /// A bug in one answer is not the end of all.
    fn safely(
        &mut self,
        work: impl FnOnce(&mut Self) -> Result<Value, Failure>,
    ) -> Result<Value, Failure> {
        catch_unwind(AssertUnwindSafe(|| work(self))).unwrap_or_else(|_| {
            Err(Failure::new(ErrorCode::InternalError, "a bug in swarm-plan: see its output"))
        })
    }

    fn respond(&mut self, id: RequestId, answer: Result<Value, Failure>) -> io::Result<()> {
        let response = match answer {
            Ok(value) => Response::new_ok(id, value),
            Err(it) => Response::new_err(id, it.code as i32, it.message),
        };
        self.write(&response)
    }

    fn notification(&mut self, it: Notification) -> io::Result<()> {
        if self.stage != Stage::Running {
            return Ok(());
        }
        match it.method.as_str() {
            "initialized" => self.initialized(),
            "workspace/didChangeConfiguration" => self.configured(&it.params),
            method => {
                self.synchronize(method, it.params);
                Ok(())
            }
        }
    }

    /// Forgets a request that has not been begun.
    pub(super) fn cancel(
        &mut self,
        it: &Notification,
        queue: &mut VecDeque<Event>,
    ) -> io::Result<()> {
        let id = it.params.get("id").cloned().unwrap_or_default();
        let Ok(id) = serde_json::from_value::<RequestId>(id) else { return Ok(()) };
        let is_it = |it: &Event| matches!(it, Event::Incoming(Incoming::Message(Message::Request(it))) if it.id == id);
        let Some(at) = queue.iter().position(is_it) else { return Ok(()) };
        queue.remove(at);
        self.respond(id, Err(Failure::new(ErrorCode::RequestCanceled, "cancelled")))
    }

    /// Asks the client for something; what it answers is of no interest unless it is its
    /// configuration.
    pub(super) fn ask(&mut self, kind: &str, method: &str, params: Value) -> io::Result<()> {
        self.asked = self.asked.wrapping_add(1);
        let id = RequestId::from(format!("{kind}-{}", self.asked));
        self.write(&Request { id, method: method.to_owned(), params })
    }

    pub(super) fn tell(&mut self, method: &str, params: impl Serialize) -> io::Result<()> {
        let params = serde_json::to_value(params)?;
        self.write(&Notification { method: method.to_owned(), params })
    }

    fn write(&mut self, message: &impl Serialize) -> io::Result<()> {
        transport::write(&mut self.out, message)
    }
}
