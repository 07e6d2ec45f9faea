//! How fast connections are found in a network of many ties, made by chance from a seed.
//!
//! `cargo run --release --example connections -- INCIDENTS PEOPLE TIES`; without numbers 10,000
//! incidents, 100,000 people and 1,000,000 ties over ten years. One tie in six is between an
//! incident and a person, one in a hundred leads to a group, the others are between people; groups
//! are as unequal as in news, so that the first ones have far more ties than a path may pass through.
//!
//! Prints a line for each question. What is found is checked against the plain search: breadth
//! first, one day after the other. With `--write FOLDER` it writes the network and what was asked and
//! found, so that `beside.py` can do the same with NetworkX and rustworkx.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use throughline_connect::{Kind, Leads, Network, Rule, Subject, Weakness, Word};
use throughline_model::{AssertionId, Day, Fingerprint, MentionId, SubjectKind, Variable};

/// How many days the ties are spread over.
const DAYS: u64 = 3650;

/// A generator of numbers by chance (Steele, Lea, Flood 2014).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let bits = bits ^ (bits >> 31);
        usize::try_from((u128::from(bits) * end as u128) >> 64).unwrap_or(0)
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let numbers: Vec<usize> = arguments.iter().filter_map(|text| text.parse().ok()).collect();
    let write = arguments.iter().position(|text| text == "--write");
    let write = write.and_then(|at| arguments.get(at + 1)).map(PathBuf::from);
    let [incidents, people, ties] = numbers.try_into().unwrap_or([10_000, 100_000, 1_000_000]);
    let network = timed("made and indexed", || made(incidents, people, ties));
    println!("{} records, {} bonds", network.len(), network.bonds().len());
    let rule = Rule::default();
    println!("{} records have more than {} ties", network.hubs(rule.hub).len(), rule.hub);

    let plots: Vec<usize> =
        (0..network.len()).filter(|at| network.id(*at).kind() == SubjectKind::Incident).collect();
    let mut random = Random(7);
    let asked: Vec<(usize, usize)> = (0..200)
        .map(|_| (plots[random.below(plots.len())], plots[random.below(plots.len())]))
        .collect();
    each("nearest ten of an incident", &asked, |(a, _)| network.nearest(a, &rule, 10).len());
    each("best path of two", &asked, |(a, b)| network.paths(a, b, &rule, 1).0.len());
    each("best five paths of two", &asked, |(a, b)| network.paths(a, b, &rule, 5).0.len());
    each("first day of two", &asked, |(a, b)| network.first_days(a, &rule, Some(b)).len());

    for &(a, b) in asked.iter().filter(|(a, b)| a != b).take(5) {
        let found = network.first_days(a, &rule, Some(b)).first().map(|first| first.day);
        assert_eq!(found, plain(&network, a, b, &rule), "the plain search finds another day");
    }

    let leads = timed("all leads within two ties", || Leads::of(&network, rule.hub, 100));
    println!("{} pairs, {} facts left out", leads.pairs, leads.left_out.len());
    let two = Rule { ties: 2, ..rule };
    let replay = timed("the replay of ten years within two ties", || {
        network.replay(&two, Day(0), Day(i32::MAX - 1), None)
    });
    println!("{} new connections", replay.seen.len());
    if let Some(folder) = write {
        let seen = replay.seen.iter().map(|seen| (seen.a, seen.first.record, seen.first.day.0));
        written(&folder, &network, &asked, &rule, seen).expect("the folder can be written to");
    }
    println!("peak memory {} MB", peak());
}

fn made(incidents: usize, people: usize, ties: usize) -> Network {
    let groups = 1_000.min(people);
    let mention = |kind, at: usize| MentionId::of(kind, Fingerprint::new("made").number(at as u64));
    let subjects =
        |kind, many: usize| (0..many).map(move |at| Subject { mentions: vec![mention(kind, at)] });
    let all = subjects(SubjectKind::Incident, incidents)
        .chain(subjects(SubjectKind::Person, people))
        .chain(subjects(SubjectKind::Group, groups));
    let mut random = Random(1);
    let words = (0..ties).map(|at| {
        let person = mention(SubjectKind::Person, random.below(people));
        let (to, kind) = match at % 100 {
            0 => {
                // The k-th group has a share of one to k.
                let share = random.below(1 << 20) as f64 / f64::from(1 << 20);
                let rank = (groups as f64).powf(share) as usize;
                (mention(SubjectKind::Group, rank.min(groups - 1)), Variable::MemberOf)
            }
            1..17 => {
                (mention(SubjectKind::Incident, random.below(incidents)), Variable::Perpetrator)
            }
            _ => (mention(SubjectKind::Person, random.below(people)), Variable::ContactWith),
        };
        let day = i32::try_from(random.below(DAYS as usize)).unwrap_or(0);
        Word {
            from: person,
            to,
            kind: Kind::Of(kind),
            assertion: Some(AssertionId::from_bits(at as u64)),
            finding: None,
            day: Day(day),
            hindsight: false,
            until: Day::MAX,
            voice: u32::try_from(random.below(500)).unwrap_or(0),
            document: None,
            wording: None,
            weakness: Weakness::default(),
            held: true,
        }
    });
    let words = words.collect();
    Network::new(all.collect(), words, vec![], vec![])
}

