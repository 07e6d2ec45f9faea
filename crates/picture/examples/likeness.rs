//! Measures ways to tell pictures apart, on pictures made for it: how often a changed copy is
//! missed, and how often two different pictures are taken for one, at each distance.
//!
//! `cargo run --release -p throughline-picture --features ways --example likeness [NUMBER]`

#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "../tests/made/mod.rs"]
mod made;

use image::imageops::FilterType;
use image::{DynamicImage, RgbImage};
use image_hasher::{HashAlg, Hasher, HasherConfig};
use throughline_picture::{ALIKE, Likeness, reduced};

fn hashers() -> Vec<(&'static str, Hasher)> {
    let with = |alg: HashAlg, size: u32, dct: bool| {
        let config = HasherConfig::new()
            .hash_size(size, size)
            .hash_alg(alg)
            .resize_filter(FilterType::Triangle);
        if dct { config.preproc_dct().to_hasher() } else { config.to_hasher() }
    };
    vec![
        ("mean 8", with(HashAlg::Mean, 8, false)),
        ("mean 8 dct", with(HashAlg::Mean, 8, true)),
        ("mean 16 dct", with(HashAlg::Mean, 16, true)),
        ("median 16", with(HashAlg::Median, 16, false)),
        ("gradient 8", with(HashAlg::Gradient, 8, false)),
        ("gradient 16", with(HashAlg::Gradient, 16, false)),
        ("gradient 16 dct", with(HashAlg::Gradient, 16, true)),
        ("double gradient 16", with(HashAlg::DoubleGradient, 16, false)),
        ("double gradient 12", with(HashAlg::DoubleGradient, 12, false)),
        ("double gradient 20", with(HashAlg::DoubleGradient, 20, false)),
        ("double gradient 24", with(HashAlg::DoubleGradient, 24, false)),
        ("double gradient 32", with(HashAlg::DoubleGradient, 32, false)),
        ("gradient 12", with(HashAlg::Gradient, 12, false)),
        ("vert gradient 12", with(HashAlg::VertGradient, 12, false)),
        ("blockhash 16", with(HashAlg::Blockhash, 16, false)),
    ]
}

fn main() {
    let many: u64 = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(40);
    let pictures: Vec<(usize, RgbImage)> = (0..made::KINDS.len())
        .flat_map(|kind| (0..many).map(move |n| (kind, made::picture(kind, n))))
        .collect();
    let small = |picture: RgbImage| DynamicImage::ImageLuma8(reduced(&made::decoded(picture)));
    let own: Vec<DynamicImage> = pictures.iter().map(|(_, one)| small(one.clone())).collect();
    let copies: Vec<Vec<DynamicImage>> = pictures
        .iter()
        .enumerate()
        .map(|(at, (_, one))| {
            (0..made::CHANGES.len())
                .map(|change| small(made::changed(one, change, at as u64)))
                .collect()
        })
        .collect();
    println!("{} pictures, {} copies", own.len(), own.len() * made::CHANGES.len());
    for (name, hasher) in hashers() {
        let of = |one: &DynamicImage| hasher.hash_image(one);
        let hashes: Vec<_> = own.iter().map(of).collect();
        let bits = hashes[0].as_bytes().len() * 8;
        let near: Vec<u32> = copies
            .iter()
            .zip(&hashes)
            .flat_map(|(all, own)| all.iter().map(|one| of(one).dist(own)).collect::<Vec<_>>())
            .collect();
        let far: Vec<u32> = (0..hashes.len())
            .flat_map(|a| (0..a).map(move |b| (a, b)))
            .map(|(a, b)| hashes[a].dist(&hashes[b]))
            .collect();
        let share = |of: &[u32], hit: &dyn Fn(u32) -> bool| {
            100.0 * of.iter().filter(|d| hit(**d)).count() as f64 / of.len() as f64
        };
        print!("{name:<20} {bits} bits:");
        for percent in [4, 8, 10, 12, 14, 16, 18, 20, 24] {
            let limit = (bits * percent / 100) as u32;
            let (missed, wrong) = (share(&near, &|d| d > limit), share(&far, &|d| d <= limit));
            print!("  {limit}: {missed:.2}/{wrong:.3}");
        }
        println!();
    }
    table(&pictures, &copies, &own);
}

/// The likeness in use: what is missed by change, and what is taken for one by kind.
fn table(pictures: &[(usize, RgbImage)], copies: &[Vec<DynamicImage>], own: &[DynamicImage]) {
    let own: Vec<Likeness> = own.iter().map(|one| Likeness::of(one).unwrap()).collect();
    println!("\nthe likeness in use, at {ALIKE}: missed, median and greatest distance");
    for (at, change) in made::CHANGES.iter().enumerate() {
        let mut near: Vec<u32> = copies
            .iter()
            .zip(&own)
            .map(|(all, own)| Likeness::of(&all[at]).map_or(312, |one| one.distance(own)))
            .collect();
        near.sort_unstable();
        let missed = near.iter().filter(|d| **d > ALIKE).count();
        let last = near.len() - 1;
        println!("{change:<28} {missed} of {} {} {}", near.len(), near[last / 2], near[last]);
    }
    println!("\ndifferent pictures: taken for one, least distance, by kind");
    for (kind, name) in made::KINDS.iter().enumerate() {
        let same: Vec<Likeness> = pictures
            .iter()
            .zip(&own)
            .filter(|((one, _), _)| *one == kind)
            .map(|(_, likeness)| *likeness)
            .collect();
        let far: Vec<u32> = (0..same.len())
            .flat_map(|a| (0..a).map(move |b| (a, b)))
            .map(|(a, b)| same[a].distance(&same[b]))
            .collect();
        let wrong = far.iter().filter(|d| **d <= ALIKE).count();
        println!("{name:<28} {wrong} of {} {}", far.len(), far.iter().min().unwrap());
    }
}
