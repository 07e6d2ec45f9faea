//! Cards: what a file of weights was made of, and how well it reads.

use std::fmt;

use throughline_linear::train::Settings;

/// What a card says.
pub(crate) struct Card {
    pub(crate) title: &'static str,
    /// What is asked for after `throughline train`.
    pub(crate) task: &'static str,
    pub(crate) about: &'static str,
    /// A table of corpora with their licences.
    pub(crate) data: &'static str,
    pub(crate) features: String,
    pub(crate) figures: String,
}

impl fmt::Display for Card {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Card { title, task, about, data, features, figures } = self;
        let sentences = |text: &str| text.replace(". ", ".\n");
        write!(
            f,
            "# {title}\n\n{about}\n\n## Data\n\n{data}\n\
             The texts are not part of this project; the weights hold no sentence of them.\n\n\
             ## Features\n\n{}\n\n## Figures\n\n{}\n\n## Command\n\n\
             ```sh\nthroughline train {task} --bench FOLDER\n```\n",
            sentences(features),
            sentences(figures)
        )
    }
}

/// How the weights were found, in words.
pub(crate) fn settings(settings: &Settings) -> String {
    let left_out = match settings.dropped > 0.0 {
        true => format!(" {} of the features left out of each step,", settings.dropped),
        false => String::new(),
    };
    format!(
        "{} passes in an order of chance, rate {}, L1 {}, L2 {},{left_out} seed {}.",
        settings.passes, settings.rate, settings.l1, settings.l2, settings.seed
    )
}

pub(crate) const CLUSTERED: &str = "\
| text | licence |
|---|---|
| what names are trained on, without its non-commercial part | as there |
| Universal Dependencies English-EWT and GUM, training parts | CC BY-SA 4.0; CC BY 4.0 |
| ECB+, training part | CC BY 3.0 |
| *SEM 2012 stories of Conan Doyle, training part | public domain |
| MUC-4, training part | none stated |
| PolNeAR 1.0, training part | none stated, research use |
";

pub(crate) const VECTORS: &str = "\
| data | licence |
|---|---|
| GloVe 6B, 50 dimensions (Pennington, Socher and Manning 2014): vectors trained on Wikipedia of 2014 and Gigaword 5, six thousand million words of encyclopedia and newswire | PDDL 1.0, public domain |
";

pub(crate) const TAGGED: &str = "\
| corpus | licence |
|---|---|
| Universal Dependencies English-EWT, training part | CC BY-SA 4.0 |
| GUM, training part: news, interview, academic, court, bio, voyage, speech, textbook, vlog | CC BY 4.0 |
";

pub(crate) const NAMED: &str = "\
| corpus | licence |
|---|---|
| GUM, training part: names derived from its entities | CC BY; CC BY-SA (bio, voyage) |
| Universal NER English-EWT | CC BY-SA 4.0 |
| Wikigold | CC BY 4.0 |
| Broad Twitter Corpus | CC BY 4.0 |
| W-NUT 2017, training and development parts | CC BY 4.0 |
| re3d, without its articles of the BBC | OGL v3, public domain, CC BY-SA 3.0, CC BY 3.0 AU, EU notice |
";

pub(crate) const INCIDENTS: &str = "\
| corpus | licence |
|---|---|
| MUC-3 and MUC-4, training part (DEV-MUC3): translated reports of Latin America, 1988 to 1990 | none stated; the templates as the GTT project publishes them, MIT |
";

pub(crate) const SAID: &str = "\
| corpus | licence |
|---|---|
| PolNeAR 1.0, training part: articles of seven American publishers, 2015 and 2016 | none stated, research use |
";

pub(crate) const CERTAIN: &str = "\
| corpus | licence |
|---|---|
| UW factuality (Lee et al. 2015), training part, on sentences of TempEval-3 | MIT for the repository, none stated for the data |
| MEANTIME (Wikinews), its events | CC BY 4.0 |
";

pub(crate) const NEGATED: &str = "\
| corpus | licence |
|---|---|
| *SEM 2012 stories of Conan Doyle, training part | public domain; of the annotation none stated |
";

pub(crate) const SAME_NAME: &str = "\
| corpus | licence |
|---|---|
| OpenSanctions name_bench (github.com/opensanctions/nomenklatura, commit 50220822), one half by the hash of its groups | MIT |
";

pub(crate) const COUNTED: &str = "\
| text | licence |
|---|---|
| Gun Violence Archive pool of SemEval-2018 task 5, a part of three tenths of its incidents | none stated; a subset is published under CC BY 4.0 |
| ECB+, training part | CC BY 3.0 |
| MUC-4, training part | none stated |
| PolNeAR 1.0, training part | none stated, research use |
";

pub(crate) const SAME_INCIDENT: &str = "\
| corpus | licence |
|---|---|
| Gun Violence Archive pool of SemEval-2018 task 5, a part of three tenths of its incidents | none stated; a subset is published under CC BY 4.0 |
| ECB+, training part | CC BY 3.0 |
";

pub(crate) const PLACES: &str = "\
| corpus | licence |
|---|---|
| LGL, Local-Global Lexicon: local newspapers of towns with namesakes | none stated; the repository that has it GPL-3.0 (github.com/milangritta/Pragmatic-Guide-to-Geoparsing-Evaluation, commit 6947d464) |
| GeoVirus: Wikinews on epidemics | as LGL |
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_says_what_how_and_how_well() {
        let card = Card {
            title: "Things",
            task: "things",
            about: "They are.",
            data: "| a | b |\n",
            features: "One. Two.".to_owned(),
            figures: "F1 50.0 %.".to_owned(),
        };
        let text = card.to_string();
        assert!(text.starts_with("# Things\n\nThey are.\n\n## Data\n\n| a | b |\n"));
        assert!(text.contains("One.\nTwo.\n"));
        assert!(text.contains("F1 50.0 %.\n"), "a figure is no sentence's end");
        assert!(text.ends_with("throughline train things --bench FOLDER\n```\n"));
    }
}
