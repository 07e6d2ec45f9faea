//! A small casebook with everything that a page can show, written by somebody hostile.

use std::path::PathBuf;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response, StatusCode};
use http_body_util::BodyExt;
use serde_json::Value as Json;
use throughline_casebook::{Casebook, Item, PictureBytes, Publication};
use throughline_model::*;
use throughline_web::{Audience, Manner};
use tower::ServiceExt;

/// The port at which the pages believe to be reached.
pub(crate) const PORT: u16 = 4717;

/// Words that would break a page which took them for more than words.
pub(crate) const HOSTILE: &str =
    "<script>alert(\"1\")</script> 'x' & <b>\u{202e}back\u{2066}\u{1b}[31m";

/// A casebook in a folder of its own, and its pages.
pub(crate) struct World {
    _folder: tempfile::TempDir,
    pub(crate) path: PathBuf,
    pub(crate) pages: Router,
    pub(crate) first: DocumentId,
    pub(crate) second: DocumentId,
    pub(crate) incident: MentionId,
    pub(crate) later_incident: MentionId,
    pub(crate) person: MentionId,
    pub(crate) retracted: AssertionId,
    pub(crate) withdrawn: AssertionId,
    pub(crate) accusation: AssertionId,
    pub(crate) published: i64,
}

/// An answer.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: axum::http::HeaderMap,
    pub(crate) text: String,
}

impl World {
    pub(crate) fn runtime() -> tokio::runtime::Runtime {
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
    }

    /// The same casebook for another audience.
    pub(crate) fn to(mut self, audience: Audience) -> World {
        let manner = Manner { audience, read_only: true, coder: None };
        self.pages = throughline_web::application(&self.path, PORT, &manner).unwrap().pages;
        self
    }

    /// The same casebook, for people to judge in.
    pub(crate) fn desk(&self) -> Judges {
        let application =
            throughline_web::application(&self.path, PORT, &Manner::default()).unwrap();
        Judges { pages: application.pages, key: application.key.unwrap() }
    }

    pub(crate) async fn get(&self, address: &str) -> Answer {
        let request = Request::get(address).header("host", format!("127.0.0.1:{PORT}"));
        self.send(request.body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        answer(&self.pages, request).await
    }

    pub(crate) async fn html(&self, address: &str) -> String {
        let answer = self.get(address).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}: {}", answer.text);
        answer.text
    }

    pub(crate) async fn json(&self, address: &str) -> Json {
        let answer = self.get(address).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}: {}", answer.text);
        assert_eq!(answer.headers["content-type"], "application/json", "{address}");
        serde_json::from_str(&answer.text).unwrap()
    }
}

/// Sends a request to some pages.
pub(crate) async fn answer(pages: &Router, request: Request<Body>) -> Answer {
    let response: Response<Body> = pages.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Answer { status: parts.status, headers: parts.headers, text }
}

/// A casebook served for people to judge in.
pub(crate) struct Judges {
    pub(crate) pages: Router,
    pub(crate) key: String,
}

/// What stands in one document, while it is put together.
struct Paper {
    document: Document,
    reading: Reading,
    pictures: Vec<PictureBytes>,
}

impl Paper {
    fn new(
        source: &str,
        title: &str,
        published: Option<&str>,
        parts: &[(ZoneRole, &str)],
    ) -> Paper {
        let mut text = String::new();
        let mut zones = Vec::new();
        for (role, words) in parts {
            let start = text.len();
            text.push_str(words);
            zones.push(Zone { role: *role, span: Span::new(start, text.len()) });
            text.push_str("\n\n");
        }
        let document = Document {
            source: Some(source.to_owned()),
            title: Some(title.to_owned()),
            byline: Some(format!("A. Writer {HOSTILE}")),
            published: published.map(|day| day.parse().unwrap()),
            url: Some("javascript:alert('1')".to_owned()),
            language: Some("en\" onload=\"x".to_owned()),
            text: text.clone(),
            zones,
            ..Document::bare(Sha256::of(text.as_bytes()))
        };
        Paper { document, reading: Reading::default(), pictures: Vec::new() }
    }

    fn span(&self, words: &str) -> Span {
        let start = self.document.text.find(words).unwrap_or_else(|| panic!("no {words:?}"));
        Span::new(start, start + words.len())
    }

    fn mention(&mut self, kind: SubjectKind, words: &str, name: &str) -> MentionId {
        let passage = Passage::Text(self.span(words));
        let mention = Mention::new(kind, self.document.id, passage, name);
        let id = mention.id;
        self.reading.mentions.push(mention);
        id
    }

