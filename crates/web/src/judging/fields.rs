//! The fields of a form, and what they say.

use std::fmt::Display;
use std::str::FromStr;

use throughline_intake::published;
use throughline_model::{Instant, Stance};
use throughline_tell::hand::{Entry, Place, Subject};
use throughline_tell::verdict::{Answered, Verdict};

use crate::trouble::Trouble;

/// The field that shows that a form is of these pages.
pub(crate) const TOKEN: &str = "token";

/// The longest text of a field, in bytes.
const LONGEST: usize = 10_000;

/// What was sent, in its order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    pub(crate) fn new(fields: Vec<(String, String)>) -> Fields {
        // Texts of several lines come with a carriage return before each line feed.
        let plain = |text: String| text.replace("\r\n", "\n").trim().to_owned();
        Fields(fields.into_iter().map(|(name, text)| (name, plain(text))).collect())
    }

    /// What was sent under a name, if it says something.
    pub(crate) fn one(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(own, text)| own == name && !text.is_empty()).map(|(_, text)| &**text)
    }

    /// All that was sent under a name and says something.
    pub(crate) fn all(&self, name: &str) -> Vec<String> {
        let own = self.0.iter().filter(|(own, text)| own == name && !text.is_empty());
        own.map(|(_, text)| text.clone()).collect()
    }

    /// Every field, to be sent again.
    pub(crate) fn each(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, text)| (&**name, &**text))
    }

    /// Where the form stood: a path of these pages.
    pub(crate) fn back(&self) -> &str {
        let plain = |to: &&str| {
            to.starts_with('/')
                && !to.starts_with("//")
                && to.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')
        };
        self.one("back").filter(plain).unwrap_or("/")
    }

    /// Why somebody decides so: what he typed, or what goes without saying.
    pub(crate) fn reason(&self) -> Result<String, Trouble> {
        let usual = match self.one("act").unwrap_or_default() {
            "accept" => Some("the document says this"),
            "reject" => Some("the document does not say this"),
            "same" => Some("compared side by side: one subject"),
            "not-same" => Some("compared side by side: two subjects"),
            "unsure" => Some("compared side by side: cannot be decided"),
            "unrelated" => Some("looked at: what they have in common connects them by nothing"),
            "undo" => Some("taken back by who looked again"),
            _ => None,
        };
        let reason = self.one("reason").or(usual).ok_or_else(|| missing("a reason"))?;
        Ok(reason.to_owned())
    }

    /// What is decided.
    pub(crate) fn verdict(&self, now: Instant) -> Result<Verdict, Trouble> {
        self.bounded()?;
        // A day on which something was published, or taken back: it has come.
        let day =
            |name| published(&self.wanted(name, "the day")?, now).map_err(|why| no_value(&why));
        let assertion = || self.wanted("assertion", "an assertion");
        let two = |make: fn(String, String) -> Verdict| -> Result<Verdict, Trouble> {
            Ok(make(self.wanted("one", "a record")?, self.wanted("other", "a record")?))
        };
        Ok(match self.one("act").unwrap_or_default() {
            "accept" => Verdict::Accept(assertion()?),
            "reject" => Verdict::Reject(assertion()?),
            "retract" => Verdict::Retract(assertion()?),
            "correct" => Verdict::Correct {
                assertion: assertion()?,
                value: self.wanted("value", "the value that the document gives")?,
                variable: self.one("variable").map(str::to_owned),
            },
            "withdraw" => Verdict::Withdraw { assertion: assertion()?, on: day("on")? },
            "dated" => Verdict::Dated {
                document: self.wanted("document", "a document")?,
                published: day("published")?,
            },
            "grade" => Verdict::Grade {
                source: self.wanted("source", "a source")?,
                reliability: self.graded("reliability")?,
            },
            "credit" => Verdict::Credit {
                assertion: assertion()?,
                credibility: self.graded("credibility")?,
            },
            "unrelated" => two(Verdict::Unrelated)?,
            "find" => Verdict::Find(self.answered()?),
            "code" => Verdict::Code(self.answered()?),
            "same" => two(Verdict::Same)?,
            "not-same" => two(Verdict::NotSame)?,
            "unsure" => two(Verdict::Unsure)?,
            "split" => Verdict::Split(self.wanted("mention", "a mention")?),
            "undo" => Verdict::Undo(self.wanted("judgment", "the judgment")?),
            other => {
                let what = format!("“{other}” is nothing that a form of these pages decides.");
                return Err(Trouble::refused(what, "Go to the page itself, and judge there."));
            }
        })
    }

    fn graded<G: FromStr<Err: Display>>(&self, name: &str) -> Result<G, Trouble> {
        self.wanted(name, "a grade")?.parse().map_err(|error: G::Err| no_value(&error.to_string()))
    }

    fn answered(&self) -> Result<Answered, Trouble> {
        let unknowable = self.one("unknowable").is_some();
        let value = match unknowable {
            true => None,
            false => Some(self.wanted("value", "a value, or that it cannot be known")?),
        };
        // What speaks for the value that was shown speaks for no other.
        let rests_on = match value.as_deref() == self.one("shown") {
            true => self.all("rests-on"),
            false => Vec::new(),
        };
        Ok(Answered {
            subject: self.wanted("subject", "a record")?,
            variable: self.wanted("variable", "a variable")?,
            value,
            party: self.one("party").map(str::to_owned),
            rests_on,
        })
    }

    /// The assertion that is entered by hand.
    pub(crate) fn entry(&self, by: &str, made: Instant) -> Result<Entry, Trouble> {
        self.bounded()?;
        let document = self.wanted("document", "a document")?;
        let number = |name| self.one(name).and_then(|text| text.parse().ok());
        let place = match (number("at"), number("from"), number("to")) {
            (Some(at), Some(from), Some(to)) => Place::Stretch { document, at, from, to },
            _ => Place::Words { document, words: self.wanted("words", "the words that say it")? },
        };
        let kind_and_name = |kind: &str, name: &str| {
            let given = self.one(kind).zip(self.one(name));
            given.map(|(kind, name)| format!("{kind}:{name}"))
        };
        let subject = match (self.one("subject"), kind_and_name("kind", "name")) {
            (_, Some(new)) => Subject::New(new),
            (Some(known), None) => Subject::Known(known.to_owned()),
            (None, None) => return Err(missing("of whom it is said")),
        };
        let stance = self.one("stance").unwrap_or("asserted");
        Ok(Entry {
            place,
            subject,
            variable: self.wanted("variable", "a variable")?,
            party: self.one("party").map(str::to_owned),
            value: self.wanted("value", "a value")?,
            speaker: self.one("speaker").map(str::to_owned),
            stance: Stance::from_name(stance)
                .ok_or_else(|| no_value(&format!("{stance:?} is no stance")))?,
            obtained: None,
            by: by.to_owned(),
            made,
            reason: self.one("reason").unwrap_or("entered by hand").to_owned(),
        })
    }

    fn wanted(&self, name: &str, what: &str) -> Result<String, Trouble> {
        self.one(name).map(str::to_owned).ok_or_else(|| missing(what))
    }

    fn bounded(&self) -> Result<(), Trouble> {
        match self.0.iter().find(|(_, text)| text.len() > LONGEST) {
            None => Ok(()),
            Some((name, text)) => Err(Trouble::refused(
                format!("“{name}” has {} bytes, and at most {LONGEST} are taken.", text.len()),
                "Say it in fewer words.",
            )),
        }
    }
}

