//! What may leave the casebook: the one place that decides who is named.
//!
//! A [`Gathering`] hears everything that is known today: records of people, mentions, assertions
//! as people left them, findings in force. From it comes a [`Disclosure`], which names people and
//! cleans texts for every export, whatever dates it is as of.
//!
//! Letters and private chats never name who wrote them: neither where a document says who published
//! it, nor in the words of any letter or private chat. That somebody speaks there is no public word.
//!
//! Not decided here: whether a text that names nobody still lets somebody be recognised.

use std::collections::{BTreeMap, BTreeSet};

use throughline_model::{
    Assertion, AssertionId, Day, Document, DocumentId, Medium, Mention, MentionId, SubjectKind,
    Target, Value, Variable, Voice,
};

use crate::lists::is_official_body;
use crate::naming::{Bearing, Ground, Mark, Naming, Weight, bearing, follows, naming};
use crate::persons_named::{PersonNamed, persons_named};
use crate::redact::{NameParts, Redactor, WITHHELD, is_description, plain_words, without_mail};

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

/// Who is named, and how texts are cleaned of those who are not.
#[derive(Debug, Default)]
pub struct Disclosure {
    person_of: BTreeMap<MentionId, usize>,
    namings: Vec<Naming>,
    parts: Vec<NameParts>,
    whole: Redactor,
    all: Redactor,
    private: BTreeSet<DocumentId>,
    /// Who is named in each document by words of values alone.
    in_words: BTreeMap<DocumentId, Vec<NameParts>>,
    /// Takes out whoever wrote in a private medium.
    authors: Redactor,
}

impl Disclosure {
    /// Whether a person may be named; everything that is no person may.
    ///
    /// A person that nothing was gathered on is not.
    pub fn may_name(&self, mention: MentionId) -> bool {
        mention.kind() != SubjectKind::Person || self.naming(mention).is_some_and(Naming::is_named)
    }

    /// What was decided on a person, and on what ground.
    pub fn naming(&self, person: MentionId) -> Option<Naming> {
        self.person_of.get(&person).map(|&at| self.namings[at])
    }

    /// Whether an assertion is left out as a whole: nobody has judged it, and it accuses somebody
    /// who is named because he speaks in public.
    pub fn leaves_out(&self, said: &Assertion, judged: bool) -> bool {
        let public = |id: MentionId| self.naming(id) == Some(Naming::Named(Ground::Public));
        let accuses = bearing(said.variable, Some(&said.value))
            .iter()
            .any(|bearing| matches!(bearing, Bearing::Accused | Bearing::Convicted));
        let blamed = match said.value {
            Value::Mention(id) => {
                use Variable as V;
                matches!(said.variable, V::Perpetrator | V::IdentifiedAs) && public(id)
            }
            _ => false,
        };
        !judged && (accuses && public(said.subject) || blamed)
    }

    /// What cleans the texts of some documents that mention these people.
    pub fn cleaner(
        &self,
        documents: impl IntoIterator<Item = DocumentId>,
        people: impl IntoIterator<Item = MentionId>,
    ) -> Cleaner<'_> {
        let mut private = false;
        let mut own = Redactor::default();
        for document in documents {
            private |= self.private.contains(&document);
            for parts in self.in_words.get(&document).into_iter().flatten() {
                own.withhold(parts);
            }
        }
        let people: BTreeSet<usize> =
            people.into_iter().filter_map(|id| self.person_of.get(&id).copied()).collect();
        for at in people.into_iter().filter(|&at| !self.namings[at].is_named()) {
            own.withhold(&self.parts[at]);
        }
        Cleaner { disclosure: self, own, private }
    }

    /// What cleans words that belong to no document, such as the reasons of judgments: every word
    /// of every withheld name is taken out.
    pub fn everywhere(&self, words: &str) -> String {
        self.all.text(words)
    }
}

/// Cleans the texts of one document, or of several together.
#[derive(Debug)]
pub struct Cleaner<'d> {
    disclosure: &'d Disclosure,
    own: Redactor,
    private: bool,
}

