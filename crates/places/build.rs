//! Unpacks the gazetteer that ships, so that the program has it as it lies and no question waits for it:
//! unpacking takes longer than all else that a command does with a place.

use std::path::Path;
use std::{env, fs};

const PACKED: &str = "resources/gazetteer.zst";

fn main() {
    println!("cargo::rerun-if-changed={PACKED}");
    let packed = fs::read(PACKED).expect("the gazetteer is part of the crate");
    let bytes = zstd::stream::decode_all(&packed[..]).expect("the gazetteer is packed with zstd");
    let folder = env::var("OUT_DIR").expect("cargo says where to write");
    fs::write(Path::new(&folder).join("gazetteer"), bytes)
        .expect("cargo's folder can be written to");
}
