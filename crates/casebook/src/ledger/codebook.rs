//! The codebook in force: which values may be coded, and what a new version asks to be coded again.

use std::sync::{Arc, LazyLock};

use throughline_formats::codebooks::{self, Codebook};
use throughline_formats::counts::{Saved, read_saved, write_saved};
use throughline_model::{Act, Fingerprint, Instant, Judgment, Target, Value, Variable};

use crate::casebook::Casebook;
use crate::error::{Error, Result};
use crate::ledger::{self, EntryKind};

/// A codebook that a casebook goes by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adopted {
    /// The codebook.
    pub codebook: Codebook,
    /// Its text.
    pub toml: String,
    /// When it was adopted; `None` for the program's own, where none was.
    pub recorded: Option<Instant>,
}

/// A judgment that must be made again, since the codebook has changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recode {
    /// The finding or coding.
    pub judgment: Judgment,
    /// When it was recorded.
    pub recorded: Instant,
    /// Why.
    pub because: Vec<String>,
}

/// Where a judgment comes from, and so whether values of earlier versions of the codebook pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Versions {
    /// What somebody judges now goes by the version in force.
    InForce,
    /// What comes from elsewhere may have been judged under an earlier one.
    Any,
}

/// The program's own.
static SHIPPED: LazyLock<Option<Adopted>> = LazyLock::new(|| {
    let (_, toml) = codebooks::SHIPPED[0];
    let codebook = codebooks::read(toml).ok()?;
    Some(Adopted { codebook, toml: toml.to_owned(), recorded: None })
});

impl Casebook {
    /// The codebook in force: the one adopted last, else the program's own.
    ///
    /// # Errors
    /// If the file cannot be read, or this program cannot read the codebook.
    pub fn codebook(&self) -> Result<Adopted> {
        let adopted = self.codebooks()?;
        let last = adopted.last().cloned().or_else(|| SHIPPED.clone());
        last.ok_or_else(|| Error::Damaged("the program's codebook cannot be read".into()))
    }

    /// All codebooks that were adopted, in order.
    ///
    /// # Errors
    /// If the file cannot be read, or this program cannot read one of them.
    pub fn codebooks(&self) -> Result<Arc<Vec<Adopted>>> {
        let last: i64 = self
            .connection
            .prepare_cached("SELECT coalesce(max(seq), 0) FROM ledger WHERE kind = 'codebook'")?
            .query_row([], |row| row.get(0))?;
        let mut cached = self.adopted.borrow_mut();
        if let Some((seq, adopted)) = cached.as_ref()
            && *seq == last
        {
            return Ok(Arc::clone(adopted));
        }
        let mut adopted = Vec::new();
        for entry in ledger::entries(&self.connection, &[EntryKind::Codebook], None)? {
            let Some(payload) = entry.payload else { continue };
            let damaged = |error: String| Error::Damaged(format!("entry {}: {error}", entry.seq));
            let saved = read_saved(&payload).map_err(|error| damaged(error.to_string()))?;
            let codebook = codebooks::read(&saved.toml).map_err(|error| {
                Error::Refused(format!(
                    "the codebook {} that this casebook goes by cannot be read by this program: \
                     {error}",
                    saved.name
                ))
            })?;
            adopted.push(Adopted { codebook, toml: saved.toml, recorded: Some(entry.recorded) });
        }
        let adopted = Arc::new(adopted);
        *cached = Some((last, Arc::clone(&adopted)));
        Ok(adopted)
    }

    /// Adopts a codebook: from here on values are judged by it. `false` if it is the one in force.
    ///
    /// # Errors
    /// [`Error::Refused`] if the text is no codebook, or another text of the version in force or of an
    /// earlier one; if the file cannot be written.
    pub fn adopt_codebook(&mut self, toml: &str) -> Result<bool> {
        let codebook = codebooks::read(toml)
            .map_err(|error| Error::Refused(format!("the codebook: {error}")))?;
        let held = self.codebook()?;
        if held.recorded.is_some() && held.toml == toml {
            return Ok(false);
        }
        let (own, version) = (&held.codebook.name, held.codebook.version);
        if *own == codebook.name && held.toml != toml && codebook.version <= version {
            return Err(Error::Refused(format!(
                "version {version} of the codebook {own:?} is in force, and this text calls itself \
                 version {}; raise its version, and say under [[change]] what must be coded again",
                codebook.version
            )));
        }
        let saved = Saved { name: codebook.name, toml: toml.to_owned() };
        let payload = write_saved(&saved);
        let content = Fingerprint::new("codebook").field(payload.as_bytes());
        self.write(|writer| writer.append(EntryKind::Codebook, None, content, payload))?;
        Ok(true)
    }

