//! How far a connection may reach, and through what.

use throughline_model::SubjectKind;

use crate::Network;

/// How far a connection may reach, and through what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The most ties of a path.
    pub ties: usize,
    /// What has more ties than this is passed through by no path: what everybody shares connects
    /// nobody.
    pub hub: usize,
    /// Whether a path may pass through a third incident, from one who took part in it to another.
    pub through_incidents: bool,
}

impl Default for Rule {
    /// Four ties: a man of one incident, whom he knows, whom that one knows, and the other incident.
    fn default() -> Rule {
        Rule { ties: 4, hub: 1000, through_incidents: true }
    }
}

impl Rule {
    /// Whether a path may go on from a record that it reached. That hangs on nothing else, so that a
    /// path may be gone in both directions or in none.
    pub(crate) fn passes(&self, network: &Network, record: usize) -> bool {
        let incident = network.id(record).kind() == SubjectKind::Incident;
        network.degree(record) <= self.hub && (self.through_incidents || !incident)
    }
}
