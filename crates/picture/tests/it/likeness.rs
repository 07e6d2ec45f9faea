//! Copies are found and other pictures are not; the rates over many are in docs/pictures.md.

use throughline_picture::{ALIKE, Likeness};

use crate::made::{self, CHANGES, KINDS};

const EACH: u64 = 3;

fn likeness(picture: image::RgbImage) -> Likeness {
    Likeness::of(&made::decoded(picture)).unwrap()
}

/// So many of a hundred copies of a change may be missed, by what the measurement gave, doubled.
fn may_be_missed(change: &str) -> usize {
    match change {
        "cropped by 8 %" => 100,
        "a line of text below" | "cropped by 5 %" | "less contrast" => 50,
        "scaled to a quarter" => 40,
        _ => 25,
    }
}

#[test]
fn changed_copies_are_near_and_other_pictures_far() {
    let pictures: Vec<(usize, image::RgbImage)> = (0..KINDS.len())
        .flat_map(|kind| (0..EACH).map(move |number| (kind, made::picture(kind, number))))
        .collect();
    let own: Vec<Likeness> = pictures.iter().map(|(_, one)| likeness(one.clone())).collect();
    for (change, name) in CHANGES.iter().enumerate() {
        let missed = pictures
            .iter()
            .zip(&own)
            .enumerate()
            .filter(|(at, ((_, one), own))| {
                likeness(made::changed(one, change, *at as u64)).distance(own) > ALIKE
            })
            .count();
        let most = pictures.len() * may_be_missed(name) / 100;
        assert!(missed <= most, "{name}: {missed} of {} missed", pictures.len());
    }
    for (at, one) in own.iter().enumerate() {
        for (before, other) in own[..at].iter().enumerate() {
            // Portraits are made to one layout, and some of them are as near as copies.
            let portraits = pictures[at].0 == 0 && pictures[before].0 == 0;
            assert!(portraits || one.distance(other) > ALIKE, "{at} and {before}");
        }
    }
}

#[test]
fn equal_pictures_have_equal_bits_and_bits_read_back() {
    let one = likeness(made::picture(4, 9));
    assert_eq!(one, likeness(made::picture(4, 9)));
    assert_eq!(Likeness::from_bytes(one.bytes()), one);
    assert_eq!(one.distance(&one), 0);
}

/// Should this fail after a decoder was updated, pictures look otherwise than they did in casebooks
/// that exist: raise `LOOK`.
#[test]
fn what_pictures_look_like_has_not_changed() {
    let seen = throughline_picture::look(&made::jpeg(&made::picture(1, 1), 75));
    assert_eq!(seen.likeness.unwrap().to_string(), KNOWN);
}

const KNOWN: &str =
    "e00073300fe7700cc77000831038899318899108c0013db8038fecc8998c8c0cfcc00fe0001880";
