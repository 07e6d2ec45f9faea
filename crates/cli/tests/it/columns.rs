//! `export table --as` and `import table` in the columns of other datasets, there and back.

use crate::support::{Casebook, arg, held, text};
use crate::tables::{TABLE, import};

/// The cells of a table by row and column.
pub(crate) fn cells(table: &str) -> Vec<std::collections::BTreeMap<String, String>> {
    csv::Reader::from_reader(table.as_bytes()).deserialize().map(|row| row.unwrap()).collect()
}

#[test]
fn columns_of_other_datasets_are_written_and_read_back() {
    for set in ["gtd", "plover"] {
        let from = Casebook::new();
        import(&from, TABLE);
        let full = ["--full", "--purpose", "x", "--by", "B"];
        let table = from.ok(&[&["export", "table", "--as", set], &full[..]].concat());
        let to = Casebook::new();
        let (file, map) = (to.file("t.csv", &table), to.at("map.toml"));
        to.ok(&["export", "map", "--as", set, "--out", arg(&map)]);
        to.ok(&["import", "table", arg(&file), "--map", arg(&map)]);
        let again = to.ok(&[&["export", "table", "--as", set], &full[..]].concat());
        // What somebody accepted is no longer in doubt.
        let settled = |table: &str| {
            let mut rows = cells(table);
            for row in &mut rows {
                row.retain(|name, _| name != "guncertain1" && name != "eventid" && name != "id");
            }
            rows.sort();
            rows
        };
        assert_eq!(settled(&again), settled(&table), "{set}");
        assert_eq!(settled(&table).len(), 3);
    }
}

#[test]
fn a_table_after_the_global_terrorism_database_has_its_codes_and_the_claims() {
    let casebook = Casebook::new();
    import(&casebook, TABLE);
    let incidents = casebook.json(&["incidents"]);
    let bombing =
        incidents.iter().find(|row| row["values"].to_string().contains("1970-07-02")).unwrap();
    let id = text(bombing, "id");
    for claimant in ["The Ring", "The Lamp"] {
        let work = ["--work", "W", "--place", claimant];
        let new = format!("claim:statement of {claimant}");
        let (_, claim) = casebook
            .add(&[&work[..], &["--new", &new, "--variable", "about", "--value", id]].concat());
        for (variable, value) in [
            ("claimant", format!("group:{claimant}")),
            ("act", "claims".into()),
            ("mode", "video".into()),
        ] {
            casebook.add(
                &[&work[..], &["--subject", &claim, "--variable", variable, "--value", &value]]
                    .concat(),
            );
        }
    }
    let rows = cells(&casebook.ok(&["export", "table", "--as", "gtd"]));
    let cell = |at: usize, name: &str| rows[at][name].as_str();
    // By day: that of a year alone first, then that of a month, whose place is not told by ids.
    let whole = rows.iter().position(|row| row["iday"] == "2").unwrap();
    assert_eq!(
        [cell(whole, "iyear"), cell(whole, "imonth"), cell(whole, "approxdate")],
        ["1970", "7", ""]
    );
    assert_eq!(
        [cell(whole, "attacktype1"), cell(whole, "nkill"), cell(whole, "nwound")],
        ["3", "3", ""]
    );
    assert_eq!([cell(whole, "gname"), cell(whole, "guncertain1")], ["Red Lamp", "1"]);
    assert_eq!(
        [cell(whole, "claimed"), cell(whole, "claimmode"), cell(whole, "compclaim")],
        ["1", "6", "1"]
    );
    // Read back, that it is claimed and how is told of one claim by nobody named.
    let to = Casebook::new();
    let full = ["export", "table", "--as", "gtd", "--full", "--purpose", "x", "--by", "B"];
    let (file, map) = (to.file("t.csv", casebook.ok(&full)), to.at("map.toml"));
    to.ok(&["export", "map", "--as", "gtd", "--out", arg(&map)]);
    to.ok(&["import", "table", arg(&file), "--map", arg(&map)]);
    assert_eq!(to.json(&["claims"]).len(), 1, "and none of the other incidents");
    let again = cells(&to.ok(&full));
    let claimed: Vec<_> = again.iter().filter(|row| row["claimed"] == "1").collect();
    assert_eq!((claimed.len(), claimed[0]["claimmode"].as_str()), (1, "6"));
    let month = rows.iter().position(|row| row["approxdate"] == "1970-07").unwrap();
    assert_eq!(
        [cell(month, "iday"), cell(month, "gname"), cell(month, "claimed")],
        ["0", "Unknown", "0"]
    );
    let err = casebook.fails(1, &["export", "table", "--as", "acled"]);
    assert!(err.contains("there are gtd, plover"), "{err}");
}

