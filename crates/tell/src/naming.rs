//! Whether one person may be named outside the casebook.
//!
//! Input: [`Mark`]s, one for each thing said or found that bears on it, as known today. Output: a
//! [`Naming`] with its ground.
//!
//! - People accused or suspected and not convicted, victims, minors and kin are not named.
//! - What clears or protects somebody masks the name at once, judged or not. What accuses opens a
//!   name only once a person has judged it, and never masks one that a person has opened.
//! - A conviction opens a name until it is quashed, pardoned or otherwise undone.
//! - A dead perpetrator is named only under an official identification that stands.
//! - Officials, experts and authors who speak in public are named.
//! - Where nothing is known, nobody is named.

use throughline_model::{Answer, Assertion, Day, Stance, Value, Variable};

/// What a statement on a person amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bearing {
    /// Accused, suspected, sought, held or tried.
    Accused,
    /// Found guilty.
    Convicted,
    /// Released, acquitted, quashed, pardoned, misidentified, or said to have had no part.
    Cleared,
    /// Killed or hurt.
    Victim,
    /// Kin of somebody.
    Kin,
    /// Under eighteen, or tried as a juvenile.
    Minor,
    /// No longer alive.
    Dead,
    /// Named as the perpetrator by an official body.
    Identified,
    /// Described by an office, a profession or a book that makes one speak in public.
    Office,
    /// Heard as a speaker.
    Speaks,
}

/// Who stands behind a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// The program proposes it.
    Proposed,
    /// A person has accepted it or found it so.
    Judged,
}

/// One statement that bears on whether a person may be named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mark {
    /// What it amounts to.
    pub bearing: Bearing,
    /// Who stands behind it.
    pub weight: Weight,
    /// When it was published; `None` if that is not known.
    pub day: Option<Day>,
}

/// Whether a person may be named, and on what ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Naming {
    /// Named.
    Named(Ground),
    /// Withheld.
    Withheld(Shield),
}

/// Why a person may be named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ground {
    /// Convicted, and nothing has undone it since.
    Convicted,
    /// A dead perpetrator, officially identified.
    Identified,
    /// An official, expert or author speaking in public.
    Public,
}

/// Why a name is withheld.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shield {
    /// A victim.
    Victim,
    /// A minor.
    Minor,
    /// Kin of somebody in the casebook.
    Kin,
    /// Cleared, pardoned, released or wrongly accused.
    Cleared,
    /// Accused or suspected, and not convicted.
    Accused,
    /// Nothing is known that would open the name.
    Unknown,
}

impl Naming {
    /// Whether the name may be given.
    pub fn is_named(self) -> bool {
        matches!(self, Naming::Named(_))
    }
}

/// Decides from all that is known today; the order of the marks does not matter.
pub fn naming(marks: &[Mark]) -> Naming {
    let of = |bearing: Bearing| marks.iter().filter(move |mark| mark.bearing == bearing);
    let any = |bearing: Bearing| of(bearing).next().is_some();
    let judged = |bearing: Bearing| of(bearing).any(|mark| mark.weight == Weight::Judged);
    for (bearing, shield) in [
        (Bearing::Victim, Shield::Victim),
        (Bearing::Minor, Shield::Minor),
        (Bearing::Kin, Shield::Kin),
    ] {
        if any(bearing) {
            return Naming::Withheld(shield);
        }
    }
    // What clears counts unless what opens the name was published after it: the newest status known.
    let newest = |bearing: Bearing| {
        of(bearing).filter(|mark| mark.weight == Weight::Judged).filter_map(|mark| mark.day).max()
    };
    let stands = |bearing: Bearing| {
        let opened = newest(bearing);
        of(Bearing::Cleared).all(|cleared| match (cleared.day, opened) {
            (Some(cleared), Some(opened)) => cleared < opened,
            _ => false,
        })
    };
    if judged(Bearing::Convicted) && stands(Bearing::Convicted) {
        return Naming::Named(Ground::Convicted);
    }
    if judged(Bearing::Identified) && judged(Bearing::Dead) && stands(Bearing::Identified) {
        return Naming::Named(Ground::Identified);
    }
    if any(Bearing::Cleared) {
        return Naming::Withheld(Shield::Cleared);
    }
    let accused = [Bearing::Accused, Bearing::Convicted, Bearing::Identified];
    // An accusation that nobody has judged changes nothing where a person has opened the name;
    // beside a public role that is itself only proposed, the status is not known.
    let opened = judged(Bearing::Office);
    if accused.into_iter().any(|bearing| if opened { judged(bearing) } else { any(bearing) }) {
        return Naming::Withheld(Shield::Accused);
    }
    if any(Bearing::Office) && any(Bearing::Speaks) {
        return Naming::Named(Ground::Public);
    }
    Naming::Withheld(Shield::Unknown)
}

