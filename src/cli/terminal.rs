//! Where a command writes. A reader who has seen enough, such as `head`, is no error.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::panic::PanicHookInfo;

use termcolor::{Ansi, ColorSpec, NoColor, WriteColor};

use crate::cli::Error;
use crate::cli::args::Color;
use crate::output::{self, escaped};

/// Standard output, coloured or not.
pub(super) struct Terminal {
    out: Box<dyn WriteColor>,
}

impl Terminal {
    pub(super) fn new(color: Color) -> Self {
        let out = BufWriter::new(Patient(io::stdout()));
        let colored = wants_color(color, io::stdout().is_terminal());
        let links = supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout);
        let out: Box<dyn WriteColor> =
            if colored { Box::new(Colored::new(out, links)) } else { Box::new(NoColor::new(out)) };
        Self { out }
    }

    /// How many columns there are; the usual number where nobody looks.
    #[expect(clippy::unused_self, reason = "it is the terminal that has a width")]
    pub(super) fn width(&self) -> usize {
        let size = terminal_size::terminal_size_of(io::stdout());
        size.map_or(output::WIDTH, |(width, _)| usize::from(width.0))
    }

    pub(super) fn out(&mut self) -> &mut dyn WriteColor {
        &mut *self.out
    }

    /// Writes what is still held back.
    pub(super) fn finish(&mut self) -> Result<(), Error> {
        self.out.flush().map_err(Error::from)
    }
}

/// Standard error, coloured or not.
pub(super) fn errors(color: Color) -> Box<dyn WriteColor> {
    let out = Patient(io::stderr());
    if wants_color(color, io::stderr().is_terminal()) {
        Box::new(Colored::new(out, false))
    } else {
        Box::new(NoColor::new(out))
    }
}

fn wants_color(color: Color, is_terminal: bool) -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|it| !it.is_empty());
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => {
            let is = |name, value| std::env::var_os(name).is_some_and(|it| it == value);
            let forced = set("CLICOLOR_FORCE") && !is("CLICOLOR_FORCE", "0");
            let unwanted = is("TERM", "dumb") || is("CLICOLOR", "0");
            !set("NO_COLOR") && (forced || (is_terminal && !unwanted))
        }
    }
}

/// Says on standard error why something could not be done.
pub(super) fn complain(text: &str) {
    let lines: Vec<_> = text.lines().map(escaped).collect();
    // Nobody is left to tell when this fails.
    let _ = writeln!(io::stderr(), "swarm-plan: {}", lines.join("\n"));
}

/// Says on standard error what was done.
pub(super) fn tell(text: &str) {
    let _ = writeln!(io::stderr(), "{}", escaped(text));
}

/// Says that the program itself is wrong, and where. Words that were put together at run time stay
/// away: they may repeat the text that was read.
pub(super) fn report_bug(panic: &PanicHookInfo) {
    let version = env!("CARGO_PKG_VERSION");
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    let words = panic.payload().downcast_ref::<&'static str>().copied().unwrap_or_default();
    let what = format!("{place}\n{words}");
    let what = what.lines().map(escaped).collect::<Vec<_>>().join("\n  ");
    let _ = writeln!(
        io::stderr(),
        "swarm-plan: internal error, which is a bug in swarm-plan {version}\n  {what}\n\
         Nothing was changed. Please report it with the file that was read."
    );
}

/// Colours, and links where the terminal knows them.
struct Colored<W> {
    out: Ansi<W>,
    links: bool,
}

impl<W: Write> Colored<W> {
    fn new(out: W, links: bool) -> Self {
        Self { out: Ansi::new(out), links }
    }
}

impl<W: Write> Write for Colored<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl<W: Write> WriteColor for Colored<W> {
    fn supports_color(&self) -> bool {
        true
    }

    fn supports_hyperlinks(&self) -> bool {
        self.links
    }

    fn set_color(&mut self, spec: &ColorSpec) -> io::Result<()> {
        self.out.set_color(spec)
    }

    fn reset(&mut self) -> io::Result<()> {
        self.out.reset()
    }
}

/// A writer whose reader may leave.
struct Patient<W>(W);

impl<W: Write> Write for Patient<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self.0.write(bytes) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(bytes.len()),
            done => done,
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self.0.flush() {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            done => done,
        }
    }
}

/// Writes a text in bold, where there are colours.
pub(super) fn bold(out: &mut dyn WriteColor, text: &str) -> io::Result<()> {
    out.set_color(ColorSpec::new().set_bold(true))?;
    write!(out, "{text}")?;
    out.reset()
}
