//! A made casebook in which very many people are protected, each for another reason, and every way to
//! write a name occurs. Crates that let words out of a casebook test themselves on it.

use std::path::Path;

use throughline_casebook::{Casebook, Item, Publication};
use throughline_model::*;

/// What every given name begins with, and every family name: letters of which no id is made.
pub(crate) const MARKS: [&str; 2] = ["qwilo", "zobrik"];

/// What was made.
pub(crate) struct Made {
    /// What a coder retracted, and where it stood.
    pub(crate) retracted: Vec<(AssertionId, DocumentId)>,
    /// The number under which a count of it all was published.
    pub(crate) published: i64,
    /// The number under which a count was published whose definition is called after somebody.
    pub(crate) named: i64,
}

/// How many incidents: as many as the environment says, else a few of every kind.
pub(crate) fn incidents() -> usize {
    let said = std::env::var("THROUGHLINE_LEAKS").ok();
    said.and_then(|many| many.parse().ok()).unwrap_or(64)
}

/// The name of the protected person of a number, beginning with the marks.
pub(crate) fn marked(number: usize) -> [String; 2] {
    [format!("Qwilo{}", letters(number)), format!("Zobrik{}", letters(number))]
}

/// Another name for the same person: longer, of other letters, and sorted the other way round.
pub(crate) fn renamed(number: usize) -> [String; 2] {
    let turned = letters(9_999 - number);
    [format!("Marvolten{turned}"), format!("Avechowicz{turned}")]
}

fn letters(number: usize) -> String {
    let letter =
        |at: usize| char::from(b'a' + u8::try_from(number / 26_usize.pow(at as u32) % 26).unwrap());
    (0..3).rev().map(letter).collect()
}

/// Whether words hold part of a marked name, and around which place.
pub(crate) fn leak(words: &str) -> Option<String> {
    let lower = words.to_lowercase();
    MARKS.iter().find_map(|mark| {
        let at = lower.find(mark)?;
        let around = |at: usize| (0..=at).rev().find(|at| lower.is_char_boundary(*at)).unwrap_or(0);
        Some(lower[around(at.saturating_sub(80))..around((at + 60).min(lower.len()))].to_owned())
    })
}

const COUNT: &str = "name = 'deadly'\ntitle = 'Incidents that killed'\nunit = 'incident'\n[of]\n\
    variable = 'type'\nis = 'bombing'\n[in]\nvariable = 'killed'\nat-least = 1\n";
const HELD: &str = "name = 'held'\ntitle = 'People held'\nunit = 'person'\n[of]\nvariable = \
    'procedure'\ngiven = true\n[in]\nvariable = 'procedure'\nis = 'arrested'\n";
const HANDS: &str = "name = 'hands'\ntitle = 'Attackers who died'\nunit = 'perpetrator'\n[in]\n\
    variable = 'fate'\nis = 'dead'\n";

/// One document while it is put together.
struct Paper {
    document: Document,
    reading: Reading,
}

impl Paper {
    fn new(number: usize, source: &str, title: String, url: String, text: String) -> Paper {
        let headline = Zone { role: ZoneRole::Headline, span: Span::new(0, title.len()) };
        let text = format!("{title}\n\n{text}");
        let body = Zone { role: ZoneRole::Body, span: Span::new(title.len() + 2, text.len()) };
        // A day for each, so that no report is taken for another's whatever names stand in it.
        let (year, month) = (1990 + number / 336, 1 + number / 28 % 12);
        let day = format!("{year}-{month:02}-{:02}", 1 + number % 28);
        // Its bytes hold its number, so that two of one text are two.
        let sha256 = Sha256::of(format!("{number} {text}").as_bytes());
        let document = Document {
            source: Some(source.to_owned()),
            title: Some(title),
            byline: Some("Ada Marsh".to_owned()),
            url: Some(url),
            published: Some(day.parse().unwrap()),
            medium: Some(Medium::Page),
            text,
            zones: vec![headline, body],
            ..Document::bare(sha256)
        };
        Paper { document, reading: Reading::default() }
    }

    fn mention(&mut self, kind: SubjectKind, words: &str, name: &str) -> MentionId {
        let passage = Passage::Text(self.span(words));
        let mention = Mention::new(kind, self.document.id, passage, name);
        let id = mention.id;
        self.reading.mentions.push(mention);
        id
    }

    fn span(&self, words: &str) -> Span {
        let start = self.document.text.rfind(words).unwrap_or_else(|| panic!("no {words:?}"));
        Span::new(start, start + words.len())
    }

