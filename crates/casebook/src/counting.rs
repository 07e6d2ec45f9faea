//! Counts over all records, as of two dates.
//!
//! Records are visited one block after the other; only the units counted, and the records that a
//! definition names, are held.

pub(crate) mod comparing;
mod identities;
pub(crate) mod published;
pub(crate) mod sensitivity;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use throughline_model::{AsOf, Day, Edtf, Holding, MentionId, SubjectKind, Value, Variable};
use throughline_resolve::normal;
use throughline_weigh::count::{
    Case, Definition, Identity, Known, Mark, Named, Part, Place, Placing, SetRecord, Subject,
    Tallies, Unit, Who,
};

use crate::casebook::Casebook;
use crate::counting::identities::Identities;
use crate::error::{Error, Result};
use crate::ledger::Head;
use crate::records::RecordRow;
use crate::records::day;
use crate::records::weighed::Wanted;

/// A count as of two dates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The dates.
    pub as_of: AsOf,
    /// The figures.
    pub tallies: Tallies,
    /// The units in the denominator of either reading, or apart in it, by the day on which they
    /// happened, those without a day last.
    pub units: Vec<CountedUnit>,
    /// Names in the definition that no record goes by.
    pub nameless: Vec<Who>,
    /// Of values in the definition that the codebook does not have, why not, and which it has.
    pub wordless: Vec<String>,
    /// Of values in the definition that the codebook leaves open and does not list, which one was
    /// likely meant.
    pub slips: Vec<String>,
    /// How many documents are left out because they are undated.
    pub undated: u64,
    /// The state of the casebook.
    pub head: Head,
}

/// One unit of a count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountedUnit {
    /// Where it stands, and why.
    pub placing: Placing,
    /// The record's name; for a perpetrator in an incident, the person's and the incident's.
    pub name: String,
    /// When it happened.
    pub happened: Option<Edtf>,
    /// The names of the mentions that its grounds refer to.
    pub names: BTreeMap<MentionId, String>,
}

