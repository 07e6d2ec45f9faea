//! How one value stands in a cell: whom it names, of whom it is said, and what denies it.
//!
//! Written and read back exactly: a part that could be taken for another is escaped.

use throughline_model::SubjectKind;

/// Before the value that somebody says is not so.
const NOT: &str = "not ";

/// Another record, as `NAME`; as `KIND:NAME` where it is of another kind than the column's records
/// are, or where its name begins like that.
pub fn write_named(column: SubjectKind, kind: SubjectKind, name: &str) -> String {
    match kind == column && read_named(column, name) == (column, name) {
        true => name.to_owned(),
        false => format!("{}:{name}", kind.name()),
    }
}

/// The kind and the name of a record that [`write_named`] wrote.
pub fn read_named(column: SubjectKind, text: &str) -> (SubjectKind, &str) {
    let named = text.split_once(':').and_then(|(kind, name)| {
        let kind = SubjectKind::from_name(kind)?;
        (!name.is_empty() && !name.starts_with(' ')).then_some((kind, name))
    });
    named.unwrap_or((column, text))
}

/// A value that may be said in relation to somebody: `NAME: value`, or the value alone.
pub fn write_party(party: Option<&str>, value: &str) -> String {
    let value = value.replace(": ", "\\: ");
    match party {
        Some(party) => format!("{party}: {value}"),
        None => value,
    }
}

/// In relation to whom a value is said, and the value, as [`write_party`] writes them.
pub fn read_party(text: &str) -> (Option<&str>, String) {
    let apart = text.rmatch_indices(": ").find(|(at, _)| !text[..*at].ends_with('\\'));
    let (party, value) = match apart {
        Some((at, colon)) => (Some(text[..at].trim()), text[at + colon.len()..].trim()),
        None => (None, text.trim()),
    };
    (party, value.replace("\\: ", ": "))
}

/// "This value is not so".
pub fn write_denial(value: &str) -> String {
    format!("{NOT}{value}")
}

/// The value that is denied, as [`write_denial`] writes it.
pub fn read_denial(text: &str) -> Option<&str> {
    text.strip_prefix(NOT)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_kind_is_written_where_it_is_not_the_columns() {
        let column = SubjectKind::Group;
        for (kind, name, cell) in [
            (SubjectKind::Group, "Red Lamp", "Red Lamp"),
            (SubjectKind::Person, "Odo Lind", "person:Odo Lind"),
            (SubjectKind::Group, "person:Odo Lind", "group:person:Odo Lind"),
            (SubjectKind::Group, "Lamp: the group", "Lamp: the group"),
        ] {
            assert_eq!(write_named(column, kind, name), cell);
            assert_eq!(read_named(column, cell), (kind, name));
        }
    }

    proptest! {
        #[test]
        fn parties_read_back(
            party in proptest::option::of("[a-c]{1,3}(: [a-c]{1,3})?"),
            value in "[a-c]{1,3}(: [a-c]{1,3}){0,2}",
        ) {
            let cell = write_party(party.as_deref(), &value);
            prop_assert_eq!(read_party(&cell), (party.as_deref(), value));
        }
    }
}
