//! Weights trained on a small made-up bench, and scores against small made-up gold data.

use std::fs;
use std::path::PathBuf;

use serde_json::json;

use crate::support::{Casebook, arg, text};

/// A bench with every file that training asks for.
pub(crate) fn bench(casebook: &Casebook) -> PathBuf {
    let sentences = [
        "Ada Marl left Ostby on Friday.",
        "Odo Lind met Ada Marl in Zarov.",
        "The Red Lamp moved from Zarov to Ostby.",
    ];
    let names = [
        ("Ada Marl", "PER"),
        ("Odo Lind", "PER"),
        ("Red Lamp", "ORG"),
        ("Zarov", "LOC"),
        ("Ostby", "LOC"),
    ];
    let records: Vec<String> = sentences
        .iter()
        .enumerate()
        .map(|(at, text)| {
            let found = names.iter().filter_map(|(name, kind)| Some((text.find(name)?, name, kind)));
            let entities: Vec<_> = found
                .map(|(start, name, kind)| json!({"start": start, "end": start + name.len(), "type": kind}))
                .collect();
            json!({"docid": format!("made/{at}"), "source": "made", "text": text, "entities": entities})
                .to_string()
        })
        .collect();
    let records = records.join("\n");
    let tagged = "# sent_id = made-1\n\
        1\tAda\t_\tPROPN\t_\t_\t2\tnsubj\t_\t_\n\
        2\tleft\t_\tVERB\t_\t_\t0\troot\t_\t_\n\
        3\tOstby\t_\tPROPN\t_\t_\t2\tobj\t_\tSpaceAfter=No\n\
        4\t.\t_\tPUNCT\t_\t_\t2\tpunct\t_\t_\n\n\
        # sent_id = made-2\n\
        1\tGunmen\t_\tNOUN\t_\t_\t2\tnsubj\t_\t_\n\
        2\tbombed\t_\tVERB\t_\t_\t0\troot\t_\t_\n\
        3\tthe\t_\tDET\t_\t_\t4\tdet\t_\t_\n\
        4\tbank\t_\tNOUN\t_\t_\t2\tobj\t_\t_\n\
        5\tin\t_\tADP\t_\t_\t6\tcase\t_\t_\n\
        6\tZarov\t_\tPROPN\t_\t_\t2\tobl\t_\tSpaceAfter=No\n\
        7\t.\t_\tPUNCT\t_\t_\t2\tpunct\t_\t_\n\n";
    for part in ["train", "dev"] {
        casebook.file(&format!("bench/names/{part}.jsonl"), &records);
        casebook.file(&format!("bench/syntax/{part}.conllu"), tagged);
    }
    // Some features must occur twice to get weights.
    let article = |name: &str| {
        let text = "Police said the bank was open. They left. They met.";
        let said = json!({"source": [[0, 6]], "cue": [[7, 11]], "content": [[12, 29]]});
        json!({"docid": name, "text": text, "attributions": [said]}).to_string()
    };
    let articles = [article("a"), article("b")].join("\n");
    let report = |number: usize, text: &str, kind: Option<&str>| {
        let roles = json!({"PerpInd": [["gunmen"]], "Target": [["the bank", "bank"]]});
        let mut gtt = roles.clone();
        gtt["incident_type"] = json!(kind);
        let filler = |text: &str| json!([{"alts": [text]}]);
        let filled = json!({
            "type": filler("BOMBING"),
            "stage": filler("ACCOMPLISHED"),
            "perp_individual": filler("GUNMEN"),
            "phys_id": filler("BANK"),
            "phys_type": [{"alts": ["FINANCIAL"], "ref": ["BANK"]}],
        });
        json!({
            "docid": format!("report-{number}"),
            "text": text,
            "templates": if kind.is_some() { json!([filled]) } else { json!([]) },
            "gtt": if kind.is_some() { json!([gtt]) } else { json!([]) },
            "ree": if kind.is_some() { roles } else { json!({}) },
        })
        .to_string()
    };
    let reports: Vec<String> = (0..20)
        .map(|number| match number % 2 {
            0 => report(number, "Gunmen bombed the bank in Zarov.", Some("bombing")),
            _ => report(number, "The council met in Ostby.", None),
        })
        .collect();
    for part in ["train", "dev"] {
        casebook.file(&format!("bench/incidents/{part}.jsonl"), reports.join("\n"));
    }
    for part in ["train", "dev"] {
        casebook.file(&format!("bench/attribution/{part}.jsonl"), &articles);
    }
    casebook.file(
        "bench/same-incident/ecb/docs.train.jsonl",
        json!({"sentences": [["They", "left", "."], ["They", "met", "."]]}).to_string(),
    );
    let negated = |name: &str| {
        let negation = json!({"cue": [[2, "not"]], "scope": [[0, "They"], [3, "leave"]]});
        let tokens = ["They", "did", "not", "leave", "."];
        json!({"sentid": name, "tokens": tokens, "negations": [negation]}).to_string()
    };
    let told = |name: &str| {
        let (left, planned) = (json!({"token": 1, "score": 3}), json!({"token": 3, "score": -1}));
        let tokens = ["They", "refused", "to", "leave", "."];
        json!({"sentid": name, "tokens": tokens, "events": [left, planned]}).to_string()
    };
    for part in ["train", "dev"] {
        let file = |task: &str| format!("bench/certainty/{task}_{part}.jsonl");
        casebook.file(&file("negation"), [negated("a"), negated("b")].join("\n"));
        casebook.file(&file("factuality"), [told("a"), told("b")].join("\n"));
    }
    let (mut pairs, mut answers) = (Vec::new(), Vec::new());
    for (at, (one, other)) in
        [("Ada Marl", "Marl, Ada"), ("Odo Lind", "O. Lind"), ("Ada Marl", "Odo Lind")]
            .iter()
            .enumerate()
    {
        pairs.push(json!({"id": at.to_string(), "name1": one, "name2": other}).to_string());
        answers.push(json!({"id": at.to_string(), "match": at < 2}).to_string());
    }
    casebook.file("bench/same-name/pairs.jsonl", pairs.join("\n"));
    casebook.file("bench/same-name/pairs.gold.jsonl", answers.join("\n"));
    casebook.at("bench")
}

