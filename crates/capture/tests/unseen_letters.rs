//! Letters that cannot be seen hide in no text, whatever its format.

#![allow(clippy::unwrap_used)]

use std::io::{Cursor, Write};

use throughline_capture::{Captured, Given, capture_bytes};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// "Vossler" and "Ostby" with what hides in them: soft hyphen, zero-width space and joiner, controls of
/// direction, byte order mark; and blanks that are no spaces.
const TITLE: &str = "Jan Vo\u{AD}ss\u{200B}ler is free";
const SAID: &str = "The judge at\u{A0}\u{202E}Ost\u{202C}by freed Vo\u{AD}ss\u{2060}ler\u{FEFF} on \
    Monday\u{202F}night, his l\u{200D}awyer said.";
const SEEN: &str = "The judge at Ostby freed Vossler on Monday night, his lawyer said.";

fn zip_of(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn read(name: &str, bytes: &[u8]) -> Captured {
    let mut found = Vec::new();
    capture_bytes(name, bytes, &Given::default(), |item| found.push(item.unwrap()));
    assert_eq!(found.len(), 1, "{name}");
    found.remove(0)
}

fn spelled_in_rtf(text: &str) -> String {
    text.chars()
        .map(|letter| match letter.is_ascii() {
            true => letter.to_string(),
            false => format!("\\u{}?", letter as u32 as i16),
        })
        .collect()
}

#[test]
fn no_format_lets_them_into_a_text() {
    let word = |body: &str| {
        format!(
            "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>\
             <w:body>{body}</w:body></w:document>"
        )
    };
    let docx = word(&format!(
        "<w:p><w:pPr><w:pStyle w:val='Title'/></w:pPr><w:r><w:t>{TITLE}</w:t></w:r></w:p>\
         <w:p><w:r><w:t>{SAID}</w:t></w:r></w:p>"
    ));
    let odt = format!(
        "<office:document-content><office:body><office:text><text:h>{TITLE}</text:h>\
         <text:p>{SAID}</text:p></office:text></office:body></office:document-content>"
    );
    let files: [(&str, Vec<u8>); 9] = [
        ("a.txt", format!("{TITLE}\n\n{SAID}\n").into()),
        ("a.jsonl", serde_json::json!({"title": TITLE, "text": SAID}).to_string().into()),
        ("a.html", format!("<title>{TITLE}</title><h1>{TITLE}</h1><p>{SAID}</p>").into()),
        (
            "a.rss",
            format!("<rss><channel><item><title>{TITLE}</title><description>{SAID}</description></item></channel></rss>")
                .into(),
        ),
        (
            "a.eml",
            format!(
                "From: a@lamp.example\nSubject: {TITLE}\nContent-Type: text/plain; charset=utf-8\n\
                 Content-Transfer-Encoding: 8bit\n\n{SAID}\n"
            )
            .into(),
        ),
        (
            "result.json",
            serde_json::json!({"name": "a", "type": "public_channel", "id": 1, "messages": [
                {"id": 1, "type": "message", "text": format!("{TITLE}\n\n{SAID}")}]})
            .to_string()
            .into(),
        ),
        ("a.docx", zip_of(&[("[Content_Types].xml", "<a/>"), ("word/document.xml", &docx)])),
        ("a.odt", zip_of(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", &odt)])),
        (
            "a.rtf",
            format!("{{\\rtf1 {}\\par {}\\par}}", spelled_in_rtf(TITLE), spelled_in_rtf(SAID)).into(),
        ),
    ];
    for (name, bytes) in files {
        let captured = read(name, &bytes);
        let document = captured.document;
        assert_eq!(document.text.trim_end(), format!("Jan Vossler is free\n\n{SEEN}"), "{name}");
        assert!(document.title.is_none_or(|title| title == "Jan Vossler is free"), "{name}");
        let last = document.zones.last().unwrap();
        assert_eq!(last.span.of(&document.text), SEEN, "{name}");
        // The bytes stay as they came; of a feed and an export a document has its part.
        if !["a.rss", "result.json"].contains(&name) {
            assert_eq!(captured.bytes, bytes, "{name}");
        }
    }
}

#[test]
fn letters_of_other_scripts_keep_their_joiners() {
    let text = "او می\u{200C}خواهد برود. 👩\u{200D}👧 آمدند.";
    assert_eq!(read("a.txt", text.as_bytes()).document.text, text);
}
