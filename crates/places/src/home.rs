//! Where a source is at home: what the names in its reports most likely mean, taken together.

use std::collections::BTreeMap;

use crate::analysis::Analysis;
use crate::context::{Chances, NEAR_KM};
use crate::gazetteer::{EntryId, Gazetteer};

/// From this chance on, in ten-thousandths, a candidate is counted.
const LEAST: u32 = 500;

/// What reports of one source speak of. A name says nothing of itself: of each the rest is asked.
#[derive(Clone, Debug, Default)]
pub struct Home {
    names: BTreeMap<String, Share>,
    countries: BTreeMap<String, f64>,
    areas: BTreeMap<String, f64>,
    /// Settlements and counties, by latitude.
    places: Vec<(EntryId, i32, String, f64)>,
    total: f64,
}

/// What one name adds.
#[derive(Clone, Debug, Default)]
struct Share {
    total: f64,
    countries: BTreeMap<String, f64>,
    areas: BTreeMap<String, f64>,
}

impl Home {
    /// The home of the source of reports.
    pub fn of<'a>(
        gazetteer: &Gazetteer,
        reports: impl IntoIterator<Item = (&'a Analysis, &'a Chances)>,
    ) -> Home {
        let mut names: BTreeMap<&str, BTreeMap<EntryId, u32>> = BTreeMap::new();
        for (analysis, chances) in reports {
            for (name, chances) in analysis.names.iter().zip(chances) {
                for (one, chance) in name.candidates.iter().zip(chances) {
                    if *chance >= LEAST {
                        *names.entry(&name.key).or_default().entry(one.id).or_default() += chance;
                    }
                }
            }
        }
        let mut home = Home::default();
        for (name, places) in names {
            let sum = f64::from(places.values().sum::<u32>()) / 10_000.0;
            // A name in many reports counts more than one in few, but not as often.
            let counts = sum.sqrt();
            let share = home.names.entry(name.to_owned()).or_default();
            share.total = counts;
            home.total += counts;
            for (id, chance) in places {
                let part = f64::from(chance) / 10_000.0 / sum * counts;
                let entry = gazetteer.entry(id);
                for sums in [&mut home.countries, &mut share.countries] {
                    *sums.entry(entry.country.to_owned()).or_default() += part;
                }
                if !entry.area.is_empty() {
                    let area = format!("{}.{}", entry.country, entry.area);
                    for sums in [&mut home.areas, &mut share.areas] {
                        *sums.entry(area.clone()).or_default() += part;
                    }
                }
                if entry.kind.is_local() {
                    home.places.push((id, entry.point.lat, name.to_owned(), part));
                }
            }
        }
        home.places.sort_by_key(|place| (place.1, place.0));
        home
    }

    /// What share of the other names lie in the country, in the area and near an entry, in percent,
    /// and whether a tenth of them does.
    pub(crate) fn values(&self, gazetteer: &Gazetteer, id: EntryId, name: &str) -> [i32; 4] {
        let entry = gazetteer.entry(id);
        if entry.country.is_empty() {
            return [0; 4];
        }
        let own = self.names.get(name);
        let rest = (self.total - own.map_or(0.0, |own| own.total)).max(0.5);
        let share = |sum: f64| (100.0 * (sum / rest).clamp(0.0, 1.0)).round() as i32;
        let of = |sums: Option<&BTreeMap<String, f64>>, key: &str| {
            sums.and_then(|sums| sums.get(key)).copied().unwrap_or(0.0)
        };
        let country = of(Some(&self.countries), entry.country)
            - of(own.map(|own| &own.countries), entry.country);
        let area = format!("{}.{}", entry.country, entry.area);
        let in_area = of(Some(&self.areas), &area) - of(own.map(|own| &own.areas), &area);
        let mut near = 0.0;
        if entry.kind.is_local() {
            let (from, to) = (entry.point.lat - 800, entry.point.lat + 800);
            let first = self.places.partition_point(|place| place.1 < from);
            for (other, _, key, part) in
                self.places[first..].iter().take_while(|place| place.1 <= to)
            {
                if key != name && entry.point.km(gazetteer.entry(*other).point) < NEAR_KM {
                    near += part;
                }
            }
        }
        let near = share(near);
        [share(country), share(in_area), near, if near >= 10 { 100 } else { 0 }]
    }
}
