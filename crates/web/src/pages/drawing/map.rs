//! What a map's page has beside other pictures': where on the globe it is, and the same as a timeline
//! and a network, in which the script marks what is picked in one of them.

use maud::{Markup, html};
use throughline_draw::View;
use throughline_draw::gather::{NETWORK, Picture};

use super::{State, figure, kept, narrowing};
use crate::ask::Ask;
use crate::layout::Frame;
use crate::trouble::Trouble;

/// The word in addresses for the stretch of the globe that a map shows.
pub(crate) const VIEW: &str = "view";

/// What stands beneath a map, of the same records.
pub(super) const BESIDE: &[Picture] = &[Picture::Timeline, Picture::Network { most: NETWORK }];

/// The stretch that an address asks for; `None` for wherever anything lies.
pub(super) fn view(ask: &Ask) -> Result<Option<View>, Trouble> {
    let Some(typed) = ask.typed(VIEW) else { return Ok(None) };
    View::read(typed).map(Some).ok_or_else(|| {
        Trouble::refused(
            format!("“{typed}” is no stretch of the globe."),
            "It is given in degrees as west,south,east,north, such as -5,42,9,51.5.",
        )
    })
}

/// Buttons that show another stretch: closer, farther, and to each side. They are no links, which
/// would lead whoever follows all of them around the globe.
pub(super) fn zooming(frame: &Frame, view: View) -> Markup {
    const WAYS: [(&str, f64, f64, f64); 6] = [
        ("Closer", 0.5, 0.0, 0.0),
        ("Farther", 2.0, 0.0, 0.0),
        ("West", 1.0, -0.4, 0.0),
        ("North", 1.0, 0.0, 0.4),
        ("South", 1.0, 0.0, -0.4),
        ("East", 1.0, 0.4, 0.0),
    ];
    html! {
        form.zooming method="get" action=(frame.ask.path) aria-label="What the map shows" {
            @for (name, value) in frame.ask.dates() { input type="hidden" name=(name) value=(value); }
            @for (name, value) in narrowing::asked(frame.ask) { input type="hidden" name=(name) value=(value); }
            @for (word, by, across, up) in WAYS {
                button type="submit" name=(VIEW) value=(view.moved(by, across, up).typed()) { (word) }
            }
            @if frame.ask.typed(VIEW).is_some() {
                @let kept = kept(frame.ask);
                @let all = if kept.is_empty() { frame.ask.path.clone() } else { format!("{}?{kept}", frame.ask.path) };
                " " a href=(frame.to(&all)) { "All" }
            }
        }
    }
}

/// Another picture of the same records, beneath the map.
pub(super) fn beside(picture: Picture, state: &State) -> Markup {
    let (heading, label) = match picture {
        Picture::Timeline => ("The same on a line of days", "Timeline"),
        _ => ("The same as a network", "Network"),
    };
    html! {
        h2 { (heading) }
        @match state {
            State::Drawn(drawn) => (figure(drawn, label)),
            _ => p.notice role="status" { "It is being drawn, and this page loads itself again." },
        }
    }
}
