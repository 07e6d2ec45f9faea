//! What is held of a record, from what voices say one after the other.

use throughline_model::*;
use throughline_weigh::{Evidence, Standing, weigh};

/// One assertion, as `day source: value`: `day` is of March 1894 or `-`, for undated; `source` is a
/// paper, or `paper/speaker`; before the value may stand `headline`, `copy`, `perhaps`, `denied`,
/// `repeats`, for what the first line says, or `wire`, for a sentence that all have in the same words.
fn said(variable: Variable, line: &str, at: usize) -> (Assertion, Option<Edtf>, String) {
    let (from, value) = line.split_once(": ").unwrap();
    let (day, source) = from.split_once(' ').unwrap();
    let published = (day != "-").then(|| format!("1894-03-{day}").parse().unwrap());
    let (paper, speaker) = match source.split_once('/') {
        Some((paper, speaker)) => (paper, Some(speaker)),
        None => (source, None),
    };
    let (mut stance, mut zone, mut repeats) = (Stance::Asserted, ZoneRole::Body, None);
    let mut words = value;
    while let Some((mark, rest)) = words.split_once(' ') {
        match mark {
            "headline" => zone = ZoneRole::Headline,
            "copy" | "repeats" => repeats = Some(AssertionId::from_bits(1)),
            "wire" => {}
            "perhaps" => stance = Stance::Hedged,
            "denied" => stance = Stance::Denied,
            _ => break,
        }
        words = rest;
    }
    let document = DocumentId::of_bytes(Sha256::of(format!("{at} {line}").as_bytes()));
    let voice = |name: &str| {
        let key = Fingerprint::new("test").field(name.as_bytes());
        Voice::Mention(MentionId::of(SubjectKind::Person, key))
    };
    let mut speakers =
        vec![Speaker { voice: Voice::Document, stance: Stance::Asserted, cue: None }];
    match speaker {
        Some(name) => speakers.push(Speaker { voice: voice(name), stance, cue: None }),
        None => speakers[0].stance = stance,
    }
    let assertion = Assertion {
        id: AssertionId::from_bits(0),
        document,
        passage: Passage::Text(Span::new(0, 10)),
        zone,
        speakers,
        subject: MentionId::of(SubjectKind::Incident, Fingerprint::new("test")),
        variable,
        party: None,
        value: value_of(variable, words),
        obtained: None,
        repeats,
        certainty: 90,
    };
    (assertion.sealed(), published, paper.to_owned())
}

fn value_of(variable: Variable, text: &str) -> Value {
    match variable.shape() {
        ValueShape::Date => Value::Date(text.parse().unwrap()),
        ValueShape::Figure => match text.strip_suffix('+') {
            Some(least) => {
                Value::Figure(Figure { least: least.parse().unwrap(), most: None, about: false })
            }
            None => Value::Figure(Figure::exactly(text.parse().unwrap())),
        },
        ValueShape::Answer => Value::Answer(Answer::from_name(text).unwrap()),
        ValueShape::Text => Value::Text(text.into()),
        _ => Value::Term(text.into()),
    }
}

/// Weighs the lines and compares, whatever their order: the value held with its voices, "hedged",
/// "copied" and "contested" where it is; and which lines, from 0, are superseded.
fn check(variable: &str, lines: &[&str], want: &str, superseded: &[usize]) {
    let variable = Variable::from_name(variable).unwrap();
    let mut all: Vec<_> =
        lines.iter().enumerate().map(|(at, line)| said(variable, line, at)).collect();
    let first = all[0].0.id;
    for ((assertion, ..), line) in all.iter_mut().zip(lines) {
        if line.contains(": repeats ") {
            assertion.repeats = Some(first);
        }
    }
    let wording =
        |line: &str| line.contains(": wire ").then(|| throughline_model::Wording::from_bits(7));
    let mut evidence: Vec<Evidence> = all
        .iter()
        .zip(lines)
        .map(|((assertion, published, source), line)| Evidence {
            assertion,
            published: published.as_ref(),
            source: Some(source),
            wording: wording(line),
            taken_back: false,
        })
        .collect();
    let standing = Standing::default();
    let mut weighed = weigh(&evidence, &[], &standing, &|id| id);
    for _ in 0..evidence.len() {
        evidence.rotate_left(1);
        let mut turned = weigh(&evidence, &[], &standing, &|id| id);
        for held in weighed.holdings.iter_mut().chain(&mut turned.holdings) {
            held.support.sort();
            held.against.sort();
        }
        assert_eq!(turned, weighed, "{lines:?} in another order");
    }
    let of_want = |held: &Holding| {
        let value = match held.value.as_ref().unwrap() {
            Value::Date(date) => date.to_string(),
            Value::Figure(Figure { least, most: None, .. }) => format!("{least}+"),
            Value::Figure(figure) => figure.least.to_string(),
            Value::Answer(answer) => answer.name().to_owned(),
            Value::Term(text) | Value::Text(text) => text.clone(),
            other => panic!("{other:?}"),
        };
        let mut words = vec![value, held.voices.to_string()];
        words.extend(held.hedged.then(|| "hedged".to_owned()));
        words.extend(held.copied.then(|| "copied".to_owned()));
        words.extend(held.contested.then(|| "contested".to_owned()));
        words.join(" ")
    };
    let got: Vec<String> = weighed.holdings.iter().map(of_want).collect();
    assert_eq!(got.join("; "), want, "{lines:?}");
    let got: Vec<usize> =
        (0..all.len()).filter(|at| weighed.superseded.contains(&all[*at].0.id)).collect();
    assert_eq!(got, superseded, "{lines:?}");
    for held in &weighed.holdings {
        for id in held.support.iter().chain(&held.against) {
            assert!(!weighed.superseded.contains(id), "{lines:?}: a superseded word still counts");
        }
    }
}

