//! A picture of a man wrongly accused: three channels, a newspaper, a correction; from the files to
//! the page that `spread` prints.

use image::RgbImage;
use serde_json::{Value as Json, json};

use crate::made;
use crate::served::Served;
use crate::support::{Casebook, arg, text};

/// A message of a channel; times are UTC, the clock of the export two hours ahead.
fn message(id: u64, unixtime: i64, more: Json) -> Json {
    let mut message = json!({
        "id": id, "type": "message", "date": "2019-06-02T12:00:00",
        "date_unixtime": unixtime.to_string(), "text": "",
    });
    let fields = message.as_object_mut().unwrap();
    fields.extend(more.as_object().unwrap().clone());
    message
}

fn export(casebook: &Casebook, folder: &str, name: &str, id: u64, messages: Vec<Json>) {
    // In the order in which Telegram Desktop writes it.
    let messages = Json::Array(messages);
    let name = Json::from(name);
    casebook.file(
        &format!("{folder}/result.json"),
        format!(
            r#"{{"name": {name}, "type": "public_channel", "id": {id}, "messages": {messages}}}"#
        ),
    );
}

fn picture(casebook: &Casebook, name: &str, picture: &RgbImage, quality: u8) {
    casebook.file(name, made::jpeg(picture, quality));
}

/// 2 June 2019, 09:00 UTC.
const NINE: i64 = 1_559_466_000;

/// The files: an original post, a message that passes it on without the file, a recompressed and
/// scaled copy, a paper that names the man, its correction, an answer in the first channel.
fn exports(casebook: &Casebook) {
    let man = made::picture(0, 5);
    picture(casebook, "one/photos/photo_1.jpg", &man, 85);
    picture(casebook, "one/photos/photo_2.jpg", &made::picture(1, 8), 85);
    export(
        casebook,
        "one",
        "Lantern Front",
        71,
        vec![
            message(
                3,
                NINE - 86_400,
                json!({"photo": "photos/photo_2.jpg", "text": "The harbour at Lenn."}),
            ),
            message(
                4,
                NINE,
                json!({
                    "photo": "photos/photo_1.jpg",
                    "text": "Karl Vossler killed three people at Lenn station on Saturday.",
                }),
            ),
            message(
                9,
                NINE + 90_000,
                json!({
                    "reply_to_message_id": 4,
                    "text": "Karl Vossler was wrongly accused of the shooting at Lenn station.",
                }),
            ),
        ],
    );
    export(
        casebook,
        "two",
        "Quay Voice",
        72,
        vec![message(
            18,
            NINE + 1_800,
            json!({
                "forwarded_from": "Lantern Front", "forwarded_from_id": "channel71",
                "photo": "(File not included. Change data exporting settings to download.)",
                "text": "Karl Vossler killed three people at Lenn station on Saturday.",
            }),
        )],
    );
    let copy = made::changed(&man, 2, 1);
    picture(casebook, "three/photos/p.jpg", &copy, 60);
    export(
        casebook,
        "three",
        "Night Ferry",
        73,
        vec![message(
            5,
            NINE + 7_200,
            json!({
                "photo": "photos/p.jpg", "text": "Share this face.",
            }),
        )],
    );
    casebook.file(
        "papers/1-lamp.txt",
        "The Evening Lamp\n\nGunman named\n\n- By Ada Marsh\n\n2 June 2019\n\n\
         Police named Karl Vossler as the gunman who killed three people at Lenn station on Saturday.\n",
    );
    casebook.file(
        "papers/2-lamp.txt",
        "The Evening Lamp\n\nA correction\n\n4 June 2019\n\n\
         Karl Vossler was wrongly named as the gunman at Lenn station, police said on Monday.\n",
    );
}

pub(crate) fn all(casebook: &Casebook) {
    exports(casebook);
    casebook.ok(&["read", "one", "two", "three", "papers"]);
}

