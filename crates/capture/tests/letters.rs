//! Letters as they really come: in every alphabet, broken, and made to harm.

#![allow(clippy::unwrap_used)]

use throughline_capture::{Captured, Cause, Failure, Given, Letter, capture_bytes, read_letter};
use throughline_model::{Medium, Relation, ZoneRole};

fn letter(text: &[u8]) -> Letter {
    read_letter(text, &Given::default()).unwrap()
}

fn all(name: &str, bytes: &[u8]) -> (Vec<Captured>, Vec<Failure>) {
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    capture_bytes(name, bytes, &Given::default(), |item| match item {
        Ok(captured) => good.push(captured),
        Err(failure) => bad.push(failure),
    });
    (good, bad)
}

#[test]
fn words_in_other_alphabets_are_decoded() {
    let found = letter(
        b"From: =?koi8-r?B?4c7OwSDs1c7FzA==?= <anna@lamp.example>\r\n\
          Subject: =?UTF-8?Q?Br=C3=BCcke?=\r\n =?UTF-8?Q?_gesperrt?=\r\n\
          Content-Type: text/plain; charset=windows-1251\r\n\
          Content-Transfer-Encoding: quoted-printable\r\n\r\n\
          =CC=EE=F1=F2 =E7=E0=EA=F0=FB=F2.\r\n",
    );
    assert_eq!(found.document.title.as_deref(), Some("Brücke gesperrt"));
    assert_eq!(found.document.source.as_deref(), Some("Анна Лунел"));
    assert!(found.document.text.ends_with("Мост закрыт."), "{}", found.document.text);
}

#[test]
fn what_came_along_with_a_letter_is_a_letter_unless_it_says_what_it_is() {
    let bytes = b"From: a@lamp.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
        --b\r\nContent-Type: text/plain\r\n\r\nText.\r\n\
        --b\r\nContent-Type: text/plain; name=notes.txt\r\n\
        Content-Disposition: attachment; filename=notes.txt\r\n\r\nNotes.\r\n\
        --b\r\nContent-Type: text/html; name=page.html\r\n\
        Content-Disposition: attachment; filename=page.html\r\n\r\n<p>A page.</p>\r\n--b--\r\n";
    let (good, _) = all("one.eml", bytes);
    let media: Vec<_> = good.iter().map(|one| one.document.medium).collect();
    assert_eq!(media, [Some(Medium::Letter), Some(Medium::Letter), Some(Medium::Page)]);
}

#[test]
fn dates_keep_their_zone_and_their_day() {
    for (date, want) in [
        ("Fri, 24 Mar 2017 23:30:00 -0500", Some("2017-03-24T23:30:00-05:00")),
        ("24 Mar 2017 23:30 +0100 (CET)", Some("2017-03-24T23:30:00+01:00")),
        ("Fri, 24 Mar 2017 23:30:00 -0000", Some("2017-03-24T23:30:00")),
        ("Fri, 24 Mar 2017 23:30:00 GMT", Some("2017-03-24T23:30:00Z")),
        ("Fri, 24 Mar 2017 23:30:00 EST", Some("2017-03-24T23:30:00-05:00")),
        // Letters of a zone that mean several, or none, leave the sender's clock alone.
        ("Fri, 24 Mar 2017 23:30:00 IST", Some("2017-03-24T23:30:00")),
        ("Fri, 24 Mar 2017 23:30:00 +0100 CET", Some("2017-03-24T23:30:00+01:00")),
        ("Fri, 24 Mar 2017 23:30:00", Some("2017-03-24T23:30:00")),
        ("24/03/2017 23:30", None),
        ("soon", None),
        ("Thu, 31 Feb 2017 23:30:00 +0000", None),
    ] {
        let text = format!("From: a@lamp.example\nDate: {date}\n\nText.\n");
        let document = letter(text.as_bytes()).document;
        assert_eq!(document.published_at.as_ref().map(|stamp| stamp.as_str()), want, "{date}");
        assert_eq!(document.published.is_some(), want.is_some());
    }
}

