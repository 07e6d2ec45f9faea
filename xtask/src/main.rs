//! What developers run: `cargo xtask test`, `cargo xtask places`.

mod places;

use std::process::{Command, ExitCode};

/// The steps of `cargo xtask test`, in order, each a call of cargo.
const TEST: &[&[&str]] = &[
    &["fmt", "--all", "--check"],
    &["clippy", "--workspace", "--all-targets", "--locked", "--", "--deny", "warnings"],
    &["test", "--workspace", "--locked"],
];

fn main() -> ExitCode {
    let task = std::env::args().nth(1).unwrap_or_default();
    match task.as_str() {
        "test" => run_all(TEST),
        "places" => places::build(std::env::args().nth(2)),
        _ => {
            eprintln!("usage: cargo xtask test | places FOLDER");
            ExitCode::from(2)
        }
    }
}

/// Runs cargo with each list of arguments until one fails.
fn run_all(steps: &[&[&str]]) -> ExitCode {
    for arguments in steps {
        eprintln!("cargo {}", arguments.join(" "));
        let status = Command::new(env!("CARGO")).args(*arguments).status();
        match status {
            Ok(status) if status.success() => {}
            Ok(_) => return ExitCode::FAILURE,
            Err(error) => {
                eprintln!("cargo could not be started: {error}");
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}
