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
    /// Whether a path that reached a record by `ties` ties may go on from it by a bond of `length`
    /// ties. The parts of one incident are one incident, so steps without ties are always free.
    pub(crate) fn goes_on(
        &self,
        network: &Network,
        record: usize,
        ties: usize,
        length: usize,
    ) -> bool {
        let incident = network.id(record).kind() == SubjectKind::Incident;
        let third = incident && ties > 0 && length > 0;
        network.degree(record) <= self.hub && (self.through_incidents || !third)
    }
}
