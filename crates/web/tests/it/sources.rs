//! Sources sent through pages: read as the command reads, bounded, and beside the pages.

use std::io::{Read, Write};
use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::Value as Json;
use throughline_casebook::Casebook;
use throughline_intake::{Heard, Tally, Wanted, take_in};
use throughline_model::AsOf;
use throughline_web::{Audience, Manner};

use crate::visitor::{Visitor, host};
use crate::world::{Answer, HOSTILE, Judges, PORT, World, answer, world};

const BOUNDARY: &str = "----a-boundary";

/// A file, a field of the name `files` or `folder`; else a field without a file's name.
pub(crate) type Part<'p> = (&'p str, Option<&'p str>, &'p [u8]);

/// A form as a browser sends it.
fn form(parts: &[Part]) -> Vec<u8> {
    let mut body = Vec::new();
    for (field, file, bytes) in parts {
        write!(body, "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{field}\"").unwrap();
        if let Some(file) = file {
            let file = file.replace('"', "%22");
            write!(body, "; filename=\"{file}\"\r\nContent-Type: text/plain").unwrap();
        }
        body.extend_from_slice(b"\r\n\r\n");
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    write!(body, "--{BOUNDARY}--\r\n").unwrap();
    body
}

/// A casebook with nothing in it, and somebody let in to its pages.
pub(crate) struct Empty {
    folder: tempfile::TempDir,
    pub(crate) visitor: Visitor,
}

impl Empty {
    pub(crate) async fn new() -> Empty {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("empty.casebook");
        drop(Casebook::open_or_create(&path).unwrap());
        let application = throughline_web::application(&path, PORT, &Manner::default()).unwrap();
        let desk = Judges { pages: application.pages, key: application.key.unwrap() };
        Empty { folder, visitor: Visitor::let_in(desk).await }
    }

    pub(crate) fn casebook(&self) -> Casebook {
        Casebook::open(&self.folder.path().join("empty.casebook")).unwrap()
    }

    fn entries(&self) -> i64 {
        self.casebook().tip().unwrap().entries
    }
}

impl Visitor {
    /// Sends a form to be read, the token first.
    pub(crate) async fn deliver(&self, parts: &[Part<'_>]) -> Answer {
        let token: Part = ("token", None, self.token.as_bytes());
        self.raw(form(&[&[token], parts].concat()), "multipart/form-data; boundary=", &host()).await
    }

    async fn raw(&self, body: Vec<u8>, kind: &str, from: &str) -> Answer {
        let request = Request::post("/read")
            .header("host", host())
            .header("origin", format!("http://{from}"))
            .header("cookie", self.cookies.join("; "))
            .header("content-type", format!("{kind}{BOUNDARY}"));
        answer(&self.desk.pages, request.body(Body::from(body)).unwrap()).await
    }

    /// Waits until a reading is over: its page, and what it says as JSON.
    pub(crate) async fn over(&self, sent: &Answer) -> (String, Json) {
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
        let address = sent.headers["location"].to_str().unwrap();
        for _ in 0..600 {
            let told = self.get(&format!("{address}.json")).await;
            let told: Json = serde_json::from_str(&told.text).unwrap();
            if !told[0]["became"].is_null() {
                return (self.html(address).await, told[0].clone());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("{address} is never over");
    }
}

const LAMP: &[u8] =
    b"The Lamp\n\nBomb in Lenn\n\n14 May 2016\n\nA bomb killed two people in Lenn.\n";
const POST: &[u8] = b"The Post\n\nFire in Ostby\n\n2 June 2016\n\nA fire killed a man in Ostby.\n";

#[test]
fn what_is_sent_is_read_as_the_command_reads_it() {
    World::runtime().block_on(async {
        let empty = Empty::new().await;
        let parts: [Part; 5] = [
            ("folder", Some("articles/lamp.txt"), LAMP),
            ("folder", Some("articles/empty.txt"), b""),
            ("folder", Some("articles/what.xyz"), b"\0\x01"),
            ("folder", Some("articles/.shadow/a.txt"), b"A bomb in Marl."),
            ("folder", Some("articles/deeper/post.txt"), POST),
        ];
        let sent = empty.visitor.deliver(&parts).await;
        let (page, told) = empty.visitor.over(&sent).await;

        // The same folder, read as `throughline read` does.
        let folder = tempfile::tempdir().unwrap();
        for (_, name, bytes) in parts {
            let path = folder.path().join(name.unwrap());
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
        let mut casebook = Casebook::open_or_create(&folder.path().join("a.casebook")).unwrap();
        let mut tally = Tally::default();
        let items = throughline_capture::capture(
            [folder.path().join("articles")],
            throughline_capture::Given::default(),
        );
        let mut hear = |_: Heard<'_>| -> throughline_casebook::Result<_> {
            Ok(std::ops::ControlFlow::Continue(()))
        };
        take_in(
            &mut casebook,
            items,
            Wanted { readings: true, now: throughline_model::Instant(i64::MAX) },
            &mut tally,
            &mut hear,
        )
        .unwrap();
        let own = tally.json().to_string();
        let outside = format!("{}/", folder.path().display());
        assert_eq!(told["became"].to_string(), own.replace(&outside, ""), "all but the way to it");
        assert_eq!(
            (told["became"]["new"].as_u64(), told["became"]["failures"].as_u64()),
            (Some(3), Some(1))
        );

        let rows = |casebook: &Casebook| {
            let all = throughline_casebook::Part { from: 0, many: 10 };
            casebook.documents_part(AsOf::default(), all).unwrap()
        };
        casebook.settle(|_| {}).unwrap();
        let (by_page, by_command) = (rows(&empty.casebook()), rows(&casebook));
        assert_eq!(by_page.len(), 3);
        for (one, other) in by_page.iter().zip(&by_command) {
            assert_eq!((one.id, &one.file, &one.reader), (other.id, &other.file, &other.reader));
            assert!(page.contains(&format!("/documents/{}", one.id)), "it leads to {}", one.id);
        }
        for said in [
            "It is read",
            "3 new (1 without text), 1 failed",
            "articles/empty.txt",
            "1 hidden file",
        ] {
            assert!(page.contains(said), "{said}: {page}");
        }
        assert!(!empty.visitor.html("/incidents").await.contains("None, as of"));

        // The same again, of whatever name.
        let again = empty.visitor.deliver(&[("files", Some("other.txt"), LAMP)]).await;
        let (page, told) = empty.visitor.over(&again).await;
        assert_eq!(
            (told["became"]["new"].as_u64(), told["became"]["known"].as_u64()),
            (Some(0), Some(1))
        );
        assert!(page.contains("There already") && page.contains("Bomb in Lenn"), "{page}");
        assert!(empty.visitor.html("/read").await.contains("1 known"));
    });
}

#[test]
fn what_one_must_know_of_what_was_read_is_said() {
    World::runtime().block_on(async {
        let empty = Empty::new().await;
        let foreign = "Le Phare\n\nBombe à Lenn\n\n14 May 2016\n\nUne bombe a explosé vendredi au moulin de Lenn \
                       et a tué deux personnes. La police a dit qu’un boulanger l’avait posée, et que personne \
                       d’autre n’y avait pris part.\n";
        let parts: [Part; 3] = [
            ("files", Some("undated.txt"), b"A bomb went off in Lenn."),
            ("files", Some("phare.txt"), foreign.as_bytes()),
            ("files", Some("lamp.txt"), LAMP),
        ];
        let sent = empty.visitor.deliver(&parts).await;
        let (page, told) = empty.visitor.over(&sent).await;
        let became = &told["became"];
        assert_eq!((&became["undated"], &became["not_english"]), (&1.into(), &1.into()), "{told}");
        for said in ["undated.txt: says nowhere when", "phare.txt: is in another language", "Judge what was read"] {
            assert!(page.contains(said), "{said}: {page}");
        }
        assert!(!page.contains("lamp.txt: "), "{page}");
    });
}

#[test]
fn a_text_is_pasted_with_what_it_does_not_say_itself() {
    World::runtime().block_on(async {
        let empty = Empty::new().await;
        let words = "A bomb went off in Lenn.\r\n\r\nNobody was hurt.\r\n".as_bytes();
        let fields: [Part; 4] = [
            ("text", None, words),
            ("headline", None, b"  Bomb in Lenn "),
            ("source", None, b"The Lamp"),
            ("published", None, b"14 May 2016"),
        ];
        // A browser sends empty files of fields without a choice.
        let none: [Part; 2] = [("files", Some(""), b""), ("folder", Some(""), b"")];
        let sent = empty.visitor.deliver(&[&fields[..], &none].concat()).await;
        let (_, told) = empty.visitor.over(&sent).await;
        assert_eq!(told["became"]["new"], 1, "{told}");
        let id = told["became"]["documents"][0]["id"].as_str().unwrap().to_owned();
        let page = empty.visitor.html(&format!("/documents/{id}")).await;
        for said in ["Bomb in Lenn", "The Lamp", "2016", "Nobody was hurt."] {
            assert!(page.contains(said), "{said}: {page}");
        }
        // As a script sends it, without carriage returns, it is the same text.
        let plain = String::from_utf8(words.to_vec()).unwrap().replace("\r\n", "\n");
        let fields: [Part; 2] =
            [("text", None, plain.as_bytes()), ("headline", None, b"Bomb in Lenn")];
        let (_, told) = empty.visitor.over(&empty.visitor.deliver(&fields).await).await;
        assert_eq!(told["became"]["known"], 1, "{told}");

        for (field, value, why) in [
            ("published", "2999-01-01", "has not come yet"),
            ("published", "03/04/2017", "no date of publication"),
            ("medium", "gossip", "no medium"),
            ("source", &"x".repeat(10_001), "more than 10000 bytes"),
            ("other", "x", "no field of this form"),
        ] {
            let fields: [Part; 2] = [("text", None, words), (field, None, value.as_bytes())];
            let refused = empty.visitor.deliver(&fields).await;
            assert_eq!(refused.status, StatusCode::BAD_REQUEST, "{field}");
            assert!(refused.text.contains(why), "{}", refused.text);
        }
        // What is too long is told by whoever reads it, with a headline and without.
        let long = "A bomb went off. ".repeat(600_000);
        for headline in [&b""[..], b"Bomb"] {
            let fields: [Part; 2] = [("text", None, long.as_bytes()), ("headline", None, headline)];
            let (_, told) = empty.visitor.over(&empty.visitor.deliver(&fields).await).await;
            let why = told["became"]["failed"][0]["cause"].as_str().unwrap();
            assert!(why.contains("too large"), "{told}");
        }
        for nothing in [&none[..], &[("text", None, b" \r\n ")]] {
            let refused = empty.visitor.deliver(nothing).await;
            assert!(refused.text.contains("Nothing was sent"), "{}", refused.text);
        }
    });
}

/// A packed file that unpacks to so many bytes of one letter.
fn bomb(bytes: u64) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    std::io::copy(&mut std::io::repeat(b'a').take(bytes), &mut packed).unwrap();
    packed.finish().unwrap()
}

#[test]
fn hostile_files_harm_nothing_and_lose_no_other() {
    World::runtime().block_on(async {
        let empty = Empty::new().await;
        let line = [b"{\"text\": \"", &vec![b'x'; 10 << 20][..], b"\"}\n{\"text\": \"A fire.\"}\n"]
            .concat();
        let bomb = bomb(64 << 20);
        let markup = format!("folder/{HOSTILE}.txt").replace(['\n', '\u{1b}'], "");
        let parts: [Part; 7] = [
            ("files", Some("../../../etc/passwd.txt"), LAMP),
            ("folder", Some(&markup), POST),
            ("files", Some("long.jsonl"), &line),
            ("files", Some("bomb.txt.gz"), &bomb),
            ("files", Some("page.html"), b"<script>window.harmed = 1</script><p>A mill burned."),
            ("files", Some("cut.zip"), b"PK\x03\x04 and nothing more"),
            ("files", Some("/absolute.txt"), b"A bridge burned in Marl."),
        ];
        let (page, told) = empty.visitor.over(&empty.visitor.deliver(&parts).await).await;
        let became = &told["became"];
        let failed: Vec<&str> = became["failed"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["place"].as_str().unwrap())
            .collect();
        for bad in ["long.jsonl:1", "cut.zip"] {
            assert!(failed.contains(&bad), "{bad}: {told}");
        }
        assert!(failed.iter().any(|place| place.starts_with("bomb.txt.gz")), "{told}");
        assert_eq!(became["new"], 5, "{told}");
        assert!(!page.contains("<script>") && !page.contains("<b>") && !page.contains('\u{202e}'));
        assert!(page.contains("../../../etc/passwd.txt"), "a name is words: {page}");
        assert!(!empty.folder.path().join("absolute.txt").exists());
    });
}

#[test]
fn what_is_not_sent_from_these_pages_or_not_whole_is_refused() {
    World::runtime().block_on(async {
        let empty = Empty::new().await;
        let visitor = &empty.visitor;
        let before = empty.entries();
        let file: Part = ("files", Some("a.txt"), LAMP);
        let token: Part = ("token", None, visitor.token.as_bytes());
        let whole = form(&[token, file]);
        let kind = "multipart/form-data; boundary=";
        let refused = |answer: Answer, status: u16, why: &str| {
            assert_eq!(answer.status.as_u16(), status, "{why}: {}", answer.text);
            assert!(answer.text.contains(why), "{why}: {}", answer.text);
        };
        refused(
            visitor.raw(form(&[file]), kind, &host()).await,
            403,
            "not of the server that runs now",
        );
        refused(visitor.raw(form(&[file, token]), kind, &host()).await, 403, "not of the server");
        let wrong: Part = ("token", None, b"0123456789abcdef0123456789abcdef");
        refused(visitor.raw(form(&[wrong, file]), kind, &host()).await, 403, "not of the server");
        refused(
            visitor.raw(whole.clone(), kind, "evil.example").await,
            403,
            "not sent from these pages",
        );
        refused(
            visitor.raw(whole.clone(), "text/plain; x=", &host()).await,
            400,
            "no form of these pages",
        );
        refused(
            visitor.raw(b"a=b".to_vec(), "application/x-www-form-urlencoded; x=", &host()).await,
            400,
            "no form",
        );
        for length in [whole.len() - 4, whole.len() - 60, whole.len() / 2] {
            let cut = whole[..length].to_vec();
            refused(visitor.raw(cut, kind, &host()).await, 400, "not whole");
        }
        // Without the key nothing is told.
        let request = Request::post("/read")
            .header("host", host())
            .header("content-type", format!("{kind}{BOUNDARY}"));
        let keyless = answer(&visitor.desk.pages, request.body(Body::from(whole)).unwrap()).await;
        refused(keyless, 403, "The key is missing");
        assert_eq!(empty.entries(), before);
        assert_eq!(visitor.get("/read.json").await.text.trim(), "[]", "nothing was begun");
    });
}

#[test]
fn more_than_is_taken_at_once_is_refused_as_a_whole() {
    World::runtime().block_on(async {
        let empty = Empty::new().await;
        let many: Vec<Part> =
            (0..10_001).map(|_| ("files", Some("a.txt"), &b"A fire."[..])).collect();
        let refused = empty.visitor.deliver(&many).await;
        assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert!(refused.text.contains("More than 10000 files"), "{}", refused.text);
        assert!(refused.text.contains("throughline read"), "what to do: {}", refused.text);
        let long = "x".repeat(4_001);
        let refused = empty.visitor.deliver(&[("files", Some(&long), LAMP)]).await;
        assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert!(refused.text.contains("4001 bytes") && !refused.text.contains(&long));
        assert_eq!(empty.visitor.get("/read.json").await.text.trim(), "[]", "nothing was begun");
    });
}

#[test]
fn two_are_read_one_after_the_other_while_pages_go_on_and_one_is_ended() {
    World::runtime().block_on(async {
        let empty = Empty::new().await;
        let many: Vec<String> = (0..3_000)
            .map(|at| {
                format!("{{\"text\": \"A bomb killed {at} people in Lenn on 3 May 2016.\"}}\n")
            })
            .collect();
        let long = many.concat();
        let first = empty.visitor.deliver(&[("files", Some("a.jsonl"), long.as_bytes())]).await;
        let second = empty.visitor.deliver(&[("files", Some("b.txt"), POST)]).await;
        let numbers =
            [&first, &second].map(|one| one.headers["location"].to_str().unwrap().to_owned());
        assert_eq!(numbers, ["/read/1", "/read/2"]);
        // What is read is told, and every page answers meanwhile.
        let page = empty.visitor.get("/read/1").await;
        assert!(page.headers.contains_key("refresh"), "{}", page.text);
        assert!(empty.visitor.html("/read").await.contains("others are read before it"));
        empty.visitor.html("/documents").await;
        let ended = empty.visitor.post("/read/end", &[("reading", "1")]).await;
        assert_eq!(ended.headers["location"], "/read/1");
        let (page, told) = empty.visitor.over(&first).await;
        assert_eq!(told["state"], "ended", "{told}");
        assert!(page.contains("It was ended"), "{page}");
        let stored = told["became"]["new"].as_u64().unwrap();
        assert!(stored < 3_000, "{stored}");
        let (_, told) = empty.visitor.over(&second).await;
        assert_eq!(told["became"]["new"], 1, "{told}");
        let extent = empty.casebook().extent(AsOf::default()).unwrap();
        assert_eq!(extent.documents + extent.undated, stored + 1, "what was stored stays");
        for number in ["3", "x", ""] {
            let missing = empty.visitor.post("/read/end", &[("reading", number)]).await;
            assert_eq!(missing.status, StatusCode::NOT_FOUND, "{number}");
            let missing = empty.visitor.get(&format!("/read/{number}x")).await;
            assert_eq!(missing.status, StatusCode::NOT_FOUND, "{number}");
        }
    });
}

#[test]
fn who_only_reads_takes_nothing_in() {
    World::runtime().block_on(async {
        let world = world();
        for address in ["/read", "/read/1"] {
            let page = world.get(address).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{address}");
            assert!(page.text.contains("only for reading"), "{}", page.text);
        }
        assert!(!world.html("/").await.contains("href=\"/read\""));
        let readers = world.to(Audience::Readers);
        assert_eq!(readers.get("/read").await.status, StatusCode::NOT_FOUND);
        let request = Request::post("/read").header("host", host());
        let refused = readers.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(refused.status, StatusCode::METHOD_NOT_ALLOWED);
    });
}
