//! Who speaks in each clause, and how firmly.

use throughline_model::Stance;

use super::{Said, Who, read};
use crate::analysis::{analyse, testing::document};
use crate::say::words::Words;

/// The clauses that somebody beside the document speaks in, or it with reserve, each as
/// "speakers: words".
fn check(text: &str, expected: &[&str]) {
    let document = document(text, Some("2019-03-04"));
    let analysis = analyse(&document);
    let words = Words::new(&analysis);
    let shown = |tokens: std::ops::Range<usize>| {
        let held = &analysis.tokens[tokens];
        let span = held[0].span.join(held[held.len() - 1].span);
        span.of(&document.text).to_owned()
    };
    let name = |said: &Said| {
        let voice = match &said.voice {
            Who::Document => String::new(),
            Who::Name(name) => shown(analysis.names[words.root(*name)].tokens.clone()),
            Who::Described(tokens) => shown(tokens.clone()),
            Who::Unnamed => "somebody".to_owned(),
        };
        let stance = match said.stance {
            Stance::Asserted => "",
            Stance::Denied if said.reserve.is_some() => "~-",
            Stance::Hedged => "~",
            Stance::Denied => "-",
            Stance::Questioned => "?",
            Stance::Unknown => "??",
        };
        format!("{voice}{stance}")
    };
    let clauses = read(&words).clauses;
    let found: Vec<String> = clauses
        .iter()
        .map(|clause| {
            let chain: Vec<String> = clause.speakers.iter().map(name).collect();
            (chain.join(" > "), shown(clause.tokens.clone()))
        })
        .filter(|(chain, _)| !chain.is_empty())
        .map(|(chain, words)| (chain, words.trim_end_matches([',', '.', '?']).to_owned()))
        .filter(|(_, words)| !words.is_empty())
        .map(|(chain, words)| format!("{}: {words}", chain.trim_start_matches(" > ")))
        .collect();
    assert!(found == expected, "{text}\n found {found:#?}\n not   {expected:#?}");
}

#[test]
fn words_that_are_taken_back_are_denied_by_whoever_takes_them_back() {
    check(
        "We withdraw our report that Karl Vossler laid the bomb.",
        &["-: Karl Vossler laid the bomb"],
    );
    check(
        "The Evening Post retracted its claim that Karl Vossler stabbed the guard.",
        &["Evening Post-: Karl Vossler stabbed the guard"],
    );
    check(
        "The Evening Post retracted Karl Vossler's claim that Emil Zorn stabbed the guard.",
        &["Karl Vossler: Emil Zorn stabbed the guard"],
    );
    check("The Northern Front claimed the attack that killed two.", &[]);
}

#[test]
fn nouns_that_look_like_verbs_say_nothing() {
    check(
        "“It was dark,” said Ruth Adeyemi, an analyst at the Institute for Records think tank.",
        &["Ruth Adeyemi: It was dark"],
    );
}

#[test]
fn reported_speech() {
    check("Police said three people were killed.", &["Police: three people were killed"]);
    check("A senior official said that he was alone.", &["A senior official: he was alone"]);
    check("He was alone, police said on Tuesday.", &["police: He was alone"]);
    check(
        "The attacker, police said, was trained abroad.",
        &["police: The attacker", "police: was trained abroad"],
    );
    check(
        "According to the ministry, nobody was hurt.",
        &["the ministry: nobody", "the ministry-: was hurt"],
    );
    check("He acted alone, according to two witnesses.", &["two witnesses: He acted alone"]);
    check("Anna Ruiz told the court that she knew him.", &["Anna Ruiz: she knew him"]);
    check("It was reported that he had fled.", &["somebody: he had fled"]);
    check("Rumours that he had fled were false.", &["somebody~: he had fled were false"]);
    check(
        "Mira Solberg said he was alone. She added that he was poor.",
        &["Mira Solberg: he was alone", "Mira Solberg: he was poor"],
    );
}

#[test]
fn chains_of_speakers() {
    check(
        "The paper says that police believe that he was sent.",
        &["The paper: police believe that", "The paper > police~: he was sent"],
    );
    check(
        "He acted alone, police said, but experts say he had help.",
        &["police: He acted alone", "experts: he had help"],
    );
    check(
        "Prosecutors denied that he was tortured, and said that he was well.",
        &["Prosecutors-: he was tortured", "Prosecutors: he was well"],
    );
}

