//! `cargo xtask photographs`: the pictures of docs/pages.md, taken of the sample's pages anew.
//!
//! A browser writes a colour of three bytes for each pixel. Pages have few colours, so here each
//! photograph gets a palette of 256, which makes it a third as large.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::Path;

use anyhow::{Context, ensure};

use crate::browser::{Browser, stages};
use crate::sample::root;
use crate::stage::{COUNTS, Stage};

/// The most colours of a photograph.
const COLOURS: usize = 256;

type Colour = [u8; 3];

/// Takes them anew.
pub(crate) fn run() -> anyhow::Result<()> {
    let browser = Browser::find().map_err(|missing| anyhow::anyhow!("no browser: {missing}"))?;
    crate::page::step()?;
    crate::cargo(&["build", "--bin", "throughline", "--locked"])?;
    let stages = stages(false)?;
    let out = stages[0].folder.join("photographs");
    std::fs::create_dir_all(&out).with_context(|| out.display().to_string())?;
    let casebooks: Vec<String> = stages
        .iter()
        .chain([&proposals(&stages[0])?])
        .map(|stage| stage.casebook.display().to_string())
        .collect();
    let folder = out.display().to_string();
    let mut arguments = vec!["--out", &folder];
    for casebook in &casebooks {
        arguments.extend(["--casebook", casebook]);
    }
    browser.run("photograph.mjs", &stages[0], &arguments)?;
    for entry in std::fs::read_dir(&out)? {
        let from = entry?.path();
        let name = from.file_name().unwrap_or_default();
        reduce(&from, &root().join("docs/pages").join(name))
            .with_context(|| from.display().to_string())?;
    }
    Ok(())
}

/// The sample as the program reads it, before anybody has judged, with its counts.
fn proposals(sample: &Stage) -> anyhow::Result<Stage> {
    let casebook = sample.folder.join("proposals.casebook");
    let stage = Stage { casebook, ..sample.clone() };
    stage.quietly(&["read", "sample/dispatches"])?;
    for name in COUNTS {
        stage.quietly(&["count", &format!("sample/counts/{name}.toml"), "--save"])?;
    }
    Ok(stage)
}

/// Writes a photograph with a palette.
fn reduce(from: &Path, to: &Path) -> anyhow::Result<()> {
    let mut decoder = png::Decoder::new(BufReader::new(File::open(from)?));
    decoder.set_transformations(png::Transformations::STRIP_16 | png::Transformations::EXPAND);
    let mut reader = decoder.read_info()?;
    let mut bytes = vec![0; reader.output_buffer_size().context("too large")?];
    let info = reader.next_frame(&mut bytes)?;
    let samples = info.color_type.samples();
    ensure!(samples >= 3, "it has no colours");
    let pixels: Vec<Colour> =
        bytes[..info.buffer_size()].chunks(samples).map(|p| [p[0], p[1], p[2]]).collect();
    let (palette, indexes) = indexed(&pixels);
    std::fs::create_dir_all(to.parent().unwrap_or(to))?;
    let mut encoder = png::Encoder::new(BufWriter::new(File::create(to)?), info.width, info.height);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette.concat());
    encoder.set_compression(png::Compression::High);
    encoder.set_filter(png::Filter::NoFilter);
    encoder.write_header()?.write_image_data(&indexes)?;
    Ok(())
}

/// The colours that most pixels have, and for each pixel the nearest of them.
fn indexed(pixels: &[Colour]) -> (Vec<Colour>, Vec<u8>) {
    let mut many: BTreeMap<Colour, usize> = BTreeMap::new();
    for pixel in pixels {
        *many.entry(*pixel).or_default() += 1;
    }
    let mut palette: Vec<Colour> = many.keys().copied().collect();
    palette.sort_by_key(|colour| (std::cmp::Reverse(many[colour]), *colour));
    palette.truncate(COLOURS);
    let far = |a: Colour, b: Colour| -> u32 {
        a.iter().zip(b).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum()
    };
    let nearest: BTreeMap<Colour, u8> = many
        .keys()
        .map(|&colour| {
            let at = (0..=u8::MAX).zip(&palette).min_by_key(|(_, other)| far(colour, **other));
            (colour, at.map_or(0, |(at, _)| at))
        })
        .collect();
    let indexes = pixels.iter().map(|pixel| nearest[pixel]).collect();
    (palette, indexes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manual_shows_photographs_that_are_small() {
        let page = std::fs::read_to_string(root().join("docs/pages.md")).unwrap();
        let shown: Vec<&str> =
            page.split("](pages/").skip(1).filter_map(|rest| rest.split(')').next()).collect();
        assert!(shown.len() >= 6, "{shown:?}");
        let folder = root().join("docs/pages");
        for name in &shown {
            let size = std::fs::metadata(folder.join(name)).unwrap().len();
            assert!(size < 100_000, "{name} has {size} bytes");
        }
        assert_eq!(std::fs::read_dir(folder).unwrap().count(), shown.len(), "one is not shown");
    }

    #[test]
    fn colours_that_most_pixels_have_stay_as_they_are() {
        let common = [[250, 250, 250], [10, 20, 30]];
        let mut pixels = common.repeat(500);
        pixels.extend((0..=255).map(|shade| [shade, 9, 200]));
        let (palette, indexes) = indexed(&pixels);
        assert_eq!((palette.len(), indexes.len()), (256, pixels.len()));
        for (pixel, index) in pixels.iter().zip(&indexes) {
            let shown = palette[usize::from(*index)];
            let far = pixel.iter().zip(shown).map(|(a, b)| a.abs_diff(b)).max().unwrap();
            assert!(far <= 2 && (!common.contains(pixel) || far == 0), "{pixel:?} {shown:?}");
        }
    }
}
