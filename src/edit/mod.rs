//! Edits that keep every other byte: how a rule says what a fix does.
//!
//! A rule asks for the [`Site`] of a key or value that it reports, makes a [`Patch`] with it, and
//! puts that into a fix. Every step gives nothing where the text is written in a way that cannot be
//! edited with certainty, and then there is no fix:
//!
//! ```text
//! let patch = found.site(span).and_then(|it| it.remove());        // the entry, its comments, its lines
//! found.report(place, "…").help("…").fix(Patch::safe(patch, "remove `replicas`"));
//! ```
//!
//! - A site: `found.site(span)` for the characters of a key or of a whole value, as problems and
//!   places name them; `found.top(source)` for the top of a file. From there `child("key")`, `up()`.
//! - A patch: `remove()`, `replace("text")` (quoted as before, where that does), `write("8080")`
//!   (as it stands), `rename("key")`, `insert(&["deploy", "resources"], New::text("x"))`,
//!   `append(New::…)`, `move_to(&["deploy", "replicas"])`, `keys_to_list()`; for a part of a text
//!   `Patch::part(place, range, "text")`. `a.and(b)` joins two.
//! - A fix: `Patch::safe(patch, title)` or `Patch::risky(patch, title)`;
//!   `.map(Fix::without_effect)` where a deploy sends the same afterwards.
//!
//! Nothing else is to be said: a patch knows what it changes, and `--fix` refuses it where
//! anything else would be read differently afterwards, such as another service that shares an
//! anchor and does not have the finding. So never edit where a value is put in by a variable.

mod convert;
mod insert;
mod layout;
mod patch;
mod remove;
mod scalar;
mod site;
mod sort;

#[cfg(test)]
mod tests;

pub use insert::New;
pub use patch::Patch;
pub use scalar::quoted;
pub use site::Site;
