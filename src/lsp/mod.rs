//! The language server. One loop applies what the client says in the order in which it was said;
//! a worker checks stacks meanwhile. The texts of open editors count, not those of the disk, and
//! everything that is found comes from the same [`crate::analysis::analyze`] as on the command
//! line.

mod actions;
mod capabilities;
mod check;
mod client;
mod complete;
mod convert;
mod diagnostics;
mod edits;
mod files;
mod flow;
mod hints;
mod hover;
mod navigate;
mod outline;
mod place;
mod placement;
mod project;
mod publish;
mod pull;
mod requests;
mod server;
mod symbols;
mod sync;
mod target;
mod transport;
mod trees;
mod worker;

use std::collections::VecDeque;
use std::io::{self, BufRead, Write};
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Instant;

use lsp_server::Message;

use crate::lsp::server::Server;
use crate::lsp::transport::Incoming;
use crate::lsp::worker::Checked;
use crate::stack::model::Environment;

/// What the server is started with.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The settings, in place of the nearest `swarm-plan.toml`: absolute.
    pub settings: Option<PathBuf>,
    /// The variables that Docker would see.
    pub environment: Environment,
    /// The folder of texts that are in no file.
    pub folder: PathBuf,
}

/// How the client took its leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// With `shutdown` and `exit`.
    Orderly,
    /// Without.
    Abrupt,
}

/// What happens to the server.
enum Event {
    Incoming(Incoming),
    Checked(Box<Checked>),
    /// The client is gone.
    Gone,
}

/// Serves a client until it leaves.
pub fn serve(
    mut input: impl BufRead + Send + 'static,
    output: impl Write + 'static,
    options: Options,
) -> Ending {
    let (send, receive) = mpsc::channel();
    let reader = send.clone();
    thread::spawn(move || {
        while let Ok(Some(it)) = transport::read(&mut input) {
            if reader.send(Event::Incoming(it)).is_err() {
                return;
            }
        }
        // Nobody listens any more if this fails.
        let _ = reader.send(Event::Gone);
    });
    // A client that is gone is noticed when it is told something.
    run(output, options, &send, &receive).unwrap_or(Ending::Abrupt)
}

fn run(
    output: impl Write + 'static,
    options: Options,
    send: &Sender<Event>,
    receive: &Receiver<Event>,
) -> io::Result<Ending> {
    let worker = worker::start(send.clone());
    let mut server = Server::new(output, options, worker);
    let mut queue = VecDeque::new();
    loop {
        let Some(event) = next(receive, server.deadline()) else {
            server.check()?;
            continue;
        };
        queue.push_back(event);
        while let Some(event) = queue.pop_front() {
            // What is cancelled is known before it is begun.
            for event in receive.try_iter() {
                match &event {
                    Event::Incoming(Incoming::Message(Message::Notification(it)))
                        if it.method == "$/cancelRequest" =>
                    {
                        server.cancel(it, &mut queue)?;
                    }
                    _ => queue.push_back(event),
                }
            }
            match event {
                Event::Incoming(it) => {
                    if let Some(ending) = server.incoming(it)? {
                        return Ok(ending);
                    }
                }
                Event::Checked(it) => server.checked(*it)?,
                Event::Gone => return Ok(Ending::Abrupt),
            }
        }
    }
}

/// The next event; none where the time has come to check.
fn next(receive: &Receiver<Event>, deadline: Option<Instant>) -> Option<Event> {
    let Some(deadline) = deadline else { return Some(receive.recv().unwrap_or(Event::Gone)) };
    match receive.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
        Ok(event) => Some(event),
        Err(RecvTimeoutError::Timeout) => None,
        Err(RecvTimeoutError::Disconnected) => Some(Event::Gone),
    }
}
