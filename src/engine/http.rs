//! HTTP/1.1, as far as `GET` needs it: a head, a body in one piece, in chunks or up to the end, and
//! the next question on the same connection.

use std::io::ErrorKind;

use crate::engine::answer::Answer;
use crate::engine::connection::Connection;
use crate::engine::error::{Error, Kind};
use crate::engine::target::{Target, Way};
use crate::engine::{Clock, TIME};

/// The largest body that is read, in bytes.
pub(super) const LARGEST: usize = 64 << 20;

/// The largest head, and the longest line of a chunk.
const LONGEST_HEAD: usize = 64 << 10;
const MOST_HEADERS: usize = 100;

/// Questions to one engine.
pub(super) struct Http<'a> {
    target: &'a Target,
    clock: Clock,
    open: Option<Incoming>,
}

/// Why there is no answer.
enum Fault {
    /// The connection ended before the answer began.
    Early(Option<Kind>),
    Closed,
    Slow,
    TooLarge,
    Foreign,
}

impl<'a> Http<'a> {
    pub(super) fn new(target: &'a Target, clock: Clock) -> Self {
        Self { target, clock, open: None }
    }

    pub(super) fn error(&self, kind: Kind) -> Error {
        Error::at(&self.target.to_string(), kind)
    }

    /// Asks for a path.
    pub(super) fn get(&mut self, path: &str) -> Result<Answer, Error> {
        let fault = match self.open.take().map(|it| self.exchange(it, path)) {
            Some(Ok(answer)) => return Ok(answer),
            // Whoever answers may close a connection that nobody uses.
            None | Some(Err(Fault::Early(_))) => {
                let way = &self.target.way;
                let opened = Connection::open(way, self.clock).map_err(|it| self.error(it))?;
                let opened = Incoming { connection: opened, bytes: Vec::new(), at: 0 };
                match self.exchange(opened, path) {
                    Ok(answer) => return Ok(answer),
                    Err(fault) => fault,
                }
            }
            Some(Err(fault)) => fault,
        };
        let path = path.to_owned();
        Err(self.error(match fault {
            Fault::Early(Some(kind)) => kind,
            Fault::Early(None) | Fault::Closed => Kind::Closed(path),
            Fault::Slow => {
                let left = self.clock.left().unwrap_or_default();
                Kind::Slow { path, seconds: TIME.saturating_sub(left).as_secs().max(1) }
            }
            Fault::TooLarge => Kind::TooLarge { path, most: LARGEST },
            Fault::Foreign => Kind::Foreign(path),
        }))
    }

    fn exchange(&mut self, mut on: Incoming, path: &str) -> Result<Answer, Fault> {
        let host = match &self.target.way {
            Way::Tcp(address) => address,
            _ => "docker",
        };
        let version = env!("CARGO_PKG_VERSION");
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: swarm-plan/{version}\r\n\
             Accept: application/json\r\n\r\n"
        );
        if let Err(error) = on.connection.write(request.as_bytes(), self.clock) {
            return Err(match error.kind() {
                ErrorKind::TimedOut | ErrorKind::WouldBlock => Fault::Slow,
                _ => Fault::Early(on.connection.complaint()),
            });
        }
        let head = on.head(self.clock)?;
        let body = match head.body {
            Body::None => Vec::new(),
            Body::Sized(length) => on.exactly(length, self.clock)?,
            Body::Chunked => on.chunks(self.clock)?,
            Body::ToTheEnd => on.rest(self.clock)?,
        };
        if head.stays_open && head.body != Body::ToTheEnd {
            self.open = Some(on);
        }
        Ok(Answer { status: head.status, api_version: head.api_version, body })
    }
}

struct Head {
    status: u16,
    api_version: Option<String>,
    stays_open: bool,
    body: Body,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Body {
    None,
    Sized(usize),
    Chunked,
    ToTheEnd,
}

/// What comes in on a connection.
struct Incoming {
    connection: Connection,
    bytes: Vec<u8>,
    /// How many of the bytes were taken.
    at: usize,
}

impl Incoming {
    fn left(&self) -> &[u8] {
        &self.bytes[self.at..]
    }

    /// Waits for more; false where the connection ends.
    fn more(&mut self, clock: Clock) -> Result<bool, Fault> {
        let read = self.connection.read(clock).map_err(|error| match error.kind() {
            ErrorKind::TimedOut => Fault::Slow,
            _ => Fault::Closed,
        })?;
        if self.at > 0 {
            self.bytes.drain(..self.at);
            self.at = 0;
        }
        self.bytes.extend_from_slice(&read);
        Ok(!read.is_empty())
    }

