//! Connections from the files to what is printed: three plots, of which two hang together and one
//! seemed to until a paper took its words back.

use serde_json::{Value as Json, json};

use crate::support::{Casebook, arg, text};

/// The three incidents.
pub(crate) struct Plots {
    pub(crate) shooting: String,
    pub(crate) fire: String,
    pub(crate) bomb: String,
}

/// A man who fires, a man whom he met and who burns a mill three weeks later, and a bomb that is laid
/// to the first and then is not.
pub(crate) fn plots(casebook: &Casebook) -> Plots {
    let lines = [
        json!({"source": "The Ferry Post", "published": "2016-05-12", "title": "Shots",
            "text": "Karl Vossler fired at Lenn station. He had met Odo Ruhl. He had a red flare."}),
        json!({"source": "The Evening Lamp", "published": "2016-06-03", "title": "Fire",
            "text": "Odo Ruhl burned the mill at Ostby. He had a red flare."}),
        json!({"source": "The Quay Voice", "published": "2016-07-01", "title": "Bomb",
            "text": "Karl Vossler threw the bomb in Zarov. A mill burned."}),
    ];
    let lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
    let file = casebook.file("plots.jsonl", lines.join("\n"));
    casebook.ok(&["read", "--capture-only", arg(&file)]);
    let documents = casebook.json(&["documents"]);
    let document = |title: &str| {
        let row = documents.iter().find(|row| row["title"] == title).unwrap();
        text(row, "id").to_owned()
    };
    let [shots, fires, bombs] = ["Shots", "Fire", "Bomb"].map(document);
    let add =
        |document: &str, words: &str, of: [&str; 2], variable: &str, value: &str, more: &[&str]| {
            let mut all = vec!["--document", document, "--words", words, of[0], of[1]];
            all.extend(["--variable", variable, "--value", value]);
            all.extend(more);
            casebook.add(&all)
        };
    let did = |document: &str, words: &str, what: &str, who: &str| {
        let value = format!("person:{who}");
        add(document, words, ["--new", what], "perpetrator", &value, &[])
    };
    let person = |incident: &str| {
        let shown = casebook.json(&["show", incident]);
        let values = shown[0]["values"].as_array().unwrap();
        let one = values.iter().find(|value| value["variable"] == "perpetrator").unwrap();
        text(&one["value"]["mention"], "id").to_owned()
    };
    let (_, shooting) = did(
        &shots,
        "Karl Vossler fired at Lenn station.",
        "incident:shooting at Lenn",
        "Karl Vossler",
    );
    let (_, fire) =
        did(&fires, "Odo Ruhl burned the mill at Ostby.", "incident:fire at Ostby", "Odo Ruhl");
    let (laid, bomb) = did(
        &bombs,
        "Karl Vossler threw the bomb in Zarov.",
        "incident:bomb in Zarov",
        "Karl Vossler",
    );
    let [gunman, burner, bomber] = [&shooting, &fire, &bomb].map(|incident| person(incident));
    let met = ["--party", gunman.as_str()];
    let (_, friend) = add(
        &shots,
        "He had met Odo Ruhl.",
        ["--new", "person:Odo Ruhl"],
        "contact-with",
        "yes",
        &met,
    );
    for (document, incident) in [(&shots, &shooting), (&fires, &fire)] {
        let of = ["--subject", incident.as_str()];
        add(document, "He had a red flare.", of, "weapon", "a red flare", &[]);
    }
    casebook.judge(&["same", &friend, &burner, "--cites", &fires]);
    casebook.judge(&["same", &gunman, &bomber]);
    casebook.judge(&["withdraw", &laid, "2016-08-01"]);
    Plots { shooting, fire, bomb }
}

/// The League, of which the man who burned the mill is a member.
pub(crate) fn stands_behind(casebook: &Casebook, plots: &Plots) {
    let shown = casebook.json(&["show", &plots.fire]);
    let values = shown[0]["values"].as_array().unwrap();
    let did = values.iter().find(|value| value["variable"] == "perpetrator").unwrap();
    let burner = text(&did["value"]["mention"], "id");
    let fires = text(&shown[0]["evidence"][0], "document");
    casebook.add(&[
        "--document",
        fires,
        "--words",
        "Odo Ruhl burned the mill at Ostby.",
        "--subject",
        burner,
        "--variable",
        "affiliation",
        "--value",
        "group:the Ostby League",
    ]);
}

