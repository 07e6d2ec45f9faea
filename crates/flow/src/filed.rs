//! Readings as they were filed, and which of them are in force.

use std::collections::{BTreeMap, BTreeSet};

use throughline_model::{
    Act, AsOf, AssertionId, DocumentId, Edtf, Instant, Judgment, MentionId, Outline, Reading,
    Record,
};
use throughline_weigh::Standing;

use crate::{Local, derive};

/// A reading of a document, as it entered the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filed {
    /// The document.
    pub document: DocumentId,
    /// Since when the document is public, by its own word.
    pub published: Option<Edtf>,
    /// Who published it.
    pub source: Option<String>,
    /// What of its words tells which incident it reports.
    pub outline: Option<Outline>,
    /// When it was recorded here.
    pub recorded: Instant,
    /// The reader and its version, or `hand:` or `import:` and by whom.
    pub reader: String,
    /// What was read.
    pub reading: Reading,
}

/// Whether a reading was made by a person, and so stands beside all others.
pub fn by_hand(reader: &str) -> bool {
    reader.starts_with("hand:") || reader.starts_with("import:")
}

/// Which readings of one document stand whole, by their readers in the order in which they were filed:
/// all made by hand, and of those made by machine the latest.
pub fn stand_whole(readers: &[&str]) -> Vec<bool> {
    let latest = readers.iter().rposition(|reader| !by_hand(reader));
    let stands = |(at, reader): (usize, &&str)| by_hand(reader) || Some(at) == latest;
    readers.iter().enumerate().map(stands).collect()
}

/// The readings in force among those of one document, in the order in which they were filed: all
/// made by hand, and of those made by machine the latest.
///
/// Of earlier machine readings, the assertions that somebody has judged or rested a finding on stay,
/// with the mentions they speak of: nobody's work is lost to a newer reader. Which mentions stand for one subject is
/// for the newer reader to say, where it has them.
pub fn in_force(filed: &[&Filed], judged: &dyn Fn(AssertionId) -> bool) -> Vec<Reading> {
    let readers: Vec<&str> = filed.iter().map(|one| one.reader.as_str()).collect();
    let latest = filed.iter().rfind(|one| !by_hand(&one.reader));
    let read_anew: BTreeSet<MentionId> = latest
        .map(|one| one.reading.mentions.iter().map(|mention| mention.id).collect())
        .unwrap_or_default();
    filed
        .iter()
        .zip(stand_whole(&readers))
        .map(|(one, whole)| match whole {
            true => one.reading.clone(),
            false => only_judged(&one.reading, judged, &read_anew),
        })
        .collect()
}

/// A reading without the assertions that nobody has judged, and without the mentions that are read
/// anew.
fn only_judged(
    reading: &Reading,
    judged: &dyn Fn(AssertionId) -> bool,
    read_anew: &BTreeSet<MentionId>,
) -> Reading {
    let assertions: Vec<_> =
        reading.assertions.iter().filter(|said| judged(said.id)).cloned().collect();
    if assertions.is_empty() {
        return Reading::default();
    }
    // The other mentions stay as a whole, so that antecedents lead somewhere.
    let mentions = reading.mentions.iter().filter(|mention| !read_anew.contains(&mention.id));
    Reading { mentions: mentions.cloned().collect(), assertions, notes: Vec::new() }
}

/// What one document says of each of its subjects, by its readings in force.
pub fn locals(
    document: DocumentId,
    published: Option<&Edtf>,
    source: Option<&str>,
    outline: Option<&Outline>,
    readings: &[Reading],
) -> Vec<Local> {
    let readings: Vec<&Reading> = readings.iter().collect();
    throughline_resolve::locals(document, published, source, outline, &readings)
}

/// What a mention is called in its document, as it is in view: by the fullest name of its subject there, or
/// by its own, where it is judged to be another than the one it was taken for.
pub fn called(local: &Local, mention: MentionId, standing: &Standing) -> String {
    let own = local.mentions.iter().find(|one| one.id == mention);
    let split = own.filter(|own| standing.are_apart(own.id, local.mentions[0].id));
    split.map_or_else(|| local.name().to_owned(), |own| own.name.clone())
}