#[test]
fn a_picture_is_followed_from_its_first_post_to_its_correction() {
    let casebook = Casebook::new();
    all(&casebook);
    let pictures = casebook.json(&["pictures"]);
    assert_eq!(pictures.len(), 3);
    let post = pictures
        .iter()
        .find(|row| row["published"] == "2019-06-02" && row["source"] == "Lantern Front");
    let id = text(post.unwrap(), "id").to_owned();
    assert_eq!(post.unwrap()["alike"].as_array().unwrap().len(), 1);

    let spread = &casebook.json(&["spread", &id])[0];
    let steps = spread["steps"].as_array().unwrap();
    let places: Vec<String> = steps
        .iter()
        .map(|step| format!("{} {}", text(step, "source"), text(step, "item")))
        .collect();
    assert_eq!(places, ["Lantern Front 4", "Quay Voice 18", "Night Ferry 5", "Lantern Front 9"]);
    assert_eq!(steps[0]["published_at"], "2019-06-02T09:00:00Z");
    assert_eq!(steps[0]["pictures"][0]["distance"], 0);
    assert_eq!(steps[1]["passed"][0]["document"], steps[0]["document"]);
    assert_eq!(steps[1]["pictures"].as_array().unwrap().len(), 0);
    assert!(steps[2]["pictures"][0]["distance"].as_u64().unwrap() > 0);
    assert_eq!(steps[3]["passed"][0]["relation"], "answers");
    let people = spread["people"].as_array().unwrap();
    // Nobody has judged that the two who go by the name are one, and all that clears stands there.
    let of = |field: &str| -> Vec<&str> {
        let all = people.iter().flat_map(|one| one[field].as_array().unwrap());
        let mut days: Vec<&str> = all.map(|one| text(one, "published")).collect();
        days.sort_unstable();
        days
    };
    assert!(people.iter().all(|one| one["name"] == "Karl Vossler"), "{people:#?}");
    assert_eq!(of("corrected"), ["2019-06-03", "2019-06-04"], "{people:#?}");
    assert_eq!(of("said"), ["2019-06-02"; 3]);
    assert_eq!(people.iter().filter(|one| one["namesake"] == true).count(), 1);

    // The file of a reader who saw the picture somewhere else finds the same.
    let seen = made::changed(&made::picture(0, 5), 0, 3);
    let file = casebook.file("seen.jpg", made::jpeg(&seen, 70));
    let from_file = &casebook.json(&["spread", arg(&file)])[0];
    assert_eq!(from_file["steps"].as_array().unwrap().len(), 4);
    let other = casebook.file("other.jpg", made::jpeg(&made::picture(2, 40), 70));
    assert_eq!(casebook.json(&["spread", arg(&other)])[0]["steps"].as_array().unwrap().len(), 0);
}

/// Pages give the same values as the commands, of the present and of an earlier day.
#[test]
fn pages_follow_pictures_and_names_as_the_command_does() {
    let casebook = Casebook::new();
    all(&casebook);
    let served = Served::start(&casebook);
    for day in [None, Some("2019-06-02")] {
        let dates: Vec<&str> = day.into_iter().flat_map(|day| ["--as-of", day]).collect();
        let query = day.map(|day| format!("?as-of={day}")).unwrap_or_default();
        let command = |words: &[&str]| casebook.json(&[words, &dates].concat());
        let pictures = command(&["pictures"]);
        assert_eq!(pictures.len(), 3);
        assert_eq!(served.json(&format!("/pictures.json{query}")), pictures);
        for row in &pictures {
            let id = text(row, "id");
            let mut page = served.json(&format!("/pictures/{id}.json{query}"));
            let spread = page[0].as_object_mut().unwrap().remove("spread").unwrap();
            assert_eq!(page, command(&["show", id]));
            assert_eq!([spread], *command(&["spread", id]));
            let (status, _) = served.get(&format!("/ids/{id}"));
            assert_eq!(status, 303);
        }
        for row in command(&["people"]) {
            let id = text(&row, "id");
            let page = served.json(&format!("/people/{id}/spread.json{query}"));
            assert_eq!(page, command(&["spread", id]));
        }
    }
    let page = served.get("/pictures").1;
    assert!(page.contains("There are 3."), "{page}");
}

/// A picture is pixels on the desk, and nothing at all for readers, who get the man's name nowhere.
#[test]
fn readers_get_neither_the_picture_nor_the_name() {
    let casebook = Casebook::new();
    all(&casebook);
    let id = text(&casebook.json(&["pictures"])[0], "id").to_owned();
    let pixels = format!("/pictures/{id}/pixels");
    let desk = Served::start(&casebook);
    let (status, png) = desk.get(&pixels);
    assert!(status == 200 && png.starts_with("\u{FFFD}PNG"), "{status}");
    let readers = Served::with(&casebook, &["--edition", "readers"]);
    assert_eq!(readers.get(&pixels).0, 404);
    for list in ["/", "/people", "/incidents", "/documents", "/timeline", "/network"] {
        let (status, page) = readers.get(list);
        assert_eq!(status, 200, "{list}");
        assert!(!page.contains("Vossler") && !page.contains("Karl"), "{list}: {page}");
    }
    assert!(readers.get("/people").1.contains("[name withheld]"));
}

