//! Who and what is tied to what, as a picture.
//!
//! Input: a [`Network`]. Output: nodes of one size, formed by their kind, with ties formed by what
//! people made of them. Nothing is larger, redder or more in the middle because more is tied to it;
//! where a node stands says nothing.

mod layout;
mod route;

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html};
use throughline_model::{Day, SubjectKind};

use crate::geometry::{Area, Curve, Point};
use crate::label::{broken, clean, counted, shortened, width};
use crate::paint::Paint;
use crate::sheet::{Anchor, N, Sheet, Words};
use crate::symbol::{REACH, symbol};
use crate::{Caption, Drawing, Standing, Table};
use route::Obstacles;

/// The letters of names, of what stands under them, and of ties.
const NAME: f64 = 11.0;
const BENEATH: f64 = 9.5;
const RELATION: f64 = 9.5;

/// With more lines than this, what each says stands in the table alone.
const MOST_NAMED_LINES: usize = 90;

/// What a network shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Network {
    /// What is tied, in the order in which tables list it.
    pub nodes: Vec<Node>,
    /// The ties between them.
    pub ties: Vec<Tie>,
}

impl Network {
    /// The ties that tie one node to another.
    pub(crate) fn ties(&self) -> impl Iterator<Item = &Tie> {
        let there = |at: usize| at < self.nodes.len();
        self.ties.iter().filter(move |tie| there(tie.from) && there(tie.to) && tie.from != tie.to)
    }
}

/// One subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What kind of subject.
    pub kind: SubjectKind,
    /// What it is called.
    pub name: String,
    /// What stands under the name: when an incident happened, the present status of a person.
    pub beneath: String,
    /// What people made of it: the best of what they made of anything held of it. It says that
    /// somebody has looked, not what the subject is.
    pub standing: Standing,
    /// Its id, for the table; empty where none may be given.
    pub id: String,
    /// Whether the network was drawn around it.
    pub centre: bool,
}

/// One tie: a value of a record that is another record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tie {
    /// The node of the record whose value it is.
    pub from: usize,
    /// The node of the value.
    pub to: usize,
    /// What the value is of the record: "perpetrator", "claimant".
    pub relation: String,
    /// What people made of it.
    pub standing: Standing,
    /// What it rests on, in words: "accepted, hedged".
    pub basis: String,
    /// Who says so, and with what reserve.
    pub said_by: String,
    /// When that was published, in words.
    pub published: String,
    /// The day since which it is public; `None` if its source is undated.
    pub since: Option<Day>,
}

/// A line of the picture: the ties of one standing from one node to another.
struct Line {
    standing: Standing,
    words: String,
    /// The whole of it, for who points at it.
    title: String,
    way: Curve,
}

/// A node's label, around the point where the node stands.
struct Label {
    lines: Vec<String>,
    beneath: Vec<String>,
    above: bool,
    area: Area,
}

