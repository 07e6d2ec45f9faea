//! docs/json.md against what the commands print.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use crate::served::Served;
use crate::support::{Casebook, arg, text, two_papers};

type Fields = BTreeSet<String>;

/// The fields that each section of the page gives, by its title.
fn documented() -> BTreeMap<String, Fields> {
    let page = include_str!("../../../../docs/json.md");
    let mut sections: BTreeMap<String, Fields> = BTreeMap::new();
    let mut title = String::new();
    for line in page.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            title = heading.to_owned();
            sections.entry(title.clone()).or_default();
        }
        if let Some(cell) = line.strip_prefix("| ").and_then(|rest| rest.split(" |").next()) {
            let fields = cell.split('`').skip(1).step_by(2).map(str::to_owned);
            sections.entry(title.clone()).or_default().extend(fields);
        }
    }
    sections
}

/// What some objects print, by the title of the section that gives it.
#[derive(Default)]
struct Printed(BTreeMap<String, Fields>);

impl Printed {
    fn note(&mut self, section: &str, rows: &[Json]) {
        let fields = self.0.entry(section.to_owned()).or_default();
        for row in rows {
            fields.extend(row.as_object().unwrap().keys().cloned());
        }
    }

    fn inside(&mut self, section: &str, rows: &[Json], field: &str) {
        self.within(section, rows.to_vec(), field);
    }

    /// Notes the objects of a field, and returns them.
    fn within(&mut self, section: &str, rows: Vec<Json>, field: &str) -> Vec<Json> {
        let rows: Vec<Json> = rows
            .iter()
            .flat_map(|row| match &row[field] {
                Json::Array(all) => all.clone(),
                Json::Object(_) => vec![row[field].clone()],
                _ => vec![],
            })
            .collect();
        self.note(section, &rows);
        rows
    }
}

/// A count in which every place is filled, saved, published and changed since.
const COUNT: &str = r#"
name = "deadly"
title = "Incidents that killed"
question = "Of the incidents, how many are known to have killed somebody?"
unit = "incident"

[of]
variable = "stage"
one-of = ["executed"]

[in]
variable = "killed"
at-least = 1
"#;

impl Printed {
    fn counts(&mut self, casebook: &Casebook) {
        let file = casebook.file("count.toml", COUNT);
        let rows = casebook.json(&[
            "count",
            arg(&file),
            "--save",
            "--publish",
            "--draft",
            "--by",
            "B",
            "--where",
            "The Lamp",
        ]);
        self.note("`count`", &rows);
        self.inside("reading", &rows, "strict");
        self.inside("unit", &rows, "units");
        let units: Vec<Json> = rows[0]["units"].as_array().unwrap().clone();
        let strict: Vec<Json> = units.iter().map(|unit| unit["strict"].clone()).collect();
        self.inside("ground", &strict, "because");
        let rows = casebook.json(&["counts"]);
        self.note("`counts`", &rows);
        self.inside("published", &rows, "published");
        self.packs();
    }

    /// The evidence of a published count.
    fn packs(&mut self) {
        let casebook = Casebook::new();
        two_papers(&casebook);
        let file = casebook.file("fires.toml", HANGING);
        let publish = ["--publish", "--draft", "--by", "B", "--where", "The Lamp"];
        let rows = casebook.json(&[&["count", arg(&file)], &publish[..]].concat());
        let number = &rows[0]["published"].to_string();
        let pack: Json = serde_json::from_str(&casebook.ok(&["pack", number])).unwrap();
        let pack = vec![pack];
        self.note("`pack`", &pack);
        self.inside("packed count", &pack, "count");
        self.inside("packed unit", &pack, "units");
        self.inside("packed passage", &pack, "passages");
        self.inside("packed document", &pack, "documents");
        let file = casebook.at("pack.json");
        self.note("`pack --out`", &casebook.json(&["pack", number, "--out", arg(&file)]));
        self.note("`verify-pack`", &casebook.json(&["verify-pack", arg(&file)]));
    }
}

/// A count that hangs on one assertion.
const HANGING: &str = r#"
name = "fires"
title = "Fires that killed"
quoted = ["the fires of that year"]
unit = "incident"

[in]
variable = "killed"
at-least = 1
"#;

