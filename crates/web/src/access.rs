//! Who may ask, and who may change something.
//!
//! Whatever runs on this machine can reach loopback, and whatever is open in a browser can make it
//! ask. So the desk has a key, drawn when the server starts: the address that is printed carries it,
//! and it is exchanged for a cookie that no script can read. A change needs a token besides, which
//! stands in the forms of these pages and nowhere else. Here accounts would join, each with a pass
//! and a role of its own.

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};
use percent_encoding::percent_decode_str;

use crate::address::escaped;

/// The name under which an address carries the key.
pub(crate) const KEY: &str = "key";

/// For how many seconds a browser keeps the name of who judges: a year.
const KEPT_S: u32 = 31_536_000;

/// What opens the desk of one server.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Keys {
    port: u16,
    /// In the address that is printed.
    key: String,
    /// In the cookie.
    pass: String,
    /// In the forms.
    token: String,
}

impl std::fmt::Debug for Keys {
    /// Nothing that is printed by chance opens anything.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keys").field("port", &self.port).finish_non_exhaustive()
    }
}

impl Keys {
    /// Draws new ones.
    ///
    /// # Errors
    /// If the system has no chance to give.
    pub(crate) fn draw(port: u16) -> std::io::Result<Keys> {
        Ok(Keys { port, key: secret()?, pass: secret()?, token: secret()? })
    }

    pub(crate) fn key(&self) -> &str {
        &self.key
    }

    pub(crate) fn token(&self) -> &str {
        &self.token
    }

    /// Whether an address carries the key: `None` if it carries none.
    pub(crate) fn fits(&self, given: Option<&str>) -> Option<bool> {
        given.map(|given| same(given, &self.key))
    }

    /// Whether a form of these pages sent this token.
    pub(crate) fn is_own(&self, token: &str) -> bool {
        same(token, &self.token)
    }

    /// Whether a request carries the cookie.
    pub(crate) fn knows(&self, headers: &HeaderMap) -> bool {
        cookies(headers, &self.cookie()).any(|pass| same(pass, &self.pass))
    }

    /// The cookie that lets a browser in until it is closed.
    pub(crate) fn admission(&self) -> Option<HeaderValue> {
        let Keys { pass, .. } = self;
        let cookie = format!("{}={pass}; Path=/; HttpOnly; SameSite=Strict", self.cookie());
        HeaderValue::from_str(&cookie).ok()
    }

    /// Who judges in the browser that asks.
    pub(crate) fn by(&self, headers: &HeaderMap) -> Option<String> {
        let kept = cookies(headers, &self.by_cookie()).next()?;
        let name = percent_decode_str(kept).decode_utf8().ok()?.trim().to_owned();
        (!name.is_empty()).then_some(name)
    }

    /// The cookie by which a browser keeps the name of who judges.
    pub(crate) fn naming(&self, by: &str) -> Option<HeaderValue> {
        let cookie = format!(
            "{}={}; Path=/; Max-Age={KEPT_S}; HttpOnly; SameSite=Strict",
            self.by_cookie(),
            escaped(by)
        );
        HeaderValue::from_str(&cookie).ok()
    }

    // A browser does not tell ports apart in cookies, and two casebooks may be served at once.
    fn cookie(&self) -> String {
        format!("throughline-{}", self.port)
    }

    fn by_cookie(&self) -> String {
        format!("throughline-by-{}", self.port)
    }
}

/// A hundred and twenty-eight bits of the system's chance, in hexadecimal.
fn secret() -> std::io::Result<String> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(std::io::Error::other)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Whether two texts are the same, in a time that tells nothing of where they differ.
fn same(given: &str, own: &str) -> bool {
    let differing = given.bytes().zip(own.bytes()).fold(0, |all, (a, b)| all | (a ^ b));
    given.len() == own.len() && differing == 0
}

/// The values of the cookies of a name.
fn cookies<'h>(headers: &'h HeaderMap, name: &str) -> impl Iterator<Item = &'h str> {
    let all = headers.get_all(COOKIE).iter().filter_map(|header| header.to_str().ok());
    all.flat_map(|header| header.split(';')).filter_map(move |one| {
        let (own, value) = one.trim().split_once('=')?;
        (own == name).then_some(value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(cookie: &str) -> HeaderMap {
        HeaderMap::from_iter([(COOKIE, HeaderValue::from_str(cookie).unwrap())])
    }

    #[test]
    fn only_the_own_pass_lets_in() {
        let (own, other) = (Keys::draw(4717).unwrap(), Keys::draw(4717).unwrap());
        assert_ne!(own, other);
        let pass = own.admission().unwrap();
        let pass = pass.to_str().unwrap().split(';').next().unwrap();
        assert!(own.knows(&sent(&format!("a=b; {pass}"))));
        assert!(!other.knows(&sent(pass)));
        for cookie in ["", "throughline-4717=", "throughline-4718=x", &pass[..pass.len() - 1]] {
            assert!(!own.knows(&sent(cookie)), "{cookie}");
        }
        assert_eq!(own.fits(None), None);
        assert_eq!(own.fits(Some(own.key())), Some(true));
        for given in ["", own.token(), &own.key()[1..]] {
            assert_eq!(own.fits(Some(given)), Some(false));
        }
        assert!(!format!("{own:?}").contains(own.key()));
    }

    #[test]
    fn the_name_of_who_judges_is_kept_letter_for_letter() {
        let keys = Keys::draw(80).unwrap();
        for name in ["Ada", "R. Coder; Max-Age=0", "Zoë \u{1F600}\r\nSet-Cookie: a=b"] {
            let cookie = keys.naming(name).unwrap();
            let kept = cookie.to_str().unwrap().split(';').next().unwrap().to_owned();
            assert_eq!(keys.by(&sent(&kept)).as_deref(), Some(name));
        }
        assert_eq!(keys.by(&sent("throughline-by-80=%20")), None);
    }
}
