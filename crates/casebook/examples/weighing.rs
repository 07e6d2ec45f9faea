//! A casebook of many assertions on few incidents, as a research group keeps one: what weighing
//! them, counting them and judging them costs.
//!
//! `cargo run --release -p throughline-casebook --example weighing -- [INCIDENTS [FOLDER [PART]]]`;
//! 10,000 incidents unless told, in a folder of the system's for such things. A part is `records`,
//! `counts`, `judgments` or `rebuild`; without one, all of them.
//!
//! Each incident is told in five reports of some days, which share its names and its words; each
//! report has twenty assertions, so that ten thousand incidents have a million. One incident in ten
//! has a finding. The casebook is made where the folder has none, and left there. Times are of the
//! clock, and in brackets of the processor, which others on the machine disturb less.

use std::path::Path;
use std::time::Instant as Clock;

use fastrand::Rng;
use throughline_casebook::{Casebook, Item, Part};
use throughline_formats::counts::read;
use throughline_model::*;

/// How many reports tell of each incident.
const REPORTS: usize = 5;

/// How many judgments of each sort are timed.
const JUDGED: usize = 30;

/// Towns, groups and victims are as unevenly distributed as in news.
const TOWNS: usize = 2_000;
const GROUPS: usize = 200;

/// What is counted: by a value, a typology, claims, a sum, persons, parts of perpetrators.
const COUNTS: [(&str, &str); 6] = [
    (
        "bombings",
        "unit = \"incident\"\n[of]\nvariable = \"stage\"\ngiven = true\n\
         [in]\nvariable = \"type\"\nis = \"bombing\"\n",
    ),
    (
        "directed, by a typology",
        "unit = \"incident\"\n[of]\nvariable = \"ascribed-to\"\ngiven = true\n\
         [in]\ntypology = \"new-america\"\none-of = [\"directed\", \"enabled\"]\nparty = \"Group 0\"\n",
    ),
    (
        "claimed",
        "unit = \"incident\"\n[of]\nvariable = \"stage\"\ngiven = true\n\
         [in]\nclaim = { variable = \"act\", is = \"claims\" }\n",
    ),
    (
        "killed by bombs",
        "unit = \"incident\"\nsum = \"killed\"\n[of]\nvariable = \"stage\"\ngiven = true\n\
         [in]\nvariable = \"type\"\nis = \"bombing\"\n",
    ),
    (
        "people arrested",
        "unit = \"person\"\n[of]\nvariable = \"role\"\ngiven = true\n\
         [in]\nvariable = \"procedure\"\nis = \"arrested\"\n",
    ),
    (
        "perpetrators arrested",
        "unit = \"perpetrator\"\n[of]\nvariable = \"stage\"\ngiven = true\n\
         [in]\nvariable = \"procedure\"\nis = \"arrested\"\n",
    ),
];

/// As the program's own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Anything<T> = Result<T, Box<dyn std::error::Error>>;

/// Makes such a casebook, unless the folder has one, and asks it everything.
fn main() -> Anything<()> {
    let mut arguments = std::env::args().skip(1);
    let incidents: usize = arguments.next().map_or(Ok(10_000), |many| many.parse())?;
    let folder = arguments.next().map_or_else(std::env::temp_dir, Into::into);
    let part = arguments.next();
    let asked = |one: &str| part.as_ref().is_none_or(|part| part == one);
    let path = folder.join(format!("{incidents}-weighed.casebook"));
    if !path.exists() {
        let clock = Clock::now();
        fill(&path, incidents)?;
        println!("made and settled in {:.0} s", clock.elapsed().as_secs_f64());
    }
    let mut casebook = Casebook::open(&path)?;
    let documents = casebook.extent(AsOf::default())?.documents;
    println!("documents: {documents}, bytes: {}", std::fs::metadata(&path)?.len());
    if asked("records") {
        records(&casebook, usize::try_from(documents)?)?;
    }
    if asked("counts") {
        counts(&casebook)?;
    }
    if asked("judgments") {
        judgments(&mut casebook)?;
    }
    if asked("rebuild") {
        ask("rebuilding", 1, |_| casebook.rebuild())?;
    }
    println!("this process had at most {} MB", peak());
    Ok(())
}

