//! A page as a tree of elements and texts, and nothing else of it.
//!
//! Comments and processing instructions are left out; places in the tree are numbers, and every
//! walk over it is a loop, so that depth costs no stack.

use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};

use html5ever::tendril::StrTendril;
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, LocalName, QualName};

/// A node's place in its [`Tree`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct NodeId(u32);

impl NodeId {
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

#[derive(Debug)]
enum Data {
    Root,
    Element {
        name: QualName,
        attributes: Box<[(LocalName, Box<str>)]>,
    },
    Text(StrTendril),
    /// What a comment or an instruction becomes: a place, and nothing in it.
    Nothing,
}

#[derive(Debug)]
struct Node {
    parent: Option<NodeId>,
    previous: Option<NodeId>,
    next: Option<NodeId>,
    first: Option<NodeId>,
    last: Option<NodeId>,
    data: Data,
}

/// A parsed page.
#[derive(Debug)]
pub(crate) struct Tree {
    nodes: Vec<Node>,
}

/// A step of a walk over a part of the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Enter(NodeId),
    Leave(NodeId),
}

impl Tree {
    pub(crate) const ROOT: NodeId = NodeId(0);

    fn new() -> Tree {
        let mut tree = Tree { nodes: Vec::new() };
        tree.push(Data::Root);
        tree
    }

    /// How many nodes there are, detached ones included.
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The name of an element; empty for a text.
    pub(crate) fn name(&self, id: NodeId) -> &str {
        match &self.nodes[id.index()].data {
            Data::Element { name, .. } => &name.local,
            _ => "",
        }
    }

    /// The words of a text; `None` for an element.
    pub(crate) fn text(&self, id: NodeId) -> Option<&str> {
        match &self.nodes[id.index()].data {
            Data::Text(text) => Some(text),
            _ => None,
        }
    }

    /// An attribute of an element, if it has it.
    pub(crate) fn attribute(&self, id: NodeId, wanted: &str) -> Option<&str> {
        match &self.nodes[id.index()].data {
            Data::Element { attributes, .. } => {
                attributes.iter().find(|(name, _)| &**name == wanted).map(|(_, value)| &**value)
            }
            _ => None,
        }
    }

    pub(crate) fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.nodes[id.index()].parent
    }

    /// The nodes above a node, the nearest first.
    pub(crate) fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        std::iter::successors(self.parent(id), |id| self.parent(*id))
    }

    pub(crate) fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> {
        let first = self.nodes[id.index()].first;
        std::iter::successors(first, |id| self.nodes[id.index()].next)
    }

    /// The elements below a node, in order.
    pub(crate) fn elements(&self, from: NodeId) -> impl Iterator<Item = NodeId> {
        self.walk(from).filter_map(|step| match step {
            Step::Enter(id) if !self.name(id).is_empty() => Some(id),
            _ => None,
        })
    }

    /// A walk that enters and leaves every node from `from` down.
    pub(crate) fn walk(&self, from: NodeId) -> Walk<'_> {
        Walk { tree: self, from, next: Some(Step::Enter(from)) }
    }

    /// All words below a node as they stand there, but for those that are never shown.
    pub(crate) fn words(&self, from: NodeId) -> String {
        let mut words = String::new();
        let mut walk = self.walk(from);
        while let Some(step) = walk.next() {
            let Step::Enter(id) = step else { continue };
            if let Some(text) = self.text(id) {
                words.push_str(text);
            } else if is_never_shown(self.name(id)) && id != from {
                walk.pass_over(id);
            } else if self.name(id) == "br" {
                words.push('\n');
            }
        }
        words
    }

    /// Makes an element one whose words are struck out.
    pub(super) fn strike_out(&mut self, id: NodeId) {
        if let Data::Element { name, .. } = &mut self.nodes[id.index()].data {
            name.local = html5ever::local_name!("s");
        }
    }

    fn push(&mut self, data: Data) -> NodeId {
        // The sieve lets far fewer through than there are numbers.
        let id = NodeId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        let node = Node { parent: None, previous: None, next: None, first: None, last: None, data };
        self.nodes.push(node);
        id
    }

    fn detach(&mut self, id: NodeId) {
        let Node { parent, previous, next, .. } = self.nodes[id.index()];
        match (previous, parent) {
            (Some(previous), _) => self.nodes[previous.index()].next = next,
            (None, Some(parent)) => self.nodes[parent.index()].first = next,
            (None, None) => {}
        }
        match (next, parent) {
            (Some(next), _) => self.nodes[next.index()].previous = previous,
            (None, Some(parent)) => self.nodes[parent.index()].last = previous,
            (None, None) => {}
        }
        let node = &mut self.nodes[id.index()];
        (node.parent, node.previous, node.next) = (None, None, None);
    }

    fn append(&mut self, parent: NodeId, child: NodeId) {
        self.detach(child);
        let last = self.nodes[parent.index()].last.replace(child);
        match last {
            Some(last) => self.nodes[last.index()].next = Some(child),
            None => self.nodes[parent.index()].first = Some(child),
        }
        let node = &mut self.nodes[child.index()];
        (node.parent, node.previous) = (Some(parent), last);
    }

    fn insert_before(&mut self, sibling: NodeId, child: NodeId) {
        self.detach(child);
        let Node { parent, previous, .. } = self.nodes[sibling.index()];
        let Some(parent) = parent else { return };
        match previous {
            Some(previous) => self.nodes[previous.index()].next = Some(child),
            None => self.nodes[parent.index()].first = Some(child),
        }
        self.nodes[sibling.index()].previous = Some(child);
        let node = &mut self.nodes[child.index()];
        (node.parent, node.previous, node.next) = (Some(parent), previous, Some(sibling));
    }

    /// Puts words after the text `last`, if it is one.
    fn lengthen(&mut self, last: Option<NodeId>, words: &StrTendril) -> bool {
        match last.map(|last| &mut self.nodes[last.index()].data) {
            Some(Data::Text(text)) => {
                text.push_tendril(words);
                true
            }
            _ => false,
        }
    }
}

