//! By what is said of which variables locals are compared.

use throughline_model::{SubjectKind, Variable};

/// Whether what is said of a variable may tell which record a local of a kind joins. What is said of
/// any other may be rejected, corrected or added without anybody being one with anybody else than
/// before: people and whatever goes by its name are joined by names and by what stands beside them.
pub fn compares(kind: SubjectKind, variable: Variable) -> bool {
    use Variable as V;
    match kind {
        SubjectKind::Incident => {
            matches!(variable, V::Place | V::Date | V::Type | V::Target | V::Killed | V::Wounded)
        }
        SubjectKind::Claim => matches!(variable, V::Claimant | V::Issued | V::About),
        SubjectKind::Set
        | SubjectKind::Person
        | SubjectKind::Group
        | SubjectKind::Outlet
        | SubjectKind::Channel
        | SubjectKind::Place => false,
    }
}

#[cfg(test)]
mod tests {
    use throughline_model::{
        Assertion, AssertionId, DocumentId, Figure, Mention, MentionId, Outline, OutlineWord,
        Passage, Sha256, Span, Speaker, Stance, Value, Voice, ZoneRole,
    };

    use super::*;
    use crate::{BlockKey, Links, Local, Referent, Referents, fold};

    /// What one document says of a subject, with a place and a group beside it.
    fn local(document: u8, kind: SubjectKind, is_known: bool) -> Local {
        let document = DocumentId::of_bytes(Sha256::of(&[document]));
        let at = |from| Passage::Text(Span::new(from, from + 4));
        let mention = Mention::new(kind, document, at(0), "Ada Brandvold");
        let place = Mention::new(SubjectKind::Place, document, at(10), "Ostby");
        let group = Mention::new(SubjectKind::Group, document, at(20), "The Red Lamp");
        let referent = |one: &Mention| Referent { head: one.id, name: one.name.clone(), own: None };
        let referents: Referents =
            [&place, &group].map(|one| (one.id, referent(one))).into_iter().collect();
        let words = ["ferry", "mirador", "quelled", "lindgulf", "oskarby", "skiffs", "marl"];
        let mut words: Vec<OutlineWord> = words
            .map(Outline::hash)
            .map(|word| OutlineWord { word, said: 2, named: 1, headline: true, opening: true })
            .to_vec();
        words.sort();
        let mut local = Local {
            block: BlockKey::from_text("one block"),
            document,
            published: "1894-03-07".parse().ok(),
            source: None,
            mentions: vec![mention],
            assertions: Vec::new(),
            sentences: Vec::new(),
            referents,
            context: vec!["ostby".into()],
            outline: is_known.then(|| Outline { words, ..Outline::default() }),
        };
        let date = Value::Date("1894-03-06".parse().unwrap());
        for (variable, value) in [
            (Variable::Place, Value::Mention(place.id)),
            (Variable::Date, date.clone()),
            (Variable::Claimant, Value::Mention(group.id)),
            (Variable::Issued, date),
        ] {
            say(&mut local, variable, value);
        }
        local
    }

    fn say(local: &mut Local, variable: Variable, value: Value) {
        let said = Assertion {
            id: AssertionId::from_bits(0),
            document: local.document,
            passage: Passage::Text(Span::new(0, 4)),
            zone: ZoneRole::Body,
            speakers: vec![Speaker { voice: Voice::Document, stance: Stance::Asserted, cue: None }],
            subject: local.mentions[0].id,
            variable,
            party: None,
            value,
            obtained: None,
            repeats: None,
            certainty: 90,
        };
        local.assertions.push(said.sealed());
    }

    /// The mentions of each record.
    fn records(locals: &[Local]) -> Vec<Vec<MentionId>> {
        let locals: Vec<&Local> = locals.iter().collect();
        let groupings = fold(&locals, &Links::new([], []));
        groupings.iter().map(|grouping| grouping.mentions().collect()).collect()
    }

    #[test]
    fn nothing_else_that_is_said_joins_or_parts_anybody() {
        for kind in SubjectKind::ALL {
            for is_known in [false, true] {
                let two = [local(1, kind, is_known), local(2, kind, is_known)];
                let joined = records(&two);
                assert_eq!(joined.len(), if kind == SubjectKind::Set { 2 } else { 1 }, "{kind:?}");
                let [place, group] = [0, 1].map(|at| {
                    let mut all = two[1].referents.iter();
                    Value::Mention(all.nth(at).unwrap().0)
                });
                let values = [
                    place,
                    group,
                    Value::Text("a bakery".into()),
                    Value::Term("stabbing".into()),
                    Value::Date("1899-01-01".parse().unwrap()),
                    Value::Figure(Figure::exactly(900)),
                ];
                for variable in Variable::all().filter(|one| !compares(kind, *one)) {
                    for value in &values {
                        let mut two = two.clone();
                        say(&mut two[1], variable, value.clone());
                        assert_eq!(records(&two), joined, "{kind:?}, {variable:?}, {value:?}");
                    }
                }
            }
        }
    }
}
