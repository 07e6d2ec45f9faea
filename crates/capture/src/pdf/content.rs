//! The letters of a page, from the operators that draw it.
//!
//! Only what moves or draws text is followed; lines, pictures and colours are passed over. Work is
//! counted, and what is left undone is told.

use hayro_font::kurbo::{Affine, Point};
use hayro_font::{CMapResolverFn, Font, FontCache, FontGlyph, FontQuery, FontResolverFn};
use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::{Dict, Name, Object, ObjectIdentifier, Stream};
use hayro_syntax::page::{Page, Resources};
use std::collections::BTreeSet;
use std::sync::Arc;

use super::bounds::{is_bounded, unpacked};
use super::glyph::{Glyph, Letters, UNTOLD};
use super::marked::Marks;
use super::pictures::Drawn;

/// How deep drawings may lie in one another.
const DEEPEST: usize = 12;
/// How many saved states there may be at once.
const MOST_SAVED: usize = 256;
/// The most letters of one page: a page of a newspaper has thirty thousand.
const MOST_GLYPHS: usize = 200_000;
/// The most operators of one document, and the most bytes of operators: two thousand pages of
/// close print have ten million.
const MOST_OPERATORS: u64 = 60_000_000;
const MOST_BYTES: u64 = 1 << 30;
/// The most pictures of one page that are looked at.
const MOST_DRAWN: usize = 1_000;
/// How many operators it costs to begin a drawing within a page.
const DRAWING: u64 = 50;

/// The letters of pages, one after another, and what the work may still cost.
pub(super) struct Letterer<'a> {
    fonts: FontCache<'a>,
    resolve_font: FontResolverFn,
    resolve_map: CMapResolverFn,
    /// Layers that are switched off.
    hidden: BTreeSet<(u32, i32)>,
    operators_left: u64,
    bytes_left: u64,
}

/// What was found on a page.
#[derive(Default)]
pub(super) struct Lettered {
    pub(super) glyphs: Vec<Glyph>,
    /// Whether a picture is drawn on it.
    pub(super) pictures: bool,
    /// Those of them that stand apart from the page, in the order in which they are drawn.
    pub(super) drawn: Vec<Drawn>,
    /// Whether something was left out, since it was too much.
    pub(super) cut: bool,
}

/// What text looks like at one moment; saved and restored as a whole.
#[derive(Clone)]
struct State<'a> {
    place: Affine,
    font: Option<Font<'a>>,
    bold: bool,
    /// Whether its glyphs are named by their numbers, as TeX's bitmap fonts name them.
    numbered: bool,
    size: f64,
    spacing: f64,
    word_spacing: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
}

/// A page, or a drawing on it, while its operators are followed.
struct Drawing<'d, 'a> {
    found: &'d mut Lettered,
    marks: Marks,
    state: State<'a>,
    saved: Vec<State<'a>>,
    text: Affine,
    line: Affine,
}

