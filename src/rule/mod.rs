//! What a rule is: a constant that says when it applies and which function decides.

mod deployment;

pub use deployment::Deployment;

use globset::GlobSet;

use crate::cluster;
use crate::diagnostic::{Diagnostic, Severity, Spot, shortened};
use crate::edit::Site;
use crate::found::{Found, MOST};
use crate::plan::diff::Diff;
use crate::source::{Named, SourceId, Sources, Span};
use crate::stack::exposure::Exposure;
use crate::stack::problem::{Kind, Problem, Refused};
use crate::stack::{File, Service, Stack};
use crate::suppression::Directive;

/// One rule. Its documentation is the header of its file.
#[derive(Debug)]
pub struct Rule {
    /// Stable name, as in settings and suppressions; the file has the same name.
    pub id: &'static str,
    /// One line for listings.
    pub summary: &'static str,
    pub group: Group,
    pub severity: Severity,
    pub preset: Preset,
    pub check: Check,
}

/// The smallest set of rules that a rule belongs to: each holds those before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Preset {
    /// What an expert would want to be told of any stack.
    #[default]
    Default,
    /// Good practice that many stacks do without for good reasons.
    Pedantic,
    /// Guesses and matters of taste as well.
    All,
}

impl Preset {
    /// Every preset, the smallest first.
    pub const ALL: [Self; 3] = [Self::Default, Self::Pedantic, Self::All];

    /// `default`, `pedantic`, `all`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Pedantic => "pedantic",
            Self::All => "all",
        }
    }

    /// The preset that a word names.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.word() == word)
    }
}

/// What kind of trouble a rule prevents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// The text is not what Docker's YAML library reads.
    Yaml,
    /// Docker refuses the file, or drops or changes a part of it.
    Compose,
    /// Variables and what they become.
    Variables,
    /// Something names what is not there.
    References,
    /// The swarm refuses what it is sent.
    Swarm,
    /// Secrets in plain text.
    Secrets,
    /// Who can reach what, on which ports.
    Network,
    /// Where data is kept, and whether it is there tomorrow.
    Storage,
    /// Updates, health and restarts.
    Rollout,
    /// Memory, processors, logs.
    Resources,
    /// Which image runs.
    Image,
    /// What a break-in could reach.
    Security,
    /// The inventory of nodes.
    Inventory,
    /// Where tasks may run, on the nodes that there are.
    Placement,
    /// Comments that silence rules.
    Suppressions,
    /// What a team agreed on, and how a file reads.
    Style,
}

impl Group {
    /// The group's name in listings.
    pub fn word(self) -> &'static str {
        match self {
            Self::Yaml => "yaml",
            Self::Compose => "compose",
            Self::Variables => "variables",
            Self::References => "references",
            Self::Swarm => "swarm",
            Self::Secrets => "secrets",
            Self::Network => "network",
            Self::Storage => "storage",
            Self::Rollout => "rollout",
            Self::Resources => "resources",
            Self::Image => "image",
            Self::Security => "security",
            Self::Inventory => "inventory",
            Self::Placement => "placement",
            Self::Suppressions => "suppressions",
            Self::Style => "style",
        }
    }
}

/// What a rule looks at. The runner does the walking, so a rule handles one thing at a time.
#[derive(Debug)]
pub enum Check {
    /// Something that could not be loaded as written.
    Problem(fn(&Problem, &mut Findings)),
    /// Each service.
    Service(fn(&Named<Service>, &Stack, &mut Findings)),
    /// Each place where a secret is given away.
    Exposure(fn(&Exposure, &Stack, &mut Findings)),
    /// The whole stack.
    Stack(fn(&Stack, &mut Findings)),
    /// What cannot be used of the inventory.
    Inventory(fn(&cluster::Problem, &mut Findings)),
    /// The inventory, and the stack that is to run on it; not without an inventory.
    Cluster(fn(&Deployment, &mut Findings)),
    /// Each service on the nodes of the inventory; not without an inventory.
    Placement(fn(&Named<Service>, &Deployment, &mut Findings)),
    /// What a deploy changes of what runs; not where nobody knows what runs.
    Change(fn(&Diff, &Deployment, &mut Findings)),
    /// Each comment that silences rules, after all other rules have spoken.
    Suppression(fn(&Directive, &mut Findings)),
}

