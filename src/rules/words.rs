//! Turns of phrase that rules share.

/// The candidate that a misspelt word most likely meant.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Nobody misspells so long a word that the comparison may cost what it likes.
    if word.len() > 200 {
        return None;
    }
    let lower = word.to_lowercase();
    let near = candidates.into_iter().filter(|it| it.len() <= 200 && *it != word).map(|it| {
        let other = it.to_lowercase().replace('-', "_");
        (strsim::damerau_levenshtein(&lower.replace('-', "_"), &other), it)
    });
    let (distance, candidate) = near.min()?;
    let limit = (lower.chars().count() / 3).clamp(1, 3);
    (distance <= limit && candidate.chars().count() > distance).then_some(candidate)
}

/// `did you mean `x`?`, where something is near.
pub(super) fn did_you_mean<'a>(
    word: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    nearest(word, candidates).map(|it| format!("did you mean {}?", code(it)))
}

/// What an absent name of the swarm most likely meant: the same name behind that of another stack,
/// else one that is spelt nearly so.
pub(super) fn did_you_mean_of_swarm(name: &str, known: &[String]) -> Option<String> {
    let of_stack = |it: &&String| {
        it.strip_suffix(name).is_some_and(|before| before.len() > 1 && before.ends_with('_'))
    };
    match known.iter().filter(of_stack).min() {
        Some(it) => Some(format!("did you mean {}, of another stack?", code(it))),
        None => did_you_mean(name, known.iter().map(String::as_str)),
    }
}

/// The words as code, sorted, joined by commas; at most twelve.
pub(super) fn listed<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    const MOST: usize = 12;
    let mut words: Vec<_> = words.into_iter().map(code).collect();
    words.sort();
    words.dedup();
    let more = words.len().saturating_sub(MOST);
    words.truncate(MOST);
    let text = words.join(", ");
    if more == 0 { text } else { format!("{text} and {more} more") }
}

/// A word of the file as code: in one line, and not longer than a line.
pub(super) fn code(word: &str) -> String {
    const MOST: usize = 60;
    let mut line = String::new();
    for (count, c) in word.chars().enumerate() {
        if count == MOST {
            line.push('…');
            break;
        }
        match c {
            '\n' => line.push_str("\\n"),
            '\r' => line.push_str("\\r"),
            '\t' => line.push_str("\\t"),
            _ => line.push(c),
        }
    }
    // Backticks inside would end the code.
    if line.contains('`') { format!("`` {line} ``") } else { format!("`{line}`") }
}

/// What to do about a path as it is written, where there is no such file.
pub(super) fn correct(path: &str) -> &'static str {
    if path.trim_start_matches(['"', '\'']).starts_with('/') {
        "create it on the machine that deploys, or correct the path"
    } else {
        "correct the path, which starts at the folder of the first stack file"
    }
}

/// Why a file cannot be read, from the system's words: completes "the file … ".
pub(super) fn unreadable(reason: &str) -> &'static str {
    const REASONS: &[(&str, &str)] = &[
        ("no such file", "does not exist"),
        ("not found", "does not exist"),
        ("is a directory", "is a directory"),
        ("permission denied", "may not be read"),
        ("too large", "is too large"),
        ("not a regular file", "is not a regular file"),
    ];
    let reason = reason.to_lowercase();
    let known = REASONS.iter().find(|(theirs, _)| reason.contains(theirs));
    known.map_or("cannot be read", |(_, ours)| ours)
}
