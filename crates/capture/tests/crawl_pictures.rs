//! The pictures of a page in an archive of the web come along with it, wherever their records stand.

#![allow(clippy::unwrap_used)]

use std::io::{Cursor, Write};

use throughline_capture::{Captured, Failure, Given, MAX_PICTURE_BYTES, capture_bytes};
use throughline_model::Sha256;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const SITE: &str = "https://lamp.example/2017/mill.html";

fn record(kind: &str, address: &str, more: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\n{more}\
         Content-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn response(address: &str, date: &str, head: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 {head}\r\n\r\n");
    let more = format!("WARC-Date: {date}\r\n");
    record("response", address, &more, &[head.as_bytes(), body].concat())
}

const DAY: &str = "2019-03-02T08:00:00Z";

/// A page that shows what is written there.
fn page(shows: &str) -> Vec<u8> {
    let page = format!(
        "<html><head><title>A mill burned</title></head><body><article><h1>A mill burned</h1>\
         <p>A mill burned at Ostby on Sunday, and nobody was hurt.</p>{shows}\
         <p>The brigade came at night.</p></article></body></html>"
    );
    response(SITE, DAY, "200 OK\r\nContent-Type: text/html", page.as_bytes())
}

const FIGURE: &str =
    "<figure><img src='../mill%20one.jpg'><figcaption>The mill</figcaption></figure>";

/// Something that is called a picture, and told apart by its number.
fn picture(number: u8) -> Vec<u8> {
    [b"\xFF\xD8\xFF\xE0\0\x10".as_slice(), &[number; 700]].concat()
}

fn shown(address: &str, date: &str, number: u8) -> Vec<u8> {
    response(address, date, "200 OK\r\nContent-Type: image/jpeg", &picture(number))
}

/// Something large that cannot be packed.
fn film() -> Vec<u8> {
    let mut state = 1u64;
    let mut noise = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (state >> 56) as u8
    };
    let bytes: Vec<u8> = (0..3_000_000).map(|_| noise()).collect();
    let head = "200 OK\r\nContent-Type: video/mp4";
    response("https://lamp.example/film.mp4", DAY, head, &bytes)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

fn zip_of(entries: &[(&str, &[u8])], stored: bool) -> Vec<u8> {
    let method = if stored { CompressionMethod::Stored } else { CompressionMethod::Deflated };
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        let options = SimpleFileOptions::default().compression_method(method);
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn read(name: &str, bytes: &[u8]) -> (Vec<Captured>, Vec<Failure>) {
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    capture_bytes(name, bytes, &Given::default(), |item| match item {
        Ok(captured) => good.push(captured),
        Err(failure) => bad.push(failure),
    });
    (good, bad)
}

/// The numbers of the pictures that came along with the only page, by the order on it; `None` for
/// what did not.
#[track_caller]
fn numbers(name: &str, bytes: &[u8]) -> Vec<Option<u8>> {
    let (good, bad) = read(name, bytes);
    assert!(bad.is_empty(), "{name}: {bad:?}");
    assert_eq!(good.len(), 1, "{name}");
    let held = |hash: Sha256| good[0].pictures.iter().find(|bytes| Sha256::of(bytes) == hash);
    let pictures = good[0].document.pictures.iter();
    pictures.map(|picture| picture.sha256.and_then(held).map(|bytes| bytes[9])).collect()
}

#[test]
fn pictures_stand_before_or_behind_their_page_in_any_packing() {
    let own = shown("https://lamp.example/mill%20one.jpg", DAY, 1);
    let other = shown("https://lamp.example/other.jpg", DAY, 2);
    let page = page(FIGURE);
    for order in [[&own, &other, &page], [&page, &other, &own], [&other, &page, &own]] {
        let plain = order.map(|record| record.as_slice()).concat();
        let packed = order.map(|record| gzip(record)).concat();
        let lines = [&plain[..], b"\r\n\r\n\r\n"].concat();
        for (name, bytes) in [
            ("a.warc", plain.clone()),
            ("a.warc", lines),
            ("a.warc.gz", packed.clone()),
            ("a.warc.gz", gzip(&plain)),
            ("a.zip", zip_of(&[("a.warc", &plain)], true)),
            ("a.zip", zip_of(&[("a.warc", &plain)], false)),
            ("a.zip", zip_of(&[("a.warc.gz", &packed)], true)),
            ("a.zip", zip_of(&[("a.warc.gz", &packed)], false)),
            ("a.wacz", zip_of(&[("archive/a.warc.gz", &packed)], true)),
            ("a.wacz", zip_of(&[("archive/a.warc", &plain)], false)),
        ] {
            assert_eq!(numbers(name, &bytes), [Some(1)], "{name}, {} bytes", bytes.len());
        }
    }
}

#[test]
fn an_archive_of_several_files_is_one_crawl() {
    let own = gzip(&shown("https://lamp.example/mill%20one.jpg", DAY, 1));
    for (one, other) in [(gzip(&page(FIGURE)), own.clone()), (own, gzip(&page(FIGURE)))] {
        let files: [(&str, &[u8]); 3] =
            [("archive/1.warc.gz", &one), ("archive/2.warc.gz", &other), ("indexes/a.cdx", b"x")];
        assert_eq!(numbers("a.wacz", &zip_of(&files, true)), [Some(1)]);
    }
}

#[test]
fn what_a_single_member_holds_far_from_its_beginning_is_found() {
    let own = shown("https://lamp.example/mill%20one.jpg", DAY, 1);
    let whole = [&page(FIGURE)[..], &film(), &own].concat();
    assert_eq!(numbers("a.warc.gz", &gzip(&whole)), [Some(1)]);
}

#[test]
fn addresses_are_found_as_browsers_find_them() {
    let typed = "200 OK\r\nContent-Type: image/webp";
    let bytes = "200 OK\r\nContent-Type: application/octet-stream";
    let moved = "301 Moved\r\nLocation: /kept/d.jpg";
    let again = "WARC-Refers-To-Target-URI: <https://lamp.example/kept/d.jpg>\r\n";
    let packed = "200 OK\r\nContent-Type: image/png\r\nContent-Encoding: gzip";
    for (shows, records) in [
        (
            "<img alt=Mill src=//Lamp.Example:443/a.jpg#x>",
            shown("http://lamp.example/a.jpg", DAY, 1),
        ),
        (
            "<picture><source srcset='/s.webp 300w, /l.webp 900w'><img alt=Mill src=/a.jpg></picture>",
            response("https://lamp.example/l.webp", DAY, typed, &picture(1)),
        ),
        (
            "<img alt=Mill src=/a.jpg>",
            response("https://lamp.example/a.jpg", DAY, bytes, &picture(1)),
        ),
        (
            "<img alt=Mill src=/a.jpg>",
            response("https://lamp.example/a.jpg", DAY, packed, &gzip(&picture(1))),
        ),
        (
            "<img alt=Mill src=/a.jpg>",
            [
                response("https://lamp.example/a.jpg", DAY, moved, b"<p>Moved."),
                shown("https://lamp.example/kept/d.jpg", DAY, 1),
            ]
            .concat(),
        ),
        (
            "<img alt=Mill src=/a.jpg>",
            [
                shown("https://lamp.example/kept/d.jpg", DAY, 1),
                record("revisit", "https://lamp.example/a.jpg", again, b"HTTP/1.1 200 OK\r\n\r\n"),
            ]
            .concat(),
        ),
        (
            "<img alt=Mill src=/a.jpg>",
            record(
                "resource",
                "https://lamp.example/a.jpg",
                "Content-Type: image/jpeg\r\n",
                &picture(1),
            ),
        ),
    ] {
        let crawl = [page(shows), records].concat();
        assert_eq!(numbers("a.warc", &crawl), [Some(1)], "{shows}");
    }
    // Another address, and an answer that is no picture.
    let not_found = "404 Not Found\r\nContent-Type: image/jpeg";
    for records in [
        shown("https://lamp.example/2017/mill%20one.jpg", DAY, 1),
        response("https://lamp.example/mill%20one.jpg", DAY, not_found, &picture(1)),
    ] {
        assert_eq!(numbers("a.warc", &[page(FIGURE), records].concat()), [None]);
    }
}

#[test]
fn of_a_picture_that_changed_the_one_of_the_page_is_taken() {
    let address = "https://lamp.example/mill%20one.jpg";
    let early = shown(address, "2019-02-28T08:00:00Z", 1);
    let same = shown(address, "2019-03-02T08:00:09Z", 2);
    let late = shown(address, "2019-04-01T08:00:00Z", 3);
    for records in [[&early, &same, &late], [&late, &early, &same]] {
        let crawl = [&page(FIGURE)[..], &records.map(|one| one.as_slice()).concat()].concat();
        assert_eq!(numbers("a.warc", &crawl), [Some(2)]);
    }
}

#[test]
fn a_style_sheet_of_the_crawl_hides_what_it_hides() {
    let shows = "<link rel=stylesheet href=/a.css><p class=gone>Never shown to anybody.</p>";
    let sheet = response(
        "https://lamp.example/a.css",
        DAY,
        "200 OK\r\nContent-Type: text/css",
        b".gone { display: none }",
    );
    let (good, _) = read("a.warc", &[page(shows), sheet].concat());
    assert!(!good[0].document.text.contains("Never shown"), "{}", good[0].document.text);
}

#[test]
fn addresses_that_lead_in_a_circle_end() {
    let moved =
        |from: &str, to: &str| response(from, DAY, &format!("302 Found\r\nLocation: {to}"), b"");
    let crawl = [
        page("<img alt=Mill src=/a.jpg><img alt=Night src=/c.jpg>"),
        moved("https://lamp.example/a.jpg", "/b.jpg"),
        moved("https://lamp.example/b.jpg", "/a.jpg"),
        moved("https://lamp.example/c.jpg", "/c.jpg"),
    ]
    .concat();
    assert_eq!(numbers("a.warc", &crawl), [None, None]);
}

#[test]
fn what_is_too_large_or_unpacks_too_far_stays_where_it_is() {
    let large = vec![7; MAX_PICTURE_BYTES as usize + 1];
    let packed = "200 OK\r\nContent-Type: image/png\r\nContent-Encoding: gzip";
    let address = "https://lamp.example/mill%20one.jpg";
    for record in [
        response(address, DAY, "200 OK\r\nContent-Type: image/png", &large),
        response(address, DAY, packed, &gzip(&large)),
    ] {
        assert_eq!(numbers("a.warc", &[page(FIGURE), record].concat()), [None]);
    }
    // Pages that ask for the same large picture over and over: some get it, and all are read.
    let large = response(address, DAY, packed, &gzip(&vec![7; 30 << 20]));
    let pages = gzip(&page(FIGURE)).repeat(20);
    let (good, bad) = read("a.warc.gz", &[pages, gzip(&large)].concat());
    let with = good.iter().filter(|one| !one.pictures.is_empty()).count();
    assert_eq!((good.len(), bad.len()), (20, 0));
    assert!((1..20).contains(&with), "{with}");
}

#[test]
fn a_damaged_crawl_gives_what_stands_before_the_damage() {
    let own = shown("https://lamp.example/mill%20one.jpg", DAY, 1);
    let film = film();
    let crawl = [&page(FIGURE)[..], &own, &film].concat();
    let whole = [gzip(&page(FIGURE)), gzip(&own), gzip(&film)].concat();
    for (name, bytes) in [
        ("a.warc", &crawl[..crawl.len() - 90]),
        ("a.warc.gz", &whole[..whole.len() - gzip(&film).len() / 2]),
    ] {
        let (good, bad) = read(name, bytes);
        assert_eq!((good[0].pictures.len(), bad.len()), (1, 1), "{name}: {bad:?}");
    }
}
