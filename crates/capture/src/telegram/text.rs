//! The words of a message: a string, or a list of strings and of objects with a kind.

use serde_json::Value;

/// The words of a message and the links behind them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Words {
    pub(super) text: String,
    /// Words whose link leads elsewhere than they say, with the address.
    pub(super) links: Vec<(String, String)>,
    /// How many pieces are not as Telegram Desktop writes them, so that their words are not known.
    pub(super) unread: usize,
}

/// The words of a `text` field; what has no words has none.
pub(super) fn words(value: &Value) -> Words {
    let mut words = Words::default();
    match value {
        Value::String(text) => words.text.push_str(text),
        Value::Array(parts) => parts.iter().for_each(|part| words.part(part)),
        Value::Null => {}
        _ => words.unread = 1,
    }
    words
}

impl Words {
    fn part(&mut self, part: &Value) {
        if let Value::String(text) = part {
            self.text.push_str(text);
            return;
        }
        let Some(text) = part["text"].as_str() else {
            self.unread += 1;
            return;
        };
        self.text.push_str(text);
        // An address that stands there in full, with or without its beginning, is no other one.
        let bare = |address: &str| {
            let address = address.trim().trim_end_matches('/');
            let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
            rest.to_lowercase()
        };
        if let Some(href) = part["href"].as_str().filter(|href| bare(href) != bare(text)) {
            self.links.push((text.trim().to_owned(), href.to_owned()));
        }
    }
}

/// The question and the answers of a poll, each on a line; how many chose what changes with every
/// export and is left out.
pub(super) fn poll(poll: &Value) -> Option<String> {
    // Newer exports have rich text in a question, as a message has.
    let question = words(&poll["question"]).text;
    let answers = poll["answers"].as_array().into_iter().flatten();
    let lines: Vec<String> = std::iter::once(question)
        .chain(answers.map(|answer| format!("- {}", words(&answer["text"]).text)))
        .collect();
    (!lines[0].is_empty()).then(|| lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn words_are_joined_as_they_stand_and_links_kept_where_they_lead_elsewhere() {
        let text = json!([
            "Read ",
            {"type": "text_link", "text": "the list", "href": "https://lamp.example/list"},
            " and ",
            {"type": "text_link", "text": "lamp.example", "href": "https://lamp.example/"},
            ", ",
            {"type": "bold", "text": "now"},
            7,
        ]);
        let words = words(&text);
        assert_eq!(words.text, "Read the list and lamp.example, now");
        let want = [("the list".to_owned(), "https://lamp.example/list".to_owned())];
        assert_eq!(words.links, want);
        // A number is no piece of a text.
        assert_eq!((words.unread, super::words(&json!(12)).unread), (1, 1));
        assert_eq!(super::words(&json!("plain")).text, "plain");
        assert_eq!(super::words(&json!(null)), Words::default());
    }

    #[test]
    fn a_poll_is_its_question_and_its_answers() {
        let asked = json!({"question": "Where?", "answers": [{"text": "Lenn", "voters": 3}]});
        assert_eq!(poll(&asked).as_deref(), Some("Where?\n- Lenn"));
        assert_eq!(poll(&json!({"answers": []})), None);
    }
}
