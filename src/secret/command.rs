//! Credentials in command lines: options, assignments, and the habits of well-known programs.

use crate::secret::found::{Findings, Found};
use crate::secret::leak::{Confidence, Gravity, LeakKind};
use crate::secret::name::{Level, level};
use crate::secret::shell::{Word, commands};
use crate::secret::value::{judge, judge_password};
use crate::secret::words::words;
use crate::secret::written::Written;
use std::ops::Range;

/// Scripts in scripts deeper than this are not read.
const NESTING: usize = 3;

/// Programs and the option that takes a password as the next word.
const PASSWORD_OPTIONS: &[(&[&str], &[&str])] = &[
    (&["redis-cli", "valkey-cli", "keydb-cli"], &["-a", "--pass"]),
    (
        &[
            "mongo",
            "mongosh",
            "mongodump",
            "mongorestore",
            "mongoexport",
            "mongoimport",
            "cqlsh",
            "sshpass",
            "rabbitmqadmin",
            "docker",
            "podman",
            "helm",
            "crane",
            "skopeo",
            "oras",
            "influx",
            "clickhouse-client",
            "nerdctl",
        ],
        &["-p"],
    ),
    (&["sqlcmd", "bcp", "mosquitto_pub", "mosquitto_sub", "mosquitto_rr"], &["-P"]),
    (&["ldapsearch", "ldapwhoami", "ldapadd", "ldapmodify", "ldapdelete", "ldappasswd"], &["-w"]),
];

/// Programs and the options that take `user:password`, or `user%password`.
const USER_OPTIONS: &[(&[&str], &[&str], char)] = &[
    (&["curl", "turnserver", "etcdctl"], &["-u", "--user", "--proxy-user", "-U"], ':'),
    (&["smbclient", "rpcclient"], &["-U", "--user"], '%'),
];

/// Programs, a word of theirs, and how many words after it the password stands.
const POSITIONS: &[(&str, &str, usize)] = &[
    ("rabbitmqctl", "add_user", 2),
    ("rabbitmqctl", "change_password", 2),
    ("rabbitmqctl", "authenticate_user", 2),
    ("mc", "set", 4),
    ("mc", "add", 4),
];

const SHELLS: &[&str] = &["sh", "bash", "ash", "dash", "zsh", "CMD-SHELL"];

/// Where in a list of texts a credential stands.
pub(super) type Hit = (usize, Found);

/// Finds credentials in one command line.
pub(super) fn find(range: &Range<usize>, written: &Written, found: &mut Findings) {
    let script = Word::verbatim(&written.text[range.clone()], range.start, 0);
    for (_, it) in in_script(&script, 0) {
        found.add(written, it);
    }
}

/// Finds credentials in a list of words, of which each is a text of its own.
pub(super) fn in_words(texts: &[&str]) -> Vec<Hit> {
    let word = |(item, text): (usize, &&str)| Word::verbatim(text, 0, item);
    let words: Vec<Word> = texts.iter().enumerate().map(word).collect();
    let mut hits = Vec::new();
    in_command(&words, 0, &mut hits);
    hits
}

fn in_script(script: &Word, depth: usize) -> Vec<Hit> {
    let mut hits = Vec::new();
    for command in commands(script) {
        in_command(&command, depth, &mut hits);
    }
    hits
}

/// Looks at each word with the program it belongs to and the word after it.
fn in_command(command: &[Word], depth: usize, hits: &mut Vec<Hit>) {
    let mut program = "";
    let is_login = command.iter().any(|it| it.text == "login");
    for (at, word) in command.iter().enumerate() {
        let text = word.text.as_str();
        let base = text.rsplit('/').next().unwrap_or(text);
        if is_known(base) {
            program = base;
            continue;
        }
        let next = command.get(at + 1);
        let runs_script = SHELLS.contains(&program)
            && (program == "CMD-SHELL" || at > 0 && is_script_option(&command[at - 1].text));
        if runs_script && depth < NESTING {
            hits.extend(in_script(word, depth + 1));
            program = "";
        } else if !by_program(program, word, next, is_login, hits)
            && !by_option(program, word, next, hits)
        {
            by_name(word, hits);
        }
        if program == "htpasswd" && at + 1 == command.len() && in_one_go(command) {
            report("-b", word, 0, Level::Password, hits);
        }
        for (of, sign, distance) in POSITIONS {
            if *of == program
                && text == *sign
                && let Some(it) = command.get(at + distance)
            {
                report(text, it, 0, Level::Password, hits);
            }
        }
    }
}