/// The records of incidents, as of any two dates.
fn records(casebook: &Casebook, documents: usize) -> Anything<()> {
    let mut dice = Rng::with_seed(11);
    let ids: Vec<MentionId> = casebook
        .listed(SubjectKind::Incident, AsOf::default(), usize::MAX)?
        .iter()
        .map(|row| row.id)
        .collect();
    println!("incidents: {}", ids.len());
    let asked: Vec<MentionId> = (0..400).map(|_| ids[dice.usize(..ids.len())]).collect();
    let days: Vec<Day> = (0..400).map(|_| Day(day(&mut dice))).collect();
    let moments: Vec<Instant> = (0..400)
        .map(|_| {
            let part = Part { from: dice.usize(..documents), many: 1 };
            let one = casebook.documents_part(AsOf::default(), part)?;
            Ok(one.first().ok_or("no document in this place")?.recorded)
        })
        .collect::<Anything<_>>()?;
    let as_of = |at: usize, published: bool, recorded: bool| AsOf {
        published: Some(days[at]).filter(|_| published),
        recorded: Some(moments[at]).filter(|_| recorded),
    };
    for (what, published, recorded) in [
        ("an incident", false, false),
        ("an incident, as of any day", true, false),
        ("an incident, as of any moment of recording", false, true),
        ("an incident, as of any two dates", true, true),
    ] {
        ask(what, asked.len(), |at| {
            casebook.shown(asked[at], as_of(at, published, recorded), 200)
        })?;
    }
    Ok(())
}

fn counts(casebook: &Casebook) -> Anything<()> {
    let mut dice = Rng::with_seed(13);
    for (name, toml) in COUNTS {
        let toml = format!("name = \"made\"\ntitle = \"Made\"\nquestion = \"Made?\"\n{toml}");
        let definition = read(&toml)?.definition;
        let counted = casebook.count(&definition, AsOf::default())?;
        println!("{name}: {} units", counted.units.len());
        ask(&format!("count of {name}"), 5, |_| casebook.count(&definition, AsOf::default()))?;
        ask(&format!("count of {name}, as of any day"), 5, |_| {
            let published = Some(Day(day(&mut dice)));
            casebook.count(&definition, AsOf { published, recorded: None })
        })?;
    }
    Ok(())
}

/// A judgment, until lists and records show it.
fn judgments(casebook: &mut Casebook) -> Anything<()> {
    let rows = casebook.listed(SubjectKind::Incident, AsOf::default(), usize::MAX)?;
    let ids: Vec<MentionId> = rows.iter().map(|row| row.id).collect();
    // By the day on which they happened, so that the next one is of the same month.
    let spread = ids.len() - 8;
    let places = |from: usize| (0..JUDGED).map(move |at| from + at * spread / JUDGED);
    let mut dice = Rng::with_seed(17);
    // The same judgment again would change nothing.
    let run = casebook.tip()?.entries;
    let judgment = |act, reason: &str, supersedes: &[JudgmentId]| {
        judgment(act, &format!("{reason} ({run})"), supersedes)
    };
    let findings = places(0).map(|at| {
        let why = format!("seen anew ({run})");
        (ids[at], finding(ids[at], Variable::TargetType, "market", &why))
    });
    let findings: Vec<(MentionId, Judgment)> = findings.collect();
    until_shown(casebook, "a finding", &findings)?;
    let mut rejections = Vec::new();
    let mut told_apart = Vec::new();
    for at in places(1) {
        let record = casebook.record(ids[at], AsOf::default())?.ok_or("no such record")?;
        let said: Vec<AssertionId> = record.evidence.keys().copied().collect();
        let act = Act::Reject(said[dice.usize(..said.len())]);
        rejections.push((ids[at], judgment(act, "not what is said", &[])));
        let record = casebook.record(ids[at + 1], AsOf::default())?.ok_or("no such record")?;
        let mentions = record.record.mentions;
        let last = *mentions.last().ok_or("no mention")?;
        let act = Act::NotSame(ids[at + 1], last);
        if last != ids[at + 1] {
            told_apart.push((last, judgment(act, "of another street", &[])));
        }
    }
    until_shown(casebook, "a rejection", &rejections)?;
    let same = places(3).map(|at| {
        let act = Act::Same(ids[at], ids[at + 1]);
        (ids[at], judgment(act, "one attack on two sites", &[]))
    });
    let same: Vec<(MentionId, Judgment)> = same.collect();
    until_shown(casebook, "that two are the same", &same)?;
    until_shown(casebook, "that two are not the same", &told_apart)?;
    let made = rejections.iter().chain(&same).chain(&told_apart);
    let undone = made.step_by(3).map(|(id, made)| {
        let undo = judgment(Act::Undo, "it was right as it was", &[made.id]);
        (*id, undo)
    });
    let undone: Vec<(MentionId, Judgment)> = undone.collect();
    until_shown(casebook, "what undoes one of the last three", &undone)?;
    ask("a grade of a source, until what it speaks of is settled", 5, |at| {
        let source = format!("Paper {at}");
        let act = Act::Grade { source, reliability: Reliability::B };
        casebook.judge(&judgment(act, "known for years", &[]))?;
        casebook.settle(|_| {})
    })?;
    Ok(())
}

