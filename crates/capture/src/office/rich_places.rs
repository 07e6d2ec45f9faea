//! What the text of a group of an RTF file is for, as the word says with which it begins.

/// What the text of a group is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Body,
    /// Nothing that is read.
    Nowhere,
    Fonts,
    Styles,
    About,
    Title,
    Author,
    /// When the file was made, and when it was changed.
    Made,
    Changed,
    /// Running heads and feet.
    Edge,
    Note,
    Picture,
    /// A drawing, or what is said of a picture: properties, each a name and a value.
    Shape,
    Property,
    Value,
    /// The text in a drawing, which is of the place that the drawing stands in.
    Box,
}

/// What a group is for that begins with a word. `star` says that programs which do not know the
/// word pass the group over.
pub(super) fn destination(word: &str, star: bool) -> Option<Place> {
    Some(match word {
        "fonttbl" => Place::Fonts,
        "stylesheet" => Place::Styles,
        "info" => Place::About,
        "title" => Place::Title,
        "author" => Place::Author,
        "creatim" => Place::Made,
        "revtim" => Place::Changed,
        "header" | "headerl" | "headerr" | "headerf" | "footer" | "footerl" | "footerr"
        | "footerf" => Place::Edge,
        "footnote" => Place::Note,
        "pict" => Place::Picture,
        "shpinst" | "picprop" | "sp" => Place::Shape,
        "sn" => Place::Property,
        "sv" => Place::Value,
        "shptxt" => Place::Box,
        "shppict" | "ud" if star => Place::Body,
        // The last is what a program before 1997 would show in place of a drawing.
        "colortbl" | "nonshppict" | "listtable" | "listoverridetable" | "rsidtbl" | "generator"
        | "filetbl" | "revtbl" | "fldinst" | "annotation" | "atnid" | "atnauthor" | "atnref"
        | "bkmkstart" | "bkmkend" | "xe" | "tc" | "rxe" | "objdata" | "private" | "subject"
        | "keywords" | "comment" | "operator" | "company" | "category" | "manager" | "doccomm"
        | "hlinkbase" | "printim" | "buptim" | "falt" | "panose" | "shprslt" => Place::Nowhere,
        _ => return None,
    })
}
