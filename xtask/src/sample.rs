//! The sample casebook's tables and dispatches, and the lines that `import assertions` reads.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use throughline_capture::{Given, capture};
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
        writeln!(out, "{}", lines::write(&Line::Judgment(judgment.clone())))?;
    }
    out.flush()
}
