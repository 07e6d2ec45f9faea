//! One row: the document that it cites, what it says, and the coder's judgments.

use std::collections::BTreeMap;
use std::fmt;

use throughline_model::{
    Act, Assertion, AssertionId, Day, Document, Edtf, Fingerprint, Instant, Judgment, JudgmentId,
    Mention, MentionId, Passage, Reading, Sha256, Speaker, Stance, SubjectKind, Target, Value,
    ValueShape, Variable, Voice, ZoneRole,
};

use super::map::{Entry, From, Judged, Map, Others, Party};
use super::{UNKNOWABLE, split, unguard};
use crate::FormatError;
use crate::codebooks::Codebook;
use crate::spelling::read_value;

/// What a row says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coded {
    /// The cited place; its text is not held.
    pub document: Document,
    /// The incident, whom and what it involves, and what is said of them.
    pub reading: Reading,
    /// The coder's acceptances and findings.
    pub judgments: Vec<Judgment>,
}

/// Why a row was left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The column, where one is to blame.
    pub column: Option<String>,
    /// What is wrong in it.
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.column {
            Some(column) => write!(f, "column {column}: {}", self.what),
            None => f.write_str(&self.what),
        }
    }
}

/// A text with columns in braces: `{city}, {country}`. `{{` is a brace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Template(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Words(String),
    Column(String),
}

impl Template {
    pub(super) fn column(name: &str) -> Template {
        Template(vec![Part::Column(name.to_owned())])
    }

    pub(super) fn read(text: &str) -> Result<Template, FormatError> {
        let mut parts = Vec::new();
        let mut words = String::new();
        let mut letters = text.chars().peekable();
        while let Some(letter) = letters.next() {
            match letter {
                '{' | '}' if letters.peek() == Some(&letter) => {
                    letters.next();
                    words.push(letter);
                }
                '{' => {
                    let name: String =
                        letters.by_ref().take_while(|letter| *letter != '}').collect();
                    parts.push(Part::Words(std::mem::take(&mut words)));
                    parts.push(Part::Column(name));
                }
                '}' => {
                    return Err(FormatError::new(format!(
                        "{text:?}: a brace closes that none opens; write }}}} for a brace"
                    )));
                }
                letter => words.push(letter),
            }
        }
        parts.push(Part::Words(words));
        Ok(Template(parts))
    }

    pub(super) fn columns(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|part| match part {
            Part::Column(name) => Some(name.as_str()),
            Part::Words(_) => None,
        })
    }

    /// The first column, to blame it.
    fn first(&self) -> Option<String> {
        self.columns().next().map(str::to_owned)
    }

    /// The text for a row; empty if every column that it names is.
    fn fill(&self, cells: &Cells) -> String {
        let mut any = self.columns().next().is_none();
        let mut text = String::new();
        for part in &self.0 {
            match part {
                Part::Words(words) => text.push_str(words),
                Part::Column(name) => {
                    let cell = cells.get(name);
                    any |= !cell.is_empty();
                    text.push_str(cell);
                }
            }
        }
        if any { text.trim().to_owned() } else { String::new() }
    }
}

/// The cells of a row by their columns.
struct Cells<'a> {
    by_name: BTreeMap<&'a str, &'a str>,
}

impl Cells<'_> {
    fn get(&self, name: &str) -> &str {
        self.by_name.get(name).copied().unwrap_or_default()
    }
}

