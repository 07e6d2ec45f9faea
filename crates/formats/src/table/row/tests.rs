//! Rows read, written and refused.

use super::*;
use crate::spelling::read_value;

const MAP: &str = r#"
    by = "A coder"
    id = "eventid"
    name = "attack at {city}"
    blank = ["-9", "."]

    [cites]
    work = "The Lamp Data Set, 2020"
    published = "2020"

    [[value]]
    variable = "date"
    year = "iyear"
    month = "imonth"

    [[value]]
    variable = "type"
    column = "type"
    values = { "Bombing/Explosion" = "bombing", "Unknown" = "" }

    [[value]]
    variable = "killed"
    column = "nkill"
    judged = "found"

    [[value]]
    variable = "perpetrator"
    column = "by"
    label = "attacker"

    [[value]]
    variable = "fate"
    of = "attacker"
    column = "fate"

    [[value]]
    variable = "role"
    of = "attacker"
    party = "incident"
    text = "perpetrator"
    judged = "proposed"
"#;

fn entering<'a>(codebook: &'a Codebook, rows: &'a Rows) -> Entering<'a> {
    Entering { made: Instant(0), codebook, rows }
}

fn plot() -> Codebook {
    crate::codebooks::read(crate::codebooks::SHIPPED[0].1).unwrap()
}

#[test]
fn a_value_that_the_codebook_does_not_allow_is_a_fault_unless_it_is_only_proposed() {
    let coded = |judged: &str| {
        let map =
            format!("{MAP}[[value]]\nvariable = 'company'\ncolumn = 'city'\njudged = '{judged}'");
        let cells = ["7", "gang", "1970", "0", "", "", "", ""].map(String::from);
        Map::read(&map).unwrap().code(&columns(), &cells, entering(&plot(), &Rows::new()))
    };
    for judged in ["accepted", "found"] {
        let faults = coded(judged).unwrap_err();
        let told = faults[0].to_string();
        assert!(told.starts_with("column city: company: \"gang\" is no value of it"), "{told}");
    }
    assert!(coded("proposed").is_ok());
}

fn columns() -> Vec<String> {
    ["eventid", "city", "iyear", "imonth", "type", "nkill", "by", "fate"].map(String::from).to_vec()
}

fn code(cells: [&str; 8]) -> Result<Coded, String> {
    let map = Map::read(MAP).unwrap();
    map.check_columns(&columns()).unwrap();
    map.code(&columns(), &cells.map(String::from), entering(&plot(), &Rows::new()))
        .map_err(|faults| faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
}

#[test]
fn a_row_is_a_cited_incident_with_the_coders_judgments() {
    let coded =
        code(["7", "Lenn", "1970", "0", "Bombing/Explosion", "3", "Odo Lind", "dead"]).unwrap();
    assert_eq!(coded.document.title.as_deref(), Some("The Lamp Data Set, 2020, row 7"));
    assert_eq!(coded.document.published.as_ref().unwrap().as_str(), "2020");
    assert_eq!(coded.reading.mentions[0].name, "attack at Lenn");
    let said: Vec<(&str, &Value)> =
        coded.reading.assertions.iter().map(|said| (said.variable.name(), &said.value)).collect();
    let person = coded.reading.mentions[1].id;
    assert_eq!(
        said,
        [
            ("date", &Value::Date("1970".parse().unwrap())),
            ("type", &Value::Term("bombing".into())),
            ("killed", &read_value(Variable::Killed, "3").unwrap()),
            ("perpetrator", &Value::Mention(person)),
            ("fate", &Value::Term("dead".into())),
            ("role", &Value::Term("perpetrator".into())),
        ]
    );
    let acts: Vec<&str> = coded.judgments.iter().map(|judgment| judgment.act.name()).collect();
    assert_eq!(acts, ["accept", "accept", "find", "accept", "accept"]);
    let again = code(["7", "Lenn", "1970", "0", "Bombing/Explosion", "3", "Odo Lind", "dead"]);
    assert_eq!(again, Ok(coded));
}

#[test]
fn what_a_row_does_not_say_is_not_asserted() {
    let coded = code(["8", "Lenn", "1971", "", "Unknown", "-9", "", "dead"]).unwrap();
    let said: Vec<&str> =
        coded.reading.assertions.iter().map(|said| said.variable.name()).collect();
    assert_eq!(said, ["date"]);
}

#[test]
fn every_fault_of_a_row_is_named_with_its_column() {
    assert_eq!(
        code(["9", "Lenn", "soon", "0", "Riot", "many", "", ""]).unwrap_err(),
        "column iyear: \"soon\" is no year; \
         column type: \"Riot\" is not among the values of the map; \
         column nkill: killed is a number: 12, \"at least 12\", \"30 to 40\" or \"about 12\"; not \"many\""
    );
    let error = code(["", "Lenn", "", "", "", "", "", ""]).unwrap_err();
    assert_eq!(error, "column eventid: the row has no id");
}

#[test]
fn maps_that_make_no_sense_are_refused() {
    let with = |from: &str, to: &str| {
        Map::read(&MAP.replacen(from, to, 1)).map(|_| ()).unwrap_err().to_string()
    };
    for (from, to, why) in [
        ("by = \"A coder\"", "by = \" \"", "the coder's name is missing"),
        (
            "variable = \"killed\"",
            "variable = \"kiled\"",
            "number 3 (kiled): \"kiled\" is no variable; did you mean killed?",
        ),
        ("of = \"attacker\"", "of = \"atacker\"", "no [[value]] before it has the label"),
        ("column = \"nkill\"", "colum = \"nkill\"", "line 23: unknown key"),
        ("column = \"nkill\"", "year = \"nkill\"", "only a date has a year"),
        ("column = \"nkill\"", "", "give one of column, text, or year"),
    ] {
        let error = with(from, to);
        assert!(error.contains(why), "{error}");
    }
    let map = Map::read(MAP).unwrap();
    let mut short = columns();
    short[5] = "nkil".into();
    let error = map.check_columns(&short).unwrap_err().to_string();
    assert_eq!(error, "the table has no column \"nkill\"; did you mean \"nkil\"?");
}

#[test]
fn the_map_of_exports_is_one() {
    Map::read(crate::table::map_of_export()).unwrap();
}