impl Casebook {
    /// Counts, as of two dates.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn count(&self, definition: &Definition, as_of: AsOf) -> Result<Counted> {
        // Records are visited more than once, and must be those of one state of the ledger.
        self.snapshot(|| self.count_now(definition, as_of))
    }

    fn count_now(&self, definition: &Definition, as_of: AsOf) -> Result<Counted> {
        let prepared = self.prepared(definition, as_of)?;
        let mut units = Vec::new();
        let mut tallies = Tallies::default();
        let place = |row: RecordRow| prepared.place(definition, &row);
        let looked_at = definition.looked_at();
        let wanted = (Wanted::Held, Some(&looked_at));
        self.each_worked(definition.unit.kind(), as_of, wanted, place, |placed| {
            for unit in placed {
                tallies.add(&unit.placing, definition.sum.is_some());
                units.extend(Some(unit).filter(CountedUnit::is_listed));
            }
            Ok(())
        })?;
        units.sort_by_key(|unit| {
            let day = unit.happened.as_ref().map_or(Day::MAX, Edtf::order);
            (day, unit.placing.id)
        });
        let known = &prepared.known;
        let nameless: Vec<Who> = known
            .named
            .iter()
            .filter(|(_, named)| named.is_empty())
            .map(|(who, _)| who)
            .chain(known.sets.iter().filter(|(_, sets)| sets.is_empty()).map(|(who, _)| who))
            .cloned()
            .collect();
        if !nameless.is_empty() {
            tallies.strict.mark(Mark::Name);
            tallies.lenient.mark(Mark::Name);
        }
        let (wordless, slips) = self.unlisted(definition)?;
        if !wordless.is_empty() {
            tallies.strict.mark(Mark::Term);
            tallies.lenient.mark(Mark::Term);
        }
        let undated = match as_of.published {
            Some(_) => self.documents(as_of, 0)?.1,
            None => 0,
        };
        let head = self.head()?;
        Ok(Counted { as_of, tallies, units, nameless, wordless, slips, undated, head })
    }

    /// Of the values that a definition asks for, what no codebook allows, and what is likely a slip
    /// for one that is listed. Such a count is no error: a machine or another's dataset may have read
    /// them, or an earlier codebook had them.
    fn unlisted(&self, definition: &Definition) -> Result<(Vec<String>, Vec<String>)> {
        let codebook = self.codebook()?.codebook;
        let (mut refused, mut slips) = (BTreeSet::new(), BTreeSet::new());
        for (variable, term) in definition.of.terms().into_iter().chain(definition.within.terms()) {
            let value = Value::Term(term.to_owned());
            match self.check_entered(variable, &value) {
                Err(Error::Refused(why)) => {
                    refused.insert(why);
                }
                other => other?,
            }
            if let Some(near) = codebook.slip(variable, Some(&value)) {
                slips.insert(format!(
                    "the codebook lists no {} {term:?}; did you mean {near}?",
                    variable.name()
                ));
            }
        }
        Ok((refused.into_iter().collect(), slips.into_iter().collect()))
    }

    /// All that a count needs beside the records that it goes over.
    pub(crate) fn prepared(&self, definition: &Definition, as_of: AsOf) -> Result<Prepared> {
        let identities = Identities::of(
            self.standing(as_of)?.same(),
            self.judged()?.tombstones().successors().clone(),
        );
        let known = self.known(definition, as_of, &identities)?;
        let looked_at = definition.looked_at();
        let persons = match definition.unit {
            Unit::Perpetrator => self.perpetrators(as_of, &looked_at)?,
            _ => People::default(),
        };
        let claims = self.claims(definition, as_of, &looked_at)?;
        Ok(Prepared { identities, known, persons, claims })
    }

    /// The records that a definition names.
    fn known(
        &self,
        definition: &Definition,
        as_of: AsOf,
        identities: &Identities,
    ) -> Result<Known<'static>> {
        let conditions = [&definition.of, &definition.within];
        let mut named: BTreeMap<Who, Named> = conditions
            .iter()
            .flat_map(|condition| condition.names())
            .map(|who| (who.clone(), Named::default()))
            .collect();
        let mut sets: BTreeMap<Who, Vec<SetRecord>> = conditions
            .iter()
            .flat_map(|condition| condition.sets())
            .map(|who| (who.clone(), Vec::new()))
            .collect();
        let spelled: BTreeSet<String> = named
            .keys()
            .chain(sets.keys())
            .filter_map(|who| match who {
                Who::Named(name) => Some(normal(name)),
                Who::Record(_) => None,
            })
            .collect();
        for kind in SubjectKind::ALL {
            // An id is of one kind; a name may be of any.
            let may_be = |who: &Who| match who {
                Who::Named(_) => true,
                Who::Record(id) => id.kind() == kind,
            };
            let wanted = named.keys().any(may_be) || kind == SubjectKind::Set && !sets.is_empty();
            if !wanted {
                continue;
            }
            let by_id = named
                .keys()
                .chain(sets.keys())
                .any(|who| matches!(who, Who::Record(_)) && may_be(who));
            let wanted = if by_id { Wanted::All } else { Wanted::Called(&spelled) };
            self.each_wanted(kind, as_of, wanted, |row| {
                for (who, named) in named.iter_mut().filter(|(who, _)| may_be(who)) {
                    identities.name(who, &row, named);
                }
                for (who, sets) in sets.iter_mut().filter(|_| kind == SubjectKind::Set) {
                    let mut named = Named::default();
                    identities.name(who, &row, &mut named);
                    if !named.is_empty() {
                        sets.push(set_record(&row, &named));
                    }
                }
            })?;
        }
        Ok(Known { normal: &normal, named, sets })
    }

    /// The claims about incidents, if the definition asks for any.
    fn claims(
        &self,
        definition: &Definition,
        as_of: AsOf,
        looked_at: &BTreeSet<Variable>,
    ) -> Result<Claims> {
        let mut claims = Claims::default();
        if ![&definition.of, &definition.within].iter().any(|one| one.asks_for_claims()) {
            return Ok(claims);
        }
        let wanted = (Wanted::Held, Some(looked_at));
        let whole = |row: RecordRow| row;
        self.each_worked(SubjectKind::Claim, as_of, wanted, whole, |row| {
            let at = claims.rows.len();
            for holding in &row.record.holdings {
                if let (Variable::About, Some(Value::Mention(id))) =
                    (holding.variable, &holding.value)
                {
                    claims.about.entry(*id).or_default().push(at);
                }
            }
            claims.rows.push(row);
            Ok(())
        })?;
        Ok(claims)
    }

    /// The people whom incidents name as perpetrators.
    fn perpetrators(&self, as_of: AsOf, looked_at: &BTreeSet<Variable>) -> Result<People> {
        // Rather too many: those whom incidents speak of at present, and their perpetrators where another
        // date makes a difference.
        let mut wanted = self.spoken_of_by(SubjectKind::Incident, SubjectKind::Person)?;
        self.each_wanted(SubjectKind::Incident, as_of, Wanted::Changed, |row| {
            wanted.extend(row.record.holdings.iter().filter_map(perpetrator));
        })?;
        let mut people = People::default();
        let whole = |row: RecordRow| row;
        let of = (Wanted::Of(&wanted), Some(looked_at));
        self.each_worked(SubjectKind::Person, as_of, of, whole, |row| {
            if row.record.mentions.iter().any(|mention| wanted.contains(mention)) {
                let at = people.rows.len();
                people.by_mention.extend(row.record.mentions.iter().map(|id| (*id, at)));
                people.rows.push(row);
            }
            Ok(())
        })?;
        Ok(people)
    }
}

