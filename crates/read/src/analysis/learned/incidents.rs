//! What a text tells of incidents: which, of what kind, who and what is in them, and what is said of
//! each, when and where.
//!
//! Entities in roles ([`actors`](super::actors)) come first. Which of them are of one incident is
//! learned of each two; who suffered and what was hit make the incidents, and who did it with what
//! joins each that he is likely to be of. Then questions are asked of each incident and of all in it
//! ([`variables`]).

use std::ops::Range;

use super::actors::{self, Actor};
use super::asked::{Asked, One};
use super::columns::Columns;
use super::company::Company;
use super::gather::gather;
use super::models::Weights;
use super::page::Page;
use super::relevance;
use super::roles::{Context, Heads};
use super::variables::{self, Said, best, shares};

/// A day or a place that a text names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// Where; nowhere for what is there without being named.
    pub words: Vec<Range<usize>>,
    /// What is known of it.
    pub own: Vec<u64>,
    /// Whether it is a country: the places in it are looked for among the others.
    pub within: Option<usize>,
}

/// What is known of a text beside its words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// Days on which an incident may have happened.
    pub days: Vec<Named>,
    /// Countries.
    pub countries: Vec<Named>,
    /// Places, each with its country by number.
    pub places: Vec<Named>,
}

/// An answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Value {
    /// What was asked.
    pub variable: usize,
    /// Of whom or what: an index into the actors, or of the incident.
    pub of: Option<usize>,
    /// The answer, by number.
    pub value: usize,
    /// How probable it is.
    pub share: f32,
}

/// An incident.
#[derive(Clone, Debug, PartialEq)]
pub struct Incident {
    /// An index into the answers of [`variables::KIND`].
    pub kind: usize,
    /// Who and what is in it: indices into the actors.
    pub actors: Vec<usize>,
    /// What is said of it and of them.
    pub values: Vec<Value>,
    /// On which of the days.
    pub day: Option<usize>,
    /// In which of the countries, and where in it.
    pub country: Option<usize>,
    /// At which of the places.
    pub places: Vec<usize>,
}

/// What a text tells of incidents.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// How probable each of [`relevance::KINDS`] is.
    pub kinds: Vec<f32>,
    /// Who and what has a role, by role, the surest first.
    pub actors: Vec<Actor>,
    /// Of whom each describes whom: "mayor", and the name.
    pub described: Vec<(usize, usize)>,
    /// The incidents, if any is told.
    pub incidents: Vec<Incident>,
}

/// What counts as found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Readiness {
    /// How sure an actor of each role must be.
    pub least: [f32; 6],
    /// How sure one must be to be of an incident.
    pub inside: [f32; 6],
    /// How probable it must be that an incident is told.
    pub told: f32,
    /// From which probability on two are of one incident.
    pub same: f32,
    /// And somebody who did it, or a weapon, of one more.
    pub shared: f32,
}

/// Chosen on the training part, each fifth of which was read by what the other four teach: first
/// for entities of documents, then for incidents with all that is said of them.
impl Default for Readiness {
    fn default() -> Readiness {
        Readiness {
            least: [0.42, 0.21, 0.18, 0.18, 0.25, 0.3],
            inside: [0.29, 0.52, 0.25, 0.21, 0.25, 0.42],
            told: 0.4,
            same: 0.35,
            shared: 0.5,
        }
    }
}

/// A text and what the first stages read of it.
pub struct Scene<'a> {
    page: &'a Page<'a>,
    columns: Columns,
    context: Context,
    kinds: Vec<f32>,
    /// How probable it is that an incident is told.
    told: f32,
    /// Everybody who may have a role, however unsure it is.
    actors: Vec<Actor>,
}

