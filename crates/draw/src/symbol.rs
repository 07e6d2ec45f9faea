//! The shape of each kind of subject; all of one size, since none weighs more than another.

use maud::{Markup, html};
use throughline_model::SubjectKind;

use crate::Standing;
use crate::geometry::Point;
use crate::paint::Paint;
use crate::sheet::N;

/// No symbol reaches farther from its centre.
pub(crate) const REACH: f64 = 9.5;

/// The symbol of a kind around a point, in the form of a standing.
pub(crate) fn symbol(kind: SubjectKind, at: Point, standing: Standing) -> Markup {
    let paint = Paint::Kind(kind);
    // A full one has an edge of the ground, which parts it from lines that pass beneath.
    let (inner, edge) =
        if standing.is_full() { (paint, Paint::Ground) } else { (Paint::Ground, paint) };
    let class = format!("{} {}", inner.fill(), edge.stroke());
    let body = match kind {
        SubjectKind::Incident => {
            html! { rect x="-7.5" y="-7.5" width="15" height="15" rx="1.5" {} }
        }
        SubjectKind::Set => html! {
            rect x="-8.5" y="-8.5" width="12" height="12" rx="1.5" {}
            rect x="-3.5" y="-3.5" width="12" height="12" rx="1.5" {}
        },
        SubjectKind::Claim => html! {
            path d="M-8.5-7.5h17v11h-9l-5 5v-5h-3z" {}
        },
        SubjectKind::Person => html! { circle r="8" {} },
        SubjectKind::Group => html! { path d="M-4.5-8h9l4.5 8-4.5 8h-9l-4.5-8z" {} },
        SubjectKind::Outlet => html! { path d="M0-8.5l9 15.5h-18z" {} },
        SubjectKind::Channel => html! { path d="M0 8.5l9-15.5h-18z" {} },
        SubjectKind::Place => html! { path d="M0-9l8 9-8 9-8-9z" {} },
    };
    html! {
        g transform={ "translate(" (N(at.x)) " " (N(at.y)) ")" } class=(class) fill=(inner.hex())
            stroke=(edge.hex()) stroke-width="1.5" stroke-dasharray=[standing.edge()] { (body) }
    }
}
