//! Readings as a thorough reader would make them, of texts that say nothing of the kind: fifteen
//! mentions and twenty assertions a document, names as unevenly distributed as in news. The load of
//! a casebook does not hang on how much today's reader finds.

use throughline_model::*;

use crate::documents::Dice;

/// How many different names there are of each kind.
const GROUPS: usize = 400;
const PLACES: usize = 3_000;
const PEOPLE: usize = 40_000;
const OUTLETS: usize = 60;

/// What a thorough reader would have found.
pub(crate) fn reading(document: &Document, dice: &mut Dice) -> Reading {
    let mut made = Made { document, at: 0, mentions: Vec::new(), assertions: Vec::new() };
    let group = made.mention(SubjectKind::Group, format!("Group {}", dice.zipf(GROUPS)));
    let second = made.mention(SubjectKind::Group, format!("Group {}", dice.zipf(GROUPS)));
    let outlet = made.mention(SubjectKind::Outlet, format!("Outlet {}", dice.zipf(OUTLETS)));
    let expert = made.mention(SubjectKind::Person, person(dice, 600));
    made.say(expert, Variable::Description, Value::Text("analyst".into()), None, None);
    let town = dice.zipf(PLACES);
    for part in 0..2 {
        let place = made.mention(SubjectKind::Place, format!("Town {town}"));
        let incident = made.mention(SubjectKind::Incident, "the attack".into());
        let person = made.mention(SubjectKind::Person, person(dice, PEOPLE));
        // Most papers write of what happened lately.
        let published = document.published.as_ref().map_or(Day(16_000), Edtf::latest);
        let day = Day(published.0 - i32::try_from(dice.zipf(40)).unwrap_or(0) - part * 60);
        let date = day.civil().map(|date| date.to_string()).and_then(|date| date.parse().ok());
        let by = Some(expert).filter(|_| part == 1);
        made.say(incident, Variable::Place, Value::Mention(place), None, by);
        if let Some(date) = date {
            made.say(incident, Variable::Date, Value::Date(date), None, by);
        }
        let killed = Figure::exactly(u32::try_from(dice.zipf(60)).unwrap_or(0));
        made.say(incident, Variable::Killed, Value::Figure(killed), None, by);
        let kind = ["bombing", "shooting", "attack"][dice.zipf(3)];
        made.say(incident, Variable::Type, Value::Term(kind.into()), None, by);
        made.say(incident, Variable::Perpetrator, Value::Mention(person), None, by);
        made.say(incident, Variable::AscribedTo, Value::Mention(group), None, Some(expert));
        made.say(person, Variable::Role, Value::Term("suspect".into()), Some(incident), by);
        made.say(person, Variable::Affiliation, Value::Mention(group), None, by);
    }
    let claim = made.mention(SubjectKind::Claim, "the claim".into());
    made.say(claim, Variable::Claimant, Value::Mention(group), None, None);
    if let Some(published) = &document.published {
        made.say(claim, Variable::Issued, Value::Date(published.clone()), None, None);
    }
    made.say(outlet, Variable::OutletOf, Value::Mention(second), None, None);
    made.mention(SubjectKind::Place, format!("Town {}", dice.zipf(PLACES)));
    made.mention(SubjectKind::Place, format!("Town {}", dice.zipf(PLACES)));
    made.mention(SubjectKind::Person, person(dice, PEOPLE));
    made.mention(SubjectKind::Set, "a series of attacks".into());
    Reading { mentions: made.mentions, assertions: made.assertions, notes: Vec::new() }
}

fn person(dice: &mut Dice, many: usize) -> String {
    let rank = dice.zipf(many);
    let given = ["Ann", "Bea", "Carl", "Dora", "Emil", "Fay", "Gus", "Hal"][rank % 8];
    format!("{given} Name{}", rank / 8)
}

struct Made<'d> {
    document: &'d Document,
    at: usize,
    mentions: Vec<Mention>,
    assertions: Vec<Assertion>,
}

impl Made<'_> {
    /// The next mention, some bytes after the one before.
    fn mention(&mut self, kind: SubjectKind, name: String) -> MentionId {
        let passage = Passage::Text(Span::new(self.at, self.at + 8));
        self.at += 16;
        let mention = Mention::new(kind, self.document.id, passage, name);
        self.mentions.push(mention.clone());
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
        let paper = Speaker { voice: Voice::Document, stance: Stance::Asserted, cue: None };
        let speaker =
            by.map(|id| Speaker { voice: Voice::Mention(id), stance: Stance::Hedged, cue: None });
        self.assertions.push(
            Assertion {
                id: AssertionId::from_bits(0),
                document: self.document.id,
                passage: Passage::Text(Span::new(0, self.document.text.len().min(90))),
                zone: ZoneRole::Body,
                speakers: std::iter::once(paper).chain(speaker).collect(),
                subject,
                variable,
                party,
                value,
                obtained: None,
                repeats: None,
                certainty: 80,
            }
            .sealed(),
        );
    }
}
