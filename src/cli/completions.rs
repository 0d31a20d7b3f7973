//! `swarm-plan completions SHELL` and `swarm-plan man`: made from the arguments themselves.

use clap::CommandFactory;

use crate::cli::args::{Arguments, Completions};
use crate::cli::terminal::Terminal;
use crate::cli::{Error, Outcome};

pub(super) fn run(args: &Completions, terminal: &mut Terminal) -> Result<Outcome, Error> {
    // The generator takes no writing error; a list in memory has none.
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut Arguments::command(), "swarm-plan", &mut text);
    terminal.out().write_all(&text)?;
    Ok(Outcome::Clean)
}

/// The page of the program, and below it that of each command.
pub(super) fn manual(terminal: &mut Terminal) -> Result<Outcome, Error> {
    let mut command = Arguments::command().disable_help_subcommand(true);
    command.build();
    let page = clap_mangen::Man::new(command.clone());
    let out = &mut terminal.out();
    page.render(out)?;
    for it in command.get_subcommands().filter(|it| !it.is_hide_set()) {
        writeln!(out, ".SH \"{}\"", it.get_name().to_uppercase())?;
        let page = clap_mangen::Man::new(it.clone());
        page.render_synopsis_section(out)?;
        page.render_description_section(out)?;
        page.render_options_section(out)?;
    }
    Ok(Outcome::Clean)
}
