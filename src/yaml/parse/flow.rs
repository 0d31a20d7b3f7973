//! Lists and mappings in brackets.

use super::{Event, Parser, State, What, event};
use crate::yaml::token::{Attempt, Kind};

impl<'t> Parser<'t> {
    pub(super) fn flow_item(&mut self, first: bool) -> Attempt<Event<'t>> {
        self.flow_separator(first, "did not find expected ',' or ']'")?;
        let mark = self.start()?;
        match self.kind()? {
            Kind::FlowListEnd => self.close(What::ListEnd),
            Kind::Key => {
                self.take();
                self.state = State::PairKey;
                Ok(event(What::MapStart { flow: true }, mark))
            }
            _ => self.node_then(State::FlowItem { first: false }, false, false),
        }
    }

    /// Goes over the opening bracket or the comma; a closing bracket stays.
    fn flow_separator(&mut self, first: bool, problem: &'static str) -> Attempt<()> {
        if first {
            let start = self.start()?;
            self.opened.push(start);
            self.take();
            return Ok(());
        }
        let closes = problem.ends_with("']'");
        match self.kind()? {
            Kind::FlowEntry => {
                self.take();
                Ok(())
            }
            Kind::FlowListEnd if closes => Ok(()),
            Kind::FlowMapEnd if !closes => Ok(()),
            _ => self.fail_in_collection(problem),
        }
    }

    /// The key of a single pair inside a list, such as `[a: b]`.
    pub(super) fn pair_key(&mut self) -> Attempt<Event<'t>> {
        if matches!(self.kind()?, Kind::Value | Kind::FlowEntry | Kind::FlowListEnd) {
            // The library passes over the token, so that such a list never ends well.
            let mark = self.skip();
            return Ok(self.empty(State::PairValue, mark));
        }
        self.node_then(State::PairValue, false, false)
    }

    pub(super) fn pair_value(&mut self) -> Attempt<Event<'t>> {
        let mark = self.start()?;
        if matches!(self.kind()?, Kind::Value) {
            self.take();
            if !matches!(self.kind()?, Kind::FlowEntry | Kind::FlowListEnd) {
                return self.node_then(State::PairEnd, false, false);
            }
        }
        Ok(self.empty(State::PairEnd, mark))
    }

    pub(super) fn pair_end(&mut self) -> Attempt<Event<'t>> {
        let mark = self.start()?;
        self.state = State::FlowItem { first: false };
        Ok(event(What::MapEnd, mark))
    }

    pub(super) fn flow_key(&mut self, first: bool) -> Attempt<Event<'t>> {
        self.flow_separator(first, "did not find expected ',' or '}'")?;
        match self.kind()? {
            Kind::FlowMapEnd => self.close(What::MapEnd),
            Kind::Key => {
                self.take();
                let mark = self.start()?;
                match self.kind()? {
                    Kind::Value | Kind::FlowEntry | Kind::FlowMapEnd => {
                        Ok(self.empty(State::FlowValue, mark))
                    }
                    _ => self.node_then(State::FlowValue, false, false),
                }
            }
            _ => self.node_then(State::FlowNoValue, false, false),
        }
    }

    pub(super) fn flow_value(&mut self) -> Attempt<Event<'t>> {
        let then = State::FlowKey { first: false };
        if matches!(self.kind()?, Kind::Value) {
            self.take();
            if !matches!(self.kind()?, Kind::FlowEntry | Kind::FlowMapEnd) {
                return self.node_then(then, false, false);
            }
        }
        let mark = self.start()?;
        Ok(self.empty(then, mark))
    }

    /// A key without a colon has no value.
    pub(super) fn flow_no_value(&mut self) -> Attempt<Event<'t>> {
        let mark = self.start()?;
        Ok(self.empty(State::FlowKey { first: false }, mark))
    }
}
