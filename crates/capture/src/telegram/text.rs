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
    /// Whether words that are struck out were left out.
    pub(super) struck: bool,
}

/// The words of a `text` field; what has no words has none.
pub(super) fn words(value: &Value) -> Words {
    let mut words = Words::default();
    match value {
        Value::String(text) => words.text.push_str(text),
        Value::Array(parts) => {
            let said = |kind: Option<&str>| {
                let of = |part: &&Value| kind.is_none() || part["type"].as_str() == kind;
                let length = |part: &Value| part.as_str().or(part["text"].as_str()).map(str::len);
                parts.iter().filter(of).filter_map(length).sum::<usize>()
            };
            // Where most of a message is a block quote, it is only a way to show it.
            let quotes = said(Some("blockquote")) * 2 < said(None);
            parts.iter().for_each(|part| words.part(part, quotes));
        }
        Value::Null => {}
        _ => words.unread = 1,
    }
    words
}

impl Words {
    fn part(&mut self, part: &Value, quotes: bool) {
        let Some(text) = part.as_str().or(part["text"].as_str()) else {
            self.unread += 1;
            return;
        };
        match part["type"].as_str() {
            // Whoever strikes out his words takes them back.
            Some("strikethrough") => {
                self.struck |= !text.trim().is_empty();
                return;
            }
            Some("blockquote") => {
                self.quote(text, quotes);
                return;
            }
            _ => {}
        }
        // The blanks around words that were struck out are one.
        let doubled = self.struck && self.text.ends_with(' ') && text.starts_with(' ');
        self.text.push_str(if doubled { &text[1..] } else { text });
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

    /// Adds a block quote, which stands on lines of its own: each paragraph in quotation marks, since
    /// its words are somebody else's and the message shows that by its form alone.
    fn quote(&mut self, text: &str, quotes: bool) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        let paragraphs = text.trim().split("\n\n").map(str::trim).filter(|said| !said.is_empty());
        let opens = |said: &str| said.starts_with(['“', '"', '„', '«', '‘', '»', '—', '–', '-']);
        let shown: Vec<String> = paragraphs
            .map(|said| match quotes && !opens(said) {
                true => format!("“{said}”"),
                false => said.to_owned(),
            })
            .collect();
        self.text.push_str(&shown.join("\n\n"));
        self.text.push('\n');
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

/// The title and the tasks of a list of these, each on a line; who did which changes, too.
pub(super) fn tasks(list: &Value) -> Option<String> {
    let title = words(&list["title"]).text;
    let items = list["items"].as_array().or(list["answers"].as_array()).into_iter().flatten();
    let lines: Vec<String> = std::iter::once(title)
        .chain(items.map(|item| format!("- {}", words(&item["text"]).text)))
        .filter(|line| !line.is_empty())
        .collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
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
    fn what_is_struck_out_is_left_out() {
        let text = json!(["Killed: ", {"type": "strikethrough", "text": "31"}, " 29 people."]);
        let words = words(&text);
        assert_eq!((words.text.as_str(), words.struck), ("Killed: 29 people.", true));
    }

    #[test]
    fn a_block_quote_is_somebody_elses_words() {
        let quote = |said: &str| json!({"type": "blockquote", "text": said, "collapsed": true});
        let before = "The ministry has put out a statement on the fire at Ostby:";
        let after = "Nobody here believes a word of it.";
        for (parts, want) in [
            (
                json!([before, quote("We lit no fire."), after]),
                format!("{before}\n“We lit no fire.”\n{after}"),
            ),
            (
                json!([format!("{before}\n"), quote("One.\n\nTwo.\n"), format!("\n{after}")]),
                format!("{before}\n“One.”\n\n“Two.”\n\n{after}"),
            ),
            (json!([before, quote("“We lit no fire.”")]), format!("{before}\n“We lit no fire.”\n")),
            // Most of it only stands in a box.
            (json!(["News:", quote(before), after]), format!("News:\n{before}\n{after}")),
        ] {
            assert_eq!(words(&parts).text, want);
        }
    }

    #[test]
    fn a_list_of_tasks_is_its_title_and_its_tasks() {
        let list = json!({"title": "For Monday", "items": [{"id": 1, "text": "Call Lenn"}]});
        assert_eq!(tasks(&list).as_deref(), Some("For Monday\n- Call Lenn"));
        assert_eq!(tasks(&json!({})), None);
    }

    #[test]
    fn a_poll_is_its_question_and_its_answers() {
        let asked = json!({"question": "Where?", "answers": [{"text": "Lenn", "voters": 3}]});
        assert_eq!(poll(&asked).as_deref(), Some("Where?\n- Lenn"));
        assert_eq!(poll(&json!({"answers": []})), None);
    }
}