fn missing(what: &str) -> Trouble {
    Trouble::refused(format!("This was not entered: it needs {what}."), "Add it and judge again.")
}

fn no_value(why: &str) -> Trouble {
    Trouble::refused(format!("This was not entered: {why}."), "Mend it and judge again.")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Noon of 13 May 2016, in Greenwich.
    const NOW: Instant = Instant(1_463_140_800_000);

    fn fields(all: &[(&str, &str)]) -> Fields {
        Fields::new(all.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect())
    }

    #[test]
    fn nothing_leads_away() {
        for (back, want) in [
            ("/documents/doc-1?page=2#ast-2", "/documents/doc-1?page=2#ast-2"),
            ("//evil.example/", "/"),
            ("/\\evil.example/", "/"),
            ("https://evil.example/", "/"),
            ("/a\nSet-Cookie: b", "/"),
            ("", "/"),
        ] {
            assert_eq!(fields(&[("back", back)]).back(), want);
        }
    }

    #[test]
    fn what_is_missing_is_named() {
        for (sent, needs) in [
            (&[("act", "accept")][..], "an assertion"),
            (&[("act", "correct"), ("assertion", "ast-1"), ("value", " ")], "the value"),
            (&[("act", "find"), ("variable", "killed")], "cannot be known"),
            (&[("act", "same"), ("one", "per-1")], "a record"),
            (&[("act", "withdraw"), ("assertion", "ast-1")], "the day"),
            (&[("act", "dated"), ("document", "doc-1"), ("published", "2017")], "not come yet"),
            (&[("act", "dated"), ("published", "2015")], "a document"),
            (&[("act", "grade"), ("source", "The Lamp")], "a grade"),
            (&[("act", "grade"), ("source", "The Lamp"), ("reliability", "G")], "reliable"),
            (&[("act", "credit"), ("assertion", "ast-1"), ("credibility", "0")], "improbable"),
            (&[("act", "unrelated"), ("one", "inc-1")], "a record"),
            (&[("act", "drop")], "“drop”"),
            (&[], "“”"),
        ] {
            let trouble = fields(sent).verdict(NOW).unwrap_err();
            assert!(trouble.what.contains(needs), "{sent:?}: {}", trouble.what);
        }
        let reason = |act| fields(&[("act", act)]).reason();
        assert!(reason("accept").is_ok() && reason("find").is_err() && reason("correct").is_err());
        let long = "x".repeat(LONGEST + 1);
        let sent = [("act", "accept"), ("assertion", "ast-1"), ("reason", &long)];
        assert!(fields(&sent).verdict(NOW).is_err());
    }
}
