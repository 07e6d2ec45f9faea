//! The sheet of every picture: title, dates, key, marks and state around what is drawn.

use maud::{Markup, PreEscaped, Render, html};
use throughline_model::Fingerprint;

use crate::Caption;
use crate::geometry::Point;
use crate::label::{broken, clean, width};
use crate::paint::{Paint, style};

/// The margin around everything.
pub(crate) const MARGIN: f64 = 20.0;

/// The narrowest sheet: notes need room too.
const NARROWEST: f64 = 620.0;

/// What a sheet is made of.
pub(crate) struct Sheet<'s> {
    pub(crate) caption: &'s Caption,
    /// What the picture shows, for those who do not see it.
    pub(crate) described: String,
    /// What is drawn, from (0, 0) to the size.
    pub(crate) body: Markup,
    pub(crate) size: Point,
    /// What the forms mean: each drawn around (0, 0), 26 wide and 16 high, with its words.
    pub(crate) key: Vec<(Markup, String)>,
    /// What the picture itself must say: what has no room, what carries no meaning.
    pub(crate) notes: Vec<String>,
}

/// A number as short as a picture needs it: tenths.
pub(crate) struct N(pub(crate) f64);

impl Render for N {
    fn render_to(&self, buffer: &mut String) {
        debug_assert!(self.0.is_finite(), "a place that is no number");
        let tenths = if self.0.is_finite() { (self.0 * 10.0).round() / 10.0 } else { 0.0 };
        // There is no minus zero on paper.
        buffer.push_str(&(tenths + 0.0).to_string());
    }
}

/// Words on a picture.
pub(crate) struct Words<'w> {
    pub(crate) at: Point,
    pub(crate) text: &'w str,
    pub(crate) size: f64,
    pub(crate) paint: Paint,
    pub(crate) anchor: Anchor,
    pub(crate) strong: bool,
    /// Whether it may stand on lines, and hides them around its letters.
    pub(crate) halo: bool,
}

/// Which end of words stands at their point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

impl<'w> Words<'w> {
    pub(crate) fn new(at: Point, text: &'w str, size: f64) -> Words<'w> {
        let (paint, anchor) = (Paint::Ink, Anchor::Start);
        Words { at, text, size, paint, anchor, strong: false, halo: false }
    }
}

impl Render for Words<'_> {
    fn render(&self) -> Markup {
        let anchor = match self.anchor {
            Anchor::Start => None,
            Anchor::Middle => Some("middle"),
            Anchor::End => Some("end"),
        };
        let halo = self.halo.then_some(Paint::Ground);
        let class = match halo {
            Some(halo) => format!("{} {}", self.paint.fill(), halo.stroke()),
            None => self.paint.fill(),
        };
        html! {
            text x=(N(self.at.x)) y=(N(self.at.y)) font-size=(N(self.size)) class=(class)
                fill=(self.paint.hex()) text-anchor=[anchor]
                font-weight=[self.strong.then_some("600")]
                stroke=[halo.map(Paint::hex)] stroke-width=[halo.map(|_| "3")]
                stroke-linejoin=[halo.map(|_| "round")] paint-order=[halo.map(|_| "stroke")]
            { (self.text) }
        }
    }
}

