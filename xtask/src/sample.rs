//! The sample casebook's tables and dispatches, and the lines that `import assertions` reads.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use throughline_capture::{Given, capture};
use throughline_casebook::{Casebook, Disposition, Item};
use throughline_eval::coding::{Coded, Tables, code};
use throughline_formats::lines::{self, Line};
use throughline_model::Document;

/// The name under which the sample's coder judges; his readings are brought in by it too.
pub(crate) const CODER: &str = "the coder";

/// The folder of the project.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The sample as it lies in its folder.
pub(crate) struct Sample {
    tables: [String; 4],
    /// The dispatches, by file name.
    pub(crate) dispatches: BTreeMap<String, Document>,
}

impl Sample {
    pub(crate) fn load() -> anyhow::Result<Sample> {
        let folder = root().join("sample");
        let table = |name: &str| -> anyhow::Result<String> {
            let path = folder.join(name);
            std::fs::read_to_string(&path).with_context(|| path.display().to_string())
        };
        let mut dispatches = BTreeMap::new();
        for item in capture([folder.join("dispatches")], Given::default()) {
            let captured = item?;
            let file = Path::new(&captured.place).file_name().unwrap_or_default();
            dispatches.insert(file.to_string_lossy().into_owned(), captured.document);
        }
        let tables = [
            table("coding.tsv")?,
            table("subjects.tsv")?,
            table("judgments.tsv")?,
            table("findings.tsv")?,
        ];
        Ok(Sample { tables, dispatches })
    }

    pub(crate) fn coded(&self) -> anyhow::Result<Coded> {
        let [coding, subjects, judgments, findings] = &self.tables;
        Ok(code(Tables {
            coding,
            subjects,
            judgments,
            findings,
            dispatches: &self.dispatches,
            agency: "Meridian Agency",
            coder: CODER,
        })?)
    }

    /// The sample in a casebook in memory, as `import assertions` brings it in.
    pub(crate) fn casebook(&self, coded: &Coded) -> anyhow::Result<Casebook> {
        let mut casebook = Casebook::in_memory()?;
        let items: Vec<Item> = self
            .dispatches
            .values()
            .map(|document| Item {
                document,
                bytes: document.text.as_bytes(),
                pictures: &[],
                reading: None,
            })
            .collect();
        casebook.store(&items)?;
        let readings: Vec<_> = coded
            .readings
            .iter()
            .map(|(document, reading)| (*document, "import:the coder", reading))
            .collect();
        casebook.file(&readings)?;
        for done in casebook.import_judgments(&coded.judgments)? {
            ensure!(done? == Disposition::Entered, "the coder's judgments contradict one another");
        }
        casebook.settle(|_| {})?;
        Ok(casebook)
    }
}

/// Writes what the coder read and judged as `throughline import assertions` takes it.
pub(crate) fn write_lines(coded: &Coded, out: &mut dyn Write) -> std::io::Result<()> {
    for (_, reading) in &coded.readings {
        let mentions = reading.mentions.iter().cloned().map(|mention| Line::Mention(mention, None));
        let said = reading.assertions.iter().cloned().map(|said| Line::Assertion(said, None));
        for line in mentions.chain(said) {
            writeln!(out, "{}", lines::write(&line))?;
        }
    }
    for judgment in &coded.judgments {
        writeln!(out, "{}", lines::write(&Line::Judgment(judgment.clone(), false)))?;
    }
    out.flush()
}

#[cfg(test)]
mod tests {
    use throughline_formats::counts;
    use throughline_model::{AsOf, Edtf};
    use throughline_tell::counts::figure;

    use super::*;

    #[test]
    fn the_counts_of_the_sample_are_what_its_pages_say() {
        let sample = Sample::load().unwrap();
        let casebook = sample.casebook(&sample.coded().unwrap()).unwrap();
        let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
        for (name, as_of, strict) in [
            ("had-help", Some("1901"), "2 to 6 of 9 (4 unknown); 5 stand apart"),
            ("had-help", Some("1911"), "2 to 6 of 12 (4 unknown); 5 stand apart"),
            ("had-help", None, "2 to 6 of 12 (4 unknown); 5 stand apart"),
            ("one-man", Some("1914"), "8 to 28 of 33 (20 unknown)"),
            ("one-man", None, "7 to 28 of 33 (20 unknown, 1 contested)"),
            ("claims-with-details", Some("1893"), "0 of 2"),
            ("claims-with-details", None, "1 to 2 of 4 (1 unknown)"),
            ("let-go", Some("1893-11-10"), "8 of 25; 3 stand apart"),
            ("let-go", None, "23 to 24 of 56 (1 unknown); 4 stand apart"),
            (
                "killed-by-bombs",
                None,
                "at least 70 of at least 79 killed (3 incidents without a known toll)",
            ),
        ] {
            let toml = root().join(format!("sample/counts/{name}.toml"));
            let named = counts::read(&std::fs::read_to_string(toml).unwrap()).unwrap();
            assert_eq!(named.name, name);
            let published = as_of.map(|day| day.parse::<Edtf>().unwrap().latest());
            let as_of = AsOf { published, recorded: None };
            let counted = casebook.count(&named.definition, as_of).unwrap();
            let figure = figure(&counted.tallies.strict, named.definition.sum);
            assert_eq!(figure, strict, "{name} as of {published:?}");
            // Two of the counts stand in the README.
            let shown = readme.contains(&format!("strict   {strict}\n"));
            assert_eq!(shown, matches!(name, "had-help" | "one-man"), "{name}: {strict}");
        }
    }
}