fn is_known(program: &str) -> bool {
    SHELLS.contains(&program)
        || words().mysql_programs.contains(program)
        || PASSWORD_OPTIONS.iter().any(|it| it.0.contains(&program))
        || USER_OPTIONS.iter().any(|it| it.0.contains(&program))
        || POSITIONS.iter().any(|it| it.0 == program)
        || program == "htpasswd"
}

/// Whether `htpasswd` takes the password from the command line.
fn in_one_go(command: &[Word]) -> bool {
    command.iter().any(|it| it.text.starts_with('-') && it.text.contains('b'))
}

/// `-c`, `-ec`, `-lc`.
fn is_script_option(text: &str) -> bool {
    text.starts_with('-') && !text.starts_with("--") && text.ends_with('c') && text.len() < 6
}

/// Options that mean a password to one program only.
fn by_program(
    program: &str,
    word: &Word,
    next: Option<&Word>,
    is_login: bool,
    hits: &mut Vec<Hit>,
) -> bool {
    let text = word.text.as_str();
    if words().mysql_programs.contains(program) {
        let glued = text.len() > 2 && text.starts_with("-p");
        if glued {
            report("-p", word, 2, Level::Password, hits);
        }
        // Without `=` the program asks for it.
        return glued || text == "--password";
    }
    if program == "sshpass" && text.len() > 2 && text.starts_with("-p") {
        report("-p", word, 2, Level::Password, hits);
        return true;
    }
    if by_user(program, word, next, hits) {
        return true;
    }
    let Some(next) = next else { return false };
    let logs_in = is_login || !["docker", "podman", "helm", "nerdctl"].contains(&program);
    let option = |it: &&(&[&str], &[&str])| it.0.contains(&program) && it.1.contains(&text);
    if logs_in && PASSWORD_OPTIONS.iter().any(|it| option(&it)) {
        let is_port = next.text.parse::<u16>().is_ok();
        if !is_port && !next.text.starts_with('-') {
            report(text, next, 0, Level::Password, hits);
        }
        return true;
    }
    false
}

/// Options that take a user and a password: `-u user:password`, `--user=user:password`.
fn by_user(program: &str, word: &Word, next: Option<&Word>, hits: &mut Vec<Hit>) -> bool {
    let text = word.text.as_str();
    let (option, value) = match text.split_once('=') {
        Some((option, value)) => (option, Some((word, text.len() - value.len()))),
        None => (text, next.map(|it| (it, 0))),
    };
    let Some((value, from)) = value else { return false };
    let of_program =
        USER_OPTIONS.iter().find(|it| it.0.contains(&program) && it.1.contains(&option));
    // Samba's image takes `-u "user;password"`.
    let samba = (option == "-u" && value.text.contains(';')).then_some(';');
    let Some(separator) = of_program.map(|it| it.2).or(samba) else { return false };
    let given = &value.text[from..];
    let ids = given.bytes().all(|it| it.is_ascii_digit() || it == b':');
    if let Some((user, rest)) = given.split_once(separator).filter(|_| !ids) {
        let start = from + user.len() + 1;
        let end = start + rest.split(';').next().unwrap_or_default().len();
        report_part("-u", value, start..end, Level::Password, hits);
    }
    true
}