impl Sheet<'_> {
    /// The whole picture.
    pub(crate) fn svg(self) -> String {
        let wide = (self.size.x + 2.0 * MARGIN).max(NARROWEST);
        let room = wide - 2.0 * MARGIN;
        let mut head = Column { top: MARGIN, left: MARGIN, lines: Vec::new() };
        let title = clean(&self.caption.title);
        head.say(&title, 17.0, room, Paint::Ink, true);
        head.top += 2.0;
        head.say(&clean(&self.caption.as_of), 12.0, room, Paint::Soft, false);
        let body_top = head.top + 14.0;
        let body_left = MARGIN + (room - self.size.x) / 2.0;
        let key_top = body_top + self.size.y + 14.0;
        let (key, key_height) = key(&self.key, room);
        let mut foot = Column { top: key_top + key_height, left: MARGIN, lines: Vec::new() };
        for note in self.notes.iter().chain(&self.caption.marks) {
            foot.say(&clean(note), 11.0, room, Paint::Soft, false);
        }
        let state = self.caption.state.as_ref().map(|state| state.words(16));
        if let Some(state) = &state {
            foot.top += 2.0;
            foot.say(state, 10.0, room, Paint::Soft, false);
        }
        let high = foot.top + MARGIN - 4.0;
        let described = self.described();
        let name = Fingerprint::new("picture")
            .field(title.as_bytes())
            .field(self.body.0.as_bytes())
            .finish();
        // Pages hold several pictures, and names within a page must differ.
        let (named, told) = (
            format!("tl-{}-t", &name.to_string()[..10]),
            format!("tl-{}-d", &name.to_string()[..10]),
        );
        let drawn = html! {
            svg xmlns="http://www.w3.org/2000/svg" viewBox={ "0 0 " (N(wide)) " " (N(high)) }
                width=(N(wide)) height=(N(high)) class="tl" role="img"
                aria-labelledby={ (named) " " (told) }
                font-family="system-ui, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', sans-serif" {
                title id=(named) { (title) }
                desc id=(told) { (described) }
                style { (PreEscaped(style())) }
                rect width=(N(wide)) height=(N(high)) class=(Paint::Ground.fill())
                    fill=(Paint::Ground.hex()) {}
                (head.drawn())
                g transform={ "translate(" (N(body_left)) " " (N(body_top)) ")" } { (self.body) }
                g transform={ "translate(" (N(MARGIN)) " " (N(key_top)) ")" } { (key) }
                (foot.drawn())
            }
        };
        format!("{}\n", drawn.into_string())
    }

    fn described(&self) -> String {
        let mut words = vec![clean(&self.described), clean(&self.caption.as_of)];
        words.extend(self.notes.iter().chain(&self.caption.marks).map(|note| clean(note)));
        words.extend(self.caption.state.as_ref().map(|state| state.words(64)));
        words.retain(|words| !words.is_empty());
        words
            .iter()
            .map(|words| format!("{}.", words.trim_end_matches('.')))
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// Lines of words under one another.
struct Column {
    top: f64,
    left: f64,
    lines: Vec<Markup>,
}

impl Column {
    fn say(&mut self, text: &str, size: f64, room: f64, paint: Paint, strong: bool) {
        // Strong letters are wider.
        let room = if strong { room / 1.1 } else { room };
        for line in broken(text, size, room, 4) {
            self.top += size * 1.35;
            let at = Point::new(self.left, self.top - size * 0.3);
            let words = Words { paint, strong, ..Words::new(at, &line, size) };
            self.lines.push(words.render());
        }
    }

    fn drawn(&self) -> Markup {
        html! { @for line in &self.lines { (line) } }
    }
}

/// The key in rows, and how high it is.
fn key(entries: &[(Markup, String)], room: f64) -> (Markup, f64) {
    const ROW: f64 = 19.0;
    const SIGN: f64 = 32.0;
    let (mut x, mut y) = (0.0, 10.0);
    let mut drawn = Vec::new();
    for (sign, words) in entries {
        let wide = SIGN + width(words, 11.0) + 18.0;
        if x > 0.0 && x + wide > room {
            x = 0.0;
            y += ROW;
        }
        let words =
            Words { paint: Paint::Soft, ..Words::new(Point::new(x + SIGN, y + 4.0), words, 11.0) };
        drawn.push(html! {
            g transform={ "translate(" (N(x + 14.0)) " " (N(y)) ")" } { (sign) }
            (words)
        });
        x += wide;
    }
    let height = if entries.is_empty() { 0.0 } else { y + 12.0 };
    (html! { @for one in &drawn { (one) } }, height)
}
