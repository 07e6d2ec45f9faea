//! What leaves the casebook by default names nobody who is protected.

use proptest::prelude::*;
use serde_json::Value as Json;

use crate::support::{Casebook, arg};

/// A casebook in which every way to write a name occurs: headline, byline, address, source, several
/// documents, quotations, values, speakers, groups and places called after somebody, cited works,
/// reasons of judgments.
fn casebook(given: &str, family: &str) -> Casebook {
    let casebook = Casebook::new();
    let name = format!("{given} {family}");
    let slug = format!("{given}-{family}").to_lowercase();
    let loud = family.to_uppercase();
    let lines = [
        serde_json::json!({
            "source": "The Ferry Post", "title": format!("{loud} HELD OVER LENN"),
            "byline": "Ada Marsh", "published": "2016-05-12",
            "url": format!("https://ferry.example/2016/{slug}"),
            "text": format!(
                "{name} was arrested at Lenn. “I know {family},” said a neighbour. The {family} \
                 gang denied it. Nobody saw {given} on {family} Street."
            ),
        }),
        serde_json::json!({
            "source": format!("{family} Family Newsletter"), "published": "2016-05-13",
            "text": format!("The police of Lenn named {name} as the gunman. {family}’s son, 9, hid."),
        }),
        serde_json::json!({
            "source": "The Evening Lamp", "title": "A fire", "published": "2016-05-14",
            "text": format!("Minister Ilka Brandt spoke of {name}. A mill burned at Ostby."),
        }),
    ];
    let lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
    let file = casebook.file("in.jsonl", lines.join("\n"));
    casebook.ok(&["read", "--capture-only", arg(&file)]);
    let documents: Vec<String> = casebook
        .json(&["documents"])
        .iter()
        .map(|row| row["id"].as_str().unwrap().to_owned())
        .collect();
    let add = |document: usize, words: &str, rest: &[&str]| {
        let mut all = vec!["--document", &documents[document], "--words", words];
        all.extend(rest);
        casebook.add(&all)
    };
    let person = format!("person:{name}");
    let arrest = format!("{name} was arrested at Lenn.");
    let (accused, man) =
        add(0, &arrest, &["--new", &person, "--variable", "procedure", "--value", "arrested"]);
    let said = format!("“I know {family},” said a neighbour.");
    add(
        0,
        &said,
        &[
            "--subject",
            &man,
            "--variable",
            "statement",
            "--value",
            &format!("I know {family}"),
            "--speaker",
            &format!("{family}’s neighbour"),
        ],
    );
    let gang = format!("The {family} gang denied it.");
    add(
        0,
        &gang,
        &[
            "--new",
            &format!("group:the {family} gang"),
            "--variable",
            "practice",
            "--value",
            "denies",
        ],
    );
    let street = format!("Nobody saw {given} on {family} Street.");
    add(
        0,
        &street,
        &[
            "--new",
            &format!("incident:the shooting on {family} Street"),
            "--variable",
            "place",
            "--value",
            &format!("place:{family} Street"),
        ],
    );
    let named = format!("The police of Lenn named {name} as the gunman.");
    let (_, incident) = add(
        1,
        &named,
        &[
            "--new",
            "incident:the shooting at Lenn",
            "--variable",
            "perpetrator",
            "--value",
            &person,
            "--speaker",
            "the police of Lenn",
        ],
    );
    let fire = "A mill burned at Ostby.";
    let (_, fire) = add(
        2,
        fire,
        &["--new", "incident:the fire at Ostby", "--variable", "target", "--value", "a mill"],
    );
    casebook.add(&[
        "--work",
        &format!("A. Marsh, The {name} Trial, 2019"),
        "--place",
        &format!("p. 3, {family}"),
        "--new",
        &person,
        "--variable",
        "role",
        "--value",
        "suspect",
    ]);
    casebook.ok(&[
        "judge",
        "find",
        &incident,
        "target",
        &format!("the {family} mill"),
        "--by",
        "R. Coder",
        "--reason",
        &format!("{family} said so"),
    ]);
    casebook.judge(&["find", &fire, "killed", "0"]);
    let _ = accused;
    casebook
}

