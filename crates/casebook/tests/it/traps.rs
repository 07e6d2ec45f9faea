//! What must not be joined, and what must: each a small casebook read by the reader itself.

use throughline_casebook::{Casebook, Item};
use throughline_model::*;

/// A report: its paper, the day of its publication, its headline and its text.
type Report = (&'static str, &'static str, &'static str, &'static str);

fn document((source, published, headline, body): Report) -> Document {
    let text = format!("{headline}\n\n{body}");
    let sha256 = Sha256::of(format!("{source} {published} {text}").as_bytes());
    let split = headline.len();
    Document {
        source: Some(source.to_owned()),
        title: Some(headline.to_owned()),
        published: Some(published.parse().unwrap()),
        zones: vec![
            Zone { role: ZoneRole::Headline, span: Span::new(0, split) },
            Zone { role: ZoneRole::Body, span: Span::new(split + 2, text.len()) },
        ],
        text,
        ..Document::bare(sha256)
    }
}

fn casebook(reports: &[Report]) -> Casebook {
    let mut casebook = Casebook::in_memory().unwrap();
    for report in reports {
        let document = document(*report);
        let reading = throughline_flow::read_document(&document);
        let item = Item {
            document: &document,
            bytes: document.text.as_bytes(),
            pictures: &[],
            reading: Some((throughline_flow::READER, &reading)),
        };
        casebook.store(&[item]).unwrap();
    }
    casebook.settle(|_| {}).unwrap();
    casebook
}

