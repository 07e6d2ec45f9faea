//! Text that is set anew by whoever shows it (`format=flowed`, RFC 3676): a line that ends in a blank
//! goes on with the next one.

/// The text with each paragraph on one line, and its quotation marks before it; one that was put
/// together stands apart by blank lines. `deletes` says that the blank at the end of a line is no part of
/// the text, as in scripts without blanks.
pub(super) fn unfolded(text: &str, deletes: bool) -> String {
    // Each line, and whether it is put together of several.
    let mut lines: Vec<(String, bool)> = Vec::new();
    // How deeply the last line was quoted, if the next one goes on with it.
    let mut goes_on: Option<usize> = None;
    for line in text.split('\n') {
        let line = line.strip_suffix('\r').unwrap_or(line);
        let rest = line.trim_start_matches('>');
        let depth = line.len() - rest.len();
        // A blank is put before what would else be taken for something else.
        let rest = rest.strip_prefix(' ').unwrap_or(rest);
        let signs = rest == "-- ";
        let flows = rest.ends_with(' ') && !signs;
        let words = if flows && deletes { &rest[..rest.len() - 1] } else { rest };
        match lines.last_mut().filter(|_| goes_on == Some(depth) && !signs) {
            Some((before, joined)) => {
                before.push_str(words);
                *joined = true;
            }
            None => {
                let mark =
                    if depth > 0 { format!("{} ", ">".repeat(depth)) } else { String::new() };
                lines.push((mark + words, false));
            }
        }
        goes_on = flows.then_some(depth);
    }
    let mut out = String::with_capacity(text.len() + lines.len());
    let mut last: Option<&(String, bool)> = None;
    for line in &lines {
        if let Some(last) = last {
            let apart = (last.1 || line.1) && !last.0.is_empty() && !line.0.is_empty();
            out.push_str(if apart { "\n\n" } else { "\n" });
        }
        out.push_str(&line.0);
        last = Some(line);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_put_together() {
        for (text, deletes, want) in [
            ("A mill \nburned.\nIt was night.", false, "A mill burned.\n\nIt was night."),
            ("Os \ntby \n駅で \n火事", true, "Ostby駅で火事"),
            (" From here \non.\r\n >no quote", false, "From here on.\n\n>no quote"),
            ("> A mill \n> burned.\n>> When? \nNow.", false, "> A mill burned.\n\n>> When? \nNow."),
            ("He left. \n-- \nAda Marsh", false, "He left. \n-- \nAda Marsh"),
            ("", false, ""),
            ("\n\n", false, "\n\n"),
        ] {
            assert_eq!(unfolded(text, deletes), want, "{text:?}");
        }
    }
}