/// Draws a network.
pub fn network(network: &Network, caption: &Caption) -> Drawing {
    let nodes: Vec<Node> = network.nodes.iter().map(cleaned).collect();
    let ties: Vec<&Tie> = network.ties().collect();
    let pairs: BTreeSet<(usize, usize)> =
        ties.iter().map(|tie| (tie.from.min(tie.to), tie.from.max(tie.to))).collect();
    let pairs: Vec<(usize, usize)> = pairs.into_iter().collect();
    let places =
        layout::places(nodes.len(), &pairs, pairs.len() <= MOST_NAMED_LINES, &|node, ways| {
            let label = Label::new(&nodes[node], is_above(ways));
            label.area.join(Area::default().grown(REACH))
        });
    let labels: Vec<Label> = nodes
        .iter()
        .zip(&places.reach)
        .map(|(node, reach)| Label::new(node, reach.bottom <= REACH))
        .collect();
    let boxes: Vec<Area> =
        labels.iter().zip(&places.at).map(|(label, at)| Area::around(*at, label.area)).collect();
    let lines = lines(&nodes, &ties, &Obstacles::new(&places.at, &boxes));
    let few = if lines.len() > MOST_NAMED_LINES { &[] } else { lines.as_slice() };
    let (words, unnamed) = relations(few, &places.at, &boxes);
    // A bent line may leave the boxes of nodes and labels.
    let drawn =
        lines.iter().flat_map(|line| (0..=8).map(|part| line.way.at(f64::from(part) / 8.0)));
    let all = drawn.fold(
        Area { right: places.size.x, bottom: places.size.y, ..Area::default() },
        |all, at| all.join(Area { left: at.x, right: at.x, top: at.y, bottom: at.y }.grown(2.0)),
    );
    let body = html! {
        g transform={ "translate(" (N(-all.left)) " " (N(-all.top)) ")" } {
            @for line in &lines { (line.drawn()) }
            @for ((node, at), label) in nodes.iter().zip(&places.at).zip(&labels) {
                (drawn_node(node, *at, label))
            }
            (words)
        }
    };
    let kinds: BTreeSet<SubjectKind> = nodes.iter().map(|node| node.kind).collect();
    let mut key: Vec<(Markup, String)> = kinds
        .into_iter()
        .map(|kind| (symbol(kind, Point::default(), Standing::Found), kind.name().to_owned()))
        .collect();
    let standings = lines.iter().map(|line| line.standing);
    let standings: BTreeSet<Standing> =
        standings.chain(nodes.iter().map(|node| node.standing)).collect();
    key.extend(standings.into_iter().map(|one| (sample(one), one.explained().to_owned())));
    let mut notes = vec!["Where a node stands and how long a tie is says nothing.".to_owned()];
    if lines.len() > MOST_NAMED_LINES {
        notes.push("What each tie is stands in the table.".to_owned());
    }
    match unnamed {
        0 => {}
        1 => notes
            .push("1 line has no room for its words: what it is stands in the table.".to_owned()),
        many => notes.push(format!(
            "{many} lines have no room for their words: what they are stands in the table."
        )),
    }
    let described = format!(
        "{} and {} between them",
        counted(nodes.len(), "record"),
        counted(ties.len(), "tie")
    );
    let size = Point::new(all.width(), all.height());
    let svg = Sheet { caption, described, body, size, key, notes }.svg();
    Drawing { svg, table: table(&nodes, &ties), view: None }
}

fn cleaned(node: &Node) -> Node {
    Node {
        name: clean(&node.name),
        beneath: clean(&node.beneath),
        id: clean(&node.id),
        kind: node.kind,
        standing: node.standing,
        centre: node.centre,
    }
}

/// Whether most ties of a node leave downwards, so that its label has more room above it.
fn is_above(ways: &[Point]) -> bool {
    // Ties to the side are in nobody's way.
    let down: f64 = ways.iter().map(|way| way.y / (way.x.abs() + way.y.abs() + 1e-9)).sum();
    down > 0.25
}

impl Label {
    fn new(node: &Node, above: bool) -> Label {
        const ROOM: f64 = 132.0;
        let size = NAME;
        let lines = broken(&node.name, size, if node.centre { ROOM / 1.1 } else { ROOM }, 2);
        let beneath = broken(&node.beneath, BENEATH, ROOM, 2);
        let strong = if node.centre { 1.1 } else { 1.0 };
        let wide = lines.iter().map(|line| width(line, size) * strong);
        let wide = wide.chain(beneath.iter().map(|line| width(line, BENEATH))).fold(0.0, f64::max);
        let high = lines.len() as f64 * size * 1.15 + beneath.len() as f64 * BENEATH * 1.2;
        let (top, bottom) = match above {
            true => (-REACH - 2.0 - high, -REACH - 2.0),
            false => (REACH + 1.0, REACH + 3.0 + high),
        };
        let area = Area { left: -wide / 2.0, right: wide / 2.0, top, bottom };
        Label { lines, beneath, above, area }
    }

    fn drawn(&self, node: &Node, at: Point) -> Markup {
        let mut y = if self.above { self.area.top } else { self.area.top + 1.0 };
        let mut words: Vec<Markup> = Vec::new();
        let mut say = |line: &str, size: f64, high: f64, paint: Paint, strong: bool| {
            y += size * high;
            let place = at.plus(0.0, y - size * 0.24);
            let anchor = Anchor::Middle;
            let words_of =
                Words { paint, anchor, strong, halo: true, ..Words::new(place, line, size) };
            words.push(html! { (words_of) });
        };
        for line in &self.lines {
            say(line, NAME, 1.15, Paint::Ink, node.centre);
        }
        for line in &self.beneath {
            say(line, BENEATH, 1.2, Paint::Soft, false);
        }
        html! { @for one in &words { (one) } }
    }
}