#[test]
fn an_earlier_letter_below_is_not_the_senders_words() {
    let found = letter(
        b"From: Odo Lind <odo@lamp.example>\r\nSubject: AW: Two held\r\n\r\n\
          Both men were released.\r\n\r\n\
          Von: Ada Marsh <ada@lamp.example>\r\nGesendet: Sonntag, 15. Mai 2016 08:00\r\n\
          An: Odo Lind\r\n\r\nTwo men were arrested.\r\n\r\nAda\r\n",
    );
    let roles: Vec<_> = found
        .document
        .zones
        .iter()
        .map(|zone| (zone.role, zone.span.of(&found.document.text).lines().next().unwrap()))
        .collect();
    assert_eq!(
        roles,
        [
            (ZoneRole::Headline, "AW: Two held"),
            (ZoneRole::Body, "Both men were released."),
            (ZoneRole::Section, "Von: Ada Marsh <ada@lamp.example>"),
            (ZoneRole::Section, "Two men were arrested."),
            (ZoneRole::Section, "Ada"),
        ]
    );
    assert_eq!(found.document.notes.len(), 1, "{:?}", found.document.notes);
}

#[test]
fn a_letter_answers_the_one_it_names_or_the_last_that_led_to_it() {
    for (head, want) in [
        ("In-Reply-To: <b@x>\nReferences: <a@x> <c@x>\n", "b@x"),
        ("References: <a@x>\n <c@x>\n", "c@x"),
    ] {
        let text = format!("From: a@lamp.example\n{head}\nText.\n");
        let references = letter(text.as_bytes()).document.references;
        let [one] = references.as_slice() else { panic!("{references:?}") };
        assert_eq!((one.relation, one.item.as_deref()), (Relation::Answers, Some(want)));
    }
}

#[test]
fn what_is_quoted_or_signed_is_nobodys_new_word() {
    let document = letter(
        b"From: a@lamp.example\n\nI was there.\n\n> Were you?\n>\n> > Yes.\n\nAnd left.\n\n-- \nAda\n\nThe Lamp\n",
    )
    .document;
    let zones: Vec<(ZoneRole, &str)> =
        document.zones.iter().map(|zone| (zone.role, zone.span.of(&document.text))).collect();
    assert_eq!(
        zones,
        [
            (ZoneRole::Body, "I was there."),
            (ZoneRole::Section, "> Were you?\n>\n> > Yes."),
            (ZoneRole::Body, "And left."),
            (ZoneRole::Section, "-- \nAda"),
            (ZoneRole::Section, "The Lamp"),
        ]
    );
}

#[test]
fn broken_letters_are_read_as_far_as_they_go() {
    // A boundary that never comes, base64 that is none, a head without a body.
    for text in [
        &b"Subject: A\nContent-Type: multipart/mixed; boundary=x\n\nText of it.\n"[..],
        b"Subject: A\nContent-Transfer-Encoding: base64\n\nText of it.\n",
        b"Subject: A\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nText of it.\n",
    ] {
        let document = letter(text).document;
        assert!(document.text.contains("Text of it."), "{:?}", document.text);
    }
    assert_eq!(letter(b"Subject: A\n").document.text.trim(), "A");
    assert!(matches!(read_letter(b"A mill burned.\n", &Given::default()), Err(Cause::NoLetter)));
    assert!(matches!(read_letter(b"", &Given::default()), Err(Cause::NoLetter)));
}

#[test]
fn a_line_of_ten_megabytes_is_a_line() {
    let mut text = b"From: a@lamp.example\nSubject: long\n\n".to_vec();
    text.resize(10 << 20, b'x');
    text.extend(b"\n\nA mill burned.\n");
    assert!(letter(&text).document.text.ends_with("A mill burned."));
    let mut head = b"From: a@lamp.example\nX-Long: ".to_vec();
    head.resize(10 << 20, b'x');
    head.extend(b"\nSubject: A\n\nA mill burned.\n");
    assert_eq!(letter(&head).document.title.as_deref(), Some("A"));
}