/// That the two are one man is known from a later paper only; its id.
pub(crate) fn known_late(casebook: &Casebook) -> String {
    let judgments = casebook.json(&["judgments"]);
    let same =
        judgments.iter().find(|one| !one["act"]["same"].is_null() && one["cites"] != Json::Null);
    let same = same.unwrap();
    casebook.judge(&["undo", text(same, "id")]);
    let later = json!({"source": "The Ferry Post", "published": "2016-09-10", "title": "One man",
        "text": "The friend of Vossler is the man who burned the mill at Ostby. It was Odo Ruhl."});
    let file = casebook.file("later.jsonl", later.to_string());
    casebook.ok(&["read", "--capture-only", arg(&file)]);
    let documents = casebook.json(&["documents"]);
    let later = documents.iter().find(|row| row["title"] == "One man").unwrap();
    let later = text(later, "id");
    let pair = &same["act"]["same"];
    let [one, other] = [0, 1].map(|at| pair[at].as_str().unwrap());
    casebook.judge(&["same", one, other, "--cites", later]);
    later.to_owned()
}

/// The first paper takes back that the fire is his, and the later one lays it to him anew.
pub(crate) fn laid_anew(casebook: &Casebook, plots: &Plots, later: &str) {
    let did = casebook.json(&["show", &plots.fire]);
    let values = did[0]["values"].as_array().unwrap();
    let did = values.iter().find(|value| value["variable"] == "perpetrator").unwrap();
    let first = did["support"][0].as_str().unwrap();
    let burner = text(&did["value"]["mention"], "id");
    casebook.judge(&["withdraw", first, "2016-06-20"]);
    let words = [
        "--document",
        later,
        "--words",
        "The friend of Vossler is the man who burned the mill at Ostby.",
    ];
    let again =
        ["--new", "incident:fire", "--variable", "perpetrator", "--value", "person:Odo Ruhl"];
    let (_, fire) = casebook.add(&[&words[..], &again].concat());
    let told = casebook.json(&["show", &fire]);
    let told = text(&told[0]["values"][0]["value"]["mention"], "id");
    casebook.judge(&["same", &fire, &plots.fire]);
    casebook.judge(&["same", told, burner]);
}

fn names(path: &Json) -> Vec<&str> {
    path["records"].as_array().unwrap().iter().map(|record| text(record, "name")).collect()
}

#[test]
fn two_plots_hang_together_since_the_second_paper() {
    let casebook = Casebook::new();
    let plots = plots(&casebook);
    let found = &casebook.json(&["connect", &plots.shooting, &plots.fire])[0];
    let path = &found["paths"][0];
    assert_eq!(names(path), ["shooting at Lenn", "Karl Vossler", "Odo Ruhl", "fire at Ostby"]);
    assert_eq!(path["since"], "2016-06-03");
    assert_eq!((&path["ties"], &path["unsure_identity"]), (&json!(3), &json!(false)));
    let first = &path["steps"][0]["said"][0];
    assert_eq!(first["evidence"]["sentence"], "Karl Vossler fired at Lenn station.");
    assert_eq!(first["relation"], "perpetrator");

    let page = casebook.ok(&["connect", &plots.shooting, &plots.fire]);
    for wanted in [
        "connected, as could be seen since 2016-06-03",
        "through Karl Vossler, Odo Ruhl; 3 ties",
        "shooting at Lenn ─ perpetrator → Karl Vossler (1 voice",
        "“He had met Odo Ruhl.”",
        "The Evening Lamp, 2016-06-03",
        "status today",
    ] {
        assert!(page.contains(wanted), "{wanted}: {page}");
    }
    let near = casebook.json(&["connect", &plots.fire]);
    assert_eq!(near[0]["paths"].as_array().unwrap().len(), 1);
    let short = casebook.ok(&["connect", &plots.shooting, &plots.fire, "--within", "2"]);
    assert!(
        short.contains("No connection within 2 ties in 3 documents of 3 publishers."),
        "{short}"
    );
}

