//! Cutting the readings of a document into what it says of each of its subjects.

use std::collections::{BTreeMap, BTreeSet};

use throughline_model::{
    Assertion, Day, DocumentId, Edtf, Mention, MentionId, Outline, Passage, Reading, Sentence,
    SubjectKind, Value, Variable, Voice, Wording,
};

use crate::{BlockKey, Referent, Referents, normal};

/// What one document says of one subject: the mentions that stand for it, and their assertions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Local {
    /// The block in which the program looks for others like it.
    pub block: BlockKey,
    /// The document.
    pub document: DocumentId,
    /// Since when the document is public: published or, as it stands here, last changed.
    pub published: Option<Edtf>,
    /// Who published it.
    pub source: Option<String>,
    /// The mentions, earliest first. Never empty.
    pub mentions: Vec<Mention>,
    /// The assertions whose subject is one of the mentions, in text order.
    pub assertions: Vec<Assertion>,
    /// The sentences in which these stand, as far as they are known by their words, in text order.
    pub sentences: Vec<Sentence>,
    /// The other mentions that the assertions refer to.
    pub referents: Referents,
    /// Normal names of what the document puts beside the subject: groups, places, incidents, roles.
    /// In order, each once.
    pub context: Vec<String>,
    /// The outline of the document, beside the incident that it mainly reports, if it has words enough.
    pub outline: Option<Outline>,
}

impl Local {
    /// What kind of subject it is.
    pub fn kind(&self) -> SubjectKind {
        self.mentions[0].kind()
    }

    /// The last day on which its document may have become public, by which locals are folded; the last
    /// there is, if it is undated.
    pub fn day(&self) -> Day {
        self.published.as_ref().map_or(Day::MAX, Edtf::latest)
    }

    /// The fullest name in the document.
    pub fn name(&self) -> &str {
        fullest(self.mentions.iter())
    }

    /// The words or the name that a mention stands for here, if an assertion refers to it.
    pub fn name_of(&self, mention: MentionId) -> Option<&str> {
        self.referents.get(mention).map(|referent| referent.name.as_str())
    }

    /// How the sentence is worded in which an assertion stands, if that tells whose words they are.
    pub fn wording_of(&self, said: &Assertion) -> Option<Wording> {
        Sentence::of(&self.sentences, &said.passage).map(|sentence| sentence.wording)
    }

    /// The work whose text is not held and in which the subject is mentioned. Two rows of one
    /// dataset are two incidents, as are two passages of one document.
    pub(crate) fn cited_work(&self) -> Option<&str> {
        match &self.mentions[0].passage {
            Passage::Cited { work, .. } => Some(work),
            Passage::Text(_) => None,
        }
    }

    /// The values said of a variable, in text order.
    pub(crate) fn values(&self, variable: Variable) -> impl Iterator<Item = &Value> {
        self.assertions.iter().filter(move |said| said.variable == variable).map(|said| &said.value)
    }

    /// The dates said of a variable.
    pub(crate) fn dates(&self, variable: Variable) -> impl Iterator<Item = &Edtf> {
        self.values(variable).filter_map(|value| match value {
            Value::Date(date) => Some(date),
            _ => None,
        })
    }

    /// The names of the mentions said of a variable.
    pub(crate) fn names(&self, variable: Variable) -> impl Iterator<Item = &str> {
        self.values(variable).filter_map(|value| match value {
            Value::Mention(id) => self.name_of(*id),
            _ => None,
        })
    }
}

/// The name with most words, then most letters, then first.
pub(crate) fn fullest<'a>(mentions: impl Iterator<Item = &'a Mention>) -> &'a str {
    let (mut best, mut most) = ("", (0, 0));
    for mention in mentions {
        // Most are written alike.
        if mention.name != best && size(&mention.name) > most {
            (best, most) = (&mention.name, size(&mention.name));
        }
    }
    best
}

/// How full a name is: its words, then its letters.
fn size(name: &str) -> (usize, usize) {
    (name.split_whitespace().count(), name.chars().count())
}

