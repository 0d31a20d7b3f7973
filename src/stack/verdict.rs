//! What Docker would answer, out of everything that is wrong.

use crate::stack::problem::{FileStep, Problem, Refusal, Step};

/// Docker's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub step: Step,
    pub text: String,
}

/// The refusal that `docker stack deploy` prints: the earliest. None where it accepts.
pub fn verdict<'p>(problems: impl IntoIterator<Item = &'p Problem>) -> Option<Verdict> {
    let mut refusals: Vec<&Refusal> =
        problems.into_iter().filter_map(|it| it.refusal.as_ref()).collect();
    let step = refusals.iter().map(|it| it.step).min()?;
    refusals.retain(|it| it.step == step);
    let weight = refusals.iter().map(|it| it.weight).max()?;
    let chosen = *refusals.iter().find(|it| it.weight == weight)?;
    let mut lines: Vec<_> =
        refusals.iter().filter(|it| it.group == chosen.group).map(|it| it.text.clone()).collect();
    let text = match chosen.group.as_str() {
        "" | "yaml" => chosen.text.clone(),
        "forbidden" => {
            lines.sort();
            lines.dedup();
            format!("Compose file contains unsupported options:\n\n{}\n", lines.join("\n\n"))
        }
        _ => format!("decoding failed due to the following error(s):\n\n{}", lines.join("\n")),
    };
    Some(Verdict { step, text })
}

/// The refusal that `docker stack config` prints; it stops before images are read.
pub fn config_verdict<'p>(problems: impl IntoIterator<Item = &'p Problem>) -> Option<Verdict> {
    let mut verdict = verdict(problems).filter(|it| it.step < Step::Image)?;
    if matches!(verdict.step, Step::File(_, FileStep::Forbidden)) {
        "Configuration contains forbidden properties".clone_into(&mut verdict.text);
    }
    Some(verdict)
}

impl Step {
    /// The stage's name: `name`, `load`, `networks`, `secrets`, `configs`, `services`, `manager`.
    pub fn stage(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Read | Self::File(..) | Self::Image => "load",
            Self::Networks => "networks",
            Self::Secrets => "secrets",
            Self::Configs => "configs",
            Self::Services => "services",
            Self::Manager => "manager",
        }
    }
}