#[test]
fn whoever_is_named_beside_a_picture_is_shown_with_what_clears_him() {
    let casebook = Casebook::new();
    picture(&casebook, "one/photos/photo_1.jpg", &made::picture(0, 5), 85);
    let post = json!({"photo": "photos/photo_1.jpg", "text": "Share this face: Karl Vossler."});
    export(&casebook, "one", "Lantern Front", 71, vec![message(4, NINE, post)]);
    casebook.file(
        "lamp.txt",
        "The Evening Lamp\n\nA correction\n\n4 June 2019\n\n\
         Karl Vossler was wrongly named as the gunman at Lenn station, police said on Monday. \
         Ada Marsh, a teacher, saw it.\n",
    );
    casebook.ok(&["read", "one", "lamp.txt"]);
    let file = casebook.at("one/photos/photo_1.jpg");
    let spread = &casebook.json(&["spread", arg(&file)])[0];
    let people = spread["people"].as_array().unwrap();
    assert_eq!(people.len(), 1, "{people:#?}");
    assert_eq!((text(&people[0], "name"), &people[0]["namesake"]), ("Karl Vossler", &json!(true)));
    assert_eq!(people[0]["corrected"][0]["published"], "2019-06-04");
    assert_eq!(spread["steps"][0]["named"], json!([people[0]["id"]]));
    let page = casebook.ok(&["spread", arg(&file)]);
    assert!(page.contains("Karl Vossler is named there, and nothing was read of that"), "{page}");
}

#[test]
fn a_picture_that_was_read_by_itself_is_held_and_compared() {
    let casebook = Casebook::new();
    let seen = made::picture(0, 5);
    let file = casebook.file("wall.jpg", made::jpeg(&seen, 85));
    let run = casebook.run(&["read", arg(&file)]);
    assert!(run.err.contains("pictures have no text to read"), "{}", run.err);
    let copy = casebook.file("copy.jpg", made::jpeg(&made::changed(&seen, 0, 3), 70));
    for (file, itself) in [(&file, true), (&copy, false)] {
        let spread = &casebook.json(&["spread", arg(file)])[0];
        let steps = spread["steps"].as_array().unwrap();
        assert_eq!((steps.len(), &spread["held"]), (1, &json!(itself)));
        assert_eq!(steps[0]["pictures"][0]["distance"] == 0, itself);
        let page = casebook.ok(&["spread", arg(file)]);
        assert_eq!(page.contains("its bytes are not in this casebook"), !itself, "{page}");
    }
}

#[test]
fn a_picture_that_is_not_compared_says_so() {
    let casebook = Casebook::new();
    all(&casebook);
    let mut large = made::jpeg(&made::picture(2, 40), 70);
    // Height and width in the frame's head, each two bytes.
    let frame = large.windows(2).position(|marker| marker == [0xFF, 0xC0]).unwrap();
    large[frame + 5..frame + 9].copy_from_slice(&[0x20, 0, 0x20, 0]);
    let large = casebook.file("large.jpg", large);
    let page = casebook.ok(&["spread", arg(&large)]);
    assert!(page.contains("8192 × 8192 jpeg (over 16 megapixels: not compared)"), "{page}");
    assert!(page.contains("Not compared with others"), "{page}");
    let spread = &casebook.json(&["spread", arg(&large)])[0];
    assert_eq!((&spread["not_compared"], &spread["held"]), (&json!("too-large"), &json!(false)));
}

