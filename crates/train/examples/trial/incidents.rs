//! Incidents: each fifth of the training part read by what the other four teach, then the dev part
//! by all.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use throughline_eval::bench::incidents::{self, Record, Score};
use throughline_eval::bench::keyed::{self, Prepared};
use throughline_linear::{Chain, Probabilities};
use throughline_read::trained::incidents::Readiness;
use throughline_read::trained::{Columns, Company, Held, Page, Weights, actors, roles};
use throughline_train::{Bench, Models, incidents as learned, save_roles, variables};

use super::Options;

/// Makes the weights of each fifth and of all, and keeps them in the folder.
pub(super) fn make(bench: &Path, models: &Path, options: &Options) {
    let bench = Bench::new(bench);
    let all = bench.incidents_to_learn().unwrap();
    let related = super::related();
    let weights = Weights { related: &related, ..Weights::own() };
    let train: Vec<&Record> = all.iter().collect();
    let start = Instant::now();
    let parts = learned::parts_of(&train, &weights);
    println!("{:.0} s, parts", start.elapsed().as_secs_f32());
    let all: Vec<_> = parts.iter().collect();
    let settings = options.settings(learned::role_settings());
    for (fold, part) in parts.iter().enumerate() {
        let others: Vec<_> =
            all.iter().enumerate().filter(|(at, _)| *at != fold).map(|(_, part)| *part).collect();
        let heads = Some(part.heads.clone());
        let roles = learned::roles_on(&others, part.kinds.clone(), heads, &settings, |_| {});
        keep(models, &fold.to_string(), &roles);
    }
    println!("{:.0} s, fifths", start.elapsed().as_secs_f32());
    let kinds = learned::relevance_on(&train, &weights, &learned::relevance_settings(), |_| {});
    keep(models, "all", &learned::roles_on(&all, kinds, None, &settings, |_| {}));
    println!("{:.0} s, all", start.elapsed().as_secs_f32());
}

const FILES: [&str; 5] = ["relevance", "heads", "roles", "together", "phrases"];

fn keep(models: &Path, part: &str, roles: &learned::Roles) {
    let chains = [&roles.kinds, &roles.heads, &roles.roles, &roles.together, &roles.phrases];
    for (name, chain) in FILES.iter().zip(chains) {
        std::fs::write(models.join(format!("{name}-{part}.bin")), chain.to_bytes()).unwrap();
    }
}

fn load(models: &Path, part: &str) -> learned::Roles {
    let [kinds, heads, roles, together, phrases] = FILES.map(|name| {
        let bytes = std::fs::read(models.join(format!("{name}-{part}.bin"))).unwrap();
        Chain::from_bytes(&bytes).unwrap()
    });
    learned::Roles { kinds, heads, roles, together, phrases }
}

