//! Binding to loopback, and the life of the server.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::http::Uri;
use tower::ServiceExt;
use tower_http::catch_panic::CatchPanicLayer;

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
    #[error("port {port} cannot be had: {source}; name another with --port, or none")]
    Port {
        /// The port.
        port: u16,
        /// What the system says.
        source: std::io::Error,
    },
    /// None of the ports that are tried is free.
    #[error("none of the ports {from} to {to} is free; name one with --port")]
    NoPort {
        /// The first that was tried.
        from: u16,
        /// The last that was tried.
        to: u16,
    },
    /// The server could not go on.
    #[error("the server ended: {0}")]
    Ended(std::io::Error),
}

/// A casebook that is served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Served {
    /// The casebook.
    pub casebook: PathBuf,
    /// Where; always on loopback.
    pub address: SocketAddr,
}

impl Served {
    /// The address as a browser takes it.
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }
}

/// Serves a casebook to an audience on loopback until the process is asked to end, or one coder's view
/// of it, to whom what others judged is hidden. `ready` hears where, as soon as requests are answered.
///
/// # Errors
/// If the casebook cannot be opened and settled, or no port can be had.
pub fn serve(
    path: &Path,
    port: Option<u16>,
    audience: Audience,
    coder: Option<&str>,
    ready: impl FnOnce(&Served),
) -> Result<(), Error> {
    let listener = bind(port)?;
    let address = listener.local_addr().map_err(Error::Ended)?;
    let application = application(path, address.port(), audience, coder)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(Error::Ended)?;
    runtime.block_on(async {
        listener.set_nonblocking(true).map_err(Error::Ended)?;
        let listener = tokio::net::TcpListener::from_std(listener).map_err(Error::Ended)?;
        ready(&Served { casebook: path.to_owned(), address });
        axum::serve(listener, application)
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
        return at(port).map_err(|source| Error::Port { port, source });
    }
    let last = FIRST_PORT + PORTS - 1;
    (FIRST_PORT..=last)
        .find_map(|port| at(port).ok())
        .ok_or(Error::NoPort { from: FIRST_PORT, to: last })
}

/// What answers requests to a casebook, or to one coder's view of it, for a server that is reached at a port of loopback.
///
/// # Errors
/// If the casebook cannot be opened and settled.
pub fn application(
    path: &Path,
    port: u16,
    audience: Audience,
    coder: Option<&str>,
) -> Result<Router, Error> {
    // Once with everything that a new version of the program may have to do first.
    throughline_casebook::Casebook::open(path)?.settle(|_| {})?;
    let desk = Arc::new(Desk::new(Book::new(path, coder), audience));
    desk.warm()?;
    let door = Door { port, desk: Arc::clone(&desk) };
    let pages = routes(desk)
        .layer(CatchPanicLayer::new())
        .layer(axum::middleware::from_fn_with_state(door, guard::guard));
    // An address is rewritten before it is looked up, so this goes around all of it.
    let rewritten = pages.map_request(without_suffix);
    Ok(Router::new().fallback_service(rewritten))
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
        assert!(error.contains(&taken.to_string()) && error.contains("--port"), "{error}");
    }
}
