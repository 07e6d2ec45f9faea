//! `import table`, `export table` and `export map`.

use crate::columns::cells;
use crate::support::{Casebook, arg, held, text};

const MAP: &str = r#"
by = "R. Coder"
id = "eventid"
name = "attack in {city}"
blank = ["-9"]

[cites]
work = "Lamp Data Set, 2018"
published = "2018-07"

[[value]]
variable = "date"
year = "iyear"
month = "imonth"
day = "iday"

[[value]]
variable = "place"
text = "{city}, {country}"

[[value]]
variable = "type"
column = "kind"
values = { "Bombing/Explosion" = "bombing", "Armed Assault" = "assault" }

[[value]]
variable = "killed"
column = "nkill"
judged = "found"

[[value]]
variable = "ascribed-to"
column = "gname"
blank = ["Unknown"]
judged = "proposed"

[[value]]
variable = "target"
column = "target"
"#;

pub(crate) const TABLE: &str = "eventid,iyear,imonth,iday,city,country,kind,nkill,gname,target\r\n\
    1,1970,7,2,Lenn,Freeland,Bombing/Explosion,3,Red Lamp,the mill\r\n\
    2,1970,7,0,Lenn,Freeland,Armed Assault,-9,Unknown,\"the \"\"old\"\" mill\"\r\n\
    3,1970,0,0,Ostby,Freeland,Bombing/Explosion,0,Red Lamp,=1+1\r\n";

pub(crate) fn import(casebook: &Casebook, table: impl AsRef<[u8]>) -> crate::support::Run {
    let (table, map) = (casebook.file("t.csv", table), casebook.file("t.toml", MAP));
    casebook.run(&["import", "table", arg(&table), "--map", arg(&map)])
}

#[test]
fn rows_become_incidents_with_the_coders_judgments() {
    let casebook = Casebook::new();
    let run = import(&casebook, TABLE);
    assert_eq!(
        (run.code, run.out.as_str()),
        (0, "3 new documents, 3 new rows, 14 new judgments\n"),
        "{}",
        run.err
    );
    // Two rows of one table are two incidents, however near they are.
    let incidents = casebook.json(&["incidents"]);
    assert_eq!(incidents.len(), 3);
    let bases: Vec<&str> = ["date", "killed", "ascribed-to"]
        .map(|variable| {
            incidents.iter().find_map(|row| held(row, variable)).map_or("", |v| text(v, "basis"))
        })
        .to_vec();
    assert_eq!(bases, ["accepted", "finding", "proposal"]);
    let shown = casebook.ok(&["show", text(&incidents[0], "id")]);
    assert!(shown.contains("Lamp Data Set, 2018, row"), "{shown}");
    assert_eq!(casebook.json(&["incidents", "--as-of", "2018-06"]).len(), 0);
    assert_eq!(casebook.json(&["incidents", "--as-of", "2018"]).len(), 3);
    assert!(casebook.run(&["verify"]).code == 0);
}

#[test]
fn the_same_table_again_adds_nothing_and_a_longer_one_its_new_rows() {
    let casebook = Casebook::new();
    import(&casebook, TABLE);
    let before = casebook.content();
    let run = import(&casebook, TABLE);
    assert_eq!(run.out, "0 new documents, 0 new rows, 0 new judgments, 3 rows known before\n");
    assert_eq!(casebook.content(), before);
    let longer = format!("{TABLE}4,1971,1,1,Marrow,Freeland,Armed Assault,1,Unknown,a bridge\r\n");
    let run = import(&casebook, longer);
    assert_eq!(run.out, "1 new document, 1 new row, 5 new judgments, 3 rows known before\n");
    let changed = TABLE.replace("Bombing/Explosion,3", "Bombing/Explosion,4");
    let run = import(&casebook, changed);
    assert_eq!(run.code, 1);
    assert!(
        run.err.contains("t.csv:2: Lamp Data Set, 2018, row 1 says something else"),
        "{}",
        run.err
    );
}

#[test]
fn bad_rows_are_named_by_line_and_column_and_the_rest_goes_on() {
    let casebook = Casebook::new();
    let table = TABLE.replace("3,1970,0,0", "3,1970,2,30").replace("Armed Assault", "Riot")
        + "4,1971\r\n5,1971,1,1,\"Ma\r\nrrow\",Freeland,Armed Assault,many,,x\r\n6,1971,1,1,Marrow,Freeland,Armed Assault,,,x\r\n";
    let run = import(&casebook, table);
    assert_eq!(run.code, 1);
    assert!(run.out.starts_with("2 new documents"), "{}", run.out);
    for line in [
        "t.csv:3: column kind: \"Riot\" is not among the values of the map",
        "t.csv:4: column iyear: the calendar has no 1970-02-30",
        "t.csv:5: 2 cells, and the table has 10 columns",
        "t.csv:6: column nkill: killed is a number",
    ] {
        assert!(run.err.contains(line), "{line}\n{}", run.err);
    }
}