impl Cleaner<'_> {
    /// A text without withheld names: whole names and family names of anybody, and every word of the
    /// names of those whom the document mentions.
    pub fn text(&self, text: &str) -> String {
        if !self.private {
            return self.names(text);
        }
        // Addresses first, while they still are addresses.
        self.disclosure.authors.text(&self.names(&without_mail(text)))
    }

    fn names(&self, text: &str) -> String {
        // Whole names first, while all their words still stand together.
        self.own.text(&self.disclosure.whole.text(text))
    }

    /// The name of who published or wrote a document.
    pub fn author(&self, name: &str) -> String {
        if self.private { WITHHELD.to_owned() } else { self.text(name) }
    }

    /// An address, unless it could spell a withheld name or leads to a private chat.
    pub fn address(&self, url: &str) -> Option<String> {
        if self.private {
            return None;
        }
        self.own.address(url).filter(|url| !self.disclosure.whole.spells_whole(url))
    }

    /// The name to show for a mention of the document; `None` where it is withheld. Words that
    /// describe somebody without naming him stay.
    pub fn name(&self, mention: MentionId, name: &str) -> Option<String> {
        if mention.kind() != SubjectKind::Person || is_description(name) {
            return Some(self.text(name));
        }
        let named = self.disclosure.may_name(mention).then(|| name.to_owned());
        // A minister is named, and yet not as the one who wrote a letter.
        named.filter(|name| !self.private || self.disclosure.authors.text(name) == *name)
    }
}

#[cfg(test)]
mod tests {
    use throughline_model::{Edtf, Fingerprint, Passage, Sha256, Span, Speaker, Stance, ZoneRole};

    use super::*;

    const DOCUMENT: u64 = 7;

    fn mention(kind: SubjectKind, name: &str, at: usize) -> Mention {
        let passage = Passage::Text(Span::new(at, at + 1));
        Mention::new(kind, DocumentId::from_bits(DOCUMENT), passage, name)
    }

    fn said(subject: MentionId, variable: Variable, value: Value, voice: Voice) -> Assertion {
        Assertion {
            id: AssertionId::from_bits(0),
            document: DocumentId::from_bits(DOCUMENT),
            passage: Passage::Text(Span::new(0, 1)),
            zone: ZoneRole::Body,
            speakers: vec![
                Speaker { voice: Voice::Document, stance: Stance::Asserted, cue: None },
                Speaker { voice, stance: Stance::Asserted, cue: None },
            ],
            subject,
            variable,
            party: None,
            value,
            obtained: None,
            repeats: None,
            certainty: 100,
        }
        .sealed()
    }

    fn day(text: &str) -> Option<Day> {
        Some(text.parse::<Edtf>().unwrap().latest())
    }

    fn police() -> Voice {
        Voice::Described("the police of Lenn".into())
    }

    fn term(term: &str) -> Value {
        Value::Term(term.into())
    }

    /// A gathering that knows a description and a named man.
    fn two() -> (Gathering, MentionId, MentionId) {
        let mut gathering = Gathering::default();
        let attacker = mention(SubjectKind::Person, "the attacker", 1);
        let man = mention(SubjectKind::Person, "Karl Vossler", 2);
        for one in [&attacker, &man] {
            gathering.person(&[one.id]);
            gathering.mention(one);
        }
        (gathering, attacker.id, man.id)
    }

    #[test]
    fn a_dead_attacker_is_named_under_an_official_identification_that_is_judged() {
        let check = |voice: Voice, judged: bool, cleared: bool, want: bool| {
            let (mut gathering, attacker, man) = two();
            let heard = Heard { published: day("2016-05-12"), judged, ..Heard::default() };
            let names = |_| None;
            gathering.said(
                &said(attacker, Variable::Role, term("perpetrator"), police()),
                heard,
                &names,
            );
            gathering.said(&said(attacker, Variable::Fate, term("dead"), police()), heard, &names);
            let same = said(attacker, Variable::IdentifiedAs, Value::Mention(man), voice);
            gathering.said(&same, heard, &names);
            if cleared {
                let heard = Heard { published: day("2016-05-13"), ..Heard::default() };
                let wrong = said(man, Variable::Cleared, term("misidentified"), police());
                gathering.said(&wrong, heard, &names);
            }
            let disclosure = gathering.close();
            assert_eq!(disclosure.may_name(man), want, "{judged} {cleared}");
        };
        check(police(), true, false, true);
        check(police(), false, false, false);
        check(Voice::Described("a neighbour".into()), true, false, false);
        check(police(), true, true, false);
    }

