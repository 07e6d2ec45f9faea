//! Which word of a sentence each word hangs on, and how: trees of Universal Dependencies.

use std::ops::Range;

use throughline_linear::tree::{Kids, Parser, Sight, State};
use throughline_linear::{Feature, join};

use super::columns::Columns;
use super::models::Weights;
use super::parts::TAGS;
use super::scene::EDGE;

/// The relations, by number, as Universal Dependencies names them; of subtypes only those that tell
/// who does what.
pub const RELATIONS: [&str; 43] = [
    "root",
    "acl",
    "acl:relcl",
    "advcl",
    "advmod",
    "amod",
    "appos",
    "aux",
    "aux:pass",
    "case",
    "cc",
    "ccomp",
    "clf",
    "compound",
    "compound:prt",
    "conj",
    "cop",
    "csubj",
    "dep",
    "det",
    "discourse",
    "dislocated",
    "expl",
    "fixed",
    "flat",
    "goeswith",
    "iobj",
    "list",
    "mark",
    "nmod",
    "nmod:poss",
    "nsubj",
    "nsubj:pass",
    "nummod",
    "obj",
    "obl",
    "obl:agent",
    "orphan",
    "parataxis",
    "punct",
    "reparandum",
    "vocative",
    "xcomp",
];

/// The number of a relation, or of the one that it is a kind of.
pub fn number(name: &str) -> u8 {
    let plain = || name.split(':').next().unwrap_or_default();
    let known = |name: &str| RELATIONS.iter().position(|known| *known == name);
    known(name).or_else(|| known(plain())).map_or(DEP, |at| at as u8)
}

/// The words of a longer sentence hang in a row, each on the one before it: newspapers have none, and
/// lists and tables without stops get no tree that is worth its time.
const LONGEST: usize = 400;

/// The tree of each sentence, as one row over the words of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trees {
    /// The word of the page that each word hangs on; itself, if it hangs on none.
    pub heads: Vec<u32>,
    /// How, as an index into [`RELATIONS`].
    pub relations: Vec<u8>,
}

impl Trees {
    /// The word that a word hangs on, if it hangs on one.
    pub fn head(&self, at: usize) -> Option<usize> {
        self.heads.get(at).map(|head| *head as usize).filter(|head| *head != at)
    }

    /// How a word hangs on its head.
    pub fn relation(&self, at: usize) -> u64 {
        u64::from(self.relations[at])
    }

    /// A word and those above it, up to the root or so many steps.
    pub(super) fn above(&self, at: usize, steps: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(at), |at| self.head(*at)).take(steps + 1)
    }
}

/// The trees of a page.
pub fn read(columns: &Columns, tags: &[u8], weights: &Weights<'_>) -> Trees {
    let parser = Parser { steps: &weights.steps, relations: &weights.relations };
    let mut trees = Trees::default();
    for sentence in &columns.sentences {
        let start = sentence.start as u32;
        if sentence.len() > LONGEST {
            trees.heads.extend(sentence.clone().map(|at| (at as u32).max(start + 1) - 1));
            trees.relations.extend(sentence.clone().map(|_| DEP));
            continue;
        }
        let tree = parser.parse(&Words::new(columns, tags, sentence.clone()));
        let count = sentence.len() as u32;
        let heads = tree.heads.iter().zip(sentence.clone());
        trees.heads.extend(
            heads.map(|(head, own)| if *head == count { own as u32 } else { start + head }),
        );
        trees.relations.extend(&tree.relations);
    }
    trees
}

/// The number of the relation that is none of the others.
const DEP: u8 = relation("dep");

/// The number of a relation by its name.
///
/// # Panics
/// If there is none of this name.
pub(super) const fn relation(name: &str) -> u8 {
    let mut at = 0;
    while at < RELATIONS.len() {
        if same(RELATIONS[at], name) {
            return at as u8;
        }
        at += 1;
    }
    panic!("no relation has this name")
}

const fn same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    at == one.len() && at == other.len()
}

/// What the parser knows of a word.
#[derive(Clone, Copy, Debug)]
struct Word {
    word: u64,
    tag: u64,
    /// The tag with what tells of its use: the word, if it is one of few, or its ending.
    sort: u64,
    code: u64,
}

const OUTSIDE: Word = Word { word: EDGE, tag: 99, sort: 99, code: EDGE };
const ROOT: Word = Word { word: 2, tag: 98, sort: 98, code: 2 };

/// The words of a sentence, as the parser sees them.
#[derive(Clone, Debug)]
pub struct Words(Vec<Word>);

impl Words {
    /// The words of one sentence of a page.
    pub fn new(columns: &Columns, tags: &[u8], sentence: Range<usize>) -> Words {
        let word = |at: usize| {
            let (own, tag) = (&columns.all[at], u64::from(tags[at]));
            let sort = match TAGS[tags[at] as usize] {
                "NOUN" | "PROPN" | "ADJ" | "NUM" | "X" | "SYM" | "INTJ" => tag,
                "VERB" | "ADV" => join(tag, own.ends[1]),
                _ => join(tag, own.word),
            };
            let code = own.code.map_or(0, |code| code.prefix(8));
            Word { word: own.word, tag, sort, code }
        };
        Words(sentence.map(word).collect())
    }

