//! Which group a word points back to: "the movement", "its", "allegiance" pledged to nobody named.

use throughline_model::SubjectKind;

use super::Words;
use crate::say::cues::Cue;

/// How many names are looked back or ahead over, so that a long document stays linear.
const FAR: usize = 60;

impl Words<'_> {
    /// The group that a word for one ("the movement") at `token` points back to: the one
    /// named last, or, before any is named, the first one.
    pub(crate) fn group_meant(&self, token: usize) -> Option<usize> {
        let group = matches!(
            self.lower(token),
            "group"
                | "movement"
                | "organisation"
                | "organization"
                | "network"
                | "party"
                | "militia"
        );
        group.then(|| self.latest_group(token).or_else(|| self.first_group(token))).flatten()
    }

    /// The armed group named last before a token.
    pub(crate) fn latest_group(&self, token: usize) -> Option<usize> {
        let names = &self.analysis.names;
        let to = names.partition_point(|name| name.tokens.start < token);
        (0..to).rev().take(FAR).find(|&name| self.armed(name))
    }

    /// The armed group named first from a token on.
    fn first_group(&self, token: usize) -> Option<usize> {
        let names = &self.analysis.names;
        let from = names.partition_point(|name| name.tokens.start < token);
        (from..names.len()).take(FAR).find(|&name| self.armed(name))
    }

    /// Whether a name is that of a group, and of no body of state or learning.
    fn armed(&self, name: usize) -> bool {
        self.analysis.names[name].kind == SubjectKind::Group && !self.official(name)
    }

    /// Whether a group's name is that of a body that is no armed group.
    pub(crate) fn official(&self, name: usize) -> bool {
        self.analysis.names[name].tokens.clone().any(|token| self.spelled(token, Cue::Official))
    }
}