/// Whether an element's words are for programs, or for browsers that lack something.
pub(crate) fn is_never_shown(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "noscript"
            | "template"
            | "head"
            | "svg"
            | "math"
            | "iframe"
            | "object"
            | "embed"
            | "applet"
            | "canvas"
            | "audio"
            | "video"
            | "noembed"
            | "noframes"
            | "datalist"
            | "select"
            | "textarea"
            | "button"
            | "input"
            | "dialog"
            | "menu"
            | "map"
            | "title"
            | "del"
            | "s"
            | "strike"
            | "rp"
            | "rt"
    )
}

/// A walk over a part of the tree; see [`Tree::walk`].
pub(crate) struct Walk<'t> {
    tree: &'t Tree,
    from: NodeId,
    next: Option<Step>,
}

impl Walk<'_> {
    /// Passes over what stands below a node that was just entered; it is not left either.
    pub(crate) fn pass_over(&mut self, id: NodeId) {
        self.next = self.after(id);
    }

    fn after(&self, id: NodeId) -> Option<Step> {
        if id == self.from {
            return None;
        }
        let node = &self.tree.nodes[id.index()];
        node.next.map(Step::Enter).or(node.parent.map(Step::Leave))
    }
}

impl Iterator for Walk<'_> {
    type Item = Step;

    fn next(&mut self) -> Option<Step> {
        let step = self.next?;
        self.next = match step {
            Step::Enter(id) => {
                let first = self.tree.nodes[id.index()].first;
                Some(first.map_or(Step::Leave(id), Step::Enter))
            }
            Step::Leave(id) => self.after(id),
        };
        Some(step)
    }
}

/// What the parser grows a tree through.
pub(crate) struct Growing {
    tree: RefCell<Tree>,
    /// How many nodes there are, for whoever bounds them.
    count: Cell<usize>,
}

impl Growing {
    pub(crate) fn new() -> Growing {
        Growing { tree: RefCell::new(Tree::new()), count: Cell::new(1) }
    }

    pub(crate) fn count(&self) -> usize {
        self.count.get()
    }

    fn push(&self, data: Data) -> NodeId {
        self.count.set(self.count.get() + 1);
        self.tree.borrow_mut().push(data)
    }
}

fn boxed(attributes: Vec<Attribute>) -> Box<[(LocalName, Box<str>)]> {
    let pair = |one: Attribute| (one.name.local, Box::from(&*one.value));
    attributes.into_iter().map(pair).collect()
}

impl TreeSink for Growing {
    type Handle = NodeId;
    type Output = Tree;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> Tree {
        self.tree.into_inner()
    }

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        Tree::ROOT
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Ref<'a, QualName> {
        Ref::map(self.tree.borrow(), |tree| match &tree.nodes[target.index()].data {
            Data::Element { name, .. } => name,
            _ => unreachable!("the parser asks for the names of elements alone"),
        })
    }

    fn create_element(
        &self,
        name: QualName,
        attributes: Vec<Attribute>,
        _: ElementFlags,
    ) -> NodeId {
        self.push(Data::Element { name, attributes: boxed(attributes) })
    }

    fn create_comment(&self, _: StrTendril) -> NodeId {
        self.push(Data::Nothing)
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> NodeId {
        self.push(Data::Nothing)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        match child {
            NodeOrText::AppendNode(child) => self.tree.borrow_mut().append(*parent, child),
            NodeOrText::AppendText(words) => {
                let last = self.tree.borrow().nodes[parent.index()].last;
                if !self.tree.borrow_mut().lengthen(last, &words) {
                    let text = self.push(Data::Text(words));
                    self.tree.borrow_mut().append(*parent, text);
                }
            }
        }
    }

    fn append_based_on_parent_node(
        &self,
        element: &NodeId,
        previous: &NodeId,
        child: NodeOrText<NodeId>,
    ) {
        let has_parent = self.tree.borrow().parent(*element).is_some();
        match has_parent {
            true => self.append_before_sibling(element, child),
            false => self.append(previous, child),
        }
    }

    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}

    // What a template holds lies below it like other children, and is passed over as never shown.
    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        *target
    }

    fn same_node(&self, one: &NodeId, other: &NodeId) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, _: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        match child {
            NodeOrText::AppendNode(child) => {
                self.tree.borrow_mut().insert_before(*sibling, child);
            }
            NodeOrText::AppendText(words) => {
                let previous = self.tree.borrow().nodes[sibling.index()].previous;
                if !self.tree.borrow_mut().lengthen(previous, &words) {
                    let text = self.push(Data::Text(words));
                    self.tree.borrow_mut().insert_before(*sibling, text);
                }
            }
        }
    }

    fn add_attrs_if_missing(&self, target: &NodeId, more: Vec<Attribute>) {
        let mut tree = self.tree.borrow_mut();
        if let Data::Element { attributes, .. } = &mut tree.nodes[target.index()].data {
            let mut all = std::mem::take(attributes).into_vec();
            for (name, value) in boxed(more) {
                if all.iter().all(|(held, _)| *held != name) {
                    all.push((name, value));
                }
            }
            *attributes = all.into_boxed_slice();
        }
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.tree.borrow_mut().detach(*target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        let mut tree = self.tree.borrow_mut();
        while let Some(child) = tree.nodes[node.index()].first {
            tree.append(*new_parent, child);
        }
    }
}