impl Map {
    /// What a row says, entered at a moment. Equal rows give equal ids. Values that the coder stands
    /// behind must be such as the codebook allows.
    ///
    /// # Errors
    /// Every [`Fault`] of the row, each with its column; then nothing of the row is taken.
    pub fn code(
        &self,
        columns: &[String],
        cells: &[String],
        made: Instant,
        codebook: &Codebook,
    ) -> Result<Coded, Vec<Fault>> {
        if cells.len() != columns.len() {
            let what =
                format!("{} cells, and the table has {} columns", cells.len(), columns.len());
            return Err(vec![Fault { column: None, what }]);
        }
        let clean = |cell: &'_ str| -> String {
            let cell = if self.guarded { unguard(cell) } else { cell };
            cell.trim().to_owned()
        };
        let texts: Vec<String> = cells.iter().map(|cell| clean(cell)).collect();
        let by_name = columns.iter().map(String::as_str).zip(texts.iter().map(String::as_str));
        let cells = Cells { by_name: by_name.collect() };
        let mut faults = Vec::new();
        if cells.get(&self.id).is_empty() {
            return Err(vec![fault(&self.id, "the row has no id".to_owned())]);
        }
        let document = self.document(&cells).map_err(|bad| vec![bad])?;
        let mut row = Row::new(self, &cells, document, (made, codebook));
        for entry in &self.entries {
            if let Err(bad) = row.take(entry, &cells) {
                faults.push(bad);
            }
        }
        if faults.is_empty() { Ok(row.coded) } else { Err(faults) }
    }

    /// The cited place, as a document of its own: a row that is corrected in a later edition cites
    /// another work and stands beside it.
    fn document(&self, cells: &Cells) -> Result<Document, Fault> {
        let (work, place) = (self.work.fill(cells), self.place.fill(cells));
        let missing = |template: &Template, what: &str| Fault {
            column: template.first(),
            what: format!("the {what} that the row cites is empty"),
        };
        if work.is_empty() {
            return Err(missing(&self.work, "work"));
        }
        if place.is_empty() {
            return Err(missing(&self.place, "place"));
        }
        let published = match &self.published {
            None => None,
            Some(template) => match template.fill(cells).as_str() {
                "" => None,
                text => Some(text.parse().map_err(|error: throughline_model::EdtfError| {
                    Fault { column: template.first(), what: error.to_string() }
                })?),
            },
        };
        let source = self.source.as_ref().map(|template| template.fill(cells));
        let key = Fingerprint::new("cited place").field(work.as_bytes()).field(place.as_bytes());
        let sha256 = Sha256::of(&key.finish().0);
        Ok(Document {
            source: Some(
                source.filter(|source| !source.is_empty()).unwrap_or_else(|| work.clone()),
            ),
            title: Some(format!("{work}, {place}")),
            published,
            ..Document::bare(sha256)
        })
    }
}

fn fault(column: &str, what: String) -> Fault {
    Fault { column: Some(column.to_owned()), what }
}

/// A row as it is taken apart.
struct Row<'m> {
    map: &'m Map,
    coded: Coded,
    passage: Passage,
    incident: MentionId,
    labels: BTreeMap<&'m str, MentionId>,
    made: Instant,
    codebook: &'m Codebook,
}

impl<'m> Row<'m> {
    fn new(
        map: &'m Map,
        cells: &Cells,
        document: Document,
        (made, codebook): (Instant, &'m Codebook),
    ) -> Row<'m> {
        let passage = Passage::Cited { work: map.work.fill(cells), place: map.place.fill(cells) };
        let named = map.name.fill(cells);
        let name = if named.is_empty() { cells.get(&map.id).to_owned() } else { named };
        let incident = Mention::new(SubjectKind::Incident, document.id, passage.clone(), name);
        let id = incident.id;
        let reading = Reading { mentions: vec![incident], ..Reading::default() };
        let coded = Coded { document, reading, judgments: Vec::new() };
        Row { map, coded, passage, incident: id, labels: BTreeMap::new(), made, codebook }
    }

    fn take(&mut self, entry: &'m Entry, cells: &Cells) -> Result<(), Fault> {
        let subject = match &entry.of {
            None => self.incident,
            // Nothing is said of whom the row does not name.
            Some(label) => match self.labels.get(label.as_str()) {
                Some(id) => *id,
                None => return Ok(()),
            },
        };
        if !entry.variable.subjects().contains(&subject.kind()) {
            let kind = subject.kind().name();
            return Err(Fault {
                column: None,
                what: format!("{} is not said of {kind}s", entry.variable.name()),
            });
        }
        let judged = judgments_of(entry, cells)?;
        let texts = texts(entry, cells)?;
        if judged.len() > 1 && judged.len() != texts.len() {
            let column = entry.basis.clone();
            let what = format!("{} bases for {} values", judged.len(), texts.len());
            return Err(Fault { column, what });
        }
        for (at, text) in texts.into_iter().enumerate() {
            let how = judged.get(at).or(judged.first()).copied().unwrap_or(entry.judged);
            self.say(entry, subject, &text, how)?;
        }
        Ok(())
    }

