//! Lists and mappings that are made of indentation.

use super::{Event, Parser, State, What, event};
use crate::yaml::token::{Attempt, Kind};

impl<'t> Parser<'t> {
    pub(super) fn block_item(&mut self, first: bool) -> Attempt<Event<'t>> {
        if first {
            let start = self.start()?;
            self.opened.push(start);
            self.take();
        }
        match self.kind()? {
            Kind::BlockEntry => {
                let mark = self.skip();
                let then = State::BlockItem { first: false };
                if matches!(self.kind()?, Kind::BlockEntry | Kind::BlockEnd) {
                    Ok(self.empty(then, mark))
                } else {
                    self.node_then(then, true, false)
                }
            }
            Kind::BlockEnd => self.close(What::ListEnd),
            _ => self.fail_in_collection("did not find expected '-' indicator"),
        }
    }

    /// An item of a list that stands no deeper than the key it belongs to.
    pub(super) fn indentless_item(&mut self) -> Attempt<Event<'t>> {
        if matches!(self.kind()?, Kind::BlockEntry) {
            let mark = self.skip();
            let then = State::IndentlessItem;
            return match self.kind()? {
                Kind::BlockEntry | Kind::Key | Kind::Value | Kind::BlockEnd => {
                    Ok(self.empty(then, mark))
                }
                _ => self.node_then(then, true, false),
            };
        }
        let mark = self.start()?;
        self.return_to_caller();
        Ok(event(What::ListEnd, mark))
    }

    pub(super) fn block_key(&mut self, first: bool) -> Attempt<Event<'t>> {
        if first {
            let start = self.start()?;
            self.opened.push(start);
            self.take();
        }
        match self.kind()? {
            Kind::Key => {
                let mark = self.skip();
                if matches!(self.kind()?, Kind::Key | Kind::Value | Kind::BlockEnd) {
                    Ok(self.empty(State::BlockValue, mark))
                } else {
                    self.node_then(State::BlockValue, true, true)
                }
            }
            Kind::BlockEnd => self.close(What::MapEnd),
            _ => self.fail_in_collection("did not find expected key"),
        }
    }

    pub(super) fn block_value(&mut self) -> Attempt<Event<'t>> {
        let then = State::BlockKey { first: false };
        if !matches!(self.kind()?, Kind::Value) {
            let mark = self.start()?;
            return Ok(self.empty(then, mark));
        }
        let mark = self.skip();
        if matches!(self.kind()?, Kind::Key | Kind::Value | Kind::BlockEnd) {
            Ok(self.empty(then, mark))
        } else {
            self.node_then(then, true, true)
        }
    }

    /// Ends the innermost collection with the token at hand.
    pub(super) fn close(&mut self, what: What<'t>) -> Attempt<Event<'t>> {
        let start = self.start()?;
        let end = self.skip().at;
        self.opened.pop();
        self.return_to_caller();
        Ok(Event { end, ..event(what, start) })
    }
}
