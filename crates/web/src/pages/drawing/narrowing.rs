//! On which incidents a picture of all there is is: as it stands in addresses, and the form for it.

use maud::{Markup, html};
use throughline_draw::gather::Only;
use throughline_model::Element;

use crate::address;
use crate::ask::Ask;
use crate::layout::Frame;
use crate::trouble::Trouble;

/// The words in addresses by which a picture of all there is is narrowed.
pub(crate) const KIND: &str = "type";
pub(crate) const GROUP: &str = "group";
pub(crate) const PLACE: &str = "place";
pub(crate) const INVOLVEMENT: &str = "involvement";
pub(crate) const STANDING: &str = "standing";

/// What an address asks of the incidents of a picture.
pub(super) fn only(ask: &Ask) -> Result<Only, Trouble> {
    let typed = |name: &str| ask.typed(name).map(str::to_owned);
    let involvement = match ask.typed(INVOLVEMENT) {
        None => None,
        Some(name) => Some(Element::from_name(name).ok_or_else(|| {
            let names: Vec<&str> = Element::ALL.into_iter().map(Element::name).collect();
            Trouble::refused(
                format!("“{name}” is no element of involvement."),
                format!("There are {}.", names.join(", ")),
            )
        })?),
    };
    let judged = ask.typed(STANDING).is_some();
    let [kind, group, place] = [KIND, GROUP, PLACE].map(typed);
    Ok(Only { kind, group, place, involvement, judged })
}

/// The same by the names that it has in addresses.
pub(super) fn asked(ask: &Ask) -> impl Iterator<Item = (&'static str, &str)> {
    const NAMES: [&str; 5] = [KIND, GROUP, PLACE, INVOLVEMENT, STANDING];
    NAMES.into_iter().filter_map(|name| Some((name, ask.typed(name)?)))
}

/// The same as it stands in addresses, to be kept from one picture to the next.
pub(super) fn kept(ask: &Ask) -> String {
    let all = asked(ask).map(|(name, value)| format!("{name}={}", address::escaped(value)));
    all.collect::<Vec<_>>().join("&")
}

/// The form by which a picture of all there is is narrowed.
pub(super) fn form(frame: &Frame, only: &Only, types: &[String]) -> Markup {
    html! {
        form.narrowing method="get" action=(frame.ask.path) {
            @for (name, value) in frame.ask.dates() { input type="hidden" name=(name) value=(value); }
            div.field {
                label for="type" { "Type" }
                select #type name=(KIND) {
                    option value="" { "any" }
                    @for one in types { option value=(one) selected[only.kind.as_ref() == Some(one)] { (one) } }
                }
            }
            div.field {
                label for="group" { "Group" }
                input #group type="text" name=(GROUP) value=[only.group.as_deref()] placeholder="any" autocomplete="off" size="12";
            }
            div.field {
                label for="place" { "Place" }
                input #place type="text" name=(PLACE) value=[only.place.as_deref()] placeholder="any" autocomplete="off" size="12";
            }
            div.field {
                label for="involvement" { "Involvement" }
                select #involvement name=(INVOLVEMENT) {
                    option value="" { "any or none" }
                    @for one in Element::ALL {
                        option value=(one.name()) selected[only.involvement == Some(one)] { (one.name().replace('-', " ")) }
                    }
                }
            }
            div.field {
                label for="standing" { "Standing" }
                select #standing name=(STANDING) {
                    option value="" { "any" }
                    option value="judged" selected[only.judged] { "judged by somebody" }
                }
            }
            button type="submit" { "Narrow" }
            @if !only.is_all() { " " a href=(frame.to(&frame.ask.path)) { "All" } }
        }
    }
}
