//! Scales of likelihood, as people write them in TOML. The grammar stands in docs/likelihood.md.

use std::sync::LazyLock;

use toml::de::DeTable;

use throughline_weigh::likelihood::{Level, Scale, Term};

use crate::keys::{Keys, Place, Result, name, number, tables, text, texts};

/// The scales that are part of the program: their names and texts.
pub const SHIPPED: [(&str, &str); 2] = [
    ("icd-203", include_str!("../../../codebooks/likelihood/icd-203.toml")),
    ("phia", include_str!("../../../codebooks/likelihood/phia.toml")),
];

static ALL: LazyLock<Vec<Scale>> =
    LazyLock::new(|| SHIPPED.iter().filter_map(|(_, toml)| read(toml).ok()).collect());

/// All scales that are part of the program.
pub fn all() -> &'static [Scale] {
    &ALL
}

/// Reads a scale.
///
/// # Errors
/// [`crate::counts::DefinitionError`], with the line, what was found and what was wanted.
pub fn read(toml: &str) -> Result<Scale> {
    let place = Place { toml };
    let table = DeTable::parse(toml)
        .map_err(|error| place.error(error.span().unwrap_or(0..0), error.message().to_owned()))?;
    let known = ["name", "title", "version", "source", "notes", "term", "confidence"];
    let keys = Keys::of(place, "a scale of likelihood", table.span(), table.get_ref(), &known)?;
    let terms = keys.needed("term", |place, value| {
        tables(place, value, ("[[term]]", &["term", "least", "most", "phrases"]), term)
    })?;
    if let Some(pair) = terms.windows(2).find(|pair| pair[1].least < pair[0].least) {
        return Err(keys.error(format!(
            "terms stand from the least likely on, and {:?} comes after {:?}",
            pair[1].term, pair[0].term
        )));
    }
    let confidence = keys.optional("confidence", |place, value| {
        tables(place, value, ("[[confidence]]", &["level", "phrases"]), |keys| {
            Ok(Level { level: keys.needed("level", text)?, phrases: phrases(keys)? })
        })
    })?;
    Ok(Scale {
        name: keys.needed("name", name)?,
        title: keys.needed("title", text)?,
        version: keys.needed("version", number)?,
        source: keys.needed("source", text)?,
        notes: keys.optional("notes", text)?.map(|notes| notes.trim().to_owned()),
        terms,
        confidence: confidence.unwrap_or_default(),
    })
}

fn term(keys: &Keys) -> Result<Term> {
    let (least, most) = (keys.needed("least", number)?, keys.needed("most", number)?);
    if most > 100 {
        return Err(keys.wrong("most", "a share in percent, 100 at most"));
    }
    if least > most {
        return Err(keys.wrong("least", "a share in percent, no more than \"most\""));
    }
    Ok(Term { term: keys.needed("term", text)?, least, most, phrases: phrases(keys)? })
}

fn phrases(keys: &Keys) -> Result<Vec<String>> {
    let phrases = keys.needed("phrases", texts)?;
    let plain = |phrase: &String| {
        let single = phrase.split(' ').all(|word| !word.is_empty());
        single && *phrase == phrase.to_lowercase()
    };
    match phrases.iter().all(plain) {
        true => Ok(phrases),
        false => Err(keys.wrong("phrases", "phrases in lower case, with one space between words")),
    }
}

#[cfg(test)]
mod tests {
    use throughline_weigh::likelihood::said;

    use super::*;

    #[test]
    fn every_shipped_scale_is_read_and_has_bounds_in_order() {
        assert_eq!(all().len(), SHIPPED.len());
        for (scale, (name, _)) in all().iter().zip(SHIPPED) {
            assert_eq!((scale.name.as_str(), scale.terms.len()), (name, 7));
            assert_eq!(scale.confidence.len(), 3);
            for pair in scale.terms.windows(2) {
                assert!(pair[0].most <= pair[1].least, "{pair:?}");
            }
        }
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line_and_what_was_wanted() {
        let head = "name = 's'\ntitle = 'S'\nversion = 1\nsource = 'Q'\n";
        let term = "[[term]]\nterm = 'likely'\nphrases = ['likely']\n";
        for (text, line, words) in [
            (format!("{head}{term}least = 60\nmost = 50"), 8, "no more than \"most\""),
            (format!("{head}{term}least = 60\nmost = 150"), 9, "100 at most"),
            (format!("{head}{term}least = 60"), 5, "needs \"most\""),
            (
                format!("{head}[[term]]\nterm = 'x'\nleast = 1\nmost = 2\nphrases = ['Likely']"),
                9,
                "lower case",
            ),
            (
                format!("{head}{term}least = 60\nmost = 70\n{term}least = 10\nmost = 20"),
                1,
                "from the least likely on",
            ),
        ] {
            let error = read(&text).unwrap_err();
            assert_eq!(error.line, line, "{error}\n{text}");
            assert!(error.text.contains(words), "{error}");
        }
    }

    /// The words that stand in a sentence, each with what the scales mean.
    fn told(sentence: &str) -> (Vec<String>, Vec<String>) {
        let found = said(sentence, all());
        let likelihood = found.likelihood.iter().map(|one| {
            let means = one
                .means
                .iter()
                .map(|(scale, term)| format!("{} {}-{}", scale.name, term.least, term.most));
            format!("{}: {}", one.words, means.collect::<Vec<_>>().join(", "))
        });
        let confidence = found.confidence.iter().map(|one| one.words.to_owned());
        (likelihood.collect(), confidence.collect())
    }

    #[test]
    fn words_are_told_as_each_scale_means_them() {
        for (sentence, want) in [
            ("It was likely an accident.", vec!["likely: icd-203 55-80, phia 55-75"]),
            ("A second device is Very Unlikely.", vec!["Very Unlikely: icd-203 5-20"]),
            ("A second device is highly unlikely.", vec!["highly unlikely: phia 10-20"]),
            (
                "He almost certainly acted alone, and probably bought it in Lenn.",
                vec![
                    "almost certainly: icd-203 95-99, phia 95-100",
                    "probably: icd-203 55-80, phia 55-75",
                ],
            ),
            (
                "There is a realistic possibility of more.",
                vec!["realistic possibility: phia 40-50"],
            ),
        ] {
            assert_eq!(told(sentence).0, want, "{sentence}");
        }
    }

    #[test]
    fn what_says_something_else_is_left_out() {
        for sentence in [
            "It is not likely.",
            "That isn't likely.",
            "It is more likely than before.",
            "It is as likely as not.",
            "How likely is it?",
            "The remote village was likeable.",
            "He is the most likely heir.",
        ] {
            assert_eq!(told(sentence), (vec![], vec![]), "{sentence}");
        }
    }

    #[test]
    fn confidence_is_no_likelihood() {
        let (likelihood, confidence) =
            told("We assess with high confidence that it was very likely the Ring.");
        assert_eq!((likelihood.len(), confidence), (1, vec!["high confidence".to_owned()]));
    }
}
