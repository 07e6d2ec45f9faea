//! What elements say of the text in them.

use super::elements::{
    is_block, is_credit, is_data, is_pull, is_short, is_standfirst, is_terms, leads_elsewhere,
};
use super::flow::{Kind, Number};
use super::tree::{NodeId, Tree};

/// An open element that says what its text is.
pub(super) struct Open {
    pub(super) id: NodeId,
    pub(super) role: Role,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Block,
    Link,
    Bold,
    Words,
    Heading(u8),
    List {
        next: Option<Number>,
    },
    Item(Option<Number>),
    /// An item whose first paragraph has its mark.
    Marked,
    Table,
    Row,
    Cell,
    Quote,
    Cited,
    Pull,
    Standfirst,
    Credit,
    Terms,
    Plain,
}

/// What an element says of its text, within those that are open.
pub(super) fn role(tree: &Tree, id: NodeId, around: &[Open]) -> Role {
    let is_in = |role: Role| around.iter().any(|open| open.role == role);
    let name = tree.name(id);
    let in_row = around.iter().rev().find(|open| is_block(tree.name(open.id)));
    let in_row = in_row.is_some_and(|open| matches!(open.role, Role::Row));
    if is_standfirst(tree, id) {
        return Role::Standfirst;
    }
    match name {
        "a" if leads_elsewhere(tree, id) => return Role::Link,
        "a" if tree.attribute(id, "rel").is_some_and(|rel| rel.contains("author")) => {
            return Role::Words;
        }
        "b" | "strong" => return Role::Bold,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            return Role::Heading(name.as_bytes()[1] - b'0');
        }
        "ul" | "menu" if is_terms(tree, id) => return Role::Terms,
        "ul" => return Role::List { next: None },
        "ol" => return Role::List { next: Some(first_number(tree, id)) },
        "li" => return Role::Item(None),
        "table" if is_data(tree, id) => return Role::Table,
        "tr" if is_in(Role::Table) => return Role::Row,
        "td" | "th" if in_row => return Role::Cell,
        "cite" | "footer" if is_in(Role::Quote) => return Role::Cited,
        "pre" => return Role::Plain,
        "address" if is_short(tree, id) => return Role::Credit,
        _ => {}
    }
    if is_pull(tree, id) {
        return Role::Pull;
    }
    match name {
        "blockquote" if is_inside_aside(tree, id) => return Role::Pull,
        "blockquote" => return Role::Quote,
        _ => {}
    }
    if is_credit(tree, id) && is_short(tree, id) {
        return Role::Credit;
    }
    if is_terms(tree, id) {
        return Role::Terms;
    }
    match is_block(name) {
        true => Role::Block,
        false => Role::Words,
    }
}

/// The number of the first item of a list that has numbers.
fn first_number(tree: &Tree, list: NodeId) -> Number {
    const STYLES: [&str; 4] = ["a", "A", "i", "I"];
    let style = tree.attribute(list, "type").map(str::trim);
    let style = STYLES.into_iter().find(|known| Some(*known) == style).unwrap_or("1");
    let start = tree.attribute(list, "start").and_then(|start| start.trim().parse().ok());
    Number { at: start.unwrap_or(1), style }
}

fn is_inside_aside(tree: &Tree, id: NodeId) -> bool {
    tree.ancestors(id).take(3).any(|above| tree.name(above) == "aside")
}

/// What a line within some open elements is.
pub(super) fn kind(open: &[Open]) -> Kind {
    let mut kind = Kind::Paragraph;
    for open in open {
        kind = match (open.role, kind) {
            (Role::Credit, _) => Kind::Credit,
            (Role::Terms, _) => Kind::Term,
            (Role::Pull, _) => Kind::Pull,
            (_, Kind::Credit | Kind::Term | Kind::Pull) => kind,
            (Role::Standfirst, _) => Kind::Standfirst,
            (Role::Heading(level), _) => Kind::Heading(level),
            (_, Kind::Heading(_) | Kind::Standfirst) => kind,
            (Role::Quote, _) => Kind::Quote,
            (Role::Cited, _) => Kind::Paragraph,
            (Role::Item(number), _) => Kind::Item(number),
            (Role::Marked, _) => Kind::Paragraph,
            (Role::Row, _) => Kind::Row,
            _ => kind,
        };
    }
    kind
}
