//! What bears on who may be named, as it is collected.

use std::collections::{BTreeMap, BTreeSet};

use throughline_model::{
    Assertion, AssertionId, Day, Document, DocumentId, Medium, Mention, MentionId, SubjectKind,
    Target, Value, Variable, Voice,
};

use super::Disclosure;
use crate::lists::is_official_body;
use crate::naming::{Bearing, Mark, Naming, Weight, bearing, follows, naming};
use crate::persons_named::{PersonNamed, persons_named};
use crate::redact::{NameParts, Redactor, plain_words};

/// Where an assertion comes from, and what people made of it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Heard<'a> {
    /// When its document was published.
    pub published: Option<Day>,
    /// Who published it.
    pub source: Option<&'a str>,
    /// Whether a person accepted it.
    pub judged: bool,
    /// Whether its source took it back.
    pub withdrawn: bool,
}

/// All that bears on who may be named, as it is collected.
#[derive(Debug, Default)]
pub struct Gathering {
    person_of: BTreeMap<MentionId, usize>,
    people: Vec<Person>,
    links: Vec<Link>,
    official: BTreeSet<AssertionId>,
    days: BTreeMap<AssertionId, Day>,
    private: BTreeSet<DocumentId>,
    authors: BTreeSet<String>,
    /// People who are named in the words of a value alone, such as whom an attack was aimed at.
    in_words: Vec<(DocumentId, PersonNamed)>,
    /// What groups, places and outlets are called, by plain words: nobody is called so.
    things: BTreeSet<Vec<String>>,
    /// The people whom each document mentions.
    mentioned: BTreeMap<DocumentId, BTreeSet<usize>>,
    /// The document of each incident, set and claim.
    home: BTreeMap<MentionId, DocumentId>,
}

#[derive(Debug, Default)]
struct Person {
    parts: NameParts,
    marks: BTreeSet<Mark>,
}

/// One person identified as another.
#[derive(Debug)]
struct Link {
    from: usize,
    to: usize,
    weight: Weight,
    day: Option<Day>,
    official: bool,
}

impl Gathering {
    /// Hears of a document, before what it says.
    pub fn document(&mut self, document: &Document) {
        if is_private(document) {
            self.private.insert(document.id);
            let names = [&document.source, &document.byline].into_iter().flatten();
            // Of "Karl Vossler <karl@mail.example>", the name.
            let names = names.map(|name| name.split('<').next().unwrap_or_default().trim());
            self.authors.extend(names.filter(|name| !name.is_empty()).map(str::to_owned));
        }
    }

    /// Hears that mentions stand for one person. Before the mentions themselves.
    pub fn person(&mut self, mentions: &[MentionId]) {
        let at = self.people.len();
        self.people.push(Person::default());
        self.person_of.extend(mentions.iter().map(|mention| (*mention, at)));
    }

    /// Hears a mention: another way to write a name.
    pub fn mention(&mut self, mention: &Mention) {
        match mention.kind() {
            SubjectKind::Person => {
                let at = self.at(mention.id);
                self.people[at].parts.add(&mention.name);
                self.mentioned.entry(mention.document).or_default().insert(at);
            }
            SubjectKind::Group
            | SubjectKind::Place
            | SubjectKind::Outlet
            | SubjectKind::Channel => {
                self.things.insert(plain_words(&mention.name));
            }
            SubjectKind::Incident | SubjectKind::Set | SubjectKind::Claim => {
                self.home.insert(mention.id, mention.document);
            }
        }
    }

