//! `throughline verify`, `rebuild`, `head`, `backup` and `forget`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use serde_json::json;
use throughline_casebook::Casebook;
use throughline_tell::typed;

use crate::args::words;
use crate::output::{Output, counted, plain, print_json, say, wrapped};

#[derive(Debug, Args)]
pub(crate) struct Backup {
    /// The new file.
    to: PathBuf,
}

#[derive(Debug, Args)]
pub(crate) struct Forget {
    /// The document.
    document: String,
    /// Why it is removed: the order or the request.
    #[arg(long, value_name = "TEXT", value_parser = words)]
    reason: String,
    /// Who removes it.
    #[arg(long, value_name = "NAME", env = "THROUGHLINE_BY", value_parser = words)]
    by: String,
}

pub(crate) fn verify(path: &Path, output: Output) -> anyhow::Result<ExitCode> {
    let mut casebook = Casebook::open(path)?;
    let verified = casebook.verify(|step| eprintln!("verifying {step} …"))?;
    if output.json {
        print_json(&json!([{
            "entries": verified.entries,
            "removed": verified.removed,
            "faults": verified.faults.iter().map(|fault| &fault.text).collect::<Vec<_>>(),
            "head": verified.head.chain.to_string(),
            "content": verified.head.content.to_string(),
        }]))?;
    } else {
        for fault in &verified.faults {
            say(&format!("fault: {}", fault.text))?;
        }
        if verified.faults.is_empty() {
            let entries = match verified.entries {
                1 => "1 entry of the ledger".to_owned(),
                many => format!("{many} entries of the ledger, each following from the one before"),
            };
            let removed = match usize::try_from(verified.removed).unwrap_or(usize::MAX) {
                0 => String::new(),
                some => format!("; {} removed, with a tombstone", counted(some, "document")),
            };
            say(&format!("all is well: {entries}{removed}"))?;
            say("every original is as captured, every derived table as the ledger gives it")?;
        } else {
            let words = "`throughline rebuild` makes anew what is derived; what was changed in the \
                         ledger, the originals or the pictures, only a backup brings back";
            say(&wrapped(words, "", ""))?;
        }
        say(&format!("head    {}\ncontent {}", verified.head.chain, verified.head.content))?;
    }
    Ok(if verified.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

pub(crate) fn rebuild(path: &Path, output: Output) -> anyhow::Result<ExitCode> {
    Casebook::open(path)?.rebuild()?;
    done(output, "rebuild", &path.to_string_lossy(), "everything is derived anew from the ledger")
}

pub(crate) fn head(path: &Path, output: Output) -> anyhow::Result<ExitCode> {
    let head = Casebook::open(path)?.head()?;
    if output.json {
        print_json(&json!([{
            "entries": head.entries,
            "head": head.chain.to_string(),
            "content": head.content.to_string(),
        }]))?;
    } else {
        say(&format!(
            "entries {}\nhead    {}\ncontent {}",
            head.entries, head.chain, head.content
        ))?;
    }
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn backup(path: &Path, command: &Backup, output: Output) -> anyhow::Result<ExitCode> {
    Casebook::open(path)?.backup(&command.to)?;
    let to = command.to.to_string_lossy();
    done(output, "backup", &to, &format!("copied to {to}"))
}

pub(crate) fn forget(path: &Path, command: &Forget, output: Output) -> anyhow::Result<ExitCode> {
    let mut casebook = Casebook::open(path)?;
    let id = typed::document(&casebook, &command.document)?;
    let removed = casebook.forget(id, &command.by, &command.reason)?;
    let gone = match removed.gone {
        0 => String::new(),
        many => format!(", and {} on what it says", counted(many, "judgment")),
    };
    let stay = match removed.stay {
        0 => String::new(),
        1 => "; 1 judgment stays, on a subject of which other documents speak too".to_owned(),
        many => format!("; {many} judgments stay, on subjects of which other documents speak too"),
    };
    let bare = match removed.bare {
        0 => String::new(),
        1 => ", 1 of them with a value of which only it spoke".to_owned(),
        many => format!(", {many} of them with values of which only it spoke"),
    };
    let lingers = match removed.lingers {
        true => {
            "; another program is reading the casebook, and what was removed leaves the log beside the \
             file when that program ends"
        }
        false => "",
    };
    let told = format!("{id} is removed{gone}; its tombstone stays{stay}{bare}{lingers}");
    if output.json {
        let judgments = json!({"gone": removed.gone, "stay": removed.stay, "bare": removed.bare});
        print_json(&json!([{
            "done": "forget",
            "what": id.to_string(),
            "judgments": judgments,
            "lingers": removed.lingers,
        }]))?;
        return Ok(ExitCode::SUCCESS);
    }
    say(&plain(&told))?;
    Ok(ExitCode::SUCCESS)
}

fn done(output: Output, done: &str, what: &str, words: &str) -> anyhow::Result<ExitCode> {
    match output.json {
        true => print_json(&json!([{"done": done, "what": what}]))?,
        false => say(&plain(words))?,
    }
    Ok(ExitCode::SUCCESS)
}