    /// The findings and codings in force that must be made again: of variables that a version asks to
    /// code again and that were judged before it was adopted, and those whose value the codebook in
    /// force does not allow.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn recode(&self) -> Result<Vec<Recode>> {
        let held = self.codebook()?;
        let adopted = self.codebooks()?;
        let mut found = Vec::new();
        for (judgment, recorded, in_force) in self.judgments()? {
            let Some(target) = target(&judgment).filter(|_| in_force) else { continue };
            let mut because: Vec<String> = Vec::new();
            for one in adopted.iter().filter(|one| one.codebook.name == held.codebook.name) {
                // What each adopted version asks for beyond those before it.
                let before = adopted
                    .iter()
                    .filter(|other| other.recorded < one.recorded)
                    .filter(|other| other.codebook.name == held.codebook.name)
                    .map(|other| other.codebook.version)
                    .max();
                let before = before.or_else(|| shipped_version(&held.codebook.name)).unwrap_or(0);
                let asks = one.codebook.changes.iter().filter(|change| {
                    change.version > before
                        && change.recode.iter().any(|name| name == target.variable.name())
                });
                let asks = asks.filter(|_| one.recorded.is_some_and(|then| recorded < then));
                because.extend(
                    asks.map(|change| format!("version {}: {}", change.version, change.because)),
                );
            }
            because.extend(held.codebook.refuses(target.variable, target.value.as_ref()));
            if !because.is_empty() {
                found.push(Recode { judgment, recorded, because });
            }
        }
        Ok(found)
    }

    /// Refuses a judgment whose value no codebook allows.
    pub(crate) fn check_coded(&self, judgment: &Judgment, versions: Versions) -> Result<()> {
        let (variable, value): (Variable, Option<&Value>) = match &judgment.act {
            Act::Correct { by, .. } => (by.variable, Some(&by.value)),
            _ => match target(judgment) {
                Some(target) => (target.variable, target.value.as_ref()),
                None => return Ok(()),
            },
        };
        self.check_value(variable, value, versions)
    }

    /// Refuses a value that the codebook does not allow.
    pub(crate) fn check_value(
        &self,
        variable: Variable,
        value: Option<&Value>,
        versions: Versions,
    ) -> Result<()> {
        let held = self.codebook()?;
        let Some(why) = held.codebook.refuses(variable, value) else { return Ok(()) };
        let earlier = versions == Versions::Any
            && self.codebooks()?.iter().any(|one| {
                one.codebook.name == held.codebook.name
                    && one.codebook.refuses(variable, value).is_none()
            });
        match earlier {
            true => Ok(()),
            false => Err(Error::Refused(format!(
                "{why} (codebook {}, version {})",
                held.codebook.name, held.codebook.version
            ))),
        }
    }

    /// Refuses a value of an assertion that somebody enters, as a finding of it would be refused.
    ///
    /// # Errors
    /// [`Error::Refused`], with the values allowed; if the file cannot be read.
    pub fn check_entered(&self, variable: Variable, value: &Value) -> Result<()> {
        self.check_value(variable, Some(value), Versions::Any)
    }
}

/// What a judgment finds or codes.
fn target(judgment: &Judgment) -> Option<&Target> {
    match &judgment.act {
        Act::Find(target) | Act::Code(target) => Some(target),
        _ => None,
    }
}

/// The version of the program's own codebook, if it has this name: what was judged before any was
/// adopted was judged under it.
fn shipped_version(name: &str) -> Option<u32> {
    SHIPPED.as_ref().filter(|one| one.codebook.name == name).map(|one| one.codebook.version)
}
