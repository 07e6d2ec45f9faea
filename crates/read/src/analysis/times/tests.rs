//! What is read of dates, on their own and against a day of publication.

use throughline_model::Edtf;

use super::read;
use crate::analysis::{sentences, testing::document};

fn check(published: &str, text: &str, expected: &[(&str, &str)]) {
    let document = document(text, Some(published).filter(|date| !date.is_empty()));
    let (tokens, sentences) = sentences::read(&document);
    let times = read(document.published.as_ref(), &tokens, &sentences);
    let found: Vec<(&str, &str)> = times
        .iter()
        .map(|time| {
            let held = &tokens[time.tokens.clone()];
            let span = held[0].span.join(held[held.len() - 1].span);
            (span.of(&document.text), time.value.as_ref().map_or("", Edtf::as_str))
        })
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn dates_that_stand_alone() {
    for (text, words, value) in [
        ("on 24 March 2017,", "24 March 2017", "2017-03-24"),
        ("on March 24, 2017,", "March 24, 2017", "2017-03-24"),
        ("of Nov 13 2015 when", "Nov 13 2015", "2015-11-13"),
        ("the 3rd of May, 1886,", "3rd of May, 1886", "1886-05-03"),
        ("on Wednesday, March 22, 2017", "Wednesday, March 22, 2017", "2017-03-22"),
        ("in March 2017", "March 2017", "2017-03"),
        ("the summer of 2016", "summer of 2016", "2016-22"),
        ("in 2015.", "2015", "2015"),
        ("the 2015 attacks", "2015", "2015"),
        ("the 1890s", "1890s", "189X"),
        ("from 3 to 5 May 2016", "3 to 5 May 2016", "2016-05-03/2016-05-05"),
        ("after 9/11", "9/11", "2001-09-11"),
        ("on 2017-03-22", "2017-03-22", "2017-03-22"),
        ("on 2009, March 3, in", "2009, March 3", "2009-03-03"),
        ("died 1889 January 30.", "1889 January 30", "1889-01-30"),
        ("on Christmas Day 2009", "Christmas Day 2009", "2009-12-25"),
    ] {
        check("", text, &[(words, value)]);
    }
}

#[test]
fn dates_that_need_the_published_date() {
    // 24 March 2017 is a Friday.
    for (text, words, value) in [
        ("Wednesday’s murders", "Wednesday", "2017-03-22"),
        ("He left on Friday.", "Friday", "2017-03-24"),
        ("He left last Friday.", "last Friday", "2017-03-17"),
        ("They will meet on Monday.", "Monday", "2017-03-27"),
        ("released yesterday by", "yesterday", "2017-03-23"),
        ("early yesterday morning", "early yesterday morning", "2017-03-23"),
        ("killed last night", "last night", "2017-03-23"),
        ("earlier today", "earlier today", "2017-03-24"),
        ("in Florida last summer,", "last summer", "2016-22"),
        ("last winter", "last winter", "2016-24"),
        ("the attack on New Year’s Eve,", "New Year’s Eve", "2016-12-31/2017-01-01"),
        ("at Christmas", "Christmas", "2016-12-25"),
        ("on Good Friday last year", "Good Friday last year", "2016-03-25"),
        ("consequences last year when", "last year", "2016"),
        ("last week", "last week", "2017-03-13/2017-03-19"),
        ("last weekend", "last weekend", "2017-03-18/2017-03-19"),
        ("last month", "last month", "2017-02"),
        ("earlier this month", "earlier this month", "2017-03-01/2017-03-24"),
        ("on December 19", "December 19", "2016-12-19"),
        ("on 22 March", "22 March", "2017-03-22"),
        ("in July", "July", "2016-07"),
        ("in March", "March", "2017-03"),
        ("last March", "last March", "2016-03"),
        ("in November last year", "November last year", "2016-11"),
        ("in late January", "late January", "2017-01"),
        ("on the 22nd.", "22nd", "2017-03-22"),
        ("two days ago", "two days ago", "2017-03-22"),
        ("a week ago", "a week ago", "2017-03-14/2017-03-20"),
        ("three years ago", "three years ago", "2014"),
        ("in the past two weeks", "past two weeks", "2017-03-10/2017-03-24"),
        ("on Tuesday night", "Tuesday night", "2017-03-21"),
    ] {
        check("2017-03-24", text, &[(words, value)]);
    }
    check("", "It happened last summer.", &[("last summer", "")]);
    check("2017", "It happened last year, on Monday.", &[("last year", "2016"), ("Monday", "")]);
}

#[test]
fn what_is_no_date() {
    for text in [
        "It may march.",
        "May Smith said so.",
        "On the 22nd floor",
        "2000 people fled",
        "the last day",
        "Sun and Wed",
    ] {
        check("2017-03-24", text, &[]);
    }
    check("2017-03-24", "It took three days.", &[("three days", "")]);
    check("2017-03-24", "At 9 p.m. they left.", &[("9 p.m.", "")]);
}