impl Printed {
    /// What stands beside a count, and what becomes of it.
    fn beside(&mut self) {
        let casebook = Casebook::new();
        let file = casebook.file("fires.toml", HANGING);
        let work = ["--work", "A. Marsh, Fires, 2017", "--place", "p. 2", "--published", "2017"];
        let add = |said: [&str; 6]| casebook.add(&[&said[..], &work[..]].concat());
        let set = "set:the fires of that year";
        add(["--new", set, "--variable", "share", "--value", "3 of 7: arson"]);
        add(["--new", "incident:a fire", "--variable", "killed", "--value", "3"]);
        let publish = ["--save", "--publish", "--draft", "--by", "B", "--where", "The Lamp"];
        casebook.ok(&[&["count", arg(&file)], &publish[..]].concat());
        let rows = casebook.json(&["count", "fires", "--against", "1800", "--sensitivity"]);
        self.inside("quoted figure", &rows, "quoted");
        self.inside("shift", &rows, "against");
        let sensitivity = self.within("sensitivity", rows, "hangs_on");
        let hanging = self.within("hanging", sensitivity, "assertions");
        let impact = casebook.json(&["impact", text(&hanging[0], "assertion")]);
        self.note("`impact`", &impact);
        self.inside("changed record", &impact, "records");
        casebook.judge(&["withdraw", text(&hanging[0], "assertion"), "2018-01-01"]);
        let corrections = casebook.json(&["corrections", "--since", "2000"]);
        self.note("`corrections`", &corrections);
        self.inside("touched count", &corrections, "touched");
    }
}

impl Printed {
    /// Two people of one name whom nothing but their name brings together.
    fn doubtful(&mut self) {
        let casebook = Casebook::new();
        for (at, paper) in ["The Lamp", "Coast Wire"].iter().enumerate() {
            let text = format!("Police arrested Ada Brandvold in town {at} on Friday.");
            let article =
                serde_json::json!({"source": paper, "published": "2016-05-14", "text": text});
            let file = casebook.file(&format!("{at}.jsonl"), article.to_string());
            casebook.ok(&["read", arg(&file)]);
        }
        let rows = casebook.json(&["duplicates"]);
        self.note("`duplicates`", &rows);
        self.inside("side", &rows, "one");
        let ids = ["one", "other"].map(|side| text(&rows[0][side], "id"));
        let why = casebook.json(&["why", ids[0], ids[1]]);
        self.note("`why`", &why);
        self.inside("compared", &why, "compared");
        self.inside("term", &why, "terms");
    }

    /// Pictures and what spreads, from a casebook with an accusation, a correction and a copy.
    /// Notes what is proposed for a place that the gazetteer knows.
    fn placed(&mut self) {
        let casebook = Casebook::new();
        let report = "A bomb killed two people in Cairo, Egypt, on Monday, the police said.";
        casebook.ok(&["read", arg(&casebook.file("report.txt", report))]);
        let places = casebook.json(&["places"]);
        let shown: Vec<Json> =
            places.iter().flat_map(|row| casebook.json(&["show", text(row, "id")])).collect();
        self.inside("proposed place", &shown, "place");
        let told: String =
            places.iter().map(|row| casebook.ok(&["show", text(row, "id")])).collect();
        assert!(told.contains("Contains data from GeoNames, CC BY 4.0"), "{told}");
    }

    fn spread(&mut self) {
        let casebook = Casebook::new();
        crate::spreading::all(&casebook);
        let pictures = "`pictures` and `show` of a picture";
        let rows = casebook.json(&["pictures"]);
        self.note(pictures, &rows);
        self.inside("alike", &rows, "alike");
        let first = rows.iter().find(|row| !row["alike"].as_array().unwrap().is_empty()).unwrap();
        self.note(pictures, &casebook.json(&["show", text(first, "id")]));
        let spread = casebook.json(&["spread", text(first, "id"), "--as-of", "2019-06-02"]);
        self.note("`spread`", &spread);
        self.inside("step", &spread, "steps");
        let steps = spread[0]["steps"].as_array().unwrap().clone();
        self.inside("alike", &steps, "pictures");
        self.inside("passed", &steps, "passed");
        let named = casebook.json(&["spread", "Karl Vossler", "--as-of", "2019-06-02"]);
        self.inside("person", &named, "people");
        self.inside("today", &named, "today");
        for step in &steps {
            let shown = casebook.json(&["show", text(step, "document")]);
            self.inside("picture of a document", &shown, "pictures");
            self.inside("passed", &shown, "references");
        }
    }
}

