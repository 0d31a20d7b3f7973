//! Plans for people and machines. A format is one file or folder and one arm below.

mod amount;
mod html;
mod human;
mod json;
mod markdown;
mod mermaid;
mod text;
mod words;

pub(in crate::output) use markdown::plain;
pub(in crate::output) use text::{padded, wrap};

use std::io;

use termcolor::WriteColor;

use crate::plan::Plan;

/// How a plan is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanFormat {
    Human,
    Json,
    Markdown,
    Html,
}

impl PlanFormat {
    /// Writes a plan.
    pub fn write(self, plan: &Plan, out: &mut dyn WriteColor) -> io::Result<()> {
        match self {
            Self::Human => human::write(plan, out),
            Self::Json => json::write(plan, out),
            Self::Markdown => markdown::write(plan, out),
            Self::Html => html::write(plan, out),
        }
    }
}