    fn say(
        &mut self,
        entry: &'m Entry,
        subject: MentionId,
        text: &str,
        how: Judged,
    ) -> Result<(), Fault> {
        let (party, text) = self.party(entry, text)?;
        let allowed = |value: Option<&Value>| match self.codebook.refuses(entry.variable, value) {
            // What the coder only passes on is somebody else's word.
            Some(what) if how != Judged::Proposed => Err(Fault { column: entry.column(), what }),
            _ => Ok(()),
        };
        if how == Judged::Found && text == UNKNOWABLE {
            allowed(None)?;
            self.find(entry.variable, subject, party, None, vec![]);
            return Ok(());
        }
        let value = match entry.variable.shape() {
            ValueShape::Mention => {
                let id = self.mention(entry.kind, text);
                if let Some(label) = &entry.label {
                    self.labels.insert(label, id);
                }
                Value::Mention(id)
            }
            _ => {
                let value = read_value(entry.variable, text)
                    .map_err(|error| Fault { column: entry.column(), what: error.to_string() })?;
                allowed(Some(&value))?;
                value
            }
        };
        let said = Assertion {
            id: AssertionId::from_bits(0),
            document: self.coded.document.id,
            passage: self.passage.clone(),
            zone: ZoneRole::Body,
            speakers: vec![Speaker { voice: Voice::Document, stance: Stance::Asserted, cue: None }],
            subject,
            variable: entry.variable,
            party,
            value: value.clone(),
            obtained: None,
            repeats: None,
            certainty: 100,
        }
        .sealed();
        let id = said.id;
        if self.coded.reading.assertions.iter().any(|other| other.id == id) {
            return Ok(());
        }
        self.coded.reading.assertions.push(said);
        match how {
            Judged::Proposed => {}
            Judged::Accepted => self.judge(Act::Accept(id)),
            Judged::Found => self.find(entry.variable, subject, party, Some(value), vec![id]),
        }
        Ok(())
    }

    fn party<'t>(
        &mut self,
        entry: &Entry,
        text: &'t str,
    ) -> Result<(Option<MentionId>, &'t str), Fault> {
        Ok(match &entry.party {
            Party::None => (None, text),
            Party::Incident => (Some(self.incident), text),
            Party::Label(label) => (self.labels.get(label.as_str()).copied(), text),
            Party::Named(kind) => match text.rsplit_once(": ") {
                Some((name, value)) => (Some(self.mention(*kind, name.trim())), value.trim()),
                None => {
                    let what = format!("{text:?} does not say of whom; write it as NAME: value");
                    return Err(Fault { column: entry.column(), what });
                }
            },
        })
    }

    fn mention(&mut self, kind: SubjectKind, name: &str) -> MentionId {
        let mention = Mention::new(kind, self.coded.document.id, self.passage.clone(), name);
        let id = mention.id;
        if !self.coded.reading.mentions.iter().any(|other| other.id == id) {
            self.coded.reading.mentions.push(mention);
        }
        id
    }

    fn find(
        &mut self,
        variable: Variable,
        subject: MentionId,
        party: Option<MentionId>,
        value: Option<Value>,
        rests_on: Vec<AssertionId>,
    ) {
        self.judge(Act::Find(Box::new(Target { subject, variable, party, value, rests_on })));
    }

    fn judge(&mut self, act: Act) {
        let judgment = Judgment {
            id: JudgmentId::from_bits(0),
            by: self.map.by.clone(),
            made: self.made,
            reason: "as coded in the table".to_owned(),
            cites: vec![self.coded.document.id],
            supersedes: vec![],
            act,
        };
        self.coded.judgments.push(judgment.sealed());
    }
}