impl<'a> Scene<'a> {
    /// Reads who and what may have a role.
    pub fn new(page: &'a Page<'a>, weights: &Weights<'_>) -> Scene<'a> {
        let columns = Columns::new(page, weights);
        let kinds = relevance::read(&columns, weights).at(0).to_vec();
        let context = Context::new(&columns, weights);
        let heads = Heads::new(&columns, &context);
        let first = heads.each(weights);
        let company = Company::new(&columns, &context, &first);
        let told = shares(variables::TOLD, &company.told(&kinds), weights)[1];
        let mut read = heads.in_company(&company, weights);
        // Of the three, the last knows most that the others do not; shares chosen on the training
        // part, as readiness was.
        read.mix(&first, 0.5);
        read.mix(&heads.together(weights), 0.5);
        let found = actors::mentions(&columns, &context, &read, weights);
        let mut actors = actors::group(page, &context, found);
        actors.sort_by(|a, b| a.role.cmp(&b.role).then(b.certainty.total_cmp(&a.certainty)));
        Scene { page, columns, context, kinds, told, actors }
    }

    /// What is told, at a readiness.
    pub fn told(&self, given: &Given, weights: &Weights<'_>, readiness: &Readiness) -> Told {
        let mut actors = self.actors.clone();
        let least = |role: usize| readiness.least[role].min(readiness.inside[role]);
        actors.retain(|actor| actor.certainty >= least(actor.role));
        let reader = Reader {
            asked: Asked { columns: &self.columns, context: &self.context },
            said: actors.iter().map(said).collect(),
            actors: &actors,
            weights,
            readiness,
        };
        let told = self.told >= readiness.told;
        let described = reader.described();
        let groups = if told { reader.groups() } else { Vec::new() };
        let incidents = groups.into_iter().map(|group| reader.incident(group, given)).collect();
        Told { kinds: self.kinds.clone(), described, incidents, actors }
    }

    /// Everybody who may have a role, however unsure it is; by role, the surest first.
    pub fn actors(&self) -> &[Actor] {
        &self.actors
    }

    /// The words of the text.
    pub fn page(&self) -> &Page<'a> {
        self.page
    }
}

/// Where an actor is spoken of.
fn said(actor: &Actor) -> Vec<Said> {
    let sure = actor.mentions.iter().filter(|one| one.certainty * 4.0 >= actor.certainty);
    sure.map(|one| (one.words.clone(), one.head)).collect()
}

/// Reads what a page tells of incidents.
pub fn read(page: &Page<'_>, given: &Given, weights: &Weights<'_>, readiness: &Readiness) -> Told {
    Scene::new(page, weights).told(given, weights, readiness)
}

/// So many, the surest, are told apart into incidents: each is compared with each.
const MOST: usize = 60;

/// Who did it, and with what: of several incidents, perhaps.
const SHARED: [usize; 3] = [0, 1, 4];

struct Reader<'a> {
    asked: Asked<'a>,
    actors: &'a [Actor],
    said: Vec<Vec<Said>>,
    weights: &'a Weights<'a>,
    readiness: &'a Readiness,
}

impl Reader<'_> {
    /// Who describes whom.
    fn described(&self) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        for (at, one) in self.actors.iter().enumerate().filter(|(_, one)| one.role == 5) {
            let mut likeliest: Option<(f32, usize)> = None;
            for (name, other) in self.actors.iter().enumerate().filter(|(_, one)| one.role == 3) {
                for mention in &one.mentions {
                    for named in &other.mentions {
                        let share = self.asked.describes(
                            &(mention.words.clone(), mention.head),
                            &(named.words.clone(), named.head),
                            self.weights,
                        );
                        if share > likeliest.map_or(0.5, |(most, _)| most) {
                            likeliest = Some((share, name));
                        }
                    }
                }
            }
            found.extend(likeliest.map(|(_, name)| (at, name)));
        }
        found
    }

    /// Who and what is of one incident.
    fn groups(&self) -> Vec<Vec<usize>> {
        let inside =
            |at: &usize| self.actors[*at].certainty >= self.readiness.inside[self.actors[*at].role];
        let mut all: Vec<usize> = (0..self.actors.len()).filter(inside).collect();
        all.sort_by(|a, b| self.actors[*b].certainty.total_cmp(&self.actors[*a].certainty));
        all.truncate(MOST);
        let ones: Vec<One<'_>> = all
            .iter()
            .map(|at| self.asked.one(self.actors[*at].role, &self.said[*at], self.weights))
            .collect();
        let odds = |a: usize, b: usize| self.asked.odds(&ones[a], &ones[b], self.weights);
        let table: Vec<Vec<f32>> =
            (0..all.len()).map(|a| (0..a).map(|b| odds(a, b)).collect()).collect();
        let of = |a: usize, b: usize| if a > b { table[a][b] } else { table[b][a] };
        let (joining, cores): (Vec<usize>, Vec<usize>) =
            (0..all.len()).partition(|at| SHARED.contains(&ones[*at].role));
        let (least, more) = (logit(self.readiness.same), logit(self.readiness.shared));
        let groups = gather(&cores, &joining, of, least, more);
        let back = |group: Vec<usize>| group.into_iter().map(|at| all[at]).collect();
        groups.into_iter().map(back).collect()
    }

    /// What is told of an incident.
    fn incident(&self, mut actors: Vec<usize>, given: &Given) -> Incident {
        actors.sort_unstable();
        let said: Vec<(usize, Said)> = actors
            .iter()
            .flat_map(|at| self.said[*at].iter().map(|one| (self.actors[*at].role, one.clone())))
            .collect();
        let ask = |variable: usize, kind: Option<usize>| {
            let seen = self.asked.of_incident(variable, kind, &said);
            shares(variable, &seen, self.weights)
        };
        let kind = best(&ask(variables::KIND, None));
        let mut values = Vec::new();
        let mut keep = |variable: usize, of: Option<usize>, answers: &[f32]| {
            let value = best(answers);
            values.push(Value { variable, of, value, share: answers[value] });
        };
        for variable in [variables::STAGE, variables::CATEGORY, variables::UNNAMED_WEAPON] {
            keep(variable, None, &ask(variable, Some(kind)));
        }
        for at in &actors {
            let role = self.actors[*at].role;
            for variable in asked_of(role) {
                let seen = self.asked.of_one(*variable, role, Some(kind), &self.said[*at]);
                keep(*variable, Some(*at), &shares(*variable, &seen, self.weights));
            }
        }
        let fits = |variable: usize, one: &Named| {
            let seen = self.asked.of_words(variable, &one.words, &one.own, kind, &said);
            shares(variable, &seen, self.weights)[1]
        };
        let likeliest = |variable: usize, all: &[Named]| {
            let each: Vec<f32> = all.iter().map(|one| fits(variable, one)).collect();
            (!each.is_empty()).then(|| best(&each))
        };
        let day = likeliest(variables::DAY, &given.days);
        let country = likeliest(variables::PLACE, &given.countries);
        let places = given.places.iter().enumerate().filter(|(_, place)| {
            (place.within.is_none() || place.within == country)
                && fits(variables::PLACE, place) >= 0.5
        });
        let places = places.map(|(at, _)| at).collect();
        Incident { kind, actors, values, day, country, places }
    }
}