#[test]
fn maps_and_tables_that_do_not_fit_are_refused_before_anything_is_stored() {
    let casebook = Casebook::new();
    let table = casebook.file("t.csv", TABLE.replace("nkill", "nkil"));
    for (map, why) in [
        (MAP.to_owned(), "the table has no column \"nkill\"; did you mean \"nkil\"?"),
        (MAP.replace("by = \"R. Coder\"", ""), "missing field \"by\""),
        (MAP.replace("variable = \"type\"", "variable = \"typ\""), "did you mean type?"),
        ("[".to_owned(), "t.toml"),
    ] {
        let map = casebook.file("t.toml", map);
        let err = casebook.fails(1, &["import", "table", arg(&table), "--map", arg(&map)]);
        assert!(err.contains(why), "{why}: {err}");
    }
    let map = casebook.file("t.toml", MAP);
    let err = casebook.fails(1, &["import", "table", "none.csv", "--map", arg(&map)]);
    assert!(err.contains("none.csv cannot be read"), "{err}");
    let empty = casebook.file("e.csv", "");
    let err = casebook.fails(1, &["import", "table", arg(&empty), "--map", arg(&map)]);
    assert!(err.contains("nothing in it; the first line must name the columns"), "{err}");
    assert!(!casebook.at("throughline.casebook").exists());
}

#[test]
fn windows_1252_is_read_as_such() {
    let casebook = Casebook::new();
    let table: Vec<u8> =
        TABLE.replace("Lenn", "L\u{e9}nn").chars().map(|letter| letter as u8).collect();
    import(&casebook, table);
    assert!(casebook.ok(&["places"]).contains("Lénn, Freeland"));
}

#[test]
fn no_cell_of_an_export_begins_a_formula() {
    let casebook = Casebook::new();
    import(&casebook, TABLE.replace("the mill", "@SUM(A1)").replace("Ostby", "-Ostby"));
    let out = casebook.ok(&["export", "table", "--full", "--purpose", "x", "--by", "B"]);
    assert!(out.contains("'=1+1") && out.contains("'@SUM(A1)") && out.contains("'-Ostby"), "{out}");
    for row in csv::Reader::from_reader(out.as_bytes()).records() {
        for cell in &row.unwrap() {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
        }
    }
}

/// A table without the ids, which are a casebook's own.
fn rows(table: &str) -> Vec<Vec<String>> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let mut rows: Vec<Vec<String>> = reader
        .records()
        .map(|row| row.unwrap().iter().skip(1).map(str::to_owned).collect())
        .collect();
    rows.sort();
    rows
}

#[test]
fn what_is_written_reads_back() {
    let from = Casebook::new();
    import(&from, TABLE);
    let incidents = from.json(&["incidents"]);
    let id = text(&incidents[0], "id");
    from.judge(&["find", id, "wounded", "--unknowable"]);
    from.judge(&["find", id, "weapon", "a | b \\ c"]);
    from.judge(&["find", id, "weapon", "about -3"]);
    let (_, group) = from.add(&[
        "--work",
        "A. Marsh, 2019",
        "--place",
        "p. 1",
        "--new",
        "group:Blue: Lamp",
        "--variable",
        "practice",
        "--value",
        "none",
    ]);
    from.judge(&["find", id, "involvement.gave-money", "yes", "--party", &group]);
    let table = from.ok(&["export", "table", "--full", "--purpose", "x", "--by", "B"]);
    let to = Casebook::new();
    let (file, map) = (to.file("t.csv", &table), to.at("map.toml"));
    to.ok(&["export", "map", "--out", arg(&map)]);
    to.ok(&["import", "table", arg(&file), "--map", arg(&map)]);
    let again = to.ok(&["export", "table", "--full", "--purpose", "x", "--by", "B"]);
    assert_eq!(rows(&again), rows(&table));
    assert_eq!(rows(&table).len(), 3);
    assert!(table.contains("cannot be known") && table.contains("Blue: Lamp: yes"), "{table}");
}

