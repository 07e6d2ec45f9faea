//! What one dispatch speaks of: the coder's keys, as mentions in its text.

use std::collections::{BTreeMap, BTreeSet};

use throughline_model::{
    Document, Mention, MentionId, Passage, Span, SubjectKind, Variable, ZoneRole,
};

use super::rows::{CodingError, Row};
use super::{Key, Names, words};

/// The subjects of one dispatch.
pub(crate) struct Subjects<'d> {
    document: &'d Document,
    /// The mentions of each subject, in text order.
    chains: BTreeMap<Key, Vec<Mention>>,
    /// The people whom the coder names by key.
    people: BTreeSet<Key>,
}

/// The key of a value that is a subject itself.
///
/// The coder writes people as the sentence has them ("Santiago Salvador"), and may use a shorter
/// key elsewhere in the dispatch (`p:Salvador`); [`Subjects::key`] brings the two together.
pub(crate) fn value_key(variable: Variable, value: &str) -> Key {
    let kind = match variable {
        Variable::Place | Variable::TravelledTo => SubjectKind::Place,
        Variable::AscribedTo | Variable::Affiliation | Variable::OutletOf => SubjectKind::Group,
        Variable::Through => SubjectKind::Channel,
        Variable::PartOf | Variable::About | Variable::Member => return Key::read(value),
        _ => SubjectKind::Person,
    };
    Key::prefixed(value).unwrap_or_else(|| Key::new(kind, value))
}

/// Whether a value of the variable is a subject.
pub(crate) fn is_subject(variable: Variable) -> bool {
    variable.shape() == throughline_model::ValueShape::Mention
}

