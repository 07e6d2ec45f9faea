//! `cargo xtask drawings`: the pictures of docs/drawings.md, drawn from the sample.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use throughline_draw::gather::{Catalog, Gathered, Open};
use throughline_draw::{Caption, Drawing};
use throughline_model::{AsOf, MentionId};

use crate::demo::record;
use crate::sample::{Sample, root};

/// Draws them anew.
pub(crate) fn write() -> anyhow::Result<()> {
    for (path, svg) in drawn()? {
        std::fs::write(&path, svg).with_context(|| path.display().to_string())?;
    }
    Ok(())
}

/// Each picture by its file. Everybody in the sample is long dead, so all are named.
fn drawn() -> anyhow::Result<Vec<(PathBuf, String)>> {
    let sample = Sample::load()?;
    let coded = sample.coded()?;
    let casebook = sample.casebook(&coded)?;
    let catalog = Catalog::load(&casebook, AsOf::default(), Arc::new(Open))?;
    let id = |key: &str| -> anyhow::Result<MentionId> { Ok(record(&coded, key)?.parse()?) };
    let frick = id("frick-1892")?;
    let pictures = [
        (
            "network.svg",
            finish(&catalog, catalog.network(Some(frick), 60)?, throughline_draw::network)?,
        ),
        ("map.svg", finish(&catalog, catalog.map(None, None)?, throughline_draw::map)?),
        (
            "timeline.svg",
            finish(
                &catalog,
                catalog.timeline(Some(id("very-1892")?))?,
                throughline_draw::timeline,
            )?,
        ),
        ("replay.svg", finish(&catalog, catalog.replay(None)?, throughline_draw::timeline)?),
        (
            "toll.svg",
            finish(&catalog, catalog.course(id("liceu-1893")?)?, throughline_draw::course)?,
        ),
    ];
    let folder = root().join("docs/drawings");
    Ok(pictures.map(|(name, drawing)| (folder.join(name), drawing.svg)).into())
}

fn finish<T>(
    catalog: &Catalog,
    gathered: Gathered<T>,
    draw: fn(&T, &Caption) -> Drawing,
) -> anyhow::Result<Drawing> {
    let mut caption = catalog.caption(&gathered)?;
    // The head tells when the sample was brought in: each time anew.
    if let Some(state) = &mut caption.state {
        state.head = None;
    }
    Ok(draw(&gathered.shown, &caption))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pictures_of_the_manual_are_what_the_program_draws() {
        for (path, svg) in drawn().unwrap() {
            let held = std::fs::read_to_string(&path).unwrap_or_default();
            assert!(held == svg, "{}: `cargo xtask drawings` draws it anew", path.display());
        }
    }
}
