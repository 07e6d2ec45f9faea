//! Somebody's browser, let in by the key.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use scraper::{Html, Selector};

use crate::world::{Answer, Judges, PORT, World, answer};

/// Somebody's browser, let in by the key.
pub(crate) struct Visitor {
    pub(crate) desk: Judges,
    pub(crate) cookies: Vec<String>,
    pub(crate) token: String,
}

pub(crate) fn host() -> String {
    format!("127.0.0.1:{PORT}")
}

fn escaped(fields: &[(&str, &str)]) -> String {
    let plain = |text: &str| {
        percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
    };
    let pairs = fields.iter().map(|(name, text)| format!("{}={}", plain(name), plain(text)));
    pairs.collect::<Vec<_>>().join("&")
}

/// The cookies that an answer sets, as they are sent back.
pub(crate) fn set(answer: &Answer) -> Vec<String> {
    let all = answer.headers.get_all("set-cookie").iter().map(|one| one.to_str().unwrap());
    all.map(|one| one.split(';').next().unwrap().to_owned()).collect()
}

pub(crate) fn first(page: &str, selector: &str, attribute: &str) -> String {
    let page = Html::parse_document(page);
    let found = page.select(&Selector::parse(selector).unwrap()).next();
    let found = found.unwrap_or_else(|| panic!("no {selector} on {}", page.html()));
    found.value().attr(attribute).unwrap().to_owned()
}

impl Visitor {
    pub(crate) async fn enter(world: &World, by: Option<&str>) -> Visitor {
        let mut visitor = Visitor::let_in(world.desk()).await;
        if let Some(by) = by {
            let named = visitor.post("/name", &[("by", by), ("back", "/people")]).await;
            assert_eq!(named.headers["location"], "/people");
            visitor.cookies.extend(set(&named));
        }
        visitor
    }

    pub(crate) async fn let_in(desk: Judges) -> Visitor {
        let request = Request::get(format!("/?key={}", desk.key)).header("host", host());
        let entered = answer(&desk.pages, request.body(Body::empty()).unwrap()).await;
        assert_eq!(entered.status, StatusCode::SEE_OTHER);
        let mut visitor = Visitor { desk, cookies: set(&entered), token: String::new() };
        let page = visitor.html("/").await;
        visitor.token = first(&page, "input[name=token]", "value");
        visitor
    }

    pub(crate) async fn get(&self, address: &str) -> Answer {
        let request = Request::get(address).header("host", host());
        let request = request.header("cookie", self.cookies.join("; "));
        answer(&self.desk.pages, request.body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn html(&self, address: &str) -> String {
        let answer = self.get(address).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}: {}", answer.text);
        answer.text
    }

    /// Sends a form as a browser does.
    pub(crate) async fn post(&self, address: &str, fields: &[(&str, &str)]) -> Answer {
        let fields = [&[("token", self.token.as_str())], fields].concat();
        self.send(address, &fields, &[("origin", &format!("http://{}", host()))]).await
    }

    pub(crate) async fn send(
        &self,
        address: &str,
        fields: &[(&str, &str)],
        headers: &[(&str, &str)],
    ) -> Answer {
        let request = Request::post(address)
            .header("host", host())
            .header("cookie", self.cookies.join("; "))
            .header("content-type", "application/x-www-form-urlencoded");
        let request =
            headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        answer(&self.desk.pages, request.body(Body::from(escaped(fields))).unwrap()).await
    }

    /// Sends a form as the script does.
    pub(crate) async fn json(
        &self,
        address: &str,
        fields: &[(&str, &str)],
    ) -> (StatusCode, serde_json::Value) {
        let fields = [&[("token", self.token.as_str())], fields].concat();
        let answer = self.send(address, &fields, &[("accept", "application/json")]).await;
        (answer.status, serde_json::from_str(&answer.text).unwrap())
    }
}