    fn says(
        &mut self,
        words: &str,
        speaker: Option<&str>,
        subject: MentionId,
        (variable, party, value): (Variable, Option<MentionId>, Value),
    ) -> AssertionId {
        let own = Speaker { voice: Voice::Document, stance: Stance::Asserted, cue: None };
        let other = speaker.map(|who| Speaker {
            voice: Voice::Described(who.to_owned()),
            stance: Stance::Hedged,
            cue: None,
        });
        let said = Assertion {
            id: AssertionId::from_bits(0),
            document: self.document.id,
            passage: Passage::Text(self.span(words)),
            zone: ZoneRole::Body,
            speakers: std::iter::once(own).chain(other).collect(),
            subject,
            variable,
            party,
            value,
            obtained: None,
            repeats: None,
            certainty: 90,
        }
        .sealed();
        let id = said.id;
        self.reading.assertions.push(said);
        id
    }
}

fn term(word: &str) -> Value {
    Value::Term(word.to_owned())
}

fn judged(act: Act, reason: String, supersedes: Vec<JudgmentId>) -> Judgment {
    Judgment {
        id: JudgmentId::from_bits(0),
        by: "R. Coder".to_owned(),
        made: Instant(0),
        reason,
        cites: vec![],
        supersedes,
        act,
    }
    .sealed()
}

/// Makes the casebook, with a protected person in each incident.
pub(crate) fn make(path: &Path, incidents: usize, name: &dyn Fn(usize) -> [String; 2]) -> Made {
    let mut casebook = Casebook::open_or_create(path).unwrap();
    let (mut papers, mut judgments, mut retracted) = (Vec::new(), Vec::new(), Vec::new());
    for number in 0..incidents {
        incident(number, &name(number), &mut papers, &mut judgments, &mut retracted);
    }
    let items: Vec<Item> = papers
        .iter()
        .map(|paper| Item {
            document: &paper.document,
            bytes: paper.document.text.as_bytes(),
            pictures: &[],
            reading: Some(("made-1", &paper.reading)),
        })
        .collect();
    for some in items.chunks(200) {
        casebook.store(some).unwrap();
    }
    casebook.judge_all(&judgments).unwrap();
    casebook.settle(|_| {}).unwrap();
    for definition in [COUNT, HELD, HANDS] {
        casebook.save_definition(definition).unwrap();
    }
    let as_of = AsOf::default();
    // Small letters name somebody too, also run together with other words.
    let family = name(0)[1].to_lowercase();
    let after = |called: &str| {
        let toml = COUNT.replace("deadly", called);
        toml.replace("Incidents that killed", &format!("killed by {family}"))
    };
    casebook.save_definition(&after(&format!("{family}bombs"))).unwrap();
    let named = after(&format!("by-{family}"));
    let mut publish = |toml: &str| {
        let publication = Publication { toml, as_of, by: "R. Coder", at: "The Lamp", draft: true };
        casebook.publish(&publication).unwrap().count.number
    };
    Made { retracted, published: publish(COUNT), named: publish(&named) }
}

