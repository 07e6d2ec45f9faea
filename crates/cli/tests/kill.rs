//! The program killed at random moments, twice at once on one file, and backed up while it writes:
//! what it reported is there, the casebook verifies, and reading again ends as if nothing had been.
//!
//! Takes some thirty seconds. `THROUGHLINE_SEED` repeats a run; the seed is printed.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use throughline_casebook::{Casebook, Error};
use throughline_model::{DocumentId, Sha256};

/// How often the program is killed.
const KILLS: usize = 50;
/// Enough for several steps that become durable each by itself.
const DOCUMENTS: usize = 300;

/// A folder of short reports, no two alike.
fn reports(folder: &Path, numbers: std::ops::Range<usize>) -> PathBuf {
    const PLACES: [&str; 5] = ["Porto Velo", "Marn", "Lisk", "Old Harbour", "Tessin"];
    const NAMES: [&str; 4] = ["Ada Brandt", "Jules Corvin", "Mara Lindt", "Otto Weyl"];
    std::fs::create_dir_all(folder).unwrap();
    for number in numbers {
        let (place, name) = (PLACES[number % 5], NAMES[number % 4]);
        let (day, killed) = (1 + number % 27, number % 7);
        let text = format!(
            "Coast Wire\n\nExplosion in {place}\n\n{day} March 2019\n\nA bomb exploded in {place} on \
             Monday and killed {killed} people, report {number} says. Police said that {name} had \
             been arrested. The Free Harbour Front claimed responsibility for the attack.\n"
        );
        std::fs::write(folder.join(format!("{number:04}.txt")), text).unwrap();
    }
    folder.to_owned()
}

fn read(casebook: &Path, folder: &Path, output: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_throughline"))
        .args(["read", "--each", "--published", "2019-03-28", "--casebook"])
        .arg(casebook)
        .arg(folder)
        .stdout(std::fs::File::create(output).unwrap())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// The documents of which the program has said in a whole line that they are stored.
fn reported(output: &Path) -> BTreeSet<DocumentId> {
    let said = std::fs::read_to_string(output).unwrap();
    said.split_inclusive('\n')
        .filter(|line| line.ends_with('\n'))
        .filter_map(|line| line.split(' ').nth(1)?.parse().ok())
        .collect()
}

fn content(casebook: &Path) -> Sha256 {
    Casebook::open(casebook).unwrap().head().unwrap().content
}

/// The casebook verifies and holds every one of these.
fn assert_sound(casebook: &Path, stored: &BTreeSet<DocumentId>) {
    let mut casebook = match Casebook::open(casebook) {
        // Killed before the first tables were made: then nothing was reported either.
        Err(Error::Empty(_)) if stored.is_empty() => return,
        casebook => casebook.unwrap(),
    };
    assert_eq!(casebook.verify(|_| {}).unwrap().faults, vec![]);
    let held: BTreeSet<DocumentId> = casebook.document_ids().unwrap().into_iter().collect();
    assert!(held.is_superset(stored), "reported as stored, and lost: {:?}", stored - &held);
}

fn seed() -> u64 {
    let seed = match std::env::var("THROUGHLINE_SEED") {
        Ok(seed) => seed.parse().unwrap(),
        Err(_) => SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_nanos() as u64,
    };
    eprintln!("THROUGHLINE_SEED={seed}");
    seed
}

#[test]
fn killed_at_any_moment_it_keeps_what_it_reported() {
    let folder = tempfile::tempdir().unwrap();
    let reports = reports(&folder.path().join("reports"), 0..DOCUMENTS);
    let output = folder.path().join("said");
    let undisturbed = folder.path().join("undisturbed.casebook");
    let start = Instant::now();
    assert!(read(&undisturbed, &reports, &output).wait().unwrap().success());
    let whole = start.elapsed();
    let wanted = content(&undisturbed);
    assert_eq!(reported(&output).len(), DOCUMENTS);

    let mut dice = seed();
    let (mut finished, mut cut, mut stored) = (0, 0, BTreeSet::new());
    let mut casebook = folder.path().join("0.casebook");
    for kill in 0..KILLS {
        // A linear congruence is random enough for a moment.
        dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let share = (dice >> 33) as f64 / (1u64 << 31) as f64;
        let mut child = read(&casebook, &reports, &output);
        std::thread::sleep(Duration::from_secs_f64(whole.as_secs_f64() * share));
        let ended = child.try_wait().unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        stored.extend(reported(&output));
        if ended.is_some() {
            finished += 1;
            assert_eq!(content(&casebook), wanted, "read to the end after kills");
            casebook = folder.path().join(format!("{}.casebook", kill + 1));
            stored.clear();
        } else if casebook.exists() {
            cut += usize::from(stored.len() < DOCUMENTS);
            assert_sound(&casebook, &stored);
        }
    }
    assert!(read(&casebook, &reports, &output).wait().unwrap().success());
    assert_eq!(content(&casebook), wanted, "read to the end after kills");
    assert_sound(&casebook, &stored);
    eprintln!("{cut} of {KILLS} kills came before all was stored, {finished} too late");
    assert!(cut > 0, "no kill came in time; the test proves nothing");
}

#[test]
fn two_at_once_on_one_file_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let one = reports(&folder.path().join("reports/one"), 0..200);
    let other = reports(&folder.path().join("reports/other"), 150..350);
    let casebook = folder.path().join("shared.casebook");
    let outputs = [folder.path().join("said-1"), folder.path().join("said-2")];
    let mut first = read(&casebook, &one, &outputs[0]);
    let mut second = read(&casebook, &other, &outputs[1]);
    let backup = folder.path().join("backup.casebook");
    // The backup is of whatever moment it meets, and whole.
    while reported(&outputs[0]).is_empty() {
        std::thread::sleep(Duration::from_millis(2));
    }
    Casebook::open(&casebook).unwrap().backup(&backup).unwrap();
    assert!(first.wait().unwrap().success() && second.wait().unwrap().success());
    assert_sound(&backup, &BTreeSet::new());
    let stored: BTreeSet<DocumentId> =
        reported(&outputs[0]).union(&reported(&outputs[1])).copied().collect();
    assert_eq!(stored.len(), 350);
    assert_sound(&casebook, &stored);

    let alone = folder.path().join("alone.casebook");
    let both = folder.path().join("reports");
    assert!(read(&alone, &both, &folder.path().join("said-3")).wait().unwrap().success());
    assert_eq!(content(&casebook), content(&alone));
}