    fn head(&mut self, clock: Clock) -> Result<Head, Fault> {
        loop {
            while self.left().is_empty() {
                match self.more(clock) {
                    Ok(true) => {}
                    Ok(false) | Err(Fault::Closed) => {
                        return Err(Fault::Early(self.connection.complaint()));
                    }
                    Err(fault) => return Err(fault),
                }
            }
            let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
            let mut response = httparse::Response::new(&mut headers);
            match response.parse(self.left()) {
                Ok(httparse::Status::Complete(length)) => {
                    let head = Head::of(&response)?;
                    self.at += length;
                    // Such an answer only announces another.
                    if head.status >= 200 {
                        return Ok(head);
                    }
                }
                Ok(httparse::Status::Partial) if self.left().len() < LONGEST_HEAD => {
                    if !self.more(clock)? {
                        return Err(Fault::Closed);
                    }
                }
                _ => return Err(Fault::Foreign),
            }
        }
    }

    fn exactly(&mut self, length: usize, clock: Clock) -> Result<Vec<u8>, Fault> {
        if length > LARGEST {
            return Err(Fault::TooLarge);
        }
        let mut body = Vec::new();
        self.take(length, &mut body, clock)?;
        Ok(body)
    }

    /// Moves so many bytes over, without waiting for room that nobody fills.
    fn take(&mut self, length: usize, to: &mut Vec<u8>, clock: Clock) -> Result<(), Fault> {
        let mut missing = length;
        while missing > 0 {
            if self.left().is_empty() && !self.more(clock)? {
                return Err(Fault::Closed);
            }
            let count = missing.min(self.left().len());
            to.extend_from_slice(&self.left()[..count]);
            self.at += count;
            missing -= count;
        }
        Ok(())
    }

    fn chunks(&mut self, clock: Clock) -> Result<Vec<u8>, Fault> {
        let mut body = Vec::new();
        loop {
            let line = self.line(clock)?;
            let digits = line.split(|it| b"; \t".contains(it)).next().unwrap_or_default();
            let digits = std::str::from_utf8(digits).unwrap_or_default();
            let size = usize::from_str_radix(digits, 16).map_err(|_| Fault::Foreign)?;
            if size == 0 {
                while !self.line(clock)?.is_empty() {}
                return Ok(body);
            }
            if size > LARGEST.saturating_sub(body.len()) {
                return Err(Fault::TooLarge);
            }
            self.take(size, &mut body, clock)?;
            if !self.line(clock)?.is_empty() {
                return Err(Fault::Foreign);
            }
        }
    }

    /// A line without its end.
    fn line(&mut self, clock: Clock) -> Result<Vec<u8>, Fault> {
        let mut seen = 0;
        loop {
            if let Some(end) = self.left()[seen..].iter().position(|it| *it == b'\n') {
                let line = &self.left()[..seen + end];
                let line = line.strip_suffix(b"\r").unwrap_or(line).to_vec();
                self.at += seen + end + 1;
                return Ok(line);
            }
            seen = self.left().len();
            if seen > LONGEST_HEAD {
                return Err(Fault::Foreign);
            }
            if !self.more(clock)? {
                return Err(Fault::Closed);
            }
        }
    }

    fn rest(&mut self, clock: Clock) -> Result<Vec<u8>, Fault> {
        let mut body = Vec::new();
        loop {
            body.extend_from_slice(self.left());
            self.at = self.bytes.len();
            if body.len() > LARGEST {
                return Err(Fault::TooLarge);
            }
            if !self.more(clock)? {
                return Ok(body);
            }
        }
    }
}

impl Head {
    fn of(response: &httparse::Response) -> Result<Self, Fault> {
        let header = |name: &str| {
            let is = |it: &&httparse::Header| it.name.eq_ignore_ascii_case(name);
            let found = response.headers.iter().find(is)?;
            Some(String::from_utf8_lossy(found.value).trim().to_lowercase())
        };
        let status = response.code.ok_or(Fault::Foreign)?;
        let length = header("content-length").map(|it| it.parse::<usize>());
        let body = match (status, header("transfer-encoding"), length) {
            (204 | 304, ..) => Body::None,
            (_, Some(it), _) if it == "chunked" => Body::Chunked,
            (_, None, Some(Ok(length))) => Body::Sized(length),
            (_, None, None) => Body::ToTheEnd,
            // Anything that is packed is not what was asked for.
            _ => return Err(Fault::Foreign),
        };
        let closes = header("connection").is_some_and(|it| it.contains("close"));
        let stays_open = response.version == Some(1) && !closes;
        Ok(Self { status, api_version: header("api-version"), stays_open, body })
    }
}