/// Writes a table, reads it into an empty casebook, and writes it again from there.
fn there_and_back(from: &Casebook, withheld: bool) -> (String, String) {
    let full = ["export", "table", "--full", "--purpose", "x", "--by", "B"];
    let args = if withheld { &full[..2] } else { &full[..] };
    let table = from.ok(args);
    let to = Casebook::new();
    let (file, map) = (to.file("t.csv", &table), to.at("map.toml"));
    to.ok(&["export", "map", "--out", arg(&map)]);
    let run = to.run(&["import", "table", arg(&file), "--map", arg(&map)]);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
    to.ok(&["verify"]);
    (table, to.ok(&full))
}

/// A document on one incident, whose words are taken one after the other.
struct Paper<'a> {
    casebook: &'a Casebook,
    document: String,
    incident: String,
    taken: usize,
}

impl<'a> Paper<'a> {
    fn on(casebook: &'a Casebook, target: &str) -> Paper<'a> {
        let words: Vec<String> = (0..20).map(|at| format!("Word number {at} there.")).collect();
        let text = format!("The Post\n\nOn {target}\n\n12 May 2016\n\n{}\n", words.join(" "));
        let document = casebook.store(&format!("{target}.txt"), &text);
        let (_, incident) = casebook.add(&[
            "--document",
            &document,
            "--words",
            &format!("On {target}"),
            "--new",
            &format!("incident:attack on {target}"),
            "--variable",
            "target",
            "--value",
            target,
        ]);
        Paper { casebook, document, incident, taken: 0 }
    }

    /// Enters a value by hand, which accepts it.
    fn says(&mut self, variable: &str, value: &str, more: &[&str]) {
        let words = format!("Word number {} there", self.taken);
        self.taken += 1;
        let args = ["--document", &self.document, "--words", &words, "--subject", &self.incident];
        let said = ["--variable", variable, "--value", value];
        self.casebook.add(&[&args[..], &said, more].concat());
    }
}

/// A casebook with all that a value can be: of no party, of a person, hedged, contested by another
/// and by a denial, a part of another incident.
fn many_kinds_of_values() -> Casebook {
    let from = Casebook::new();
    let mut one = Paper::on(&from, "a mill");
    let (_, person) = from.add(&[
        "--document",
        &one.document,
        "--words",
        "12 May 2016",
        "--new",
        "person:Odo Lind",
        "--variable",
        "age",
        "--value",
        "30",
    ]);
    let with = ["--party", person.as_str()];
    one.says("involvement.gave-money", "yes", &[]);
    from.judge(&["find", &one.incident, "involvement.trained", "--unknowable"]);
    one.says("involvement.gave-arms", "no", &with);
    one.says("involvement.gave-arms", "no", &[&with[..], &["--speaker", "a clerk"]].concat());
    one.says("involvement.gave-arms", "yes", &[&with[..], &["--speaker", "Roe"]].concat());
    one.says("perpetrator", "group:Red Lamp", &["--stance", "hedged"]);
    one.says("perpetrator", "person:Ada Ruhl", &[]);
    one.says("victim", "person:Bo Ruhl", &[]);
    one.says("victim", "person:Ben Ruhl", &[]);
    let mut two = Paper::on(&from, "a bank");
    two.says("weapon", "a knife", &[]);
    two.says("weapon", "a knife", &["--stance", "denied", "--speaker", "a clerk"]);
    // The value held comes after its rival in the alphabet, or is wider.
    for (variable, held, rival) in [("company", "helpers", "alone"), ("wounded", "12-20", "30")] {
        two.says(variable, held, &[]);
        two.says(variable, held, &["--speaker", "a clerk"]);
        two.says(variable, rival, &["--speaker", "Roe"]);
    }
    let mut three = Paper::on(&from, "a gate");
    three.says("part-of", &one.incident, &[]);
    three.says("involvement.planned", "no", &["--speaker", "Roe"]);
    from
}

/// A table by incident, in which rows are named by their incidents.
fn named(table: &str) -> Vec<std::collections::BTreeMap<String, String>> {
    let mut rows = cells(table);
    let names: std::collections::BTreeMap<String, String> =
        rows.iter().map(|row| (row["id"].clone(), row["target"].clone())).collect();
    for row in &mut rows {
        row.remove("id");
        let part = row["part-of"].clone();
        row.insert("part-of".into(), names.get(&part).cloned().unwrap_or(part));
    }
    rows.sort();
    rows
}

#[test]
fn everything_that_a_value_can_be_reads_back() {
    let (table, again) = there_and_back(&many_kinds_of_values(), false);
    let rows = named(&table);
    assert_eq!(named(&again), rows);
    let all = |column: &str| rows.iter().map(|row| row[column].as_str()).collect::<String>();
    for (column, cell) in [
        ("involvement.gave-money", "yes"),
        ("involvement.trained", "cannot be known"),
        ("involvement.gave-arms", "person:Odo Lind: no"),
        ("involvement.gave-arms_basis", "accepted, contested"),
        ("involvement.gave-arms_rivals", "person:Odo Lind: yes"),
        ("perpetrator", "Ada Ruhl | group:Red Lamp"),
        ("perpetrator_basis", "accepted | accepted, hedged"),
        ("weapon_basis", "accepted, contested"),
        ("weapon_rivals", "not a knife"),
        ("company", "helpers"),
        ("company_basis", "accepted, contested"),
        ("company_rivals", "alone"),
        ("wounded", "12 to 20"),
        ("wounded_rivals", "30"),
        ("involvement.planned_basis", "accepted"),
    ] {
        assert_eq!(all(column), cell, "{column}");
    }
    assert!(all("part-of").contains("mill"), "{}", all("part-of"));
}

#[test]
fn a_table_without_names_loses_the_names_and_no_row() {
    let (table, again) = there_and_back(&many_kinds_of_values(), true);
    let (mut rows, again) = (named(&table), named(&again));
    assert!(!table.contains("Ruhl") && !table.contains("Lind"), "{table}");
    assert!(table.contains("incident-1"), "{table}");
    for row in &mut rows {
        // Whoever is not named is nobody; what is said of him is said of nobody in particular.
        for cell in row.values_mut() {
            *cell = cell.replace("[name withheld]: ", "");
        }
        if row["perpetrator"].contains("[name withheld]") {
            row.insert("perpetrator".into(), "group:Red Lamp".into());
            row.insert("perpetrator_basis".into(), "accepted, hedged".into());
        }
        if row["victim"].contains("[name withheld]") {
            row.insert("victim".into(), String::new());
            row.insert("victim_basis".into(), String::new());
        }
    }
    assert_eq!(again, rows);
}

#[test]
fn a_table_says_as_of_when() {
    let casebook = Casebook::new();
    import(&casebook, TABLE);
    let out = casebook.ok(&["export", "table", "--as-of", "2018", "--recorded-by", "2100-01-01"]);
    let rows = rows(&out);
    assert_eq!(rows.len(), 3);
    for row in rows {
        assert_eq!(row[row.len() - 2..], ["2018-12-31", "2100-01-01T23:59:59.999Z"]);
    }
    assert_eq!(self::rows(&casebook.ok(&["export", "table", "--as-of", "2017"])).len(), 0);
}

#[test]
fn what_is_wrong_with_a_map_is_told_with_its_line_and_what_it_may_be() {
    let casebook = Casebook::new();
    let table = casebook.file("t.csv", TABLE);
    let told = |from: &str, to: &str| {
        let map = casebook.file("bad.toml", MAP.replacen(from, to, 1));
        casebook.fails(1, &["import", "table", arg(&table), "--map", arg(&map)])
    };
    for (from, to, words) in [
        (
            "column = \"nkill\"",
            "colum = \"nkill\"",
            "line 28: unknown key \"colum\"; [[value]] has",
        ),
        ("work =", "werk =", "line 8: unknown key \"werk\"; [cites] has work, place"),
        ("judged = \"found\"", "judged = \"fond\"", "line 29: unknown variant \"fond\", expected"),
        ("id = \"eventid\"", "id = 3", "(in 3)"),
        ("by = \"R. Coder\"\n", "", "missing field \"by\""),
        ("variable = \"killed\"", "variable = \"age\"", "age is not said of incidents"),
        ("variable = \"killed\"", "variable = \"kiled\"", "line 26, [[value]] number 4 (kiled)"),
    ] {
        let error = told(from, to);
        assert!(error.contains("bad.toml: "), "{error}");
        assert!(error.contains(words) && !error.contains(" | "), "{words}: {error}");
        assert_eq!(error.matches("not said of").count().max(1), 1, "once: {error}");
    }
    // What is wrong with every row is said once, and how many there are.
    let error = told("\"Bombing/Explosion\" = \"bombing\", ", "");
    assert_eq!(error.matches("Bombing/Explosion").count(), 1, "{error}");
    assert!(error.contains("so in 1 more row, the last in line 4"), "{error}");
}