/// `--password=…`, `--password …`, `-Dname=…`.
fn by_option(program: &str, word: &Word, next: Option<&Word>, hits: &mut Vec<Hit>) -> bool {
    let text = word.text.as_str();
    let bare = text.trim_start_matches('-');
    let dashes = text.len() - bare.len();
    if !(1..=2).contains(&dashes) || bare.len() < 2 {
        return false;
    }
    if let Some((name, value)) = bare.split_once('=') {
        let name = name.strip_prefix('D').filter(|_| dashes == 1).unwrap_or(name);
        // Consul's key for its gossip.
        let level = if name == "encrypt" { Level::Evidence } else { level(name) };
        if !is_program_setting(name, value) {
            report(name, word, text.len() - value.len(), level, hits);
        }
        return true;
    }
    let level = level(bare);
    // `-password x`, but not `-px`.
    if level >= Level::Secret && (dashes == 2 || bare.len() > 3) {
        let value = next.filter(|it| !it.text.starts_with('-') && !it.text.contains("id="));
        if let Some(value) = value.filter(|_| program != "docker" || bare != "secret") {
            report(text, value, 0, level, hits);
        }
        return true;
    }
    false
}

/// An option that names a thing inside, such as `--secret=id=npm`.
fn is_program_setting(name: &str, value: &str) -> bool {
    name == "secret" && value.contains('=')
}

/// `NAME=value` as an assignment or an argument, and headers such as `X-Api-Key: value`.
fn by_name(word: &Word, hits: &mut Vec<Hit>) {
    let text = word.text.as_str();
    let is_name = |it: &str| {
        !it.is_empty()
            && it.len() < 80
            && it.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte))
    };
    if let Some((name, value)) = text.split_once(": ").filter(|it| is_name(it.0)) {
        report(name, word, text.len() - value.len(), level(name), hits);
        return;
    }
    if let Some(part) = place_of_password(text) {
        report_part("-u", word, part, Level::Password, hits);
        return;
    }
    // Mount options hold several pairs between commas.
    let mut start = 0;
    for piece in text.split(',') {
        if let Some((name, value)) = piece.split_once('=').filter(|it| is_name(it.0)) {
            let from = start + name.len() + 1;
            report_part(name, word, from..from + value.len(), level(name), hits);
        }
        start += piece.len() + 1;
    }
}

/// The password of `pass:word`, as OpenSSL has it, and of `user:word:1001`, as images of SFTP
/// servers have it.
fn place_of_password(text: &str) -> Option<Range<usize>> {
    if text.starts_with("pass:") {
        return Some(5..text.len());
    }
    let mut fields = text.split(':');
    let (user, word, mut id) = (fields.next()?, fields.next()?, fields.next()?);
    if id == "e" {
        id = fields.next()?;
    }
    let is_number = |it: &str| !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_digit());
    let is_user = user.starts_with(|it: char| it.is_ascii_lowercase())
        && user.bytes().all(|it| it.is_ascii_alphanumeric() || b"_-".contains(&it));
    let is_word = word.len() > 2 && !is_number(word) && !word.contains(['/', '=', ',']);
    let start = user.len() + 1;
    (is_user && is_word && is_number(id)).then(|| start..start + word.len())
}

fn report(name: &str, word: &Word, from: usize, level: Level, hits: &mut Vec<Hit>) {
    report_part(name, word, from..word.text.len(), level, hits);
}

fn report_part(name: &str, word: &Word, part: Range<usize>, level: Level, hits: &mut Vec<Hit>) {
    let Some(value) = word.text.get(part.clone()) else { return };
    let gravity = match level {
        Level::Password if name.starts_with('-') && name.len() < 3 => command_password(value),
        _ => judge(value, level),
    };
    let Some(gravity) = gravity else { return };
    let confidence = match level {
        Level::Password => Confidence::High,
        Level::Secret => Confidence::Medium,
        _ => Confidence::Low,
    };
    let range = word.range(part.start, part.end);
    let (kind, name) = (LeakKind::ProgramOption, Some(name.to_owned()));
    hits.push((word.item, Found { range, kind, name, gravity, confidence }));
}

/// The value of an option that takes nothing but a password.
fn command_password(value: &str) -> Option<Gravity> {
    if value.starts_with('$') || value.starts_with('/') { None } else { judge_password(value) }
}