/// Cuts all readings in force of one document into locals, in text order.
///
/// Mentions and assertions that stand in several readings count once, whichever reading came first:
/// by the fullest name, and as a copy if one reading takes it for that. An antecedent that no
/// reading defines, or one of another kind, is passed over.
pub fn locals(
    document: DocumentId,
    published: Option<&Edtf>,
    source: Option<&str>,
    outline: Option<&Outline>,
    readings: &[&Reading],
) -> Vec<Local> {
    let mut mentions: BTreeMap<MentionId, Mention> = BTreeMap::new();
    for mention in readings.iter().flat_map(|reading| &reading.mentions) {
        let known = mentions.entry(mention.id).or_insert_with(|| mention.clone());
        let antecedents = known.antecedent.into_iter().chain(mention.antecedent);
        known.antecedent = antecedents.min();
        let rank = |name: &str| (size(name), std::cmp::Reverse(name.to_owned()));
        if rank(&mention.name) > rank(&known.name) {
            known.name.clone_from(&mention.name);
        }
    }
    let chains = Chains::of(&mentions);
    let mut assertions: BTreeMap<_, &Assertion> = BTreeMap::new();
    for said in readings.iter().flat_map(|reading| &reading.assertions) {
        if mentions.contains_key(&said.subject) {
            let rank = |said: &Assertion| (said.repeats, said.certainty, said.zone);
            let known = assertions.entry(said.id).or_insert(said);
            if rank(said) > rank(known) {
                *known = said;
            }
        }
    }
    let mut assertions: Vec<&Assertion> = assertions.into_values().collect();
    assertions.sort_by(|a, b| (&a.passage, a.id).cmp(&(&b.passage, b.id)));

    let mut locals: BTreeMap<(Place, MentionId), Local> = chains
        .members
        .iter()
        .map(|(head, members)| {
            let members: Vec<Mention> = members.iter().map(|id| mentions[id].clone()).collect();
            let local = Local {
                block: BlockKey::alone(*head),
                document,
                published: published.cloned(),
                source: source.map(str::to_owned),
                mentions: members,
                assertions: Vec::new(),
                sentences: Vec::new(),
                referents: Referents::default(),
                context: Vec::new(),
                outline: None,
            };
            ((Place::of(&mentions[head]), *head), local)
        })
        .collect();

    for said in &assertions {
        let subject = chains.head(said.subject);
        let key = (Place::of(&mentions[&subject]), subject);
        let Some(local) = locals.get_mut(&key) else { continue };
        for id in referred(said) {
            if let Some(referent) = chains.referent(id) {
                local.referents.insert(id, referent);
            }
        }
        // Assertions come in text order, and so do the sentences of one after the other.
        let known = outline.and_then(|outline| Sentence::of(&outline.sentences, &said.passage));
        if let Some(sentence) = known.filter(|one| local.sentences.last() != Some(one)) {
            local.sentences.push(*sentence);
        }
        local.assertions.push((*said).clone());
    }
    set_contexts(&mut locals, &assertions, &chains);
    let mut locals: Vec<Local> = locals.into_values().collect();
    if let (Some(outline), Some(at)) = (outline, principal(&locals))
        && !outline.is_bare()
    {
        locals[at].outline = Some(outline.clone());
    }
    for local in &mut locals {
        local.block = BlockKey::of(local);
    }
    locals
}

/// The place of the incident that a document mainly reports: of its incidents the one of which it says
/// most, the first of several. A document of two incidents that it tells of alike has one all the
/// same: its words are those of the first.
pub fn principal(locals: &[Local]) -> Option<usize> {
    let incidents = locals
        .iter()
        .enumerate()
        .filter(|(_, local)| local.kind() == SubjectKind::Incident && local.cited_work().is_none());
    let said = |local: &Local| (local.assertions.len(), local.mentions.len());
    incidents.max_by_key(|(at, local)| (said(local), std::cmp::Reverse(*at))).map(|(at, _)| at)
}

/// Notes beside every subject the normal names of what the assertions put beside it.
fn set_contexts(
    locals: &mut BTreeMap<(Place, MentionId), Local>,
    assertions: &[&Assertion],
    chains: &Chains,
) {
    let mut beside: BTreeMap<MentionId, BTreeSet<String>> = BTreeMap::new();
    for said in assertions {
        let subject = chains.head(said.subject);
        for id in value_mentions(said) {
            let Some(referent) = chains.referent(id) else { continue };
            beside.entry(subject).or_default().insert(normal(&referent.name));
            if let Some(name) = chains.referent(said.subject).map(|subject| normal(&subject.name)) {
                beside.entry(referent.head).or_default().insert(name);
            }
        }
        if let (Variable::Description, Value::Text(words)) = (said.variable, &said.value) {
            beside.entry(subject).or_default().insert(normal(words));
        }
    }
    for ((_, head), local) in locals {
        local.context = beside.remove(head).unwrap_or_default().into_iter().collect();
    }
}

