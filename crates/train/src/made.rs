//! The weights of incidents and their cards.

use throughline_eval::bench::incidents::{ROLES, Record, score};
use throughline_eval::bench::keyed;
use throughline_linear::Chain;
use throughline_read::trained::{Columns, Held, Page, Weights, relevance};

use crate::card::{self, Card};
use crate::{Bench, Error, Made, Models, Told, incidents, variables};

/// Makes the finder of what kind of incident a report tells of.
///
/// # Errors
/// If the bench or earlier weights cannot be read, or the weights cannot be written.
pub fn train_relevance(
    bench: &Bench,
    models: &Models,
    mut tell: impl FnMut(Told),
) -> Result<Made, Error> {
    let clusters = models.clusters()?;
    let related = models.related()?;
    let weights = Weights { clusters: &clusters, related: &related, ..Weights::own() };
    let records = bench.incidents_to_learn()?;
    let records: Vec<_> = records.iter().collect();
    let settings = incidents::relevance_settings();
    let chain =
        incidents::relevance_on(&records, &weights, &settings, |pass| tell(Told::Pass(pass)));
    let dev = bench.incidents("incidents/dev.jsonl")?;
    let weights = Weights { relevance: Held::from(&chain), ..weights };
    let right = dev.iter().filter(|record| {
        let page = Page::of_text(&record.text);
        let kinds = relevance::read(&Columns::new(&page, &weights), &weights);
        kinds.best(0) == usize::from(incidents::kind(record))
    });
    let (right, all) = (right.count(), dev.len());
    let card = Card {
        title: "Kinds of incidents",
        task: "relevance",
        about: "A logistic regression over whole reports: no incident, an attack, bombing, kidnapping, arson, robbery, forced work stoppage.",
        data: card::INCIDENTS,
        features: format!(
            "Words, pairs of neighbours, clusters and related words, those of the first sentences apart; {} features have weights. {}",
            chain.features(),
            card::settings(&settings)
        ),
        figures: format!("Of {all} reports of the dev part {right} have the right kind."),
    };
    models.save("relevance", &chain.to_bytes(), &card.to_string())
}

/// Makes what finds roles in incidents, and what reads incidents from them.
///
/// # Errors
/// If the bench or earlier weights cannot be read, or the weights cannot be written.
pub fn train_roles(
    bench: &Bench,
    models: &Models,
    mut tell: impl FnMut(Told),
) -> Result<Made, Error> {
    let (clusters, related) = (models.clusters()?, models.related()?);
    let parts = models.parts()?;
    let (names, kinds) = (models.names()?, models.relevance()?);
    let (steps, relations) = (models.chain("steps")?, models.chain("relations")?);
    let weights = Weights {
        clusters: &clusters,
        related: &related,
        parts: Held::from(&parts),
        steps: Held::from(&steps),
        relations: Held::from(&relations),
        names: Held::from(&names),
        ..Weights::own()
    };
    let records = bench.incidents_to_learn()?;
    let records: Vec<_> = records.iter().collect();
    let cut = incidents::parts_of(&records, &weights);
    let all: Vec<_> = cut.iter().collect();
    let settings = incidents::role_settings();
    let learned = incidents::roles_on(&all, kinds, None, &settings, |pass| tell(Told::Pass(pass)));
    let parts: Vec<_> = cut
        .iter()
        .map(|part| (&part.records[..], Held::from(&part.kinds), Held::from(&part.heads)))
        .collect();
    let lessons = variables::Lessons::of(&parts, &weights, &variables::settings());
    let asked = lessons.learn(None, &variables::settings());
    save_roles(bench, models, &weights, &learned, &asked)
}