/// All that the default exports give, without the moments at which somebody judged.
fn exports(casebook: &Casebook) -> String {
    let lines = casebook.ok(&["export", "assertions"]);
    let mut all: Vec<String> = lines
        .lines()
        .map(|line| {
            let mut line: Json = serde_json::from_str(line).unwrap();
            if let Some(judgment) = line["judgment"].as_object_mut() {
                judgment.remove("made");
            }
            line.to_string()
        })
        .collect();
    all.push(casebook.ok(&["export", "table"]));
    all.push(casebook.ok(&["export", "table", "--as-of", "2016-05-13"]));
    all.push(pictures(casebook));
    all.join("\n")
}

/// All that pictures give by default, of everything and of one incident.
fn pictures(casebook: &Casebook) -> String {
    let incidents = casebook.json(&["incidents"]);
    let incident = incidents.iter().find(|row| row["name"] == "the shooting at Lenn").unwrap();
    drawn(casebook, incident["id"].as_str().unwrap())
}

/// Pictures and their tables, without the state of the casebook, which covers all of it.
fn drawn(casebook: &Casebook, id: &str) -> String {
    let mut all = String::new();
    for what in ["map", "network", "timeline", "toll"] {
        for rest in [&[][..], &[id][..], &["--as-of", "2016-05-13"][..]] {
            let command = [&["draw", what][..], rest].concat();
            all.push_str(&casebook.ok(&command));
            let table = &casebook.json(&command)[0];
            all.push_str(&format!("{}{}{}", table["title"], table["header"], table["rows"]));
        }
    }
    let mut rest = all.as_str();
    let mut kept = String::new();
    while let Some((before, after)) = rest.split_once("State: content ") {
        kept.push_str(before);
        rest = after.split_once("; throughline").unwrap().1;
    }
    kept + rest
}

fn name() -> impl Strategy<Value = (String, String)> {
    // Names that are no words of the texts above, short and long.
    ("[QXZ][qxzj]{1,9}", "[JV][qxzj]{2,11}")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3, ..ProptestConfig::default() })]

    #[test]
    fn casebooks_that_differ_only_in_a_protected_name_export_the_same(
        one in name(),
        other in name(),
    ) {
        let (first, second) = (exports(&casebook(&one.0, &one.1)), exports(&casebook(&other.0, &other.1)));
        prop_assert_eq!(&first, &second);
        for word in [&one.0, &one.1, &other.0, &other.1] {
            prop_assert!(!first.to_lowercase().contains(&word.to_lowercase()), "{word} in {first}");
        }
    }
}

/// A letter with something attached, and a private group, by somebody of this name.
fn correspondence(given: &str, family: &str) -> Casebook {
    let casebook = Casebook::new();
    let mail = format!("{given}.{family}87@mail.example").to_lowercase();
    casebook.file(
        "letter.eml",
        format!(
            "From: \"{given} {family}\" <{mail}>\r\nTo: desk@lamp.example\r\n\
             Subject: What {family} saw ({mail})\r\nDate: Wed, 4 May 2016 09:00:00 +0000\r\n\
             Message-ID: <{mail}>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
             --b\r\nContent-Type: text/plain\r\n\r\n\
             A bomb killed two people at Ostby on Tuesday. Write to {mail}.\r\n\r\n\
             Yours, {given}\r\n\
             --b\r\nContent-Type: text/plain; name=a.txt\r\n\
             Content-Disposition: attachment; filename=a.txt\r\n\r\n\
             Notes on Ostby\r\n\r\n- By {given} {family}\r\n\r\n4 May 2016\r\n\r\n\
             A bomb killed three people at Ostby.\r\n--b--\r\n"
        ),
    );
    let handle = given.to_lowercase();
    let message = |id: u64, from: &str, text: &str| {
        let time = (1_462_400_000 + 90_000 * id).to_string();
        serde_json::json!({
            "id": id, "type": "message", "date": "2016-05-05T00:00:00", "date_unixtime": time,
            "from": from, "from_id": format!("user{id}"), "text": text,
        })
    };
    let messages = serde_json::json!([
        message(1, &handle, "A bomb killed four people at Ostby on Tuesday."),
        message(2, "Odd Fellow", &format!("I saw it too, {handle}: two were wounded at Ostby.")),
    ]);
    casebook.file(
        "chat/result.json",
        format!(
            r#"{{"name": "{given} and all", "type": "private_group", "id": 5, "messages": {messages}}}"#
        ),
    );
    casebook.ok(&["read", "letter.eml", "chat"]);
    casebook
}

