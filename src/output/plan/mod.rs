//! Plans for people and machines. A format is one file or folder and one arm below.

mod amount;
mod html;
mod human;
mod json;
mod markdown;
mod mermaid;
mod text;
mod words;

pub(in crate::output) use amount::{count, cpus, memory_written};
pub(in crate::output) use html::{STYLE, escaped as escaped_html};
pub(in crate::output) use human::dry_run;
pub(in crate::output) use json::value as plan_json;
pub(in crate::output) use markdown::plain;
pub(in crate::output) use text::{padded, wrap};

use std::io;

use termcolor::{Color, WriteColor};

use crate::output::plan::amount::time;
use crate::plan::Plan;

/// What speaks against a plan: a colour, a sign, and the words.
pub(in crate::output) fn causes(plan: &Plan) -> Vec<(Color, &'static str, String)> {
    let causes = words::verdict(plan).causes.into_iter();
    // A diff says itself what is refused.
    let causes = causes.filter(|it| !it.1.starts_with("the deploy stops at "));
    causes.map(|(mark, text)| (human::color(mark), mark.sign(), text)).collect()
}

/// How the update of a service would go that the deploy makes.
pub(in crate::output) fn update_of(plan: &Plan, service: &str) -> Option<String> {
    let it = plan.updates.iter().find(|it| {
        it.is_deploy && plan.services.get(it.service).is_some_and(|it| it.name == service)
    })?;
    let replaced = plan.services[it.service].change.as_ref().map_or(0, |it| it.replaced);
    let tasks = count(replaced, "task");
    let (pace, running) = (words::pace(it), words::availability(plan, it));
    let time = match it.course.done_at {
        Some(done) => format!("about {}", time(done)),
        None => "never ends".to_owned(),
    };
    Some(format!("restarts {tasks}: {pace}; {running}, {time}"))
}

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
