//! What kind of incident a report tells of, and the roles in it.

use throughline_eval::bench::incidents::Record;
use throughline_linear::Chain;
use throughline_linear::train::{Example, Pass, Settings, train};
use throughline_read::trained::{
    Case, Columns, Company, Held, Page, Weights, phrases, relevance, roles,
};

use crate::roles::Taught;

/// How often a report is seen as it stands, which is all in capitals, and without capitals.
const FORMS: [f32; 2] = [0.75, 0.25];

/// In how many parts reports are read for the kinds that the finder of roles learns with: each by
/// weights of the others, since of their own they would be too sure.
const FOLDS: usize = 5;

/// How kinds are trained. A report has a thousand features, so that steps must be short.
pub fn relevance_settings() -> Settings {
    Settings { passes: 20, rate: 0.02, l2: 4.0, dropped: 0.5, least: 3, ..Settings::default() }
}

/// How heads are trained.
pub fn role_settings() -> Settings {
    Settings {
        passes: 5,
        rate: 0.05,
        l1: 0.3,
        l2: 1.0,
        dropped: 0.3,
        learned: 0.01,
        least: 2,
        ..Settings::default()
    }
}

/// How words are trained by all heads that they are.
pub fn together_settings() -> Settings {
    Settings {
        passes: 8,
        rate: 0.03,
        l1: 0.3,
        l2: 2.0,
        dropped: 0.4,
        learned: 0.01,
        least: 2,
        ..Settings::default()
    }
}

/// How phrases are trained.
pub fn phrase_settings() -> Settings {
    Settings {
        passes: 6,
        rate: 0.05,
        l1: 0.1,
        l2: 1.0,
        dropped: 0.2,
        learned: 0.01,
        least: 2,
        ..Settings::default()
    }
}

/// Trains the kinds of incidents on reports.
pub fn relevance_on(
    records: &[&Record],
    weights: &Weights<'_>,
    settings: &Settings,
    tell: impl FnMut(Pass),
) -> Chain {
    let examples = records.iter().map(|record| {
        let page = Page::of_text(&record.text);
        let form = |page: &Page<'_>| relevance::features(&Columns::new(page, weights));
        let forms = vec![(form(&page), FORMS[0]), (form(&page.in_case(Case::Lower)), FORMS[1])];
        Example { forms, labels: vec![kind(record)], or: 0..0, weight: 1.0 }
    });
    train(examples.collect(), &relevance::KINDS.map(str::to_owned), settings, tell)
}

/// The kind of the first incident of a report.
pub fn kind(record: &Record) -> u16 {
    let first = record.incidents().first().and_then(|one| one.kind.as_deref());
    let first = first.map(|kind| kind.split(" / ").next().unwrap_or(kind));
    let known = first.and_then(|kind| relevance::KINDS.iter().position(|known| *known == kind));
    // What is no kind of ours is still an incident.
    let number = known.unwrap_or(usize::from(first.is_some()));
    u16::try_from(number).unwrap_or(0)
}

/// A part of the reports: what was learned from the others, and what its own teach.
#[derive(Debug)]
pub struct Part<'r> {
    /// Its reports.
    pub records: Vec<&'r Record>,
    /// The kinds that the others teach.
    pub kinds: Chain,
    /// The heads, each by itself, that the others teach.
    pub heads: Chain,
    taught: Taught,
    /// Of each head in company.
    second: Vec<Example>,
}

/// What finds roles.
#[derive(Clone, Debug)]
pub struct Roles {
    /// Kinds of incidents.
    pub kinds: Chain,
    /// Heads, each by itself.
    pub heads: Chain,
    /// Heads in company.
    pub roles: Chain,
    /// Words, each by all heads that it is.
    pub together: Chain,
    /// Phrases.
    pub phrases: Chain,
}

impl Roles {
    /// These weights among others.
    pub fn among<'w>(&'w self, weights: &Weights<'w>) -> Weights<'w> {
        Weights {
            relevance: Held::from(&self.kinds),
            heads: Held::from(&self.heads),
            roles: Held::from(&self.roles),
            together: Held::from(&self.together),
            phrases: Held::from(&self.phrases),
            ..*weights
        }
    }
}