/// What is asked of one in a role.
pub fn asked_of(role: usize) -> &'static [usize] {
    match role {
        1 => &[variables::CONFIDENCE],
        2 => &[variables::TARGET, variables::DAMAGE, variables::TARGETS],
        3 | 5 => &[variables::PERSON, variables::HARM, variables::PEOPLE],
        4 => &[variables::WEAPON],
        _ => &[],
    }
}

fn logit(share: f32) -> f32 {
    let share = share.clamp(0.001, 0.999);
    (share / (1.0 - share)).ln()
}

impl Asked<'_> {
    /// How probable it is that one phrase describes another.
    fn describes(&self, one: &Said, name: &Said, weights: &Weights<'_>) -> f32 {
        if self.context.sentence(one.1) != self.context.sentence(name.1) {
            return 0.0;
        }
        shares(variables::DESCRIBED, &self.of_description(one, name), weights)[1]
    }

    /// Somebody or something, with the kinds of incidents that it may be of.
    pub fn one<'s>(&self, role: usize, said: &'s [Said], weights: &Weights<'_>) -> One<'s> {
        let seen = self.of_one(variables::KIND_OF_ONE, role, None, said);
        One { role, said, kinds: shares(variables::KIND_OF_ONE, &seen, weights) }
    }

    /// The log-odds that two are of one incident.
    fn odds(&self, one: &One<'_>, other: &One<'_>, weights: &Weights<'_>) -> f32 {
        logit(shares(variables::SAME, &self.of_two(one, other), weights)[1])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Told {
        let page = Page::of_text(text);
        read(&page, &Given::default(), &Weights::own(), &Readiness::default())
    }

    fn answer(incident: &Incident, variable: usize) -> Option<&'static str> {
        let value = incident.values.iter().find(|one| one.variable == variable)?;
        Some(variables::ALL[variable].values[value.value])
    }

    #[test]
    fn what_is_told_of_one_attack_is_one_incident() {
        let told = told(
            "A POWERFUL BOMB EXPLODED THIS MORNING IN FRONT OF THE OSTRA BANK. THE EXPLOSION \
             DAMAGED THE BANK AND INJURED TWO GUARDS. THE QUIET HARVEST GUERRILLA FRONT CLAIMED \
             RESPONSIBILITY FOR THE BOMB.",
        );
        let [incident] = &told.incidents[..] else { panic!("{:?}", told.incidents) };
        assert_eq!(variables::ALL[variables::KIND].values[incident.kind], "bombing");
        assert_eq!(answer(incident, variables::STAGE), Some("ACCOMPLISHED"));
        assert_eq!(answer(incident, variables::WEAPON), Some("BOMB"));
        assert_eq!(answer(incident, variables::TARGET), Some("FINANCIAL"));
    }

    #[test]
    fn where_nothing_happened_no_incident_is_told() {
        let told = told(
            "THE MINISTERS OF TRADE MET IN OSTRA TO SPEAK OF THE PRICE OF COFFEE. THEY WILL MEET \
             AGAIN IN MAY.",
        );
        assert_eq!(told.incidents, []);
    }
}
