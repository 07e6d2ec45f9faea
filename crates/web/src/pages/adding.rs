//! The form by which somebody adds what a document says and no reader found.

use std::collections::BTreeMap;

use maud::{Markup, html};
use throughline_formats::codebooks::Codebook;
use throughline_model::{AsOf, DocumentId, MentionId, Stance, SubjectKind, ValueShape, Variable};

use crate::desk::Room;
use crate::judging::forms;
use crate::layout::{self, Frame};
use crate::trouble::Trouble;

/// What an assertion can be on: the records that a document mentions, and the codebook's questions.
pub(crate) struct Adding {
    /// One mention of each record, with the record's name.
    known: Vec<(MentionId, String)>,
    codebook: Codebook,
}

impl Adding {
    pub(crate) fn gather(room: &Room, document: DocumentId) -> Result<Adding, Trouble> {
        // A mention of this document, since an assertion is on what its document mentions.
        let mut known: BTreeMap<(SubjectKind, String), MentionId> = BTreeMap::new();
        for mention in room.casebook.readings(document)?.into_iter().flat_map(|one| one.mentions) {
            let row = room.casebook.bare(mention.id, AsOf::default())?;
            let name = row.map_or(mention.name, |row| row.record.name);
            known.entry((mention.id.kind(), name)).or_insert(mention.id);
        }
        let known = known.into_iter().map(|((_, name), id)| (id, name)).collect();
        Ok(Adding { known, codebook: room.casebook.codebook()?.codebook })
    }

    /// The form; the script fills in what is selected in the text.
    pub(crate) fn form(&self, frame: &Frame, document: DocumentId) -> Markup {
        let Some(judging) = frame.judging else { return html! {} };
        html! {
            details #add.adding {
                summary { "Add what it says" }
                form.judge method="post" action="/add" {
                    (forms::carried(frame, judging.token, "add"))
                    input type="hidden" name="document" value=(document);
                    @for name in ["at", "from", "to"] { input id=(format!("add-{name}")) type="hidden" name=(name); }
                    div.field {
                        label for="add-words" { "The words that say it, as they stand in the text" }
                        textarea #add-words name="words" rows="3" required {}
                    }
                    div.field {
                        label for="add-subject" { "Of whom or what" }
                        select #add-subject name="subject" {
                            @for (id, name) in &self.known {
                                option value=(id) data-kind=(id.kind().name()) { (id.kind().name()) ": " (frame.edition.plain(name)) }
                            }
                            option value="" { "something new, named below" }
                        }
                    }
                    div.pair {
                        div.field {
                            label for="add-kind" { "New: its kind" }
                            select #add-kind name="kind" {
                                @for kind in SubjectKind::ALL { option value=(kind.name()) { (kind.name()) } }
                            }
                        }
                        div.field {
                            label for="add-name" { "New: its name" }
                            input #add-name type="text" name="name" autocomplete="off" maxlength="300";
                        }
                    }
                    div.field {
                        label for="add-variable" { "What of it" }
                        select #add-variable name="variable" required { (self.variables()) }
                    }
                    div.field {
                        label for="add-value" { "What it is said to be" }
                        input #add-value type="text" name="value" required autocomplete="off" aria-describedby="add-shape";
                        p #add-shape.hint { "A word of the codebook, a date as 1894-02-12, a number, yes or no, a text; another record by its id, or new as " code { "person:Name" } "." }
                    }
                    div.field {
                        label for="add-party" { "In relation to whom, if to anybody" }
                        select #add-party name="party" {
                            option value="" { "nobody" }
                            @for (id, name) in &self.known {
                                option value=(id) { (id.kind().name()) ": " (frame.edition.plain(name)) }
                            }
                        }
                    }
                    div.pair {
                        div.field {
                            label for="add-speaker" { "Who says it there, if not the document" }
                            input #add-speaker type="text" name="speaker" autocomplete="off" maxlength="300";
                        }
                        div.field {
                            label for="add-stance" { "How firmly" }
                            select #add-stance name="stance" {
                                @for stance in Stance::ALL { option value=(stance.name()) { (stance.name()) } }
                            }
                        }
                    }
                    div.field {
                        label for="add-reason" { "Why, if it does not go without saying" }
                        input #add-reason type="text" name="reason" autocomplete="off";
                    }
                    button type="submit" { "Add and accept" }
                }
                (forms::term_lists(&self.codebook))
            }
        }
    }

    /// Every variable, those of the codebook first and with its question.
    fn variables(&self) -> Markup {
        let kinds = |variable: Variable| {
            variable.subjects().iter().map(|kind| kind.name()).collect::<Vec<_>>().join(" ")
        };
        let shape = |variable: Variable| match variable.shape() {
            ValueShape::Text => "text",
            ValueShape::Term => "term",
            ValueShape::Mention => "record",
            ValueShape::Date => "date",
            ValueShape::Figure => "number",
            ValueShape::Answer => "answer",
            ValueShape::Share => "share",
        };
        let option = |variable: Variable, question: Option<&str>| {
            html! {
                option value=(variable.name()) data-kinds=(kinds(variable)) data-shape=(shape(variable)) title=[question] {
                    (variable.name().replace(['-', '.'], " "))
                }
            }
        };
        let others = Variable::all().filter(|variable| self.codebook.of(*variable).is_none());
        html! {
            optgroup label=(format!("Codebook {}", layout::capital(&self.codebook.name))) {
                @for coded in &self.codebook.variables { (option(coded.variable, Some(&coded.question))) }
            }
            optgroup label="Others" { @for variable in others { (option(variable, None)) } }
        }
    }
}