fn drawn_node(node: &Node, at: Point, label: &Label) -> Markup {
    let mut title = format!("{}: {}", node.kind.name(), node.name);
    if !node.beneath.is_empty() {
        title.push_str(&format!(" ({})", node.beneath));
    }
    title.push_str(&format!("; {}", node.standing.name()));
    html! {
        g class="tl-node" data-of=[Some(&node.id).filter(|id| !id.is_empty())] {
            title { (title) }
            (symbol(node.kind, at, node.standing))
            @if node.centre {
                circle cx=(N(at.x)) cy=(N(at.y)) r="12.5" fill="none" stroke-width="1.4"
                    class=(Paint::Ink.stroke()) stroke=(Paint::Ink.hex()) {}
            }
            (label.drawn(node, at))
        }
    }
}

/// The lines: ties of one standing between the same two, in one direction, go together.
fn lines(nodes: &[Node], ties: &[&Tie], obstacles: &Obstacles) -> Vec<Line> {
    let mut grouped: BTreeMap<(usize, usize, Standing), Vec<&Tie>> = BTreeMap::new();
    for tie in ties {
        grouped.entry((tie.from, tie.to, tie.standing)).or_default().push(tie);
    }
    let mut between: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (from, to, _) in grouped.keys() {
        *between.entry((*from.min(to), *from.max(to))).or_default() += 1;
    }
    let mut drawn: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    let mut lines = Vec::new();
    for ((from, to, standing), ties) in grouped {
        let pair = (from.min(to), from.max(to));
        let nth = drawn.entry(pair).or_default();
        // Several lines between two nodes lie beside one another, whichever way each goes.
        let aside = (*nth as f64 - (between[&pair] - 1) as f64 / 2.0) * 0.16;
        let aside = if from > to { -aside } else { aside };
        *nth += 1;
        let mut relations: Vec<String> = ties.iter().map(|tie| clean(&tie.relation)).collect();
        relations.sort();
        relations.dedup();
        let words = shortened(&relations.join(", "), 34);
        let each = ties.iter().map(|tie| {
            let basis = if tie.basis.is_empty() { standing.name() } else { &tie.basis };
            let by = [&tie.said_by, &tie.published].map(|part| clean(part));
            let by: Vec<String> = by.into_iter().filter(|part| !part.is_empty()).collect();
            let by = if by.is_empty() { String::new() } else { format!("; {}", by.join(", ")) };
            format!("{} ({}{by})", clean(&tie.relation), clean(basis))
        });
        let each: Vec<String> = each.collect();
        let title = format!("{} → {}: {}", nodes[from].name, nodes[to].name, each.join("; "));
        let way = obstacles.way(from, to, aside);
        lines.push(Line { standing, words, title, way });
    }
    lines
}

impl Line {
    fn drawn(&self) -> Markup {
        html! {
            g class="tl-tie" {
                title { (self.title) }
                (stroke(self.way, self.standing))
                (arrow(self.way))
            }
        }
    }
}

/// A line in the form of its standing.
fn stroke(way: Curve, standing: Standing) -> Markup {
    let middle = way.at(0.5);
    let (before, after) = (way.at(0.45), way.at(0.55));
    let length = before.distance(after).max(1e-6);
    let (x, y) = ((after.x - before.x) / length, (after.y - before.y) / length);
    let at = |along: f64, across: f64| middle.plus(x * along - y * across, y * along + x * across);
    let mark = |from: Point, to: Point| {
        html! {
            path d={ "M" (N(from.x)) " " (N(from.y)) "L" (N(to.x)) " " (N(to.y)) } fill="none"
                stroke-width="1.8" class=(Paint::Mark.stroke()) stroke=(Paint::Mark.hex()) {}
        }
    };
    html! {
        path d={ "M" (N(way.from.x)) " " (N(way.from.y)) "Q" (N(way.towards.x)) " " (N(way.towards.y))
                " " (N(way.to.x)) " " (N(way.to.y)) }
            fill="none" stroke-width=(N(standing.weight())) stroke-dasharray=[standing.dashes()]
            class=(Paint::Soft.stroke()) stroke=(Paint::Soft.hex()) {}
        @match standing {
            // Two strokes against each other: said, and gainsaid.
            Standing::Contested => {
                (mark(at(-4.5, -6.0), at(-0.5, 6.0)))
                (mark(at(4.5, -6.0), at(0.5, 6.0)))
            }
            Standing::Denied => {
                (mark(at(-4.5, -4.5), at(4.5, 4.5)))
                (mark(at(-4.5, 4.5), at(4.5, -4.5)))
            }
            _ => {}
        }
    }
}