    fn at(&self, at: Option<usize>) -> Word {
        match at {
            Some(at) => self.0.get(at).copied().unwrap_or(ROOT),
            None => OUTSIDE,
        }
    }

    /// How far two words are apart, in steps.
    fn far(one: Option<usize>, other: Option<usize>) -> u64 {
        match (one, other) {
            (Some(one), Some(other)) => match one.abs_diff(other) as u64 {
                near @ 0..=4 => near,
                5..=7 => 5,
                8..=12 => 6,
                _ => 7,
            },
            _ => 9,
        }
    }
}

impl Sight for Words {
    fn words(&self) -> usize {
        self.0.len()
    }

    fn step(&self, state: &State, out: &mut Vec<Feature>) {
        let mut template = 800;
        let mut add = |filling: u64| {
            out.push(Feature::new(template, filling));
            template += 1;
        };
        let (i0, i1, i2) = (state.waiting(0), state.waiting(1), state.waiting(2));
        let (j0, j1) = (state.coming(0), state.coming(1));
        let (s0, s1, s2) = (self.at(i0), self.at(i1), self.at(i2));
        let (b0, b1, b2) = (self.at(j0), self.at(j1), self.at(state.coming(2)));
        add(join(s0.word, s0.tag));
        add(s0.sort);
        add(join(b0.word, b0.tag));
        add(b0.sort);
        add(join(s1.word, s1.tag));
        add(b1.sort);
        let next = join(s0.sort, b0.sort);
        let below = join(s1.sort, s0.sort);
        add(next);
        add(join(s0.word, b0.sort));
        add(join(s0.sort, b0.word));
        add(join(s0.word, b0.word));
        add(join(s0.code, b0.code));
        add(join(s0.sort, b0.code));
        add(join(s0.code, b0.sort));
        add(below);
        add(join(s1.word, s0.sort));
        add(join(s1.sort, s0.word));
        add(join(s1.word, s0.word));
        add(join(s1.code, s0.code));
        add(join(b0.sort, b1.sort));
        add(join(s1.sort, b0.sort));
        add(join(next, b1.sort));
        add(join(below, b0.sort));
        add(join(join(s1.tag, s0.tag), join(b0.tag, b1.tag)));
        add(join(join(s2.tag, s1.tag), join(s0.tag, b0.tag)));
        add(join(join(s0.tag, b0.tag), join(b1.tag, b2.tag)));
        add(join(join(s1.word, s0.tag), b0.tag));
        add(join(join(s1.tag, s0.word), b0.tag));
        add(join(join(s1.tag, s0.tag), b0.word));
        add(join(s0.code, join(s1.code, b0.code)));
        // What hangs on them already.
        let kids = |at: Option<usize>| {
            let at = at.filter(|at| *at < self.0.len());
            at.map(|at| (*state.left(at), *state.right(at)))
        };
        let (k0, k1, kb) = (kids(i0), kids(i1), kids(j0));
        let left =
            |kids: &Option<(Kids, _)>| self.at(kids.as_ref().and_then(|kids| kids.0.outer()));
        let right =
            |kids: &Option<(_, Kids)>| self.at(kids.as_ref().and_then(|kids| kids.1.outer()));
        let (l0, r0, l1, r1, lb) = (left(&k0), right(&k0), left(&k1), right(&k1), left(&kb));
        add(join(join(s0.tag, b0.tag), join(l0.sort, 1)));
        add(join(join(s0.tag, b0.tag), join(r0.sort, 2)));
        add(join(join(s1.tag, s0.tag), join(r1.sort, 3)));
        add(join(join(s1.tag, s0.tag), join(l0.sort, 4)));
        add(join(join(s1.tag, s0.tag), join(r0.sort, 5)));
        add(join(join(s1.tag, l1.sort), join(s0.tag, b0.tag)));
        add(join(join(s0.tag, b0.tag), join(lb.sort, 6)));
        let relations = |kids: &Option<(Kids, Kids)>| {
            kids.as_ref().map_or((0, 0), |kids| (kids.0.relations, kids.1.relations))
        };
        let (of0, of1, of_next) = (relations(&k0), relations(&k1), relations(&kb));
        add(join(join(s0.tag, b0.tag), join(of0.0, of0.1)));
        add(join(join(s0.tag, b0.sort), of0.1));
        add(join(join(s1.tag, s0.tag), join(of1.0, of1.1)));
        add(join(join(s1.sort, s0.sort), of1.1));
        add(join(join(s0.sort, b0.tag), of_next.0));
        add(join(s0.word, join(of0.0, of0.1)));
        add(join(join(s1.word, of1.1), s0.tag));
        // How far they are apart.
        add(join(join(s0.sort, b0.sort), Words::far(i0, j0)));
        add(join(join(s1.sort, s0.sort), Words::far(i1, i0)));
        add(join(join(s1.tag, s0.tag), join(b0.tag, Words::far(i1, i0))));
    }

