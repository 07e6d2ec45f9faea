//! Agreement of coders, variable by variable.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value as Json, json};
use throughline_casebook::{Codings, Field};
use throughline_formats::codebooks::{Codebook, Coded, Spread};
use throughline_model::{Value, Variable};
use throughline_weigh::agreement::{
    Interval, Ratings, Scale, Unbounded, alpha, cohen, fleiss, interval,
};

/// A coefficient and where it lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coefficient {
    /// Its value.
    pub value: f64,
    /// Where it lies for nineteen of twenty samples, or why that is not told.
    pub interval: Result<Interval, Unbounded>,
}

/// How far coders agree on one variable.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// The variable.
    pub variable: Variable,
    /// The scale on which alpha was measured.
    pub scale: Spread,
    /// Those who coded it, by name.
    pub coders: Vec<String>,
    /// How many questions at least two of them coded.
    pub shared: usize,
    /// How many questions all of them coded: those on which the kappas rest.
    pub complete: usize,
    /// How many answers have no place on the scale, and so none in alpha.
    pub off_scale: usize,
    /// The share of pairs of answers that are alike.
    pub alike: Option<f64>,
    /// Cohen's kappa, of two coders.
    pub cohen: Option<Coefficient>,
    /// Fleiss' kappa.
    pub fleiss: Option<Coefficient>,
    /// Krippendorff's alpha.
    pub alpha: Option<Coefficient>,
    /// Cohen's kappa of every two coders, where there are more than two.
    pub pairs: Vec<(String, String, Option<f64>)>,
}

/// What a coder answered to a question: all values, where there may be several.
type Answer<'c> = BTreeSet<Option<&'c Value>>;

/// Agreement on every variable that at least two of the coders coded, in the order of variables;
/// of all coders if none is named. The bounds are drawn from a seed.
pub fn measured(
    codings: &Codings,
    codebook: &Codebook,
    coders: &[String],
    seed: u64,
) -> Vec<Measured> {
    let mut fields: BTreeMap<Variable, Vec<&Field>> = BTreeMap::new();
    for field in &codings.fields {
        fields.entry(field.variable).or_default().push(field);
    }
    let wanted = |coder: &str| coders.is_empty() || coders.iter().any(|one| one == coder);
    let one = |(variable, fields): (Variable, Vec<&Field>)| {
        let answers: Vec<BTreeMap<&str, Answer>> = fields
            .iter()
            .map(|field| field.answers().into_iter().filter(|(by, _)| wanted(by)).collect())
            .collect();
        let own: BTreeSet<&str> = answers.iter().flat_map(|unit| unit.keys().copied()).collect();
        (own.len() > 1).then(|| {
            measure(variable, &answers, &own.into_iter().collect::<Vec<_>>(), codebook, seed)
        })
    };
    fields.into_iter().filter_map(one).collect()
}

fn measure(
    variable: Variable,
    answers: &[BTreeMap<&str, Answer>],
    coders: &[&str],
    codebook: &Codebook,
    seed: u64,
) -> Measured {
    let coded = codebook.of(variable);
    let spread = coded.map_or(Spread::of(variable.shape()), |coded| coded.scale);
    let nominal = ratings(answers, coders);
    let (scaled, off_scale) = match spread {
        Spread::Nominal => (nominal.clone(), 0),
        _ => placed(answers, coders, spread, coded),
    };
    let coefficient = |ratings: &Ratings, of: fn(&Ratings) -> Option<f64>| {
        of(ratings).map(|value| Coefficient { value, interval: interval(ratings, seed, of) })
    };
    let pairs = (coders.len() > 2).then(|| {
        (0..coders.len()).flat_map(|one| (one + 1..coders.len()).map(move |other| (one, other)))
    });
    let pairs = pairs.into_iter().flatten().map(|(one, other)| {
        (coders[one].to_owned(), coders[other].to_owned(), cohen(&nominal.of_two(one, other)))
    });
    Measured {
        variable,
        scale: spread,
        shared: nominal.shared(),
        complete: nominal.units.iter().filter(|unit| unit.iter().all(Option::is_some)).count(),
        off_scale,
        alike: nominal.alike(),
        cohen: coefficient(&nominal, cohen),
        fleiss: coefficient(&nominal, fleiss),
        alpha: coefficient(&scaled, alpha),
        pairs: pairs.collect(),
        coders: coders.iter().map(|&coder| coder.to_owned()).collect(),
    }
}