/// Every mention that an assertion refers to besides its subject.
fn referred(said: &Assertion) -> impl Iterator<Item = MentionId> {
    let voices = said.speakers.iter().filter_map(|speaker| match speaker.voice {
        Voice::Mention(id) => Some(id),
        _ => None,
    });
    value_mentions(said).chain(voices)
}

fn value_mentions(said: &Assertion) -> impl Iterator<Item = MentionId> {
    let value = match said.value {
        Value::Mention(id) => Some(id),
        _ => None,
    };
    value.into_iter().chain(said.party)
}

/// A mention's position, for text order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place(Passage, SubjectKind);

impl Place {
    fn of(mention: &Mention) -> Place {
        Place(mention.passage.clone(), mention.kind())
    }
}

/// The mentions of a document that stand for one subject, by their antecedents.
struct Chains {
    heads: BTreeMap<MentionId, MentionId>,
    members: BTreeMap<MentionId, Vec<MentionId>>,
    /// The fullest name of each head.
    names: BTreeMap<MentionId, String>,
    /// What each mention itself is called.
    own: BTreeMap<MentionId, String>,
}

impl Chains {
    fn of(mentions: &BTreeMap<MentionId, Mention>) -> Chains {
        let mut order: Vec<&Mention> = mentions.values().collect();
        order.sort_by_key(|mention| (Place::of(mention), mention.id));
        let mut heads: BTreeMap<MentionId, MentionId> = BTreeMap::new();
        for mention in &order {
            // Antecedents stand earlier, so their heads are known; one that does not is passed over.
            let head = mention
                .antecedent
                .filter(|antecedent| antecedent.kind() == mention.kind())
                .and_then(|antecedent| heads.get(&antecedent).copied())
                .unwrap_or(mention.id);
            heads.insert(mention.id, head);
        }
        let mut members: BTreeMap<MentionId, Vec<MentionId>> = BTreeMap::new();
        for mention in &order {
            members.entry(heads[&mention.id]).or_default().push(mention.id);
        }
        let names = members
            .iter()
            .map(|(head, ids)| (*head, fullest(ids.iter().map(|id| &mentions[id])).to_owned()))
            .collect();
        let own = mentions.values().map(|mention| (mention.id, mention.name.clone())).collect();
        Chains { heads, members, names, own }
    }

    fn head(&self, mention: MentionId) -> MentionId {
        self.heads.get(&mention).copied().unwrap_or(mention)
    }

    fn referent(&self, mention: MentionId) -> Option<Referent> {
        let head = *self.heads.get(&mention)?;
        let (name, own) = (&self.names[&head], &self.own[&mention]);
        Some(Referent { head, name: name.clone(), own: (own != name).then(|| own.clone()) })
    }
}

#[cfg(test)]
mod tests {
    use throughline_model::{AssertionId, Sha256, Speaker, Stance, ZoneRole};

    use super::*;

    #[test]
    fn the_order_of_readings_changes_nothing() {
        let document = DocumentId::of_bytes(Sha256::of(b"a"));
        let at = |start| Passage::Text(throughline_model::Span::new(start, start + 5));
        let mention =
            |start, name: &str| Mention::new(SubjectKind::Person, document, at(start), name);
        let (first, second) = (mention(0, "Ada Brandt"), mention(20, "he"));
        let said = Assertion {
            id: AssertionId::from_bits(0),
            document,
            passage: at(0),
            zone: ZoneRole::Body,
            speakers: vec![Speaker { voice: Voice::Document, stance: Stance::Asserted, cue: None }],
            subject: first.id,
            variable: Variable::Description,
            party: None,
            value: Value::Text("a weaver".into()),
            obtained: None,
            repeats: None,
            certainty: 90,
        }
        .sealed();
        let copy =
            Assertion { repeats: Some(AssertionId::from_bits(9)), certainty: 50, ..said.clone() };
        let machine = Reading {
            mentions: vec![
                first.clone(),
                Mention { antecedent: Some(first.id), ..second.clone() },
                Mention { antecedent: Some(first.id), ..mention(40, "Brandt") },
            ],
            assertions: vec![said],
            notes: vec![],
        };
        let hand = Reading {
            mentions: vec![
                Mention { name: "Ada M. Brandt".into(), ..first.clone() },
                second.clone(),
                Mention { antecedent: Some(second.id), ..mention(40, "Karl") },
            ],
            assertions: vec![copy.clone()],
            notes: vec![],
        };
        let one = locals(document, None, None, None, &[&machine, &hand]);
        assert_eq!(one, locals(document, None, None, None, &[&hand, &machine]));
        assert_eq!(one[0].name(), "Ada M. Brandt");
        assert_eq!(one[0].assertions, [copy]);
    }
}
