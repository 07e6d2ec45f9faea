//! Office documents made to harm: bounded, named, and nothing outside them is looked for.

#![allow(clippy::unwrap_used)]

use std::io::{Cursor, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use throughline_capture::{Cause, Given, read_docx, read_odt, read_pdf};
use zip::write::SimpleFileOptions;

const BODY: &str = "<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>He fled.</w:t></w:r></w:p>";
const END: &str = "</w:body></w:document>";

fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        out.start_file(*name, SimpleFileOptions::default()).unwrap();
        out.write_all(bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

fn docx(body: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let mut parts: Vec<(&str, &[u8])> = vec![("word/document.xml", body.as_bytes())];
    parts.extend_from_slice(more);
    packed(&parts)
}

fn given() -> Given {
    Given::default()
}

#[test]
fn entities_are_refused_and_never_expanded() {
    let lol = "<!DOCTYPE w [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>";
    let outside = "<!DOCTYPE w [<!ENTITY a SYSTEM \"file:///etc/hostname\">]>";
    for head in [lol, outside] {
        let bytes = docx(&format!("{head}{BODY}<w:p><w:r><w:t>&a;&b;</w:t></w:r></w:p>{END}"), &[]);
        assert!(matches!(read_docx(&bytes, &given()), Err(Cause::Unsound { .. })));
        let content = format!("{head}<office:text><text:p>&a;</text:p></office:text>");
        let bytes = packed(&[("content.xml", content.as_bytes())]);
        assert!(matches!(read_odt(&bytes, &given()), Err(Cause::Unsound { .. })));
    }
    // An entity that nobody declared says nothing.
    let bytes = docx(&format!("{BODY}<w:p><w:r><w:t>A&x;B &amp; C</w:t></w:r></w:p>{END}"), &[]);
    assert_eq!(read_docx(&bytes, &given()).unwrap().document.text, "He fled.\n\nAB & C");
}

#[test]
fn a_part_that_unpacks_to_gigabytes_is_broken_off() {
    let bomb = vec![b' '; 80 << 20];
    let bytes = docx(&format!("{BODY}{END}"), &[("word/styles.xml", &bomb)]);
    assert!(bytes.len() < 200_000);
    assert!(matches!(read_docx(&bytes, &given()), Err(Cause::Swollen)));
    let bytes = packed(&[("content.xml", &bomb)]);
    assert!(matches!(read_odt(&bytes, &given()), Err(Cause::Swollen)));
}

#[test]
fn depth_is_bounded() {
    let deep = format!("{BODY}{}", "<w:tbl>".repeat(200_000));
    assert!(matches!(read_docx(&docx(&deep, &[]), &given()), Err(Cause::Unsound { .. })));
}

#[test]
fn what_lies_elsewhere_is_not_fetched_and_macros_are_told() {
    let relations = "<Relationships><Relationship Id=\"r1\" Target=\"http://lamp.example/a.png\" \
        TargetMode=\"External\"/><Relationship Id=\"r2\" Target=\"../../../etc/hostname\"/>\
        </Relationships>";
    let drawn = "<w:p><w:r><w:drawing><a:blip r:embed=\"r1\"/><a:blip r:embed=\"r2\"/>\
        </w:drawing></w:r></w:p>";
    let bytes = docx(
        &format!("{BODY}{drawn}{END}"),
        &[
            ("word/_rels/document.xml.rels", relations.as_bytes()),
            ("word/vbaProject.bin", b"macro"),
        ],
    );
    let read = read_docx(&bytes, &given()).unwrap();
    assert_eq!(read.pictures.len(), 0);
    assert_eq!(read.document.pictures.len(), 2);
    assert!(read.document.pictures.iter().all(|picture| picture.sha256.is_none()));
    let notes = read.document.notes.join("; ");
    assert!(notes.contains("1 picture not fetched") && notes.contains("macros"), "{notes}");
}

#[test]
fn an_encrypted_word_document_is_named_as_such() {
    let mut bytes = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    bytes.extend("EncryptedPackage".bytes().flat_map(|byte| [byte, 0]));
    assert!(matches!(read_docx(&bytes, &given()), Err(Cause::Locked)));
    let manifest = b"<manifest:encryption-data/>";
    let bytes = packed(&[("META-INF/manifest.xml", manifest), ("content.xml", b"\x01\x02")]);
    assert!(matches!(read_odt(&bytes, &given()), Err(Cause::Locked)));
}

/// A PDF of some objects, without a table of them, which is made anew by whoever reads it.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.5\n".to_vec();
    for (at, object) in objects.iter().enumerate() {
        writeln!(out, "{} 0 obj", at + 1).unwrap();
        out.extend_from_slice(object);
        out.extend_from_slice(b"\nendobj\n");
    }
    out.extend_from_slice(b"trailer <</Root 1 0 R>>\n%%EOF\n");
    out
}

fn stream(dictionary: &str, data: &[u8]) -> Vec<u8> {
    let mut out = format!("<<{dictionary} /Length {}>> stream\n", data.len()).into_bytes();
    out.extend_from_slice(data);
    out.extend_from_slice(b"\nendstream");
    out
}

fn deflated(data: &[u8]) -> Vec<u8> {
    let mut out = ZlibEncoder::new(Vec::new(), Compression::best());
    out.write_all(data).unwrap();
    out.finish().unwrap()
}

const CATALOG: &[u8] = b"<</Type /Catalog /Pages 2 0 R>>";
const FONT: &[u8] = b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>";
const PAGE: &[u8] = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 4 0 R \
    /Resources <</Font <</F 5 0 R>> /XObject <</X 6 0 R>>>>>>";

fn one_page(content: Vec<u8>, more: &[Vec<u8>]) -> Vec<u8> {
    let pages = b"<</Type /Pages /Kids [3 0 R] /Count 1>>".to_vec();
    let mut objects = vec![CATALOG.to_vec(), pages, PAGE.to_vec(), content, FONT.to_vec()];
    objects.extend_from_slice(more);
    pdf(&objects)
}

const SAID: &[u8] = b"BT /F 12 Tf 20 200 Td (He fled.) Tj ET\n";

#[test]
fn a_page_of_gigabytes_is_left_out_with_a_note() {
    let document = read_pdf(&one_page(stream("", SAID), &[]), &given()).unwrap().document;
    assert_eq!(document.text, "He fled.");
    let bomb = deflated(&vec![b' '; 64 << 20]);
    let bytes = one_page(stream("/Filter /FlateDecode", &bomb), &[]);
    let document = read_pdf(&bytes, &given()).unwrap().document;
    assert_eq!(document.text, "");
    assert!(
        document.notes.iter().any(|note| note.contains("not wholly read")),
        "{:?}",
        document.notes
    );
}

#[test]
fn drawings_that_draw_themselves_end() {
    let itself = stream(
        "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources <</XObject <</X 6 0 R>>>>",
        &b"/X Do ".repeat(20),
    );
    let content = [SAID, b"/X Do\n"].concat();
    let document = read_pdf(&one_page(stream("", &content), &[itself]), &given());
    // Twenty times twenty times twenty, twelve deep: the work is counted and broken off.
    assert_eq!(document.unwrap().document.text, "He fled.");
}

#[test]
fn trees_of_pages_may_be_deep_or_run_in_a_circle() {
    let circle = pdf(&[
        CATALOG.to_vec(),
        b"<</Type /Pages /Kids [2 0 R 3 0 R 2 0 R] /Count 9>>".to_vec(),
        PAGE.to_vec(),
        stream("", SAID),
        FONT.to_vec(),
    ]);
    assert_eq!(read_pdf(&circle, &given()).unwrap().document.text, "He fled.");
    let mut deep = vec![CATALOG.to_vec()];
    for at in 2..20_000 {
        deep.push(format!("<</Type /Pages /Kids [{} 0 R] /Count 1>>", at + 1).into_bytes());
    }
    let _ = read_pdf(&pdf(&deep), &given());
}

#[test]
fn objects_within_objects_end() {
    for open in ["[", "<<"] {
        let deep = open.repeat(200_000).into_bytes();
        let _ = read_pdf(&pdf(&[CATALOG.to_vec(), deep]), &given());
    }
}

#[test]
fn damaged_files_are_refused_by_name() {
    for bytes in [&b"%PDF-1.7"[..], b"%PDF-1.4\nnothing here", b"", b"PK\x03\x04", &[0; 64]] {
        assert!(matches!(read_pdf(bytes, &given()), Err(Cause::Unsound { .. })));
        assert!(matches!(read_docx(bytes, &given()), Err(Cause::Unsound { .. })));
        assert!(matches!(read_odt(bytes, &given()), Err(Cause::Unsound { .. })));
    }
}

/// A file whose objects are packed and encrypted, which unpack to far more than they should.
#[test]
fn an_encrypted_file_that_swells_is_refused() {
    let sound = include_bytes!("documents/encrypted-objects.pdf");
    assert!(read_pdf(sound, &given()).is_ok());
    // Streams that do not open with the file's keys may hold anything: few of them pass.
    let stream = |number: usize| {
        let data = "x".repeat(1 << 16);
        format!(
            "\n{number} 0 obj\n<</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length {}>>\nstream\n\
             {data}\nendstream\nendobj\n",
            data.len()
        )
    };
    let with = |many: usize| {
        let mut file = sound.to_vec();
        let streams: String = (900..900 + many).map(stream).collect();
        let at = file.windows(3).position(|bytes| bytes == b"obj").unwrap();
        let line = file[..at].iter().rposition(|byte| *byte == b'\n').unwrap();
        file.splice(line..line, streams.into_bytes());
        file
    };
    assert!(!matches!(read_pdf(&with(1), &given()), Err(Cause::Swollen)));
    assert!(matches!(read_pdf(&with(9), &given()), Err(Cause::Swollen)));
}

/// A page that draws some pictures, whose objects begin with number 6.
fn with_pictures(pictures: &[Vec<u8>]) -> Vec<u8> {
    let names: String = (0..pictures.len()).map(|at| format!("/P{at} {} 0 R ", at + 7)).collect();
    let draws: String = (0..pictures.len()).map(|at| format!("/P{at} Do ")).collect();
    // The page's own resources name the font alone, so a form draws them.
    let form = stream(
        &format!(
            "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources <</XObject <<{names}>>>>"
        ),
        draws.as_bytes(),
    );
    let content = [SAID, b"/X Do\n"].concat();
    let mut objects = vec![form];
    objects.extend_from_slice(pictures);
    one_page(stream("", &content), &objects)
}

fn dots(more: &str, side: u32, data: &[u8]) -> Vec<u8> {
    let about = format!("/Type /XObject /Subtype /Image /Width {side} /Height {side} {more}");
    stream(&about, data)
}

#[test]
fn pictures_that_are_none_are_left_out() {
    const GREY: &str = "/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode";
    let sound = dots(GREY, 120, &deflated(&[7; 14_400]));
    let read = |pictures: &[Vec<u8>]| {
        let read = read_pdf(&with_pictures(pictures), &given()).unwrap();
        assert_eq!(read.document.text, "He fled.");
        (read.pictures.len(), read.document.notes.join("; "))
    };
    let (many, notes) = read(std::slice::from_ref(&sound));
    assert_eq!((many, notes.as_str()), (1, ""));
    for other in [
        // Fewer dots than it says, far more, and a side that no memory holds.
        dots(GREY, 200, &deflated(&[7; 14_400])),
        dots(GREY, 120, &deflated(&vec![0; 64 << 20])),
        dots(GREY, u32::MAX, &deflated(&[7; 14_400])),
        // Printers' inks, colours of a list in a list, a fax.
        dots("/ColorSpace /DeviceCMYK /BitsPerComponent 8", 120, &[7; 57_600]),
        dots("/ColorSpace [/Indexed [/Indexed /DeviceRGB 0 <00>] 0 <00>]", 120, &[0; 14_400]),
        dots("/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /CCITTFaxDecode", 120, b"x"),
        // Called a photograph.
        dots("/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode", 120, b"A mill."),
        dots("/ColorSpace /DeviceRGB /Filter [/FlateDecode /DCTDecode]", 120, &deflated(&[0; 9])),
    ] {
        let about = String::from_utf8_lossy(&other[..100]).into_owned();
        let (many, notes) = read(&[sound.clone(), other]);
        assert_eq!(many, 1, "{about}");
        assert!(
            notes.contains("a picture is packed in a way that is not read"),
            "{about}: {notes}"
        );
    }
    // Stencils and emblems are no pictures.
    let small = dots(GREY, 40, &deflated(&[7; 1_600]));
    let mask = dots("/ImageMask true /BitsPerComponent 1", 120, &[0; 1_800]);
    assert_eq!(read(&[small, mask]), (0, String::new()));
}

#[test]
fn pictures_are_bounded_together() {
    const GREY: &str = "/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /FlateDecode";
    // Each says little and unpacks to forty megabytes.
    let swollen = dots(GREY, 120, &deflated(&vec![7; 40 << 20]));
    let read = read_pdf(&with_pictures(&vec![swollen; 40]), &given()).unwrap();
    assert_eq!(read.document.text, "He fled.");
    let notes = read.document.notes.join("; ");
    assert!(notes.contains("pictures are left out, since all of them are too many"), "{notes}");
    // One picture by many names is one.
    let one = dots(GREY, 120, &deflated(&[7; 14_400]));
    let read = read_pdf(&with_pictures(&vec![one; 40]), &given()).unwrap();
    assert_eq!((read.document.pictures.len(), read.pictures.len()), (40, 1));
}
