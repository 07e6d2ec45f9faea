//! What RTF is made of: groups, control words, bytes.

/// A piece of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// `{` and `}`.
    Open,
    Close,
    /// `\par`, `\u8364`: a word with its number, if it has one.
    Word(&'a str, Option<i32>),
    /// `\~`: a letter that stands for something.
    Symbol(u8),
    /// `\'e9`: a byte in digits.
    Byte(u8),
    /// Bytes as they stand there.
    Text(&'a [u8]),
    /// Bytes that are no text, of a length given before them.
    Binary(&'a [u8]),
}

/// The pieces of a file, one after the other; any bytes have some.
pub(super) struct Tokens<'a> {
    rest: &'a [u8],
}

impl<'a> Tokens<'a> {
    pub(super) fn of(file: &'a [u8]) -> Tokens<'a> {
        Tokens { rest: file }
    }

    /// Splits off the first bytes for which something holds.
    fn run(&mut self, holds: impl Fn(&u8) -> bool) -> &'a [u8] {
        let end = self.rest.iter().position(|byte| !holds(byte)).unwrap_or(self.rest.len());
        let (run, rest) = self.rest.split_at(end);
        self.rest = rest;
        run
    }

    /// What follows a backslash.
    fn control(&mut self) -> Option<Token<'a>> {
        let first = *self.rest.first()?;
        if !first.is_ascii_alphabetic() {
            self.rest = &self.rest[1..];
            let digits = self.rest.get(..2).filter(|_| first == b'\'');
            let digits = digits.and_then(|digits| std::str::from_utf8(digits).ok());
            return Some(match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
                Some(byte) => {
                    self.rest = &self.rest[2..];
                    Token::Byte(byte)
                }
                None => Token::Symbol(first),
            });
        }
        const LONGEST: usize = 32;
        let name = self.run(u8::is_ascii_alphabetic);
        let name = std::str::from_utf8(&name[..name.len().min(LONGEST)]).unwrap_or_default();
        let negative =
            self.rest.first() == Some(&b'-') && self.rest.get(1).is_some_and(u8::is_ascii_digit);
        if negative {
            self.rest = &self.rest[1..];
        }
        let digits = std::str::from_utf8(self.run(u8::is_ascii_digit)).unwrap_or_default();
        let number =
            digits.parse::<i32>().ok().map(|number| if negative { -number } else { number });
        // One blank after a word belongs to it.
        self.rest = self.rest.strip_prefix(b" ").unwrap_or(self.rest);
        if name == "bin" {
            let length = number.and_then(|length| usize::try_from(length).ok()).unwrap_or(0);
            let (bytes, rest) = self.rest.split_at(length.min(self.rest.len()));
            self.rest = rest;
            return Some(Token::Binary(bytes));
        }
        Some(Token::Word(name, number))
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let first = *self.rest.first()?;
            match first {
                // Ends of lines are the file's own.
                b'\r' | b'\n' | 0 => self.rest = &self.rest[1..],
                b'{' | b'}' | b'\\' => {
                    self.rest = &self.rest[1..];
                    return match first {
                        b'{' => Some(Token::Open),
                        b'}' => Some(Token::Close),
                        _ => self.control(),
                    };
                }
                _ => {
                    let plain =
                        |byte: &u8| !matches!(byte, b'{' | b'}' | b'\\' | b'\r' | b'\n' | 0);
                    return Some(Token::Text(self.run(plain)));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_numbers_bytes_and_groups() {
        let found: Vec<Token> = Tokens::of(b"{\\b1 a\r\n\\'e9\\~\\u-4 ?\\bin3 }}}\\par}").collect();
        assert_eq!(
            found,
            [
                Token::Open,
                Token::Word("b", Some(1)),
                Token::Text(b"a"),
                Token::Byte(0xE9),
                Token::Symbol(b'~'),
                Token::Word("u", Some(-4)),
                Token::Text(b"?"),
                Token::Binary(b"}}}"),
                Token::Word("par", None),
                Token::Close,
            ]
        );
        for odd in [&b"\\"[..], b"\\'", b"\\'z", b"\\bin99999 x", b"\\u99999999999", b"\\-"] {
            Tokens::of(odd).for_each(drop);
        }
    }
}