/// Every answer as a category of its own; that something cannot be known is one too.
fn ratings(answers: &[BTreeMap<&str, Answer>], coders: &[&str]) -> Ratings {
    let distinct: BTreeSet<&Answer> = answers.iter().flat_map(BTreeMap::values).collect();
    let number: BTreeMap<&Answer, usize> =
        distinct.into_iter().enumerate().map(|(at, answer)| (answer, at)).collect();
    let units = answers.iter().map(|unit| {
        coders
            .iter()
            .map(|coder| unit.get(coder).and_then(|own| number.get(own).copied()))
            .collect()
    });
    Ratings { units: units.collect(), categories: number.len(), scale: Scale::Nominal }
}

/// The answers that have a place on a scale, and how many have none: what cannot be known, several
/// values at once, figures and dates that leave something open, terms beside the codebook's.
fn placed(
    answers: &[BTreeMap<&str, Answer>],
    coders: &[&str],
    spread: Spread,
    coded: Option<&Coded>,
) -> (Ratings, usize) {
    let place = |answer: &Answer| -> Option<i64> {
        let mut values = answer.iter();
        let (Some(Some(value)), None) = (values.next(), values.next()) else { return None };
        match (spread, value) {
            (Spread::Interval, Value::Figure(figure)) => {
                let exact = figure.most == Some(figure.least) && !figure.about;
                exact.then_some(figure.least.into())
            }
            (Spread::Interval, Value::Date(date)) => {
                (date.earliest() == date.latest()).then_some(date.latest().0.into())
            }
            (Spread::Ordinal, Value::Term(term)) => {
                let place = coded?.values.iter().position(|one| one.value == *term)?;
                i64::try_from(place).ok()
            }
            _ => None,
        }
    };
    let places: BTreeSet<i64> =
        answers.iter().flat_map(BTreeMap::values).filter_map(place).collect();
    let places: Vec<i64> = places.into_iter().collect();
    let number =
        |answer: &Answer| place(answer).and_then(|place| places.binary_search(&place).ok());
    let units = answers
        .iter()
        .map(|unit| coders.iter().map(|coder| unit.get(coder).and_then(number)).collect())
        .collect();
    let off = answers.iter().flat_map(BTreeMap::values).filter(|one| place(one).is_none()).count();
    let scale = match spread {
        Spread::Interval => Scale::Interval(places.iter().map(|&place| place as f64).collect()),
        _ => Scale::Ordinal,
    };
    (Ratings { units, categories: places.len(), scale }, off)
}

impl Measured {
    /// The fields that docs/json.md gives.
    pub fn json(&self) -> Json {
        let coefficient = |one: &Option<Coefficient>| {
            one.map(|one| {
                json!({
                    "value": one.value,
                    "low": one.interval.ok().map(|bounds| bounds.low),
                    "high": one.interval.ok().map(|bounds| bounds.high),
                    "unbounded": one.interval.err().map(Unbounded::words),
                })
            })
        };
        let pairs = self
            .pairs
            .iter()
            .map(|(one, other, kappa)| json!({"coders": [one, other], "cohen": kappa}));
        json!({
            "variable": self.variable.name(),
            "scale": self.scale.name(),
            "coders": self.coders,
            "shared": self.shared,
            "complete": self.complete,
            "off_scale": self.off_scale,
            "alike": self.alike,
            "cohen": coefficient(&self.cohen),
            "fleiss": coefficient(&self.fleiss),
            "alpha": coefficient(&self.alpha),
            "pairs": pairs.collect::<Vec<_>>(),
        })
    }
}

/// A coefficient in words: `0.68 (0.51 to 0.84)`, `1.00 (too few questions for bounds)`.
pub fn spelled(one: &Option<Coefficient>) -> String {
    match one {
        None => "not defined".to_owned(),
        Some(Coefficient { value, interval: Err(why) }) => format!("{value:.2} ({})", why.words()),
        Some(Coefficient { value, interval: Ok(Interval { low, high }) }) => {
            format!("{value:.2} ({low:.2} to {high:.2})")
        }
    }
}

/// A share in percent: `89 %`.
pub fn percent(share: Option<f64>) -> String {
    share.map_or_else(|| "–".to_owned(), |share| format!("{:.0} %", share * 100.0))
}

#[cfg(test)]
mod tests {
    use throughline_casebook::Coding;
    use throughline_formats::codebooks::{SHIPPED, read};
    use throughline_model::{Figure, Fingerprint, Instant, JudgmentId, MentionId, SubjectKind};

    use super::*;