#[test]
fn each_task_is_trained_on_top_of_the_ones_before_it() {
    let casebook = Casebook::new();
    let bench = bench(&casebook);
    fs::create_dir(casebook.at("models")).unwrap();
    let early = casebook.fails(1, &["train", "names", "--bench", arg(&bench)]);
    assert!(early.contains("clusters.bin"), "{early}");
    let vectors = casebook.file("vectors.txt", "they 1 0\nleft 0.9 0.1\nmet -1 0.2\n");
    let related = ["train", "related", "--bench", arg(&bench)];
    let error = casebook.fails(2, &related);
    assert!(error.contains("--vectors"), "{error}");
    let told = casebook.json(&[&related[..], &["--vectors", arg(&vectors)]].concat());
    assert_eq!(text(&told[0], "made"), "related");
    let card = fs::read_to_string(casebook.at("models/related.md")).unwrap();
    assert!(card.contains("makes 3 words"), "{card}");
    for (task, made) in [
        ("clusters", "clusters"),
        ("syntax", "relations"),
        ("names", "names"),
        ("relevance", "relevance"),
        ("roles", "roles"),
        ("attribution", "voices"),
        ("negation", "negation-scopes"),
        ("certainty", "certainty"),
    ] {
        let told = casebook.json(&["train", task, "--bench", arg(&bench)]);
        assert_eq!(text(&told[0], "made"), made);
        let weights = fs::read(casebook.at(&format!("models/{made}.bin"))).unwrap();
        assert_eq!(told[0]["bytes"], weights.len());
        let card = fs::read_to_string(casebook.at(&format!("models/{made}.md"))).unwrap();
        assert!(card.contains(&format!("throughline train {task} --bench FOLDER")), "{card}");
    }
    // What was learned by heart is read without fault.
    let card = fs::read_to_string(casebook.at("models/names.md")).unwrap();
    assert!(card.contains("made 100.0"), "{card}");
    let card = fs::read_to_string(casebook.at("models/relevance.md")).unwrap();
    assert!(card.contains("Of 20 reports of the dev part 20 have the right kind"), "{card}");
    let card = fs::read_to_string(casebook.at("models/roles.md")).unwrap();
    assert!(card.contains("all 100.00"), "{card}");
    assert!(card.contains("Templates of type and roles 100.00"), "{card}");
    let card = fs::read_to_string(casebook.at("models/cues.md")).unwrap();
    assert!(card.contains("source 100.0") && card.contains("content 100.0"), "{card}");
    let card = fs::read_to_string(casebook.at("models/negation-cues.md")).unwrap();
    assert!(card.contains("scope_exact 100.0"), "{card}");
    let card = fs::read_to_string(casebook.at("models/certainty.md")).unwrap();
    assert!(card.contains("no fact 100.0"), "{card}");
}

