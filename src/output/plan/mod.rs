//! Plans for people and machines. A format is one file or folder and one arm below.

mod amount;
mod human;
mod json;
mod text;
mod words;

use std::io;

use termcolor::WriteColor;

use crate::plan::Plan;

/// How a plan is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanFormat {
    Human,
    Json,
}

impl PlanFormat {
    /// Writes a plan.
    pub fn write(self, plan: &Plan, out: &mut dyn WriteColor) -> io::Result<()> {
        match self {
            Self::Human => human::write(plan, out),
            Self::Json => json::write(plan, out),
        }
    }
}
