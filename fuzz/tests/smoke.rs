//! Every target for a moment, on random bytes and on random texts.

use proptest::prelude::*;

/// Bytes, and texts of the letters that the parsers look for.
fn input() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..400),
        "[ -~\\n“”‘’éß—]{0,300}".prop_map(String::into_bytes),
        tags(&["p", "div", "article", "h1", "li", "ul", "table", "tr", "td", "b", "time", "span"]),
        tags(&["rss", "channel", "item", "title", "entry", "feed", "link", "guid", "description"]),
        "[0-9XuT:Z~?%/.\\-]{0,24}".prop_map(String::into_bytes),
        "(\\\\(par|u-?[0-9]{1,6}|'[0-9a-f]{2}|pict|pngblip|footnote|cell|row|v|b0) ?|[{}a-z0-9;]){0,60}"
            .prop_map(String::into_bytes),
        "(\\{\"(document|mention|assertion|judgment)\": ?)?[\\[\\]{}\",:a-z0-9\\-]{0,200}"
            .prop_map(String::into_bytes),
        "(-?[0-9]{0,4}|of|about|at least|yes|[a-z]{1,6}|[|:.-]| ){0,24}".prop_map(String::into_bytes),
        "\\{(\"(id|text|photo|messages|date|type|poll)\": ?[\\[\\]{}\",:a-z0-9]{0,12},?){0,6}\\}?"
            .prop_map(String::into_bytes),
    ]
}

/// Texts of tags, opened and closed in any order, with words between.
fn tags(names: &'static [&'static str]) -> impl Strategy<Value = Vec<u8>> {
    let tag = (prop::sample::select(names), 0..4u8, "[a-z &;<\"“é.]{0,12}");
    prop::collection::vec(tag, 0..60).prop_map(|tags| {
        let written = tags.into_iter().map(|(name, kind, words)| match kind {
            0 => format!("</{name}>{words}"),
            1 => format!("<{name} class=\"byline tags\" href=x>{words}"),
            2 => format!("<{name}><![CDATA[{words}]]>"),
            _ => format!("<{name}>{words}"),
        });
        written.collect::<String>().into_bytes()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_target_panics(bytes in input()) {
        throughline_fuzz::capture_text(&bytes);
        throughline_fuzz::capture_line(&bytes);
        throughline_fuzz::capture_letter(&bytes);
        throughline_fuzz::capture_mailbox(&bytes);
        throughline_fuzz::capture_warc(&bytes);
        throughline_fuzz::capture_zip_archive(&bytes);
        throughline_fuzz::capture_gzip(&bytes);
        throughline_fuzz::capture_html(&bytes);
        throughline_fuzz::capture_feed(&bytes);
        throughline_fuzz::capture_pdf(&bytes);
        throughline_fuzz::capture_docx(&bytes);
        throughline_fuzz::capture_odt(&bytes);
        throughline_fuzz::capture_mhtml(&bytes);
        throughline_fuzz::capture_rtf(&bytes);
        throughline_fuzz::capture_epub(&bytes);
        throughline_fuzz::capture_telegram(&bytes);
        throughline_fuzz::capture_telegram_page(&bytes);
        throughline_fuzz::picture(&bytes);
        throughline_fuzz::encoding(&bytes);
        throughline_fuzz::dates(&bytes);
        throughline_fuzz::lines(&bytes);
        throughline_fuzz::wire(&bytes);
        throughline_fuzz::definition(&bytes);
        throughline_fuzz::reader(&bytes);
        throughline_fuzz::weights(&bytes);
        throughline_fuzz::spelled(&bytes);
        throughline_fuzz::table(&bytes);
    }

    #[test]
    fn no_bytes_laid_over_a_casebook_make_it_panic(
        at in any::<[u8; 3]>(),
        bytes in prop::collection::vec(any::<u8>(), 1..64),
    ) {
        throughline_fuzz::casebook(&[&at[..], &bytes].concat());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_file_of_meanings_and_no_derived_row_makes_a_casebook_panic(
        words in "((by|id|name|title|unit|column|variable|values|judged) = (\"[a-z{}]{0,6}\"|[0-9]{1,3}|\\[\\])\n|\\[{1,2}(value|cites|of|in)\\]{1,2}\n){0,8}",
        row in prop::collection::vec(prop_oneof![0..4u8, any::<u8>()], 0..40),
    ) {
        throughline_fuzz::meanings(words.as_bytes());
        throughline_fuzz::derived(&row);
    }

    #[test]
    fn no_request_makes_a_page_fail(
        sent in "((as-of|page|words|kind|act|value|assertion|one|other|reason|by|back|document|subject|variable)=[a-z0-9%\\-/]{0,8}&?){0,6}",
        bytes in prop::collection::vec(any::<u8>(), 0..60),
    ) {
        throughline_fuzz::pages(sent.as_bytes());
        throughline_fuzz::pages(&bytes);
    }

    /// Files that other programs made, with a few bytes changed: far more of a parser is reached.
    #[test]
    fn no_bytes_laid_over_an_archive_make_it_panic(
        at in any::<prop::sample::Index>(),
        bytes in prop::collection::vec(any::<u8>(), 1..12),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let made = concat!(env!("CARGO_MANIFEST_DIR"), "/../crates/capture/tests/made/");
        let over = |name: &str| {
            let mut file = std::fs::read(format!("{made}{name}")).expect("a file of the tests");
            let at = at.index(file.len());
            let end = file.len().min(at + bytes.len());
            file[at..end].copy_from_slice(&bytes[..end - at]);
            file.truncate(cut.map_or(file.len(), |cut| cut.index(file.len()) + 1));
            file
        };
        throughline_fuzz::capture_zip_archive(&over("folder.zip"));
        throughline_fuzz::capture_zip_archive(&over("piped.zip"));
        throughline_fuzz::capture_zip_archive(&over("crawl.wacz"));
        throughline_fuzz::capture_letter(&over("release.eml"));
        throughline_fuzz::capture_letter(&over("passed-on.eml"));
        throughline_fuzz::capture_mailbox(&over("letters.mbox"));
        throughline_fuzz::capture_warc(&over("wget-plain.warc"));
        throughline_fuzz::capture_gzip(&over("wget.warc.gz"));
    }
}