#[test]
fn who_says_what_how_firmly_and_what_is_denied_are_scored() {
    let casebook = Casebook::new();
    let bench = bench(&casebook);
    let figure = |task: &str, file: &str, name: &str, field: &str| {
        let gold = bench.join(file);
        let args = ["eval", task, "--gold", arg(&gold), "--predictions", "read.jsonl"];
        let rows = casebook.json(&args);
        let row = rows.iter().find(|row| row["name"] == name).unwrap();
        row[field].clone()
    };
    let articles = "attribution/dev.jsonl";
    assert_eq!(figure("attribution", articles, "source_exact", "f1"), 100.0);
    let right = "source right where the content was found";
    assert_eq!(figure("attribution", articles, right, "f1"), 100.0);
    let read = fs::read_to_string(casebook.at("read.jsonl")).unwrap();
    assert!(read.contains("\"cue\":[[7,11]]"), "{read}");
    let unit = json!({"unit": "u", "tokens": ["Police", "said", "it", "was", "open", "."],
        "labels": ["B-source", "B-cue", "B-content", "I-content", "I-content", "O"]});
    casebook.file("bench/units.jsonl", unit.to_string());
    assert_eq!(figure("attribution", "units.jsonl", "cue_exact", "f1"), 100.0);
    assert_eq!(figure("attribution", "units.jsonl", "content_token", "gold"), 3);

    let events = "certainty/factuality_dev.jsonl";
    assert_eq!(figure("certainty", events, "not_fact", "gold"), 2);
    assert_eq!(figure("certainty", events, "not_fact", "right"), 2);
    let sentences = "certainty/negation_dev.jsonl";
    assert_eq!(figure("negation", sentences, "cue", "f1"), 100.0);
    let read = fs::read_to_string(casebook.at("read.jsonl")).unwrap();
    assert!(read.contains("\"cue\":[2]"), "{read}");
}

#[test]
fn the_reader_is_scored_and_what_it_read_is_written_in_the_format_of_the_gold() {
    let casebook = Casebook::new();
    let bench = bench(&casebook);
    let gold = bench.join("names/dev.jsonl");
    let score = |more: &[&str]| {
        let mut args = vec!["eval", "names", "--gold", arg(&gold)];
        args.extend(more);
        casebook.json(&args)
    };
    let rows = score(&["--predictions", "read.jsonl"]);
    let overall = rows.iter().find(|row| row["name"] == "overall").unwrap();
    assert_eq!(overall["gold"], 8);
    let read = fs::read_to_string(casebook.at("read.jsonl")).unwrap();
    assert_eq!(read.lines().count(), 3);
    let predicted: usize = read.lines().map(|line| line.matches("\"start\"").count()).sum();
    assert_eq!(overall["predicted"], predicted);
    assert_ne!(score(&["--written", "lower"]), rows, "capitals tell names");
    let tags = bench.join("syntax/dev.conllu");
    let out =
        casebook.ok(&["eval", "syntax", "--gold", arg(&tags), "--predictions", "read.conllu"]);
    assert!(out.contains("upos") && out.contains("las"), "{out}");
    let read = fs::read_to_string(casebook.at("read.conllu")).unwrap();
    assert_eq!(read.lines().filter(|line| line.split('\t').count() == 10).count(), 11);
}