/// What a value of a variable amounts to for the person that it is said of.
///
/// A term that is not known here is taken for an accusation: it opens nothing.
pub fn bearing(variable: Variable, value: Option<&Value>) -> Vec<Bearing> {
    use Variable as V;
    let term = match value {
        Some(Value::Term(term)) => term.as_str(),
        _ => "",
    };
    let yes = matches!(value, Some(Value::Answer(Answer::Yes)));
    match variable {
        V::Role => match term {
            "victim" => vec![Bearing::Victim],
            "witness" | "none" | "bystander" => vec![Bearing::Cleared],
            _ => vec![Bearing::Accused],
        },
        V::Procedure => match term {
            "convicted" | "sentenced" => vec![Bearing::Convicted],
            "released" | "acquitted" | "dropped" | "quashed" | "pardoned" | "exonerated"
            | "annulled" | "overturned" | "amnestied" => vec![Bearing::Cleared],
            "juvenile" => vec![Bearing::Minor],
            _ => vec![Bearing::Accused],
        },
        V::Fate => match term {
            "dead" | "killed" | "executed" | "suicide" | "died-in-custody" => vec![Bearing::Dead],
            "wounded" => vec![Bearing::Victim],
            _ => vec![],
        },
        V::Cleared => vec![Bearing::Cleared],
        V::KinOf if yes => vec![Bearing::Kin],
        V::Confession => vec![Bearing::Accused],
        V::MemberOf | V::PledgedTo | V::ContactWith if yes => vec![Bearing::Accused],
        V::Age => match value {
            Some(Value::Figure(figure)) if figure.least < 18 => vec![Bearing::Minor],
            _ => vec![],
        },
        V::Description | V::Affiliation => match value {
            Some(Value::Text(words)) => described(words),
            _ => vec![],
        },
        _ => vec![],
    }
}

/// What a description amounts to.
fn described(words: &str) -> Vec<Bearing> {
    const MINORS: &[&str] =
        &["boy", "girl", "child", "schoolboy", "schoolgirl", "teenager", "juvenile", "minor"];
    let lists = crate::redact::plain_words(words);
    let minor = lists.iter().any(|word| MINORS.contains(&word.as_str()));
    let office = lists.iter().any(|word| crate::lists::is_public_office(word));
    let minor = minor.then_some(Bearing::Minor);
    minor.into_iter().chain(office.then_some(Bearing::Office)).collect()
}

/// Whether an assertion puts its value forward so that a bearing follows from it. What protects
/// follows from hedged words too; what opens a name does not.
pub fn follows(bearing: Bearing, said: &Assertion) -> bool {
    let weakest = said.speakers.iter().map(|speaker| speaker.stance).max();
    match bearing {
        Bearing::Convicted | Bearing::Dead | Bearing::Identified | Bearing::Office => {
            weakest == Some(Stance::Asserted)
        }
        Bearing::Speaks => true,
        Bearing::Accused | Bearing::Cleared | Bearing::Victim | Bearing::Kin | Bearing::Minor => {
            matches!(weakest, Some(Stance::Asserted | Stance::Hedged) | None)
                // A doubt or a denial is still an accusation that was made.
                || bearing == Bearing::Accused
        }
    }
}

/// Whether an assertion accuses somebody: its subject, or whom its value names as the one who did it.
pub fn accuses(said: &Assertion) -> bool {
    let of_value = matches!(said.variable, Variable::Perpetrator | Variable::IdentifiedAs);
    let about = bearing(said.variable, Some(&said.value));
    let accused = about.iter().any(|one| matches!(one, Bearing::Accused | Bearing::Convicted));
    (of_value || accused) && !corrects(said)
}

