//! Casebooks made beside what was built, by the commands that a user types.

use std::fs::File;
use std::io::BufWriter;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, bail};
use throughline_eval::coding::Coded;

use crate::sample::{CODER, Sample, root, write_lines};

/// The sample's counts, by the names of their files.
pub(crate) const COUNTS: [&str; 5] =
    ["claims-with-details", "had-help", "killed-by-bombs", "let-go", "one-man"];

/// The program and the casebook that the commands speak to.
#[derive(Clone)]
pub(crate) struct Stage {
    pub(crate) program: PathBuf,
    pub(crate) folder: PathBuf,
    pub(crate) casebook: PathBuf,
}

impl Stage {
    /// An empty folder of this name beside what was built.
    pub(crate) fn set(name: &str) -> anyhow::Result<Stage> {
        let own = std::env::current_exe().context("where this program lies is not known")?;
        let built = own.parent().context("this program lies in no folder")?;
        let target = built.parent().unwrap_or(built);
        let folder = target.join(name);
        if folder.exists() {
            std::fs::remove_dir_all(&folder).with_context(|| folder.display().to_string())?;
        }
        std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
        let program = built.join(format!("throughline{}", std::env::consts::EXE_SUFFIX));
        Ok(Stage { program, casebook: folder.join("sample.casebook"), folder })
    }

    /// Where cargo puts the program when it builds it by a profile.
    pub(crate) fn program_of(&self, profile: &str) -> PathBuf {
        let target = self.folder.parent().unwrap_or(&self.folder);
        target.join(profile).join(self.program.file_name().unwrap_or_default())
    }

    /// What the sample's coder read and judged, in a file that `import assertions` takes.
    pub(crate) fn coding(&self, coded: &Coded) -> anyhow::Result<PathBuf> {
        let lines = self.folder.join("coding.jsonl");
        write_lines(coded, &mut BufWriter::new(File::create(&lines)?))?;
        Ok(lines)
    }

    /// A command of the program, in the project's folder.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command.current_dir(root()).env("THROUGHLINE_CASEBOOK", &self.casebook).args(arguments);
        command
    }

    /// Runs a command, and is silent unless it fails.
    pub(crate) fn quietly(&self, arguments: &[&str]) -> anyhow::Result<()> {
        let output = self.command(arguments).output();
        let output =
            output.with_context(|| format!("{} could not be started", self.program.display()))?;
        if !output.status.success() {
            let why = String::from_utf8_lossy(&output.stderr);
            bail!("throughline {} failed: {}", arguments.join(" "), why.trim());
        }
        Ok(())
    }

    /// The sample as its coder read, joined and judged it, with its counts saved and one of them
    /// published.
    pub(crate) fn sample(&self) -> anyhow::Result<()> {
        let lines = self.coding(&Sample::load()?.coded()?)?;
        self.quietly(&["read", "--capture-only", "sample/dispatches"])?;
        let lines = lines.display().to_string();
        self.quietly(&["import", "assertions", &lines, "--by", CODER])?;
        for name in COUNTS {
            self.quietly(&["count", &format!("sample/counts/{name}.toml"), "--save"])?;
        }
        let publish = ["--publish", "--draft", "--by", CODER, "--where", "A lecture"];
        self.quietly(&[&["count", "one-man", "--as-of", "1914"][..], &publish].concat())
    }
}