#[test]
fn a_later_word_of_one_voice_takes_the_place_of_his_earlier_one() {
    for (variable, lines, want, superseded) in [
        ("company", &["05 Post/Roe: alone", "09 Post/Roe: cell"][..], "cell 1", &[0][..]),
        // In whatever paper he says it.
        ("company", &["05 Post/Roe: alone", "09 Mail/Roe: cell"], "cell 1", &[0]),
        ("type", &["05 Post: arson", "09 Post: bombing"], "bombing 1", &[0]),
        // Another voice only disputes.
        ("type", &["05 Post: arson", "09 Mail: bombing"], "arson 1 contested", &[]),
        // Saying it again is new.
        ("type", &["05 Post: arson", "07 Post: bombing", "09 Post: arson"], "arson 1", &[0, 1]),
        ("type", &["05 Post: arson", "09 Post: arson"], "arson 1", &[]),
        // Two words of one day are in unknown order, and so are undated ones.
        ("type", &["05 Post: arson", "05 Post: bombing"], "arson 1 contested", &[]),
        ("type", &["- Post: arson", "05 Post: bombing"], "bombing 1 contested", &[]),
        // What becomes more reserved, or is denied.
        ("company", &["05 Post: cell", "09 Post: perhaps cell"], "cell 1 hedged", &[0]),
        ("company", &["05 Post: perhaps cell", "09 Post: cell"], "cell 1", &[]),
        ("company", &["05 Post/Roe: cell", "09 Post/Roe: denied cell"], "", &[0]),
        // To deny one value takes back no other.
        ("company", &["05 Post/Roe: cell", "09 Post/Roe: denied alone"], "cell 1", &[]),
        // Copies, headlines and recaps are no later word, and go with the word they copy.
        ("type", &["05 Post: arson", "09 Post: copy bombing"], "arson 1", &[]),
        ("type", &["05 Post: arson", "09 Post: headline bombing"], "arson 1", &[]),
        (
            "type",
            &["05 Post: headline arson", "05 Post: arson", "09 Post: bombing"],
            "bombing 1",
            &[0, 1],
        ),
        ("involvement.trained", &["05 Post/Roe: no", "09 Post/Roe: yes"], "yes 1", &[0]),
        // Who denies a yes says no, as does who gives the no that he comes to.
        ("involvement.trained", &["05 Post/Roe: denied yes"], "no 1", &[]),
        ("involvement.trained", &["05 Post/Roe: denied no"], "no 1", &[]),
        (
            "involvement.trained",
            &["05 Post: yes", "05 Post/Roe: denied yes"],
            "yes 1 contested",
            &[],
        ),
        // Of what has many values, each is a question of its own.
        ("target", &["05 Post: a mill", "09 Post: a bank"], "a bank 1; a mill 1", &[]),
        ("target", &["05 Post: a mill", "09 Post: denied a mill"], "", &[0]),
    ] {
        check(variable, lines, want, superseded);
    }
}

#[test]
fn what_leaves_more_open_contests_nothing_and_adds_no_voice() {
    for (variable, lines, want) in [
        ("type", &["05 Post: attack", "05 Mail: shooting"][..], "shooting 1"),
        ("type", &["05 Post: assault", "05 Mail: shooting"], "shooting 1"),
        ("type", &["05 Post: attack", "05 Mail: assault"], "assault 2"),
        ("type", &["05 Post: bombing", "05 Mail: shooting"], "bombing 1 contested"),
        ("date", &["05 Post: 1894", "05 Mail: 1894-02-12"], "1894-02-12 1"),
        ("date", &["05 Post: 1894-02-12", "05 Mail: 1894-03"], "1894-02-12 1 contested"),
        ("age", &["05 Post: 30+", "05 Mail: 34"], "34 1"),
        // A year decides nothing between two of its days.
        (
            "date",
            &["05 Post: 1894-02-12", "05 Mail: 1894-02-13", "05 Star: 1894"],
            "1894-02-12 1 contested",
        ),
    ] {
        check(variable, lines, want, &[]);
    }
}