/// Enters judgments one by one, each on a mention, and asks for its record and the list.
fn until_shown(
    casebook: &mut Casebook,
    what: &str,
    judged: &[(MentionId, Judgment)],
) -> Anything<()> {
    ask(&format!("{what}, until the record and the list show it"), judged.len(), |at| {
        let (mention, judgment) = &judged[at];
        casebook.judge(judgment)?;
        casebook.settle(|_| {})?;
        let shown = casebook.shown(*mention, AsOf::default(), 200)?;
        assert!(shown.is_some(), "the record is there");
        casebook.listed(SubjectKind::Incident, AsOf::default(), 100)
    })?;
    Ok(())
}

fn judgment(act: Act, reason: &str, supersedes: &[JudgmentId]) -> Judgment {
    Judgment {
        id: JudgmentId::from_bits(0),
        by: "R. Coder".into(),
        made: Instant(0),
        reason: reason.into(),
        cites: Vec::new(),
        supersedes: supersedes.to_vec(),
        act,
    }
    .sealed()
}

fn finding(subject: MentionId, variable: Variable, term: &str, reason: &str) -> Judgment {
    let target = Target {
        subject,
        variable,
        party: None,
        value: Some(Value::Term(term.into())),
        rests_on: Vec::new(),
    };
    judgment(Act::Find(Box::new(target)), reason, &[])
}

/// A day within four years.
fn day(dice: &mut Rng) -> i32 {
    15_706 + i32::try_from(dice.usize(..1_461)).unwrap_or(0)
}

/// What is told of one incident.
struct Story {
    number: usize,
    day: i32,
    town: usize,
    group: usize,
    killed: u32,
    kind: &'static str,
    words: Vec<String>,
}

impl Story {
    fn of(number: usize, dice: &mut Rng) -> Story {
        let kind = ["bombing", "shooting", "stabbing"][dice.usize(..3)];
        let words = (0..4).map(|_| sentence(dice)).collect();
        Story {
            number,
            day: day(dice),
            town: rank(dice, TOWNS),
            group: rank(dice, GROUPS),
            killed: u32::try_from(rank(dice, 40)).unwrap_or(0),
            kind,
            words,
        }
    }

    /// Somebody of whom only this story tells.
    fn person(&self, one: usize) -> String {
        let given = ["Ann", "Bea", "Carl", "Dora"][one % 4];
        format!("{given} Name{}x{one}", self.number)
    }

