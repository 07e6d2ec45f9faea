//! From the locals of whole blocks and the judgments in force to records.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Deref;

use throughline_model::{AsOf, Assertion, Day, JudgmentId, MentionId, Record, Target};
use throughline_resolve::{Folded, Grouping, Link, Links, Local, Placed, fold, refold};
use throughline_weigh::{Evidence, Pair, Standing, Weighed, weigh};

use crate::subjects::Subjects;

/// The judged links of a standing: what people say is one subject, or two.
pub fn links(standing: &Standing) -> Links {
    let link = |pair: &Pair| Link {
        a: pair.a,
        b: pair.b,
        since: pair.since.clone(),
        judgment: pair.judgment,
    };
    Links::new(standing.same().iter().map(link), standing.apart().iter().map(link))
}

/// A local as of two dates. Copied only where judgments change something.
///
/// As small as a reference, unlike a [`std::borrow::Cow`]: very many are held at once.
#[derive(Clone, Debug)]
pub enum InView<'l> {
    /// As it was read.
    Read(&'l Local),
    /// As judgments left it.
    Judged(Box<Local>),
}

impl Deref for InView<'_> {
    type Target = Local;

    fn deref(&self) -> &Local {
        match self {
            InView::Read(local) => local,
            InView::Judged(local) => local,
        }
    }
}

/// A local as of two dates: published when judgments say so, its assertions as people left them.
/// `None` if its document is out of view.
pub fn in_view<'l>(local: &'l Local, standing: &Standing, as_of: AsOf) -> Option<InView<'l>> {
    let dated = standing.dated(local.document);
    if !as_of.sees(dated.or(local.published.as_ref())) {
        return None;
    }
    let split: Vec<MentionId> = local
        .referents
        .iter()
        .filter(|(mention, referent)| standing.are_apart(*mention, referent.head))
        .map(|(mention, _)| *mention)
        .collect();
    let changes = |said: &Assertion| standing.changes(said.id);
    if dated.is_none() && split.is_empty() && !local.assertions.iter().any(changes) {
        return Some(InView::Read(local));
    }
    // A headline goes with the words that it repeats, unless somebody accepted it for itself.
    let stays = |said: &&Assertion| {
        standing.accepted(said.id).is_some()
            || repeated(local, said).is_none_or(|of| standing.read(of).is_some())
    };
    let left = local.assertions.iter().filter(stays).filter_map(|said| standing.read(said));
    let mut local = Box::new(Local {
        published: dated.or(local.published.as_ref()).cloned(),
        assertions: left.collect(),
        ..local.clone()
    });
    // Who is judged to be another no longer bears the name of the one he was taken for.
    for mention in split {
        if let Some(referent) = local.referents.get_mut(mention) {
            referent.head = mention;
            referent.name = referent.own.take().unwrap_or_else(|| referent.name.clone());
        }
    }
    Some(InView::Judged(local))
}

/// What an assertion of a local repeats of the same document.
fn repeated<'l>(local: &'l Local, said: &Assertion) -> Option<&'l Assertion> {
    let of = said.repeats?;
    local.assertions.iter().find(|one| one.id == of)
}

/// The records of the given locals, by id.
///
/// `locals` must hold whole blocks, and with each block those that judged links tie to it. They
/// are of readings recorded in view; what was published out of view is left out here. Where it is
/// known what a fold of them gave, under the judgments that are in force as of these dates, `folded`
/// spares another; then whole records of these locals are enough.
pub fn derive(
    locals: &[&Local],
    folded: Option<&Folded>,
    standing: &Standing,
    as_of: AsOf,
) -> Vec<Record> {
    let view = View::of(locals, standing, as_of);
    view.all_weighed(&view.groupings(folded))
}

/// Those of the records that [`derive`] gives whose ids are asked for. The others are not weighed.
pub fn derive_some(
    locals: &[&Local],
    folded: Option<&Folded>,
    standing: &Standing,
    as_of: AsOf,
    wanted: &BTreeSet<MentionId>,
) -> Vec<Record> {
    let view = View::of(locals, standing, as_of);
    let mut groupings = view.groupings(folded);
    groupings.retain(|grouping| wanted.contains(&grouping.id));
    view.all_weighed(&groupings)
}

/// The record of one mention among those that [`derive`] gives, with the locals that speak of it, as
/// they are in view; `None` if the mention is in none of them. The others are not weighed.
pub fn derive_one<'l>(
    locals: &[&'l Local],
    folded: Option<&Folded>,
    standing: &Standing,
    as_of: AsOf,
    mention: MentionId,
) -> Option<(Record, Vec<InView<'l>>)> {
    let view = View::of(locals, standing, as_of);
    let groupings = view.groupings(folded);
    let own = |grouping: &&Grouping| grouping.mentions().any(|id| id == mention);
    let grouping = groupings.iter().find(own)?;
    let own = grouping.locals().iter().map(|&at| view.locals[at].clone()).collect();
    Some((view.weighed(grouping, &view.locals()), own))
}