#[test]
fn a_headline_or_a_guess_makes_no_value_more_exact() {
    for (variable, lines, want) in [
        ("killed", &["05 Post: headline 15", "05 Post: 12+"][..], "12+ 1"),
        ("date", &["05 Post: headline 1894-02-12", "05 Post: 1894"], "1894 1"),
        ("killed", &["05 Post: 12+", "05 Mail: perhaps 15"], "12+ 2"),
        ("killed", &["05 Post: headline 15"], "15 1 copied"),
        ("killed", &["05 Post: headline perhaps 15"], "15 1 hedged copied"),
        ("killed", &["05 Post: perhaps 15", "05 Post: headline 15"], "15 1 hedged"),
        ("type", &["05 Post: bombing", "05 Post: headline denied bombing"], "bombing 1"),
    ] {
        check(variable, lines, want, &[]);
    }
}

#[test]
fn copies_and_undated_words_turn_no_choice() {
    for (variable, lines, want) in [
        // The latest word on a toll is one that somebody said, not one that was copied.
        ("killed", &["05 Post: 3", "07 Mail: 5", "09 Star: copy 3"][..], "5 1"),
        (
            "company",
            &["05 Post: alone", "07 Mail: cell", "03 Star: copy cell"],
            "alone 1 contested",
        ),
        ("company", &["- Post: alone", "07 Mail: cell"], "cell 1 contested"),
    ] {
        check(variable, lines, want, &[]);
    }
}

#[test]
fn papers_with_a_sentence_in_the_same_words_are_one_voice() {
    for (variable, lines, want) in [
        (
            "type",
            &["05 Post: wire arson", "05 Mail: wire arson", "06 Star: wire arson"][..],
            "arson 1",
        ),
        ("type", &["05 Post: wire arson", "05 Mail: arson", "06 Star: wire arson"], "arson 2"),
        // A sentence of its own as well makes the Star a voice.
        ("type", &["05 Post: wire arson", "06 Star: wire arson", "06 Star: arson"], "arson 2"),
        ("type", &["05 Post: wire arson", "06 Star/Roe: wire arson"], "arson 1"),
        // Two that say it themselves go before four that print one text.
        (
            "type",
            &[
                "05 Post: wire arson",
                "05 Mail: wire arson",
                "05 Star: wire arson",
                "06 Lamp: bombing",
                "06 Quay: bombing",
            ],
            "bombing 2 contested",
        ),
    ] {
        check(variable, lines, want, &[]);
    }
}

#[test]
fn a_copy_with_a_difference_is_no_value_of_its_own() {
    check(
        "target",
        &["01 Post: the bridge", "01 Post: repeats the old bridge"],
        "the bridge 1",
        &[],
    );
    check(
        "target",
        &["01 Post: the bridge", "01 Post: copy the old bridge"],
        "the bridge 1; the old bridge 1 copied",
        &[],
    );
}

#[test]
fn who_was_arrested_and_released_in_one_report_is_released() {
    check("procedure", &["01 Post: arrested", "01 Post: released"], "released 1", &[]);
    check("procedure", &["01 Post: acquitted", "01 Post: charged"], "acquitted 1", &[]);
    // The latest report counts before that, and bail ends no charge.
    check("procedure", &["01 Post: released", "02 Bell: arrested"], "arrested 1", &[]);
    check("procedure", &["01 Post: charged", "01 Post: released"], "charged 1 contested", &[]);
}

#[test]
fn of_values_otherwise_alike_the_papers_own_word_is_held() {
    let lines = ["05 Post/Roe: alone", "05 Post: helpers"];
    check("company", &lines, "helpers 1 contested", &[]);
    check("company", &["05 Post: alone", "05 Post/Roe: helpers"], "alone 1 contested", &[]);
}

#[test]
fn who_denies_a_value_and_says_another_puts_that_in_its_place() {
    for (lines, want) in [
        (&["05 Post: alone", "05 Mail/Roe: denied alone"][..], vec![None]),
        (
            &["05 Post: alone", "05 Mail/Roe: denied alone", "05 Mail/Roe: perhaps cell"],
            vec![Some(Value::Term("cell".into()))],
        ),
        // What somebody else guesses at is no answer of his.
        (&["05 Post: alone", "05 Mail/Roe: denied alone", "05 Mail/Doe: perhaps cell"], vec![None]),
        (&["05 Post: alone", "05 Mail/Roe: perhaps cell"], vec![]),
    ] {
        let all: Vec<_> =
            lines.iter().enumerate().map(|(at, line)| said(Variable::Company, line, at)).collect();
        let evidence: Vec<Evidence> = all
            .iter()
            .map(|(assertion, published, source)| Evidence {
                assertion,
                published: published.as_ref(),
                source: Some(source),
                wording: None,
                taken_back: false,
            })
            .collect();
        let weighed = weigh(&evidence, &[], &Standing::default(), &|id| id);
        assert_eq!(weighed.holdings[0].rivals, want, "{lines:?}");
        assert_eq!(weighed.holdings[0].contested, !want.is_empty());
    }
}