#[test]
fn as_of_a_day_and_as_recorded_the_connection_is_what_it_was() {
    let casebook = Casebook::new();
    let plots = plots(&casebook);
    let early =
        casebook.fails(1, &["connect", &plots.shooting, &plots.fire, "--as-of", "2016-06-02"]);
    assert!(early.contains("was not published or recorded by the dates asked for"), "{early}");
    let view = ["connect", &plots.shooting, "--as-of", "2016-07-15"];
    // The words that tie the bomb still stood, and are known to have been withdrawn later.
    let then = &casebook.json(&view)[0];
    let ends: Vec<&str> =
        then["paths"].as_array().unwrap().iter().map(|path| *names(path).last().unwrap()).collect();
    assert_eq!(ends, ["bomb in Zarov", "fire at Ostby"]);
    let now = &casebook.json(&["connect", &plots.shooting])[0];
    assert_eq!(now["paths"].as_array().unwrap().len(), 1);
    let before = casebook.fails(1, &["connect", &plots.shooting, "--recorded-by", "2001"]);
    assert!(before.contains("by the dates asked for"), "{before}");
}

#[test]
fn the_replay_tells_new_connections_from_false_leads() {
    let casebook = Casebook::new();
    let plots = plots(&casebook);
    let replay = &casebook.json(&["knowable", "--from", "2016", "--to", "2016"])[0];
    let new = replay["new"].as_array().unwrap();
    assert_eq!(new.len(), 1);
    assert_eq!(new[0]["day"], "2016-06-03");
    let mut fallen: Vec<(&str, &str, &str)> = replay["false_leads"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            let names = names(&one["path"]);
            let other =
                names.iter().find(|name| ["shooting at Lenn", "fire at Ostby"].contains(*name));
            (text(one, "day"), text(one, "until"), *other.unwrap())
        })
        .collect();
    fallen.sort_unstable();
    assert_eq!(
        fallen,
        [
            ("2016-07-01", "2016-08-01", "fire at Ostby"),
            ("2016-07-01", "2016-08-01", "shooting at Lenn")
        ]
    );
    let page = casebook.ok(&["knowable", "--from", "2016-06", "--to", "2016-07"]);
    for wanted in ["1 new connection", "false leads: visible then, and not held", "2016-08-01"] {
        assert!(page.contains(wanted), "{wanted}: {page}");
    }
    let series = ["knowable", &plots.shooting, &plots.fire, "--from", "2017", "--to", "2017"];
    let late = &casebook.json(&series)[0];
    assert_eq!((&late["new"], &late["together"]), (&json!([]), &json!("2016-06-03")));
    let three =
        ["knowable", &plots.shooting, &plots.fire, &plots.bomb, "--from", "2017", "--to", "2017"];
    assert!(casebook.ok(&three).contains("as one series: not by 2017-12-31"));
    let turned = casebook.fails(1, &["knowable", "--from", "2017", "--to", "2016"]);
    assert!(turned.contains("2017 is later than 2016"), "{turned}");
}

#[test]
fn leads_tell_what_both_have_and_how_rare_it_is() {
    let casebook = Casebook::new();
    plots(&casebook);
    let leads = casebook.json(&["leads"]);
    assert_eq!(leads.len(), 1);
    let shared = &leads[0]["shared"][0];
    assert_eq!((text(shared, "words"), &shared["incidents"]), ("weapon a red flare", &json!(2)));
    let page = casebook.ok(&["leads"]);
    assert!(page.contains("weapon a red flare, of 2 of 2 incidents"), "{page}");
    assert!(page.contains("1 of 1 pairs with something in common"), "{page}");
    assert_eq!(casebook.json(&["leads", "--hub", "1"]).len(), 0);
}

