//! `throughline train`: weights of the reader from folders of gold data.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde_json::json;
use throughline_train::{Bench, Models, Told};

use crate::output::{Output, print_json, say};

#[derive(Debug, Args)]
pub(crate) struct Train {
    /// What is trained.
    #[arg(value_name = "TASK")]
    task: Task,
    /// The folder of the gold data, with a folder for each public task.
    #[arg(long, value_name = "FOLDER")]
    bench: PathBuf,
    /// A file of vectors of words as GloVe has them, for `related`.
    #[arg(long, value_name = "FILE", required_if_eq("task", "related"))]
    vectors: Option<PathBuf>,
    /// The folder of the weights, where those of earlier tasks lie and the new ones go.
    #[arg(long, value_name = "FOLDER", default_value = "models")]
    models: PathBuf,
}

/// What can be trained; each of the first four builds on the ones before.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Task {
    /// Clusters of words.
    Clusters,
    /// Related words, by vectors that others trained.
    Related,
    /// Parts of speech, and which word hangs on which.
    Syntax,
    /// Names.
    Names,
    /// What kind of incident a report tells of.
    Relevance,
    /// Roles in incidents.
    Roles,
    /// Who says what.
    Attribution,
    /// What negates, and what is negated.
    Negation,
    /// How firmly events are presented as real.
    Certainty,
    /// Whether two names are one person's.
    SameName,
    /// Which place a name means.
    Places,
    /// How common words are.
    Words,
    /// Whether two reports are of one incident.
    SameIncident,
}

pub(crate) fn run(command: &Train, output: Output) -> anyhow::Result<ExitCode> {
    let (bench, models) = (Bench::new(&command.bench), Models::new(&command.models));
    let tell = |told: Told| eprintln!("{told}");
    let made = match command.task {
        Task::Clusters => throughline_train::train_clusters(&bench, &models, tell)?,
        Task::Related => {
            let vectors = command.vectors.as_deref().unwrap_or(Path::new(""));
            throughline_train::train_related(vectors, &models)?
        }
        Task::Syntax => throughline_train::train_syntax(&bench, &models, tell)?,
        Task::Names => throughline_train::train_names(&bench, &models, tell)?,
        Task::Relevance => throughline_train::train_relevance(&bench, &models, tell)?,
        Task::Roles => throughline_train::train_roles(&bench, &models, tell)?,
        Task::Attribution => throughline_train::train_attribution(&bench, &models, tell)?,
        Task::Negation => throughline_train::train_negation(&bench, &models, tell)?,
        Task::Certainty => throughline_train::train_certainty(&bench, &models, tell)?,
        Task::SameName => throughline_train::train_same_name(&bench, &models)?,
        Task::Places => throughline_train::train_places(&bench, &models)?,
        Task::Words => throughline_train::train_words(&bench, &models)?,
        Task::SameIncident => throughline_train::train_same_incident(&bench, &models)?,
    };
    match output.json {
        true => print_json(&json!([{"made": made.name, "bytes": made.bytes}]))?,
        false => say(&format!(
            "{}.{}, {} bytes, with its card {}.md",
            made.name, made.ending, made.bytes, made.name
        ))?,
    }
    Ok(ExitCode::SUCCESS)
}
