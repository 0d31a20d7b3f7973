//! Words that a key takes, durations and sizes that people write, files on the disk.

use gen_lsp_types::CompletionItemKind;

use crate::lsp::complete::Context;
use crate::lsp::complete::item::Item;
use crate::stack::keys::{Shape, Type};

/// Words by path, the usual one first.
const WORDS: &[(&str, &[&str])] = &[
    ("version", &["\"3.8\""]),
    ("services.*.deploy.mode", &["replicated", "global", "replicated-job", "global-job"]),
    ("services.*.deploy.endpoint_mode", &["vip", "dnsrr"]),
    ("services.*.deploy.update_config.failure_action", &["pause", "rollback", "continue"]),
    ("services.*.deploy.rollback_config.failure_action", &["pause", "continue"]),
    ("services.*.deploy.restart_policy.condition", &["any", "on-failure", "none"]),
    ("services.*.ports.*.protocol", &["tcp", "udp", "sctp"]),
    ("services.*.ports.*.mode", &["ingress", "host"]),
    ("services.*.volumes.*.type", &["volume", "bind", "tmpfs", "cluster", "npipe", "image"]),
    (
        "services.*.volumes.*.bind.propagation",
        &["rprivate", "private", "rshared", "shared", "rslave", "slave"],
    ),
    (
        "services.*.logging.driver",
        &["json-file", "local", "journald", "syslog", "gelf", "fluentd", "awslogs", "loki", "none"],
    ),
    ("services.*.isolation", &["default", "process", "hyperv"]),
    ("services.*.stop_signal", &["SIGTERM", "SIGINT", "SIGQUIT", "SIGHUP", "SIGUSR1", "SIGKILL"]),
    ("services.*.healthcheck.test", &["[\"CMD\", \"\"]", "[\"CMD-SHELL\", \"\"]", "[\"NONE\"]"]),
    ("services.*.healthcheck.test.0", &["CMD", "CMD-SHELL", "NONE"]),
    ("networks.*.external", &["true"]),
    ("volumes.*.external", &["true"]),
    ("secrets.*.external", &["true"]),
    ("configs.*.external", &["true"]),
    ("networks.*.driver", &["overlay"]),
    ("volumes.*.driver", &["local"]),
    ("configs.*.template_driver", &["golang"]),
    ("secrets.*.template_driver", &["golang"]),
    ("services.*.cap_add.*", CAPABILITIES),
    ("services.*.cap_drop.*", CAPABILITIES),
    ("services.*.deploy.resources.limits.memory", SIZES),
    ("services.*.deploy.resources.reservations.memory", SIZES),
    ("services.*.deploy.resources.limits.cpus", CPUS),
    ("services.*.deploy.resources.reservations.cpus", CPUS),
];

const CAPABILITIES: &[&str] = &[
    "ALL",
    "NET_ADMIN",
    "NET_BIND_SERVICE",
    "NET_RAW",
    "SYS_ADMIN",
    "SYS_NICE",
    "SYS_PTRACE",
    "SYS_TIME",
    "CHOWN",
    "DAC_OVERRIDE",
    "FOWNER",
    "IPC_LOCK",
    "SETGID",
    "SETUID",
];
const SIZES: &[&str] = &["128M", "256M", "512M", "1G", "2G", "4G"];
const CPUS: &[&str] = &["\"0.25\"", "\"0.5\"", "\"1\"", "\"2\""];
const DURATIONS: &[&str] = &["5s", "10s", "30s", "1m", "1m30s", "5m"];

/// Keys whose value is a file on this machine.
const FILES: &[&str] =
    &["services.*.env_file", "services.*.env_file.*", "secrets.*.file", "configs.*.file"];

/// The most files that are offered.
const MOST: usize = 200;

pub(super) fn of(context: &Context) -> Vec<Item> {
    if FILES.iter().any(|it| context.is_at(it)) {
        return files(context);
    }
    if let Some((_, words)) = WORDS.iter().find(|it| context.is_at(it.0)) {
        let unquoted =
            |it: &&str| if context.place.quoted { it.trim_matches('"') } else { it }.to_owned();
        return words.iter().map(|it| word(&unquoted(it))).collect();
    }
    let mut found = Vec::new();
    if context.is_at("services.*.ports.*") && !context.place.quoted {
        let port = Item::word("\"8080:80\"").snippet("\"${1:8080}:${2:80}\"");
        found.push(port.detail("port of the nodes, port of the container"));
    }
    for shape in context.shapes() {
        match shape {
            Shape::Enum(words) => found.extend(words.iter().map(|it| word(it))),
            Shape::Plain(types) if types.contains(&Type::Bool) => {
                found.extend(["true", "false"].map(word));
            }
            Shape::Duration { .. } => {
                let words = DURATIONS.iter().map(|it| word(it).of_kind(CompletionItemKind::Unit));
                found.extend(words);
            }
            _ => {}
        }
    }
    found
}

fn word(text: &str) -> Item {
    Item::word(text).of_kind(CompletionItemKind::EnumMember)
}

/// The files of the folder that is being written, folders first.
fn files(context: &Context) -> Vec<Item> {
    let typed = context.typed();
    let (folder, prefix) = typed.rsplit_once('/').map_or(("", ""), |it| (it.0, "/"));
    let base = context.folder.join(if folder.is_empty() && prefix == "/" { "/" } else { folder });
    let Ok(entries) = std::fs::read_dir(base) else { return Vec::new() };
    let mut found = Vec::new();
    for entry in entries.flatten().take(MOST) {
        let Ok(name) = entry.file_name().into_string() else { continue };
        let is_folder = entry.file_type().is_ok_and(|it| it.is_dir());
        if name == ".git" || name.chars().any(char::is_control) {
            continue;
        }
        let start = if typed.contains('/') { format!("{folder}{prefix}") } else { "./".to_owned() };
        let end = if is_folder { "/" } else { "" };
        let kind = if is_folder { CompletionItemKind::Folder } else { CompletionItemKind::File };
        found.push((!is_folder, Item::word(&format!("{start}{name}{end}")).of_kind(kind)));
    }
    found.sort_by(|a, b| (a.0, &a.1.label).cmp(&(b.0, &b.1.label)));
    found.into_iter().map(|it| it.1).collect()
}