/// Cuts reports into parts. Kinds and heads of each are read by weights that do not know it: of
/// what was learned by heart the next step would be too sure.
pub fn parts_of<'r>(records: &[&'r Record], weights: &Weights<'_>) -> Vec<Part<'r>> {
    let of = |fold: usize, own: bool| -> Vec<&'r Record> {
        let those = records.iter().enumerate().filter(|(at, _)| (at % FOLDS == fold) == own);
        those.map(|(_, record)| *record).collect()
    };
    let kinds: Vec<Chain> = (0..FOLDS)
        .map(|fold| relevance_on(&of(fold, false), weights, &relevance_settings(), |_| {}))
        .collect();
    let taught: Vec<Taught> = kinds
        .iter()
        .enumerate()
        .map(|(fold, kinds)| {
            let weights = Weights { relevance: Held::from(kinds), ..*weights };
            let mut taught = Taught::default();
            of(fold, true).into_iter().for_each(|record| taught.read(record, &weights));
            taught
        })
        .collect();
    let heads: Vec<Chain> = (0..FOLDS)
        .map(|fold| {
            let others = taught.iter().enumerate().filter(|(at, _)| *at != fold);
            heads_on(others.flat_map(|(_, one)| one.heads.iter().cloned()).collect(), |_| {})
        })
        .collect();
    let all = kinds.into_iter().zip(heads).zip(taught).enumerate();
    all.map(|(fold, ((kinds, heads), taught))| {
        let records = of(fold, true);
        let own = Weights { relevance: Held::from(&kinds), heads: Held::from(&heads), ..*weights };
        let second = in_company(&records, &taught.heads, &own);
        Part { records, kinds, heads, taught, second }
    })
    .collect()
}

fn heads_on(examples: Vec<Example>, tell: impl FnMut(Pass)) -> Chain {
    train(examples, &roles::LABELS.map(str::to_owned), &role_settings(), tell)
}

/// The same heads with what the others were read to be.
fn in_company(records: &[&Record], first: &[Example], weights: &Weights<'_>) -> Vec<Example> {
    let mut first = first.iter();
    let mut second = Vec::with_capacity(first.len());
    for record in records {
        let page = Page::of_text(&record.text);
        let columns = Columns::new(&page, weights);
        let context = roles::Context::new(&columns, weights);
        let read = roles::Heads::new(&columns, &context).each(weights);
        let company = Company::new(&columns, &context, &read);
        for at in context.all_heads() {
            let Some(example) = first.next() else { return second };
            let seen = company.features(&columns, &context, at);
            second.push(Example { forms: vec![(seen, 1.0)], ..example.clone() });
        }
    }
    second
}

/// Trains what finds roles on some of the parts; kinds, and heads where they are known, are those
/// given.
pub fn roles_on(
    parts: &[&Part<'_>],
    kinds: Chain,
    heads: Option<Chain>,
    settings: &Settings,
    mut tell: impl FnMut(Pass),
) -> Roles {
    let examples = |of: fn(&Taught) -> &Vec<Example>| -> Vec<Example> {
        parts.iter().flat_map(|part| of(&part.taught).iter().cloned()).collect()
    };
    let heads = heads.unwrap_or_else(|| heads_on(examples(|one| &one.heads), &mut tell));
    let second = parts.iter().flat_map(|part| part.second.iter().cloned()).collect();
    let labels = roles::LABELS.map(str::to_owned);
    let yes_or_no = phrases::LABELS.map(str::to_owned);
    let together = examples(|one| &one.together);
    Roles {
        kinds,
        heads,
        roles: train(second, &labels, settings, &mut tell),
        together: train(together, &labels, &together_settings(), &mut tell),
        phrases: train(examples(|one| &one.phrases), &yes_or_no, &phrase_settings(), tell),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use throughline_eval::bench::incidents::records;

    #[test]
    fn a_report_teaches_its_kind() {
        let line = r#"{"docid": "a", "text": "TWO GUARDS FLED.", "templates": [], "gtt": [{"incident_type": "bombing / attack"}]}"#;
        let record = records(line).unwrap().remove(0);
        assert_eq!(relevance::KINDS[usize::from(kind(&record))], "bombing");
    }
}
