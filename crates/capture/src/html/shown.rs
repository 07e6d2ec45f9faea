//! Which elements of a page are hidden or struck out: by themselves, or by the page's own style.

use std::cell::Cell;
use std::collections::HashMap;

use super::sieve::Parsed;
use super::style::{Property, Rule, Step, declared};
use super::tree::{NodeId, Tree};

/// How many comparisons of an element with a part of a selector are made. A sheet that asks for
/// more is made to take time, and what it hides from there on is shown.
const MOST_COMPARED: usize = 20_000_000;

/// How many classes of an element are heard.
const MOST_CLASSES: usize = 64;

/// Whether each node is hidden, with all below it.
pub(super) fn hidden(parsed: &Parsed) -> Vec<bool> {
    let tree = &parsed.tree;
    let sheet = Sheet::of(&parsed.rules);
    let mut hidden = vec![false; tree.len()];
    for id in tree.elements(Tree::ROOT) {
        // Programs hide a whole page until they have drawn it.
        if !matches!(tree.name(id), "html" | "body") {
            hidden[id.index()] = tree.attribute(id, "hidden").is_some()
                || sheet.hides(tree, id, Property::Display)
                || sheet.hides(tree, id, Property::Visibility);
        }
    }
    hidden
}

/// Makes `<s>` of the elements that the page's style strikes out, so that whoever reads the tree knows
/// of one way alone. What holds a whole article is not struck out by its style.
pub(super) fn strike_out(parsed: &mut Parsed) {
    let tree = &parsed.tree;
    let sheet = Sheet::of(&parsed.rules);
    let by_rules = parsed.rules.iter().any(|rule| rule.property == Property::LineThrough);
    let by_itself = |id: &NodeId| {
        tree.attribute(*id, "style").is_some_and(|style| style.contains("line-through"))
    };
    let holds_all = |id: &NodeId| {
        matches!(tree.name(*id), "html" | "body" | "main" | "article" | "section" | "table")
    };
    let struck: Vec<NodeId> = tree
        .elements(Tree::ROOT)
        .filter(|id| (by_rules || by_itself(id)) && !holds_all(id))
        .filter(|id| sheet.hides(tree, *id, Property::LineThrough))
        .collect();
    struck.into_iter().for_each(|id| parsed.tree.strike_out(id));
}

/// The rules of a page, found by what an element itself must be: by its id, its first class or
/// else its name.
struct Sheet<'r> {
    rules: &'r [Rule],
    by_id: HashMap<&'r str, Vec<usize>>,
    by_class: HashMap<&'r str, Vec<usize>>,
    by_name: HashMap<&'r str, Vec<usize>>,
    /// How many comparisons are left.
    left: Cell<usize>,
}

