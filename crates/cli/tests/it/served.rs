//! `throughline serve`: the address it prints, and the same JSON there as from the commands.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Stdio};

use serde_json::Value as Json;

use crate::support::{Casebook, arg, text, two_papers};

/// A server that ends with the test.
pub(crate) struct Served {
    child: Child,
    address: SocketAddr,
    /// What it printed.
    pub(crate) said: Vec<Json>,
}

impl Served {
    pub(crate) fn start(casebook: &Casebook) -> Served {
        Served::with(casebook, &[])
    }

    /// As `start`, with more of the command's options.
    pub(crate) fn with(casebook: &Casebook, more: &[&str]) -> Served {
        let mut child = casebook
            .command()
            .args(["serve", "--port", "0", "--json", "--read-only"])
            .args(more)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut printed = String::new();
        for line in BufReader::new(child.stdout.take().unwrap()).lines() {
            let line = line.unwrap();
            printed.push_str(&line);
            if line == "]" {
                break;
            }
        }
        let said: Vec<Json> = serde_json::from_str(&printed).unwrap();
        let url = text(&said[0], "address");
        let address = url.strip_prefix("http://").unwrap().trim_end_matches('/').parse().unwrap();
        Served { child, address, said }
    }

    /// The status and the body of an answer.
    pub(crate) fn get(&self, address: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(self.address).unwrap();
        let ask = format!(
            "GET {address} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n",
            self.address
        );
        stream.write_all(ask.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let answer = String::from_utf8_lossy(&bytes);
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        (head.split(' ').nth(1).unwrap().parse().unwrap(), body.to_owned())
    }

    #[track_caller]
    pub(crate) fn json(&self, address: &str) -> Vec<Json> {
        let (status, body) = self.get(address);
        assert_eq!(status, 200, "{address}: {body}");
        serde_json::from_str(&body).unwrap_or_else(|error| panic!("{address}: {error}: {body}"))
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

const COUNT: &str = r#"
name = "deadly"
title = "Incidents that killed"
unit = "incident"

[of]
variable = "killed"
at-least = 0

[in]
variable = "killed"
at-least = 4
"#;

#[test]
fn pages_give_the_same_json_as_the_commands() {
    let casebook = Casebook::new();
    let (incident, first, _) = two_papers(&casebook);
    casebook.add(&[
        "--work",
        "A. Marsh, The Lenn Trial, 2019",
        "--place",
        "p. 12",
        "--published",
        "2019",
        "--new",
        "person:Odo Lind",
        "--variable",
        "procedure",
        "--value",
        "acquitted",
    ]);
    casebook.judge(&["find", &incident, "killed", "5"]);
    casebook.judge(&["withdraw", &first, "2016-06-01"]);
    let file = casebook.file("count.toml", COUNT);
    let publish = ["--save", "--publish", "--draft", "--by", "B", "--where", "The Lamp"];
    casebook.ok(&[&["count", arg(&file)][..], &publish].concat());
    let served = Served::start(&casebook);

    for list in [
        "incidents",
        "people",
        "groups",
        "claims",
        "sets",
        "outlets",
        "channels",
        "places",
        "documents",
    ] {
        assert_eq!(served.json(&format!("/{list}.json")), casebook.json(&[list]), "{list}");
        let day = ["--as-of", "2016-12-31"];
        let then = casebook.json(&[&[list][..], &day].concat());
        assert_eq!(served.json(&format!("/{list}.json?as-of=2016-12-31")), then, "{list}");
        for row in casebook.json(&[list]) {
            let id = text(&row, "id");
            let mut page = served.json(&format!("/{list}/{id}.json"));
            if list == "documents" {
                let said = page[0].as_object_mut().unwrap().remove("assertions").unwrap();
                let own = casebook.json(&["assertions", "--document", id]);
                assert_eq!(said, Json::Array(own), "{id}");
            }
            assert_eq!(page, casebook.json(&["show", id]), "{id}");
        }
    }
    for place in ["network", "timeline", "toll"] {
        for (address, id) in [
            (format!("/{place}"), None),
            (format!("/incidents/{incident}/{place}"), Some(&*incident)),
        ] {
            let drawn = || served.json(&format!("{address}.json"));
            let page =
                std::iter::repeat_with(drawn).take(20).find(|page| page[0].get("error").is_none());
            let full = ["--full", "--purpose", "a test", "--by", "R. Coder"];
            let words: Vec<&str> = ["draw", place].into_iter().chain(id).chain(full).collect();
            let (mut page, mut command) = (page.unwrap(), casebook.json(&words));
            // That the command gives names away is noted, so each is drawn from a ledger of its own.
            for one in page.iter_mut().chain(&mut command) {
                one.as_object_mut().unwrap().remove("head").unwrap();
            }
            assert_eq!(page, command, "{address}");
        }
    }
    // The newest comes first on the page.
    let mut judgments = casebook.json(&["judgments"]);
    judgments.reverse();
    let page = served.json("/judgments.json");
    let recorded = |rows: &[Json]| -> Vec<String> {
        rows.iter().map(|row| text(row, "recorded").to_owned()).collect()
    };
    assert_eq!(recorded(&page), recorded(&judgments));
    for row in &judgments {
        assert!(page.contains(row), "{row}");
        let id = text(row, "id");
        assert_eq!(served.json(&format!("/judgments/{id}.json")), casebook.json(&["show", id]));
    }
    assert_eq!(served.json("/search.json?words=killed"), casebook.json(&["search", "killed"]));
    assert_eq!(served.json("/counts/deadly.json"), casebook.json(&["count", "deadly"]));
    assert_eq!(served.json("/counts.json"), casebook.json(&["counts"]));
    let head = &casebook.json(&["head"])[0];
    let start = &served.json("/index.json")[0];
    for field in ["entries", "head", "content"] {
        assert_eq!(start[field], head[field]);
    }
}

#[test]
fn a_port_that_is_taken_is_passed_over_or_named() {
    let casebook = Casebook::new();
    casebook.store("one.txt", "A mill burned at Ostby.");
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let why = casebook.fails(1, &["serve", "--port", &port]);
    assert!(why.contains(&port) && why.contains("--port"), "{why}");
    let why = casebook.fails(1, &["serve", "--casebook", "none.casebook"]);
    assert!(why.contains("there is no casebook here"), "{why}");
    let served = Served::start(&casebook);
    assert!(served.address.ip().is_loopback());
    assert_eq!(served.get("/").0, 200);
    assert_eq!(served.get("/none").0, 404);
}
