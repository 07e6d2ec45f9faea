//! What can be typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use throughline_model::{Act, AsOf, Edtf, Instant};

/// The heading under which help lists what every command takes.
const EVERYWHERE: &str = "Everywhere";

/// Turns public reporting about attacks and plots into records, connections and counts that can be
/// published.
#[derive(Debug, Parser)]
#[command(
    name = "throughline",
    version,
    max_term_width = 100,
    after_help = "Begin with `throughline read FOLDER`, then `throughline incidents`, then `throughline show ID`."
)]
pub(crate) struct Arguments {
    /// The casebook's file.
    #[arg(
        long,
        global = true,
        env = "THROUGHLINE_CASEBOOK",
        default_value = "throughline.casebook",
        value_name = "FILE",
        help_heading = EVERYWHERE
    )]
    pub(crate) casebook: PathBuf,
    /// Print JSON instead of tables.
    #[arg(long, global = true, help_heading = EVERYWHERE)]
    pub(crate) json: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Put documents into the casebook and read them.
    Read(crate::commands::read::Read),
    /// List incidents.
    Incidents(List),
    /// List people.
    People(List),
    /// List groups.
    Groups(List),
    /// List claims of responsibility.
    Claims(List),
    /// List sets: incidents spoken of together.
    Sets(List),
    /// List outlets.
    Outlets(List),
    /// List channels and platforms.
    Channels(List),
    /// List places.
    Places(List),
    /// List documents.
    Documents(List),
    /// List pictures: which documents have them first, and which are alike.
    Pictures(List),
    /// Follow a picture or a name: where it came first, who passed it on, where it was corrected.
    Spread(crate::commands::spread::Spread),
    /// Connect incidents: the best paths between two, or those nearest to one.
    Connect(crate::commands::connect::Connect),
    /// Replay on which days connections between incidents became visible, and which false leads.
    Knowable(crate::commands::connect::Knowable),
    /// List series of incidents: what ties them, who stands behind whom, and how much of that stands.
    Series(crate::commands::connect::Series),
    /// Rank pairs of incidents by how surprising it is what they have in common.
    Leads(crate::commands::connect::Leads),
    /// List assertions: what documents say.
    Assertions(crate::commands::assertions::Assertions),
    /// List judgments.
    Judgments(Judgments),
    /// Show one record, document, assertion or judgment with its evidence.
    Show(crate::commands::show::Show),
    /// Find documents by their words.
    Search(crate::commands::search::Search),
    /// Serve pages over the whole casebook on this machine, for a browser.
    Serve(crate::commands::serve::Serve),
    /// Count, by a definition: the figure, the list behind it, and what is not known.
    Count(crate::commands::count::Count),
    /// List definitions saved and counts published, with what has become of them.
    Counts(crate::commands::counts::Counts),
    /// Make the evidence pack of a published count: definition, members, passages, hashes.
    Pack(crate::commands::pack::Pack),
    /// Check an evidence pack, alone or against the casebook.
    VerifyPack(crate::commands::pack::VerifyPack),
    /// Say what would change if an assertion or a document fell.
    Impact(crate::commands::impact::ImpactCommand),
    /// List what was corrected since a day, and which published counts that touched.
    Corrections(crate::commands::corrections::CorrectionsCommand),
    /// Code beside others: what is asked, how far coders agree, what is found of it.
    Coding(crate::commands::coding::CodingCommand),
    /// Print a codebook: what each variable asks and which values it has; or check one.
    Codebook(crate::commands::codebook::CodebookCommand),
    /// Say why two records are one or two: features, the values compared, weights, score.
    Why(crate::commands::why::Why),
    /// List pairs of records that may be one, those first that matter most.
    Duplicates(crate::commands::duplicates::Duplicates),
    /// Judge what the program proposes.
    Judge(crate::commands::judge::Judge),
    /// Enter an assertion by hand.
    Add(crate::commands::add::Add),
    /// Bring in assertions and judgments, or a coded dataset.
    Import(crate::commands::import::Import),
    /// Take out assertions and judgments, or a table of incidents.
    Export(crate::commands::export::Export),
    /// Draw a picture in SVG, with its facts as a table.
    Draw(crate::commands::draw::Draw),
    /// Measure the program against public gold data.
    Eval(crate::commands::eval::Eval),
    /// Train weights from folders of gold data.
    Train(crate::commands::train::Train),
    /// Prove the ledger's chain and everything derived from it.
    Verify,
    /// Derive everything anew from the ledger.
    Rebuild,
    /// Print the head of the ledger and the content hash.
    Head,
    /// Copy the casebook to a new file, while others may use it.
    Backup(crate::commands::care::Backup),
    /// Remove a document on a court's order or a subject's request, leaving a tombstone.
    Forget(crate::commands::care::Forget),
}

