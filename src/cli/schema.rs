//! `swarm-plan schema [NAME]`: the published JSON schemas.

use crate::cli::args::Schema;
use crate::cli::terminal::Terminal;
use crate::cli::{Error, Outcome};
use crate::rules;

/// Every schema: its name, what it describes, its text.
const SCHEMAS: &[(&str, &str, &str)] = &[
    ("check", "what `check --format json` prints", include_str!("../../schemas/check.schema.json")),
    ("diff", "what `diff --format json` prints", include_str!("../../schemas/diff.schema.json")),
    ("plan", "what `plan --format json` prints", include_str!("../../schemas/plan.schema.json")),
    ("ports", "what `ports --format json` prints", include_str!("../../schemas/ports.schema.json")),
    (
        "settings",
        "the settings file, `swarm-plan.toml`",
        include_str!("../../schemas/settings.schema.json"),
    ),
    ("snapshot", "what `snapshot` saves", include_str!("../../schemas/snapshot.schema.json")),
];

pub(super) fn run(args: &Schema, terminal: &mut Terminal) -> Result<Outcome, Error> {
    let out = terminal.out();
    let Some(wanted) = &args.name else {
        for (name, what, _) in SCHEMAS {
            writeln!(out, "{name:10}  {what}")?;
        }
        return Ok(Outcome::Clean);
    };
    let Some((_, _, text)) = SCHEMAS.iter().find(|it| it.0 == wanted) else {
        let names = SCHEMAS.iter().map(|it| it.0);
        let help = match rules::near(wanted, names) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`swarm-plan schema` lists all".to_owned(),
        };
        return Err(Error::usage(format!("no schema is named `{wanted}`; {help}")));
    };
    write!(out, "{text}")?;
    Ok(Outcome::Clean)
}
