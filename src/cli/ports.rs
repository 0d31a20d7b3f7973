//! `swarm-plan ports`: who must reach whom on which port, and firewall rules for it.

use std::path::PathBuf;

use crate::cli::args::{Global, Ports};
use crate::cli::job::{self, Job};
use crate::cli::settings::Shelf;
use crate::cli::terminal::Terminal;
use crate::cli::{Error, Outcome, plan};
use crate::output::{Clients, Firewall, Peers, PortsFormat};
use crate::ports;
use crate::scheduler::{self, Options};
use crate::swarm::spec::Specs;

/// The most nodes without an address that are named.
const NAMED: usize = 5;

pub(super) fn run(
    args: &Ports,
    global: &Global,
    terminal: &mut Terminal,
) -> Result<Outcome, Error> {
    let has_stack = !args.stack.files.is_empty();
    let mut job = if has_stack {
        Job::of(&args.stack)?
    } else {
        Job { nodes: args.stack.nodes.clone(), ..Job::default() }
    };
    let mut shelf = Shelf::default();
    let folder = job::folder_of(args.stack.files.first().map(PathBuf::as_path))?;
    let found = shelf.find(&folder, global)?.map(|it| shelf.get(it));
    plan::swarm_of(&mut job, found, &args.live, global)?;
    let mut ready = job.read()?;
    let Some(cluster) = plan::inventory(&mut ready) else { return Err(Error::Told) };
    let specs = if has_stack {
        let Some(specs) = plan::specs(&mut ready, &cluster, &args.stack) else {
            return Ok(Outcome::Findings);
        };
        specs
    } else {
        Specs::default()
    };
    let options =
        Options { networks: scheduler::network_drivers(&specs, &cluster), ..Options::default() };
    let services: Vec<_> = specs.services.values().collect();
    let schedule = scheduler::schedule(&services, &cluster, &options);
    let stack = has_stack.then_some(ready.name.as_str());
    let matrix = ports::matrix(stack, &specs, &cluster, &schedule);

    let Some(firewall) = args.rules else {
        PortsFormat::from(args.format).write(&matrix, terminal.out())?;
        return Ok(if matrix.is_open() { Outcome::Clean } else { Outcome::Findings });
    };
    let firewall = Firewall::from(firewall);
    let clients = Clients::read(&args.clients).map_err(|it| {
        Error::usage(format!("--clients `{it}` is no address and no network such as 10.0.0.0/8"))
    })?;
    let peers = match Peers::of(&cluster) {
        Ok(it) => it,
        Err(_) if !firewall.needs_addresses() => Peers::default(),
        Err(without) => {
            let more = without.len().saturating_sub(NAMED);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let names = without[..without.len().min(NAMED)].join(", ");
            return Err(Error::usage(format!(
                "rules name the nodes by their addresses: give an IP `address` to {names}{more}"
            )));
        }
    };
    firewall.write(&matrix, &peers, &clients, terminal.out())?;
    Ok(Outcome::Clean)
}
