//! The nodes of a text as the library reports them, to compare the two.

use crate::yaml::compose::{Graph, Id, Shape, read_document};
use crate::yaml::parse::Parser;
use crate::yaml::resolve;
use crate::yaml::token::Style;

/// One step through the nodes of a text. Lines and columns count from one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    Document,
    Map { line: u32, column: u32, properties: bool, flow: bool },
    MapEnd,
    List { line: u32, column: u32, properties: bool, flow: bool },
    ListEnd,
    Scalar { line: u32, column: u32, properties: bool, text: String, tag: String },
    Alias { line: u32, column: u32 },
}

/// Lists the nodes of all documents up to Docker's error, if there is one.
pub fn trace(text: &str) -> (Vec<Step>, Option<String>) {
    let mut parser = Parser::new(text);
    let mut graph = Graph::default();
    let mut steps = Vec::new();
    loop {
        match read_document(&mut parser, &mut graph) {
            Ok(true) if graph.unknown.is_empty() => {}
            Ok(true) => {
                let name = graph.unknown[0].name;
                return (steps, Some(format!("yaml: unknown anchor '{name}' referenced")));
            }
            Ok(false) => return (steps, None),
            Err(failure) => return (steps, Some(failure.docker())),
        }
        steps.push(Step::Document);
        if let Some(root) = graph.root {
            walk(&graph, root, &mut steps);
        }
    }
}

enum Work {
    Visit(Id),
    Say(Step),
}

fn walk(graph: &Graph, root: Id, steps: &mut Vec<Step>) {
    let mut work = vec![Work::Visit(root)];
    while let Some(next) = work.pop() {
        let id = match next {
            Work::Say(step) => {
                steps.push(step);
                continue;
            }
            Work::Visit(id) => id,
        };
        let node = graph.node(id);
        let (line, column) = (node.line, node.column);
        let properties = node.has_properties;
        let end = match &node.shape {
            Shape::Alias { .. } => {
                steps.push(Step::Alias { line, column });
                continue;
            }
            Shape::Scalar { text, style, .. } => {
                let untagged =
                    if *style == Style::Plain { resolve::plain_tag(text) } else { resolve::TEXT };
                let tag = node.tag.as_deref().unwrap_or(untagged).to_owned();
                let text = text.to_string();
                steps.push(Step::Scalar { line, column, properties, text, tag });
                continue;
            }
            &Shape::List { flow, .. } => {
                steps.push(Step::List { line, column, properties, flow });
                Step::ListEnd
            }
            &Shape::Map { flow, .. } => {
                steps.push(Step::Map { line, column, properties, flow });
                Step::MapEnd
            }
        };
        let children: Vec<Id> = graph.children(id).collect();
        work.push(Work::Say(end));
        work.extend(children.into_iter().rev().map(Work::Visit));
    }
}