#[test]
fn dates_casualties_and_incidents_are_scored() {
    let casebook = Casebook::new();
    let bench = bench(&casebook);
    let figure = |args: &[&str], name: &str, field: &str| {
        let rows = casebook.json(args);
        let row = rows.iter().find(|row| row["name"] == name).unwrap();
        row[field].clone()
    };
    let day = json!({"docid": "a", "dct": "2017-03-24", "text": "He left on Wednesday.",
        "timexes": [{"start": 11, "end": 20, "type": "DATE", "value": "2017-03-22"}]});
    let dates = casebook.file("days.jsonl", day.to_string());
    let args = ["eval", "dates", "--gold", arg(&dates), "--predictions", "read.jsonl"];
    assert_eq!(figure(&args, "value", "f1"), 100.0);
    let read = fs::read_to_string(casebook.at("read.jsonl")).unwrap();
    assert!(read.contains("\"value\":\"2017-03-22\""), "{read}");

    let toll = json!({"id": "a", "incident": "x", "killed": 1, "injured": 2,
        "names": ["Ada Marl"], "in_text": ["Ada Marl"]});
    let gold = casebook.file("tolls/gold.jsonl", toll.to_string());
    let early = casebook.fails(1, &["eval", "casualties", "--gold", arg(&gold)]);
    assert!(early.contains("docs.jsonl"), "{early}");
    let text = "Three people were shot in Zarov. Ada Marl, 22, died. Two were wounded.";
    let report = json!({"id": "a", "title": "A shooting", "published": "2017-03-24", "text": text});
    casebook.file("tolls/docs.jsonl", report.to_string());
    let args = ["eval", "casualties", "--gold", arg(&gold)];
    assert_eq!(figure(&args, "documents: both exact", "f1"), 100.0);
    assert_eq!(figure(&args, "documents: names, F1", "f1"), 100.0);

    let gold = bench.join("incidents/dev.jsonl");
    let args = ["eval", "incidents", "--gold", arg(&gold), "--predictions", "told.jsonl"];
    assert_eq!(figure(&args, "gtt PerpInd", "gold"), 10);
    let told = fs::read_to_string(casebook.at("told.jsonl")).unwrap();
    assert_eq!(told.lines().count(), 20);
}

#[test]
fn gold_that_cannot_be_used_is_named_with_its_line() {
    let casebook = Casebook::new();
    let gold = casebook.file("gold.jsonl", "{\"docid\": \"a\"}\nno json\n");
    let error = casebook.fails(1, &["eval", "names", "--gold", arg(&gold)]);
    assert!(error.contains("gold.jsonl") && error.contains("line 2"), "{error}");
    let error =
        casebook.fails(1, &["train", "syntax", "--bench", "nowhere", "--models", "nowhere"]);
    assert!(error.contains("clusters.bin"), "{error}");
}