/// Entities of documents by several mixtures of what the readers of roles say, each fifth of the
/// training part by the weights of the others: "1,1,0;1,1,2" for heads, heads in company, words
/// by all their heads.
pub(super) fn mixes(bench: &Path, models: &Path, options: &Options) {
    let bench = Bench::new(bench);
    let all = bench.incidents_to_learn().unwrap();
    let related = super::related();
    let own = Weights { related: &related, ..Weights::own() };
    let wanted: String = options.get("mixes", "1,1,2".to_owned());
    let mixes: Vec<Vec<f32>> = wanted
        .split(';')
        .map(|one| one.split(',').map(|one| one.parse().unwrap()).collect())
        .collect();
    let folds: usize = options.get("folds", 5);
    let mut gold = Vec::new();
    // By document: role, how sure, and the surest mention.
    type Actors = (String, Vec<(usize, f32, String)>);
    let mut found: Vec<Vec<Actors>> = vec![Vec::new(); mixes.len()];
    for fold in 0..folds {
        let learned = load(models, &fold.to_string());
        let weights = learned.among(&own);
        for record in all.iter().skip(fold).step_by(5) {
            gold.push(record.clone());
            let page = Page::of_text(&record.text);
            let columns = Columns::new(&page, &weights);
            let context = roles::Context::new(&columns, &weights);
            let heads = roles::Heads::new(&columns, &context);
            let first = heads.each(&weights);
            let company = Company::new(&columns, &context, &first);
            let readers =
                [first.clone(), heads.in_company(&company, &weights), heads.together(&weights)];
            for (mix, found) in mixes.iter().zip(&mut found) {
                let mut sum = 0.0;
                let mut mixed: Option<Probabilities> = None;
                for (reader, share) in readers.iter().zip(mix).filter(|(_, share)| **share > 0.0) {
                    sum += share;
                    match &mut mixed {
                        Some(mixed) => mixed.mix(reader, share / sum),
                        None => mixed = Some(reader.clone()),
                    }
                }
                let mentions = actors::mentions(&columns, &context, &mixed.unwrap(), &weights);
                let spans = page.spans();
                let actors = actors::group(&page, &context, mentions).into_iter().map(|one| {
                    let words = &one.mentions[0].words;
                    let span = spans[words.start].join(spans[words.end - 1]);
                    let text = span.of(&record.text).split_whitespace().collect::<Vec<_>>();
                    (one.role, one.certainty, text.join(" ").to_lowercase())
                });
                found.push((record.document.clone(), actors.filter(|one| one.0 < 5).collect()));
            }
        }
    }
    for (mix, found) in mixes.iter().zip(&found) {
        let score = |least: &[f32; 6]| {
            let read = found.iter().map(|(document, actors)| {
                let mut ree = incidents::Roles::default();
                for (role, sure, text) in actors {
                    if *sure >= least[*role] {
                        ree[*role].push(vec![text.clone()]);
                    }
                }
                let record =
                    Record { document: document.clone(), ree: Some(ree), ..Record::default() };
                (document.clone(), record)
            });
            incidents::score(&gold, &read.collect())
        };
        let least =
            for_entities(Readiness::default(), &|readiness: &Readiness| score(&readiness.least));
        let one = score(&least);
        println!(
            "{mix:?}: {:.2} {:.1?} {:.1?} {least:.2?}",
            one.ree_all.f1,
            one.bounds[1],
            one.ree.map(|one| (one.precision, one.recall, one.f1))
        );
    }
}

/// Saves the weights of all reports that were kept in the folder, with their cards, in another.
pub(super) fn save(bench: &Path, models: &Path, options: &Options) {
    let into: String = options.get("into", "models".to_owned());
    let learned = load(models, "all");
    let asked = Chain::from_bytes(&std::fs::read(models.join("variables-all.bin")).unwrap());
    let (bench, into) = (Bench::new(bench), Models::new(Path::new(&into)));
    let related = super::related();
    let own = Weights { related: &related, ..Weights::own() };
    println!("{:?}", save_roles(&bench, &into, &own, &learned, &asked.unwrap()).unwrap());
}

/// What the weights of the program read of the dev part, with its predictions in the folder.
pub(super) fn dev(bench: &Path, models: &Path) {
    let dev = Bench::new(bench).incidents("incidents/dev.jsonl").unwrap();
    let weights = Weights::own();
    let read: BTreeMap<String, Record> = dev
        .iter()
        .map(|one| (one.document.clone(), keyed::incidents(&one.document, &one.text, &weights)))
        .collect();
    let lines: Vec<String> = read.values().map(|one| incidents::line(one).to_string()).collect();
    std::fs::write(models.join("dev.jsonl"), lines.join("\n")).unwrap();
    let score = incidents::score(&dev, &read);
    show("dev", &Readiness::default(), &score);
    details(&score);
}

