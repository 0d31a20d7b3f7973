//! Merge keys: `<<` brings the entries of other mappings in.

use std::collections::HashSet;

use super::{Decoder, Target};
use crate::source::Span;
use crate::yaml::compose::{Id, NONE, Shape};
use crate::yaml::node::Map;
use crate::yaml::resolve;
use crate::yaml::token::Style;

/// The keys that are there already, each with whether it is text.
pub(super) type Seen = HashSet<(bool, String)>;

impl Decoder<'_, '_> {
    /// A `<<` without quotes.
    pub(super) fn is_merge(&self, id: Id) -> bool {
        let node = self.graph.node(id);
        let Shape::Scalar { text, style, .. } = &node.shape else { return false };
        let plain = node.tag.is_none() && *style == Style::Plain;
        text == "<<" && (plain || node.tag.as_deref() == Some(resolve::MERGE))
    }

    /// A mapping's own keys, which win over merged ones. The library decodes them once more.
    pub(super) fn own_keys(&mut self, id: Id, map: &Map) -> Seen {
        for key in self.graph.children(id).step_by(2) {
            self.count_key(key);
        }
        map.entries.iter().map(|it| (it.key.is_text, it.key.text.clone())).collect()
    }

    /// Brings in what stands behind a merge key: a mapping, or a list of them.
    pub(super) fn merge(
        &mut self,
        key: Id,
        value: Id,
        target: &mut Target,
        seen: &mut Seen,
        via: Option<Span>,
        depth: u32,
    ) {
        let via = via.or(Some(self.span(key)));
        if !matches!(self.graph.node(value).shape, Shape::List { .. }) {
            self.merge_one(value, target, seen, via, depth);
            return;
        }
        let mut next = self.graph.children(value).next().unwrap_or(NONE);
        while next != NONE {
            if !self.merge_one(next, target, seen, via, depth) {
                return;
            }
            next = self.graph.node(next).next;
        }
    }

    /// False where it is no mapping.
    fn merge_one(
        &mut self,
        id: Id,
        target: &mut Target,
        seen: &mut Seen,
        via: Option<Span>,
        depth: u32,
    ) -> bool {
        let graph = self.graph;
        let is_map = |id: Id| matches!(graph.node(id).shape, Shape::Map { .. });
        if depth > super::MAX_DEPTH {
            self.report_depth(id);
            return false;
        }
        match graph.node(id).shape {
            Shape::Alias { target: NONE, .. } => {}
            Shape::Alias { target: named, .. } if is_map(named) => {
                self.count(id);
                if self.enter(id) != NONE {
                    self.count(named);
                    // The alias is nearer to the entries than the merge key.
                    let alias = if self.followed.len() > 1 { via } else { Some(self.span(id)) };
                    self.fill(named, target, Some(seen), alias, depth + 1);
                    self.followed.pop();
                }
            }
            Shape::Map { .. } => {
                self.count(id);
                self.fill(id, target, Some(seen), via, depth + 1);
            }
            _ => {
                let problem = "map merge requires map or sequence of maps as the value".to_owned();
                let help = "put an alias of a mapping after `<<:`, such as `*defaults`";
                self.report(id, problem, Some(help));
                return false;
            }
        }
        true
    }
}