/// An id, two names, and whether they are one person's.
type Pair = (&'static str, &'static str, &'static str, bool);

#[test]
fn names_are_scored_and_told_whose_they_are() {
    let casebook = Casebook::new();
    let pairs: [Pair; 3] = [
        ("a", "Ada Marl", "MARL, Ada", true),
        ("b", "Ada Marl", "Odo Lind", false),
        ("c", "Yusuf Khalifa", "يوسف خليفة", true),
    ];
    let lines = |line: &dyn Fn(&Pair) -> serde_json::Value| {
        pairs.iter().map(|pair| line(pair).to_string()).collect::<Vec<_>>().join("\n")
    };
    casebook.file(
        "pairs.jsonl",
        lines(&|(id, one, other, _)| json!({"id": id, "name1": one, "name2": other})),
    );
    let gold = casebook.file(
        "pairs.gold.jsonl",
        lines(&|(id, _, _, same)| json!({"id": id, "match": same, "schema": "Person"})),
    );
    let rows = casebook.json(&["eval", "same-name", "--gold", arg(&gold), "--predictions", "p"]);
    assert_eq!((text(&rows[0], "name"), &rows[0]["f1"]), ("overall", &json!(100.0)));
    assert_eq!(rows[0]["auc"], json!(100.0));
    assert_eq!(fs::read_to_string(casebook.at("p")).unwrap().lines().count(), 3);

    let person = |(id, name): (&str, &str)| json!({"id": id, "name": name}).to_string();
    let people = [("p1", "Ada Marl"), ("p2", "Yusuf Khalifa"), ("p3", "Odo Lind")].map(person);
    casebook.file("alias.index.jsonl", people.join("\n"));
    casebook.file("alias.queries.jsonl", json!({"id": "q", "query": "Khalifah"}).to_string());
    let answer = json!({"id": "q", "person": "p2", "kind": "alias", "quality": "good"});
    let gold = casebook.file("alias.gold.jsonl", answer.to_string());
    let rows = casebook.json(&["eval", "same-name-alias", "--gold", arg(&gold)]);
    assert_eq!(rows[0]["name"], "alias/good");
    assert_eq!(rows[1]["mrr"], json!(100.0));

    let alone = casebook.file("alone.jsonl", "");
    let error = casebook.fails(1, &["eval", "same-name", "--gold", arg(&alone)]);
    assert!(error.contains("must have \"gold\" in it"), "{error}");
    let error =
        casebook.fails(1, &["eval", "same-name", "--gold", arg(&gold), "--written", "upper"]);
    assert!(error.contains("--written is for"), "{error}");
}

#[test]
fn weights_for_names_are_trained_and_carry_their_card() {
    let casebook = Casebook::new();
    let bench = bench(&casebook);
    fs::create_dir(casebook.at("models")).unwrap();
    let told = casebook.json(&["train", "same-name", "--bench", arg(&bench)]);
    assert_eq!(text(&told[0], "made"), "same-name");
    let weights = fs::read_to_string(casebook.at("models/same-name.tsv")).unwrap();
    assert!(weights.starts_with("bias\t") && weights.contains("\nconflict\t"), "{weights}");
    let card = fs::read_to_string(casebook.at("models/same-name.md")).unwrap();
    assert!(card.contains("cross-validation"), "{card}");
}

#[test]
fn places_are_found_put_on_the_map_and_scored() {
    let casebook = Casebook::new();
    let docs = r#"{"id": "a", "source": "", "text": "A mill at Paris, Texas, burned."}"#;
    let docs = casebook.file("texts.jsonl", docs);
    let gold = casebook.file(
        "gold.jsonl",
        "{\"doc\": \"a\", \"start\": 10, \"end\": 15, \"lat\": 33.66, \"lon\": -95.56}\n\
         {\"doc\": \"a\", \"start\": 17, \"end\": 22, \"lat\": null, \"lon\": null}\n",
    );
    let args = ["eval", "places", "--gold", arg(&gold), "--texts", arg(&docs), "--given"];
    let rows = casebook.json(&[&args[..], &["--predictions", "put.jsonl"]].concat());
    let value = |name: &str| {
        let row = rows.iter().find(|row| row["name"] == name);
        row.unwrap()["value"].clone()
    };
    assert_eq!((value("toponyms"), value("with_coordinates")), (2.into(), 1.into()));
    assert_eq!(value("acc161_all"), 1.0);
    let put = fs::read_to_string(casebook.at("put.jsonl")).unwrap();
    assert!(put.contains("\"geonameid\":4717560"), "{put}");
    let shown = casebook.ok(&args);
    assert!(shown.contains("Contains data from GeoNames, CC BY 4.0"), "{shown}");
    let error = casebook.fails(1, &["eval", "places", "--gold", arg(&gold)]);
    assert!(error.contains("docs.jsonl") && error.contains("--texts"), "{error}");
}