    #[test]
    fn texts_names_and_addresses_are_cleaned_by_what_a_document_mentions() {
        let (mut gathering, _, man) = two();
        let expert = mention(SubjectKind::Person, "Ada Quill", 3);
        gathering.person(&[expert.id]);
        gathering.mention(&expert);
        let heard = Heard { judged: true, ..Heard::default() };
        let words = Value::Text("professor of history".into());
        gathering.said(&said(expert.id, Variable::Description, words, police()), heard, &|_| None);
        let spoke = said(
            man,
            Variable::Age,
            Value::Figure(throughline_model::Figure::exactly(31)),
            Voice::Mention(expert.id),
        );
        gathering.said(&spoke, heard, &|_| None);
        let disclosure = gathering.close();

        let document = || [DocumentId::from_bits(DOCUMENT)];
        let beside = disclosure.cleaner(document(), [man, expert.id]);
        assert_eq!(beside.text("Ada Quill on Vossler"), "Ada Quill on [name withheld]");
        assert_eq!(beside.name(expert.id, "Ada Quill").as_deref(), Some("Ada Quill"));
        assert_eq!(beside.name(man, "Karl Vossler"), None);
        let place = mention(SubjectKind::Place, "Vossler Street", 9).id;
        assert_eq!(beside.name(place, "Vossler Street").as_deref(), Some("[name withheld] Street"));
        assert_eq!(beside.address("https://a.example/vossler"), None);
        // A document in which nobody recognised him may speak of him all the same.
        let elsewhere = disclosure.cleaner(document(), []);
        assert_eq!(elsewhere.text("Vossler and Karl Ruhl"), "[name withheld] and Karl Ruhl");
        assert_eq!(elsewhere.address("https://a.example/karl-vossler"), None);
        assert_eq!(disclosure.everywhere("as Vossler said"), "as [name withheld] said");
    }

    #[test]
    fn who_wrote_a_letter_or_in_a_private_chat_is_not_named() {
        let check = |medium: Option<Medium>, byline: &str, want: bool| {
            let id = DocumentId::from_bits(DOCUMENT);
            let document = Document {
                id,
                medium,
                source: Some("Ada Quill".into()),
                byline: Some(byline.into()),
                ..Document::bare(Sha256::of(b"letter"))
            };
            let mut gathering = Gathering::default();
            gathering.document(&document);
            // A minister who is quoted there, as the author himself is.
            let expert = mention(SubjectKind::Person, "Ada Quill", 3);
            gathering.person(&[expert.id]);
            gathering.mention(&expert);
            let heard = Heard { judged: true, ..Heard::default() };
            let words = Value::Text("minister of the interior".into());
            let office = said(expert.id, Variable::Description, words, Voice::Document);
            gathering.said(&office, heard, &|_| None);
            let words = Value::Text("x".into());
            let spoke = said(expert.id, Variable::Statement, words, Voice::Mention(expert.id));
            gathering.said(&spoke, heard, &|_| None);
            let disclosure = gathering.close();
            let cleaner = disclosure.cleaner([id], [expert.id]);
            assert_eq!(disclosure.may_name(expert.id), want, "{medium:?}");
            assert_eq!(cleaner.name(expert.id, "Ada Quill").is_some(), want, "{medium:?}");
            assert_eq!(cleaner.author("Ada Quill"), if want { "Ada Quill" } else { WITHHELD });
            let signed = cleaner.text("Yours, Ada, quill@mail.example");
            assert_eq!(signed.contains("Ada") || signed.contains('@'), want, "{signed}");
            assert_eq!(cleaner.address("https://t.me/c/1/2").is_some(), want);
        };
        for medium in [Medium::Chat, Medium::Letter] {
            check(Some(medium), "Ada Quill", false);
        }
        for medium in [None, Some(Medium::Page), Some(Medium::Feed), Some(Medium::Channel)] {
            check(medium, "Ada Quill", true);
        }
        check(None, "Ada Quill <quill@mail.example>", false);
    }

    #[test]
    fn an_accusation_that_nobody_judged_is_left_out_where_the_name_is_open() {
        let (mut gathering, _, man) = two();
        let heard = Heard { judged: true, ..Heard::default() };
        let names = |_| None;
        let words = Value::Text("minister of the interior".into());
        gathering.said(&said(man, Variable::Description, words, police()), heard, &names);
        gathering.said(
            &said(man, Variable::Statement, Value::Text("x".into()), Voice::Mention(man)),
            heard,
            &names,
        );
        let accusation = said(man, Variable::Role, term("suspect"), police());
        gathering.said(&accusation, Heard::default(), &names);
        let disclosure = gathering.close();
        assert!(disclosure.may_name(man));
        assert!(disclosure.leaves_out(&accusation, false));
    }

    #[test]
    fn who_was_never_gathered_is_not_named() {
        let stranger = MentionId::of(SubjectKind::Person, Fingerprint::new("stranger"));
        assert!(!Disclosure::default().may_name(stranger));
    }
}