/// The head of an arrow at the end of a way.
fn arrow(way: Curve) -> Markup {
    let before = way.at(0.93);
    let length = before.distance(way.to).max(1e-6);
    let (x, y) = ((way.to.x - before.x) / length, (way.to.y - before.y) / length);
    let side = |across: f64| way.to.plus(-x * 6.5 - y * across, -y * 6.5 + x * across);
    let (one, other) = (side(2.8), side(-2.8));
    html! {
        path d={ "M" (N(way.to.x)) " " (N(way.to.y)) "L" (N(one.x)) " " (N(one.y)) "L" (N(other.x)) " "
                (N(other.y)) "z" } class=(Paint::Soft.fill()) fill=(Paint::Soft.hex()) {}
    }
}

/// A line and a shape as the key shows them.
fn sample(standing: Standing) -> Markup {
    let way = Curve::bent(Point::new(-14.0, 0.0), Point::new(6.0, 0.0), 0.0);
    let inner = if standing.is_full() { Paint::Soft } else { Paint::Ground };
    html! {
        (stroke(way, standing))
        circle cx="10" cy="0" r="4" class={ (inner.fill()) " " (Paint::Soft.stroke()) }
            fill=(inner.hex()) stroke=(Paint::Soft.hex()) stroke-width="1.5"
            stroke-dasharray=[standing.edge()] {}
    }
}

/// What lines are, in words along them where there is room, and how many have none.
fn relations(lines: &[Line], at: &[Point], labels: &[Area]) -> (Markup, usize) {
    let mut taken: Vec<Area> = labels.to_vec();
    taken.extend(at.iter().map(|at| Area::around(*at, Area::default().grown(REACH))));
    let marked = |line: &Line| matches!(line.standing, Standing::Contested | Standing::Denied);
    let marks = lines.iter().filter(|line| marked(line)).map(|line| line.way.at(0.5));
    taken.extend(marks.map(|at| Area::around(at, Area::default().grown(7.0))));
    let mut words: Vec<(Point, &str)> = Vec::new();
    for line in lines {
        let wide = width(&line.words, RELATION) / 2.0;
        let reach = Area { left: -wide, right: wide, top: -5.5, bottom: 5.0 };
        // On the line, else close beside it.
        let parts = [0.5, 0.43, 0.57, 0.36, 0.64, 0.28, 0.72, 0.2, 0.8];
        let beside = [0.0, -9.0, 9.0].into_iter();
        let places = beside.flat_map(|down| parts.map(|part| line.way.at(part).plus(0.0, down)));
        let free = |at: &Point| {
            let own = Area::around(*at, reach);
            !taken.iter().any(|other| other.overlaps(own))
        };
        let place = places.into_iter().find(free);
        if let Some(place) = place {
            taken.push(Area::around(place, reach));
            words.push((place.plus(0.0, 3.2), &line.words));
        }
    }
    let drawn = html! {
        @for (at, text) in &words {
            (Words {
                paint: Paint::Soft, anchor: Anchor::Middle, halo: true, ..Words::new(*at, text, RELATION)
            })
        }
    };
    (drawn, lines.len() - words.len())
}

/// The facts of a network, a row a tie.
pub fn facts(network: &Network) -> Table {
    let nodes: Vec<Node> = network.nodes.iter().map(cleaned).collect();
    table(&nodes, &network.ties().collect::<Vec<_>>())
}

fn table(nodes: &[Node], ties: &[&Tie]) -> Table {
    let mut table = Table::new(&[
        "id",
        "kind",
        "name",
        "date or status",
        "record",
        "tie",
        "to id",
        "to kind",
        "to name",
        "to date or status",
        "to record",
        "standing",
        "basis",
        "said by",
        "published",
    ]);
    let of = |node: &Node| {
        let record = node.standing.name().to_owned();
        let kind = node.kind.name().to_owned();
        [node.id.clone(), kind, node.name.clone(), node.beneath.clone(), record]
    };
    let tied: BTreeSet<usize> = ties.iter().flat_map(|tie| [tie.from, tie.to]).collect();
    for tie in ties {
        let mut row = of(&nodes[tie.from]).to_vec();
        row.push(clean(&tie.relation));
        row.extend(of(&nodes[tie.to]));
        row.push(tie.standing.name().to_owned());
        row.extend([&tie.basis, &tie.said_by, &tie.published].map(|words| clean(words)));
        table.rows.push(row);
    }
    for (_, node) in nodes.iter().enumerate().filter(|(at, _)| !tied.contains(at)) {
        let mut row = of(node).to_vec();
        row.resize(table.header.len(), String::new());
        table.rows.push(row);
    }
    table.without_empty_columns()
}