/// What was derived of some blocks before, as far as it holds.
#[derive(Debug)]
pub struct Earlier {
    /// What the fold gave.
    pub folded: Folded,
    /// What was published before this day is joined as it was, as [`refold`] demands it.
    pub before: Day,
    /// Mentions of which something else may be held now. A record of the same members as before, none of
    /// them among these, is what it was; where this is not known none is.
    pub touched: Option<BTreeSet<MentionId>>,
}

impl Default for Earlier {
    /// Nothing holds.
    fn default() -> Earlier {
        Earlier { folded: Folded::default(), before: Day::MIN, touched: None }
    }
}

/// What was derived anew.
#[derive(Debug, Default)]
pub struct Anew {
    /// The records that are not what they were, by id.
    pub records: Vec<Record>,
    /// What the fold gave of these.
    pub folded: Folded,
    /// The ids of the records that are what they were.
    pub unchanged: HashSet<MentionId>,
}

/// The records of the given locals at present, but for those that are what they were.
pub fn derive_anew(locals: &[&Local], earlier: &Earlier, standing: &Standing) -> Anew {
    let view = View::of(locals, standing, AsOf::default());
    let own = view.locals();
    let mut groupings = match earlier.before > Day::MIN {
        true => refold(&earlier.folded, earlier.before, &own, &view.links),
        false => fold(&own, &view.links),
    };
    let mut unchanged = HashSet::new();
    if let Some(touched) = &earlier.touched {
        let before: HashMap<MentionId, &Vec<Placed>> =
            earlier.folded.0.iter().map(|members| (members[0].mentions[0], members)).collect();
        groupings.retain(|grouping| {
            let is_as_it_was =
                before.get(&grouping.id).is_some_and(|members| grouping.is(members, &own))
                    && !grouping.mentions().any(|mention| touched.contains(&mention));
            if is_as_it_was {
                unchanged.insert(grouping.id);
            }
            !is_as_it_was
        });
    }
    let folded = Folded::of(&groupings, &own);
    Anew { records: view.all_weighed(&groupings), folded, unchanged }
}

/// Locals as of two dates, and what is judged of them.
struct View<'l, 's> {
    locals: Vec<InView<'l>>,
    links: Links,
    standing: &'s Standing,
}

impl<'l, 's> View<'l, 's> {
    fn of(locals: &[&'l Local], standing: &'s Standing, as_of: AsOf) -> View<'l, 's> {
        let locals = locals.iter().filter_map(|local| in_view(local, standing, as_of)).collect();
        View { locals, links: links(standing), standing }
    }

    fn locals(&self) -> Vec<&Local> {
        self.locals.iter().map(|local| &**local).collect()
    }

    fn groupings(&self, folded: Option<&Folded>) -> Vec<Grouping> {
        match folded {
            Some(folded) => folded.groupings(&self.locals()),
            None => fold(&self.locals(), &self.links),
        }
    }

    /// The records of groupings of these locals, by id.
    fn all_weighed(&self, groupings: &[Grouping]) -> Vec<Record> {
        let locals = self.locals();
        let mut records: Vec<Record> =
            groupings.iter().map(|grouping| self.weighed(grouping, &locals)).collect();
        records.sort_by_key(|record| record.id);
        records
    }

    /// The record of a grouping of these locals, which are those of the view.
    fn weighed(&self, grouping: &Grouping, locals: &[&Local]) -> Record {
        let own: Vec<&Local> = grouping.locals().iter().map(|&at| locals[at]).collect();
        let mentions: Vec<MentionId> = grouping.mentions().collect();
        let members: HashSet<MentionId> = mentions.iter().copied().collect();
        let evidence: Vec<Evidence> = own
            .iter()
            .flat_map(|local| local.assertions.iter().map(move |said| (local, said)))
            // A local that judgments split lends each part the assertions on its own mentions.
            .filter(|(_, said)| members.contains(&said.subject))
            .map(|(local, assertion)| Evidence {
                assertion,
                published: local.published.as_ref(),
                source: local.source.as_deref(),
                wording: local.wording_of(assertion),
                taken_back: repeated(local, assertion)
                    .and_then(|of| self.standing.withdrawn(of.id))
                    .is_some_and(|withdrawal| withdrawal.counts),
            })
            .collect();
        let findings: Vec<(JudgmentId, &Target)> = mentions
            .iter()
            .flat_map(|mention| self.standing.findings(*mention))
            .map(|(judgment, target)| (*judgment, target))
            .collect();
        let subjects = Subjects::of(&own, &findings, &self.links, self.standing);
        let subject_of = |mention| subjects.of_mention(mention);
        let Weighed { holdings, superseded } =
            weigh(&evidence, &findings, self.standing, &subject_of);
        Record {
            id: grouping.id,
            name: grouping.name.clone(),
            joins: grouping.joins(locals),
            mentions,
            first_published: grouping.first_published.clone(),
            holdings,
            superseded,
        }
    }
}
