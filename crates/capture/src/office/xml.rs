//! XML as office programs write it: elements and text, one after the other.
//!
//! A document type is refused, so that there are no entities but those of XML itself, and nothing
//! outside the file is looked for.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::Cause;

/// How deep elements may lie in one another.
const DEEPEST: usize = 512;

/// The beginning of an element.
pub(crate) struct Tag<'x> {
    start: BytesStart<'x>,
}

impl Tag<'_> {
    /// The value of an attribute, by its name with prefix.
    pub(crate) fn get(&self, name: &str) -> Option<String> {
        let found = self.start.try_get_attribute(name).ok().flatten()?;
        Some(found.normalized_value(quick_xml::XmlVersion::Explicit1_0).ok()?.into_owned())
    }
}

/// What sees the elements of a part go by, by their names with prefix.
pub(crate) trait Sees {
    fn open(&mut self, name: &str, tag: &Tag);
    fn text(&mut self, text: &str);
    fn close(&mut self, name: &str);
}

/// Shows all elements of a part.
///
/// # Errors
/// [`Cause::Unsound`] if it is no XML, has a document type, or goes too deep.
pub(crate) fn see(part: &[u8], format: &'static str, sees: &mut impl Sees) -> Result<(), Cause> {
    let damaged = || Cause::Unsound { format };
    let text = crate::decode(part).map_err(|_| damaged())?;
    let mut reader = Reader::from_str(&text);
    reader.config_mut().expand_empty_elements = true;
    let mut depth = 0usize;
    loop {
        match reader.read_event().map_err(|_| damaged())? {
            Event::Start(start) => {
                depth += 1;
                if depth > DEEPEST {
                    return Err(damaged());
                }
                let name = start.name().as_ref().to_owned();
                sees.open(&name, &Tag { start });
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                sees.close(end.name().as_ref());
            }
            Event::Text(text) => sees.text(&text.xml_content(quick_xml::XmlVersion::Explicit1_0)),
            Event::CData(text) => sees.text(&text),
            Event::GeneralRef(entity) => {
                let letter = entity.resolve_char_ref().ok().flatten();
                let letter = letter.or(match &*entity {
                    "amp" => Some('&'),
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => None,
                });
                letter.into_iter().for_each(|letter| sees.text(letter.encode_utf8(&mut [0; 4])));
            }
            Event::DocType(_) => return Err(damaged()),
            Event::Eof if depth == 0 => return Ok(()),
            Event::Eof => return Err(damaged()),
            // Elements without content are shown as a beginning and an end.
            Event::Empty(_) | Event::Decl(_) | Event::Comment(_) | Event::PI(_) => {}
        }
    }
}