impl CountedUnit {
    /// Whether it stands in any place of which lists are kept.
    pub(crate) fn is_listed(&self) -> bool {
        let Placing { strict, lenient, .. } = &self.placing;
        [strict.place, lenient.place] != [Place::Outside; 2]
    }
}

/// What a count is made with.
pub(crate) struct Prepared {
    identities: Identities,
    known: Known<'static>,
    persons: People,
    claims: Claims,
}

impl Prepared {
    /// The units that a record makes.
    pub(crate) fn place(&self, definition: &Definition, row: &RecordRow) -> Vec<CountedUnit> {
        // Of a record whose every reading was rejected nothing is left to count.
        if row.record.holdings.is_empty() {
            return Vec::new();
        }
        let Prepared { identities, known, .. } = self;
        let counting = Counting { definition, known, identities, claims: &self.claims.about(row) };
        match definition.unit {
            Unit::Perpetrator => counting.perpetrators(row, &self.persons),
            _ => vec![counting.record(row)],
        }
    }
}

/// The person that a value names as a perpetrator.
fn perpetrator(holding: &Holding) -> Option<MentionId> {
    match (holding.variable, &holding.value) {
        (Variable::Perpetrator, Some(Value::Mention(id))) => Some(*id),
        _ => None,
    }
}

fn set_record(row: &RecordRow, named: &Named) -> SetRecord {
    let of_members =
        |holding: &&Holding| matches!(holding.variable, Variable::Member | Variable::Size);
    SetRecord {
        mentions: row.record.mentions.iter().copied().collect(),
        holdings: row.record.holdings.iter().filter(of_members).cloned().collect(),
        identity: match named.proposed.is_empty() {
            true => Identity::Reviewed,
            false => Identity::Proposed,
        },
    }
}

/// Records of people, by each of their mentions.
#[derive(Default)]
struct People {
    rows: Vec<RecordRow>,
    /// Looked up and never gone through.
    by_mention: HashMap<MentionId, usize>,
}

impl People {
    fn of(&self, mention: MentionId) -> Option<&RecordRow> {
        self.by_mention.get(&mention).map(|at| &self.rows[*at])
    }

    /// The id by which a mention's person is known.
    fn id(&self, mention: MentionId) -> MentionId {
        self.of(mention).map_or(mention, |row| row.record.id)
    }

    /// Whether one person is identified as the other.
    fn is_identified_as(&self, one: MentionId, other: MentionId) -> bool {
        self.of(one).is_some_and(|row| {
            row.record.holdings.iter().any(|holding| match (holding.variable, &holding.value) {
                (Variable::IdentifiedAs, Some(Value::Mention(id))) => self.id(*id) == other,
                _ => false,
            })
        })
    }
}

/// Records of claims, by each mention that they are said to be about.
#[derive(Default)]
struct Claims {
    rows: Vec<RecordRow>,
    /// Looked up and never gone through.
    about: HashMap<MentionId, Vec<usize>>,
}