impl<'r> Sheet<'r> {
    fn of(rules: &'r [Rule]) -> Sheet<'r> {
        let (mut by_id, mut by_class, mut by_name) =
            (HashMap::new(), HashMap::new(), HashMap::new());
        for (at, rule) in rules.iter().enumerate() {
            let Some(own) = rule.steps.first() else { continue };
            let (by, key): (&mut HashMap<&str, Vec<usize>>, _) = match (&own.id, &own.classes[..]) {
                (Some(id), _) => (&mut by_id, id),
                (None, [class, ..]) => (&mut by_class, class),
                (None, []) => (&mut by_name, &own.name),
            };
            by.entry(key.as_str()).or_default().push(at);
        }
        Sheet { rules, by_id, by_class, by_name, left: Cell::new(MOST_COMPARED) }
    }

    /// Whether what is strongest of all that sets a property of an element hides it: its own
    /// attribute before a rule, unless the rule alone is important.
    fn hides(&self, tree: &Tree, id: NodeId, property: Property) -> bool {
        let own = tree.attribute(id, "style").and_then(|style| declared(style, property));
        let strongest = self.strongest(tree, id, property).map(|at| &self.rules[at]);
        match (own, strongest) {
            (Some((_, false)) | None, Some(rule)) if own.is_none() || rule.important => rule.hides,
            (Some((hides, _)), _) => hides,
            (None, _) => false,
        }
    }

    /// Of the rules that are on an element, the one that holds.
    fn strongest(&self, tree: &Tree, id: NodeId, property: Property) -> Option<usize> {
        if self.rules.is_empty() || self.left.get() == 0 {
            return None;
        }
        let classes = tree.attribute(id, "class").unwrap_or_default().split_ascii_whitespace();
        let own_id = tree.attribute(id, "id").map(str::trim);
        own_id
            .and_then(|own| self.by_id.get(own))
            .into_iter()
            .chain(classes.take(MOST_CLASSES).filter_map(|class| self.by_class.get(class)))
            .chain([tree.name(id), ""].iter().filter_map(|name| self.by_name.get(*name)))
            .flatten()
            .take_while(|_| self.left.get() > 0)
            .filter(|at| self.is_on(tree, id, property, &self.rules[**at]))
            .max_by_key(|at| (self.rules[**at].weight(), **at))
            .copied()
    }

    /// Whether a rule is on an element: it is what the rule says, and lies in what it must lie in.
    /// A step that several elements around it could be is taken to be the nearest.
    fn is_on(&self, tree: &Tree, id: NodeId, property: Property, rule: &Rule) -> bool {
        let Some((own, around)) = rule.steps.split_first() else { return false };
        if !self.is(tree, id, own) || rule.property != property {
            return false;
        }
        let mut at = id;
        for step in around {
            let mut above = tree.ancestors(at);
            let found = match step.parent {
                true => above.next().filter(|above| self.is(tree, *above, step)),
                false => above.find(|above| self.is(tree, *above, step)),
            };
            match found {
                Some(above) => at = above,
                None => return false,
            }
        }
        true
    }

    fn is(&self, tree: &Tree, id: NodeId, step: &Step) -> bool {
        let Some(left) = self.left.get().checked_sub(1) else { return false };
        self.left.set(left);
        let has = |wanted: &String| {
            let classes = tree.attribute(id, "class").unwrap_or_default();
            classes.split_ascii_whitespace().take(MOST_CLASSES).any(|class| class == wanted)
        };
        (step.name.is_empty() || step.name == tree.name(id))
            && step
                .id
                .as_deref()
                .is_none_or(|own| tree.attribute(id, "id").map(str::trim) == Some(own))
            && step.classes.iter().all(has)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::sieve::parse;

    /// The words of a page that are not hidden.
    fn shown(page: &str) -> String {
        let parsed = parse(page);
        let hidden = hidden(&parsed);
        let mut walk = parsed.tree.walk(Tree::ROOT);
        let mut words = String::new();
        while let Some(step) = walk.next() {
            let super::super::tree::Step::Enter(id) = step else { continue };
            if hidden[id.index()] {
                walk.pass_over(id);
            } else if let Some(text) = parsed.tree.text(id) {
                words.push_str(text);
            }
        }
        words
    }

    #[test]
    fn a_page_hides_what_its_style_says() {
        for (style, shows) in [
            (".b { display: none }", "ac"),
            ("#two { visibility: hidden }", "ac"),
            ("div .b, p { display: none }", "c"),
            ("div > .b { display: none }", "ac"),
            ("ul > .b { display: none }", "abc"),
            ("p { display: none } .b { display: block }", "bc"),
            (".b { display: block } p { display: none }", "bc"),
            (".b { display: none } .b { display: block }", "abc"),
            (".b { display: none !important } #two { display: block }", "ac"),
            ("* { display: none } .b { display: block }", ""),
            ("html, body { display: none }", "abc"),
            (".b:hover { display: none }", "abc"),
            (".c { display: none }", "abc"),
            (".c { display: none !important }", "ab"),
        ] {
            let page = format!(
                "<style>{style}</style><div><p>a<p class='x b' id=two>b<p class=c \
                 style='display: block'>c"
            );
            assert_eq!(shown(&page), shows, "{style}");
        }
    }

    #[test]
    fn words_are_struck_out_by_a_style_too() {
        let left = |page: &str| {
            let mut parsed = parse(page);
            strike_out(&mut parsed);
            let flow = crate::html::flow::flow(&parsed.tree, Tree::ROOT, &|_| false);
            let lines: Vec<&str> = flow.pieces.iter().map(|piece| piece.text.as_str()).collect();
            (lines.join("|"), flow.struck)
        };
        for struck in [
            "<span style='color: red; text-decoration: line-through'>31</span>",
            "<span style='text-decoration-line: underline line-through'>31</span>",
            "<i class=gone>31</i>",
            "<s>31</s>",
        ] {
            let page = format!(
                "<style>a {{ text-decoration: none }} .gone {{ text-decoration: line-through red }}\
                 </style><p>Killed: {struck} 29.</p>"
            );
            assert_eq!(left(&page), ("Killed: 29.".to_owned(), true), "{struck}");
        }
        for page in [
            "<p>Killed: <a style='text-decoration: underline'>29</a>.</p>",
            "<style>.x i { text-decoration: line-through }</style><p>Killed: <i>29</i>.</p>",
            "<body style='text-decoration: line-through'><p>Killed: 29.</p>",
        ] {
            assert_eq!(left(page), ("Killed: 29.".to_owned(), false), "{page}");
        }
    }

    #[test]
    fn sheets_for_paper_and_of_templates_are_not_heard() {
        assert_eq!(shown("<style media=print>p { display: none }</style><p>a"), "a");
        assert_eq!(shown("<template><style>p { display: none }</style></template><p>a"), "a");
        assert_eq!(shown("<style media=screen>p { display: none }</style><p>a"), "");
    }

    #[test]
    fn a_sheet_that_is_made_to_take_time_is_given_up() {
        let rules: String =
            (0..15_000).map(|at| format!(".x{at} b {{ display: none }}\n")).collect();
        let page = format!("<style>{rules}</style>{}", "<i><b>a</b></i>".repeat(40_000));
        assert!(shown(&page).starts_with("aaa"));
    }
}
