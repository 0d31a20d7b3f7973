//! `secrets` and `configs` at the top level.

use crate::stack::keys::shape::{OPTIONS, PAIRS, Record, Shape, TEXT, Type, Unknown, key};

pub(super) static SECRET: Record = Record::closed(&[
    key("name", &TEXT, REAL_NAME).since(5),
    key("file", &TEXT, CONTENT),
    key("external", &Shape::Record(&EXTERNAL), EXISTS).cast(),
    key(
        "driver",
        &TEXT,
        "A plug-in that fetches the content when a task needs it. Cannot stand beside `file`.",
    )
    .since(8),
    key("driver_opts", &OPTIONS, "Options for the driver.").since(8),
    key("template_driver", &TEXT, TEMPLATE).since(8),
    key("labels", &PAIRS, "Labels of the secret, the only thing a deploy can change."),
])
.with(Unknown::Extensions(7));

pub(super) static CONFIG: Record = Record::closed(&[
    key("name", &TEXT, REAL_NAME).since(5),
    key("file", &TEXT, CONTENT),
    key("external", &Shape::Record(&EXTERNAL), EXISTS).cast(),
    key("template_driver", &TEXT, TEMPLATE).since(8),
    key("labels", &PAIRS, "Labels of the config, the only thing a deploy can change."),
])
.with(Unknown::Extensions(7));

const REAL_NAME: &str = "The real name, instead of `STACK_KEY`. A new name for new content is the \
                         way to change it.";
const CONTENT: &str = "The file with the content, read by the deploy; relative to the folder of \
                       the first stack file.";
const EXISTS: &str = "`true`: it exists already and is not created. All other keys but `name` are \
                      then ignored.";
const TEMPLATE: &str = "`golang` fills in templates such as `{{ .Service.Name }}` for each task.";

/// Unlike that of networks and volumes, this one takes unknown keys.
static EXTERNAL: Record =
    Record::closed(&[key("name", &TEXT, "The real name. Deprecated: write `name` beside.")])
        .with(Unknown::Accepted(0))
        .or(&[Type::Bool, Type::Mapping]);