#[test]
fn letters_and_parts_by_the_thousand_are_refused() {
    let deep = "Content-Type: message/rfc822\n\n".repeat(100_000);
    let deep = format!("From: a@lamp.example\n{deep}Subject: A\n\nText.\n");
    assert!(matches!(read_letter(deep.as_bytes(), &Given::default()), Err(Cause::Tangled)));
    let wide = "--x\nContent-Type: multipart/mixed; boundary=never\n\n\n".repeat(50_000);
    let wide =
        format!("From: a@lamp.example\nContent-Type: multipart/mixed; boundary=x\n\n{wide}--x--\n");
    assert!(matches!(read_letter(wide.as_bytes(), &Given::default()), Err(Cause::Tangled)));
    // What real letters have many of is read.
    let some = "From: a@lamp.example\nContent-Type: message/rfc822\n\n".repeat(90);
    let some = format!("{some}Subject: A\n\nText.\n");
    assert!(read_letter(some.as_bytes(), &Given::default()).is_ok());
    // And those are taken in no deeper than archives are.
    let (good, bad) = all("a.eml", some.as_bytes());
    assert!(good.len() <= 4 && matches!(bad[0].cause, Cause::TooDeep { .. }), "{bad:?}");
}

#[test]
fn attachments_by_the_thousand_are_counted() {
    let part = "--x\nContent-Type: text/plain; name=\"a.txt\"\n\nA mill burned.\n";
    let text = format!(
        "From: a@lamp.example\nContent-Type: multipart/mixed; boundary=x\n\n{}--x--\n",
        part.repeat(20_000)
    );
    let found = letter(text.as_bytes());
    // The first part is the text.
    assert_eq!(found.attachments.len(), 1_000);
    assert_eq!(found.document.notes, ["18999 more attachments were left out"]);
}

#[test]
fn names_of_attachments_are_words_and_told_apart() {
    let part = |name: &str| {
        format!(
            "--x\nContent-Type: text/plain\nContent-Disposition: attachment; filename=\"{name}\"\n\n\
             A mill burned.\n"
        )
    };
    let text = format!(
        "From: a@lamp.example\nContent-Type: multipart/mixed; boundary=x\n\n{}{}{}--x--\n",
        part("../../etc/passwd.txt"),
        part("a.txt"),
        part("a.txt"),
    );
    let (good, bad) = all("a.eml", text.as_bytes());
    assert!(bad.is_empty(), "{bad:?}");
    let places: Vec<&str> = good.iter().map(|one| one.place.as_str()).collect();
    assert_eq!(places, ["a.eml", "a.eml/../../etc/passwd.txt", "a.eml/a.txt", "a.eml/a (3).txt"]);
}

#[test]
fn a_bad_letter_of_a_mailbox_fails_alone() {
    let mailbox = "From a Fri Mar 24 10:30:00 2017\nSubject: One\n\nFirst.\n\n\
                   From b Fri Mar 24 10:30:00 2017\nno head at all\n\n\
                   From c Fri Mar 24 10:30:00 2017\nSubject: Three\n\nThird.\n";
    let (good, bad) = all("in.mbox", mailbox.as_bytes());
    let places: Vec<&str> = good.iter().map(|one| one.place.as_str()).collect();
    assert_eq!(places, ["in.mbox:1", "in.mbox:3"]);
    assert_eq!(bad[0].place, "in.mbox:2");
    assert!(matches!(bad[0].cause, Cause::NoLetter));
}

#[test]
fn text_that_flows_is_put_together() {
    let letter = |kind: &str, words: &str| {
        let head = "From: Ada <a@lamp.example>\nSubject: The mill\nMIME-Version: 1.0\n";
        let letter = format!("{head}Content-Type: text/plain; charset=utf-8{kind}\n\n{words}\n");
        read_letter(letter.as_bytes(), &Given::default()).unwrap().document
    };
    // Paragraphs end with their line, without a blank one between.
    let words = "The mill at Ostby burned on Thursday night, and three engines came too late to save \n\
        it.\nThe owner was abroad when the mill burned, and he has said nothing of it since he \n\
        came back.\n> Who lit the fire, and \n> when?\n-- \nAda";
    let document = letter("; format=flowed", words);
    let zones: Vec<&str> =
        document.zones[1..].iter().map(|zone| zone.span.of(&document.text)).collect();
    assert_eq!(
        zones,
        [
            "The mill at Ostby burned on Thursday night, and three engines came too late to save it.",
            "The owner was abroad when the mill burned, and he has said nothing of it since he came back.",
            "> Who lit the fire, and when?",
            "-- \nAda",
        ]
    );
    let joined = letter("; format=flowed; delsp=yes", "A mill burned at Os \ntby.");
    assert!(joined.text.ends_with("A mill burned at Ostby."), "{}", joined.text);
    assert!(letter("", "A mill \nburned.").text.ends_with("A mill \nburned."));
}
