//! Documents.

use serde::{Deserialize, Serialize};
use throughline_model::{
    Document, DocumentId, Edtf, Medium, Page, Picture, Reference, Relation, Sha256, Stamp, Zone,
    ZoneRole,
};

use super::{FormatError, Spelled, value::SpanForm};

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DocumentForm {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<Spelled<DocumentId>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sha256: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    medium: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    byline: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<Spelled<Edtf>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    published_at: Option<Spelled<Stamp>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    modified: Option<Spelled<Stamp>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fetched: Option<Spelled<Stamp>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    section: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    item: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    file: Option<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    text: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    zones: Vec<ZoneForm>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pages: Vec<PageForm>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pictures: Vec<PictureForm>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    references: Vec<ReferenceForm>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    notes: Vec<String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PageForm {
    name: String,
    start: u32,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PictureForm {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sha256: Option<String>,
    name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    caption: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at: Option<u32>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReferenceForm {
    relation: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    item: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    at: Option<Spelled<Stamp>>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ZoneForm {
    role: String,
    span: SpanForm,
}

impl From<&Document> for DocumentForm {
    fn from(document: &Document) -> DocumentForm {
        DocumentForm {
            id: Some(Spelled(document.id)),
            sha256: Some(document.sha256.to_string()),
            medium: document.medium.map(|medium| medium.name().to_owned()),
            source: document.source.clone(),
            title: document.title.clone(),
            byline: document.byline.clone(),
            published: document.published.clone().map(Spelled),
            published_at: document.published_at.clone().map(Spelled),
            modified: document.modified.clone().map(Spelled),
            fetched: document.fetched.clone().map(Spelled),
            url: document.url.clone(),
            language: document.language.clone(),
            section: document.section.clone(),
            item: document.item.clone(),
            file: document.file.clone(),
            text: document.text.clone(),
            zones: document
                .zones
                .iter()
                .map(|zone| ZoneForm { role: role_name(zone.role).into(), span: zone.span.into() })
                .collect(),
            pages: document
                .pages
                .iter()
                .map(|page| PageForm { name: page.name.clone(), start: page.start })
                .collect(),
            pictures: document.pictures.iter().map(PictureForm::from).collect(),
            references: document.references.iter().map(ReferenceForm::from).collect(),
            notes: document.notes.clone(),
        }
    }
}

impl From<&Picture> for PictureForm {
    fn from(picture: &Picture) -> PictureForm {
        PictureForm {
            sha256: picture.sha256.map(|hash| hash.to_string()),
            name: picture.name.clone(),
            caption: picture.caption.clone(),
            at: picture.at,
        }
    }
}

impl TryFrom<PictureForm> for Picture {
    type Error = FormatError;

    fn try_from(form: PictureForm) -> Result<Picture, FormatError> {
        Ok(Picture {
            sha256: form.sha256.as_deref().map(parse_sha256).transpose()?,
            name: form.name,
            caption: form.caption,
            at: form.at,
        })
    }
}

impl From<&Reference> for ReferenceForm {
    fn from(reference: &Reference) -> ReferenceForm {
        ReferenceForm {
            relation: relation_name(reference.relation).to_owned(),
            source: reference.source.clone(),
            item: reference.item.clone(),
            at: reference.at.clone().map(Spelled),
        }
    }
}

impl TryFrom<ReferenceForm> for Reference {
    type Error = FormatError;

    fn try_from(form: ReferenceForm) -> Result<Reference, FormatError> {
        Ok(Reference {
            relation: relation_of(&form.relation)?,
            source: form.source,
            item: form.item,
            at: form.at.map(|at| at.0),
        })
    }
}

impl DocumentForm {
    /// The hash that names it: of its bytes, which do not travel; for want of it, of what is there.
    fn hash(&self) -> Result<Sha256, FormatError> {
        match (&self.sha256, self.text.as_str(), self.title.as_deref()) {
            (Some(sha256), ..) => parse_sha256(sha256),
            (None, "", None | Some("")) => Err(FormatError::new(
                "nothing names this document; give its sha256, its text, or the title of a cited work",
            )),
            (None, "", Some(title)) => Ok(Sha256::of(title.as_bytes())),
            (None, text, _) => Ok(Sha256::of(text.as_bytes())),
        }
    }
}

impl TryFrom<DocumentForm> for Document {
    type Error = FormatError;

    fn try_from(form: DocumentForm) -> Result<Document, FormatError> {
        let sha256 = form.hash()?;
        let id = DocumentId::of_bytes(sha256);
        if let Some(Spelled(given)) = form.id
            && given != id
        {
            return Err(FormatError::new(format!(
                "the id {given} does not belong to this document, which is {id}; leave the id as \
                 exported, or out"
            )));
        }
        let mut zones = Vec::with_capacity(form.zones.len());
        let mut end = 0;
        for zone in form.zones {
            let span = zone.span.into();
            let zone = Zone { role: role_of(&zone.role)?, span };
            if span.start < end || form.text.get(span.range()).is_none() {
                return Err(FormatError::new(format!(
                    "zone {}..{} overlaps another or does not fit the text",
                    span.start, span.end
                )));
            }
            end = span.end;
            zones.push(zone);
        }
        let mut pages: Vec<Page> = Vec::with_capacity(form.pages.len());
        for PageForm { name, start } in form.pages {
            let follows = pages.last().is_none_or(|before| before.start <= start);
            if !follows || !form.text.is_char_boundary(start as usize) {
                return Err(FormatError::new(format!(
                    "page {name:?} begins at {start}, before another or outside the text"
                )));
            }
            pages.push(Page { name, start });
        }
        Ok(Document {
            id,
            sha256,
            medium: form.medium.as_deref().map(medium_of).transpose()?,
            source: form.source,
            title: form.title,
            byline: form.byline,
            published: form.published.map(|date| date.0),
            published_at: form.published_at.map(|at| at.0),
            modified: form.modified.map(|at| at.0),
            fetched: form.fetched.map(|at| at.0),
            url: form.url,
            language: form.language,
            section: form.section,
            item: form.item,
            file: form.file,
            text: form.text,
            zones,
            pages,
            pictures: form.pictures.into_iter().map(Picture::try_from).collect::<Result<_, _>>()?,
            references: form
                .references
                .into_iter()
                .map(Reference::try_from)
                .collect::<Result<_, _>>()?,
            notes: form.notes,
        })
    }
}

fn medium_of(name: &str) -> Result<Medium, FormatError> {
    Medium::from_name(name).ok_or_else(|| {
        let names = Medium::ALL.map(Medium::name).join(", ");
        FormatError::new(format!("{name:?} is no medium; wanted is one of {names}"))
    })
}

const ROLES: [(ZoneRole, &str); 7] = [
    (ZoneRole::Source, "source"),
    (ZoneRole::Headline, "headline"),
    (ZoneRole::Byline, "byline"),
    (ZoneRole::Dateline, "dateline"),
    (ZoneRole::Body, "body"),
    (ZoneRole::PullQuote, "pull-quote"),
    (ZoneRole::Section, "section"),
];

/// The name of a zone's role in formats.
pub(crate) fn role_name(role: ZoneRole) -> &'static str {
    ROLES.iter().find(|(one, _)| *one == role).map_or("body", |(_, name)| name)
}

pub(crate) fn role_of(name: &str) -> Result<ZoneRole, FormatError> {
    ROLES.iter().find(|(_, one)| *one == name).map(|(role, _)| *role).ok_or_else(|| {
        let names: Vec<&str> = ROLES.iter().map(|(_, name)| *name).collect();
        FormatError::new(format!("{name:?} is no zone; wanted is one of {}", names.join(", ")))
    })
}

const RELATIONS: [(Relation, &str); 5] = [
    (Relation::Forwards, "forwards"),
    (Relation::Answers, "answers"),
    (Relation::AttachedTo, "attached-to"),
    (Relation::Translates, "translates"),
    (Relation::Replaces, "replaces"),
];

/// The name of a relation between documents in formats.
pub fn relation_name(relation: Relation) -> &'static str {
    RELATIONS.iter().find(|(one, _)| *one == relation).map_or("forwards", |(_, name)| name)
}

fn relation_of(name: &str) -> Result<Relation, FormatError> {
    RELATIONS.iter().find(|(_, one)| *one == name).map(|(relation, _)| *relation).ok_or_else(|| {
        let names: Vec<&str> = RELATIONS.iter().map(|(_, name)| *name).collect();
        FormatError::new(format!("{name:?} is no relation; wanted is one of {}", names.join(", ")))
    })
}

/// The hash that 64 digits spell.
///
/// # Errors
/// [`FormatError`] for anything else, capital digits among it.
pub(crate) fn parse_sha256(text: &str) -> Result<Sha256, FormatError> {
    let digits =
        |at: usize| text.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
    let mut bytes = [0; 32];
    let lower = text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
    for (at, byte) in bytes.iter_mut().enumerate() {
        match digits(2 * at) {
            Some(value) if text.len() == 64 && lower => *byte = value,
            _ => {
                return Err(FormatError::new(format!(
                    "{text:?} is no SHA-256; it has 64 digits, 0 to 9 and a to f"
                )));
            }
        }
    }
    Ok(Sha256(bytes))
}

#[cfg(test)]
mod tests {
    use throughline_model::Span;

    use super::*;
    use crate::{read_document, write_document};

    #[test]
    fn a_document_reads_back_as_it_was_written() {
        let text = "Two held\n\nTwo men were held.";
        let sha256 = Sha256::of(text.as_bytes());
        let full = Document {
            medium: Some(Medium::Letter),
            source: Some("Coast Wire".into()),
            published: Some("2019-03-02".parse().unwrap()),
            published_at: Some("2019-03-02T08:00:00+01:00".parse().unwrap()),
            modified: Some("2019-03-03".parse().unwrap()),
            fetched: Some("2019-03-04T10:00:00Z".parse().unwrap()),
            section: Some("World".into()),
            item: Some("7".into()),
            file: Some("export/result.json:7".into()),
            text: text.into(),
            zones: vec![Zone { role: ZoneRole::Headline, span: Span::new(0, 8) }],
            pages: vec![Page { name: "iv".into(), start: 0 }, Page { name: "1".into(), start: 10 }],
            pictures: vec![Picture {
                sha256: Some(sha256),
                name: "photos/one.jpg".into(),
                caption: Some("The quay".into()),
                at: Some(10),
            }],
            references: RELATIONS
                .map(|(relation, _)| Reference {
                    relation,
                    source: Some("A channel".into()),
                    item: None,
                    at: Some("2019-03-01T23:59".parse().unwrap()),
                })
                .to_vec(),
            notes: vec!["a picture is missing".into()],
            ..Document::bare(sha256)
        };
        for document in [full.clone(), Document::bare(sha256)] {
            assert_eq!(read_document(&write_document(&document)), Ok(document));
        }
        assert_eq!([full.page_at(9), full.page_at(10)], [Some("iv"), Some("1")]);
    }

    #[test]
    fn pages_that_do_not_fit_the_text_are_refused() {
        let sha256 = Sha256::of(b"");
        for starts in [[3, 1], [0, 9]] {
            let pages = starts.map(|start| Page { name: "1".into(), start }).to_vec();
            let document = Document { text: "text".into(), pages, ..Document::bare(sha256) };
            let error = read_document(&write_document(&document)).unwrap_err();
            assert!(error.to_string().contains("page"), "{error}");
        }
    }
}
