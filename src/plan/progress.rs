//! How far a plan is, for those who wait.

/// What is being worked out, and how much of it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    pub stage: Stage,
    pub done: usize,
    /// How much there is; 0 where nobody knows.
    pub of: usize,
}

/// The parts of a plan that take their time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Where each task goes.
    Placing,
    /// The update of one service after the other.
    Updates,
    /// One loss of nodes after the other.
    Losses,
}