    /// A question for each row, with what each coder says; `-` where he says nothing.
    fn codings(variable: Variable, rows: &[&str], value: fn(&str) -> Option<Value>) -> Codings {
        let field = |(at, row): (usize, &&str)| {
            let key = Fingerprint::new("test").number(at as u64);
            let said = row.split_whitespace().zip(["A", "B", "C"]).filter(|(said, _)| *said != "-");
            Field {
                record: MentionId::of(SubjectKind::Incident, key),
                variable,
                party: None,
                codings: said
                    .map(|(said, by)| Coding {
                        judgment: JudgmentId::from_bits(0),
                        by: by.into(),
                        recorded: Instant(0),
                        value: value(said),
                        rests_on: vec![],
                        reason: "as read".into(),
                    })
                    .collect(),
                found: vec![],
            }
        };
        Codings { fields: rows.iter().enumerate().map(field).collect(), ..Codings::default() }
    }

    fn term(text: &str) -> Option<Value> {
        (text != "?").then(|| Value::Term(text.into()))
    }

    fn figure(text: &str) -> Option<Value> {
        let open = text.strip_suffix('+');
        let least = open.unwrap_or(text).parse().ok()?;
        Some(Value::Figure(Figure { least, most: open.is_none().then_some(least), about: false }))
    }

    fn plot() -> Codebook {
        read(SHIPPED[0].1).unwrap()
    }

    #[test]
    fn that_something_cannot_be_known_is_an_answer_like_any_other() {
        let all = codings(Variable::Company, &["alone alone", "cell ?", "? ?", "cell cell"], term);
        let found = &measured(&all, &plot(), &[], 1)[0];
        assert_eq!((found.shared, found.complete, found.off_scale), (4, 4, 0));
        assert_eq!(found.alike, Some(0.75));
        // By hand: chance is (1·1 + 2·1 + 1·2) / 16.
        assert!((found.cohen.unwrap().value - (0.75 - 5.0 / 16.0) / (11.0 / 16.0)).abs() < 1e-9);
    }

    #[test]
    fn few_questions_and_answers_that_nowhere_differ_have_no_bounds() {
        let why = |rows: &[&str]| {
            let all = codings(Variable::Company, rows, term);
            measured(&all, &plot(), &[], 1)[0].alpha.unwrap().interval
        };
        let few = ["alone alone", "cell cell", "alone cell"];
        assert_eq!(why(&few), Err(Unbounded::Few));
        let rows = |few: &[&'static str]| few.iter().cycle().take(12).copied().collect::<Vec<_>>();
        assert_eq!(why(&rows(&few[..2])), Err(Unbounded::Alike));
        let bounds = why(&rows(&few)).unwrap();
        assert!(bounds.low < bounds.high && bounds.high <= 1.0, "{bounds:?}");
        // Questions that one alone coded are no questions on which they could agree.
        let mut alone = vec!["alone -"; 12];
        alone.extend(few);
        assert_eq!(why(&alone), Err(Unbounded::Few));
        assert_eq!(
            spelled(&Some(Coefficient { value: 1.0, interval: Err(Unbounded::Few) })),
            "1.00 (too few questions for bounds)"
        );
    }

    #[test]
    fn figures_that_leave_something_open_have_no_place_on_the_scale_and_are_said() {
        let all = codings(Variable::Killed, &["3 4", "10 10", "12+ 14", "0 0"], figure);
        let found = &measured(&all, &plot(), &[], 1)[0];
        assert_eq!((found.scale, found.off_scale, found.shared), (Spread::Interval, 1, 4));
        let near = found.alpha.unwrap().value;
        let far = codings(Variable::Killed, &["3 9", "10 10", "12+ 14", "0 0"], figure);
        let far = measured(&far, &plot(), &[], 1)[0].alpha.unwrap().value;
        assert!(far < near && near < 1.0, "{far} {near}");
    }

    #[test]
    fn an_order_of_terms_is_that_of_the_codebook() {
        let rows = |other: &str| {
            let row = format!("direct {other}");
            codings(Variable::Link, &[&row, "none none", "tenuous tenuous", "direct direct"], term)
        };
        let alpha = |other| measured(&rows(other), &plot(), &[], 1)[0].alpha.unwrap().value;
        assert!(alpha("none") < alpha("tenuous") && alpha("tenuous") < alpha("direct"));
    }

    #[test]
    fn of_three_coders_each_pair_is_told_and_two_can_be_named() {
        let all = codings(
            Variable::Company,
            &["alone alone cell", "cell cell alone", "cell - cell"],
            term,
        );
        let found = &measured(&all, &plot(), &[], 1)[0];
        assert_eq!((found.coders.len(), found.pairs.len(), found.complete), (3, 3, 2));
        assert_eq!(found.cohen, None);
        assert_eq!(found.pairs[0], ("A".into(), "B".into(), Some(1.0)));
        let two = &measured(&all, &plot(), &["A".into(), "B".into()], 1)[0];
        assert_eq!((two.cohen.unwrap().value, two.shared), (1.0, 2));
        assert!(measured(&all, &plot(), &["A".into()], 1).is_empty());
    }
}
