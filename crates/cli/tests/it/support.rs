//! A casebook in a folder of its own, and the binary run on it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value as Json;

/// A casebook that goes when the test ends.
pub(crate) struct Casebook {
    folder: tempfile::TempDir,
}

/// What a run of the binary gave.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// What `add` takes to say of Karl Vossler's proceedings what these words of a document say.
pub(crate) fn proceeding<'a>(
    document: &'a str,
    words: &'a str,
    procedure: &'a str,
) -> [&'a str; 10] {
    let man = "person:Karl Vossler";
    [
        "--document",
        document,
        "--words",
        words,
        "--new",
        man,
        "--variable",
        "procedure",
        "--value",
        procedure,
    ]
}

impl Casebook {
    pub(crate) fn new() -> Casebook {
        Casebook { folder: tempfile::tempdir().unwrap() }
    }

    /// A path in the folder.
    pub(crate) fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file into the folder.
    pub(crate) fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.at(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    /// The command, in the folder, without the environment's settings.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_throughline"));
        command
            .current_dir(self.folder.path())
            .env_remove("THROUGHLINE_CASEBOOK")
            .env_remove("THROUGHLINE_BY")
            .stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Run {
        finish(self.command().args(args))
    }

    /// Runs a command that must end well, and returns what it printed.
    #[track_caller]
    pub(crate) fn ok(&self, args: &[&str]) -> String {
        let run = self.run(args);
        assert_eq!(run.code, 0, "{args:?}: {}{}", run.out, run.err);
        run.out
    }

    /// Runs a command that must fail with a status, and returns what it said.
    #[track_caller]
    pub(crate) fn fails(&self, code: i32, args: &[&str]) -> String {
        let run = self.run(args);
        assert_eq!(run.code, code, "{args:?}: {}{}", run.out, run.err);
        run.err
    }

    /// The records that a command prints.
    #[track_caller]
    pub(crate) fn json(&self, args: &[&str]) -> Vec<Json> {
        let mut all = args.to_vec();
        all.push("--json");
        let out = self.ok(&all);
        serde_json::from_str(&out).unwrap_or_else(|error| panic!("{args:?}: {error}: {out}"))
    }

    /// The content hash.
    pub(crate) fn content(&self) -> String {
        self.json(&["head"])[0]["content"].as_str().unwrap().to_owned()
    }

    /// Stores a text without reading it, so that no test hangs on what a reader makes of it.
    pub(crate) fn store(&self, name: &str, text: &str) -> String {
        let path = self.file(name, text);
        let run = self.run(&["read", "--capture-only", "--each", path.to_str().unwrap()]);
        assert_eq!(run.code, 0, "{}", run.err);
        let line = run.out.lines().next().unwrap();
        line.split(' ').nth(1).unwrap().to_owned()
    }

    /// Enters an assertion by hand; returns its id and its subject's.
    #[track_caller]
    pub(crate) fn add(&self, args: &[&str]) -> (String, String) {
        let mut all = vec!["add", "--by", "R. Coder"];
        all.extend(args);
        let entered = &self.json(&all)[0];
        let field = |name: &str| entered[name].as_str().unwrap().to_owned();
        (field("assertion"), field("subject"))
    }

    /// Enters by hand what these words of a document say of Karl Vossler's proceedings: the assertion, and
    /// its subject.
    #[track_caller]
    pub(crate) fn proceed(&self, document: &str, words: &str, procedure: &str) -> (String, String) {
        self.add(&proceeding(document, words, procedure))
    }

    /// The judgment that accepts an assertion.
    #[track_caller]
    pub(crate) fn acceptance_of(&self, assertion: &str) -> String {
        let judgments = self.json(&["judgments"]);
        let accepts = |one: &&Json| one.to_string().contains(assertion);
        text(judgments.iter().find(accepts).unwrap(), "id").to_owned()
    }

    /// Judges, with a name and a reason; returns the judgment's id.
    #[track_caller]
    pub(crate) fn judge(&self, args: &[&str]) -> String {
        let mut all = vec!["judge", "--by", "R. Coder", "--reason", "as read"];
        all.extend(args);
        self.json(&all)[0]["judgment"].as_str().unwrap().to_owned()
    }
}

pub(crate) fn finish(command: &mut Command) -> Run {
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Run {
        code: output.status.code().unwrap_or(-1),
        out: text(output.stdout),
        err: text(output.stderr),
    }
}

/// A path as an argument.
pub(crate) fn arg(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// The text of a field.
#[track_caller]
pub(crate) fn text<'j>(json: &'j Json, field: &str) -> &'j str {
    json[field].as_str().unwrap_or_else(|| panic!("{field} in {json}"))
}

/// The value held of a variable in a record.
pub(crate) fn held<'j>(record: &'j Json, variable: &str) -> Option<&'j Json> {
    record["values"].as_array()?.iter().find(|value| value["variable"] == variable)
}

pub(crate) const FIRST: &str = "The Ferry Post\n\nShots at Lenn station\n\n- By Ada Marsh\n\n\
    12 May 2016\n\nThree people were killed at Lenn station. Karl Vossler was arrested.\n";

pub(crate) const SECOND: &str = "The Evening Lamp\n\nFive dead at Lenn\n\n- By Odo Ruhl\n\n\
    14 May 2016\n\nFive people were killed at Lenn station, the prosecutor said. Karl Vossler was \
    released.\n";

/// Two papers on one incident, two days apart: first three killed, then five. Returns the incident
/// and the two assertions.
pub(crate) fn two_papers(casebook: &Casebook) -> (String, String, String) {
    let one = casebook.store("one.txt", FIRST);
    let two = casebook.store("two.txt", SECOND);
    let (first, incident) = casebook.add(&[
        "--document",
        &one,
        "--words",
        "Three people were killed at Lenn station.",
        "--new",
        "incident:shooting at Lenn",
        "--variable",
        "killed",
        "--value",
        "3",
    ]);
    let (second, other) = casebook.add(&[
        "--document",
        &two,
        "--words",
        "Five people were killed at Lenn station",
        "--new",
        "incident:the attack at Lenn",
        "--variable",
        "killed",
        "--value",
        "5",
        "--speaker",
        "the prosecutor",
    ]);
    casebook.judge(&["same", &incident, &other]);
    (incident, first, second)
}
