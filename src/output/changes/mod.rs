//! What a deploy would change, for people and machines. A format is one file and one arm below;
//! all of them show the same document.

mod document;
mod html;
mod human;
mod lines;
mod markdown;
mod value;
mod words;

use std::io;

use termcolor::WriteColor;

use crate::output::changes::document::Document;
use crate::output::changes::value::Veil;
use crate::output::{Checked, PlanFormat};
use crate::plan::Plan;
use crate::plan::diff::Diff;
use crate::source::Sources;

/// What to show.
#[derive(Clone, Copy, Debug)]
pub struct Comparison<'a> {
    pub diff: &'a Diff<'a>,
    /// How the deploy would go on the nodes that there are.
    pub plan: Option<&'a Plan<'a>>,
    /// The texts of the new stack.
    pub sources: &'a Sources,
    /// The stacks whose secrets no output may show; none where the user wants them shown.
    pub hidden: Option<&'a [Checked<'a>]>,
}

impl Comparison<'_> {
    /// Writes what a deploy would change.
    pub fn write(&self, format: PlanFormat, out: &mut dyn WriteColor) -> io::Result<()> {
        let veil = Veil::of(self.hidden);
        let document = Document::of(self, &veil);
        match format {
            PlanFormat::Json => document.write(out),
            PlanFormat::Human => human::write(self, &document, out),
            PlanFormat::Markdown => markdown::write(self, &document, out),
            PlanFormat::Html => html::write(self, &document, out),
        }
    }
}