/// Trains variables on the roles that were kept, and scores all measures.
pub(super) fn whole(bench: &Path, models: &Path, options: &Options) {
    let bench = Bench::new(bench);
    let all = bench.incidents_to_learn().unwrap();
    let dev = bench.incidents("incidents/dev.jsonl").unwrap();
    let start = Instant::now();
    let roles: Vec<learned::Roles> = (0..5).map(|fold| load(models, &fold.to_string())).collect();
    let every = load(models, "all");
    let related = super::related();
    let own = Weights { related: &related, ..Weights::own() };
    let records: Vec<Vec<&Record>> =
        (0..5).map(|fold| all.iter().skip(fold).step_by(5).collect()).collect();
    let settings = options.settings(variables::settings());
    let parts: Vec<(&[&Record], Weights<'_>)> = records
        .iter()
        .zip(&roles)
        .map(|(records, roles)| (&records[..], roles.among(&own)))
        .collect();
    let with_kinds: Vec<_> =
        parts.iter().map(|(records, one)| (*records, one.relevance, one.heads)).collect();
    let lessons = variables::Lessons::of(&with_kinds, &own, &settings);
    println!("{:.0} s, lessons", start.elapsed().as_secs_f32());
    let last = lessons.learn(None, &settings);
    std::fs::write(models.join("variables-all.bin"), last.to_bytes()).unwrap();
    println!("{:.0} s, learned of all", start.elapsed().as_secs_f32());
    if !options.get("fifths", true) {
        return;
    }
    let chains: Vec<Chain> = (0..5).map(|fold| lessons.learn(Some(fold), &settings)).collect();
    println!("{:.0} s, learned", start.elapsed().as_secs_f32());
    let texts: Vec<&Record> = records.iter().flatten().copied().collect();
    let pages: Vec<Page<'_>> = texts.iter().map(|one| Page::of_text(&one.text)).collect();
    let weights_of: Vec<Weights<'_>> = parts
        .iter()
        .zip(&chains)
        .map(|((_, weights), chain)| Weights { variables: Held::from(chain), ..*weights })
        .collect();
    let mut prepared: Vec<(Prepared<'_>, &Weights<'_>)> = Vec::new();
    for (record, page) in texts.iter().zip(&pages) {
        let fold = records.iter().position(|one| one.iter().any(|own| std::ptr::eq(*own, *record)));
        let weights = &weights_of[fold.unwrap()];
        prepared.push((Prepared::new(&record.document, &record.text, page, weights), weights));
    }
    println!("{:.0} s, read", start.elapsed().as_secs_f32());
    let gold: Vec<Record> = texts.iter().map(|one| (*one).clone()).collect();
    let score = |readiness: &Readiness| judge(&prepared, &gold, readiness);
    let mut readiness = Readiness::default();
    if let Some(none) = options.0.get("told") {
        readiness.told = none.parse().unwrap();
    }
    if let Some(same) = options.0.get("same") {
        readiness.same = same.parse().unwrap();
    }
    if let Some(shared) = options.0.get("shared") {
        readiness.shared = shared.parse().unwrap();
    }
    show("as it is", &readiness, &score(&readiness));
    if options.get("tune", true) {
        readiness.least = for_entities(readiness, &score);
        show("entities", &readiness, &score(&readiness));
        readiness = for_templates(readiness, &score);
        show("templates", &readiness, &score(&readiness));
    }
    details(&score(&readiness));
    let lines: Vec<String> = prepared
        .iter()
        .map(|(one, weights)| incidents::line(&one.record(weights, &readiness)).to_string())
        .collect();
    std::fs::write(models.join("cv.jsonl"), lines.join("\n")).unwrap();
    println!("{:.0} s, tuned", start.elapsed().as_secs_f32());
    let weights = Weights { variables: Held::from(&last), ..every.among(&own) };
    let pages: Vec<Page<'_>> = dev.iter().map(|one| Page::of_text(&one.text)).collect();
    let prepared: Vec<_> = dev
        .iter()
        .zip(&pages)
        .map(|(record, page)| {
            (Prepared::new(&record.document, &record.text, page, &weights), &weights)
        })
        .collect();
    let score = judge(&prepared, &dev, &readiness);
    show("dev", &readiness, &score);
    details(&score);
    println!("{:.0} s", start.elapsed().as_secs_f32());
}

fn judge(
    prepared: &[(Prepared<'_>, &Weights<'_>)],
    gold: &[Record],
    readiness: &Readiness,
) -> Score {
    let records = prepared.iter().map(|(one, weights)| {
        let record = one.record(weights, readiness);
        (record.document.clone(), record)
    });
    let records: BTreeMap<String, Record> = records.collect();
    incidents::score(gold, &records)
}

const STEPS: [f32; 14] =
    [0.06, 0.09, 0.12, 0.15, 0.18, 0.21, 0.25, 0.29, 0.33, 0.37, 0.42, 0.47, 0.55, 0.65];

/// The readiness that is best for entities of documents.
fn for_entities(readiness: Readiness, score: &impl Fn(&Readiness) -> Score) -> [f32; 6] {
    let told_none = Readiness { told: 2.0, ..readiness };
    let table = |least: &f32| score(&Readiness { least: [*least; 6], ..told_none }).ree;
    let tables: Vec<_> = STEPS.iter().map(table).collect();
    let mut at = [5; 5];
    for _ in 0..4 {
        for role in 0..5 {
            let with = |step: usize| {
                let mut at = at;
                at[role] = step;
                let (mut right, mut both) = (0.0, 0.0);
                for role in 0..5 {
                    let one = tables[at[role]][role].counts;
                    right += 2.0 * f64::from(one.right);
                    both += f64::from(one.predicted + one.gold);
                }
                right / both
            };
            at[role] =
                (0..STEPS.len()).fold(at[role], |a, b| if with(b) > with(a) { b } else { a });
        }
    }
    let mut least = readiness.least;
    (0..5).for_each(|role| least[role] = STEPS[at[role]]);
    least
}

/// The readiness that is best for templates and slots together.
fn for_templates(mut readiness: Readiness, score: &impl Fn(&Readiness) -> Score) -> Readiness {
    readiness.inside[..5].copy_from_slice(&readiness.least[..5]);
    let both = |readiness: &Readiness| {
        let score = score(readiness);
        score.gtt_all.f1 + score.full_all.f1
    };
    let mut best = both(&readiness);
    let mut offer = |readiness: &mut Readiness, other: Readiness| {
        let own = both(&other);
        if own > best {
            best = own;
            *readiness = other;
        }
    };
    for told in [0.4, 0.6] {
        let other = Readiness { told, ..readiness };
        offer(&mut readiness, other);
    }
    for role in 0..6 {
        let before = readiness.inside[role];
        for factor in [0.7, 1.4] {
            let mut other = readiness;
            other.inside[role] = before * factor;
            offer(&mut readiness, other);
        }
    }
    for same in [0.2, 0.35] {
        let other = Readiness { same, ..readiness };
        offer(&mut readiness, other);
    }
    for shared in [0.35, 0.65] {
        let other = Readiness { shared, ..readiness };
        offer(&mut readiness, other);
    }
    readiness
}

fn show(name: &str, readiness: &Readiness, score: &Score) {
    println!(
        "{name}: gtt {:.2} {:.1?} ree {:.2} {:.1?} full {:.2} {:.1?} templates {:.1} has {:.1} confidence {:.1} | {readiness:.2?}",
        score.gtt_all.f1,
        score.bounds[0],
        score.ree_all.f1,
        score.bounds[1],
        score.full_all.f1,
        score.bounds[2],
        score.templates.f1,
        score.relevance.f1,
        score.confidence
    );
}

fn details(score: &Score) {
    println!("  ree {:.1?}", score.ree.map(|one| one.f1));
    println!("  gtt {:.1?}", score.gtt.map(|one| (one.precision, one.recall, one.f1)));
    for (slot, one) in incidents::SLOTS.iter().zip(&score.full) {
        println!(
            "    {slot:20} P {:.1} R {:.1} F {:.1} {:?}",
            one.precision, one.recall, one.f1, one.counts
        );
    }
}
