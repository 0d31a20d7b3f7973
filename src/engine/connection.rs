//! A stream of bytes to an engine, in which nothing lasts longer than it may.

use std::io::{self, ErrorKind, Read, Write};
use std::net::TcpStream;
#[cfg(unix)]
use std::os::unix::net::UnixStream;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SyncSender};
use std::thread;
use std::time::Duration;

use crate::engine::Clock;
use crate::engine::error::{Kind, quoted};
use crate::engine::target::Way;

/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(3);

/// How long the next bytes may take.
const READ: Duration = Duration::from_secs(5);

/// What is read at once.
const CHUNK: usize = 64 << 10;

/// So many pieces wait to be taken.
const PIECES: usize = 4;

/// An open connection.
pub(super) enum Connection {
    Tcp(TcpStream),
    #[cfg(unix)]
    Unix(UnixStream),
    Client(Client),
}

impl Connection {
    pub(super) fn open(way: &Way, clock: Clock) -> Result<Self, Kind> {
        let limit = CONNECT.min(clock.left().unwrap_or_default());
        let opened = match way.clone() {
            Way::Client(args) => Client::start(&args).map(Self::Client),
            Way::Tcp(address) => in_time(limit, move || TcpStream::connect(address)).map(Self::Tcp),
            #[cfg(unix)]
            Way::Unix(path) => in_time(limit, move || UnixStream::connect(path)).map(Self::Unix),
            #[cfg(not(unix))]
            Way::Unix(_) => Err(ErrorKind::Unsupported.into()),
        };
        opened.map_err(|error| match (error.kind(), way) {
            (ErrorKind::NotFound, Way::Client(_)) => Kind::NoClient,
            (ErrorKind::NotFound, Way::Unix(_)) => Kind::NoSocket,
            (ErrorKind::PermissionDenied, _) => Kind::Denied,
            (ErrorKind::ConnectionRefused, _) => Kind::Refused,
            (ErrorKind::TimedOut, _) => Kind::Unreachable(CONNECT.as_secs()),
            _ => Kind::Io(error),
        })
    }

    /// Writes all of it.
    pub(super) fn write(&mut self, bytes: &[u8], clock: Clock) -> io::Result<()> {
        let limit = Some(clock.left().ok_or(ErrorKind::TimedOut)?.min(READ));
        match self {
            Self::Tcp(it) => {
                it.set_write_timeout(limit)?;
                it.write_all(bytes)
            }
            #[cfg(unix)]
            Self::Unix(it) => {
                it.set_write_timeout(limit)?;
                it.write_all(bytes)
            }
            Self::Client(it) => {
                it.input.write_all(bytes)?;
                it.input.flush()
            }
        }
    }

    /// Reads what comes next; nothing more where the connection ends.
    pub(super) fn read(&mut self, clock: Clock) -> io::Result<Vec<u8>> {
        let left = clock.left().ok_or(ErrorKind::TimedOut)?;
        let limit = Some(left.min(READ));
        match self {
            Self::Tcp(it) => {
                it.set_read_timeout(limit)?;
                piece(it)
            }
            #[cfg(unix)]
            Self::Unix(it) => {
                it.set_read_timeout(limit)?;
                piece(it)
            }
            // To log in somewhere may take longer.
            Self::Client(it) => match it.output.recv_timeout(left) {
                Ok(it) => it,
                Err(RecvTimeoutError::Timeout) => Err(ErrorKind::TimedOut.into()),
                Err(RecvTimeoutError::Disconnected) => Ok(Vec::new()),
            },
        }
    }

    /// Why the connection ended, where somebody can tell.
    pub(super) fn complaint(&mut self) -> Option<Kind> {
        let Self::Client(it) = self else { return None };
        let words = it.complaint.recv_timeout(Duration::from_secs(1)).ok()?;
        Some(Kind::Client(quoted(&words))).filter(|_| !words.trim().is_empty())
    }
}

fn piece(from: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = vec![0; CHUNK];
    loop {
        match from.read(&mut bytes) {
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            // That is how a socket says it.
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                return Err(ErrorKind::TimedOut.into());
            }
            read => {
                bytes.truncate(read?);
                return Ok(bytes);
            }
        }
    }
}

/// Does what has no limit of its own: looking up names, waiting to be let in.
fn in_time<T: Send + 'static>(
    limit: Duration,
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    let (sender, receiver) = mpsc::sync_channel(1);
    thread::Builder::new().spawn(move || sender.send(work()))?;
    receiver.recv_timeout(limit).unwrap_or_else(|_| Err(ErrorKind::TimedOut.into()))
}

/// Docker's own client, which passes bytes on.
pub(super) struct Client {
    child: Child,
    input: ChildStdin,
    output: Receiver<io::Result<Vec<u8>>>,
    complaint: Receiver<String>,
}

impl Client {
    fn start(args: &[String]) -> io::Result<Self> {
        let mut child = Command::new("docker")
            .args(args)
            .args(["system", "dial-stdio"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        let (Some(input), Some(output), Some(errors)) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return Err(ErrorKind::BrokenPipe.into());
        };
        let (sender, pieces) = mpsc::sync_channel(PIECES);
        let (words, complaint) = mpsc::sync_channel(1);
        let client = Self { child, input, output: pieces, complaint };
        thread::Builder::new().spawn(move || pass_on(output, &sender))?;
        thread::Builder::new().spawn(move || {
            let mut text = Vec::new();
            // Whatever came before an error is what there is to tell.
            let _ = errors.take(CHUNK as u64).read_to_end(&mut text);
            words.send(String::from_utf8_lossy(&text).into_owned())
        })?;
        Ok(client)
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // It has ended already, or is to end now.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn pass_on(mut output: impl Read, to: &SyncSender<io::Result<Vec<u8>>>) {
    loop {
        let read = piece(&mut output);
        let is_last = read.as_ref().map_or(true, Vec::is_empty);
        if to.send(read).is_err() || is_last {
            return;
        }
    }
}
