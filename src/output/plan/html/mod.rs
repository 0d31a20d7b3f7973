//! A plan as one page that needs nothing else: nodes to click away, updates to move through.

use std::io;

use termcolor::{NoColor, WriteColor};

use crate::output::plan::{human, json};
use crate::plan::Plan;

const PAGE: &str = include_str!("page.html");
pub(in crate::output) const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

pub(super) fn write(plan: &Plan, out: &mut dyn WriteColor) -> io::Result<()> {
    let (mut data, mut text) = (NoColor::new(Vec::new()), NoColor::new(Vec::new()));
    json::write(plan, &mut data)?;
    human::write(plan, &mut text)?;
    let data = String::from_utf8_lossy(data.get_ref());
    let text = String::from_utf8_lossy(text.get_ref());
    // Nothing that a name holds may end the script that it stands in.
    let data = data.replace('<', "\\u003c");
    let mut rest = PAGE;
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, after) = after.split_once("}}").unwrap_or((after, ""));
        write!(out, "{before}")?;
        match name {
            "title" => write!(out, "{}", escaped(plan.stack))?,
            "style" => write!(out, "{STYLE}")?,
            "script" => write!(out, "{SCRIPT}")?,
            "data" => write!(out, "{data}")?,
            "text" => write!(out, "{}", escaped(&text))?,
            _ => {}
        }
        rest = after;
    }
    write!(out, "{rest}")
}

pub(in crate::output) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
