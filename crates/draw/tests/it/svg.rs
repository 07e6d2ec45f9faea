//! A picture taken apart: what it says and where.

use roxmltree::{Document, Node};
use unicode_width::UnicodeWidthStr;

/// What an SVG may be made of; nothing here can run, fetch or lead anywhere.
const ELEMENTS: [&str; 10] =
    ["svg", "title", "desc", "style", "g", "rect", "circle", "path", "text", "#"];

/// Words on a picture, with the box that they take at least.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    pub(crate) words: String,
    pub(crate) left: f64,
    pub(crate) right: f64,
    pub(crate) y: f64,
}

/// Everything written on a picture.
pub(crate) struct Picture {
    pub(crate) texts: Vec<Text>,
    pub(crate) titles: Vec<String>,
    pub(crate) wide: f64,
    pub(crate) high: f64,
}

fn number(node: &Node, name: &str) -> f64 {
    let text = node.attribute(name).unwrap_or("0");
    text.parse().unwrap_or_else(|_| panic!("{name}={text:?} is no number"))
}

/// Takes a picture apart; it must be well formed, and hold nothing but shapes and words.
#[track_caller]
pub(crate) fn picture(svg: &str) -> Picture {
    let document = Document::parse(svg).unwrap_or_else(|error| panic!("{error}: {svg}"));
    let root = document.root_element();
    assert_eq!(root.attribute("role"), Some("img"));
    let named = root.attribute("aria-labelledby").unwrap();
    for id in named.split(' ') {
        assert!(root.children().any(|child| child.attribute("id") == Some(id)), "{id}");
    }
    let view: Vec<f64> =
        root.attribute("viewBox").unwrap().split(' ').map(|n| n.parse().unwrap()).collect();
    let mut picture =
        Picture { texts: Vec::new(), titles: Vec::new(), wide: view[2], high: view[3] };
    for node in root.descendants().filter(Node::is_element) {
        let name = node.tag_name().name();
        assert!(ELEMENTS.contains(&name), "<{name}>");
        for attribute in node.attributes() {
            let (name, value) = (attribute.name(), attribute.value());
            assert!(!name.starts_with("on") && !name.contains("href"), "{name}");
            assert!(
                !value.contains("url(") && !value.contains("NaN") && !value.contains("inf"),
                "{name}={value}"
            );
            if name == "d" {
                let plain = |c: char| c.is_ascii_digit() || "MLHVQmlhvqzZ.- ".contains(c);
                assert!(value.chars().all(plain), "{value}");
            }
        }
        match name {
            "text" => picture.texts.push(text(&node)),
            "title" => picture.titles.push(node.text().unwrap_or_default().to_owned()),
            _ => {}
        }
    }
    picture
}

/// The shapes of a picture as they look in one ink: how each is outlined, dashed and filled, without
/// its colour, and in which place, without words.
pub(crate) fn forms(svg: &str) -> Vec<String> {
    let document = Document::parse(svg).unwrap_or_else(|error| panic!("{error}: {svg}"));
    let ink = |colour: Option<&str>| match colour {
        Some("#ffffff") => "ground",
        Some("none") | None => "none",
        Some(_) => "ink",
    };
    let shapes = document
        .descendants()
        .filter(|node| ["rect", "circle", "path"].contains(&node.tag_name().name()));
    shapes
        .map(|shape| {
            // What is set for a group holds for what is in it.
            let held = |name: &str| shape.ancestors().find_map(|above| above.attribute(name));
            let own = ["d", "x", "y", "r", "width", "height"].map(|name| shape.attribute(name));
            let lines = ["stroke-dasharray", "stroke-width"].map(held);
            format!("{own:?} {lines:?} {} {}", ink(held("fill")), ink(held("stroke")))
        })
        .collect()
}

fn text(node: &Node) -> Text {
    let words = node.text().unwrap_or_default().to_owned();
    let (mut x, mut y) = (number(node, "x"), number(node, "y"));
    for above in node.ancestors().filter_map(|node| node.attribute("transform")) {
        let inner = above.trim_start_matches("translate(").trim_end_matches(')');
        let (across, down) = inner.split_once(' ').unwrap();
        x += across.parse::<f64>().unwrap();
        y += down.parse::<f64>().unwrap();
    }
    // Half a letter's size on average: narrower than any typeface that a picture is read in.
    let wide = words.width() as f64 * number(node, "font-size") * 0.5;
    let left = match node.attribute("text-anchor") {
        None => x,
        Some("middle") => x - wide / 2.0,
        _ => x - wide,
    };
    Text { words, left, right: left + wide, y }
}
