//! A network as a file for other programs: GEXF as Gephi reads it, GraphML as yEd, Cytoscape and
//! NetworkX do. The same facts as on a picture, and what a picture says of itself.
//!
//! Forms: GEXF 1.3 (<https://gexf.net>), GraphML 1.0 (<http://graphml.graphdrawing.org>). Nodes are known by
//! their place, since an id may not be given where names are withheld. Nothing is a weight or a rank.

use maud::{Markup, PreEscaped, html};

use crate::label::clean;
use crate::{Caption, Network, Node, Tie};

/// A form for other programs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exchange {
    /// Graph Exchange XML Format, 1.3; ties begin on the day on which they were first published.
    Gexf,
    /// GraphML, 1.0.
    GraphMl,
}

/// An attribute: its key, its title, and its value of a node or a tie.
type Attribute<T> = (&'static str, &'static str, fn(&T) -> String);

const OF_NODES: [Attribute<Node>; 5] = [
    ("kind", "kind", |node| node.kind.name().to_owned()),
    ("beneath", "date or status", |node| clean(&node.beneath)),
    ("record", "record", |node| node.standing.name().to_owned()),
    ("id", "id", |node| clean(&node.id)),
    ("centre", "drawn around it", |node| if node.centre { "yes" } else { "" }.to_owned()),
];

const OF_TIES: [Attribute<Tie>; 6] = [
    ("relation", "tie", |tie| clean(&tie.relation)),
    ("standing", "standing", |tie| tie.standing.name().to_owned()),
    ("basis", "basis", |tie| clean(&tie.basis)),
    ("said-by", "said by", |tie| clean(&tie.said_by)),
    ("published", "published", |tie| clean(&tie.published)),
    ("since", "first published on", |tie| tie.since.map(|day| day.to_string()).unwrap_or_default()),
];

/// A network in one of these forms: equal networks give equal bytes.
pub fn exchange(network: &Network, caption: &Caption, form: Exchange) -> String {
    let ties: Vec<&Tie> = network.ties().collect();
    let body = match form {
        Exchange::Gexf => gexf(&network.nodes, &ties, caption),
        Exchange::GraphMl => graphml(&network.nodes, &ties, caption),
    };
    body.into_string()
}

/// What a picture has printed on it, in one text.
fn described(caption: &Caption) -> String {
    let state = caption.state.as_ref().map(|state| state.words(64));
    let lines = [&caption.title, &caption.as_of].into_iter().chain(&caption.marks).cloned();
    lines.chain(state).map(|line| clean(&line)).collect::<Vec<_>>().join(" — ")
}

const DECLARATION: PreEscaped<&str> = PreEscaped("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");

fn gexf(nodes: &[Node], ties: &[&Tie], caption: &Caption) -> Markup {
    html! {
        (DECLARATION)
        gexf xmlns="http://gexf.net/1.3" version="1.3" {
            meta {
                creator { (caption.state.as_ref().map_or("", |state| state.program.as_str())) }
                description { (described(caption)) }
            }
            graph mode="dynamic" defaultedgetype="directed" timeformat="date" {
                (declared("node", &OF_NODES))
                (declared("edge", &OF_TIES))
                nodes {
                    @for (at, node) in nodes.iter().enumerate() {
                        node id=(at) label=(clean(&node.name)) { (valued(node, &OF_NODES)) }
                    }
                }
                edges {
                    @for (at, tie) in ties.iter().enumerate() {
                        // Two ties of one pair are told apart by their kind.
                        edge id=(at) source=(tie.from) target=(tie.to) label=(clean(&tie.relation))
                            kind=(clean(&tie.relation)) start=[tie.since.map(|day| day.to_string())] {
                            (valued(*tie, &OF_TIES))
                        }
                    }
                }
            }
        }
    }
}

fn declared<T>(class: &str, attributes: &[Attribute<T>]) -> Markup {
    html! {
        attributes class=(class) {
            @for (key, title, _) in attributes { attribute id=(key) title=(title) type="string" {} }
        }
    }
}

fn valued<T>(one: &T, attributes: &[Attribute<T>]) -> Markup {
    html! {
        attvalues {
            @for (key, _, value) in attributes {
                @let value = value(one);
                @if !value.is_empty() { attvalue for=(key) value=(value) {} }
            }
        }
    }
}

fn graphml(nodes: &[Node], ties: &[&Tie], caption: &Caption) -> Markup {
    html! {
        (DECLARATION)
        graphml xmlns="http://graphml.graphdrawing.org/xmlns" {
            key id="about" for="graph" "attr.name"="about" "attr.type"="string" {}
            key id="label" for="node" "attr.name"="label" "attr.type"="string" {}
            (keys("node", &OF_NODES))
            (keys("edge", &OF_TIES))
            graph id="network" edgedefault="directed" {
                data key="about" { (described(caption)) }
                @for (at, node) in nodes.iter().enumerate() {
                    node id={ "n" (at) } {
                        data key="label" { (clean(&node.name)) }
                        (data("node", node, &OF_NODES))
                    }
                }
                @for (at, tie) in ties.iter().enumerate() {
                    edge id={ "e" (at) } source={ "n" (tie.from) } target={ "n" (tie.to) } {
                        (data("edge", *tie, &OF_TIES))
                    }
                }
            }
        }
    }
}

fn keys<T>(of: &str, attributes: &[Attribute<T>]) -> Markup {
    html! {
        @for (key, title, _) in attributes {
            key id={ (of) "-" (key) } for=(of) "attr.name"=(title) "attr.type"="string" {}
        }
    }
}

fn data<T>(of: &str, one: &T, attributes: &[Attribute<T>]) -> Markup {
    html! {
        @for (key, _, value) in attributes {
            @let value = value(one);
            @if !value.is_empty() { data key={ (of) "-" (key) } { (value) } }
        }
    }
}