impl<'a> Letterer<'a> {
    pub(super) fn new(hidden: BTreeSet<(u32, i32)>) -> Letterer<'a> {
        Letterer {
            fonts: FontCache::new(),
            resolve_font: Arc::new(|query| match query {
                FontQuery::Standard(font) => Some(font.get_font_data()),
                FontQuery::Fallback(query) => Some(query.pick_standard_font().get_font_data()),
            }),
            resolve_map: Arc::new(|_| None),
            hidden,
            operators_left: MOST_OPERATORS,
            bytes_left: MOST_BYTES,
        }
    }

    /// The letters of a page, turned as the page is shown.
    pub(super) fn letters(&mut self, page: &'a Page<'a>) -> Lettered {
        let mut found = Lettered::default();
        let mut content = Vec::new();
        let parts: Vec<Stream> = match page.raw().get::<Object>(b"Contents") {
            Some(Object::Stream(stream)) => vec![stream],
            Some(Object::Array(parts)) => parts.iter::<Stream>().collect(),
            _ => Vec::new(),
        };
        for part in parts {
            match unpacked(&part).filter(|bytes| self.may_read(bytes.len())) {
                Some(bytes) => content.extend_from_slice(&bytes),
                None => found.cut = true,
            }
            content.push(b'\n');
        }
        let place = Affine::new(page.initial_transform(true).as_coeffs());
        let state = State {
            place,
            font: None,
            bold: false,
            numbered: false,
            size: 0.0,
            spacing: 0.0,
            word_spacing: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        let mut drawing = Drawing::new(&mut found, state, Marks::default());
        self.follow(&content, page.resources(), &mut drawing, 0);
        let (width, height) = page.render_dimensions();
        let area = f64::from(width) * f64::from(height);
        found.drawn.iter_mut().for_each(|drawn| drawn.share /= area.max(1.0));
        found.glyphs.retain(|glyph| is_on_page(glyph, width, height));
        found
    }

    fn may_read(&mut self, bytes: usize) -> bool {
        let left = self.bytes_left.checked_sub(bytes as u64);
        self.bytes_left = left.unwrap_or(0);
        left.is_some()
    }

    fn follow(
        &mut self,
        content: &[u8],
        resources: &Resources<'a>,
        drawing: &mut Drawing<'_, 'a>,
        depth: usize,
    ) {
        let floor = drawing.saved.len();
        let mut operators = TypedIter::new(content);
        while let Some(operator) = operators.next() {
            if self.operators_left == 0 || drawing.found.glyphs.len() > MOST_GLYPHS {
                drawing.found.cut = true;
                break;
            }
            self.operators_left -= 1;
            match operator {
                Op::SaveState(_) if drawing.saved.len() < MOST_SAVED => {
                    drawing.saved.push(drawing.state.clone());
                }
                Op::RestoreState(_) if drawing.saved.len() > floor => {
                    drawing.state = drawing.saved.pop().unwrap_or(drawing.state.clone());
                }
                Op::Transform(by) => {
                    let by = [by.0, by.1, by.2, by.3, by.4, by.5].map(|number| number.as_f64());
                    drawing.state.place *= Affine::new(by);
                }
                Op::TextFont(font) => self.set_font(font.0, font.1.as_f64(), resources, drawing),
                Op::BeginMarkedContent(mark) => drawing.marks.begin(mark.0, None, false),
                Op::BeginMarkedContentWithProperties(mark) => {
                    let hidden = self.hides(mark.0, mark.1, resources);
                    let about = match mark.1 {
                        Object::Dict(about) => Some(about.clone()),
                        Object::Name(name) => resources.properties.get::<Dict>(name),
                        _ => None,
                    };
                    drawing.marks.begin(mark.0, about.as_ref(), hidden);
                }
                Op::EndMarkedContent(_) => drawing.marks.end(),
                Op::XObject(drawn) => {
                    if let Some(stream) = resources.get_x_object(drawn.0) {
                        self.draw(&stream, resources, drawing, depth);
                    }
                }
                Op::InlineImage(_) => drawing.found.pictures = true,
                text => drawing.write(&text),
            }
        }
        drawing.saved.truncate(floor);
    }

    fn set_font(
        &mut self,
        name: &Name,
        size: f64,
        resources: &Resources<'a>,
        drawing: &mut Drawing<'_, 'a>,
    ) {
        drawing.state.size = size;
        drawing.state.font = None;
        let Some(font) = resources.get_font(name) else { return };
        if !is_font_bounded(&font) {
            drawing.found.cut = true;
            return;
        }
        drawing.state.bold = is_bold(&font);
        drawing.state.numbered = is_numbered(&font);
        drawing.state.font = self.fonts.font(&font, &self.resolve_font, &self.resolve_map);
    }

    /// Follows a drawing that is kept apart from the page, once each time it is drawn.
    fn draw(
        &mut self,
        stream: &Stream<'a>,
        resources: &Resources<'a>,
        drawing: &mut Drawing<'_, 'a>,
        depth: usize,
    ) {
        let about = stream.dict();
        let kind = about.get::<Name>(b"Subtype");
        let hidden = about.get_ref(b"OC").is_some_and(|layer| self.is_off(layer.into()));
        if kind.as_deref() == Some(b"Image") {
            drawing.found.pictures = true;
            if !hidden && drawing.found.drawn.len() < MOST_DRAWN {
                // A picture is drawn into a square of one by one.
                let share = drawing.state.place.determinant().abs();
                drawing.found.drawn.push(Drawn { id: stream.obj_id(), share });
            }
        }
        if kind.as_deref() != Some(b"Form") || hidden {
            return;
        }
        self.operators_left = self.operators_left.saturating_sub(DRAWING);
        let content = unpacked(stream).filter(|bytes| self.may_read(bytes.len()));
        let (Some(content), true) = (content, depth < DEEPEST) else {
            drawing.found.cut = true;
            return;
        };
        let by = about.get::<[f64; 6]>(b"Matrix").unwrap_or([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);
        let mut state = drawing.state.clone();
        state.place *= Affine::new(by);
        let marks = drawing.marks.inherited();
        let own = about.get::<Dict>(b"Resources").map(Resources::new);
        let mut inner = Drawing::new(drawing.found, state, marks);
        self.follow(&content, own.as_ref().unwrap_or(resources), &mut inner, depth + 1);
    }

    fn hides(&self, tag: &Name, about: &Object, resources: &Resources) -> bool {
        let layer = match about {
            Object::Name(name) if tag.as_ref() == b"OC" => resources.properties.get_ref(name),
            _ => None,
        };
        layer.is_some_and(|layer| self.is_off(layer.into()))
    }

    fn is_off(&self, layer: ObjectIdentifier) -> bool {
        self.hidden.contains(&(layer.obj_number, layer.gen_number))
    }
}

/// Whether nothing that the library unpacks to know a font is too large.
fn is_font_bounded(font: &Dict) -> bool {
    let streams = |dict: &Dict, keys: &[&[u8]]| {
        keys.iter().all(|key| dict.get::<Stream>(key).is_none_or(|stream| is_bounded(&stream)))
    };
    let described = |dict: &Dict| {
        let about = dict.get::<Dict>(b"FontDescriptor").unwrap_or_default();
        streams(&about, &[b"FontFile", b"FontFile2", b"FontFile3"])
    };
    let inner = font
        .get::<hayro_syntax::object::Array>(b"DescendantFonts")
        .and_then(|fonts| fonts.iter::<Dict>().next())
        .unwrap_or_default();
    streams(font, &[b"ToUnicode", b"Encoding"])
        && streams(&inner, &[b"CIDToGIDMap"])
        && described(font)
        && described(&inner)
}

/// Whether the glyphs of a font of drawings are named "a65", "a66" and so on, by their codes.
fn is_numbered(font: &Dict) -> bool {
    const MOST: usize = 512;
    let names = font
        .get::<Dict>(b"Encoding")
        .and_then(|encoding| encoding.get::<hayro_syntax::object::Array>(b"Differences"));
    let Some(names) = names.filter(|_| font.get::<Name>(b"Subtype").as_deref() == Some(b"Type3"))
    else {
        return false;
    };
    let (mut code, mut numbered) = (0, 0usize);
    for item in names.iter::<Object>().take(MOST) {
        match item {
            Object::Number(number) => code = number.as_i64(),
            Object::Name(name) => {
                let number = name.as_str().trim_start_matches(|c: char| c.is_ascii_alphabetic());
                if number.parse() != Ok(code) && name.as_str() != ".notdef" {
                    return false;
                }
                numbered += 1;
                code += 1;
            }
            _ => {}
        }
    }
    numbered > 0
}

fn is_bold(font: &Dict) -> bool {
    font.get::<Name>(b"BaseFont").is_some_and(|name| {
        let name = name.as_str().to_ascii_lowercase();
        ["bold", "black", "heavy"].iter().any(|word| name.contains(word))
            || name.contains("cmbx")
            || name.contains("demi")
    })
}

fn is_on_page(glyph: &Glyph, width: f32, height: f32) -> bool {
    let (x, y) = match glyph.turn {
        0 => (glyph.x0, glyph.y),
        1 => (-glyph.y, glyph.x0),
        2 => (-glyph.x0, -glyph.y),
        _ => (glyph.y, -glyph.x0),
    };
    (-1.0..=width + 1.0).contains(&x) && (-1.0..=height + glyph.size).contains(&y)
}

impl<'d, 'a> Drawing<'d, 'a> {
    fn new(found: &'d mut Lettered, state: State<'a>, marks: Marks) -> Drawing<'d, 'a> {
        let start = Affine::IDENTITY;
        Drawing { found, marks, state, saved: Vec::new(), text: start, line: start }
    }

    /// Follows an operator of text.
    fn write(&mut self, operator: &Op) {
        match operator {
            Op::BeginText(_) => self.set_line(Affine::IDENTITY),
            Op::SetTextMatrix(to) => {
                let to = [to.0, to.1, to.2, to.3, to.4, to.5].map(|number| number.as_f64());
                self.set_line(Affine::new(to));
            }
            Op::NextLine(by) => self.next_line(by.0.as_f64(), by.1.as_f64()),
            Op::NextLineAndSetLeading(by) => {
                self.state.leading = -by.1.as_f64();
                self.next_line(by.0.as_f64(), by.1.as_f64());
            }
            Op::NextLineUsingLeading(_) => self.next_line(0.0, -self.state.leading),
            Op::CharacterSpacing(to) => self.state.spacing = to.0.as_f64(),
            Op::WordSpacing(to) => self.state.word_spacing = to.0.as_f64(),
            Op::HorizontalScaling(to) => self.state.stretch = to.0.as_f64() / 100.0,
            Op::TextLeading(to) => self.state.leading = to.0.as_f64(),
            Op::TextRise(to) => self.state.rise = to.0.as_f64(),
            Op::ShowText(text) => self.show(text.0.as_bytes()),
            Op::ShowTexts(texts) => {
                for part in texts.0.iter::<Object>() {
                    match part {
                        Object::String(text) => self.show(text.as_bytes()),
                        Object::Number(back) => self.move_back(back.as_f64()),
                        _ => {}
                    }
                }
            }
            Op::NextLineAndShowText(text) => {
                self.next_line(0.0, -self.state.leading);
                self.show(text.0.as_bytes());
            }
            Op::ShowTextWithParameters(text) => {
                self.state.word_spacing = text.0.as_f64();
                self.state.spacing = text.1.as_f64();
                self.next_line(0.0, -self.state.leading);
                self.show(text.2.as_bytes());
            }
            _ => {}
        }
    }

    fn set_line(&mut self, to: Affine) {
        self.line = to;
        self.text = to;
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.set_line(self.line * Affine::translate((x, y)));
    }

    fn move_back(&mut self, thousandths: f64) {
        let by = -thousandths / 1_000.0 * self.state.size;
        let upright = self.state.font.as_ref().is_none_or(Font::is_horizontal);
        let by = if upright { (by * self.state.stretch, 0.0) } else { (0.0, by) };
        self.text *= Affine::translate(by);
    }

    fn show(&mut self, bytes: &[u8]) {
        let Some(font) = self.state.font.clone() else { return };
        let mut at = 0;
        while at < bytes.len() && self.found.glyphs.len() <= MOST_GLYPHS {
            let (code, length) = font.read_code(bytes, at);
            at += length.max(1);
            let state = &self.state;
            let advance = font.code_advance(code) * (state.size / 1_000.0);
            let blank = if length == 1 && code == 32 { state.word_spacing } else { 0.0 };
            let (own, next) = match font.is_horizontal() {
                true => (
                    (advance.x * state.stretch, 0.0),
                    ((advance.x + state.spacing + blank) * state.stretch, 0.0),
                ),
                false => ((0.0, advance.y), (0.0, advance.y + state.spacing + blank)),
            };
            let letters = Letters::of(match font.glyph(font.map_code(code), code) {
                FontGlyph::Outline(glyph) => glyph.as_unicode(),
                FontGlyph::Type3(glyph) => glyph.as_unicode(),
            });
            let letters = match letters {
                Letters::One(UNTOLD) if state.numbered => Letters::of_tex(code),
                letters => letters,
            };
            self.put(letters, own);
            self.text *= Affine::translate(next);
        }
    }

    /// Puts a letter where the text stands, turned so that its line runs to the right.
    fn put(&mut self, letters: Letters, advance: (f64, f64)) {
        if self.marks.is_hidden() {
            return;
        }
        let Some(letters) = self.marks.stand_for(letters) else {
            // It is said by the letter before it, which reaches to its end.
            let to = self.state.place * self.text * Point::new(advance.0, self.state.rise);
            if let Some(last) = self.found.glyphs.last_mut() {
                last.x1 = last.x1.max(turned(to, last.turn).0);
            }
            return;
        };
        let place = self.state.place * self.text;
        let from = place * Point::new(0.0, self.state.rise);
        let to = place * Point::new(advance.0, self.state.rise + advance.1);
        let [a, b, c, d, _, _] = place.as_coeffs();
        let size = c.hypot(d) * self.state.size.abs();
        // The way of the line, to the nearest quarter.
        let turn = (b.atan2(a) / std::f64::consts::FRAC_PI_2).round().rem_euclid(4.0) as u8;
        let (from, to) = (turned(from, turn), turned(to, turn));
        let numbers = [from.0, from.1, to.0, size as f32];
        if numbers.iter().any(|number| !number.is_finite()) || !(0.1..=5_000.0).contains(&size) {
            return;
        }
        self.found.glyphs.push(Glyph {
            letters,
            x0: from.0.min(to.0),
            x1: from.0.max(to.0),
            y: from.1,
            size: size as f32,
            turn,
            bold: self.state.bold,
            artifact: self.marks.is_artifact(),
        });
    }
}

/// A point of the page, once the page is turned back by some quarters.
fn turned(point: Point, quarters: u8) -> (f32, f32) {
    let (x, y) = (point.x as f32, point.y as f32);
    match quarters {
        0 => (x, y),
        1 => (y, -x),
        2 => (-x, -y),
        _ => (-y, x),
    }
}
