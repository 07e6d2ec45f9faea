//! What leaves a casebook of very many protected people by default names none of them, and is the same
//! whatever they are called. `cargo xtask leaks` goes through a thousand incidents.

use crate::protected::{self, Made, leak, make, marked, renamed};
use crate::support::Casebook;

/// Everything that goes out by default, as commands.
fn commands(made: &Made) -> Vec<Vec<String>> {
    let (number, named) = (made.published.to_string(), made.named.to_string());
    let all: &[&[&str]] = &[
        &["export", "assertions"],
        &["export", "table"],
        &["export", "table", "--as-of", "1990-02"],
        &["export", "table", "--as", "gtd"],
        &["export", "table", "--as", "plover"],
        &["draw", "network", "--most", "2000"],
        &["draw", "network", "--json"],
        &["draw", "map"],
        &["draw", "map", "--json"],
        &["draw", "timeline"],
        &["draw", "toll", "--most", "1000"],
        &["draw", "toll", "--json"],
        &["count", "deadly", "--cite", "--reading", "lenient"],
        &["pack", &number],
        &["pack", &named],
    ];
    all.iter().map(|one| one.iter().map(|&word| word.to_owned()).collect()).collect()
}

/// Without what is made of texts on purpose: hashes of the whole, and when it was recorded.
fn without_hashes(text: &str) -> String {
    let mut clean = String::new();
    let is_hex = |letter: char| letter.is_ascii_hexdigit();
    let mut rest = text;
    while let Some(at) = rest.find(is_hex) {
        clean.push_str(&rest[..at]);
        rest = &rest[at..];
        let many = rest.find(|letter| !is_hex(letter)).unwrap_or(rest.len());
        // A hash has sixty-four digits, or sixteen in a picture; figures and words have fewer.
        clean.push_str(if many >= 16 { "#" } else { &rest[..many] });
        rest = &rest[many..];
    }
    clean.push_str(rest);
    let moments = clean.lines().filter(|line| !line.trim_start().starts_with("\"recorded\": \""));
    moments.collect::<Vec<_>>().join("\n")
}

#[test]
fn no_protected_name_goes_out_and_what_goes_out_does_not_hang_on_names() {
    let many = protected::incidents();
    let (one, other) = (Casebook::new(), Casebook::new());
    let made = make(&one.at("throughline.casebook"), many, &marked);
    make(&other.at("throughline.casebook"), many, &renamed);
    for command in commands(&made) {
        let command: Vec<&str> = command.iter().map(String::as_str).collect();
        let (here, there) = (one.run(&command), other.run(&command));
        assert_eq!(leak(&here.out), None, "{command:?}");
        assert_eq!(leak(&here.err), None, "{command:?}");
        assert_eq!(here.code, there.code, "{command:?}: {} {}", here.err, there.err);
        assert_eq!(without_hashes(&here.err), without_hashes(&there.err), "{command:?}");
        let (here, there) = (without_hashes(&here.out), without_hashes(&there.out));
        if let Some((mine, theirs)) = here.lines().zip(there.lines()).find(|(a, b)| a != b) {
            panic!("{command:?} hangs on names:\n{mine}\n{theirs}");
        }
        assert_eq!(here.len(), there.len(), "{command:?}");
    }
    // Whom the rules name is named, so that nothing passes by being empty.
    let out = one.ok(&["export", "assertions"]);
    assert!(out.contains("Ilka Brandt") && out.contains("[name withheld]"));
    assert!(out.lines().count() > many * 8, "{} lines", out.lines().count());
}
