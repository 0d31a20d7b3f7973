//! `ports`, short and long.

use crate::source::Spanned;
use crate::stack::decode::fields::scalar_text;
use crate::stack::decode::{Decoder, Fields};
use crate::stack::model::Port;
use crate::stack::problem::Kind;
use crate::value::port;
use crate::yaml::{Node, Value};

impl Decoder<'_> {
    pub(super) fn ports(&mut self, of: &Fields) -> Vec<Port> {
        let items = of.get("ports").and_then(Node::as_list).unwrap_or_default();
        let mut found = Vec::new();
        for (at, item) in items.iter().enumerate() {
            match &item.value {
                Value::Map(_) => found.extend(self.long_port(item, at)),
                Value::Int(_) | Value::Text(_) => self.short_port(item, &mut found),
                Value::Float(_) | Value::Uint(_) | Value::Timestamp(_) => {
                    let kind = crate::stack::decode::number::type_name(&item.value);
                    let line = format!("error decoding 'Ports': invalid type {kind} for port");
                    let kind = Kind::Undecodable { found: kind.to_owned() };
                    self.refuse(kind, item.place, line);
                }
                _ => {}
            }
        }
        found
    }

    fn long_port(&mut self, item: &Node, at: usize) -> Option<Port> {
        let of = &Fields::of(item, format!("Ports[{at}]"))?;
        Some(Port {
            place: item.place,
            mode: self.text(of, "mode", "Mode"),
            target: self.unsigned32(of, "target", "Target"),
            published: self.unsigned32(of, "published", "Published"),
            protocol: self.text(of, "protocol", "Protocol"),
            short: false,
        })
    }

    fn short_port(&mut self, item: &Node, found: &mut Vec<Port>) {
        let Some(text) = scalar_text(item) else { return };
        // The schema has refused what does not parse.
        let Ok(short) = port::parse(&text) else { return };
        if let Some(address) = &short.ignored_address {
            let place = item.place.inner(&address.range);
            let (address, warnings) = (address.text.clone(), short.warnings.clone());
            self.note(Kind::PortAddressIgnored { address, warnings }, place);
        }
        for it in short.ports {
            let target = item.place.inner(&short.target_range);
            let published = short.published_range.as_ref().map(|it| item.place.inner(it));
            let published = published.unwrap_or(item.place);
            let word = |value: &str| Some(Spanned::new(value.to_owned(), item.place));
            found.push(Port {
                place: item.place,
                mode: word("ingress"),
                target: Some(Spanned::new(it.target.into(), target)),
                published: Some(Spanned::new(it.published.into(), published)),
                protocol: word(it.protocol.as_str()),
                short: true,
            });
        }
    }
}
