//! How many managers must be up for the swarm to be changed.

/// The managers that must agree: more than half.
pub fn quorum(managers: usize) -> usize {
    managers / 2 + 1
}

/// How many managers may be lost.
pub fn tolerated(managers: usize) -> usize {
    managers.saturating_sub(1) / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_even_number_survives_no_more() {
        let table = [(1, 1, 0), (2, 2, 0), (3, 2, 1), (4, 3, 1), (5, 3, 2), (7, 4, 3)];
        for (managers, needed, lost) in table {
            assert_eq!((quorum(managers), tolerated(managers)), (needed, lost), "{managers}");
        }
        assert_eq!(tolerated(0), 0);
    }
}
