//! How a figure is cited: as a line, as BibTeX, as CSL-JSON, and with the command that verifies it.
//!
//! A citation holds no names of records, but what its definition is called can hold one.

use serde_json::json;
use throughline_casebook::{Casebook, Counted, PROGRAM};
use throughline_formats::counts::NamedDefinition;
use throughline_model::{AsOf, Instant, Sha256};

use crate::counts;
use crate::disclosed::Disclosed;
use crate::typed::{Result, mistyped};

/// The citation of a figure, which owns what it says.
#[derive(Clone, Debug)]
pub struct Cited {
    named: NamedDefinition,
    toml: String,
    figure: String,
    typologies: Vec<String>,
    asked: String,
    by: Option<String>,
    as_of: AsOf,
    now: Instant,
    content: Sha256,
    head: Sha256,
    /// Whether the definition is kept in the casebook; else whoever verifies the figure needs its file.
    pub kept: bool,
}

impl Cited {
    /// The citation of a count, which was asked for by a name or a file.
    ///
    /// # Errors
    /// [`crate::typed::Error::Mistyped`] if the figure is not final, or the citation would name somebody whose
    /// name is withheld; if the casebook cannot be read.
    pub fn gather(
        casebook: &Casebook,
        (named, toml, asked): (&NamedDefinition, &str, &str),
        counted: &Counted,
        by: Option<&str>,
        now: Instant,
    ) -> Result<Cited> {
        let strict = &counted.tallies.strict;
        let figure = counts::figure(strict, named.definition.sum);
        if !strict.is_final() {
            let marks = strict.marks().keys();
            let marks: Vec<String> =
                marks.map(|mark| format!("{}: {}", mark.name(), counts::mark(*mark))).collect();
            return mistyped(format!(
                "{figure} is not final and cannot be cited ({})",
                marks.join("; ")
            ));
        }
        // Kept in the casebook, it goes by its name wherever the casebook goes.
        let kept = casebook.definitions()?.into_iter().any(|one| one.saved.toml == toml);
        let typologies = counts::typologies(&named.definition).into_iter();
        let typologies = typologies
            .map(|(one, sha256)| format!("{} version {} (sha256 {sha256})", one.name, one.version));
        let cited = Cited {
            named: named.clone(),
            toml: toml.to_owned(),
            figure,
            typologies: typologies.collect(),
            asked: if kept { named.name.clone() } else { asked.to_owned() },
            by: by.map(str::to_owned),
            as_of: counted.as_of,
            now,
            content: counted.head.content,
            head: counted.head.chain,
            kept,
        };
        match cited.citation().protected(&Disclosed::gather(casebook)?) {
            None => Ok(cited),
            Some(what) => mistyped(format!(
                "{what} names somebody whose name is withheld, and a citation leaves the casebook; count by \
                 a definition that names an id, under another name and title"
            )),
        }
    }

    /// What it says.
    pub fn citation(&self) -> Citation<'_> {
        Citation {
            title: &self.named.title,
            by: self.by.as_deref(),
            figure: &self.figure,
            definition: &self.named.name,
            asked: &self.asked,
            sha256: Sha256::of(self.toml.as_bytes()),
            typologies: &self.typologies,
            as_of: self.as_of,
            now: self.now,
            content: self.content,
            head: self.head,
            program: PROGRAM,
        }
    }
}

/// What a citation of a figure says.
#[derive(Clone, Copy, Debug)]
pub struct Citation<'c> {
    /// What is counted.
    pub title: &'c str,
    /// Who counted, where that is given.
    pub by: Option<&'c str>,
    /// The figure, resting on findings only.
    pub figure: &'c str,
    /// The definition's name.
    pub definition: &'c str,
    /// The definition as it was asked for: its name, or a file.
    pub asked: &'c str,
    /// The SHA-256 of the definition's text.
    pub sha256: Sha256,
    /// The typologies that it asks for, with version and hash.
    pub typologies: &'c [String],
    /// The dates of the view.
    pub as_of: AsOf,
    /// The moment at which it is cited: from what was recorded by then it can be counted again.
    pub now: Instant,
    /// The content hash of the casebook.
    pub content: Sha256,
    /// The head of its ledger.
    pub head: Sha256,
    /// The program and its version.
    pub program: &'c str,
}

