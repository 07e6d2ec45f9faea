//! Binding to loopback, and the life of the server.

use std::io::ErrorKind;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::http::Uri;
use tower::ServiceExt;
use tower_http::catch_panic::CatchPanicLayer;

use crate::access::{KEY, Keys};
use crate::ask::AsJson;
use crate::book::Book;
use crate::desk::Desk;
use crate::edition::Audience;
use crate::guard::{self, Door};
use crate::routes::routes;

/// The port at which pages are served if it is free and no other was named.
pub const FIRST_PORT: u16 = 4717;

/// How many ports are tried if none was named.
const PORTS: u16 = 20;

/// Why nothing is served.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The casebook cannot be used.
    #[error(transparent)]
    Casebook(#[from] throughline_casebook::Error),
    /// The port that was named is not free.
    #[error("port {port} {}; name another with --port, or none", told(.why))]
    Port {
        /// The port.
        port: u16,
        /// What the system says.
        why: std::io::Error,
    },
    /// None of the ports that are tried is free.
    #[error("none of the ports {from} to {to} is free; name one with --port")]
    NoPort {
        /// The first that was tried.
        from: u16,
        /// The last that was tried.
        to: u16,
    },
    /// The system gave no chance for a key.
    #[error("no key could be drawn for these pages: {0}; --read-only serves them without one")]
    Key(std::io::Error),
    /// The server could not go on.
    #[error("the server ended: {0}")]
    Ended(std::io::Error),
}

/// Why a port cannot be had.
fn told(why: &std::io::Error) -> String {
    match why.kind() {
        ErrorKind::AddrInUse => "is in use by another program".to_owned(),
        ErrorKind::PermissionDenied => "is kept for the system".to_owned(),
        _ => format!("cannot be had: {why}"),
    }
}

/// How a casebook is served.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manner {
    /// For whom. Readers need no key, and judge nothing.
    pub audience: Audience,
    /// The coder whose view it is, to whom what others judged is hidden, and who judges nothing here.
    pub coder: Option<String>,
    /// Whether everybody on this machine may read, without a key, and nobody may judge.
    pub read_only: bool,
}

impl Manner {
    fn is_keyed(&self) -> bool {
        self.audience == Audience::Desk && !self.read_only
    }
}

/// A casebook that is served.
#[derive(Clone, PartialEq, Eq)]
pub struct Served {
    /// The casebook.
    pub casebook: PathBuf,
    /// Where; always on loopback.
    pub address: SocketAddr,
    /// What whoever asks must have, if anything.
    pub key: Option<String>,
    /// Whether people can judge there.
    pub judges: bool,
}

impl Served {
    /// The address as a browser takes it, with the key.
    pub fn url(&self) -> String {
        match &self.key {
            Some(key) => format!("http://{}/?{KEY}={key}", self.address),
            None => format!("http://{}/", self.address),
        }
    }
}

/// Serves a casebook on loopback until the process is asked to end. `ready` hears where, as soon as
/// requests are answered.
///
/// # Errors
/// If the casebook cannot be opened and settled, or no port can be had.
pub fn serve(
    path: &Path,
    port: Option<u16>,
    manner: &Manner,
    ready: impl FnOnce(&Served),
) -> Result<(), Error> {
    let listener = bind(port)?;
    let address = listener.local_addr().map_err(Error::Ended)?;
    let Application { pages, key, judges } = application(path, address.port(), manner)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(Error::Ended)?;
    runtime.block_on(async {
        listener.set_nonblocking(true).map_err(Error::Ended)?;
        let listener = tokio::net::TcpListener::from_std(listener).map_err(Error::Ended)?;
        ready(&Served { casebook: path.to_owned(), address, key, judges });
        axum::serve(listener, pages)
            .with_graceful_shutdown(async {
                // Where the signal cannot be had, the process ends as any other.
                if tokio::signal::ctrl_c().await.is_err() {
                    std::future::pending::<()>().await;
                }
            })
            .await
            .map_err(Error::Ended)
    })
}

/// Loopback and nothing else: there is no way to name another address.
fn bind(port: Option<u16>) -> Result<TcpListener, Error> {
    let at = |port: u16| TcpListener::bind((Ipv4Addr::LOCALHOST, port));
    if let Some(port) = port {
        return at(port).map_err(|why| Error::Port { port, why });
    }
    let last = FIRST_PORT + PORTS - 1;
    (FIRST_PORT..=last)
        .find_map(|port| at(port).ok())
        .ok_or(Error::NoPort { from: FIRST_PORT, to: last })
}

/// What answers requests to a casebook.
pub struct Application {
    /// All pages.
    pub pages: Router,
    /// What whoever asks must have, if anything.
    pub key: Option<String>,
    /// Whether people can judge there.
    pub judges: bool,
}

/// What answers requests to a casebook, for a server that is reached at a port of loopback.
///
/// # Errors
/// If the casebook cannot be opened and settled.
pub fn application(path: &Path, port: u16, manner: &Manner) -> Result<Application, Error> {
    // Once with everything that a new version of the program may have to do first.
    throughline_casebook::Casebook::open(path)?.settle(|_| {})?;
    let keys = match manner.is_keyed() {
        true => Some(Arc::new(Keys::draw(port).map_err(Error::Key)?)),
        false => None,
    };
    let book = Book::new(path, manner.coder.as_deref());
    let desk = Arc::new(Desk::new(book, manner.audience, keys.clone()));
    desk.warm()?;
    let (key, judges) = (keys.as_ref().map(|keys| keys.key().to_owned()), desk.judges());
    let door = Door { port, keys, desk: Arc::clone(&desk) };
    let pages = routes(desk)
        .layer(CatchPanicLayer::new())
        .layer(axum::middleware::from_fn_with_state(door, guard::guard));
    // An address is rewritten before it is looked up, so this goes around all of it.
    let rewritten = pages.map_request(without_suffix);
    Ok(Application { pages: Router::new().fallback_service(rewritten), key, judges })
}

/// An address that ends in `.json` is the same page as JSON.
fn without_suffix(mut request: Request) -> Request {
    let path = request.uri().path();
    let Some(bare) = path.strip_suffix(".json").filter(|bare| !bare.ends_with('/')) else {
        return request;
    };
    let bare = if bare == "/index" { "/" } else { bare };
    let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
    if let Ok(uri) = format!("{bare}{query}").parse::<Uri>() {
        *request.uri_mut() = uri;
        request.extensions_mut().insert(AsJson);
    }
    request
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_but_loopback_is_bound_and_a_taken_port_is_passed_over() {
        let first = bind(None).unwrap();
        let second = bind(None).unwrap();
        for listener in [&first, &second] {
            assert!(listener.local_addr().unwrap().ip().is_loopback());
        }
        let taken = first.local_addr().unwrap().port();
        assert_ne!(taken, second.local_addr().unwrap().port());
        let error = bind(Some(taken)).unwrap_err().to_string();
        let told = format!("port {taken} is in use by another program; name another with --port");
        assert!(error.starts_with(&told), "{error}");
    }
}
