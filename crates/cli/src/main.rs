//! The `throughline` command.

mod args;
mod commands;
#[cfg(test)]
mod documented;
mod new_file;
mod output;
mod table;

use std::process::ExitCode;

use clap::Parser;
use throughline_casebook::Casebook;
use throughline_tell::typed;

use args::{Arguments, Command};
use output::Output;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let output = Output { json: arguments.json };
    let ended = run(&arguments, output);
    // Also of a command that failed, what it had found out by then.
    let sent = output::send().map_err(anyhow::Error::from);
    match ended.and_then(|code| sent.map(|()| code)) {
        Ok(code) => code,
        Err(error) => {
            // A reader that closed its end, such as `head`, has what it wanted.
            if is_broken_pipe(&error) {
                return ExitCode::SUCCESS;
            }
            let typed = error.chain().find_map(|cause| cause.downcast_ref::<typed::Error>());
            let hint = match typed {
                Some(typed::Error::NotHere(_)) => {
                    "; if it stands in another, name that with --casebook"
                }
                _ => "",
            };
            eprintln!("throughline: {}{hint}", output::plain(&format!("{error:#}")));
            // That an id can be none is told only after the words of a command were taken apart.
            match typed {
                Some(typed::Error::NoId(_)) => ExitCode::from(2),
                _ => ExitCode::FAILURE,
            }
        }
    }
}

fn run(arguments: &Arguments, output: Output) -> anyhow::Result<ExitCode> {
    let path = &arguments.casebook;
    if Casebook::is_outdated(path) {
        // On standard error, since what stands on standard output is read by others.
        let path = output::plain(&path.display().to_string());
        eprintln!(
            "throughline: {path}: another version of the program made it; what is derived of it is \
             made anew, once"
        );
    }
    match &arguments.command {
        Command::Read(command) => commands::read::run(path, command, output),
        Command::Incidents(list) => commands::list::incidents(path, list, output),
        Command::People(list) => commands::list::people(path, list, output),
        Command::Groups(list) => commands::list::groups(path, list, output),
        Command::Claims(list) => commands::list::claims(path, list, output),
        Command::Sets(list) => commands::list::sets(path, list, output),
        Command::Outlets(list) => commands::list::outlets(path, list, output),
        Command::Channels(list) => commands::list::channels(path, list, output),
        Command::Places(list) => commands::list::places(path, list, output),
        Command::Documents(list) => commands::list::documents(path, list, output),
        Command::Pictures(list) => commands::pictures::run(path, list, output),
        Command::Spread(command) => commands::spread::run(path, command, output),
        Command::Connect(command) => commands::connect::connect(path, command, output),
        Command::Knowable(command) => commands::connect::knowable(path, command, output),
        Command::Series(command) => commands::connect::series(path, command, output),
        Command::Leads(command) => commands::connect::leads(path, command, output),
        Command::Assertions(command) => commands::assertions::run(path, command, output),
        Command::Judgments(seen) => commands::judge::list(path, seen, output),
        Command::Show(command) => commands::show::run(path, command, output),
        Command::Search(command) => commands::search::run(path, command, output),
        Command::Serve(command) => commands::serve::run(path, command, output),
        Command::Count(command) => commands::count::run(path, command, output),
        Command::Counts(command) => commands::counts::run(path, command, output),
        Command::Pack(command) => commands::pack::make(path, command, output),
        Command::VerifyPack(command) => commands::pack::verify(path, command, output),
        Command::Impact(command) => commands::impact::run(path, command, output),
        Command::Corrections(command) => commands::corrections::run(path, command, output),
        Command::Coding(command) => commands::coding::run(path, command, output),
        Command::Codebook(command) => commands::codebook::run(path, command, output),
        Command::Why(command) => commands::why::run(path, command, output),
        Command::Duplicates(command) => commands::duplicates::run(path, command, output),
        Command::Judge(command) => commands::judge::run(path, command, output),
        Command::Add(command) => commands::add::run(path, command, output),
        Command::Import(command) => commands::import::run(path, command, output),
        Command::Export(command) => commands::export::run(path, command, output),
        Command::Draw(command) => commands::draw::run(path, command, output),
        Command::Eval(command) => commands::eval::run(command, output),
        Command::Train(command) => commands::train::run(command, output),
        Command::Verify => commands::care::verify(path, output),
        Command::Rebuild => commands::care::rebuild(path, output),
        Command::Head => commands::care::head(path, output),
        Command::Backup(command) => commands::care::backup(path, command, output),
        Command::Forget(command) => commands::care::forget(path, command, output),
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<std::io::Error>()
            .is_some_and(|cause| cause.kind() == std::io::ErrorKind::BrokenPipe)
    })
}
