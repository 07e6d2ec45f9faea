//! Who is named, and what is left of texts.

use throughline_model::{
    AssertionId, Day, Document, Edtf, Fingerprint, Medium, Mention, Passage, Sha256, Span, Speaker,
    Stance, Voice, ZoneRole,
};

use super::*;

const DOCUMENT: u64 = 7;

fn mention(kind: SubjectKind, name: &str, at: usize) -> Mention {
    let passage = Passage::Text(Span::new(at, at + 1));
    Mention::new(kind, DocumentId::from_bits(DOCUMENT), passage, name)
}

fn said(subject: MentionId, variable: Variable, value: Value, voice: Voice) -> Assertion {
    Assertion {
        id: AssertionId::from_bits(0),
        document: DocumentId::from_bits(DOCUMENT),
        passage: Passage::Text(Span::new(0, 1)),
        zone: ZoneRole::Body,
        speakers: vec![
            Speaker { voice: Voice::Document, stance: Stance::Asserted, cue: None },
            Speaker { voice, stance: Stance::Asserted, cue: None },
        ],
        subject,
        variable,
        party: None,
        value,
        obtained: None,
        repeats: None,
        certainty: 100,
    }
    .sealed()
}

fn day(text: &str) -> Option<Day> {
    Some(text.parse::<Edtf>().unwrap().latest())
}

fn police() -> Voice {
    Voice::Described("the police of Lenn".into())
}

fn term(term: &str) -> Value {
    Value::Term(term.into())
}

/// A gathering that knows a description and a named man.
fn two() -> (Gathering, MentionId, MentionId) {
    let mut gathering = Gathering::default();
    let attacker = mention(SubjectKind::Person, "the attacker", 1);
    let man = mention(SubjectKind::Person, "Karl Vossler", 2);
    for one in [&attacker, &man] {
        gathering.person(&[one.id]);
        gathering.mention(one);
    }
    (gathering, attacker.id, man.id)
}

#[test]
fn a_dead_attacker_is_named_under_an_official_identification_that_is_judged() {
    let check = |voice: Voice, judged: bool, cleared: bool, want: bool| {
        let (mut gathering, attacker, man) = two();
        let heard = Heard { published: day("2016-05-12"), judged, ..Heard::default() };
        let names = |_| None;
        gathering.said(
            &said(attacker, Variable::Role, term("perpetrator"), police()),
            heard,
            &names,
        );
        gathering.said(&said(attacker, Variable::Fate, term("dead"), police()), heard, &names);
        let same = said(attacker, Variable::IdentifiedAs, Value::Mention(man), voice);
        gathering.said(&same, heard, &names);
        if cleared {
            let heard = Heard { published: day("2016-05-13"), ..Heard::default() };
            let wrong = said(man, Variable::Cleared, term("misidentified"), police());
            gathering.said(&wrong, heard, &names);
        }
        let disclosure = gathering.close();
        assert_eq!(disclosure.may_name(man), want, "{judged} {cleared}");
    };
    check(police(), true, false, true);
    check(police(), false, false, false);
    check(Voice::Described("a neighbour".into()), true, false, false);
    check(police(), true, true, false);
}

