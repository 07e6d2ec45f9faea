//! Reports of incidents, as documents.
//!
//! A line is `{"id", "title", "published", "text"}`, or `{"id", "sentences": [[words]]}` of texts
//! that are cut into words and have no date.

use serde_json::Value as Json;
use throughline_model::{Document, Edtf, Sha256, Span, Zone, ZoneRole};

use super::{Error, lines};

/// The documents of lines of JSON, with their ids.
///
/// # Errors
/// If a line is no JSON, has no text, a date that is none, or the id of an earlier one.
pub fn documents(text: &str) -> Result<Vec<(String, Document)>, Error> {
    lines::objects(text, "id")?
        .into_iter()
        .map(|(line, id, json)| {
            let document = document(line, &id, &json)?;
            Ok((id, document))
        })
        .collect()
}

fn document(line: usize, id: &str, json: &Json) -> Result<Document, Error> {
    let body = match &json["sentences"] {
        Json::Array(sentences) => {
            let words = |sentence: &Json| {
                let words = sentence.as_array().into_iter().flatten();
                words.filter_map(Json::as_str).collect::<Vec<_>>().join(" ")
            };
            sentences.iter().map(words).collect::<Vec<_>>().join("\n\n")
        }
        _ => lines::text(line, json, "text")?,
    };
    let title = json["title"].as_str().map(str::trim).filter(|title| !title.is_empty());
    let published: Option<Edtf> = match json["published"].as_str().filter(|date| !date.is_empty()) {
        Some(date) => Some(date.parse().map_err(|error: throughline_model::EdtfError| {
            Error::new(line, format!("\"published\": {error}"))
        })?),
        None => None,
    };
    let mut text = String::new();
    let mut zones = Vec::new();
    let mut add = |part: &str, role: ZoneRole| {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        text.push_str(part);
        zones.push(Zone { role, span: Span::new(start, text.len()) });
    };
    if let Some(title) = title {
        add(title, ZoneRole::Headline);
    }
    let paragraphs = body.split("\n\n").map(str::trim).filter(|part| !part.is_empty());
    paragraphs.for_each(|part| add(part, ZoneRole::Body));
    let title = title.map(str::to_owned);
    // Two documents may have the same words, so their ids tell them apart.
    let named = Document::bare(Sha256::of(id.as_bytes()));
    Ok(Document { title, published, text, zones, ..named })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_and_lists_of_words_become_documents() {
        let text = r#"{"id": "a", "title": "A fire", "published": "2016-05-14", "text": "It burned.\n\nNobody died."}
            {"id": "b", "sentences": [["It", "burned", "."], ["Nobody", "died", "."]]}"#;
        let documents = documents(text).unwrap();
        let parts = |at: usize| -> Vec<&str> {
            let document: &Document = &documents[at].1;
            document.zones.iter().map(|zone| zone.span.of(&document.text)).collect()
        };
        assert_eq!(parts(0), ["A fire", "It burned.", "Nobody died."]);
        assert_eq!(parts(1), ["It burned .", "Nobody died ."]);
        assert!(documents[1].1.published.is_none());
        let error = super::documents(r#"{"id": "a"}"#).unwrap_err().to_string();
        assert!(error.contains("\"text\" must be"), "{error}");
    }
}