/// What the settings say to a rule beyond its level.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Names that the rule lets pass.
    pub allow: GlobSet,
    /// Names that the rule wants to see.
    pub require: Vec<String>,
}

/// Where a rule reports. It knows which rule is speaking.
#[derive(Debug)]
pub struct Findings<'a> {
    rule: &'static Rule,
    sources: &'a Sources,
    /// The stack's files; none where a rule looks at something else.
    files: &'a [File],
    options: &'a Options,
    /// The service at hand.
    service: Option<&'a str>,
    /// The problem at hand, on which Docker has words of its own.
    problem: Option<&'a Problem>,
    out: &'a mut Found,
    /// How many findings of other rules are told.
    before: usize,
    /// Whether there are more than will be told.
    is_full: bool,
}

impl<'a> Findings<'a> {
    pub fn of(
        rule: &'static Rule,
        sources: &'a Sources,
        options: &'a Options,
        out: &'a mut Found,
    ) -> Self {
        let before = out.told.len();
        let (files, service, problem) = (&[][..], None, None);
        Self { rule, sources, files, options, service, problem, out, before, is_full: false }
    }

    /// With the trees of a stack's files, which fixes need.
    fn with(mut self, stack: &'a Stack) -> Self {
        self.files = &stack.files;
        self
    }

    /// The entry or item that a place belongs to, to be edited: see [`crate::edit`]. The place is
    /// a key's, or a whole value's.
    pub fn site(&self, span: Span) -> Option<Site<'a>> {
        self.top(span.source)?.find(span)
    }

    /// The top of a file, to be edited; none where there is more to mend than anyone is told of.
    pub fn top(&self, source: SourceId) -> Option<Site<'a>> {
        if self.is_full {
            return None;
        }
        let file = self.files.iter().find(|it| it.source == source)?;
        let sound = file.document.errors.is_empty() && file.document.duplicates.is_empty();
        sound.then(|| Site::top(source, &self.sources.get(source).text, &file.document.root))
    }

    /// Reports a finding; chain to add help, places and a fix.
    pub fn report(&mut self, at: impl Into<Spot>, message: impl Into<String>) -> &mut Diagnostic {
        let at = at.into();
        if self.out.told.len() - self.before >= 2 * MOST {
            self.out.settle(self.before);
            self.is_full |= self.out.told.len() - self.before >= MOST;
        }
        let index = self.out.told.len();
        self.out.told.push(Diagnostic {
            rule: self.rule.id,
            severity: self.rule.severity,
            message: shortened(message.into()),
            span: at.span,
            service: self.service.map(str::to_owned),
            related: Vec::new(),
            help: None,
            notes: self.problem.and_then(docker_says).into_iter().collect(),
            fix: None,
        });
        let diagnostic = &mut self.out.told[index];
        if let Some(via) = at.via {
            diagnostic.related(via, "pulled in here");
        }
        diagnostic
    }

    /// The top of each file, to be edited; of those that can be read as a whole.
    pub fn tops(&self) -> impl Iterator<Item = Site<'a>> {
        self.files.iter().filter_map(|it| self.top(it.source))
    }

    /// The text that a span lies in.
    pub fn whole_text(&self, span: Span) -> &'a str {
        &self.sources.get(span.source).text
    }

    /// Looks at each of the things.
    fn each<T>(&mut self, things: impl IntoIterator<Item = T>, look: impl Fn(T, &mut Self)) {
        things.into_iter().for_each(|it| look(it, self));
        self.out.settle(self.before);
    }

    /// The text of a span, as written: variables are not put in.
    pub fn text(&self, span: Span) -> &'a str {
        self.sources.get(span.source).text.get(span.range()).unwrap_or_default()
    }

    /// Whether the settings name anything that the rule lets pass.
    pub fn has_allowed(&self) -> bool {
        !self.options.allow.is_empty()
    }

    /// The names that the settings want the rule to see.
    pub fn required(&self) -> &'a [String] {
        &self.options.require
    }

    /// Whether the settings let the rule pass over a name.
    pub fn allows(&self, name: &str) -> bool {
        self.options.allow.is_match(name)
    }
}

