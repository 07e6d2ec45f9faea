//! docs/commands.md against the commands that there are.

use std::collections::BTreeMap;

use clap::CommandFactory;

use crate::args::Arguments;

const PAGE: &str = include_str!("../../../docs/commands.md");

/// The sections of the page, by the command in their heading.
fn sections() -> BTreeMap<String, String> {
    let mut sections: BTreeMap<String, String> = BTreeMap::new();
    let mut name = String::new();
    for line in PAGE.lines() {
        if let Some(heading) = line.strip_prefix("## ").or_else(|| line.strip_prefix("### ")) {
            name = heading.trim_matches('`').to_owned();
            let twice = sections.insert(name.clone(), String::new());
            assert!(twice.is_none(), "two sections on {name}");
        } else if let Some(section) = sections.get_mut(&name) {
            section.push_str(line);
            section.push('\n');
        }
    }
    sections
}

/// Every command and the commands below it, by what one types, with their own options.
fn commands() -> BTreeMap<String, Vec<String>> {
    fn collect(command: &clap::Command, path: &str, found: &mut BTreeMap<String, Vec<String>>) {
        for below in command.get_subcommands().filter(|below| below.get_name() != "help") {
            let name = format!("{path} {}", below.get_name()).trim().to_owned();
            let options = below
                .get_arguments()
                .filter_map(clap::Arg::get_long)
                .filter(|long| *long != "help")
                .map(|long| format!("--{long}"))
                .collect();
            found.insert(name.clone(), options);
            collect(below, &name, found);
        }
    }
    let mut found = BTreeMap::new();
    collect(&Arguments::command(), "", &mut found);
    found
}

/// The options that a text names.
fn named(text: &str) -> Vec<String> {
    let is_part = |letter: char| letter.is_ascii_lowercase() || letter == '-';
    text.match_indices("--")
        .map(|(at, _)| text[at..].chars().take_while(|letter| is_part(*letter)).collect::<String>())
        .filter(|option| option.len() > 2)
        .collect()
}

#[test]
fn every_command_and_option_is_described_and_every_described_one_exists() {
    let (sections, commands) = (sections(), commands());
    let names: Vec<&String> = sections.keys().collect();
    assert_eq!(names, commands.keys().collect::<Vec<_>>());
    for (name, options) in &commands {
        let section = &sections[name];
        let example = format!("throughline {name}");
        assert!(section.contains(&example), "{name} has no example");
        for option in options {
            assert!(named(section).contains(option), "{name} {option} is not described");
        }
        // What stands above in the same family holds below.
        let above = name.split(' ').next().and_then(|first| commands.get(first));
        let global = ["--casebook", "--json"].map(str::to_owned);
        let below = commands.iter().filter(|(other, _)| other.starts_with(&format!("{name} ")));
        let known: Vec<&String> = options
            .iter()
            .chain(above.into_iter().flatten())
            .chain(&global)
            .chain(below.flat_map(|(_, options)| options))
            .collect();
        for option in named(section) {
            assert!(known.contains(&&option), "{name} has no {option}");
        }
    }
}