/// Whether an assertion takes an accusation back, by whomever it was made: it clears, or says of an
/// accusation that it is not so.
pub fn corrects(said: &Assertion) -> bool {
    let denied = said.speakers.iter().any(|speaker| speaker.stance == Stance::Denied);
    let about = bearing(said.variable, Some(&said.value));
    let of_value = matches!(said.variable, Variable::Perpetrator | Variable::IdentifiedAs);
    let accused = about.iter().any(|one| matches!(one, Bearing::Accused | Bearing::Convicted));
    match denied {
        // To deny that somebody was cleared is no correction.
        true => of_value || accused,
        false => about.contains(&Bearing::Cleared),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const P: Weight = Weight::Proposed;
    const J: Weight = Weight::Judged;

    fn mark(bearing: Bearing, weight: Weight, day: i32) -> Mark {
        Mark { bearing, weight, day: Some(Day(day)) }
    }

    #[track_caller]
    fn check(marks: &[(Bearing, Weight, i32)], want: Naming) {
        let mut marks: Vec<Mark> = marks.iter().map(|&(b, w, d)| mark(b, w, d)).collect();
        assert_eq!(naming(&marks), want);
        marks.reverse();
        assert_eq!(naming(&marks), want, "in another order");
    }

    #[test]
    fn who_is_named() {
        use Bearing as B;
        use Naming::{Named, Withheld};
        check(&[], Withheld(Shield::Unknown));
        check(&[(B::Speaks, P, 1)], Withheld(Shield::Unknown));
        check(&[(B::Office, P, 1)], Withheld(Shield::Unknown));
        check(&[(B::Office, P, 1), (B::Speaks, P, 1)], Named(Ground::Public));
        check(&[(B::Accused, J, 1)], Withheld(Shield::Accused));
        check(&[(B::Convicted, P, 1)], Withheld(Shield::Accused));
        check(&[(B::Accused, J, 1), (B::Convicted, J, 2)], Named(Ground::Convicted));
        check(&[(B::Dead, J, 2), (B::Accused, J, 1)], Withheld(Shield::Accused));
        check(&[(B::Dead, J, 2), (B::Identified, P, 2)], Withheld(Shield::Accused));
        check(&[(B::Dead, J, 2), (B::Identified, J, 2)], Named(Ground::Identified));
    }

    #[test]
    fn what_protects_masks_at_once() {
        use Bearing as B;
        use Naming::Withheld;
        let convicted = (B::Convicted, J, 5);
        check(&[convicted, (B::Cleared, P, 6)], Withheld(Shield::Cleared));
        check(&[convicted, (B::Cleared, P, 5)], Withheld(Shield::Cleared));
        check(&[convicted, (B::Minor, P, 1)], Withheld(Shield::Minor));
        check(&[convicted, (B::Kin, P, 1)], Withheld(Shield::Kin));
        check(&[convicted, (B::Victim, P, 1)], Withheld(Shield::Victim));
        check(
            &[(B::Dead, J, 2), (B::Identified, J, 2), (B::Cleared, P, 9)],
            Withheld(Shield::Cleared),
        );
        // An acquittal before the conviction is an older status.
        check(&[convicted, (B::Cleared, P, 4)], Naming::Named(Ground::Convicted));
        let undated = Mark { bearing: B::Cleared, weight: P, day: None };
        assert_eq!(naming(&[mark(B::Convicted, J, 5), undated]), Withheld(Shield::Cleared));
    }

    #[test]
    fn what_accuses_changes_nothing_until_it_is_judged() {
        use Bearing as B;
        let expert = [(B::Office, J, 1), (B::Speaks, P, 1)];
        let with = |weight| [expert[0], expert[1], (B::Accused, weight, 3)];
        check(&with(P), Naming::Named(Ground::Public));
        check(&with(J), Naming::Withheld(Shield::Accused));
        // A role that is itself only proposed opens no name beside an accusation.
        check(
            &[(B::Office, P, 1), (B::Speaks, P, 1), (B::Accused, P, 1)],
            Naming::Withheld(Shield::Accused),
        );
    }
}