impl Rule {
    /// Runs the rule over everything in a stack that it looks at.
    pub fn run(
        &'static self,
        stack: &Stack,
        sources: &Sources,
        options: &Options,
        out: &mut Found,
    ) {
        let found = &mut Findings::of(self, sources, options, out).with(stack);
        match self.check {
            Check::Problem(check) => {
                found.each(&stack.problems, |problem, found| {
                    found.service = problem.service.as_deref();
                    found.problem = Some(problem);
                    check(problem, found);
                });
            }
            Check::Exposure(check) => found.each(&stack.exposures, |exposure, found| {
                found.service = exposure.service.as_deref();
                check(exposure, stack, found);
            }),
            Check::Service(check) => found.each(&stack.services, |service, found| {
                found.service = Some(service.name.value.as_str());
                check(service, stack, found);
            }),
            Check::Stack(check) => found.each([stack], check),
            Check::Inventory(_)
            | Check::Cluster(_)
            | Check::Placement(_)
            | Check::Change(_)
            | Check::Suppression(_) => {}
        }
    }

    /// Runs the rule over what cannot be used of an inventory.
    pub fn run_over_inventory(
        &'static self,
        problems: &[cluster::Problem],
        sources: &Sources,
        options: &Options,
        out: &mut Found,
    ) {
        let Check::Inventory(check) = self.check else { return };
        let found = &mut Findings::of(self, sources, options, out);
        found.each(problems, check);
    }

    /// Runs the rule over a stack on an inventory.
    pub fn run_on(
        &'static self,
        deployment: &Deployment,
        sources: &Sources,
        options: &Options,
        out: &mut Found,
    ) {
        let found = &mut Findings::of(self, sources, options, out).with(deployment.stack);
        match self.check {
            Check::Cluster(check) => found.each([deployment], check),
            Check::Change(check) => {
                found.each(deployment.diff, |diff, found| check(diff, deployment, found));
            }
            Check::Placement(check) => found.each(&deployment.stack.services, |service, found| {
                found.service = Some(service.name.value.as_str());
                check(service, deployment, found);
            }),
            _ => {}
        }
    }

    /// Runs the rule over comments that silence rules.
    pub fn run_over(
        &'static self,
        directives: &[Directive],
        sources: &Sources,
        options: &Options,
        out: &mut Found,
    ) {
        let Check::Suppression(check) = self.check else { return };
        let found = &mut Findings::of(self, sources, options, out);
        found.each(directives, check);
    }
}

/// Docker's own words, in one line, unless they repeat what may be a secret: a value that went
/// through interpolation, a line of an env file, or a value that could not be converted.
fn docker_says(problem: &Problem) -> Option<String> {
    match problem.kind {
        Kind::Interpolation { .. }
        | Kind::Cast { .. }
        | Kind::EnvFileLine { .. }
        | Kind::Undecodable { .. }
        | Kind::Refused { subject: Refused::Template, .. } => None,
        Kind::Syntax { ref message, .. } if message.contains("cannot decode") => None,
        _ => {
            // Parts of an answer, such as one of several duplicate keys, say nothing by themselves.
            let refusal = problem.refusal.as_ref().filter(|it| it.group.is_empty())?;
            let words: Vec<_> = refusal.text.split_whitespace().collect();
            let words = shortened(words.join(" "));
            (!words.is_empty()).then(|| format!("Docker says: {words}"))
        }
    }
}