impl Entry {
    /// The column to blame.
    fn column(&self) -> Option<String> {
        match &self.from {
            From::Text(text) | From::Numbers(text, _) => text.first(),
            From::Date { year, .. } => Some(year.clone()),
        }
    }
}

/// How the coder stands behind each value, where a column says so.
fn judgments_of(entry: &Entry, cells: &Cells) -> Result<Vec<Judged>, Fault> {
    let Some(column) = &entry.basis else { return Ok(vec![entry.judged]) };
    split(cells.get(column))
        .iter()
        .map(|basis| match basis.split(',').next().unwrap_or_default() {
            "finding" => Ok(Judged::Found),
            "accepted" => Ok(Judged::Accepted),
            "proposal" => Ok(Judged::Proposed),
            other => Err(fault(
                column,
                format!("{other:?} is no basis; it is finding, accepted or proposal"),
            )),
        })
        .collect()
}

/// The texts of an entry's values, translated.
fn texts(entry: &Entry, cells: &Cells) -> Result<Vec<String>, Fault> {
    let raw = match &entry.from {
        From::Text(template) => template.fill(cells),
        From::Date { year, month, day } => {
            let none = String::new();
            let cell = |name: &Option<String>| {
                name.as_deref().map_or(none.as_str(), |name| cells.get(name))
            };
            let parts = [cells.get(year), cell(month), cell(day)];
            let parts = parts
                .map(|part| if entry.blank.iter().any(|blank| blank == part) { "" } else { part });
            date(parts).map_err(|what| fault(year, what))?.unwrap_or_default()
        }
        From::Numbers(template, order) => {
            let text = template.fill(cells);
            if entry.blank.contains(&text) {
                return Ok(vec![]);
            }
            numbers(&text, order).map_err(|what| Fault { column: entry.column(), what })?
        }
    };
    let raw = if entry.several { split(&raw) } else { vec![raw] };
    let mut texts = Vec::new();
    for text in raw {
        if text.is_empty() || entry.blank.contains(&text) {
            continue;
        }
        match (entry.values.get(&text), entry.others) {
            (Some(value), _) if value.is_empty() => {}
            (Some(value), _) => texts.push(value.clone()),
            (None, Others::Keep) => texts.push(text),
            (None, Others::LeaveOut) => {}
            (None, Others::Refuse) => {
                let what = format!("{text:?} is not among the values of the map");
                return Err(Fault { column: entry.column(), what });
            }
        }
    }
    Ok(texts)
}

/// A date of year, month and day; 0 or nothing where one is not known. `None` without a year.
fn date([year, month, day]: [&str; 3]) -> Result<Option<String>, String> {
    let number = |text: &str, what: &str| -> Result<Option<u16>, String> {
        match text {
            "" => Ok(None),
            // Statistics programs write whole numbers with a point.
            text => match text.strip_suffix(".0").unwrap_or(text).parse::<u16>() {
                Ok(0) => Ok(None),
                Ok(number) => Ok(Some(number)),
                Err(_) => Err(format!("{text:?} is no {what}")),
            },
        }
    };
    let (year, month, day) = (number(year, "year")?, number(month, "month")?, number(day, "day")?);
    Ok(Some(match (year, month, day) {
        (None, None, None) => return Ok(None),
        (Some(year), None, None) => format!("{year:04}"),
        (Some(year), Some(month @ 1..=12), None) => format!("{year:04}-{month:02}"),
        (Some(year), Some(month @ 1..=12), Some(day)) => {
            let narrow = |number: u16| i8::try_from(number).unwrap_or(0);
            let own = i16::try_from(year).unwrap_or(0);
            Day::from_ymd(own, narrow(month), narrow(day))
                .map(|day| Edtf::day(day).to_string())
                .ok_or_else(|| format!("the calendar has no {year:04}-{month:02}-{day:02}"))?
        }
        (None, ..) => return Err("a month or a day without a year".to_owned()),
        (_, None, Some(_)) => return Err("a day without a month".to_owned()),
        (_, Some(month), _) => return Err(format!("{month} is no month")),
    }))
}