impl<'d> Subjects<'d> {
    /// Finds the subjects of the rows in the dispatch.
    ///
    /// A name is sought in the sentence of each row that speaks of it, then in the whole text;
    /// a description that stands nowhere ("nine of the accused" may be told otherwise) has the
    /// sentence itself. An incident, claim or set is mentioned by the sentence that first tells of
    /// it; where one sentence tells of several, by the words of its name.
    pub(crate) fn of(
        document: &'d Document,
        rows: &[Row],
        names: &Names,
    ) -> Result<Subjects<'d>, CodingError> {
        let people = rows
            .iter()
            .flat_map(|row| [Some(row.subject.clone()), row.party.clone()])
            .flatten()
            .filter(|key| key.kind == SubjectKind::Person)
            .collect();
        let mut subjects = Subjects { document, chains: BTreeMap::new(), people };
        let mut named: BTreeMap<Key, Vec<(&Row, String)>> = BTreeMap::new();
        let mut told: Vec<(Key, Vec<&Row>)> = Vec::new();
        // What a row is about comes before what it only refers to.
        let about = rows.iter().map(|row| (row, row.subject.clone(), row.subject.name.clone()));
        let beside = rows.iter().flat_map(|row| {
            let party = row.party.clone().map(|key| (row, key.clone(), key.name));
            let value = is_subject(row.variable).then(|| {
                let key = value_key(row.variable, &row.value);
                (row, key.clone(), key.name)
            });
            party.into_iter().chain(value)
        });
        for (row, key, form) in about.chain(beside) {
            if matches!(key.kind, SubjectKind::Incident | SubjectKind::Claim | SubjectKind::Set) {
                match told.iter_mut().find(|(known, _)| *known == key) {
                    Some((_, rows)) => rows.push(row),
                    None => told.push((key, vec![row])),
                }
            } else {
                named.entry(subjects.key(&key)).or_default().push((row, form));
            }
        }
        for (key, uses) in named {
            let mentions = subjects.named(&key, &uses)?;
            subjects.chains.insert(key, mentions);
        }
        subjects.tell(&told, names)?;
        subjects.distinct(rows)?;
        Ok(subjects)
    }

    /// The key under which the coder has a subject in this dispatch.
    pub(crate) fn key(&self, key: &Key) -> Key {
        if key.kind != SubjectKind::Person || self.people.contains(key) {
            return key.clone();
        }
        let mut like = self.people.iter().filter(|known| may_be_one(&known.name, &key.name));
        match (like.next(), like.next()) {
            (Some(one), None) => one.clone(),
            _ => key.clone(),
        }
    }

    /// The mention of a subject that stands in a sentence, else its first.
    pub(crate) fn mention(&self, key: &Key, sentence: Span) -> Option<MentionId> {
        let chain = self.chains.get(&self.key(key))?;
        let here = chain.iter().find(|mention| inside(mention, sentence));
        here.or(chain.first()).map(|mention| mention.id)
    }

    /// The subject that speaks under a name, if it is one of this dispatch.
    pub(crate) fn speaker(&self, name: &str, sentence: Span) -> Option<MentionId> {
        let like = self.chains.keys().filter(|key| {
            matches!(key.kind, SubjectKind::Person | SubjectKind::Group)
                && may_be_one(&key.name, name)
        });
        match like.collect::<Vec<_>>().as_slice() {
            [key] => self.mention(key, sentence),
            _ => None,
        }
    }

    /// The first mention of each subject.
    pub(crate) fn heads(&self) -> impl Iterator<Item = (&Key, MentionId)> {
        self.chains.iter().filter_map(|(key, chain)| Some((key, chain.first()?.id)))
    }

    /// All mentions, each with the first of its subject as antecedent, in text order.
    pub(crate) fn mentions(&self) -> Vec<Mention> {
        let mut all: Vec<Mention> = Vec::new();
        for chain in self.chains.values() {
            let head = chain.first().map(|first| first.id);
            all.extend(chain.iter().cloned().map(|mut mention| {
                mention.antecedent = head.filter(|head| *head != mention.id);
                mention
            }));
        }
        all.sort_by(|a, b| (&a.passage, a.id).cmp(&(&b.passage, b.id)));
        all
    }

    /// The mention of the agency that the byline names, if it names one.
    pub(crate) fn agency(&mut self, name: &str) -> Option<MentionId> {
        self.document.byline.as_ref().filter(|byline| byline.contains(name))?;
        let line = self.document.zones.iter().find(|zone| zone.role == ZoneRole::Byline)?.span;
        let span = find(&self.document.text, line, name)?;
        let key = Key::new(SubjectKind::Outlet, name);
        let mention = self.at(key.kind, span, name);
        let id = mention.id;
        self.chains.insert(key, vec![mention]);
        Some(id)
    }

    fn at(&self, kind: SubjectKind, span: Span, name: &str) -> Mention {
        Mention::new(kind, self.document.id, Passage::Text(span), name)
    }

    /// The mentions of somebody or something that goes by a name.
    fn named(&self, key: &Key, uses: &[(&Row, String)]) -> Result<Vec<Mention>, CodingError> {
        let text = &self.document.text;
        let mut forms: Vec<&str> = uses.iter().map(|(_, form)| form.as_str()).collect();
        forms.push(&key.name);
        // The fullest form first: "Emilio Rinaldi" before "Rinaldi".
        forms.sort_by_key(|form| (std::cmp::Reverse(form.len()), *form));
        forms.dedup();
        let within = |span: Span| -> Option<Mention> {
            forms.iter().find_map(|form| {
                // "Haymarket, Chicago" is the Haymarket, and the coder says in which town.
                let sought = form.split(',').next().unwrap_or(form);
                let found = find(text, span, sought)?;
                let name = if key.kind == SubjectKind::Place { form } else { found.of(text) };
                Some(self.at(key.kind, found, name))
            })
        };
        let mut mentions: Vec<Mention> = Vec::new();
        for (row, _) in uses {
            mentions.extend(within(self.sentence(row)?));
        }
        if mentions.is_empty() {
            let bodies = self.document.zones.iter().filter(|zone| zone.role == ZoneRole::Body);
            mentions.extend(bodies.map(|zone| zone.span).find_map(within));
        }
        if mentions.is_empty() {
            let (row, _) = &uses[0];
            mentions.push(self.at(key.kind, self.sentence(row)?, &key.name));
        }
        mentions.sort_by(|a, b| a.passage.cmp(&b.passage));
        mentions.dedup_by_key(|mention| mention.id);
        Ok(mentions)
    }

    /// Places the mentions of incidents, claims and sets.
    fn tell(&mut self, told: &[(Key, Vec<&Row>)], names: &Names) -> Result<(), CodingError> {
        let shares = |one: &(Key, Vec<&Row>), other: &(Key, Vec<&Row>)| {
            one.0.kind == other.0.kind && one.1[0].sentence == other.1[0].sentence
        };
        for one in told {
            let (key, rows) = one;
            let name = names
                .get(key)
                .ok_or_else(|| rows[0].error(format!("{key} has no name in subjects.tsv")))?;
            let others: BTreeSet<String> = told
                .iter()
                .filter(|other| other.0 != *key && shares(one, other))
                .filter_map(|(other, _)| names.get(other))
                .flat_map(|name| words(name))
                .collect();
            let mut span = None;
            if told.iter().any(|other| other.0 != *key && shares(one, other)) {
                let own: Vec<String> = words(name)
                    .into_iter()
                    .filter(|word| word.chars().count() > 3 && !others.contains(word))
                    .collect();
                for row in rows {
                    let sentence = self.sentence(row)?;
                    let found = own.iter().find_map(|w| find(&self.document.text, sentence, w));
                    span = span.or(found);
                }
            }
            let span = match span {
                Some(span) => span,
                None => self.sentence(rows[0])?,
            };
            let mention = self.at(key.kind, span, name);
            self.chains.insert(key.clone(), vec![mention]);
        }
        Ok(())
    }

    /// Refuses two subjects of one kind at one place, which would be one mention.
    fn distinct(&self, rows: &[Row]) -> Result<(), CodingError> {
        let mut seen: BTreeMap<MentionId, &Key> = BTreeMap::new();
        for (key, chain) in &self.chains {
            for mention in chain {
                if let Some(other) = seen.insert(mention.id, key) {
                    return Err(rows[0].error(format!(
                        "{other} and {key} stand at the same words; give one of them words of its own"
                    )));
                }
            }
        }
        Ok(())
    }

    /// Where a row's sentence stands.
    pub(crate) fn sentence(&self, row: &Row) -> Result<Span, CodingError> {
        let mut found = self.document.text.match_indices(&row.sentence);
        match (found.next(), found.next()) {
            (Some((at, words)), None) if !words.is_empty() => Ok(Span::new(at, at + words.len())),
            (Some(_), _) => Err(row.error("the sentence stands more than once in the dispatch")),
            (None, _) => Err(row.error("the sentence does not stand in the dispatch")),
        }
    }
}