/// Saves what finds roles and reads incidents, with how well they do on the dev part.
///
/// # Errors
/// If the dev part cannot be read, or the weights cannot be written.
pub fn save_roles(
    bench: &Bench,
    models: &Models,
    weights: &Weights<'_>,
    learned: &incidents::Roles,
    asked: &Chain,
) -> Result<Made, Error> {
    let weights = Weights { variables: Held::from(asked), ..learned.among(weights) };
    let figures = figures(&bench.incidents("incidents/dev.jsonl")?, &weights);
    let save = |(name, chain, card): (&'static str, &Chain, Card)| {
        let card = Card { figures: figures.clone(), ..card };
        models.save(name, &chain.to_bytes(), &card.to_string())
    };
    let [roles, others @ ..] = cards(learned, asked);
    others.into_iter().try_for_each(|one| save(one).map(drop))?;
    save(roles)
}

/// How well incidents of the dev part are read.
fn figures(dev: &[Record], weights: &Weights<'_>) -> String {
    let read = |record: &Record| {
        let read = keyed::incidents(&record.document, &record.text, weights);
        (record.document.clone(), read)
    };
    let score = score(dev, &dev.iter().map(read).collect());
    let bounds = |at: usize| {
        let (low, high) = score.bounds[at];
        format!("(95 %: {low:.1} to {high:.1})")
    };
    let roles: Vec<String> = ROLES
        .iter()
        .zip(score.ree)
        .map(|(role, percent)| format!("{role} {:.1}", percent.f1))
        .collect();
    format!(
        "F1 on the dev part: entities of documents (CEAF-REE) {}; all {:.2} {}. Templates of type and roles {:.2} {}. All slots {:.2} {}.",
        roles.join(", "),
        score.ree_all.f1,
        bounds(1),
        score.gtt_all.f1,
        bounds(0),
        score.full_all.f1,
        bounds(2)
    )
}

/// The weights with their cards, without figures.
fn cards<'c>(
    learned: &'c incidents::Roles,
    asked: &'c Chain,
) -> [(&'static str, &'c Chain, Card); 5] {
    let card = |title, about, features| Card {
        title,
        task: "roles",
        about,
        data: card::INCIDENTS,
        features,
        figures: String::new(),
    };
    let heads = card(
        "Roles in incidents, at first",
        "A logistic regression over nouns and names, each by itself: whether they head a phrase that names who did it (PerpInd, PerpOrg), what was hit (Target), who suffered, by name (Victim) or described, or with what (Weapon).",
        format!(
            "The word and the name that it is part of, what it hangs on in the tree of its sentence and what that hangs on, what else hangs there, the words around it, those of its sentence, and what kind of incident the report tells of, with the clusters and the related words of these; {} features have weights. {}",
            learned.heads.features(),
            card::settings(&incidents::role_settings())
        ),
    );
    let roles = card(
        "Roles in incidents",
        "The same once more, with the company that each keeps.",
        format!(
            "What it has at first, and which roles the heads of its sentence, of those beside it and of the text have at first, and its word elsewhere; {} features have weights. {}",
            learned.roles.features(),
            card::settings(&incidents::role_settings())
        ),
    );
    let together = card(
        "Roles in incidents, by word",
        "A logistic regression over the words of nouns and names, each read once for a report.",
        format!(
            "What is seen at first of any head that is the word; {} features have weights. {}",
            learned.together.features(),
            card::settings(&incidents::together_settings())
        ),
    );
    let phrases = card(
        "Phrases of roles",
        "A logistic regression over the phrases that a head may have: whether the key writes it down so.",
        format!(
            "The words at its ends, those beside it, how far it goes on either side of its head, and what its end follows from, for each role apart too; {} features have weights. {}",
            learned.phrases.features(),
            card::settings(&incidents::phrase_settings())
        ),
    );
    let variables = card(
        "Variables of incidents",
        "A logistic regression for each question: of what kind, how far it came, on which day, where; how firmly an organisation is blamed; what weapons, targets and people are, how many, and what became of them; who describes whom; and which two are of one incident.",
        format!(
            "The phrases, what they hang on, the words of their sentences, and for incidents those of the report; of two, how far they are apart, and what they stand with; {} features have weights. {}",
            asked.features(),
            card::settings(&variables::settings())
        ),
    );
    [
        ("roles", &learned.roles, roles),
        ("heads", &learned.heads, heads),
        ("together", &learned.together, together),
        ("phrases", &learned.phrases, phrases),
        ("variables", asked, variables),
    ]
}