impl Printed {
    /// Connections, from three plots of which two hang together and one seemed to.
    fn connections(&mut self) {
        let casebook = Casebook::new();
        let plots = crate::connecting::plots(&casebook);
        let asked = ["connect", &plots.shooting, &plots.fire, "--hub", "1"];
        let left_out = casebook.json(&asked);
        self.inside("searched", &left_out, "searched");
        let rows = casebook.json(&["connect", &plots.shooting, &plots.fire]);
        self.note("`connect`", &rows);
        self.inside("end", &rows, "from");
        self.inside("path", &rows, "paths");
        let paths = rows[0]["paths"].as_array().unwrap().clone();
        self.inside("end", &paths, "records");
        self.inside("step of a path", &paths, "steps");
        self.inside("identity", &paths, "identities");
        let steps = paths[0]["steps"].as_array().unwrap().clone();
        self.inside("word", &steps, "said");
        let rows = casebook.json(&["knowable", "--from", "2016", "--to", "2016"]);
        self.note("`knowable`", &rows);
        self.inside("new connection", &rows, "new");
        self.inside("false lead", &rows, "false_leads");
        crate::connecting::stands_behind(&casebook, &plots);
        let rows = casebook.json(&["series", "--within", "4"]);
        self.note("`series`", &rows);
        self.inside("through", &rows, "through");
        self.inside("chain", &rows, "chains");
        let chains = rows[0]["chains"].as_array().unwrap().clone();
        self.inside("hand", &chains, "steps");
        let later = crate::connecting::known_late(&casebook);
        crate::connecting::laid_anew(&casebook, &plots, &later);
        let rows = casebook.json(&["connect", &plots.shooting, &plots.fire, "--in-the-way"]);
        let hindered = [rows[0]["in_the_way"].clone()];
        self.inside("in the way", &rows, "in_the_way");
        self.inside("obstacle", &hindered, "obstacles");
        let rows = casebook.json(&["leads"]);
        self.note("`leads`", &rows);
        self.inside("shared", &rows, "shared");
        let world = r#"{"entities": [{"id": "P", "kind": "plot"}, {"id": "Q", "kind": "plot"}],
            "relations": []}"#;
        let world = casebook.file("world.json", world);
        let pairs = casebook.file("pairs.jsonl", r#"{"id": "1", "a": "P", "b": "Q"}"#);
        let gold = casebook.file("gold.jsonl", r#"{"id": "1", "date": null}"#);
        let [world, pairs, gold] = [&world, &pairs, &gold].map(|path| arg(path));
        let asked = ["eval", "connections", "--world", world, "--pairs", pairs, "--gold", gold];
        self.note("`eval connections`", &casebook.json(&asked));
    }

    /// Claims, from an article whose claim gives no details, and a detail entered by hand.
    /// A list of terms, and an incident of which one paper copies another.
    fn searched(&mut self) {
        let casebook = crate::searching::casebook();
        let terms = casebook.file("terms.txt", "river\n");
        let found = casebook.json(&["search", "--terms", arg(&terms)]);
        self.note("term found", &found);
        self.inside("`search`", &found, "documents");
        for incident in casebook.json(&["incidents"]) {
            let shown = casebook.json(&["show", text(&incident, "id"), "--reports"]);
            let reports = self.within("reports", shown, "reports");
            let origins = self.within("report", reports, "origins");
            self.inside("report", &origins, "copies");
        }
    }

    /// An incident of which two papers say different things.
    fn history(&mut self) {
        let casebook = Casebook::new();
        let (incident, ..) = two_papers(&casebook);
        let shown = casebook.json(&["show", &incident, "--history"]);
        self.note("`show` of a record", &shown);
        let history = self.within("history", shown, "history");
        let values = self.within("history of a value", history, "values");
        let steps: Vec<Json> =
            values.iter().flat_map(|one| one["steps"].as_array().unwrap().clone()).collect();
        self.inside("held then", &steps, "held");
    }

    /// Two coders, who answer one question each in relation to somebody too.
    fn coding(&mut self) {
        let casebook = Casebook::new();
        let (incident, first, _) = two_papers(&casebook);
        let group = casebook.add(&[
            "--work",
            "W",
            "--place",
            "p. 1",
            "--new",
            "group:The Ring",
            "--variable",
            "practice",
            "--value",
            "silence",
        ]);
        for (by, killed) in [("A", "3"), ("B", "4"), ("C", "4")] {
            let who = ["--by", by, "--reason", "as read"];
            let toll = ["judge", "code", &incident, "killed", killed, "--rests-on", &first];
            casebook.ok(&[&toll[..], &who[..]].concat());
            let hand =
                ["judge", "code", &incident, "involvement.trained", "yes", "--party", &group.1];
            casebook.ok(&[&hand[..], &who[..]].concat());
        }
        self.note("`coding sheet`", &casebook.json(&["coding", "sheet", "--by", "A"]));
        let asked = casebook.json(&["coding", "show", &incident, "--by", "A"]);
        self.note("`coding show`", &asked);
        let questions = self.within("question", asked, "questions");
        self.inside("own answer", &questions, "coded");
        let settle = ["--by", "E", "--reason", "r"];
        let take = ["coding", "adjudicate", &incident, "killed", "--take", "A"];
        let found = "`coding adjudicate`, `coding adopt`";
        self.note(found, &casebook.json(&[&take[..], &settle[..]].concat()));
        self.note(found, &casebook.json(&[&["coding", "adopt"], &settle[..]].concat()));
        let fields = casebook.json(&["coding", "compare"]);
        self.note("`coding compare`", &fields);
        self.inside("answer", &fields, "codings");
        self.inside("answer", &fields, "found");
        let agreement = casebook.json(&["coding", "agreement"]);
        self.note("`coding agreement`", &agreement);
        self.inside("coefficient", &agreement, "alpha");
        let pairs: Vec<Json> =
            agreement.iter().flat_map(|one| one["pairs"].as_array().unwrap().clone()).collect();
        assert_eq!(pairs.len(), 6, "three coders, two questions");
        let plot = throughline_formats::codebooks::SHIPPED[0].1;
        let file = casebook.file(
            "plot.toml",
            plot.replace(
                "version = 1",
                "version = 2\n[[change]]\nversion = 2\nrecode = 'killed'\nbecause = 'b'",
            ),
        );
        self.note("`codebook --adopt`", &casebook.json(&["codebook", arg(&file), "--adopt"]));
        let again = casebook.json(&["codebook", "--recode"]);
        let judged = casebook.json(&["judgments"]);
        let more = |row: &Json| {
            let mut row = row.as_object().unwrap().clone();
            row.retain(|name, _| {
                judged[0].get(name).is_none() && name != "supersedes" && name != "cites"
            });
            Json::Object(row)
        };
        self.note("`codebook --recode`", &again.iter().map(more).collect::<Vec<_>>());
    }

    fn claims(&mut self) {
        let casebook = Casebook::new();
        let (claim, group) = crate::claiming::bridge(&casebook);
        crate::claiming::detail(&casebook, &claim, "the kitchen knife");
        let claims = casebook.json(&["show", &claim]);
        let assessed = self.within("assessment", claims, "claim");
        let features = self.within("feature", assessed.clone(), "features");
        self.within("detail", features.clone(), "details");
        self.within("pointer", features, "points");
        let record = self.within("claimant's record", assessed, "claimant");
        self.within("claimant's record", casebook.json(&["show", &group]), "claims");
        self.within("claimed", record.clone(), "claims");
        self.within("outcomes", record, "lenient");
    }
}

const LISTS: &[&str] =
    &["incidents", "people", "groups", "claims", "sets", "outlets", "channels", "places"];

#[test]
fn every_field_that_is_printed_is_documented_and_the_other_way_round() {
    let casebook = Casebook::new();
    let mut printed = Printed::default();
    let lists =
        "`incidents`, `people`, `groups`, `claims`, `sets`, `outlets`, `channels`, `places`";
    let said = "`assertions` and `show` of an assertion";

    // Everything that can be in a casebook comes from one with every field set.
    let article = casebook.file("a.jsonl", serde_json::json!({
        "source": "The Lamp", "title": "A fire", "byline": "Ada Marsh", "published": "2016-05-14",
        "url": "https://lamp.example/1", "language": "en",
        "text": "A mill burned at Ostby last Friday. Odo Lind, perhaps, lit it.",
    }).to_string());
    let read = casebook.json(&["read", arg(&article)]);
    printed.note("`read`", &read);
    printed.inside("document taken in", &read, "documents");
    casebook.file("page/a.css", "p { margin: 0 }");
    casebook.file("page/a.xyz", "\0");
    let page = casebook.json(&["read", arg(&casebook.at("page"))]);
    printed.inside("passed over", &page, "passed_over");
    printed.inside("failure", &page, "unread");
    let bad = casebook.run(&["read", "none.txt", "--json"]);
    let bad: Vec<Json> = serde_json::from_str(&bad.out).unwrap();
    printed.inside("failure", &bad, "failed");

    let (incident, first, second) = two_papers(&casebook);
    let documents = casebook.json(&["documents"]);
    printed.note("`documents`", &documents);
    let id = text(&documents[0], "id");
    let add = [
        "add",
        "--by",
        "B",
        "--document",
        id,
        "--words",
        "Three people",
        "--new",
        "incident:x",
        "--variable",
        "involvement.gave-money",
        "--value",
        "yes",
        "--party",
        "group:The Ring",
    ];
    printed.note("`add`", &casebook.json(&add));
    casebook.judge(&["find", &incident, "wounded", "2", "--cites", id]);
    let found = casebook.judge(&["find", &incident, "stage", "executed"]);
    printed
        .note("`judge`", &casebook.json(&["judge", "undo", &found, "--by", "B", "--reason", "r"]));
    let judgments = casebook.json(&["judgments"]);
    printed.note("`judgments` and `show` of a judgment", &judgments);
    printed.note("`judgments` and `show` of a judgment", &casebook.json(&["show", &found]));

    // A reading with everything that a reader can say, whatever today's reader says.
    let lines = everything(&documents[0], &first);
    let file = casebook.file("import.jsonl", lines);
    printed.note("`import`", &casebook.json(&["import", "assertions", arg(&file), "--by", "C"]));
    for list in LISTS {
        printed.note(lists, &casebook.json(&[list]));
    }
    let incidents = casebook.json(&["incidents"]);
    let all: Vec<Json> =
        incidents.iter().flat_map(|row| casebook.json(&["show", text(row, "id")])).collect();
    printed.inside("value", &all, "values");
    printed.inside("value", &incidents, "values");
    printed.inside("join", &all, "joins");
    printed.inside("rest", &all, "left_out");
    printed.inside("hand", &all, "involvement");
    let hands = all.iter().flat_map(|row| row["involvement"].as_array().unwrap().clone());
    let standings = printed.within("standing", hands.collect(), "standings");
    let graded = printed.within("graded", standings.clone(), "lenient");
    printed.within("class", graded, "classes");
    printed.within("change", standings, "changes");
    let values: Vec<Json> =
        all.iter().flat_map(|row| row["values"].as_array().unwrap().clone()).collect();
    printed.inside("mention", &values, "party");

    let shown: Vec<Json> = ["people", "incidents"]
        .iter()
        .flat_map(|list| casebook.json(&[list]))
        .flat_map(|row| casebook.json(&["show", text(&row, "id")]))
        .collect();
    printed.note("`show` of a record", &shown);
    printed.inside("note", &shown, "notes");
    printed.inside(said, &shown, "evidence");
    let assertions = casebook.json(&["assertions"]);
    printed.note(said, &assertions);
    printed.note(said, &casebook.json(&["show", &second]));
    printed.inside("speaker", &assertions, "speakers");
    casebook.judge(&[
        "undo",
        text(judgments.iter().find(|one| one["act"]["accept"] == first.as_str()).unwrap(), "id"),
    ]);
    casebook.judge(&["reject", &first]);
    printed.note(said, &casebook.json(&["show", &first]));

    printed.spread();
    printed.connections();
    printed.claims();
    printed.beside();
    printed.coding();
    printed.history();
    printed.searched();
    let codebook = casebook.json(&["codebook"]);
    printed.note("`codebook`", &codebook);
    printed.inside("coded variable", &codebook, "variables");
    let set = casebook.json(&["codebook", "plover"]);
    printed.note("`codebook` of a set of columns", &set);
    let scale = casebook.json(&["codebook", "icd-203"]);
    printed.note("`codebook` of a scale of likelihood", &scale);
    let shown = casebook.json(&["show", id]);
    printed.note("`show` of a document", &shown);
    printed.inside("zone", &shown, "zones");
    let other = Casebook::new();
    let dated = other.store("dated.txt", crate::support::FIRST);
    other.judge(&["dated", &dated, "2016-06"]);
    printed.inside("dating", &other.json(&["show", &dated]), "dated");
    printed.inside("note", &shown, "notes");
    printed.note("`serve`", &Served::start(&casebook).said);
    printed.note("`search`", &casebook.json(&["search", "mill"]));
    printed.note(
        "`export`, where `--out` names a file",
        &casebook.json(&["export", "map", "--out", "m.toml"]),
    );
    printed.note("`draw`", &casebook.json(&["draw", "network"]));
    printed.counts(&casebook);
    let bench = crate::training::bench(&casebook);
    let gold = bench.join("names/dev.jsonl");
    printed.note("`eval`", &casebook.json(&["eval", "names", "--gold", arg(&gold)]));
    casebook.file("one.index.jsonl", r#"{"id": "p", "name": "Ada Marl"}"#);
    casebook.file("one.queries.jsonl", r#"{"id": "q", "query": "A. Marl"}"#);
    let gold = casebook.file("one.gold.jsonl", r#"{"id": "q", "person": "p"}"#);
    printed.note("`eval`", &casebook.json(&["eval", "same-name-alias", "--gold", arg(&gold)]));
    casebook.file(
        "docs.jsonl",
        r#"{"id": "a", "title": "A mill burned", "text": "It burned at Ostby."}"#,
    );
    let gold = casebook.file("gold.jsonl", r#"{"id": "a", "incident": "1"}"#);
    printed.note("`eval`", &casebook.json(&["eval", "same-incident", "--gold", arg(&gold)]));
    casebook.file("places.docs.jsonl", r#"{"id": "a", "text": "Paris, Texas, burned."}"#);
    let gold = r#"{"doc": "a", "start": 0, "end": 5, "lat": 33.66, "lon": -95.56}"#;
    let gold = casebook.file("places.gold.jsonl", gold);
    printed.note("`eval`", &casebook.json(&["eval", "places", "--gold", arg(&gold), "--given"]));
    printed.placed();
    printed.doubtful();
    let train = ["train", "clusters", "--bench", arg(&bench), "--models", "."];
    printed.note("`train`", &casebook.json(&train));
    printed.note("`head`", &casebook.json(&["head"]));
    printed.note("`verify`", &casebook.json(&["verify"]));
    let care = "`rebuild`, `backup` and `forget`";
    printed.note(care, &casebook.json(&["rebuild"]));
    printed.note(care, &casebook.json(&["backup", "copy.casebook"]));
    printed.note(care, &casebook.json(&["forget", id, "--by", "B", "--reason", "r"]));
    let removed = casebook.json(&["show", id]);
    printed.note("`show` of a document", &removed);
    printed.inside("removal", &removed, "removed");

    // Pages say "all fields of …, and": what is printed there too is given there.
    let mut documented = documented();
    for (section, base) in [
        ("`show` of a record", lists),
        ("`show` of a document", "`documents`"),
        ("`verify`", "`head`"),
    ] {
        let base = documented[base].clone();
        documented.get_mut(section).unwrap().extend(base);
    }
    for (section, fields) in &printed.0 {
        let wanted = documented.get(section).unwrap_or_else(|| panic!("no section {section}"));
        assert_eq!(fields, wanted, "{section}");
    }
    let unprinted: Vec<&String> =
        documented.keys().filter(|section| !printed.0.contains_key(*section)).collect();
    assert!(unprinted.is_empty(), "{unprinted:?}");
}

/// Lines with every field of an assertion, a speaker and a note.
fn everything(document: &Json, first: &str) -> String {
    use throughline_formats::lines::{Line, write};
    use throughline_model::{
        Assertion, AssertionId, Mention, Note, NoteKind, Passage, Span, Speaker, Stance,
        SubjectKind, Value, Variable, Voice, ZoneRole,
    };
    let document = text(document, "id").parse().unwrap();
    let at = |start, end| Passage::Text(Span::new(start, end));
    let man = Mention::new(SubjectKind::Person, document, at(4, 9), "Odo Lind");
    let group = Mention::new(SubjectKind::Group, document, at(10, 14), "Red Lamp");
    let speaker = |voice, cue| Speaker { voice, stance: Stance::Hedged, cue };
    let said = Assertion {
        id: AssertionId::from_bits(0),
        document,
        passage: at(0, 20),
        zone: ZoneRole::Headline,
        speakers: vec![
            speaker(Voice::Document, None),
            speaker(Voice::Mention(group.id), Some(Span::new(1, 3))),
        ],
        subject: man.id,
        variable: Variable::Role,
        party: Some(group.id),
        value: Value::Term("suspect".into()),
        obtained: Some("in court".into()),
        repeats: Some(first.parse().unwrap()),
        certainty: 80,
    }
    .sealed();
    let note = Note {
        span: Span::new(0, 5),
        assertion: Some(said.id),
        kind: NoteKind::Discrepancy,
        text: "the body says less".into(),
    };
    let lines = [
        Line::Mention(man, None),
        Line::Mention(group, None),
        Line::Assertion(said, None),
        Line::Note(document, note, None),
    ];
    lines.iter().map(write).collect::<Vec<_>>().join("\n")
}
