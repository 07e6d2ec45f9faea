//! Why two locals are taken for one subject or for two: features, the values compared, weights, score.

use throughline_model::{SubjectKind, Variable};

use crate::incident::{self, Report};
use crate::names::{Comparison, Feature, Name};
use crate::{Local, Score, normal};

/// A feature of a pair, and what it adds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Its name in the table of weights.
    pub feature: &'static str,
    /// Its value, in percent.
    pub value: i32,
    /// Its weight, in hundredths of log-odds for a value of 100.
    pub weight: i32,
    /// What it adds, in hundredths of log-odds.
    pub adds: i32,
}

/// Two locals compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    /// What was compared: what it is, and what either says.
    pub compared: Vec<(String, String, String)>,
    /// What stands beside both, by normal names.
    pub beside: Vec<String>,
    /// The features that are not zero; none where nothing is weighed.
    pub terms: Vec<Term>,
    /// What a pair has without any feature, in hundredths of log-odds.
    pub bias: i32,
    /// The sum, where something is weighed.
    pub score: Option<Score>,
}

/// Compares two locals of one kind; `None` of two kinds.
///
/// Of people the names are weighed: that alone joins nobody, and what stands beside both must speak
/// too. Of incidents the reports are weighed, if the words of both are known.
pub fn why(one: &Local, other: &Local) -> Option<Why> {
    if one.kind() != other.kind() {
        return None;
    }
    let beside = one.context.iter().filter(|word| other.context.contains(word)).cloned().collect();
    let names = ("name".to_owned(), one.name().to_owned(), other.name().to_owned());
    let plain = Why { compared: vec![names], beside, terms: Vec::new(), bias: 0, score: None };
    Some(match one.kind() {
        SubjectKind::Person => of_people(one, other, plain),
        SubjectKind::Incident => of_incidents(one, other, plain),
        _ => plain,
    })
}

fn of_people(one: &Local, other: &Local, plain: Why) -> Why {
    let (a, b) = (Name::of(one.name()), Name::of(other.name()));
    let compared = Comparison::of(&a, &b);
    let parts = |name: &Name, range: &std::ops::Range<usize>| {
        let parts: Vec<&str> = name.parts().skip(range.start).take(range.len()).collect();
        parts.join(" ")
    };
    let matches = compared.matches.iter().map(|found| {
        (found.how.words().to_owned(), parts(&a, &found.one), parts(&b, &found.other))
    });
    let weights = Comparison::weights();
    let names = Feature::ALL.map(Feature::name);
    Why {
        compared: plain.compared.iter().cloned().chain(matches).collect(),
        terms: terms(&names, &compared.values, &weights.of),
        bias: weights.bias,
        score: Some(compared.score()),
        ..plain
    }
}

fn of_incidents(one: &Local, other: &Local, plain: Why) -> Why {
    let texts = |local: &Local, variable: Variable| {
        let values = local.values(variable).filter_map(|value| match value {
            throughline_model::Value::Mention(id) => local.name_of(*id).map(normal),
            throughline_model::Value::Date(date) => Some(date.as_str().to_owned()),
            throughline_model::Value::Term(term) => Some(term.clone()),
            throughline_model::Value::Figure(figure) => Some(match figure.most {
                Some(most) if most == figure.least => most.to_string(),
                Some(most) => format!("{} to {most}", figure.least),
                None => format!("{} or more", figure.least),
            }),
            _ => None,
        });
        values.collect::<Vec<_>>().join(", ")
    };
    let variables = [
        ("place", Variable::Place),
        ("date", Variable::Date),
        ("type", Variable::Type),
        ("killed", Variable::Killed),
        ("wounded", Variable::Wounded),
    ];
    let published = |local: &Local| {
        local.published.as_ref().map_or(String::new(), |date| date.as_str().to_owned())
    };
    let mut compared = plain.compared.clone();
    compared.push(("published".to_owned(), published(one), published(other)));
    for (name, variable) in variables {
        let (a, b) = (texts(one, variable), texts(other, variable));
        if !a.is_empty() || !b.is_empty() {
            compared.push((name.to_owned(), a, b));
        }
    }
    if one.outline.is_none() || other.outline.is_none() {
        return Why { compared, ..plain };
    }
    let (a, b) = (Report::of(one), Report::of(other));
    let weights = incident::weights(&a, &b);
    let values = incident::compare(&a, &b);
    let names = incident::Feature::ALL.map(incident::Feature::name);
    Why {
        compared,
        terms: terms(&names, &values, &weights.of),
        bias: weights.bias,
        score: Some(weights.score(&values)),
        ..plain
    }
}

fn terms(names: &[&'static str], values: &[i32], weights: &[i32]) -> Vec<Term> {
    let all = names.iter().zip(values).zip(weights);
    all.filter(|((_, value), _)| **value != 0)
        .map(|((feature, value), weight)| Term {
            feature,
            value: *value,
            weight: *weight,
            adds: value * weight / 100,
        })
        .collect()
}
