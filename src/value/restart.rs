//! The short `restart` policies, which count where `deploy.restart_policy` is absent.

use crate::value::Refusal;
use crate::value::number::atoi;

/// What a short policy asks for in a swarm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Restart {
    /// `no` or nothing: Swarm's own default, which is to restart always.
    Unsaid,
    /// `always` and `unless-stopped`; a count after them is dropped.
    Any,
    /// `on-failure`, always with a count: 0, which means without limit, if none is written. A
    /// negative one becomes enormous.
    OnFailure { max_attempts: u64 },
}

/// Reads a policy such as `on-failure:3`. The refusals follow `service NAME: ` in Docker.
pub fn parse(text: &str) -> Result<Restart, Refusal> {
    let name = text.split(':').next().unwrap_or_default();
    let count = text.get(name.len() + 1..).unwrap_or_default();
    if name.is_empty() && !text.is_empty() {
        let message = "invalid restart policy format: no policy provided before colon";
        return Err(Refusal::new(message, 0..1));
    }
    let count = if count.is_empty() { Ok(0) } else { atoi(count) };
    let count = count.map_err(|_| {
        let message = "invalid restart policy format: maximum retry count must be an integer";
        Refusal::new(message, name.len() + 1..text.len())
    })?;
    match name {
        "" | "no" => Ok(Restart::Unsaid),
        "always" | "unless-stopped" => Ok(Restart::Any),
        "on-failure" => Ok(Restart::OnFailure { max_attempts: count as u64 }),
        _ => Err(Refusal::new(format!("unknown restart policy: {text}"), 0..name.len())),
    }
}

#[cfg(test)]
mod tests {
    use super::{Restart, parse};

    #[test]
    fn policies_become_conditions() {
        for (text, restart) in [
            ("", Restart::Unsaid),
            ("no", Restart::Unsaid),
            ("no:3", Restart::Unsaid),
            ("always", Restart::Any),
            ("always:3", Restart::Any),
            ("unless-stopped", Restart::Any),
            ("on-failure", Restart::OnFailure { max_attempts: 0 }),
            ("on-failure:", Restart::OnFailure { max_attempts: 0 }),
            ("on-failure:3", Restart::OnFailure { max_attempts: 3 }),
            ("on-failure:-1", Restart::OnFailure { max_attempts: u64::MAX }),
        ] {
            assert_eq!(parse(text), Ok(restart), "{text}");
        }
    }

    #[test]
    fn refusals_use_the_words_of_docker() {
        let count = "invalid restart policy format: maximum retry count must be an integer";
        for (text, message, range) in [
            (":3", "invalid restart policy format: no policy provided before colon", 0..1),
            ("on-failure:x", count, 11..12),
            ("on-failure:3:4", count, 11..14),
            ("on-failure: 3", count, 11..13),
            ("on-failure:99999999999999999999", count, 11..31),
            ("no:x", count, 3..4),
            ("bogus:3", "unknown restart policy: bogus:3", 0..5),
            ("Always", "unknown restart policy: Always", 0..6),
        ] {
            let error = parse(text).expect_err(text);
            assert_eq!((error.message.as_str(), error.range), (message, range));
        }
    }
}
