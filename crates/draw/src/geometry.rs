//! Points, boxes and curves, in units of a picture; y grows downwards.

/// A place on a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Point {
    pub(crate) x: f64,
    pub(crate) y: f64,
}

impl Point {
    pub(crate) fn new(x: f64, y: f64) -> Point {
        Point { x, y }
    }

    pub(crate) fn plus(self, x: f64, y: f64) -> Point {
        Point { x: self.x + x, y: self.y + y }
    }

    pub(crate) fn distance(self, other: Point) -> f64 {
        let (x, y) = (self.x - other.x, self.y - other.y);
        (x * x + y * y).sqrt()
    }

    fn between(self, other: Point, part: f64) -> Point {
        Point::new(self.x + (other.x - self.x) * part, self.y + (other.y - self.y) * part)
    }
}

/// A box with upright sides.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Area {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) right: f64,
    pub(crate) bottom: f64,
}

impl Area {
    /// The box around a point that reaches so far to each side.
    pub(crate) fn around(at: Point, reach: Area) -> Area {
        Area {
            left: at.x + reach.left,
            top: at.y + reach.top,
            right: at.x + reach.right,
            bottom: at.y + reach.bottom,
        }
    }

    pub(crate) fn width(self) -> f64 {
        self.right - self.left
    }

    pub(crate) fn height(self) -> f64 {
        self.bottom - self.top
    }

    pub(crate) fn overlaps(self, other: Area) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    pub(crate) fn holds(self, at: Point) -> bool {
        (self.left..self.right).contains(&at.x) && (self.top..self.bottom).contains(&at.y)
    }

    pub(crate) fn join(self, other: Area) -> Area {
        Area {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// The box with so much more on each side.
    pub(crate) fn grown(self, by: f64) -> Area {
        Area {
            left: self.left - by,
            top: self.top - by,
            right: self.right + by,
            bottom: self.bottom + by,
        }
    }
}

/// A curve from one point to another, drawn towards a third between them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Curve {
    pub(crate) from: Point,
    pub(crate) towards: Point,
    pub(crate) to: Point,
}

impl Curve {
    /// The curve between two points whose middle lies aside by `bend`, a part of its length.
    pub(crate) fn bent(from: Point, to: Point, bend: f64) -> Curve {
        let middle = from.between(to, 0.5);
        // The middle of such a curve lies halfway to the point that it is drawn towards.
        let towards = middle.plus((to.y - from.y) * bend * 2.0, (from.x - to.x) * bend * 2.0);
        Curve { from, towards, to }
    }

    /// The point at a part of the way.
    pub(crate) fn at(self, part: f64) -> Point {
        let one = self.from.between(self.towards, part);
        let other = self.towards.between(self.to, part);
        one.between(other, part)
    }

    /// The stretch between two parts of the way.
    pub(crate) fn stretch(self, start: f64, end: f64) -> Curve {
        let (from, to) = (self.at(start), self.at(end));
        let after = self.from.between(self.towards, start);
        let rest = self.towards.between(self.to, start);
        debug_assert!(from.distance(after.between(rest, start)) < 1e-6);
        let part = if start < 1.0 { (end - start) / (1.0 - start) } else { 0.0 };
        Curve { from, towards: from.between(rest, part), to }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stretch_lies_on_its_curve() {
        let curve = Curve::bent(Point::new(0.0, 0.0), Point::new(100.0, 20.0), 0.2);
        let stretch = curve.stretch(0.25, 0.75);
        assert!(stretch.from.distance(curve.at(0.25)) < 1e-9);
        assert!(stretch.at(0.5).distance(curve.at(0.5)) < 1e-9);
        assert!(stretch.to.distance(curve.at(0.75)) < 1e-9);
    }

    #[test]
    fn the_middle_of_a_curve_lies_aside_by_its_bend() {
        let curve = Curve::bent(Point::new(0.0, 0.0), Point::new(100.0, 0.0), 0.1);
        assert!((curve.at(0.5).y.abs() - 10.0).abs() < 1e-9);
    }
}