#[test]
fn quotations() {
    check("“He was alone,” said Ann Lee, an analyst in Lima.", &["Ann Lee: He was alone"]);
    check(
        "Ann Lee said: “He was alone. He had no help.”",
        &["Ann Lee: He was alone", "Ann Lee: He had no", "Ann Lee-: help"],
    );
    check(
        "“He was alone,” said Ann Lee. “He was poor.”",
        &["Ann Lee: He was alone", "Ann Lee: He was poor"],
    );
    check("They called him a “servant of the old dawn”.", &[]);
    check("Was he sent?", &["?: Was he sent"]);
}

#[test]
fn stances() {
    check("The wording of a letter suggests he was alone.", &["~: he was alone"]);
    check("He appeared to be alone, but he had help.", &["~: to be alone"]);
    check("He did not act alone.", &["-: act alone"]);
    check("We wrongly reported that he had fled.", &["-: he had fled"]);
    check("Nobody was hurt when a bomb exploded.", &["-: was hurt"]);
    check("Police wrongly said that he had fled.", &["Police-: he had fled"]);
    check("He does not appear to have acted alone.", &["-: appear", "~-: to have acted alone"]);
    check("It is unclear whether he had help.", &["??: whether he had help"]);
    check("Whether he had help is not known.", &["??: Whether he had help is"]);
    check("Police do not know who sent him.", &["Police??: who sent him"]);
    check("Reporters asked whether he was sent.", &["Reporters?: he was sent"]);
    check("Police have not ruled out that he had help.", &["~: he had help"]);
    check("There is no evidence that he was sent.", &["-: he was sent"]);
    check("He was drawn rather than sent by them.", &["-: sent"]);
    check("He may have been sent.", &["~: have been sent"]);
    check("He is said to have been sent.", &["~: to have been sent"]);
    check("They almost never strike.", &[]);
    check("He was not only armed.", &[]);
}

#[test]
fn asides_and_rows() {
    check(
        "The letter suggested he was drawn – rather than sent – by them.",
        &["~: he was drawn – rather than", "~-: sent", "~: – by them"],
    );
    check(
        "The letter suggests that he was drawn, and not sent, by them.",
        &["~: he was drawn, and not", "~-: sent", "~: , by them"],
    );
}

#[test]
fn what_only_looks_like_speech() {
    check("He joined the Vance Society think tank.", &[]);
    check("The claim was late. The reports were few.", &[]);
    check("He went into the office to report a fire had begun.", &[]);
    check("They would say that he was sent.", &[]);
}

#[test]
fn whom_pronouns_stand_for() {
    check(
        "Mira Solberg wrote a letter. She said that he was sent.",
        &["Mira Solberg: he was sent"],
    );
    // Two people could be meant, or one who is not spoken of first.
    check("Mira Solberg met Anna Ruiz. She said that he was sent.", &["She: he was sent"]);
    check(
        "A book on the fate of Anna Ruiz is out. She said that he was sent.",
        &["She: he was sent"],
    );
    // Of the other gender nobody is meant, and who is spoken of since is nearer.
    check("Mira Solberg wrote a letter. He said that it was sent.", &["He: it was sent"]);
    check(
        "Karl Moor said that it was over. For Anselm Kirch it was not. He said that it was sent.",
        &["Karl Moor: it was over", "Anselm Kirch: it was sent"],
    );
    check(
        "Karl Moor said that it was over. For Anna Ruiz it was not. He said that it was sent.",
        &["Karl Moor: it was over", "Karl Moor: it was sent"],
    );
}

#[test]
fn words_taken_back() {
    check(
        "We wrote that he was the attacker. This was wrong.",
        &["-: We wrote that he was the attacker"],
    );
    check("We wrote that he was the attacker. This was wrong of us.", &[]);
    check("Rumour has it that he was sent.", &["somebody~: he was sent"]);
}

#[test]
fn speakers_that_only_the_weights_see() {
    check(
        "Two guards who were there that night, in statements read out on Monday, deny that they slept.",
        &["Two guards-: that they slept"],
    );
    check(
        "Two officers on duty at the gate that night, in letters to the council, wrote that the bridge was watched.",
        &["Two officers on duty at the gate: the bridge was watched"],
    );
    check(
        "Witnesses who lived near the bridge in those days say the man walked past it twice.",
        &["Witnesses who lived near the bridge in those days: the man walked past it twice"],
    );
    // Who takes an attack upon himself does not tell of it.
    check(
        "The Islamic State of Iraq and Syria (ISIS) has claimed responsibility for the shooting in which a gunman killed an officer and left two others wounded.",
        &[],
    );
    // What is no verb of speech of the lists, or somebody only may say, stays unheard.
    check("The mayor jogged past the bridge that had been watched.", &[]);
    check(
        "Two guards who were there that night may deny that they slept.",
        &["~: deny that they slept"],
    );
}
