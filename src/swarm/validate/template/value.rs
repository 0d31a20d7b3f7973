//! What a placeholder can name, with the values that the manager makes up for the trial.

/// A value while a template is tried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// What `.` is at first.
    Context,
    Service,
    Node,
    Task,
    Platform,
    /// The service's labels: none in the trial.
    Labels,
    Text(String),
    /// A value that is there, but that is not worked out.
    Unknown,
}

/// Why a field is not there.
pub(super) enum Missing {
    /// The type that lacks it, as Go prints it.
    Field(&'static str),
    /// A key of a mapping.
    Key,
}

impl Value {
    pub(super) fn field(&self, name: &str) -> Result<Self, Missing> {
        let text = |text: &str| Ok(Self::Text(text.to_owned()));
        match (self, name) {
            // A method, which gives a text.
            (Self::Unknown, _) | (Self::Context, "Expand") => Ok(Self::Unknown),
            (Self::Context, "Service") => Ok(Self::Service),
            (Self::Context, "Node") => Ok(Self::Node),
            (Self::Context, "Task") => Ok(Self::Task),
            (Self::Service, "ID") => text("serviceid"),
            (Self::Service, "Name") => text("servicename"),
            (Self::Service, "Labels") => Ok(Self::Labels),
            (Self::Node, "ID") => text("nodeid"),
            (Self::Node, "Hostname") => text("nodeHostname"),
            (Self::Node, "Platform") => Ok(Self::Platform),
            (Self::Platform, "Architecture") => text("architecture"),
            (Self::Platform, "OS") => text("os"),
            (Self::Task, "ID") => text(""),
            (Self::Task, "Name") => text("taskname"),
            (Self::Task, "Slot") => text("1"),
            (Self::Labels, _) => Err(Missing::Key),
            _ => Err(Missing::Field(self.go_type())),
        }
    }

    fn go_type(&self) -> &'static str {
        match self {
            Self::Context => "*template.Context",
            Self::Service => "struct { ID string; Name string; Labels map[string]string }",
            Self::Node => "struct { ID string; Hostname string; Platform template.Platform }",
            Self::Task => "struct { ID string; Name string; Slot string }",
            Self::Platform => "template.Platform",
            Self::Labels => "map[string]string",
            Self::Text(_) | Self::Unknown => "string",
        }
    }

    /// Whether `if` takes it for true; none where that cannot be told.
    pub(super) fn truth(&self) -> Option<bool> {
        match self {
            Self::Unknown => None,
            Self::Labels => Some(false),
            Self::Text(text) => Some(!text.is_empty()),
            _ => Some(true),
        }
    }

    /// What is put in its place; none where that cannot be told.
    pub(super) fn print(self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text),
            Self::Labels => Some("map[]".to_owned()),
            _ => None,
        }
    }
}