    fn says(
        &mut self,
        words: &str,
        subject: MentionId,
        (variable, party, value): (Variable, Option<MentionId>, Value),
        speakers: &[(Voice, Stance)],
    ) -> AssertionId {
        let passage = Passage::Text(self.span(words));
        let zone = self
            .document
            .zones
            .iter()
            .find(|zone| zone.span.overlaps(passage.span().unwrap()))
            .map_or(ZoneRole::Body, |zone| zone.role);
        let chain = std::iter::once(&(Voice::Document, Stance::Asserted)).chain(speakers);
        let speakers = chain
            .map(|(voice, stance)| Speaker { voice: voice.clone(), stance: *stance, cue: None })
            .collect();
        let said = Assertion {
            id: AssertionId::from_bits(0),
            document: self.document.id,
            passage,
            zone,
            speakers,
            subject,
            variable,
            party,
            value,
            obtained: None,
            repeats: None,
            certainty: 55,
        }
        .sealed();
        let id = said.id;
        self.reading.assertions.push(said);
        id
    }

    fn store(&self, casebook: &mut Casebook) {
        let item = Item {
            document: &self.document,
            bytes: self.document.text.as_bytes(),
            pictures: &self.pictures,
            reading: Some(("made-1", &self.reading)),
        };
        casebook.store(&[item]).unwrap();
    }
}

/// Judges, with a hostile reason.
pub(crate) fn judge(casebook: &mut Casebook, act: Act, supersedes: &[JudgmentId]) -> JudgmentId {
    judge_citing(casebook, act, supersedes, &[])
}

fn judge_citing(
    casebook: &mut Casebook,
    act: Act,
    supersedes: &[JudgmentId],
    cites: &[DocumentId],
) -> JudgmentId {
    let judgment = Judgment {
        id: JudgmentId::from_bits(0),
        by: "R. Coder <i>".to_owned(),
        made: "2026-11-01".parse().unwrap(),
        reason: format!("as the page says {HOSTILE}"),
        cites: cites.to_vec(),
        supersedes: supersedes.to_vec(),
        act,
    }
    .sealed();
    casebook.judge(&judgment).unwrap();
    judgment.id
}

const COUNT: &str = r#"
name = "deadly"
title = "Incidents <b>that</b> \"killed\""
question = "Of the incidents & plots, how many killed?"
unit = "incident"

[of]
variable = "type"
one-of = ["bombing"]

[in]
variable = "killed"
at-least = 1
"#;

const PEOPLE: &str = r#"
name = "held"
title = "People held"
unit = "person"

[of]
variable = "procedure"
one-of = ["arrested"]

[in]
variable = "cleared"
one-of = ["cleared"]
"#;

fn term(word: &str) -> Value {
    Value::Term(word.to_owned())
}

/// A short paper of one day, for a list of more than one page.
pub(crate) fn filler(casebook: &mut Casebook, from: u32, many: u32) {
    use SubjectKind as K;
    for number in from..from + many {
        let words = format!("A shed burned in Ostby, fire number {number}.");
        let day = format!("2015-{:02}-{:02}", 1 + number / 28 % 12, 1 + number % 28);
        let title = format!("Fire {number}");
        let mut paper = Paper::new("The Lamp", &title, Some(&day), &[(ZoneRole::Body, &words)]);
        let incident = paper.mention(K::Incident, "A shed", &format!("Fire number {number}"));
        paper.says(&words, incident, (Variable::Type, None, term("arson")), &[]);
        paper.says(
            &words,
            incident,
            (Variable::Date, None, Value::Date(day.parse().unwrap())),
            &[],
        );
        paper.store(casebook);
    }
}

/// Two fires that one group is said to have lit, each in a paper of its own; returns them.
pub(crate) fn two_fires(casebook: &mut Casebook) -> [MentionId; 2] {
    use SubjectKind as K;
    ["2016-07-01", "2016-07-09"].map(|day| {
        let words = format!("The Red Rope {HOSTILE} lit the fire of {day}.");
        let mut paper = Paper::new("The Lamp", "Fire", Some(day), &[(ZoneRole::Body, &words)]);
        let fire = paper.mention(K::Incident, "the fire", &format!("Fire of {day} {HOSTILE}"));
        let rope = paper.mention(K::Group, "The Red Rope", "The Red Rope");
        paper.says(&words, fire, (Variable::AscribedTo, None, Value::Mention(rope)), &[]);
        paper.store(casebook);
        fire
    })
}