/// One incident in one or two papers, with a person who is protected in one of nine ways.
fn incident(
    number: usize,
    [given, family]: &[String; 2],
    papers: &mut Vec<Paper>,
    judgments: &mut Vec<Judgment>,
    retracted: &mut Vec<(AssertionId, DocumentId)>,
) {
    use SubjectKind as K;
    use Variable as V;
    let full = format!("{given} {family}");
    let slug = full.to_lowercase().replace(' ', "-");
    let loud = family.to_uppercase();
    let quay = format!("Ost{}", letters(number));
    let blast = format!("A bomb killed {} at {quay}.", 1 + number % 5);
    let (small, small_given) = (family.to_lowercase(), given.to_lowercase());
    let named = format!(
        "The neighbours of {full} spoke of {family} and of his gang, and wrote of {small} and of \
         {small_given} {small}."
    );
    let official = "Minister Ilka Brandt spoke to the press.";
    let mut paper = Paper::new(
        number,
        "The Ferry Post",
        format!("{loud} AND THE BOMB OF {quay}"),
        format!("https://ferry.example/{number}/{slug}"),
        format!("{blast} {named} {official}"),
    );
    let blown = paper.mention(K::Incident, "A bomb", &format!("the bomb at {quay}"));
    let place = paper.mention(K::Place, &quay, &quay);
    let person = paper.mention(K::Person, &full, &full);
    let minister = paper.mention(K::Person, "Ilka Brandt", "Ilka Brandt");
    let gang = paper.mention(K::Group, "his gang", &format!("the {family} gang"));
    let day = paper.document.published.clone().unwrap();
    paper.says(&blast, None, blown, (V::Type, None, term("bombing")));
    paper.says(&blast, None, blown, (V::Place, None, Value::Mention(place)));
    paper.says(&blast, None, blown, (V::Date, None, Value::Date(day)));
    let dead = Value::Figure(Figure::exactly(1 + u32::try_from(number % 5).unwrap()));
    let toll = paper.says(&blast, None, blown, (V::Killed, None, dead.clone()));
    paper.says(&named, None, blown, (V::AscribedTo, None, Value::Mention(gang)));
    let affiliation = (V::Statement, None, Value::Text("spoke to the press".into()));
    let spoken = paper.reading.assertions.len();
    paper.says(official, None, minister, affiliation);
    let office = (V::Description, None, Value::Text("minister".into()));
    paper.says(official, None, minister, office);
    // She holds an office and speaks in public, and so is named.
    paper.reading.assertions[spoken].speakers.push(Speaker {
        voice: Voice::Mention(minister),
        stance: Stance::Asserted,
        cue: None,
    });
    let said = paper.reading.assertions[spoken].clone().sealed();
    paper.reading.assertions[spoken] = said;
    let neighbour = format!("a neighbour of {family}");
    let neighbour = Some(neighbour.as_str());
    let accuse = (V::Perpetrator, None, Value::Mention(person));
    let role = |word: &str| (V::Role, Some(blown), term(word));
    let step = |word: &str| (V::Procedure, None, term(word));
    match number % 9 {
        0 => {
            let said = paper.says(&named, neighbour, blown, accuse);
            judgments.push(judged(Act::Accept(said), format!("as {family} is called"), vec![]));
        }
        1 | 2 => {
            paper.says(&named, neighbour, person, step("arrested"));
            paper.says(&named, neighbour, blown, accuse);
        }
        3 => {
            paper.says(&named, None, blown, (V::Victim, None, Value::Mention(person)));
            paper.says(&named, None, person, role("victim"));
        }
        4 => {
            paper.says(&named, None, person, (V::Age, None, Value::Figure(Figure::exactly(9))));
            paper.says(&named, neighbour, person, role("perpetrator"));
        }
        5 => {
            let yes = Value::Answer(Answer::Yes);
            paper.says(&named, None, person, (V::KinOf, None, yes));
        }
        6 => {
            paper.says(&named, neighbour, blown, accuse);
            paper.says(&named, None, person, (V::Fate, None, term("dead")));
        }
        7 => {
            let said = paper.says(&named, Some("the court of Lenn"), person, step("convicted"));
            judgments.push(judged(Act::Accept(said), "the verdict".into(), vec![]));
        }
        // Nothing is known but the name.
        _ => {
            let words = Value::Text(format!("a friend of {family}"));
            paper.says(&named, None, person, (V::Description, None, words));
        }
    }
    if number.is_multiple_of(2) {
        let target = Target {
            subject: blown,
            variable: V::Killed,
            party: None,
            value: Some(dead),
            rests_on: vec![toll],
        };
        let reason = format!("{full} said so");
        judgments.push(judged(Act::Find(Box::new(target)), reason, vec![]));
    }
    if number % 10 == 9 {
        let wrong = (V::Wounded, None, Value::Figure(Figure::exactly(77)));
        let said = paper.says(&blast, None, blown, wrong);
        judgments.push(judged(Act::Retract(said), format!("of {family}, not of this"), vec![]));
        retracted.push((said, paper.document.id));
    }
    // A correction by another paper, later: cleared, taken for somebody else, or quashed.
    if let Some((variable, word)) = match number % 9 {
        1 => Some((V::Cleared, "cleared")),
        2 => Some((V::Cleared, "misidentified")),
        7 => Some((V::Procedure, "quashed")),
        _ => None,
    } {
        let words = format!("Of {full} nothing of it was true.");
        let mut other = Paper::new(
            number + 2_000,
            "The Evening Lamp",
            format!("The case of {given} {family}"),
            format!("https://lamp.example/{slug}"),
            words.clone(),
        );
        let again = other.mention(K::Person, &full, &full);
        other.says(&words, Some("the court of Lenn"), again, (variable, None, term(word)));
        judgments.push(judged(Act::Same(person, again), format!("{full} is rare"), vec![]));
        papers.push(other);
    }
    papers.push(paper);
}
