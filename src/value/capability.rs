//! Which capabilities `cap_add` and `cap_drop` leave.

use std::collections::BTreeSet;

const ALL: &str = "ALL";
/// Means something in `docker service update` only.
const RESET: &str = "RESET";

/// The lists as Docker sends them: normalised, sorted, without duplicates. `ALL` swallows the rest
/// of its list, and what is added is not dropped.
pub fn effective(add: &[&str], drop: &[&str]) -> (Vec<String>, Vec<String>) {
    let (add, drop) = (reduced(add), reduced(drop));
    let drop = drop.difference(&add).filter(|it| *it != RESET).cloned().collect();
    let add = add.into_iter().filter(|it| it != RESET).collect();
    (add, drop)
}

fn reduced(names: &[&str]) -> BTreeSet<String> {
    let names: BTreeSet<String> = names.iter().map(|it| normalize(it)).collect();
    if names.contains(ALL) { BTreeSet::from([ALL.to_owned()]) } else { names }
}

/// One capability in upper case and with its prefix: `net_admin` → `CAP_NET_ADMIN`.
pub fn normalize(name: &str) -> String {
    let name: String = name.trim().chars().map(upper).collect();
    if name == ALL || name == RESET || name.starts_with("CAP_") {
        return name;
    }
    format!("CAP_{name}")
}

/// Go changes characters one for one.
fn upper(c: char) -> char {
    let mut upper = c.to_uppercase();
    match (upper.next(), upper.next()) {
        (Some(only), None) => only,
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::effective;

    #[test]
    fn lists_become_what_docker_sends() {
        for (add, drop, added, dropped) in [
            (&["NET_ADMIN"][..], &[][..], &["CAP_NET_ADMIN"][..], &[][..]),
            (
                &["net_admin", "CAP_SYS_TIME", " chown "],
                &[],
                &["CAP_CHOWN", "CAP_NET_ADMIN", "CAP_SYS_TIME"],
                &[],
            ),
            (&["NET_ADMIN", "CAP_NET_ADMIN"], &[], &["CAP_NET_ADMIN"], &[]),
            (&["all", "NET_ADMIN"], &["MKNOD"], &["ALL"], &["CAP_MKNOD"]),
            (&["ALL"], &["ALL", "MKNOD"], &["ALL"], &[]),
            (&["MKNOD"], &["ALL", "MKNOD"], &["CAP_MKNOD"], &["ALL"]),
            (&["CAP_ALL"], &[], &["CAP_ALL"], &[]),
            (&["RESET", "A"], &["RESET", "B"], &["CAP_A"], &["CAP_B"]),
            (&["", "straße"], &[], &["CAP_", "CAP_STRAßE"], &[]),
            (&["NET_ADMIN"], &["CAP_NET_ADMIN", "MKNOD"], &["CAP_NET_ADMIN"], &["CAP_MKNOD"]),
        ] {
            let owned = |list: &[&str]| list.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
            assert_eq!(effective(add, drop), (owned(added), owned(dropped)));
        }
    }
}
