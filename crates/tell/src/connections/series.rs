//! Series of incidents in words: what ties them, who stands behind whom, and how much of it stands.

use serde_json::{Value as Json, json};
use throughline_casebook::Result;
use throughline_connect::{Chain, Missing, Rule, Series, Stands, Weakness};
use throughline_model::{Day, MentionId};

use super::words::since_json;
use super::{Connections, Named, Searched};

/// All series.
#[derive(Clone, Debug, PartialEq)]
pub struct AllSeriesTold {
    /// The series, the largest first.
    pub series: Vec<SeriesTold>,
    /// Which ties were left out to see what stands.
    pub missing: Missing,
    /// Where was looked.
    pub searched: Searched,
}

/// Incidents that hang together.
#[derive(Clone, Debug, PartialEq)]
pub struct SeriesTold {
    /// The incidents.
    pub incidents: Vec<Named>,
    /// The first day on which all of them could be seen as one; `None` if what is held today shows it
    /// on no day.
    pub since: Option<Day>,
    /// What is tied to several of them, by kind and id: who has more ties stands no higher.
    pub through: Vec<ThroughTold>,
    /// The chains of hands that begin with its incidents.
    pub chains: Vec<ChainTold>,
    /// How much of it stands if ties are missing.
    pub stands: Stands,
}

/// What is tied to several incidents of a series.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThroughTold {
    /// The record.
    pub record: Named,
    /// Their ids.
    pub incidents: Vec<MentionId>,
}

/// A chain of hands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainTold {
    /// The incident, and who stands behind whom.
    pub records: Vec<Named>,
    /// The steps between them.
    pub steps: Vec<HandTold>,
}

/// One step of a chain of hands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandTold {
    /// The type of the tie, in words.
    pub relation: String,
    /// How weak its strongest word is.
    pub weakness: Weakness,
    /// The day by which that was public.
    pub day: Day,
}

impl Connections<'_> {
    /// The series of incidents that paths of at most the rule's ties hold together, and how much of
    /// each stands if ties are missing.
    ///
    /// # Errors
    /// If the casebook cannot be read.
    pub fn series(&self, rule: &Rule, missing: &Missing) -> Result<AllSeriesTold> {
        let found = self.network().series(rule, missing);
        Ok(AllSeriesTold {
            series: found.iter().map(|one| self.one_series(one, rule)).collect::<Result<_>>()?,
            missing: *missing,
            searched: self.searched(rule)?,
        })
    }

    fn one_series(&self, series: &Series, rule: &Rule) -> Result<SeriesTold> {
        let network = self.network();
        let named = |record: &usize| self.named(*record);
        let mut through = Vec::new();
        for one in &series.through {
            through.push(ThroughTold {
                record: self.named(one.record)?,
                incidents: one.incidents.iter().map(|at| network.id(*at)).collect(),
            });
        }
        through.sort_by_key(|one| (one.record.id.kind(), one.record.id));
        let chains = series.incidents.iter().flat_map(|incident| network.chains(*incident));
        Ok(SeriesTold {
            incidents: series.incidents.iter().map(named).collect::<Result<_>>()?,
            since: self.together(rule, Day::MAX, &series.incidents),
            through,
            chains: chains.map(|chain| self.chain(&chain)).collect::<Result<_>>()?,
            stands: series.stands,
        })
    }

    fn chain(&self, chain: &Chain) -> Result<ChainTold> {
        let words = self.network().words();
        let hand = |at: &usize| {
            let word = &words[*at];
            HandTold { relation: word.kind.name(), weakness: word.weakness, day: word.day }
        };
        Ok(ChainTold {
            records: chain.records.iter().map(|at| self.named(*at)).collect::<Result<_>>()?,
            steps: chain.words.iter().map(hand).collect(),
        })
    }
}

impl AllSeriesTold {
    /// The fields that docs/json.md gives, one object a series.
    pub fn json(&self) -> Vec<Json> {
        let one = |series: &SeriesTold| {
            let mut json = series.json();
            json["missing"] = json!({"share": self.missing.share, "draws": self.missing.draws});
            json["searched"] = self.searched.json();
            json
        };
        self.series.iter().map(one).collect()
    }
}

impl SeriesTold {
    fn json(&self) -> Json {
        let all = |some: &[Named]| some.iter().map(Named::json).collect::<Vec<_>>();
        let through = self.through.iter().map(|one| {
            let incidents: Vec<String> = one.incidents.iter().map(ToString::to_string).collect();
            json!({"record": one.record.json(), "incidents": incidents})
        });
        let chains = self.chains.iter().map(|chain| {
            let steps = chain.steps.iter().map(|step| {
                json!({
                    "relation": step.relation,
                    "contested": step.weakness.contested,
                    "hedged": step.weakness.hedged,
                    "reviewed": !step.weakness.unreviewed,
                    "since": since_json(step.day),
                })
            });
            json!({"records": all(&chain.records), "steps": steps.collect::<Vec<_>>()})
        });
        json!({
            "incidents": all(&self.incidents),
            "since": self.since.and_then(since_json),
            "through": through.collect::<Vec<_>>(),
            "chains": chains.collect::<Vec<_>>(),
            "stands": {"pairs": self.stands.pairs, "whole": self.stands.whole},
        })
    }
}