#[test]
fn what_is_read_in_columns_of_others_is_called_by_its_place() {
    let from = Casebook::new();
    import(&from, TABLE);
    let table =
        from.ok(&["export", "table", "--as", "gtd", "--full", "--purpose", "x", "--by", "B"]);
    let to = Casebook::new();
    let (file, map) = (to.file("t.csv", &table), to.at("map.toml"));
    to.ok(&["export", "map", "--as", "gtd", "--out", arg(&map)]);
    to.ok(&["import", "table", arg(&file), "--map", arg(&map)]);
    let incidents = to.json(&["incidents"]);
    let names: Vec<&str> = incidents.iter().map(|row| text(row, "name")).collect();
    assert!(names.contains(&"attack at Lenn, Freeland"), "{names:?}");
    // An armed assault is one there and back.
    assert_eq!(cells(&table).iter().filter(|row| row["attacktype1"] == "2").count(), 1);
}

#[test]
fn what_was_done_comes_back_by_the_kind_of_weapon() {
    let from = Casebook::new();
    let kinds = ["shooting", "stabbing", "arson", "bombing", "assault", "vehicle"];
    for kind in kinds {
        let place = ["--work", "W", "--place", kind, "--new", "incident:it"];
        from.add(&[&place[..], &["--variable", "type", "--value", kind]].concat());
    }
    let full = ["export", "table", "--as", "gtd", "--full", "--purpose", "x", "--by", "B"];
    let table = from.ok(&full);
    let to = Casebook::new();
    let (file, map) = (to.file("t.csv", &table), to.at("map.toml"));
    to.ok(&["export", "map", "--as", "gtd", "--out", arg(&map)]);
    to.ok(&["import", "table", arg(&file), "--map", arg(&map)]);
    let types = |casebook: &Casebook| {
        let mut all: Vec<String> = casebook
            .json(&["incidents"])
            .iter()
            .map(|row| held(row, "type").unwrap()["value"]["term"].as_str().unwrap().to_owned())
            .collect();
        all.sort();
        all
    };
    assert_eq!(types(&to), types(&from));
    let codes = |table: &str| {
        let mut all: Vec<String> =
            cells(table).iter().map(|row| row["attacktype1"].clone()).collect();
        all.sort();
        all
    };
    assert_eq!(codes(&to.ok(&full)), codes(&table));
    assert_eq!(codes(&table), ["2", "2", "2", "3", "7", "8"]);

    // A kind that says at whom an attack was aimed is read by its weapon, and no closer.
    let mut lines = table.lines();
    let head: Vec<&str> = lines.next().unwrap().split(',').collect();
    let row = |id: usize, (kind, weapon): (&str, &str)| {
        let cell = |name: &&str| match *name {
            "eventid" => id.to_string(),
            "location" => "Lenn".to_owned(),
            "attacktype1" => kind.to_owned(),
            "weaptype1" => weapon.to_owned(),
            _ => String::new(),
        };
        head.iter().map(cell).collect::<Vec<_>>().join(",")
    };
    let coded = [("1", "5"), ("1", "9"), ("1", "13"), ("7", "5"), ("8", "2"), ("8", "13")];
    let rows = coded.into_iter().enumerate().map(|(at, one)| row(at, one));
    let told: Vec<String> = std::iter::once(head.join(",")).chain(rows).collect();
    let theirs = Casebook::new();
    let file = theirs.file("theirs.csv", told.join("\n"));
    theirs.ok(&["import", "table", arg(&file), "--map", arg(&map)]);
    assert_eq!(types(&theirs), ["assault", "attack", "attack", "attack", "poisoning", "shooting"]);
}
