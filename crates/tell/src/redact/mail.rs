//! Addresses of mail in texts.

use super::WITHHELD;

/// The text without addresses of mail.
pub fn without_mail(text: &str) -> String {
    let inside = |letter: char| letter.is_alphanumeric() || "._%+-'".contains(letter);
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('@') {
        let (before, after) = (&rest[..at], &rest[at + 1..]);
        let name = before.trim_end_matches(inside).len();
        let host = &after[..after.len() - after.trim_start_matches(inside).len()];
        // What ends a sentence is no part of an address.
        let host = host.trim_end_matches(|letter: char| !letter.is_alphanumeric()).len();
        // A handle ("@lamp") has nothing before, words of a chat nothing behind.
        if name == at || host == 0 {
            clean.push_str(&rest[..=at]);
            rest = after;
            continue;
        }
        clean.push_str(&before[..name]);
        clean.push_str(WITHHELD);
        rest = &after[host..];
    }
    clean + rest
}