#[test]
fn what_is_no_incident_connects_nothing() {
    let casebook = Casebook::new();
    let plots = plots(&casebook);
    let people = casebook.json(&["people"]);
    let error = casebook.fails(1, &["connect", text(&people[0], "id")]);
    assert!(error.contains("connections are asked for between incidents"), "{error}");
    let error = casebook.fails(1, &["connect", &plots.fire, &plots.fire]);
    assert!(error.contains("both are one incident"), "{error}");
    casebook.fails(2, &["connect", &plots.fire, "--within", "0"]);
}

#[test]
fn a_series_says_what_ties_it_who_stands_behind_whom_and_how_much_stands() {
    let casebook = Casebook::new();
    let plots = plots(&casebook);
    assert_eq!(casebook.json(&["series"]).len(), 0, "they are three ties apart");
    assert!(casebook.ok(&["series"]).contains("No two incidents hang together within 2 ties"));
    stands_behind(&casebook, &plots);
    let four = ["series", "--within", "4"];
    let series = &casebook.json(&four)[0];
    assert_eq!(series["since"], "2016-06-03");
    assert_eq!(series["incidents"].as_array().unwrap().len(), 2);
    let through: Vec<&str> = series["through"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| text(&one["record"], "name"))
        .collect();
    assert!(through.contains(&"Karl Vossler") && through.contains(&"Odo Ruhl"), "{through:?}");
    let stands = &series["stands"];
    // Three ties in a row: each stands nine times in ten.
    let pairs = stands["pairs"].as_f64().unwrap();
    assert!((0.66..0.80).contains(&pairs) && stands["whole"] == stands["pairs"], "{stands}");
    let page = casebook.ok(&four);
    for wanted in [
        "1. 2 incidents",
        "could be seen as one since 2016-06-03",
        "fire at Ostby ─ perpetrator → Odo Ruhl ─ affiliation → the Ostby League",
        "with 10 % of the ties missing",
        "status today",
    ] {
        assert!(page.contains(wanted), "{wanted}: {page}");
    }
    let all = &casebook.json(&[&four[..], &["--missing", "0"]].concat())[0]["stands"];
    assert_eq!((&all["pairs"], &all["whole"]), (&json!(1.0), &json!(1.0)));
    let none = casebook.json(&[&four[..], &["--as-of", "2016-06-02"]].concat());
    assert_eq!(none.len(), 0, "as of a day on which the second paper had not come");
    casebook.fails(2, &["series", "--within", "3"]);
}

#[test]
fn the_replay_is_drawn_and_withholds_what_it_must() {
    let casebook = Casebook::new();
    let plots = plots(&casebook);
    let full = ["--full", "--purpose", "a test", "--by", "R. Coder"];
    let rows = |what: &[&str]| -> Vec<Vec<String>> {
        let drawn = casebook.json(&[&["draw"], what].concat());
        serde_json::from_value(drawn[0]["rows"].clone()).unwrap()
    };
    let of = |rows: &[Vec<String>], kind: &str| -> Vec<String> {
        let own = rows.iter().filter(|row| row.contains(&kind.to_owned()));
        own.map(|row| row.join(" | ")).collect()
    };
    let all = rows(&[&["replay"], &full[..]].concat());
    let seen = of(&all, "connection");
    assert_eq!(seen.len(), 1, "{all:?}");
    for wanted in ["2016-06-03", "shooting at Lenn – fire at Ostby", "through Karl Vossler"] {
        assert!(seen[0].contains(wanted), "{wanted}: {seen:?}");
    }
    assert_eq!(of(&all, "false lead").len(), 2);
    let bomb = rows(&[&["replay", &plots.bomb], &full[..]].concat());
    assert_eq!((of(&bomb, "connection").len(), of(&bomb, "false lead").len()), (0, 2));
    let known = rows(&[&["known", &plots.shooting, &plots.fire], &full[..]].concat());
    let published = of(&known, "publication");
    assert!(published.iter().any(|row| row.contains("perpetrator: Odo Ruhl")), "{published:?}");
    assert_eq!(of(&known, "connection").len(), 1);
    // Outside the casebook nobody is named who is not convicted, and what was taken back stays so.
    let outside = casebook.ok(&["draw", "replay"]);
    assert!(!outside.contains("Vossler") && !outside.contains("Ruhl"), "{outside}");
    assert!(outside.contains("left out"), "{outside}");
    let apart =
        casebook.ok(&[&["draw", "known", &plots.shooting, &plots.bomb], &full[..]].concat());
    assert!(apart.contains("No connection within 4 ties in 3 documents"), "{apart}");
    casebook.fails(1, &["draw", "known", &plots.shooting, &plots.shooting]);
    casebook.fails(1, &["draw", "known", &plots.shooting, &plots.fire, "--as-of", "2016-06-02"]);
}

