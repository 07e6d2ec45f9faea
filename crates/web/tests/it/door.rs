//! Who may ask, and what every answer carries.

use axum::body::Body;
use axum::http::{Request, StatusCode};

use crate::world::{PORT, World, world};

const HEADERS: [(&str, &str); 6] = [
    (
        "content-security-policy",
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
];

#[test]
fn every_answer_carries_the_headers() {
    World::runtime().block_on(async {
        let world = world();
        for address in
            ["/", "/people.json", "/nothing", "/style.css", "/people?as-of=x", "/ids/inc-0"]
        {
            let answer = world.get(address).await;
            for (name, value) in HEADERS {
                assert_eq!(answer.headers[name], value, "{address}");
            }
            let kept = &answer.headers["cache-control"];
            let style = address == "/style.css";
            assert_eq!(kept == "no-store", !style, "{address}: {kept:?}");
            assert!(!answer.headers.contains_key("set-cookie"), "{address}");
            assert!(!answer.headers.contains_key("access-control-allow-origin"), "{address}");
        }
    });
}

#[test]
fn foreign_hosts_learn_nothing() {
    World::runtime().block_on(async {
        let world = world();
        let ask = async |host: Option<&str>| {
            let mut request = Request::get("/people");
            if let Some(host) = host {
                request = request.header("host", host);
            }
            world.send(request.body(Body::empty()).unwrap()).await
        };
        for host in [
            "evil.example",
            "evil.example:4717",
            "127.0.0.1",
            "127.0.0.1:80",
            "192.168.0.7:4717",
            "",
        ] {
            let answer = ask(Some(host)).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{host}");
            assert!(answer.text.contains("this machine alone"), "{}", answer.text);
            assert!(!answer.text.contains("casebook") && !answer.text.contains("Lind"), "{host}");
            assert_eq!(answer.headers["x-content-type-options"], "nosniff");
        }
        assert_eq!(ask(None).await.status, StatusCode::FORBIDDEN);
        for host in ["localhost", "127.0.0.1", "[::1]"] {
            let answer = ask(Some(&format!("{host}:{PORT}"))).await;
            assert_eq!(answer.status, StatusCode::OK, "{host}");
        }
    });
}

#[test]
fn nothing_can_be_changed() {
    World::runtime().block_on(async {
        let world = world();
        for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT"] {
            let request = Request::builder()
                .method(method)
                .uri("/people")
                .header("host", format!("localhost:{PORT}"))
                .body(Body::empty())
                .unwrap();
            let answer = world.send(request).await;
            assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method}");
            assert_eq!(answer.headers["allow"], "GET, HEAD");
        }
        let request = Request::head("/people").header("host", format!("localhost:{PORT}"));
        let answer = world.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!((answer.status, answer.text.as_str()), (StatusCode::OK, ""));
    });
}

#[test]
fn no_address_breaks_a_page() {
    World::runtime().block_on(async {
        let world = world();
        for address in [
            "/documents/%3Cscript%3E",
            "/documents/doc-",
            "/documents/doc-00000000000000000000000000",
            "/documents/..%2f..%2fetc%2fpasswd",
            "/people/per-%F0%9F%98%80",
            "/people/%00",
            "/counts/%22%3E%3Cscript%3E",
            "/published/-1",
            "/published/99999999999999999999",
            "/judgments/jdg-x",
            "/assertions/ast-",
            "/ids/%E2%80%AE",
            "/people?page=0",
            "/people?page=99999999999999999999",
            "/people?page=-1",
            "/documents?page=1000000",
            "/search?words=%22",
            "/search?words=%22%20OR%20*%20NEAR(",
            "/search?words=a&kind=%3Cscript%3E",
            "/search?words=%00",
            "/people?as-of=%3Cscript%3E",
            "/people?as-of=9999999999-01-01",
            "/people?recorded-by=yesterday",
            "/people?as-of=%FF%FE",
            "/%FF",
            "//evil.example/",
            "/.json",
            "/documents/.json",
            "/counts/deadly?members=nowhere",
        ] {
            let answer = world.get(address).await;
            assert!(answer.status.as_u16() < 500, "{address}: {}", answer.text);
            assert!(!answer.text.contains("<script"), "{address}");
            if answer.status.is_client_error()
                && answer.headers["content-type"] != "application/json"
            {
                // It says what is wrong and leads on.
                assert!(answer.text.contains("<h1>"), "{address}: {}", answer.text);
                assert!(answer.text.contains("href=\"/documents"), "{address}");
            }
        }
    });
}
