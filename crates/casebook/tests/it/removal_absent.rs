//! A casebook from which a document was removed says what one says that never had it, as far as nobody judged
//! anything of it.

use std::collections::BTreeSet;

use proptest::prelude::*;
use throughline_casebook::Casebook;
use throughline_model::*;

use crate::as_of::config;
use crate::carried::{carry_some, made, said};
use crate::world::command;

/// All that a document's readings mention and assert.
#[derive(Default)]
struct Own {
    mentions: BTreeSet<MentionId>,
    assertions: BTreeSet<AssertionId>,
}

impl Own {
    fn of(casebook: &Casebook, document: DocumentId) -> Own {
        let mut own = Own::default();
        for (_, reading) in casebook.filed(document).unwrap() {
            own.mentions.extend(reading.mentions.iter().map(|mention| mention.id));
            own.assertions.extend(reading.assertions.iter().map(|said| said.id));
        }
        own
    }

    /// Whether another document's reading refers to it, or to what it stands for.
    fn is_read_elsewhere(&self, casebook: &Casebook, reading: &Reading) -> bool {
        let mut referred = reading.assertions.iter().flat_map(Assertion::referred);
        referred.any(|mention| self.mentions.contains(&casebook.stands_for(mention).unwrap()))
    }

    /// Whether a judgment is on it, refers to it or rests on it.
    fn is_judged_by(&self, judgment: &Judgment, document: DocumentId) -> bool {
        let mut mentions = judgment.mentions().chain(judgment.referred());
        let mut assertions = judgment.assertions().chain(judgment.rests_on().iter().copied());
        mentions.any(|mention| self.mentions.contains(&mention))
            || assertions.any(|said| self.assertions.contains(&said))
            || judgment.cites.contains(&document)
            || matches!(judgment.act, Act::Dated { document: dated, .. } if dated == document)
    }
}

proptest! {
    #![proptest_config(config(40))]

    #[test]
    fn what_was_removed_is_as_if_it_had_never_been(
        commands in prop::collection::vec(command(), 1..28),
        gone in any::<prop::sample::Index>(),
        days in prop::collection::vec(1..22u8, 2),
    ) {
        let all = made(&commands);
        let documents = all.document_ids().unwrap();
        prop_assume!(!documents.is_empty());
        let gone = *gone.get(&documents);
        let own = Own::of(&all, gone);
        // What took the place of a judgment that is left out is left out as well.
        let mut left_out: BTreeSet<JudgmentId> = BTreeSet::new();
        let judgments: Vec<Judgment> =
            all.judgments().unwrap().into_iter().map(|(judgment, ..)| judgment).collect();
        loop {
            let known = left_out.len();
            for one in &judgments {
                if own.is_judged_by(one, gone) || one.supersedes.iter().any(|id| left_out.contains(id)) {
                    left_out.insert(one.id);
                }
            }
            if left_out.len() == known {
                break;
            }
        }
        let copy = |with: bool| {
            let mut to = Casebook::in_memory().unwrap();
            let document = |id: DocumentId| with || id != gone;
            let reading = |id: DocumentId, reading: &Reading| {
                id == gone || !own.is_read_elsewhere(&all, reading)
            };
            let judgment = |one: &Judgment| {
                !left_out.contains(&one.id) && judgments.iter().any(|other| other.id == one.id)
            };
            carry_some(&all, &mut to, &document, &reading, &judgment);
            to
        };
        let (mut removed, absent) = (copy(true), copy(false));
        removed.forget(gone, "A coder", "a request").unwrap();
        prop_assert_eq!(said(&removed, &days), said(&absent, &days));
        prop_assert_eq!(removed.verify(|_| {}).unwrap().faults, vec![]);
    }
}