#[test]
fn texts_names_and_addresses_are_cleaned_by_what_a_document_mentions() {
    let (mut gathering, _, man) = two();
    let expert = mention(SubjectKind::Person, "Ada Quill", 3);
    gathering.person(&[expert.id]);
    gathering.mention(&expert);
    let heard = Heard { judged: true, ..Heard::default() };
    let words = Value::Text("professor of history".into());
    gathering.said(&said(expert.id, Variable::Description, words, police()), heard, &|_| None);
    let spoke = said(
        man,
        Variable::Age,
        Value::Figure(throughline_model::Figure::exactly(31)),
        Voice::Mention(expert.id),
    );
    gathering.said(&spoke, heard, &|_| None);
    let disclosure = gathering.close();

    let document = || [DocumentId::from_bits(DOCUMENT)];
    let beside = disclosure.cleaner(document(), [man, expert.id]);
    assert_eq!(beside.text("Ada Quill on Vossler"), "Ada Quill on [name withheld]");
    assert_eq!(beside.name(expert.id, "Ada Quill").as_deref(), Some("Ada Quill"));
    assert_eq!(beside.name(man, "Karl Vossler"), None);
    let place = mention(SubjectKind::Place, "Vossler Street", 9).id;
    assert_eq!(beside.name(place, "Vossler Street").as_deref(), Some("[name withheld] Street"));
    assert_eq!(beside.address("https://a.example/vossler"), None);
    // A document in which nobody recognised him may speak of him all the same.
    let elsewhere = disclosure.cleaner(document(), []);
    assert_eq!(elsewhere.text("Vossler and Karl Ruhl"), "[name withheld] and Karl Ruhl");
    assert_eq!(elsewhere.address("https://a.example/karl-vossler"), None);
    assert_eq!(disclosure.everywhere("as Vossler said"), "as [name withheld] said");
}

#[test]
fn who_wrote_a_letter_or_in_a_private_chat_is_not_named() {
    let check = |medium: Option<Medium>, byline: &str, want: bool| {
        let id = DocumentId::from_bits(DOCUMENT);
        let document = Document {
            id,
            medium,
            source: Some("Ada Quill".into()),
            byline: Some(byline.into()),
            ..Document::bare(Sha256::of(b"letter"))
        };
        let mut gathering = Gathering::default();
        gathering.document(&document);
        // A minister who is quoted there, as the author himself is.
        let expert = mention(SubjectKind::Person, "Ada Quill", 3);
        gathering.person(&[expert.id]);
        gathering.mention(&expert);
        let heard = Heard { judged: true, ..Heard::default() };
        let words = Value::Text("minister of the interior".into());
        let office = said(expert.id, Variable::Description, words, Voice::Document);
        gathering.said(&office, heard, &|_| None);
        let words = Value::Text("x".into());
        let spoke = said(expert.id, Variable::Statement, words, Voice::Mention(expert.id));
        gathering.said(&spoke, heard, &|_| None);
        let disclosure = gathering.close();
        let cleaner = disclosure.cleaner([id], [expert.id]);
        assert_eq!(disclosure.may_name(expert.id), want, "{medium:?}");
        assert_eq!(cleaner.name(expert.id, "Ada Quill").is_some(), want, "{medium:?}");
        assert_eq!(cleaner.author("Ada Quill"), if want { "Ada Quill" } else { WITHHELD });
        let signed = cleaner.text("Yours, Ada, quill@mail.example");
        assert_eq!(signed.contains("Ada") || signed.contains('@'), want, "{signed}");
        assert_eq!(cleaner.address("https://t.me/c/1/2").is_some(), want);
    };
    for medium in [Medium::Chat, Medium::Letter] {
        check(Some(medium), "Ada Quill", false);
    }
    for medium in [None, Some(Medium::Page), Some(Medium::Feed), Some(Medium::Channel)] {
        check(medium, "Ada Quill", true);
    }
    check(None, "Ada Quill <quill@mail.example>", false);
}

#[test]
fn an_accusation_that_nobody_judged_is_left_out_where_the_name_is_open() {
    let (mut gathering, _, man) = two();
    let heard = Heard { judged: true, ..Heard::default() };
    let names = |_| None;
    let words = Value::Text("minister of the interior".into());
    gathering.said(&said(man, Variable::Description, words, police()), heard, &names);
    gathering.said(
        &said(man, Variable::Statement, Value::Text("x".into()), Voice::Mention(man)),
        heard,
        &names,
    );
    let accusation = said(man, Variable::Role, term("suspect"), police());
    gathering.said(&accusation, Heard::default(), &names);
    let disclosure = gathering.close();
    assert!(disclosure.may_name(man));
    assert!(disclosure.leaves_out(&accusation, false));
}

#[test]
fn who_was_never_gathered_is_not_named() {
    let stranger = MentionId::of(SubjectKind::Person, Fingerprint::new("stranger"));
    assert!(!Disclosure::default().may_name(stranger));
}