#[test]
fn who_writes_letters_and_in_private_chats_is_named_nowhere() {
    let out = |given: &str, family: &str| {
        let casebook = correspondence(given, family);
        let incidents = casebook.json(&["incidents"]);
        // Equal records come in the order of their ids, which are made of the texts.
        let incident = incidents.iter().find(|row| row.to_string().contains(r#""least":4"#));
        let exports = [
            casebook.ok(&["export", "assertions"]),
            casebook.ok(&["export", "table"]),
            drawn(&casebook, incident.unwrap()["id"].as_str().unwrap()),
        ];
        exports.join("\n")
    };
    let (one, other) = (out("Xqzara", "Vjorlik"), out("Zqom", "Jqell"));
    assert_eq!(one, other);
    let lower = one.to_lowercase();
    for word in ["xqzara", "vjorlik", "mail.example", "odd fellow", "t.me"] {
        assert!(!lower.contains(word), "{word} in {one}");
    }
    for words in [
        r#""medium":"letter""#,
        r#""medium":"chat""#,
        r#""source":"[name withheld]""#,
        r#""title":"What [name withheld] saw ([name withheld])""#,
        "A bomb killed two people at Ostby on Tuesday.",
    ] {
        assert!(one.contains(words), "{words} in {one}");
    }
    let casebook = correspondence("Xqzara", "Vjorlik");
    let document = &casebook.json(&["documents"])[0];
    let page = casebook.ok(&["show", document["id"].as_str().unwrap()]);
    assert!(page.contains("medium    letter") && page.contains("Xqzara Vjorlik"), "{page}");
}

#[test]
fn what_is_not_withheld_stays_readable() {
    let out = exports(&casebook("Karl", "Vossler"));
    for words in [
        "“I know [name withheld],” said a neighbour.",
        "[name withheld] HELD OVER LENN",
        "The police of Lenn named [name withheld] as the gunman.",
        "[name withheld]’s neighbour",
        "the shooting on [name withheld] Street",
        "A. Marsh, The [name withheld] Trial, 2019",
        "[name withheld] said so",
        "A mill burned at Ostby.",
        "the fire at Ostby,,,",
        "<title>person: person 2 (name withheld); ",
        "<title>incident: the shooting on [name withheld] Street; ",
    ] {
        assert!(out.contains(words), "{words} in {out}");
    }
    // Ids, hashes, spans and texts would tell what they are made of.
    for field in
        ["sha256", "doc-", "ast-", "per-", "inc-", "\"span\"", "\"text\":\"Karl", "\"url\""]
    {
        assert!(!out.contains(field), "{field} in {out}");
    }
}

/// A definition of a count that is final, under a name and a title.
fn definition(name: &str, title: &str) -> String {
    format!(
        "name = \"{name}\"\ntitle = \"{title}\"\nunit = \"claim\"\n[of]\nvariable = \"act\"\n\
         is = \"claims\"\n[in]\nvariable = \"details\"\nis = \"none\"\n"
    )
}

#[test]
fn no_citation_names_whoever_a_definition_is_called_after() {
    let casebook = casebook("Karl", "Vossler");
    for (name, title) in [
        ("vossler", "Attacks"),
        ("vosslerbombs", "Attacks"),
        ("bombs", "Attacks of Karl Vossler"),
        ("bombs-2", "attacks of vossler"),
    ] {
        casebook.file("count.toml", definition(name, title));
        casebook.ok(&["count", "count.toml", "--save"]);
        let err = casebook.fails(1, &["count", "count.toml", "--cite"]);
        assert!(err.contains("names somebody whose name is withheld"), "{name}: {err}");
        assert!(!err.to_lowercase().contains("vossler"), "{name}: {err}");
    }
    let file = casebook.file("vossler.toml", definition("fires", "Fires"));
    let err = casebook.fails(1, &["count", arg(&file), "--cite"]);
    assert!(err.contains("or of its file"), "{err}");
    // Kept in the casebook, it is cited by its name, whatever the file was called.
    let cited = casebook.ok(&["count", arg(&file), "--save", "--cite"]);
    assert!(cited.contains("throughline count fires ") && !cited.contains("vossler"), "{cited}");
    let other = casebook.file("other.toml", definition("others", "Others"));
    let run = casebook.run(&["count", arg(&other), "--cite"]);
    assert!(run.code == 0 && run.err.contains("needs the file"), "{}", run.err);
}

#[test]
fn a_picture_names_everybody_only_for_a_purpose_that_is_noted() {
    let casebook = casebook("Karl", "Vossler");
    let all = ["draw", "network", "--full", "--purpose", "a second coder"];
    assert!(casebook.fails(1, &all).contains("--by NAME"));
    let before = casebook.json(&["head"])[0]["entries"].as_u64().unwrap();
    let drawn = casebook.ok(&[&all[..], &["--by", "R. Coder"][..]].concat());
    assert!(drawn.contains("person: Karl Vossler") && !drawn.contains("withheld"), "{drawn}");
    assert_eq!(casebook.json(&["head"])[0]["entries"].as_u64().unwrap(), before + 1);
    let file = casebook.at("net.svg");
    let run = casebook.run(&["draw", "network", "-o", arg(&file), "--table", "net.csv"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert!(run.err.contains("names withheld"), "{}", run.err);
    assert!(std::fs::read_to_string(&file).unwrap().starts_with("<svg "));
    let table = std::fs::read_to_string(casebook.at("net.csv")).unwrap();
    assert!(table.starts_with("id,kind,name") && !table.contains("Vossler"), "{table}");
    // What is there already is not written over.
    for command in [["draw", "network"], ["export", "table"]] {
        let error = casebook.fails(1, &[&command[..], &["-o", arg(&file)]].concat());
        assert!(error.contains("there is a file already") && error.contains("move"), "{error}");
    }
    assert!(casebook.fails(1, &["draw", "toll", "inc-zzzzzz"]).contains("stands in another"));
}

/// The default export of a man on whom this is entered, one statement after the other.
fn named_after(statements: &[(&str, &str, &str)]) -> bool {
    let casebook = Casebook::new();
    let mut subject: Option<String> = None;
    for (at, (variable, value, speaker)) in statements.iter().enumerate() {
        let day = format!("{} May 2016", 10 + at);
        let text = format!("The Lamp\n\nNews {at}\n\n{day}\n\nOdo Lind was spoken of again.\n");
        let document = casebook.store(&format!("{at}.txt"), &text);
        let words = "Odo Lind was spoken of again.";
        let (_, own) = casebook.add(&[
            "--document",
            &document,
            "--words",
            words,
            "--new",
            "person:Odo Lind",
            "--variable",
            variable,
            "--value",
            value,
            "--speaker",
            speaker,
        ]);
        match &subject {
            None => subject = Some(own),
            Some(first) => {
                casebook.judge(&["same", first, &own]);
            }
        }
    }
    casebook.ok(&["export", "assertions"]).contains("Odo Lind")
}

#[test]
fn naming_follows_the_newest_status_known() {
    let convicted = ("procedure", "convicted", "the court of Lenn");
    assert!(named_after(&[("procedure", "charged", "the police"), convicted]));
    assert!(!named_after(&[("procedure", "charged", "the police")]));
    assert!(!named_after(&[convicted, ("procedure", "quashed", "the court of appeal")]));
    assert!(!named_after(&[convicted, ("procedure", "pardoned", "the president")]));
    assert!(!named_after(&[convicted, ("age", "17", "the court of Lenn")]));
    assert!(!named_after(&[
        ("fate", "dead", "the police"),
        ("role", "perpetrator", "a neighbour")
    ]));
    assert!(named_after(&[("fate", "dead", "the police"), ("role", "perpetrator", "the police")]));
    assert!(!named_after(&[("role", "victim", "the police")]));
}

#[test]
fn naming_is_decided_by_what_is_known_today_whatever_the_date_of_the_view() {
    let casebook = Casebook::new();
    let one =
        casebook.store("one.txt", "The Lamp\n\nNews\n\n1 May 2016\n\nOdo Lind shot at the mill.\n");
    let two =
        casebook.store("two.txt", "The Lamp\n\nNews\n\n9 May 2016\n\nOdo Lind was convicted.\n");
    let (_, incident) = casebook.add(&[
        "--document",
        &one,
        "--words",
        "Odo Lind shot at the mill.",
        "--new",
        "incident:shots at the mill",
        "--variable",
        "perpetrator",
        "--value",
        "person:Odo Lind",
    ]);
    let shown = &casebook.json(&["show", &incident])[0];
    let man = shown["values"][0]["value"]["mention"]["id"].as_str().unwrap().to_owned();
    let table = |casebook: &Casebook| casebook.ok(&["export", "table", "--as-of", "2016-05-02"]);
    assert!(table(&casebook).contains("[name withheld]"));
    let (_, again) = casebook.add(&[
        "--document",
        &two,
        "--words",
        "Odo Lind was convicted.",
        "--new",
        "person:Odo Lind",
        "--variable",
        "procedure",
        "--value",
        "convicted",
    ]);
    casebook.judge(&["same", &man, &again]);
    assert!(table(&casebook).contains("Odo Lind"), "{}", table(&casebook));
    // Withdrawn, it opens nothing any more, and is in no export.
    let assertions = casebook.json(&["assertions", "--variable", "procedure"]);
    casebook.judge(&["withdraw", assertions[0]["id"].as_str().unwrap(), "2016-05-10"]);
    assert!(!table(&casebook).contains("Odo Lind"));
    assert!(!casebook.ok(&["export", "assertions"]).contains("convicted"));
}

#[test]
fn whom_an_attack_was_aimed_at_is_named_by_no_words_of_a_value() {
    let casebook = Casebook::new();
    let document = casebook.store(
        "a.txt",
        "The Post\n\nShots at President Ruhl\n\n12 May 2016\n\nShots fell at the Café Marsh, where a \
         police officer named Karl Vossler stood. President Ruhl was driving by, and King Odo.\n",
    );
    let (_, incident) = casebook.add(&[
        "--document",
        &document,
        "--words",
        "Shots at President Ruhl",
        "--new",
        "incident:Shots at President Ruhl",
        "--variable",
        "target",
        "--value",
        "President Ruhl",
    ]);
    for (words, value) in [
        ("a police officer named Karl Vossler stood", "a police officer named Karl Vossler"),
        ("and King Odo", "King Odo"),
        ("Shots fell at the Café Marsh", "Café Marsh"),
    ] {
        casebook.add(&[
            "--document",
            &document,
            "--words",
            words,
            "--subject",
            &incident,
            "--variable",
            "target",
            "--value",
            value,
        ]);
    }
    for out in [casebook.ok(&["export", "table"]), casebook.ok(&["export", "assertions"])] {
        for name in ["Ruhl", "Vossler", "Karl", "Odo", "President"] {
            assert!(!out.contains(name), "{name}: {out}");
        }
        assert!(out.contains("Café Marsh"), "{out}");
        assert!(out.contains("Shots at [name withheld]"), "{out}");
        assert!(out.contains("a police officer named [name withheld]"), "{out}");
    }
    let full = casebook.ok(&["export", "table", "--full", "--purpose", "x", "--by", "B"]);
    assert!(full.contains("President Ruhl"), "{full}");
}
