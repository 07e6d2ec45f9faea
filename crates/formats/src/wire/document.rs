//! Documents.

use serde::{Deserialize, Serialize};
use throughline_model::{Document, DocumentId, Edtf, Sha256, Zone, ZoneRole};

use super::{FormatError, Spelled, value::SpanForm};

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DocumentForm {
    pub(crate) id: Spelled<DocumentId>,
    sha256: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    byline: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<Spelled<Edtf>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<String>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    text: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    zones: Vec<ZoneForm>,
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
            id: Spelled(document.id),
            sha256: document.sha256.to_string(),
            source: document.source.clone(),
            title: document.title.clone(),
            byline: document.byline.clone(),
            published: document.published.clone().map(Spelled),
            url: document.url.clone(),
            language: document.language.clone(),
            text: document.text.clone(),
            zones: document
                .zones
                .iter()
                .map(|zone| ZoneForm { role: role_name(zone.role).into(), span: zone.span.into() })
                .collect(),
        }
    }
}

impl TryFrom<DocumentForm> for Document {
    type Error = FormatError;

    fn try_from(form: DocumentForm) -> Result<Document, FormatError> {
        let sha256 = parse_sha256(&form.sha256)?;
        let id = DocumentId::of_bytes(sha256);
        if id != form.id.0 {
            let given = form.id.0;
            return Err(FormatError::new(format!(
                "the id {given} does not belong to this sha256; leave it as exported ({id})"
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
        Ok(Document {
            id,
            sha256,
            source: form.source,
            title: form.title,
            byline: form.byline,
            published: form.published.map(|date| date.0),
            url: form.url,
            language: form.language,
            text: form.text,
            zones,
        })
    }
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

fn parse_sha256(text: &str) -> Result<Sha256, FormatError> {
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
