//! How the replacement of each service's tasks would go.

use std::io;

use termcolor::{Color, WriteColor};

use crate::output::escaped;
use crate::output::plan::amount::time;
use crate::output::plan::human::pending::write_remedies;
use crate::output::plan::human::{bold, colored, title};
use crate::output::plan::text::{WIDTH, padded, wrap};
use crate::output::plan::words;
use crate::plan::{Plan, Track, Update};
use crate::rollout::Place;

/// How wide a course is drawn.
const DRAWN: u64 = 50;

/// The most tasks of which the course is drawn.
const TRACKS: usize = 6;

pub(super) fn write(plan: &Plan, out: &mut dyn WriteColor) -> io::Result<()> {
    write_jobs(plan, out)?;
    if plan.updates.is_empty() {
        return Ok(());
    }
    for (is_deploy, name) in
        [(true, "What the deploy updates"), (false, "When a service's tasks are replaced")]
    {
        let mut them = plan.updates.iter().filter(|it| it.is_deploy == is_deploy).peekable();
        if them.peek().is_some() {
            title(out, name)?;
        }
        them.try_for_each(|it| one(plan, it, out))?;
    }
    let it = plan.assumptions;
    let note = words::assumed(it);
    writeln!(out, "  {}", wrap(&note, 2, 2))
}

fn one(plan: &Plan, it: &Update, out: &mut dyn WriteColor) -> io::Result<()> {
    let (all, least) = (it.course.initial_running, it.course.min_running);
    write!(out, "  ")?;
    bold(out, plan.services[it.service].name)?;
    let pace = words::pace(it);
    write!(out, "  {pace}: ")?;
    let color = match least {
        0 => Color::Red,
        _ if least < all => Color::Yellow,
        _ => Color::Green,
    };
    let running = words::availability(plan, it);
    colored(out, color, &running)?;
    let time = match it.course.done_at {
        Some(done) => format!("about {}", time(done)),
        None => "never ends".to_owned(),
    };
    let name = escaped(plan.services[it.service].name).chars().count();
    let is_wide = name + pace.len() + running.len() + time.len() + 8 > WIDTH;
    writeln!(out, ",{}{time}", if is_wide { "\n    " } else { " " })?;
    for (is_deadly, text) in words::dead_ends(it) {
        let (mark, color) = if is_deadly { ("✗", Color::Red) } else { ("!", Color::Yellow) };
        write!(out, "    ")?;
        colored(out, color, mark)?;
        writeln!(out, " {}", wrap(&escaped(&text), 6, 6))?;
    }
    write_remedies(plan, &it.remedies, out)?;
    if it.less_is_no_help {
        let text = words::LESS_IS_NO_HELP;
        writeln!(out, "    {}", wrap(text, 4, 4))?;
    }
    if let Some(done) = it.course.done_at {
        draw(plan, it, done, out)?;
        let rule = words::delay(plan.services[it.service].spec);
        writeln!(out, "    {}", wrap(&rule, 4, 4))?;
    }
    match words::crash(it) {
        crash if crash.is_empty() => Ok(()),
        crash => writeln!(out, "    {}", wrap(&crash, 4, 4)),
    }
}

/// A line for each place: when the old task runs, when none does, when the new one does.
fn draw(plan: &Plan, it: &Update, done: u64, out: &mut dyn WriteColor) -> io::Result<()> {
    // Those that are one too many are gone, and nothing comes after them.
    let stays = |it: &&Track| it.runs.iter().any(|it| it.2 || it.1 >= done);
    let tracks: Vec<&Track> = it.tracks.iter().filter(stays).collect();
    let shown = &tracks[..tracks.len().min(TRACKS)];
    let name = |it: &Track| match it.place {
        Place::Slot(slot) => format!("slot {slot}"),
        Place::Node(node) => escaped(plan.node(node)).into_owned(),
    };
    let width = shown.iter().map(|it| name(it).chars().count()).max().unwrap_or_default();
    let width = width.clamp("running".len(), 18);
    for track in shown {
        let mut line = String::new();
        for column in 0..DRAWN {
            let at = column * done.max(1) / DRAWN;
            let runs = |new: bool| {
                track.runs.iter().any(|it| it.2 == new && it.0 <= at && (at < it.1 || it.1 >= done))
            };
            line.push(match (runs(false), runs(true)) {
                (_, true) => '█',
                (true, false) => '▒',
                (false, false) => '·',
            });
        }
        writeln!(out, "    {}  {line}", padded(&name(track), width))?;
    }
    if !shown.is_empty() {
        let more = tracks.len() - shown.len();
        let more = if more > 0 { format!("and {more} more; ") } else { String::new() };
        write_running(it, done, width, out)?;
        writeln!(out, "    {}  {more}▒ old  · none  █ new", " ".repeat(width))?;
    }
    Ok(())
}

/// How many tasks run: the number where it changes, the least where it changes more than once.
fn write_running(it: &Update, done: u64, width: usize, out: &mut dyn WriteColor) -> io::Result<()> {
    let mut line = String::new();
    let mut running = it.course.initial_running;
    let mut shown = None;
    let mut steps = it.steps.iter().peekable();
    let mut digits = 0;
    for column in 0..DRAWN {
        let end = (column + 1).saturating_mul(done.max(1)) / DRAWN;
        let mut least: Option<u64> = None;
        while let Some(step) = steps.next_if(|it| it.at < end) {
            running = step.running;
            least = Some(least.map_or(running, |it| it.min(running)));
        }
        let now = least.unwrap_or(running);
        if digits > 0 {
            digits -= 1;
        } else if shown == Some(now) {
            line.push('─');
        } else {
            let number = now.to_string();
            digits = number.len() - 1;
            line.push_str(&number);
            shown = Some(now);
        }
    }
    let until = time(done);
    let line: String = line.chars().take(DRAWN as usize).collect();
    writeln!(out, "    {}  {line}", padded("running", width))?;
    let gap = " ".repeat((DRAWN as usize).saturating_sub("0 s".len() + until.chars().count()));
    writeln!(out, "    {}  0 s{gap}{until}", " ".repeat(width))
}

/// How the jobs go: `shop_migrate  3 tasks, one at a time: about 1 min 15 s`.
fn write_jobs(plan: &Plan, out: &mut dyn WriteColor) -> io::Result<()> {
    if plan.jobs.is_empty() {
        return Ok(());
    }
    title(out, "Jobs")?;
    for it in &plan.jobs {
        write!(out, "  ")?;
        bold(out, plan.services[it.service].name)?;
        let text = words::job(it, plan.assumptions);
        let column = 4 + escaped(plan.services[it.service].name).chars().count();
        writeln!(out, "  {}", wrap(&text, column, 4))?;
    }
    writeln!(out, "  {}", wrap(words::JOBS_STAY, 2, 2))?;
    Ok(())
}
