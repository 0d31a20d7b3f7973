//! The settings file, `swarm-plan.toml`: which rules run, how loudly, and which files are one stack.

mod read;

use std::collections::BTreeMap;
use std::path::Path;

use globset::GlobSet;

use crate::diagnostic::Severity;
use crate::rule::{Options, Preset, Rule};
use crate::source::{Span, Spanned};

pub use read::parse;

/// What a settings file says.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The mildest severity that makes a run fail.
    pub fail_on: Option<Severity>,
    /// The rules that run unless something else is said about them.
    pub preset: Option<Preset>,
    /// The inventory, as a path from the settings file's folder.
    pub nodes: Option<Spanned<String>>,
    pub rules: Vec<RuleSetting>,
    pub stacks: Vec<StackSetting>,
    pub plan: Policy,
    pub overrides: Vec<Override>,
}

/// What is said about one rule.
#[derive(Clone, Debug)]
pub struct RuleSetting {
    pub id: &'static str,
    /// The severity, or `off`; none where only options are given.
    pub level: Option<Level>,
    /// Names that the rule lets pass.
    pub allow: Option<GlobSet>,
    /// Names that the rule wants to see.
    pub require: Option<Vec<String>>,
}

/// How loudly a rule speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    Off,
    At(Severity),
}

/// Several files merged into one stack. Paths start at the settings file's folder.
#[derive(Clone, Debug, Default)]
pub struct StackSetting {
    pub name: Spanned<String>,
    pub files: Vec<Spanned<String>>,
    pub env_files: Vec<Spanned<String>>,
}

/// What a plan has to hold.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    /// What the stack has to survive, such as `any-node`.
    pub survive: Vec<Spanned<String>>,
    /// The fewest tasks that may run at any time, by service.
    pub min_available: BTreeMap<String, u64>,
}

/// Other levels for some files.
#[derive(Clone, Debug)]
pub struct Override {
    /// Which files, as paths from the settings file's folder.
    pub files: GlobSet,
    pub rules: Vec<RuleSetting>,
}

/// Something in a settings file that cannot be used.
#[derive(Clone, Debug)]
pub struct Mistake {
    pub span: Span,
    pub message: String,
    pub help: Option<String>,
}

/// What the settings say to each rule, for one stack.
#[derive(Clone, Debug, Default)]
pub struct Levels {
    /// Which rules run of those that nothing is said about.
    pub preset: Preset,
    by_rule: BTreeMap<&'static str, Level>,
    options: BTreeMap<&'static str, Options>,
    silent: Options,
    policy: Policy,
}

impl Settings {
    /// What applies to a stack of these files, given as paths from the settings file's folder. An
    /// override applies where it names one of them; a later one wins over an earlier one.
    pub fn levels(&self, files: &[impl AsRef<Path>]) -> Levels {
        let preset = self.preset.unwrap_or_default();
        let mut levels = Levels { preset, policy: self.plan.clone(), ..Levels::default() };
        levels.take(&self.rules);
        for it in &self.overrides {
            if files.iter().any(|file| it.files.is_match(file)) {
                levels.take(&it.rules);
            }
        }
        levels
    }
}

impl Levels {
    fn take(&mut self, rules: &[RuleSetting]) {
        for it in rules {
            if let Some(level) = it.level {
                self.by_rule.insert(it.id, level);
            }
            if let Some(allow) = &it.allow {
                self.options.entry(it.id).or_default().allow = allow.clone();
            }
            if let Some(require) = &it.require {
                self.options.entry(it.id).or_default().require.clone_from(require);
            }
        }
    }

    /// How loudly a finding of a rule is told: `default` is the rule's own severity, `found` that
    /// of the finding, which may be milder. None where the rule is off.
    pub fn severity(&self, rule: &str, default: Severity, found: Severity) -> Option<Severity> {
        match self.by_rule.get(rule) {
            None => Some(found),
            Some(Level::Off) => None,
            Some(Level::At(level)) if found < default => Some(found.min(*level)),
            Some(Level::At(level)) => Some(*level),
        }
    }

    /// Whether a rule does not run at all: it is turned off, or the preset does not hold it and
    /// nothing turns it on.
    pub fn is_off(&self, rule: &Rule) -> bool {
        match self.by_rule.get(rule.id) {
            Some(level) => *level == Level::Off,
            None => rule.preset > self.preset,
        }
    }

    /// What the settings want a plan to hold.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    pub fn options(&self, rule: &str) -> &Options {
        self.options.get(rule).unwrap_or(&self.silent)
    }
}
