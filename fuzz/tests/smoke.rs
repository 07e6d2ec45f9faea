//! Every target for a moment, on random bytes and on random texts.

use proptest::prelude::*;

/// Bytes, and texts of the letters that the parsers look for.
fn input() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..400),
        "[ -~\\n“”‘’éß—]{0,300}".prop_map(String::into_bytes),
        "[0-9XuT:Z~?%/.\\-]{0,24}".prop_map(String::into_bytes),
        "(\\{\"(document|mention|assertion|judgment)\": ?)?[\\[\\]{}\",:a-z0-9\\-]{0,200}"
            .prop_map(String::into_bytes),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_target_panics(bytes in input()) {
        throughline_fuzz::capture_text(&bytes);
        throughline_fuzz::capture_line(&bytes);
        throughline_fuzz::capture_pdf(&bytes);
        throughline_fuzz::capture_docx(&bytes);
        throughline_fuzz::capture_odt(&bytes);
        throughline_fuzz::encoding(&bytes);
        throughline_fuzz::dates(&bytes);
        throughline_fuzz::lines(&bytes);
        throughline_fuzz::wire(&bytes);
        throughline_fuzz::definition(&bytes);
        throughline_fuzz::reader(&bytes);
    }

    #[test]
    fn no_bytes_laid_over_a_casebook_make_it_panic(
        at in any::<[u8; 3]>(),
        bytes in prop::collection::vec(any::<u8>(), 1..64),
    ) {
        throughline_fuzz::casebook(&[&at[..], &bytes].concat());
    }
}
