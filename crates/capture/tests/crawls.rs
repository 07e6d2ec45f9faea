//! WARC records that are broken, and such as are made to harm.

#![allow(clippy::unwrap_used)]

use throughline_capture::{Captured, Cause, Failure, Given, capture_bytes};

fn record(kind: &str, address: &str, block: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\n\
         WARC-Date: 2019-03-02T08:00:00Z\r\nContent-Type: text/plain\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    [head.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn response(head: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n{head}\r\n");
    record("response", "http://lamp.example/", &[head.as_bytes(), body].concat())
}

fn all(bytes: &[u8]) -> (Vec<Captured>, Vec<Failure>) {
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    capture_bytes("a.warc", bytes, &Given::default(), |item| match item {
        Ok(captured) => good.push(captured),
        Err(failure) => bad.push(failure),
    });
    (good, bad)
}

fn texts(found: &[Captured]) -> Vec<&str> {
    found.iter().map(|captured| captured.document.text.trim()).collect()
}

#[test]
fn the_time_of_fetching_is_no_time_of_publication() {
    let (good, _) = all(&response("Date: Sat, 02 Mar 2019 08:00:00 GMT\r\n", b"A mill burned."));
    let document = &good[0].document;
    assert_eq!((&document.published, &document.published_at), (&None, &None));
    assert_eq!(document.fetched.as_ref().unwrap().as_str(), "2019-03-02T08:00:00Z");
    assert_eq!(document.url.as_deref(), Some("http://lamp.example/"));
    assert_eq!(good[0].bytes, b"A mill burned.");
}

#[test]
fn a_bad_record_fails_alone() {
    let good = response("", b"A mill burned.");
    let lying = String::from_utf8(good.clone()).unwrap().replace("Length: 5", "Length: 4");
    let strange = response("Content-Encoding: rot13\r\n", b"N zvyy oheaq.");
    let headless = record("response", "http://lamp.example/", b"A mill burned.");
    let no_length = b"WARC/1.0\r\nWARC-Type: response\r\n\r\nA mill.\r\n\r\n".to_vec();
    // Its head is no answer of a server, and it is longer than it says.
    let headless_too_long = String::from_utf8(headless.clone()).unwrap();
    let headless_too_long = headless_too_long.replace("Length: 14", "Length: 9").into_bytes();
    for bad in [lying.into_bytes(), strange, headless, headless_too_long, no_length] {
        let (found, failures) = all(&[&bad[..], &response("", b"It was night.")].concat());
        assert_eq!(texts(&found).last(), Some(&"It was night."), "{:?}", String::from_utf8(bad));
        assert_eq!(failures.len(), 1, "{failures:?}");
    }
}

#[test]
fn a_record_that_says_it_is_huge_takes_no_room() {
    for length in ["18446744073709551615", "99999999999999999999999", "4294967296", "-1"] {
        let text = format!(
            "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: http://lamp.example/\r\n\
             Content-Type: text/plain\r\nContent-Length: {length}\r\n\r\nA mill burned.\r\n\r\n"
        );
        let (found, failures) = all(text.as_bytes());
        assert!(found.is_empty() && !failures.is_empty(), "{length}");
    }
}

#[test]
fn what_is_cut_off_is_named() {
    let one = response("", b"A mill burned.");
    let whole = [&one[..], &response("", b"It was night.")].concat();
    // The blank lines after a record are all that may be missing.
    let between = one.len() - 4..=one.len();
    for length in 10..whole.len() - 4 {
        let (found, failures) = all(&whole[..length]);
        let want = usize::from(length >= one.len() - 4);
        assert_eq!(found.len(), want, "{length}");
        let want = usize::from(!between.contains(&length));
        assert_eq!(failures.len(), want, "{length}: {failures:?}");
    }
    let (found, failures) = all(&whole[..whole.len() - 10]);
    assert_eq!((texts(&found), failures.len()), (vec!["A mill burned."], 1));
    assert!(matches!(failures[0].cause, Cause::Broken { .. }), "{}", failures[0]);
    assert_eq!(failures[0].place, "a.warc:2");
}

#[test]
fn a_packed_file_that_is_damaged_ends() {
    use std::io::Write;
    let mut records = Vec::new();
    for number in 0..2_000 {
        records.extend(response("", format!("A mill burned, No. {number}.").as_bytes()));
    }
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(&records).unwrap();
    let mut packed = packed.finish().unwrap();
    let middle = packed.len() / 2;
    packed[middle..middle + 40].fill(0xFF);
    let (mut good, mut bad) = (0, Vec::new());
    capture_bytes("a.warc.gz", &packed, &Given::default(), |item| match item {
        Ok(_) => good += 1,
        Err(failure) => bad.push(failure),
    });
    assert!(good > 500 && !bad.is_empty() && bad.len() < 5, "{good} {bad:?}");
}

#[test]
fn heads_without_end_are_passed_over() {
    let long = format!("WARC/1.0\r\nX: {}\r\n", "x".repeat(10 << 20));
    let many = format!("WARC/1.0\r\n{}", "X: y\r\n".repeat(100_000));
    for bad in [long, many] {
        let (found, failures) = all(&[bad.as_bytes(), &response("", b"It was night.")].concat());
        assert_eq!(texts(&found), ["It was night."]);
        assert!(failures.len() <= 1, "{failures:?}");
    }
}

#[test]
fn other_answers_and_kinds_are_no_documents() {
    let page = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\n\r\nNot here.";
    let picture = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG";
    let bytes = [
        record("warcinfo", "", b"software: a crawler"),
        record("request", "http://lamp.example/", b"GET / HTTP/1.1\r\n\r\n"),
        record("response", "http://lamp.example/", page),
        record("response", "http://lamp.example/", picture),
        record("response", "dns:lamp.example", b"20190302080000\nlamp.example. A 10.0.0.1"),
        record("revisit", "http://lamp.example/", b"HTTP/1.1 200 OK\r\n\r\n"),
        record("metadata", "http://lamp.example/", b"outlink: http://lamp.example/a"),
        record("resource", "metadata://crawler/log", b"log of the crawl"),
        record("resource", "http://lamp.example/", b"A mill burned."),
    ]
    .concat();
    let (found, failures) = all(&bytes);
    assert!(failures.is_empty(), "{failures:?}");
    assert_eq!(texts(&found), ["A mill burned."]);
    assert_eq!(found[0].place, "a.warc:9");
}