/// The two dates of a view.
#[derive(Clone, Copy, Debug, Default, Args)]
pub(crate) struct Dates {
    /// Only what was published on or before this date.
    #[arg(long, value_name = "DATE", value_parser = parse_day)]
    as_of: Option<throughline_model::Day>,
    /// Only what was recorded in this casebook by this date or time.
    #[arg(long, value_name = "DATE", value_parser = parse_instant)]
    recorded_by: Option<Instant>,
}

impl Dates {
    pub(crate) fn as_of(&self) -> AsOf {
        AsOf { published: self.as_of, recorded: self.recorded_by }
    }
}

/// With whose eyes a casebook is seen.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct Seen {
    /// As this coder sees it who codes beside others: what they judged is hidden.
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub(crate) blind: Option<String>,
}

/// A list, as of two dates.
#[derive(Debug, Args)]
pub(crate) struct List {
    #[command(flatten)]
    pub(crate) dates: Dates,
    #[command(flatten)]
    pub(crate) seen: Seen,
    /// How many to print.
    #[arg(long, default_value_t = 100, value_name = "N", value_parser = at_least_one)]
    pub(crate) limit: usize,
}

/// The list of judgments, as of two dates.
#[derive(Debug, Args)]
pub(crate) struct Judgments {
    #[command(flatten)]
    pub(crate) dates: Dates,
    #[command(flatten)]
    pub(crate) seen: Seen,
    /// Only those of this person.
    #[arg(long, value_name = "NAME", value_parser = words)]
    pub(crate) coder: Option<String>,
    /// Only those of this kind, as `judge` names them: accept, find, same …
    #[arg(long, value_name = "ACT", value_parser = parse_act)]
    pub(crate) act: Option<&'static str>,
    /// Only those on this record, document or assertion.
    #[arg(long, value_name = "ID")]
    pub(crate) on: Option<String>,
    /// Only those in force.
    #[arg(long)]
    pub(crate) in_force: bool,
    /// How many to print, the newest; without it all.
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    pub(crate) limit: Option<usize>,
}

/// The name of something that a judgment does.
fn parse_act(text: &str) -> Result<&'static str, String> {
    let named = Act::NAMES.into_iter().find(|name| *name == text);
    named.ok_or_else(|| format!("it is one of {}", Act::NAMES.join(", ")))
}

/// A number of things to print: with none, an empty list would read as if there were none.
pub(crate) fn at_least_one(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(number) if number > 0 => Ok(number),
        _ => Err("a number from 1 on".to_owned()),
    }
}

/// Words that say something: who does a thing, and why.
pub(crate) fn words(text: &str) -> Result<String, String> {
    match text.trim() {
        "" => Err("it is blank".to_owned()),
        words => Ok(words.to_owned()),
    }
}

pub(crate) fn parse_date(text: &str) -> Result<Edtf, String> {
    text.parse().map_err(|error: throughline_model::EdtfError| error.to_string())
}

fn parse_day(text: &str) -> Result<throughline_model::Day, String> {
    parse_date(text).map(|date| date.latest())
}

pub(crate) fn parse_instant(text: &str) -> Result<Instant, String> {
    text.parse().map_err(|error: throughline_model::EdtfError| error.to_string())
}