impl Claims {
    /// The claims that are said to be about a record.
    fn about(&self, row: &RecordRow) -> Vec<&RecordRow> {
        let own = row.record.mentions.iter().filter_map(|id| self.about.get(id));
        let mut found: Vec<usize> = own.flatten().copied().collect();
        found.sort_unstable();
        found.dedup();
        found.into_iter().map(|at| &self.rows[at]).collect()
    }
}

/// A count while it goes over the records.
struct Counting<'c> {
    definition: &'c Definition,
    known: &'c Known<'c>,
    identities: &'c Identities,
    /// The claims about the record in hand.
    claims: &'c [&'c RecordRow],
}

impl Counting<'_> {
    fn subject<'s>(&self, row: &'s RecordRow) -> Subject<'s> {
        let RecordRow { record, names, .. } = row;
        Subject { record, names, identity: self.identities.of_record(row) }
    }

    /// The claims about the record in hand, as what is asked of them goes by.
    fn claims(&self) -> Vec<Subject<'_>> {
        self.claims.iter().map(|row| self.subject(row)).collect()
    }

    /// The names that the grounds of a placing refer to, as a record, the person of the unit and the
    /// claims about the record have them.
    fn names(
        &self,
        row: &RecordRow,
        person: Option<&RecordRow>,
        placing: &Placing,
    ) -> BTreeMap<MentionId, String> {
        let referred = placing.grounds().flat_map(|ground| {
            let values = ground.held.iter().flat_map(|held| {
                let values = std::iter::once(&held.value).chain(&held.rivals);
                values.flatten().filter_map(Value::mention).chain(held.party)
            });
            values.chain(ground.claim)
        });
        referred.filter_map(|id| Some((id, self.name(id, row, person)?.clone()))).collect()
    }

    /// What a mention is called where a record, the person of the unit and the claims refer to it.
    fn name<'r>(
        &'r self,
        mention: MentionId,
        row: &'r RecordRow,
        person: Option<&'r RecordRow>,
    ) -> Option<&'r String> {
        let claims = self.claims.iter().rev().copied();
        person.into_iter().chain(claims).chain([row]).find_map(|row| row.names.get(&mention))
    }

    fn record(&self, row: &RecordRow) -> CountedUnit {
        let case = Case { main: self.subject(row), part: None, claims: &self.claims() };
        let placing = self.definition.place(&case, self.known);
        CountedUnit {
            name: row.record.name.clone(),
            happened: day::happened(&row.record).cloned(),
            names: self.names(row, None, &placing),
            placing,
        }
    }

    /// The perpetrators of an incident; those whose mentions stand for one person are one.
    fn perpetrators(&self, row: &RecordRow, people: &People) -> Vec<CountedUnit> {
        let mut by_person: BTreeMap<MentionId, Vec<&Holding>> = BTreeMap::new();
        for holding in &row.record.holdings {
            if let Some(mention) = perpetrator(holding) {
                by_person.entry(people.id(mention)).or_default().push(holding);
            }
        }
        let mentions = |id: &MentionId| match people.of(*id) {
            Some(row) => row.record.mentions.clone(),
            None => vec![*id],
        };
        let (main, claims) = (self.subject(row), self.claims());
        by_person
            .iter()
            .map(|(&person, holdings)| {
                // Of two who are each identified as the other, the first stands for both.
                let follows =
                    |other: &MentionId| person < *other && people.is_identified_as(*other, person);
                let others: BTreeSet<MentionId> = by_person
                    .keys()
                    .filter(|other| **other != person && !follows(other))
                    .flat_map(mentions)
                    .collect();
                let own = people.of(person);
                let name = match own {
                    Some(row) => row.record.name.clone(),
                    None => {
                        let called = self.name(person, row, None);
                        called.cloned().unwrap_or_else(|| person.to_string())
                    }
                };
                let part = Part {
                    person,
                    holdings,
                    subject: own.map(|row| self.subject(row)),
                    others: &others,
                    // Names have a capital, descriptions ("the second man") have none.
                    named: name.chars().next().is_some_and(char::is_uppercase),
                };
                let case = Case { main, part: Some(part), claims: &claims };
                let placing = self.definition.place(&case, self.known);
                CountedUnit {
                    name: format!("{name}, {}", row.record.name),
                    happened: day::happened(&row.record).cloned(),
                    names: self.names(row, own, &placing),
                    placing,
                }
            })
            .collect()
    }
}