    fn report(&self, at: usize, dice: &mut Rng) -> Document {
        let mut sentences = vec![
            format!("{} killed in Town{}", self.killed, self.town),
            format!(
                "{} and {} were named after the {} in Town{}, in Street{}.",
                self.person(0),
                self.person(1),
                self.kind,
                self.town,
                self.number,
            ),
        ];
        sentences.extend(self.words.iter().cloned());
        sentences.extend((0..4).map(|_| sentence(dice)));
        let text = sentences.join("\n\n");
        let bare = Document::bare(Sha256::of(text.as_bytes()));
        Document {
            text,
            source: Some(format!("Paper {}", rank(dice, 200))),
            published: date(self.day + i32::try_from(at).unwrap_or(0)),
            ..bare
        }
    }

    /// Twenty assertions of a report.
    fn reading(&self, document: &Document, dice: &mut Rng) -> Reading {
        use Variable as V;
        let term = |word: &str| Value::Term(word.into());
        let mut made = Made { document, reading: Reading::default() };
        let incident = made.mention(SubjectKind::Incident, "the attack".into());
        let place = made.mention(SubjectKind::Place, format!("Town {}", self.town));
        let group = made.mention(SubjectKind::Group, format!("Group {}", self.group));
        let [one, two] = [0, 1].map(|at| made.mention(SubjectKind::Person, self.person(at)));
        let police = made.mention(SubjectKind::Person, "police".into());
        let claim = made.mention(SubjectKind::Claim, "the claim".into());
        let by = [None, Some(police)][dice.usize(..2)];
        made.say(incident, V::Place, Value::Mention(place), None, None);
        if let Some(date) = date(self.day) {
            made.say(incident, V::Date, Value::Date(date), None, None);
        }
        let slip = u32::try_from(rank(dice, 4)).unwrap_or(0);
        made.say(incident, V::Killed, Value::Figure(Figure::exactly(self.killed + slip)), None, by);
        made.say(incident, V::Wounded, Value::Figure(Figure::exactly(slip * 3)), None, by);
        made.say(incident, V::Type, term(self.kind), None, None);
        made.say(incident, V::Stage, term("executed"), None, None);
        made.say(incident, V::Weapon, Value::Text("a device".into()), None, by);
        made.say(incident, V::Target, Value::Text("a market".into()), None, None);
        made.say(incident, V::AscribedTo, Value::Mention(group), None, by);
        made.say(incident, V::Perpetrator, Value::Mention(one), None, by);
        made.say(incident, V::Perpetrator, Value::Mention(two), None, by);
        let company = ["alone", "helpers", "cell"][rank(dice, 3)];
        made.say(incident, V::Company, term(company), None, by);
        for element in [Element::Inspired, Element::Instructed, Element::Trained] {
            let answer = [Answer::Yes, Answer::No, Answer::Unknown][rank(dice, 3)];
            made.say(incident, V::Involvement(element), Value::Answer(answer), Some(group), by);
        }
        for person in [one, two] {
            made.say(person, V::Role, term("suspect"), Some(incident), by);
        }
        made.say(one, V::Procedure, term("arrested"), Some(incident), by);
        made.say(claim, V::Claimant, Value::Mention(group), None, None);
        made.say(claim, V::About, Value::Mention(incident), None, None);
        made.reading
    }
}

/// Stores the reports in no order of their days, and finds the type of one incident in ten.
fn fill(path: &Path, incidents: usize) -> Anything<()> {
    let mut dice = Rng::with_seed(1914);
    let stories: Vec<Story> = (0..incidents).map(|number| Story::of(number, &mut dice)).collect();
    let mut order: Vec<usize> = (0..incidents * REPORTS).collect();
    dice.shuffle(&mut order);
    let mut casebook = Casebook::open_or_create(path)?;
    let mut found = Vec::new();
    for chunk in order.chunks(128) {
        let mut made = Vec::with_capacity(chunk.len());
        for &number in chunk {
            let story = &stories[number / REPORTS];
            let document = story.report(number % REPORTS, &mut dice);
            let reading = story.reading(&document, &mut dice);
            if number % (REPORTS * 10) == 0 {
                let incident = reading.mentions[0].id;
                found.push(finding(incident, Variable::Type, story.kind, "as all say"));
            }
            made.push((document, reading));
        }
        let items: Vec<Item> = made
            .iter()
            .map(|(document, reading)| Item {
                document,
                bytes: document.text.as_bytes(),
                pictures: &[],
                reading: Some(("made-1", reading)),
            })
            .collect();
        casebook.store(&items)?;
    }
    casebook.judge_all(&found)?;
    casebook.settle(|_| {})?;
    Ok(())
}