/// A picture of one motive, lighter or darker.
fn png(shade: u8) -> Vec<u8> {
    let picture = image::RgbImage::from_fn(120, 90, |x, y| {
        let (x, y) = (x as u8, y as u8);
        image::Rgb(
            [x, y.wrapping_mul(2), if x / 20 > y / 20 { 200 } else { 40 }]
                .map(|one| one / 2 + shade),
        )
    });
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// The casebook, settled, and its pages.
pub(crate) fn world() -> World {
    use SubjectKind as K;
    use Variable as V;
    use ZoneRole as Z;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a \"small\" <case>.casebook");
    let mut casebook = Casebook::open_or_create(&path).unwrap();

    let mut lamp = Paper::new(
        "The Lamp & Co",
        &format!("Bomb at Ostby {HOSTILE}"),
        Some("2016-05-14"),
        &[
            (Z::Headline, "Lind blew up the mill, police sure"),
            (
                Z::Body,
                "A bomb went off at the mill of Ostby on Friday and killed two. <script>alert(1)</script>",
            ),
            (
                Z::Body,
                "Police said that Odo Lind, a baker, \u{202e}perhaps laid it. The Red Rope claimed it through Lantern.",
            ),
            (Z::PullQuote, "killed three"),
            (Z::Section, "News \u{2067}& more"),
        ],
    );
    let name = format!("Bomb at the mill {HOSTILE}");
    let incident = lamp.mention(K::Incident, "A bomb", &name);
    let person = lamp.mention(K::Person, "Odo Lind", &format!("Odo Lind {HOSTILE}"));
    let police = lamp.mention(K::Group, "Police said", "Police");
    let rope = lamp.mention(K::Group, "The Red Rope", "The Red Rope");
    let place = lamp.mention(K::Place, "Ostby", "Ostby");
    let claim = lamp.mention(K::Claim, "claimed it", "Claim of the Red Rope");
    let outlet = lamp.mention(K::Outlet, "Lantern", "Lantern");
    let sentence = "A bomb went off at the mill of Ostby on Friday and killed two.";
    lamp.says(sentence, incident, (V::Type, None, term("bombing")), &[]);
    lamp.says(sentence, incident, (V::Place, None, Value::Mention(place)), &[]);
    lamp.says(
        "on Friday",
        incident,
        (V::Date, None, Value::Date("2016-05-13".parse().unwrap())),
        &[],
    );
    let two = lamp.says(
        "killed two",
        incident,
        (V::Killed, None, Value::Figure(Figure::exactly(2))),
        &[],
    );
    let retracted = lamp.says(
        "killed three",
        incident,
        (V::Killed, None, Value::Figure(Figure::exactly(3))),
        &[],
    );
    let said = "Police said that Odo Lind, a baker, \u{202e}perhaps laid it.";
    let voice = [(Voice::Mention(police), Stance::Hedged)];
    let accusation =
        lamp.says(said, incident, (V::Perpetrator, None, Value::Mention(person)), &voice);
    lamp.says(said, person, (V::Role, Some(incident), term("perpetrator")), &voice);
    lamp.says(
        "Odo Lind, a baker",
        person,
        (V::Description, None, Value::Text(HOSTILE.into())),
        &[],
    );
    let withdrawn = lamp.says(said, person, (V::Procedure, None, term("arrested")), &voice);
    let claimed = "The Red Rope claimed it through Lantern.";
    lamp.says(claimed, claim, (V::Claimant, None, Value::Mention(rope)), &[]);
    lamp.says(claimed, claim, (V::About, None, Value::Mention(incident)), &[]);
    lamp.says(claimed, claim, (V::Through, None, Value::Mention(outlet)), &[]);
    lamp.says(claimed, claim, (V::ClaimAct, None, term("claims")), &[]);
    let words = |text: &str| Value::Text(format!("{text} {HOSTILE}"));
    lamp.says(claimed, claim, (V::Wording, None, words("the deed of Odo Lind")), &[]);
    lamp.says(claimed, claim, (V::Details, None, words("Lind, a baker, laid it")), &[]);
    let trained = V::Involvement(Element::Trained);
    lamp.says(
        said,
        incident,
        (trained, Some(person), Value::Answer(throughline_model::Answer::Yes)),
        &voice,
    );
    lamp.says(
        said,
        incident,
        (trained, Some(rope), Value::Answer(throughline_model::Answer::Yes)),
        &voice,
    );
    let headline = "Lind blew up the mill, police sure";
    lamp.says(headline, incident, (V::Perpetrator, None, Value::Mention(person)), &[]);
    let lamp_end = Note {
        span: lamp.span("killed three"),
        assertion: Some(retracted),
        kind: NoteKind::Discrepancy,
        text: format!("two and three {HOSTILE}"),
    };
    lamp.reading.notes.push(lamp_end);
    lamp.document.pages = vec![Page { name: "iv<".into(), start: 0 }];
    let bytes = png(0);
    lamp.document.pictures = vec![
        Picture { sha256: None, name: HOSTILE.into(), caption: Some(HOSTILE.into()), at: Some(40) },
        Picture {
            sha256: Some(Sha256::of(&bytes)),
            name: HOSTILE.into(),
            caption: Some(HOSTILE.into()),
            at: None,
        },
    ];
    lamp.pictures.push(PictureBytes::seen(bytes));
    lamp.document.references = vec![Reference {
        relation: Relation::Forwards,
        source: Some(HOSTILE.into()),
        item: Some("12<".into()),
        at: None,
    }];
    lamp.document.notes = vec![HOSTILE.into()];
    lamp.store(&mut casebook);

    let mut post = Paper::new(
        "The Harbour Post",
        "Baker cleared",
        Some("2016-06-20"),
        &[
            (Z::Body, "The court said that the baker Odo Lind had no part in the bomb of Ostby."),
            (
                Z::Body,
                "It was one of a series of bombs along the coast, shown on the channel Rope News.",
            ),
        ],
    );
    let later_person = post.mention(K::Person, "Odo Lind", "Odo Lind");
    let later_incident = post.mention(K::Incident, "the bomb of Ostby", "The bomb of Ostby");
    let set = post.mention(K::Set, "a series of bombs", "Bombs along the coast");
    let channel = post.mention(K::Channel, "Rope News", "Rope News");
    let cleared = "The court said that the baker Odo Lind had no part in the bomb of Ostby.";
    let court = [(Voice::Described("the court".into()), Stance::Asserted)];
    let clears = post.says(cleared, later_person, (V::Cleared, None, term("cleared")), &court);
    let series = "It was one of a series of bombs along the coast, shown on the channel Rope News.";
    post.says(series, set, (V::Member, None, Value::Mention(later_incident)), &[]);
    post.says(series, set, (V::Type, None, term("bombing")), &[]);
    post.says(series, channel, (V::Shared, None, Value::Text("a film".into())), &[]);
    let bytes = png(9);
    let sha256 = Some(Sha256::of(&bytes));
    post.document.pictures =
        vec![Picture { sha256, name: "copy.png".into(), caption: None, at: None }];
    post.pictures.push(PictureBytes::seen(bytes));
    post.store(&mut casebook);

    let undated = Paper::new("", "", None, &[(Z::Body, "Of the mill nothing more is known.")]);
    undated.store(&mut casebook);

    judge_citing(&mut casebook, Act::Same(incident, later_incident), &[], &[post.document.id]);
    judge_citing(&mut casebook, Act::Same(person, later_person), &[], &[post.document.id]);
    judge(&mut casebook, Act::Accept(two), &[]);
    judge(&mut casebook, Act::Retract(retracted), &[]);
    let on = "2016-06-01".parse().unwrap();
    judge(&mut casebook, Act::Withdraw { assertion: withdrawn, on }, &[]);
    judge_citing(&mut casebook, Act::Accept(clears), &[], &[post.document.id]);
    let finding = |value: u32| {
        Act::Find(Box::new(Target {
            subject: incident,
            variable: V::Killed,
            party: None,
            value: Some(Value::Figure(Figure::exactly(value))),
            rests_on: vec![two],
        }))
    };
    let first = judge(&mut casebook, finding(2), &[]);
    casebook.settle(|_| {}).unwrap();
    casebook.save_definition(PEOPLE).unwrap();
    let publication =
        Publication { toml: COUNT, as_of: AsOf::default(), by: HOSTILE, at: HOSTILE, draft: true };
    let published = casebook.publish(&publication).unwrap().count.number;
    // The published count no longer stands: nobody was killed after all.
    let second = judge(&mut casebook, finding(0), &[first]);
    let third = judge(&mut casebook, Act::Accept(accusation), &[]);
    judge(&mut casebook, Act::Undo, &[third]);
    assert_ne!(first, second);
    casebook.settle(|_| {}).unwrap();
    drop(casebook);

    let manner = Manner { read_only: true, ..Manner::default() };
    let pages = throughline_web::application(&path, PORT, &manner).unwrap().pages;
    World {
        _folder: folder,
        path,
        pages,
        first: lamp.document.id,
        second: post.document.id,
        incident,
        later_incident,
        person,
        retracted,
        withdrawn,
        accusation,
        published,
    }
}