#[test]
fn what_stood_in_the_way_is_told_if_asked() {
    let casebook = Casebook::new();
    let plots = plots(&casebook);
    let asked = ["connect", &plots.shooting, &plots.fire, "--in-the-way"];
    assert_eq!(casebook.json(&asked)[0]["in_the_way"], Json::Null);
    assert!(casebook.ok(&asked).contains("Nothing stood in the way"));
    assert!(!casebook.ok(&asked[..3]).contains("in the way"));

    let later = known_late(&casebook);
    let found = &casebook.json(&asked)[0];
    assert_eq!(found["paths"][0]["since"], "2016-09-10");
    let way = &found["in_the_way"];
    assert_eq!(way["since"], "2016-06-03");
    let obstacles = way["obstacles"].as_array().unwrap();
    assert_eq!(obstacles.len(), 1, "{obstacles:?}");
    assert_eq!(obstacles[0]["what"], "apart");
    assert_eq!(obstacles[0]["identity"]["since"], "2016-09-10");

    laid_anew(&casebook, &plots, &later);
    let found = &casebook.json(&asked)[0];
    let obstacles = found["in_the_way"]["obstacles"].as_array().unwrap();
    let what: Vec<&str> = obstacles.iter().map(|one| text(one, "what")).collect();
    assert_eq!(what, ["apart", "taken-back"]);
    assert_eq!(obstacles[1]["said"]["until"], "2016-06-20");
    let page = casebook.ok(&asked);
    for wanted in [
        "All that it needs was said since 2016-06-03. In the way stood:",
        "not known to be one until 2016-09-10: Odo Ruhl in two documents",
        "said since 2016-06-03 and taken back on 2016-06-20: perpetrator",
    ] {
        assert!(page.contains(wanted), "{wanted}: {page}");
    }
}

#[test]
fn a_lead_judged_to_be_none_is_remembered_and_comes_back() {
    let casebook = Casebook::new();
    let plots = plots(&casebook);
    let judgment = casebook.judge(&["unrelated", &plots.fire, &plots.shooting]);
    assert_eq!(casebook.json(&["leads"]).len(), 0);
    assert!(casebook.ok(&["leads"]).contains("1 judged to be unrelated; `leads --unrelated`"));
    let seen = casebook.json(&["leads", "--unrelated"]);
    assert_eq!(seen[0]["unrelated"]["judgment"], judgment);
    let page = casebook.ok(&["leads", "--unrelated"]);
    for wanted in ["shooting at Lenn", "weapon a red flare", "R. Coder", "“as read”"] {
        assert!(page.contains(wanted), "{wanted}: {page}");
    }
    // It says nothing of what is held: the two still hang together.
    assert!(
        casebook.ok(&["connect", &plots.shooting, &plots.fire]).contains("connected, as could")
    );
    assert_eq!(casebook.json(&["leads", "--recorded-by", "2001"]).len(), 0);
    let people = casebook.json(&["people"]);
    let person = text(&people[0], "id");
    let by = ["judge", "--by", "R. Coder", "--reason", "as read", "unrelated"];
    let error = casebook.fails(1, &[&by[..], &[&plots.fire, person]].concat());
    assert!(error.contains("are no lead"), "{error}");
    casebook.judge(&["undo", &judgment]);
    assert_eq!(casebook.json(&["leads"]).len(), 1);
    assert_eq!(casebook.json(&["leads", "--unrelated"]).len(), 0);
}