/// Which reports each record of a kind that stands in several or, for `least` 1, in any has, by the
/// numbers of the reports, as text in order.
fn shared(reports: &[Report], kind: SubjectKind, least: usize) -> Vec<String> {
    let casebook = casebook(reports);
    let place = |id: DocumentId| reports.iter().position(|one| document(*one).id == id).unwrap();
    let rows = casebook.records(kind, AsOf::default(), usize::MAX).unwrap();
    let mut found: Vec<String> = rows
        .iter()
        .map(|row| {
            let mut own: Vec<usize> = row.mentions.values().map(|(id, _)| place(*id)).collect();
            own.sort_unstable();
            own.dedup();
            own
        })
        .filter(|own| own.len() >= least)
        .map(|own| own.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "))
        .collect();
    found.sort();
    found
}

#[track_caller]
fn incidents(reports: &[Report], joined: &[&str]) {
    assert_eq!(shared(reports, SubjectKind::Incident, 2), joined);
    // In whatever order they come.
    let backwards: Vec<Report> = reports.iter().rev().copied().collect();
    let last = reports.len() - 1;
    let turned = shared(&backwards, SubjectKind::Incident, 2).into_iter().map(|own| {
        let mut own: Vec<usize> =
            own.split(' ').map(|at| last - at.parse::<usize>().unwrap()).collect();
        own.sort_unstable();
        own.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    });
    let mut turned: Vec<String> = turned.collect();
    turned.sort();
    assert_eq!(turned, joined);
}

const BLAST: &str = "A bomb exploded at the Kestrel market in Ostby on Tuesday and killed four \
    people, the police said. Ada Brandvold, 34, a weaver from Marlow Lane, was among the dead. \
    Witnesses said that a man in a grey coat had left a parcel beside the flower stalls.";

#[test]
fn an_agency_report_under_three_mastheads_is_one_incident() {
    let same: Vec<Report> = ["Coast Wire", "The Lamp", "Ostby Courier"]
        .iter()
        .map(|paper| (*paper, "2016-05-11", "Four killed by bomb at Kestrel market", BLAST))
        .collect();
    incidents(&same, &["0 1 2"]);
}

#[test]
fn a_corrected_toll_is_of_the_incident_that_it_corrects() {
    let later = "Six people are now known to have been killed by the bomb that exploded at the \
        Kestrel market in Ostby on Tuesday, the police said, and not four. Ada Brandvold, 34, of \
        Marlow Lane, had been named before. The man in the grey coat who left a parcel beside the \
        flower stalls is still sought.";
    incidents(
        &[
            ("Coast Wire", "2016-05-11", "Four killed by bomb at Kestrel market", BLAST),
            ("The Lamp", "2016-05-12", "Six killed by Kestrel market bomb, not four", later),
        ],
        &["0 1"],
    );
}

#[test]
fn two_attacks_in_one_city_on_one_day_stay_two() {
    let other = "A gunman shot dead two guards outside the Lind bank in Ostby on Tuesday, officials \
        said. Odo Ruel, 51, and Karl Tamm, 29, died on the steps. The gunman fled towards the \
        harbour on a motorcycle with a sack of coins.";
    incidents(
        &[
            ("Coast Wire", "2016-05-11", "Four killed by bomb at Kestrel market", BLAST),
            ("The Lamp", "2016-05-11", "Two guards shot dead outside Lind bank", other),
        ],
        &[],
    );
}

#[test]
fn an_anniversary_is_not_a_new_attack_and_no_report_of_another() {
    let vigil = "Candles were lit in Ostby on Thursday. A bomb exploded at the Kestrel market on 10 \
        May 2016 and killed four people. The mayor laid a wreath and the school choir sang.";
    let fire = "A bomb exploded at the Varga mill in Zarov on Wednesday and killed nine people, the \
        police said. The mill stood empty at the time but for the night shift.";
    incidents(
        &[
            ("Coast Wire", "2016-05-11", "Four killed by bomb at Kestrel market", BLAST),
            ("The Lamp", "2017-05-11", "Nine killed by bomb at Varga mill", fire),
            ("Ostby Courier", "2017-05-12", "Ostby remembers its dead", vigil),
        ],
        &["0 2"],
    );
}

#[test]
fn a_drill_and_a_film_plot_are_no_reports_of_the_attack() {
    let drill = "Firemen practised at the Kestrel market in Ostby on Tuesday. In the drill a bomb \
        exploded beside the flower stalls and four people played the dead.";
    let film = "In the film that opened in Ostby on Tuesday a bomb explodes at a market and kills \
        four people. Critics praised the flower stalls.";
    incidents(
        &[
            ("Coast Wire", "2016-05-11", "Four killed by bomb at Kestrel market", BLAST),
            ("The Lamp", "2016-05-11", "Firemen practise at market", drill),
            ("Ostby Courier", "2016-05-11", "A market on the screen", film),
        ],
        &[],
    );
}

/// The people of several reports, and of how many records.
#[track_caller]
fn people(reports: &[Report], joined: &[&str]) {
    assert_eq!(shared(reports, SubjectKind::Person, 2), joined);
}

#[test]
fn namesakes_in_one_city_stay_two_until_somebody_judges() {
    people(
        &[
            (
                "Coast Wire",
                "2016-05-11",
                "Weaver opens school",
                "Karl Brandvold, a weaver, opened a school in Ostby on Tuesday.",
            ),
            (
                "The Lamp",
                "2016-05-12",
                "Man arrested over bomb",
                "Police arrested Karl Brandvold in Ostby on Wednesday over the bomb at the harbour.",
            ),
        ],
        &[],
    );
}

#[test]
fn brothers_and_father_and_son_stay_apart() {
    for (one, other) in
        [("Karl Brandvold", "Kurt Brandvold"), ("Karl Brandvold Sr.", "Karl Brandvold Jr.")]
    {
        let report = |name: &str| {
            format!(
                "{name}, a member of the Red Lamp, was arrested in Ostby on Tuesday over the bomb that \
             exploded at the Kestrel market and killed four people, the police said."
            )
        };
        let (a, b): (&'static str, &'static str) = (report(one).leak(), report(other).leak());
        people(
            &[
                ("Coast Wire", "2016-05-11", "Arrest over market bomb", a),
                ("The Lamp", "2016-05-11", "Another arrest over market bomb", b),
            ],
            &[],
        );
    }
}

#[test]
fn a_misdated_report_is_of_the_incident_all_the_same() {
    let misdated = "A bomb exploded at the Kestrel market in Ostby on Monday and killed four people, \
        the police said. Ada Brandvold, 34, a weaver from Marlow Lane, was among the dead. A parcel \
        had been left beside the flower stalls.";
    incidents(
        &[
            ("Coast Wire", "2016-05-11", "Four killed by bomb at Kestrel market", BLAST),
            ("The Lamp", "2016-05-12", "Kestrel market bomb kills four", misdated),
        ],
        &["0 1"],
    );
}

#[test]
fn a_series_of_attacks_in_one_night_stays_a_series() {
    incidents(
        &[
            (
                "Coast Wire",
                "2016-05-11",
                "Bomb wrecks tram depot",
                "A bomb exploded at the Lind tram depot in Ostby on Tuesday night and wounded two \
                 cleaners, Greta Tamm, 44, and Odo Falk, 23. The roof of the hall fell in.",
            ),
            (
                "The Lamp",
                "2016-05-11",
                "Blast at customs house",
                "A bomb exploded at the customs house in Ostby on Tuesday night and killed a \
                 watchman, Karl Ruel, 61. Files burned until the morning and the bridge was shut.",
            ),
        ],
        &[],
    );
}

#[test]
fn a_wrong_man_named_first_and_corrected_later_is_nobody_else() {
    let reports = [
        (
            "Coast Wire",
            "2016-05-11",
            "Attacker named",
            "The attacker who bombed the Kestrel market in Ostby on Tuesday was Karl Brandvold, the \
             Coast Wire has learned.",
        ),
        (
            "Coast Wire",
            "2016-05-13",
            "Correction",
            "The attacker who bombed the Kestrel market in Ostby on Tuesday was Odo Ruelani, the \
             police said. Karl Brandvold was wrongly named by this paper and has been cleared.",
        ),
    ];
    let casebook = casebook(&reports);
    let rows = casebook.records(SubjectKind::Person, AsOf::default(), usize::MAX).unwrap();
    let names_of = |row: &throughline_casebook::RecordRow| -> Vec<String> {
        row.mentions.values().map(|(_, name)| name.clone()).collect()
    };
    assert!(rows.iter().any(|row| names_of(row).iter().any(|name| name == "Karl Brandvold")));
    for row in &rows {
        let names = names_of(row);
        let has = |name: &str| names.iter().any(|own| own.contains(name));
        assert!(!(has("Brandvold") && has("Ruelani")), "{names:?}");
    }
}

#[test]
fn what_is_judged_apart_stays_apart_and_out_of_the_queue() {
    let reports: Vec<Report> = ["Coast Wire", "The Lamp"]
        .iter()
        .map(|paper| (*paper, "2016-05-11", "Four killed by bomb at Kestrel market", BLAST))
        .collect();
    let mut casebook = casebook(&reports);
    let incident = |casebook: &Casebook| {
        let rows = casebook.records(SubjectKind::Incident, AsOf::default(), usize::MAX).unwrap();
        rows.into_iter().map(|row| row.record.mentions).max_by_key(Vec::len).unwrap()
    };
    let joined = incident(&casebook);
    let other = |id: &MentionId| {
        let first = document(reports[0]).id;
        let rows = casebook.records(SubjectKind::Incident, AsOf::default(), usize::MAX).unwrap();
        let places = rows.iter().flat_map(|row| row.mentions.iter());
        places.filter(|(own, _)| *own == id).any(|(_, (document, _))| *document != first)
    };
    let (one, two) = (
        *joined.iter().find(|id| !other(id)).unwrap(),
        *joined.iter().find(|id| other(id)).unwrap(),
    );
    let why = casebook.why(one, two, AsOf::default()).unwrap().unwrap();
    assert!(why.score.unwrap().0 >= 0 && !why.terms.is_empty());
    let apart = Judgment {
        id: JudgmentId::from_bits(0),
        act: Act::NotSame(one, two),
        by: "A coder".into(),
        made: Instant(0),
        reason: "two blasts".into(),
        cites: vec![],
        supersedes: vec![],
    }
    .sealed();
    casebook.judge(&apart).unwrap();
    casebook.settle(|_| {}).unwrap();
    assert!(!incident(&casebook).contains(&one) || !incident(&casebook).contains(&two));
    let queue = casebook.doubtful(10, AsOf::default()).unwrap();
    let pair =
        |doubtful: &throughline_casebook::Doubtful| doubtful.one.id.kind() == SubjectKind::Incident;
    assert!(!queue.iter().any(pair), "{queue:?}");
}
