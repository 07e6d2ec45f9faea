//! The kinds of picture, and drawing one of a record or of all there are.

use throughline_casebook::Result;
use throughline_model::{MentionId, SubjectKind};

use super::{Catalog, Gathered};
use crate::{Caption, Drawing, View, course, map, network, timeline, tolls};

/// How many records a network has, if nobody says otherwise.
pub const NETWORK: usize = 120;

/// How many incidents a toll lists, if nobody says otherwise.
pub const TOLL: usize = 100;

/// A kind of picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Picture {
    /// Who and what is tied to what, with at most so many records.
    Network {
        /// The most records.
        most: usize,
    },
    /// Where things happened, on a stretch of the globe, or wherever they lie.
    Map {
        /// The stretch.
        view: Option<View>,
    },
    /// When things happened, were claimed, published and corrected.
    Timeline,
    /// Since when connections between incidents could be seen, and which false leads.
    Replay,
    /// Killed and wounded: of one incident as reported over time, else of a list of incidents.
    Toll {
        /// The most incidents in a list.
        most: usize,
    },
}

impl Catalog<'_> {
    /// The picture of a record, or of all there are, with its caption.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn draw(&self, picture: Picture, of: Option<MentionId>) -> Result<(Caption, Drawing)> {
        match (picture, of) {
            (Picture::Network { most }, of) => self.finish(self.network(of, most)?, network),
            (Picture::Map { view }, of) => self.finish(self.map(of, view)?, map),
            (Picture::Timeline, of) => self.finish(self.timeline(of)?, timeline),
            (Picture::Replay, of) => self.finish(self.replay(of)?, timeline),
            (Picture::Toll { .. }, Some(id)) if id.kind() == SubjectKind::Incident => {
                self.finish(self.course(id)?, course)
            }
            (Picture::Toll { most }, of) => self.finish(self.tolls(of, most)?, tolls),
        }
    }

    /// Who published what of a connection between two incidents when, as a picture with its caption.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn draw_known(&self, one: MentionId, other: MentionId) -> Result<(Caption, Drawing)> {
        self.finish(self.known(one, other)?, timeline)
    }

    fn finish<T>(
        &self,
        gathered: Gathered<T>,
        draw: fn(&T, &Caption) -> Drawing,
    ) -> Result<(Caption, Drawing)> {
        let caption = self.caption(&gathered)?;
        let drawing = draw(&gathered.shown, &caption);
        Ok((caption, drawing))
    }
}
