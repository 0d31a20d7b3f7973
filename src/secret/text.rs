//! A text to look through and where it stands.

/// A text and its context.
#[derive(Clone, Copy, Debug)]
pub struct Text<'a> {
    /// The variable, label, option or key that the text is the value of.
    pub name: Option<&'a str>,
    /// The text as it is written, variables and doubled dollar signs included.
    pub value: &'a str,
    pub context: Context,
}

/// What a text is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Context {
    /// The value of one variable.
    Environment,
    /// A command line.
    Command,
    /// The value of one label.
    Label,
    /// The command line of a health check.
    Healthcheck,
    /// The value of one build argument.
    BuildArg,
    /// An option of a log, network or volume driver.
    Option,
    /// A whole configuration file of any format.
    Config,
    /// A whole file of `NAME=value` lines.
    EnvFile,
    /// Anything else: only what its shape gives away is found.
    Other,
}

impl Context {
    /// Whether Docker interpolates the text, so that `$$` stands for one dollar sign.
    pub(super) fn is_interpolated(self) -> bool {
        !matches!(self, Self::Config | Self::EnvFile)
    }
}
