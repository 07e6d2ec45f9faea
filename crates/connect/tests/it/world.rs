//! Small invented worlds: incidents, people and groups, what is said of them and since when.

use proptest::prelude::*;
use throughline_connect::*;
use throughline_model::*;

/// A world before it is indexed.
#[derive(Clone, Debug)]
pub(crate) struct World {
    pub(crate) subjects: Vec<Subject>,
    pub(crate) words: Vec<Word>,
    pub(crate) identities: Vec<Identity>,
    pub(crate) circumstances: Vec<Circumstance>,
}

impl World {
    pub(crate) fn network(&self) -> Network {
        Network::new(
            self.subjects.clone(),
            self.words.clone(),
            self.identities.clone(),
            self.circumstances.clone(),
        )
    }

    pub(crate) fn incidents(&self) -> usize {
        let kind = |subject: &&Subject| subject.mentions[0].kind() == SubjectKind::Incident;
        self.subjects.iter().filter(kind).count()
    }
}

pub(crate) fn mention(kind: SubjectKind, record: usize, number: usize) -> MentionId {
    let key = Fingerprint::new("world").number(record as u64).number(number as u64);
    MentionId::of(kind, key)
}

/// The kinds of a world's records: some incidents, then people, then a claim and a group.
fn kinds(incidents: usize, people: usize) -> Vec<SubjectKind> {
    let mut kinds = vec![SubjectKind::Incident; incidents];
    kinds.extend(vec![SubjectKind::Person; people]);
    kinds.extend([SubjectKind::Claim, SubjectKind::Group]);
    kinds
}

/// A type of tie that may stand between two subjects.
fn kind(from: SubjectKind, to: SubjectKind, choice: usize) -> Kind {
    use SubjectKind as S;
    use Variable as V;
    let of = |variables: &[Variable]| Kind::Of(variables[choice % variables.len()]);
    match (from, to) {
        (S::Incident, S::Incident) => Kind::Of(V::PartOf),
        (S::Incident, _) => of(&[V::Perpetrator, V::AscribedTo, V::Victim]),
        (_, S::Incident) if choice.is_multiple_of(3) => Kind::Role(Role::Suspect),
        (_, S::Incident) => of(&[V::About, V::Claimant]),
        (S::Person, S::Person) => of(&[V::ContactWith, V::KinOf, V::IdentifiedAs]),
        _ => of(&[V::MemberOf, V::Claimant, V::ContactWith]),
    }
}

fn day() -> impl Strategy<Value = Day> {
    prop_oneof![1 => Just(Day::MAX), 1 => Just(Day::MIN), 12 => (0..9).prop_map(Day)]
}

prop_compose! {
    fn word(kinds: Vec<SubjectKind>, sizes: Vec<usize>)(
        ends in (0..kinds.len(), 0..kinds.len()),
        at in (0..3_usize, 0..3_usize),
        choice in 0..6_usize,
        day in day(),
        until in prop_oneof![4 => Just(None), 1 => (1..6).prop_map(Some)],
        voice in 0..4_u32,
        weak in (prop::bool::weighted(0.2), any::<bool>(), any::<bool>()),
        held in prop::bool::weighted(0.8),
        id in any::<u32>(),
    ) -> Word {
        let mention = |end: usize, at: usize| mention(kinds[end], end, at % sizes[end]);
        // Whatever is held was never taken back.
        let until = until.filter(|_| !held && day != Day::MAX);
        Word {
            from: mention(ends.0, at.0),
            to: mention(ends.1, at.1),
            kind: kind(kinds[ends.0], kinds[ends.1], choice),
            assertion: Some(AssertionId::from_bits(id.into())),
            finding: None,
            day,
            hindsight: false,
            until: until.map_or(Day::MAX, |after| Day(day.0.max(0) + after)),
            voice,
            document: None,
            wording: None,
            weakness: Weakness { contested: weak.0, hedged: weak.1, unreviewed: weak.2 },
            held,
        }
    }
}

/// A world with its mentions joined along a tree, as a casebook joins them.
pub(crate) fn world() -> impl Strategy<Value = World> {
    (2..4_usize, 1..4_usize)
        .prop_flat_map(|(incidents, people)| {
            let kinds = kinds(incidents, people);
            let sizes = prop::collection::vec(1..4_usize, kinds.len());
            (Just(kinds), sizes)
        })
        .prop_flat_map(|(kinds, sizes)| {
            let words = prop::collection::vec(word(kinds.clone(), sizes.clone()), 0..13);
            let joins = sizes.iter().sum::<usize>();
            let join = (0..3_usize, day(), any::<bool>(), any::<bool>());
            let joins = prop::collection::vec(join, joins);
            let circumstances = prop::collection::vec((0..kinds.len(), 0..3_usize), 0..8);
            (Just(kinds), Just(sizes), words, joins, circumstances)
        })
        .prop_map(|(kinds, sizes, words, joins, circumstances)| {
            build(&kinds, &sizes, words, joins, circumstances)
        })
}

/// To which of the mentions before it a mention is joined, since when, and on whose word.
type Join = (usize, Day, bool, bool);

fn build(
    kinds: &[SubjectKind],
    sizes: &[usize],
    words: Vec<Word>,
    joins: Vec<Join>,
    circumstances: Vec<(usize, usize)>,
) -> World {
    let mut joins = joins.into_iter();
    let mut subjects = Vec::new();
    let mut identities = Vec::new();
    for (record, (&kind, &size)) in kinds.iter().zip(sizes).enumerate() {
        let own = |at| mention(kind, record, at);
        subjects.push(Subject { mentions: (0..size).map(own).collect() });
        for (at, (to, day, judged, within)) in (1..size).zip(&mut joins) {
            identities.push(Identity {
                a: own(at),
                b: own(to % at),
                day,
                reason: String::new(),
                judgment: judged.then(|| JudgmentId::from_bits(1)),
                within_document: within && !judged,
            });
        }
    }
    let circumstances = circumstances
        .into_iter()
        .map(|(record, words)| Circumstance {
            of: mention(kinds[record], record, 0),
            variable: Variable::Weapon,
            words: words.to_string(),
            said: vec![],
        })
        .collect();
    World { subjects, words, identities, circumstances }
}

pub(crate) fn rule() -> impl Strategy<Value = Rule> {
    (0..5_usize, prop_oneof![3 => Just(1000), 1 => 1..4_usize], any::<bool>())
        .prop_map(|(ties, hub, through_incidents)| Rule { ties, hub, through_incidents })
}