    /// Hears an assertion as people left it. `name_of` names the mentions of its document.
    pub fn said(
        &mut self,
        said: &Assertion,
        heard: Heard,
        name_of: &dyn Fn(MentionId) -> Option<String>,
    ) {
        if heard.withdrawn {
            return;
        }
        if let Value::Text(words) = &said.value {
            self.text(said.document, said.subject, said.variable, words);
        }
        let weight = if heard.judged { Weight::Judged } else { Weight::Proposed };
        let private = self.private.contains(&said.document);
        for speaker in said.speakers.iter().filter(|_| !private) {
            if let Voice::Mention(id) = speaker.voice {
                self.mark(id, Bearing::Speaks, weight, heard.published);
            }
        }
        if points_to_people(said.subject, Some(&said.value)) {
            // Anybody may call himself the police in a letter.
            let source = heard.source.filter(|_| !private);
            let official = is_official(said, source, name_of);
            if official {
                self.official.insert(said.id);
            }
            if let Some(day) = heard.published {
                self.days.insert(said.id, day);
            }
            let target = (said.subject, said.variable, Some(&said.value));
            let follows = |bearing| follows(bearing, said);
            self.bear(target, weight, heard.published, official, &follows);
        }
    }

    /// Hears a value that is a text: another name of somebody, or whom it names.
    fn text(&mut self, document: DocumentId, subject: MentionId, variable: Variable, words: &str) {
        match variable {
            Variable::Name if subject.kind() == SubjectKind::Person => {
                let at = self.at(subject);
                self.people[at].parts.add(words);
            }
            Variable::Target => {
                let named = persons_named(words).into_iter().map(|one| (document, one));
                self.in_words.extend(named);
            }
            _ => {}
        }
    }

    /// Hears a finding in force. After the assertions that it rests on.
    ///
    /// `day` is when the last document that it cites was published, if it cites any.
    pub fn found(&mut self, target: &Target, day: Option<Day>) {
        let official = target.rests_on.iter().any(|id| self.official.contains(id));
        let rests = target.rests_on.iter().filter_map(|id| self.days.get(id).copied()).max();
        let home = self.home.get(&target.subject).copied();
        if let (Some(Value::Text(words)), Some(document)) = (&target.value, home) {
            self.text(document, target.subject, target.variable, words);
        }
        let said = (target.subject, target.variable, target.value.as_ref());
        self.bear(said, Weight::Judged, day.or(rests), official, &|_| true);
    }

    fn bear(
        &mut self,
        (subject, variable, value): (MentionId, Variable, Option<&Value>),
        weight: Weight,
        day: Option<Day>,
        official: bool,
        follows: &dyn Fn(Bearing) -> bool,
    ) {
        let mut marks: Vec<(MentionId, Bearing)> = Vec::new();
        if subject.kind() == SubjectKind::Person {
            marks.extend(bearing(variable, value).into_iter().map(|bearing| (subject, bearing)));
            let perpetrator = matches!(value, Some(Value::Term(term)) if term == "perpetrator");
            if official && variable == Variable::Role && perpetrator {
                marks.push((subject, Bearing::Identified));
            }
        }
        if let Some(Value::Mention(other)) = value
            && other.kind() == SubjectKind::Person
        {
            match variable {
                Variable::Perpetrator => {
                    marks.push((*other, Bearing::Accused));
                    marks.extend(official.then_some((*other, Bearing::Identified)));
                }
                Variable::Claimant => marks.push((*other, Bearing::Accused)),
                Variable::Victim => marks.push((*other, Bearing::Victim)),
                Variable::IdentifiedAs => {
                    let (from, to) = (self.at(subject), self.at(*other));
                    let firm = follows(Bearing::Identified);
                    let official = official && firm;
                    self.links.push(Link { from, to, weight, day, official });
                }
                _ => {}
            }
        }
        for (id, bearing) in marks {
            if follows(bearing) {
                self.mark(id, bearing, weight, day);
            }
        }
    }

    fn mark(&mut self, id: MentionId, bearing: Bearing, weight: Weight, day: Option<Day>) {
        if id.kind() == SubjectKind::Person {
            let at = self.at(id);
            self.people[at].marks.insert(Mark { bearing, weight, day });
        }
    }

    fn at(&mut self, mention: MentionId) -> usize {
        let next = self.people.len();
        let at = *self.person_of.entry(mention).or_insert(next);
        if at == next {
            self.people.push(Person::default());
        }
        at
    }