/// Writes the bonds, which records are incidents, what was asked with ties and cost of the best path and of the
/// nearest incidents, and the replay; all by number, one line each.
fn written(
    folder: &Path,
    network: &Network,
    asked: &[(usize, usize)],
    rule: &Rule,
    seen: impl Iterator<Item = (usize, usize, i32)>,
) -> std::io::Result<()> {
    let mut bonds = String::new();
    for bond in network.bonds() {
        let day = bond.words.iter().map(|at| network.words()[*at].day.0).min().unwrap_or(0);
        bonds.push_str(&format!("{} {} {day}\n", bond.a, bond.b));
    }
    std::fs::write(folder.join("bonds"), bonds)?;
    let incident = |at: &usize| network.id(*at).kind() == SubjectKind::Incident;
    let plots: Vec<String> = (0..network.len()).filter(incident).map(|at| at.to_string()).collect();
    std::fs::write(folder.join("incidents"), plots.join("\n"))?;
    let best = |(a, b): &(usize, usize)| {
        let best = network.paths(*a, *b, rule, 1).0.pop();
        let best = best.map(|path| format!("{} {}", path.ties, path.cost));
        format!("{a} {b} {}\n", best.unwrap_or_default())
    };
    std::fs::write(folder.join("asked"), asked.iter().map(best).collect::<String>())?;
    let near = |(a, _): &(usize, usize)| {
        let near = network.nearest(*a, rule, 10);
        let near = near.iter().map(|one| format!("{} {}", one.path.ties, one.path.cost));
        format!("{}\n", near.collect::<Vec<_>>().join(" "))
    };
    std::fs::write(folder.join("near"), asked.iter().map(near).collect::<String>())?;
    let seen = seen.map(|(a, b, day)| format!("{a} {b} {day}\n"));
    std::fs::write(folder.join("seen"), seen.collect::<String>())
}

/// The first day on which one incident leads to another, by going through the days with a breadth
/// first search each, in halves.
fn plain(network: &Network, a: usize, b: usize, rule: &Rule) -> Option<Day> {
    let mut around: BTreeMap<usize, Vec<(usize, Day)>> = BTreeMap::new();
    for bond in network.bonds() {
        let days = bond.words.iter().map(|at| network.words()[*at].day);
        let Some(day) = days.min() else { continue };
        around.entry(bond.a).or_default().push((bond.b, day));
        around.entry(bond.b).or_default().push((bond.a, day));
    }
    let leads = |by: i32| {
        let mut ring = vec![a];
        let mut met = std::collections::BTreeSet::from([a]);
        for _ in 0..rule.ties {
            let open = ring.iter().filter(|at| **at == a || network.degree(**at) <= rule.hub);
            let next = open.filter_map(|at| around.get(at)).flatten();
            let next: Vec<usize> = next.filter(|(_, day)| day.0 <= by).map(|(at, _)| *at).collect();
            ring = next.into_iter().filter(|at| met.insert(*at)).collect();
        }
        met.contains(&b)
    };
    let (mut low, mut high) = (0, i32::try_from(DAYS).unwrap_or(i32::MAX));
    if !leads(high) {
        return None;
    }
    while low < high {
        let middle = (low + high) / 2;
        match leads(middle) {
            true => high = middle,
            false => low = middle + 1,
        }
    }
    Some(Day(low))
}

fn timed<T>(what: &str, run: impl FnOnce() -> T) -> T {
    let begun = Instant::now();
    let made = run();
    println!("{what}: {:.2} s", begun.elapsed().as_secs_f64());
    made
}

fn each(what: &str, asked: &[(usize, usize)], run: impl Fn((usize, usize)) -> usize) {
    let mut times: Vec<f64> = Vec::new();
    let mut found = 0;
    for &pair in asked {
        let begun = Instant::now();
        found += run(pair);
        times.push(begun.elapsed().as_secs_f64() * 1000.0);
    }
    times.sort_by(f64::total_cmp);
    let at = |share: usize| times[(times.len() - 1) * share / 100];
    println!(
        "{what}: median {:.2} ms, 95th percentile {:.2} ms, worst {:.2} ms; {found} found",
        at(50),
        at(95),
        at(100)
    );
}

/// The most memory that this process had, in megabytes, where the system tells.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.unwrap_or_default() / 1024
}
