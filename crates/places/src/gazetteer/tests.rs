//! The gazetteer that ships, and small ones made here.

use super::*;

fn row(kind: Kind, name: &str, area: &str, others: &[&str]) -> Row {
    Row {
        kind,
        name: name.to_owned(),
        area: area.to_owned(),
        point: Point { lat: -1500, lon: 179_999 },
        radius_km: 7,
        population: 4_000_000_000,
        geoname: 12,
        others: others.iter().map(|other| (*other).to_owned()).collect(),
    }
}

#[test]
fn rows_come_back_by_all_their_names() {
    let rows = [
        row(Kind::Country, "Ostria", "OS", &[]),
        row(Kind::Area, "Marl", "OS.M", &[]),
        row(Kind::City, "Ruél", "OS.M", &["Rouelle", "RUL", "Руэль"]),
    ];
    let gazetteer = Gazetteer::read(&build(&rows).unwrap()).unwrap();
    let ruel = (EntryId(2), Bears::Main);
    assert_eq!(gazetteer.bearing("ruel"), [ruel]);
    assert_eq!(gazetteer.bearing("rouelle"), [(EntryId(2), Bears::Other)]);
    assert!(gazetteer.bearing("rul").is_empty() && gazetteer.bearing("zzz").is_empty());
    let entry = gazetteer.entry(EntryId(2));
    assert_eq!((entry.name, entry.country, entry.area), ("Ruél", "OS", "M"));
    assert_eq!((entry.point, entry.population), (rows[2].point, 4_000_000_000));
    let around: Vec<EntryId> = gazetteer.around(EntryId(2)).collect();
    assert_eq!(around, [EntryId(1), EntryId(0)]);
    assert_eq!(gazetteer.around(EntryId(0)).count(), 0);
}

#[test]
fn bytes_that_are_no_gazetteer_are_none() {
    let whole = build(&[row(Kind::City, "Ruel", "OS.M", &[])]).unwrap();
    assert!(Gazetteer::read(&[]).is_none());
    let bytes = zstd::stream::decode_all(&whole[..]).unwrap();
    for cut in 0..bytes.len() {
        let packed = zstd::bulk::compress(&bytes[..cut], 1).unwrap();
        assert!(Gazetteer::read(&packed).is_none_or(|cut| cut.bearing("ruel").len() < 2));
    }
}

#[test]
fn what_ships_knows_cities_areas_countries_and_what_its_tables_lack() {
    let gazetteer = Gazetteer::own();
    let known = |name: &str, kind: Kind, code: &str| {
        gazetteer.bearing(&folded(name)).into_iter().any(|(id, _)| {
            let entry = gazetteer.entry(id);
            entry.kind == kind && format!("{}.{}", entry.country, entry.area) == code
        })
    };
    for (name, kind, code) in [
        ("Turkish", Kind::Country, "TR."),
        ("Pa.", Kind::Area, "US.PA"),
        ("Lebanon", Kind::City, "US.PA"),
        ("Lebanon", Kind::Country, "LB."),
        ("Walker County", Kind::County, "US.TX"),
        ("Kashmir", Kind::Disputed, "."),
        ("Peking", Kind::City, "CN.22"),
        ("Siam", Kind::Country, "TH."),
    ] {
        assert!(known(name, kind, code), "{name}");
    }
    assert!(gazetteer.is_capital("ankara", "TR"));
}

#[test]
fn a_point_between_two_is_near_both() {
    let point = |lat, lon| Point { lat, lon };
    assert_eq!(between(point(0, 0), point(1000, 0)), point(500, 0));
    let far = between(point(0, 0), point(4_000, 0));
    assert!((far.km(point(0, 0)) - 100.0).abs() < 1.0, "{far:?}");
    assert_eq!(between(point(0, 0), point(40_000, 0)), point(0, 0), "the other is of a part");
    assert_eq!(between(far, far), far);
}

proptest::proptest! {
    #[test]
    fn every_name_of_many_is_found(names in proptest::collection::btree_set("[a-z]{1,6}", 1..80)) {
        let rows: Vec<Row> = names.iter().map(|name| row(Kind::City, name, "OS.M", &[])).collect();
        let gazetteer = Gazetteer::read(&build(&rows).unwrap()).unwrap();
        for (at, name) in (0_u32..).zip(&names) {
            proptest::prop_assert_eq!(gazetteer.bearing(name), [(EntryId(at), Bears::Main)]);
        }
    }
}
