//! One file packed by gzip, in as many members as it likes.

use std::io::BufReader;

use flate2::bufread::MultiGzDecoder;

use crate::beside::Beside;
use crate::walk::{Entry, Flow, Input, Metered, Walk};
use crate::warc::Parts;

/// Takes in what is packed. Its place stays that of the file: there is nothing else in it.
pub(crate) fn take_packed(walk: &mut Walk<'_>, mut entry: Entry<'_>) -> Flow {
    let known = match entry.beside.take() {
        Some(Beside::Crawl(parts)) => Some(parts),
        _ => None,
    };
    let (outer, input) = entry.open();
    // Of a crawl, the pages find their pictures in the file as it lies.
    let parts = match &input {
        Input::File(file) if known.is_none() => Some(Parts::of(vec![file.again()]).by_address()),
        _ => known,
    };
    let mut unpacked =
        BufReader::new(Metered::new(MultiGzDecoder::new(input.reader()), &walk.budget));
    let name = name_within(&outer.name);
    let mut inner = Entry::within(&outer, outer.place.clone(), name, Input::stream(&mut unpacked));
    inner.named = outer.named;
    inner.beside = parts.map(Beside::Crawl);
    walk.take(inner)
}

/// The name without the extension that says it is packed.
fn name_within(name: &str) -> String {
    let cut = |end: &str| {
        let at = name.len().checked_sub(end.len())?;
        let (stem, found) = name.split_at_checked(at)?;
        found.eq_ignore_ascii_case(end).then_some(stem)
    };
    if let Some(stem) = cut(".tgz") {
        return format!("{stem}.tar");
    }
    cut(".gz").or_else(|| cut(".gzip")).unwrap_or(name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_within_has_lost_an_ending() {
        for (name, want) in
            [("a.jsonl.gz", "a.jsonl"), ("A.WARC.GZ", "A.WARC"), ("é", "é"), ("a.tgz", "a.tar")]
        {
            assert_eq!(name_within(name), want);
        }
    }
}