fn inside(mention: &Mention, sentence: Span) -> bool {
    mention.passage.span().is_some_and(|span| sentence.contains(span))
}

/// Whether a known name and another are one with words left out; of the other only a name counts,
/// not a description.
fn may_be_one(one: &str, other: &str) -> bool {
    if [one, other].iter().any(|name| name.contains("'s ")) {
        // "Valmont's father" is not Valmont.
        return one == other;
    }
    let (one, other) = (words(one), words(other));
    let named = |words: &[String]| {
        !words.is_empty() && words.iter().all(|word| word.starts_with(char::is_uppercase))
    };
    if one == other {
        return true;
    }
    let within = |a: &[String], b: &[String]| a.iter().all(|word| b.contains(word));
    // "the Executive Committee" is the Executive Committee of something.
    (named(&one) && within(&one, &other) && named(&other))
        || (named(&other) && within(&other, &one))
}

/// The first place within a span at which the words stand by themselves, in any case.
fn find(text: &str, within: Span, words: &str) -> Option<Span> {
    let stretch = within.of(text);
    let wanted = words.to_lowercase();
    let starts = stretch
        .char_indices()
        .map(|(at, _)| at)
        .filter(|at| !stretch[..*at].ends_with(char::is_alphanumeric));
    for start in starts {
        let mut rest = wanted.chars();
        let mut end = start;
        for letter in stretch[start..].chars() {
            let lower: String = letter.to_lowercase().collect();
            let Some(after) = rest.as_str().strip_prefix(&lower) else { break };
            rest = after.chars();
            end += letter.len_utf8();
            if after.is_empty() {
                break;
            }
        }
        if rest.as_str().is_empty() && !stretch[end..].starts_with(char::is_alphanumeric) {
            let from = within.start as usize;
            return Some(Span::new(from + start, from + end));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_as_whole_words_in_any_case() {
        let text = "ARDEN, Friday. An Ardener came to Arden.";
        let all = Span::new(0, text.len());
        assert_eq!(find(text, all, "Arden").map(Span::range), Some(0..5));
        assert_eq!(find(text, Span::new(6, text.len()), "Arden").map(Span::range), Some(34..39));
        assert_eq!(find(text, all, "an ardener").map(|span| span.of(text)), Some("An Ardener"));
        assert_eq!(find(text, all, "Ard"), None);
    }

    #[test]
    fn a_shorter_name_may_be_the_same_man_but_a_description_of_him_is_not() {
        for (one, other, same) in [
            ("Valmont", "Jean Valmont", true),
            ("Jean Valmont", "Valmont", true),
            ("Valmont", "counsel for Valmont", false),
            ("Valmont", "Valmont's father", false),
            ("Executive Committee of Arden", "the Executive Committee", true),
            ("Paul Valmont", "Jean Valmont", false),
            ("an officer", "an officer", true),
            ("an officer of police", "an officer", false),
        ] {
            assert_eq!(may_be_one(one, other), same, "{one} / {other}");
        }
    }
}