/// What is still known of documents that were removed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gone {
    /// Since when each was public by itself, and when it was recorded.
    pub dates: BTreeMap<DocumentId, (Option<Edtf>, Instant)>,
    /// Their mentions that nothing stands for.
    pub lost: BTreeSet<MentionId>,
}

/// All records as of two dates, from nothing but what was filed and judged, on what stands now for mentions of
/// removed documents.
///
/// Slow and plain: the reference for every faster way.
pub fn from_scratch(
    filed: &[Filed],
    gone: &Gone,
    judgments: &[(Judgment, Instant)],
    as_of: AsOf,
) -> Vec<Record> {
    let recalled: Vec<&Filed> = filed.iter().filter(|one| as_of.recalls(one.recorded)).collect();
    let dates: BTreeMap<DocumentId, Option<Edtf>> =
        recalled.iter().map(|one| (one.document, one.published.clone())).collect();
    let then = |document: DocumentId| {
        gone.dates.get(&document).filter(|(_, recorded)| as_of.recalls(*recorded))?.0.clone()
    };
    let published_of = |document: DocumentId| match dates.get(&document) {
        Some(own) => own.clone(),
        None => then(document),
    };
    let mut standing = Standing::new(
        judgments.iter().map(|(judgment, recorded)| (judgment, *recorded)),
        &published_of,
        as_of,
    );
    let known = || judgments.iter().filter(|(_, recorded)| as_of.recalls(*recorded));
    let sees = |standing: &Standing, document: DocumentId| {
        let own = published_of(document);
        as_of.sees(standing.dated(document).or(own.as_ref()))
    };
    let in_view = recalled.iter().filter(|one| sees(&standing, one.document));
    let read = in_view.flat_map(|one| one.reading.assertions.iter().map(|said| said.id));
    let corrections = known().filter_map(|(judgment, _)| match &judgment.act {
        Act::Correct { by, .. } if sees(&standing, by.document) => Some(by.id),
        _ => None,
    });
    let here: BTreeSet<AssertionId> = read.chain(corrections).collect();
    standing.miss(&standing.all_rested_on() - &here);
    let judged: BTreeSet<AssertionId> = known()
        .flat_map(|(judgment, _)| judgment.assertions().chain(judgment.rests_on().iter().copied()))
        .collect();
    let mut by_document: BTreeMap<DocumentId, Vec<&Filed>> = BTreeMap::new();
    for one in recalled {
        by_document.entry(one.document).or_default().push(one);
    }
    let all: Vec<Local> = by_document
        .into_iter()
        .flat_map(|(document, filed)| {
            let readings = in_force(&filed, &|id| judged.contains(&id));
            let one = filed[0];
            let (published, outline) = (one.published.as_ref(), one.outline.as_ref());
            locals(document, published, one.source.as_deref(), outline, &readings)
        })
        .collect();
    standing.lose(gone.lost.iter().copied());
    // What is referred to from elsewhere is known by its name.
    let home: BTreeMap<MentionId, &Local> = all
        .iter()
        .flat_map(|local| local.mentions.iter().map(move |mention| (mention.id, local)))
        .collect();
    let told =
        filed.iter().flat_map(|one| one.reading.assertions.iter().map(move |said| (one, said)));
    let elsewhere = told.flat_map(|(one, said)| said.referred().map(|id| (one.document, id)));
    let elsewhere = elsewhere
        .filter(|(document, id)| home.get(id).is_some_and(|local| local.document != *document))
        .map(|(_, id)| id);
    let referred: BTreeSet<MentionId> = standing.all_found().chain(elsewhere).collect();
    let called: Vec<(MentionId, String)> = referred
        .into_iter()
        .filter_map(|id| Some((id, *home.get(&id)?)))
        .filter(|(_, local)| sees(&standing, local.document))
        .map(|(id, local)| (id, called(local, id, &standing)))
        .collect();
    standing.call(called);
    let all: Vec<&Local> = all.iter().collect();
    derive(&all, None, &standing, as_of)
}