    /// Decides.
    pub fn close(mut self) -> Disclosure {
        self.follow_links();
        let namings: Vec<Naming> = self
            .people
            .iter()
            .map(|person| naming(&person.marks.iter().copied().collect::<Vec<_>>()))
            .collect();
        let (mut whole, mut all) = (Redactor::default(), Redactor::default());
        let mut in_words: BTreeMap<DocumentId, Vec<NameParts>> = BTreeMap::new();
        for (document, PersonNamed { name, regal }) in &self.in_words {
            let mut parts = NameParts::default();
            parts.add(name);
            // Who is mentioned there by this name is withheld or named as that person is.
            let people = self.mentioned.get(document).into_iter().flatten();
            let mut known = people.filter(|at| parts.are_of(&self.people[**at].parts));
            if known.next().is_some() || self.things.contains(&plain_words(name)) {
                continue;
            }
            match regal {
                Some(title) => {
                    whole.withhold_titled(title, name);
                    all.withhold_titled(title, name);
                }
                None => {
                    whole.withhold_whole(&parts);
                    all.withhold(&parts);
                }
            }
            in_words.entry(*document).or_default().push(parts);
        }
        for (person, naming) in self.people.iter().zip(&namings) {
            if !naming.is_named() {
                whole.withhold_whole(&person.parts);
                all.withhold(&person.parts);
            }
        }
        let mut authors = Redactor::default();
        for name in &self.authors {
            let mut parts = NameParts::default();
            parts.add(name);
            authors.withhold_author(&parts);
            all.withhold(&parts);
        }
        let parts = self.people.into_iter().map(|person| person.parts).collect();
        let Gathering { person_of, private, .. } = self;
        Disclosure { person_of, namings, parts, whole, all, private, authors, in_words }
    }

    /// What is said of "the attacker" is said of whoever is identified as him. While nobody has
    /// judged the identification it can protect and accuse, but open nothing.
    fn follow_links(&mut self) {
        let before: Vec<BTreeSet<Mark>> =
            self.people.iter().map(|person| person.marks.clone()).collect();
        for link in &self.links {
            let own = &before[link.from];
            let accused = own.iter().any(|mark| {
                matches!(mark.bearing, Bearing::Accused | Bearing::Convicted | Bearing::Identified)
            });
            let person = &mut self.people[link.to];
            // That the police call the attacker a perpetrator identifies nobody by name.
            let carried = own
                .iter()
                .filter(|mark| !matches!(mark.bearing, Bearing::Speaks | Bearing::Identified))
                .map(|mark| Mark { weight: mark.weight.min(link.weight), ..*mark });
            person.marks.extend(carried);
            if link.official && accused {
                let bearing = Bearing::Identified;
                person.marks.insert(Mark { bearing, weight: link.weight, day: link.day });
            }
        }
    }
}

/// Whether a document speaks to those alone whom it was sent to.
fn is_private(document: &Document) -> bool {
    match document.medium {
        Some(Medium::Chat | Medium::Letter) => true,
        Some(Medium::Page | Medium::Feed | Medium::Channel) => false,
        // Before documents said what medium they are of, letters were told by their sender's line.
        None => document.byline.as_deref().is_some_and(|byline| byline.contains('@')),
    }
}

/// Whether a statement is on a person.
fn points_to_people(subject: MentionId, value: Option<&Value>) -> bool {
    let person = |id: MentionId| id.kind() == SubjectKind::Person;
    person(subject) || matches!(value, Some(Value::Mention(id)) if person(*id))
}

/// Whether the first speaker is an official body, by his description or name.
fn is_official(
    said: &Assertion,
    source: Option<&str>,
    name_of: &dyn Fn(MentionId) -> Option<String>,
) -> bool {
    let words = match said.speakers.last().map(|speaker| &speaker.voice) {
        Some(Voice::Mention(id)) => name_of(*id).unwrap_or_default(),
        Some(Voice::Described(words)) => words.clone(),
        Some(Voice::Document) if said.speakers.len() == 1 => source.unwrap_or_default().to_owned(),
        _ => String::new(),
    };
    plain_words(&words).iter().any(|word| is_official_body(word))
}
