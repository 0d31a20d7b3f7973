//! Paths from a stack file, which may come from another system.

/// Where a bind's source or a file really is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolved {
    pub path: String,
    /// The path begins with `~`, which stays because the environment has no `HOME`.
    pub home_missing: bool,
}

/// The source of a bind as Docker sends it: `~` replaced as text, and joined to the directory of
/// the first stack file unless it is absolute on Linux or Windows.
pub fn resolve_bind(source: &str, home: Option<&str>, working_dir: &str) -> Resolved {
    let (path, home_missing) = match (source.strip_prefix('~'), home) {
        (Some(rest), Some(home)) => (format!("{home}{rest}"), false),
        (tilde, _) => (source.to_owned(), tilde.is_some()),
    };
    let path = if is_windows_absolute(&path) { path } else { resolve(&path, working_dir) };
    Resolved { path, home_missing }
}

/// The path itself if it begins with `/`, else joined to the directory. No `~` here.
pub fn resolve(path: &str, working_dir: &str) -> String {
    if is_absolute(path) { path.to_owned() } else { join(working_dir, path) }
}

/// Whether the path begins with `/`.
pub fn is_absolute(path: &str) -> bool {
    path.starts_with('/')
}

/// Whether the path names a Windows drive or share and begins at its root: `C:\a`, `\\host\share\a`.
pub fn is_windows_absolute(path: &str) -> bool {
    let bytes = path.as_bytes();
    let volume = windows_volume(bytes);
    volume > 0 && bytes.get(volume).copied().is_some_and(is_slash)
}

fn is_slash(byte: u8) -> bool {
    matches!(byte, b'/' | b'\\')
}

/// How many bytes the name of the drive or share has.
fn windows_volume(path: &[u8]) -> usize {
    match path {
        [letter, b':', ..] if letter.is_ascii_alphabetic() => 2,
        [a, b, c, _, _, ..] if is_slash(*a) && is_slash(*b) && !is_slash(*c) && *c != b'.' => {
            share(path).unwrap_or_default()
        }
        _ => 0,
    }
}

/// The end of `\\host\share`; the share's name neither is empty nor begins with a dot.
fn share(path: &[u8]) -> Option<usize> {
    let name = 3 + path.get(3..path.len() - 1)?.iter().position(|it| is_slash(*it))? + 1;
    let first = *path.get(name)?;
    if is_slash(first) || first == b'.' {
        return None;
    }
    let length = path.get(name..)?.iter().position(|it| is_slash(*it));
    Some(length.map_or(path.len(), |it| name + it))
}

/// Go's `path.Join` of two: cleaned, and an empty one is left out.
pub fn join(directory: &str, path: &str) -> String {
    match (directory, path) {
        ("", "") => String::new(),
        ("", one) | (one, "") => clean(one),
        _ => clean(&format!("{directory}/{path}")),
    }
}

/// Go's `path.Clean`: without empty parts and `.`, and with `..` resolved as text.
pub fn clean(path: &str) -> String {
    let rooted = is_absolute(path);
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|it| *it != "..") => _ = parts.pop(),
            ".." if rooted => {}
            _ => parts.push(part),
        }
    }
    match (rooted, parts.is_empty()) {
        (true, _) => format!("/{}", parts.join("/")),
        (false, true) => ".".to_owned(),
        (false, false) => parts.join("/"),
    }
}

#[cfg(test)]
mod tests {
    use super::{clean, is_windows_absolute, join, resolve_bind};

    #[test]
    fn binds_are_joined_to_the_working_directory_unless_absolute() {
        for (source, path) in [
            ("./a", "/w/d/a"),
            (".", "/w/d"),
            ("..", "/w"),
            ("...", "/w/d/..."),
            ("./a/../b", "/w/d/b"),
            ("~", "/home/me"),
            ("~/a", "/home/me/a"),
            ("~user/a", "/home/meuser/a"),
            ("/a/../b", "/a/../b"),
            (r"C:\a", r"C:\a"),
            ("c:/a", "c:/a"),
            ("a:b", "/w/d/a:b"),
            (r"\\.\pipe\x", r"/w/d/\\.\pipe\x"),
            (r"\\host\share\a", r"\\host\share\a"),
            ("//./pipe/x", "//./pipe/x"),
        ] {
            let resolved = resolve_bind(source, Some("/home/me"), "/w/d");
            assert_eq!((resolved.path.as_str(), resolved.home_missing), (path, false));
        }
        let resolved = resolve_bind("~/a", None, "/w/d");
        assert_eq!((resolved.path.as_str(), resolved.home_missing), ("/w/d/~/a", true));
        assert_eq!(resolve_bind("~/a", Some(""), "/w/d").path, "/a");
    }

    #[test]
    fn windows_paths_are_absolute_from_the_root_of_a_volume() {
        for path in [r"C:\a", "c:/", r"\\a\b\", "//a/b/c", r"\\a\b/c"] {
            assert!(is_windows_absolute(path), "{path}");
        }
        for path in [
            "", "C:", "C:a", r"\a", r"\\a", r"\\a\b", r"\\a\\b", r"\\a\.\b", r"\\.\a\b", "é:/a",
            "//a/b",
        ] {
            assert!(!is_windows_absolute(path), "{path}");
        }
    }

    #[test]
    fn paths_are_cleaned_as_by_go() {
        for (path, cleaned) in [
            ("", "."),
            ("a//b/./c/", "a/b/c"),
            ("a/../..", ".."),
            ("../../a", "../../a"),
            ("/../a", "/a"),
            ("/", "/"),
            ("//", "/"),
        ] {
            assert_eq!(clean(path), cleaned);
        }
        assert_eq!(
            (join("", ""), join("", "a/"), join("/w", "")),
            (String::new(), "a".to_owned(), "/w".to_owned())
        );
    }
}