/// A reading while it is made.
struct Made<'d> {
    document: &'d Document,
    reading: Reading,
}

impl Made<'_> {
    /// The next mention, some bytes after the one before.
    fn mention(&mut self, kind: SubjectKind, name: String) -> MentionId {
        let at = self.reading.mentions.len() * 16;
        let passage = Passage::Text(Span::new(at, at + 8));
        let mention = Mention::new(kind, self.document.id, passage, name);
        self.reading.mentions.push(mention.clone());
        mention.id
    }

    fn say(
        &mut self,
        subject: MentionId,
        variable: Variable,
        value: Value,
        party: Option<MentionId>,
        by: Option<MentionId>,
    ) {
        let voice = by.map_or(Voice::Document, Voice::Mention);
        let said = Assertion {
            id: AssertionId::from_bits(0),
            document: self.document.id,
            passage: Passage::Text(Span::new(0, 40)),
            zone: ZoneRole::Body,
            speakers: vec![Speaker { voice, stance: Stance::Asserted, cue: None }],
            subject,
            variable,
            party,
            value,
            obtained: None,
            repeats: None,
            certainty: 80,
        };
        self.reading.assertions.push(said.sealed());
    }
}

/// A rank below `end`, the first far more often than the last: as names are distributed in news.
fn rank(dice: &mut Rng, end: usize) -> usize {
    // Each half of what is left is as likely as all before it.
    let halves = dice.u32(..=end.ilog2());
    dice.usize(..end >> halves)
}

/// Some fifteen made words of a language of nine thousand.
fn sentence(dice: &mut Rng) -> String {
    const PARTS: [&str; 21] = [
        "ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu",
        "va", "we", "zi", "cho", "shu", "tra",
    ];
    let mut word = || (0..3).map(|_| PARTS[dice.usize(..PARTS.len())]).collect::<String>();
    let words: Vec<String> = (0..15).map(|_| word()).collect();
    format!("{}.", words.join(" "))
}

/// A day by its number, as dates are written.
fn date(day: i32) -> Option<Edtf> {
    Day(day).civil().map(|date| date.to_string()).and_then(|date| date.parse().ok())
}

/// Asks one thing many times; prints median, 95th percentile and worst.
fn ask<T, E>(
    what: &str,
    times: usize,
    mut one: impl FnMut(usize) -> Result<T, E>,
) -> Result<(), E> {
    let mut took = Vec::with_capacity(times);
    for at in 0..times {
        let (clock, before) = (Clock::now(), processor_ms());
        one(at)?;
        took.push((clock.elapsed().as_secs_f64() * 1e3, processor_ms() - before));
    }
    let (mut clock, mut processor): (Vec<f64>, Vec<f64>) = took.into_iter().unzip();
    clock.sort_by(f64::total_cmp);
    processor.sort_by(f64::total_cmp);
    let at = |percent: usize| {
        let at = (times - 1) * percent / 100;
        format!("{:.1} ms [{:.1}]", clock[at], processor[at])
    };
    println!("{what}: median {}, 95th percentile {}, worst {}", at(50), at(95), at(100));
    Ok(())
}

/// How long this thread has had a processor, in milliseconds, where the system tells.
fn processor_ms() -> f64 {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    told.split(' ').next().and_then(|ns| ns.parse::<f64>().ok()).unwrap_or_default() / 1e6
}

/// The most memory that this process had, in megabytes, where the system tells.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.unwrap_or_default() / 1024
}