/// A date of three numbers in one cell.
fn numbers(text: &str, order: &[char; 3]) -> Result<String, String> {
    if text.is_empty() {
        return Ok(String::new());
    }
    let parts: Vec<&str> = text
        .split(|letter: char| !letter.is_ascii_digit())
        .filter(|part| !part.is_empty())
        .collect();
    let [one, two, three] = parts.as_slice() else {
        return Err(format!("{text:?} is not three numbers"));
    };
    let part = |wanted: char| {
        let at = order.iter().position(|letter| *letter == wanted).unwrap_or(0);
        [*one, *two, *three][at]
    };
    if part('y').len() != 4 {
        return Err(format!("{text:?} has no year of four figures where the map says"));
    }
    Ok(date([part('y'), part('m'), part('d')])?.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_three_columns() {
        for (parts, want) in [
            (["1970", "7", "2"], Ok(Some("1970-07-02"))),
            (["1970", "7", "0"], Ok(Some("1970-07"))),
            (["1970", "0", "0"], Ok(Some("1970"))),
            (["1970.0", "7.0", ""], Ok(Some("1970-07"))),
            (["", "", ""], Ok(None)),
            (["0", "0", "0"], Ok(None)),
            (["1970", "2", "30"], Err("the calendar has no 1970-02-30")),
            (["1970", "13", "1"], Err("13 is no month")),
            (["1970", "0", "3"], Err("a day without a month")),
            (["soon", "", ""], Err("\"soon\" is no year")),
        ] {
            let got = date(parts);
            assert_eq!(got.as_ref().map(Option::as_deref).map_err(String::as_str), want);
        }
        assert_eq!(numbers("24/03/2017", &['d', 'm', 'y']).as_deref(), Ok("2017-03-24"));
        assert_eq!(numbers("03.24.2017", &['m', 'd', 'y']).as_deref(), Ok("2017-03-24"));
        assert!(numbers("24/03/17", &['d', 'm', 'y']).is_err());
    }

    const MAP: &str = r#"
        by = "A coder"
        id = "eventid"
        name = "attack at {city}"
        blank = ["-9", "."]

        [cites]
        work = "The Lamp Data Set, 2020"
        published = "2020"

        [[value]]
        variable = "date"
        year = "iyear"
        month = "imonth"

        [[value]]
        variable = "type"
        column = "type"
        values = { "Bombing/Explosion" = "bombing", "Unknown" = "" }

        [[value]]
        variable = "killed"
        column = "nkill"
        judged = "found"

        [[value]]
        variable = "perpetrator"
        column = "by"
        label = "attacker"

        [[value]]
        variable = "fate"
        of = "attacker"
        column = "fate"

        [[value]]
        variable = "role"
        of = "attacker"
        party = "incident"
        text = "perpetrator"
        judged = "proposed"
    "#;

    fn plot() -> Codebook {
        crate::codebooks::read(crate::codebooks::SHIPPED[0].1).unwrap()
    }

    #[test]
    fn a_value_that_the_codebook_does_not_allow_is_a_fault_unless_it_is_only_proposed() {
        let coded = |judged: &str| {
            let map = format!(
                "{MAP}[[value]]\nvariable = 'company'\ncolumn = 'city'\njudged = '{judged}'"
            );
            let cells = ["7", "gang", "1970", "0", "", "", "", ""].map(String::from);
            Map::read(&map).unwrap().code(&columns(), &cells, Instant(0), &plot())
        };
        for judged in ["accepted", "found"] {
            let faults = coded(judged).unwrap_err();
            let told = faults[0].to_string();
            assert!(told.starts_with("column city: company: \"gang\" is no value of it"), "{told}");
        }
        assert!(coded("proposed").is_ok());
    }

    fn columns() -> Vec<String> {
        ["eventid", "city", "iyear", "imonth", "type", "nkill", "by", "fate"]
            .map(String::from)
            .to_vec()
    }

    fn code(cells: [&str; 8]) -> Result<Coded, String> {
        let map = Map::read(MAP).unwrap();
        map.check_columns(&columns()).unwrap();
        map.code(&columns(), &cells.map(String::from), Instant(0), &plot())
            .map_err(|faults| faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))
    }

    #[test]
    fn a_row_is_a_cited_incident_with_the_coders_judgments() {
        let coded =
            code(["7", "Lenn", "1970", "0", "Bombing/Explosion", "3", "Odo Lind", "dead"]).unwrap();
        assert_eq!(coded.document.title.as_deref(), Some("The Lamp Data Set, 2020, row 7"));
        assert_eq!(coded.document.published.as_ref().unwrap().as_str(), "2020");
        assert_eq!(coded.reading.mentions[0].name, "attack at Lenn");
        let said: Vec<(&str, &Value)> = coded
            .reading
            .assertions
            .iter()
            .map(|said| (said.variable.name(), &said.value))
            .collect();
        let person = coded.reading.mentions[1].id;
        assert_eq!(
            said,
            [
                ("date", &Value::Date("1970".parse().unwrap())),
                ("type", &Value::Term("bombing".into())),
                ("killed", &read_value(Variable::Killed, "3").unwrap()),
                ("perpetrator", &Value::Mention(person)),
                ("fate", &Value::Term("dead".into())),
                ("role", &Value::Term("perpetrator".into())),
            ]
        );
        let acts: Vec<&str> = coded.judgments.iter().map(|judgment| judgment.act.name()).collect();
        assert_eq!(acts, ["accept", "accept", "find", "accept", "accept"]);
        let again = code(["7", "Lenn", "1970", "0", "Bombing/Explosion", "3", "Odo Lind", "dead"]);
        assert_eq!(again, Ok(coded));
    }

    #[test]
    fn what_a_row_does_not_say_is_not_asserted() {
        let coded = code(["8", "Lenn", "1971", "", "Unknown", "-9", "", "dead"]).unwrap();
        let said: Vec<&str> =
            coded.reading.assertions.iter().map(|said| said.variable.name()).collect();
        assert_eq!(said, ["date"]);
    }

    #[test]
    fn every_fault_of_a_row_is_named_with_its_column() {
        assert_eq!(
            code(["9", "Lenn", "soon", "0", "Riot", "many", "", ""]).unwrap_err(),
            "column iyear: \"soon\" is no year; \
             column type: \"Riot\" is not among the values of the map; \
             column nkill: killed is a number: 12, \"at least 12\", 30-40 or \"about 12\"; not \"many\""
        );
        let error = code(["", "Lenn", "", "", "", "", "", ""]).unwrap_err();
        assert_eq!(error, "column eventid: the row has no id");
    }

    #[test]
    fn maps_that_make_no_sense_are_refused() {
        let with = |from: &str, to: &str| {
            Map::read(&MAP.replacen(from, to, 1)).map(|_| ()).unwrap_err().to_string()
        };
        for (from, to, why) in [
            ("by = \"A coder\"", "by = \" \"", "the coder's name is missing"),
            (
                "variable = \"killed\"",
                "variable = \"kiled\"",
                "number 3 (kiled): \"kiled\" is no variable; did you mean killed?",
            ),
            ("of = \"attacker\"", "of = \"atacker\"", "no [[value]] before it has the label"),
            ("column = \"nkill\"", "colum = \"nkill\"", "unknown field"),
            ("column = \"nkill\"", "year = \"nkill\"", "only a date has a year"),
            ("column = \"nkill\"", "", "give one of column, text, or year"),
        ] {
            let error = with(from, to);
            assert!(error.contains(why), "{error}");
        }
        let map = Map::read(MAP).unwrap();
        let mut short = columns();
        short[5] = "nkil".into();
        let error = map.check_columns(&short).unwrap_err().to_string();
        assert_eq!(error, "the table has no column \"nkill\"; did you mean \"nkil\"?");
    }

    #[test]
    fn the_map_of_exports_is_one() {
        Map::read(super::super::map_of_export()).unwrap();
    }
}