#[test]
fn before_the_correction_the_present_status_stands_beside_the_view() {
    let casebook = Casebook::new();
    all(&casebook);
    let page = casebook.ok(&["spread", "Karl Vossler", "--as-of", "2019-06-02"]);
    assert!(page.contains("As of: the public record of 2019-06-02"), "{page}");
    assert!(page.contains("corrected: nowhere in view"), "{page}");
    assert!(page.contains("present status: "), "{page}");
    assert!(page.contains("of the same name, today\n  per-"), "{page}");
    assert!(page.contains("Karl Vossler – cleared: misidentified"), "{page}");
    assert!(!page.contains("2019-06-04"), "{page}");
    let now = casebook.ok(&["spread", "Karl Vossler"]);
    assert!(now.contains("\ncorrected\n") && now.contains("2019-06-04"), "{now}");
    let spread = &casebook.json(&["spread", "vossler"])[0];
    assert_eq!(spread["steps"].as_array().unwrap().len(), 5);
    let none = casebook.fails(1, &["spread", "Nobody Known"]);
    assert!(none.contains("nobody called Nobody Known"), "{none}");
}

/// What is printed, word by word but for ids.
#[test]
fn the_page_reads_as_written_here() {
    let casebook = Casebook::new();
    all(&casebook);
    let pictures = casebook.json(&["pictures"]);
    let id = text(
        pictures
            .iter()
            .find(|row| row["published"] == "2019-06-02" && row["source"] == "Lantern Front")
            .unwrap(),
        "id",
    );
    let shown: String = casebook.ok(&["spread", id]);
    let plain = masked(&shown);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(PAGE, &plain).unwrap();
    }
    assert_eq!(plain, std::fs::read_to_string(PAGE).unwrap(), "UPDATE_GOLDEN=1 rewrites the page");
}

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/spread.txt");

/// Ids are made of hashes, which say nothing to a reader of the page.
fn masked(page: &str) -> String {
    let mut out = String::new();
    let mut rest = page;
    while let Some(at) = rest.find('-') {
        let (before, after) = rest.split_at(at);
        let id: String = after[1..].chars().take_while(char::is_ascii_alphanumeric).collect();
        let prefix = before.len() >= 3
            && before.is_char_boundary(before.len() - 3)
            && ["doc", "pic", "per", "ast", "inc"].contains(&&before[before.len() - 3..]);
        out.push_str(before);
        match prefix && id.len() == 12 {
            true => out.push_str("-…"),
            false => out.push_str(&after[..1 + id.len()]),
        }
        rest = &after[1 + id.len()..];
    }
    out + rest
}

#[test]
fn a_message_is_shown_with_its_picture_and_what_it_passes_on() {
    let casebook = Casebook::new();
    all(&casebook);
    let documents = casebook.json(&["documents"]);
    let of = |source: &str| {
        let row = documents.iter().find(|row| row["source"] == source).unwrap();
        text(row, "id").to_owned()
    };
    let page = casebook.ok(&["documents"]);
    assert!(page.contains("“Share this face.”") && page.contains("A correction"), "{page}");
    let page = casebook.ok(&["show", &of("Quay Voice")]);
    assert!(page.contains("refers    passes on Lantern Front [doc-"), "{page}");
    assert!(
        page.contains("note      its picture did not come along: File not included."),
        "{page}"
    );
    assert!(page.contains("at        2019-06-02T09:30:00Z"), "{page}");
    let page = casebook.ok(&["show", &of("Night Ferry")]);
    assert!(
        page.contains("picture   pic-") && page.contains("jpeg, called photos/p.jpg"),
        "{page}"
    );
    let id = casebook.json(&["pictures"])[0]["id"].as_str().unwrap().to_owned();
    assert!(casebook.ok(&["show", &id]).contains("throughline spread"));
}

#[test]
fn reading_again_adds_nothing_and_a_hostile_export_costs_what_is_hostile() {
    let casebook = Casebook::new();
    all(&casebook);
    let before = casebook.content();
    casebook.ok(&["read", "one", "two", "three", "papers"]);
    assert_eq!(casebook.content(), before);
    casebook.file(
        "bad/result.json",
        r#"{"name": "\u202eegdirB \u001b[31m", "type": "public_channel", "id": 9, "messages": [
            {"id": 1, "date": "2019-06-05T00:00:00", "photo": "../one/photos/photo_1.jpg", "text": "x"},
            {"id": 2, "text": "cut"#,
    );
    let run = casebook.run(&["read", "bad"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("cut short after 1 complete message"), "{}", run.err);
    let list = casebook.ok(&["documents"]);
    assert!(!list.contains('\u{202e}') && !list.contains('\u{1b}'), "{list}");
    assert_eq!(casebook.json(&["pictures"]).len(), 3);
    casebook.ok(&["verify"]);
}