    fn arc(&self, state: &State, head: usize, dependent: usize, out: &mut Vec<Feature>) {
        let mut template = 860;
        let mut add = |filling: u64| {
            out.push(Feature::new(template, filling));
            template += 1;
        };
        let (h, d) = (self.at(Some(head)), self.at(Some(dependent)));
        let side = u64::from(head < dependent);
        let far = join(side, Words::far(Some(head), Some(dependent)).min(3));
        add(join(side, join(h.sort, d.sort)));
        add(join(side, join(h.word, d.sort)));
        add(join(side, join(h.sort, d.word)));
        add(join(side, join(h.word, d.word)));
        add(join(side, join(h.code, d.code)));
        add(join(side, join(h.code, d.sort)));
        add(join(side, join(h.sort, d.code)));
        add(join(side, join(d.word, h.tag)));
        add(join(side, d.sort));
        add(join(far, join(h.tag, d.tag)));
        let (before, after) = (dependent.checked_sub(1), Some(dependent + 1));
        let (before, after) = (self.at(before), self.at(after));
        add(join(join(side, h.tag), join(d.tag, before.sort)));
        add(join(join(side, h.tag), join(d.tag, after.sort)));
        // What hangs on the dependent: its preposition, its subject.
        let (left, right) = (*state.left(dependent), *state.right(dependent));
        let (first, last) = (self.at(left.outer()), self.at(right.outer()));
        add(join(join(side, h.tag), join(d.tag, first.sort)));
        add(join(join(side, h.sort), join(d.tag, first.word)));
        add(join(join(side, h.word), join(d.tag, first.word)));
        add(join(join(side, h.tag), join(d.tag, last.sort)));
        add(join(join(side, h.tag), join(d.sort, left.relations)));
        add(join(join(side, h.sort), join(d.tag, left.relations)));
        add(join(join(side, h.tag), join(join(d.tag, left.relations), right.relations)));
        // What hangs on the head already.
        let (of_left, of_right) = (state.left(head).relations, state.right(head).relations);
        add(join(join(side, h.sort), join(d.sort, of_left)));
        add(join(join(side, h.sort), join(d.sort, of_right)));
        add(join(join(side, h.word), join(d.tag, of_left)));
        add(join(join(side, h.word), join(d.tag, of_right)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::learned::{Page, parts};

    /// The words of a text, each with its relation and the word that it hangs on.
    fn tree(text: &str) -> Vec<(String, &'static str, String)> {
        let weights = Weights::own();
        let page = Page::of_text(text);
        let columns = Columns::new(&page, &weights);
        let tags = parts::read(&columns, &weights);
        let trees = read(&columns, &tags, &weights);
        let row = |at: usize| {
            let head = trees.head(at).map_or("", |head| page.word(head));
            let relation = RELATIONS[usize::from(trees.relations[at])];
            (page.word(at).to_owned(), relation, head.to_owned())
        };
        (0..page.len()).map(row).collect()
    }

    #[test]
    fn who_does_what_to_whom_is_told_active_and_passive() {
        let has = |text: &str, word: &str, relation: &str, head: &str| {
            let found = tree(text);
            let wanted = (word.to_owned(), relation, head.to_owned());
            assert!(found.contains(&wanted), "{wanted:?} {found:?}");
        };
        let active = "The gunmen attacked the bridge near Ostby.";
        has(active, "gunmen", "nsubj", "attacked");
        has(active, "bridge", "obj", "attacked");
        has("The bridge was attacked by gunmen.", "bridge", "nsubj:pass", "attacked");
    }

    #[test]
    fn every_sentence_has_one_root_and_no_word_hangs_outside_it() {
        let long = "bridge ".repeat(LONGEST + 50);
        for text in ["", "Yes.", "He left. She did not see him, or so she said.", &long] {
            let weights = Weights::own();
            let page = Page::of_text(text);
            let columns = Columns::new(&page, &weights);
            let tags = parts::read(&columns, &weights);
            let trees = read(&columns, &tags, &weights);
            assert_eq!((trees.heads.len(), trees.relations.len()), (page.len(), page.len()));
            for sentence in page.sentences() {
                let heads = sentence.clone().filter_map(|at| trees.head(at));
                assert!(heads.clone().all(|head| sentence.contains(&head)));
                assert_eq!(heads.count(), sentence.len() - 1, "{text}");
            }
        }
    }

    #[test]
    fn a_relation_is_found_by_its_name_or_that_of_which_it_is_a_kind() {
        assert_eq!(RELATIONS[usize::from(number("nsubj:pass"))], "nsubj:pass");
        assert_eq!(RELATIONS[usize::from(number("nsubj:outer"))], "nsubj");
        assert_eq!(RELATIONS[usize::from(number("no such"))], "dep");
    }
}