impl Citation<'_> {
    /// What of it names somebody whose name is withheld, in words; `None` if nothing does.
    pub fn protected(&self, disclosed: &Disclosed) -> Option<&'static str> {
        let said = |words: &str| disclosed.everywhere(words) != words;
        if said(self.title) {
            return Some("the title of this count");
        }
        let named = disclosed.spelt_in(self.definition) || disclosed.spelt_in(self.asked);
        named.then_some("the name of this definition, or of its file,")
    }

    /// The line by which a figure is cited.
    pub fn text(&self) -> String {
        let by = self.by.map(|by| format!("{by}. ")).unwrap_or_default();
        let recorded = match self.as_of.recorded {
            Some(moment) => format!(", as recorded by {moment}"),
            None => String::new(),
        };
        format!(
            "{by}{}: {}. Definition {} (sha256 {}){}, from {}{recorded}; content {}, head {}; {}, {}. \
             Verify: {}",
            self.title,
            self.figure,
            self.definition,
            self.sha256,
            self.typed(),
            self.view(),
            self.content,
            self.head,
            self.program,
            self.day(),
            self.verify()
        )
    }

    /// An entry for BibTeX.
    pub fn bibtex(&self) -> String {
        let author = match self.by {
            Some(by) => format!("  author       = {{{{{}}}}},\n", bibtex(by)),
            None => String::new(),
        };
        format!(
            "@misc{{{},\n{author}  title        = {{{{{}}}}},\n  year         = {{{}}},\n  \
             howpublished = {{{}}},\n  urldate      = {{{}}},\n  note         = {{{}}}\n}}",
            self.key(),
            bibtex(self.title),
            self.day().get(..4).unwrap_or_default(),
            bibtex(self.program),
            self.day(),
            bibtex(&self.note()),
        )
    }

    /// An item of CSL-JSON, in the array that the format wants.
    pub fn csl(&self) -> serde_json::Value {
        let day = self.day();
        let parts: Vec<i64> = day.split('-').filter_map(|part| part.parse().ok()).collect();
        let author = self.by.map(|by| vec![json!({"literal": by})]);
        json!([{
            "id": self.key(),
            "type": "dataset",
            "title": self.title,
            "author": author.unwrap_or_default(),
            "issued": {"date-parts": [parts]},
            "accessed": {"date-parts": [parts]},
            "version": self.content.to_string(),
            "publisher": self.program,
            "note": self.note(),
        }])
    }

    /// The command by which whoever has the casebook verifies the figure.
    pub fn verify(&self) -> String {
        let published =
            self.as_of.published.map(|day| format!(" --as-of {day}")).unwrap_or_default();
        let recorded = self.as_of.recorded.map_or(self.now, |by| by.min(self.now));
        let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./".contains(letter);
        let asked = match self.asked.chars().all(plain) {
            true => self.asked.to_owned(),
            false => format!("'{}'", self.asked.replace('\'', "'\\''")),
        };
        format!(
            "throughline count {asked}{published} --recorded-by {recorded} --hash {} --expect '{}'",
            self.sha256, self.figure
        )
    }

    fn note(&self) -> String {
        format!(
            "{}. Definition {} (sha256 {}){}, from {}; content {}, head {}. Verify: {}",
            self.figure,
            self.definition,
            self.sha256,
            self.typed(),
            self.view(),
            self.content,
            self.head,
            self.verify()
        )
    }

    fn key(&self) -> String {
        let hash = self.content.to_string();
        format!("{}-{}", self.definition, hash.get(..8).unwrap_or_default())
    }

    fn typed(&self) -> String {
        match self.typologies {
            [] => String::new(),
            all => format!(" under {}", all.join(" and ")),
        }
    }

    fn view(&self) -> String {
        match self.as_of.published {
            Some(day) => format!("the public record of {day}"),
            None => "all that the casebook holds".to_owned(),
        }
    }

    fn day(&self) -> String {
        self.now.to_string().split('T').next().unwrap_or_default().to_owned()
    }
}

/// A text as BibTeX takes it: what means something to TeX stands for itself.
fn bibtex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '{' | '}' | '%' | '&' | '#' | '_' | '$' => out.extend(['\\', letter]),
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn citation(title: &str) -> Citation<'_> {
        Citation {
            title,
            by: Some("R. Coder"),
            figure: "3 of 5",
            definition: "had-help",
            asked: "had-help",
            sha256: Sha256::of(b"definition"),
            typologies: &[],
            as_of: AsOf::default(),
            now: "2026-11-01T10:00:00Z".parse().unwrap(),
            content: Sha256::of(b"content"),
            head: Sha256::of(b"head"),
            program: "throughline 0.1.0",
        }
    }

    #[test]
    fn every_form_says_how_it_is_verified() {
        let cited = citation("Attacks by men who had help");
        let verify = cited.verify();
        assert!(verify.contains("--recorded-by 2026-11-01T10:00:00Z --hash"), "{verify}");
        assert!(verify.ends_with("--expect '3 of 5'"), "{verify}");
        assert!(cited.text().ends_with(&verify));
        assert!(cited.bibtex().contains("--expect '3 of 5'"), "{}", cited.bibtex());
        assert!(cited.csl()[0]["note"].as_str().unwrap().ends_with(&verify));
        assert_eq!(cited.csl()[0]["issued"]["date-parts"][0], json!([2026, 11, 1]));
    }

    #[test]
    fn what_means_something_to_tex_stands_for_itself() {
        let cited = citation("50 % of {all} \\ attacks & more").bibtex();
        assert!(
            cited.contains("50 \\% of \\{all\\} \\textbackslash{} attacks \\& more"),
            "{cited}"
        );
        assert_eq!(cited.matches('{').count(), cited.matches('}').count());
    }
}
