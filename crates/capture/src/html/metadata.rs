//! What a page says about itself in its head, in microdata, in links, and in the comments of programs
//! that saved it.

use super::claims::{Claims, Field, Place};
use super::sieve::Parsed;
use super::tree::{NodeId, Step, Tree};
use super::{furniture::is_called, json_ld};
use crate::letters::one_line;

/// Reads all of it.
pub(crate) fn read(parsed: &Parsed) -> Claims {
    let tree = &parsed.tree;
    let mut claims = Claims::default();
    let mut scripts = Vec::new();
    let mut walk = tree.walk(Tree::ROOT);
    while let Some(step) = walk.next() {
        let Step::Enter(id) = step else { continue };
        match tree.name(id) {
            "" => continue,
            "html" => html(tree, id, &mut claims),
            "meta" => meta(tree, id, &mut claims),
            "link" => link(tree, id, &mut claims),
            "title" if is_in_head(tree, id) => {
                claims.push(Field::Title, Place::TitleElement, one_line(&tree.words(id)));
            }
            "script"
                if tree
                    .attribute(id, "type")
                    .is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json")) =>
            {
                scripts.push(tree.words(id));
            }
            _ => {}
        }
        if tree.attribute(id, "itemtype").is_some_and(|kind| kind.ends_with("/Comment")) {
            walk.pass_over(id);
        } else if tree.attribute(id, "itemprop").is_some() {
            microdata(tree, id, &mut claims);
        } else {
            microformat(tree, id, &mut claims);
        }
    }
    parsed.remarks.iter().for_each(|remark| saved_from(remark, &mut claims));
    let title = [Place::OpenGraph, Place::TitleElement, Place::Meta]
        .iter()
        .find_map(|place| claims.of(Field::Title).into_iter().find(|claim| claim.place == *place));
    let title = title.map(|claim| claim.value.clone());
    let address = claims.of(Field::Url).first().map(|claim| claim.value.clone());
    json_ld::read(&scripts, title.as_deref(), address.as_deref(), &mut claims);
    claims
}

fn is_in_head(tree: &Tree, id: NodeId) -> bool {
    tree.ancestors(id).all(|above| tree.name(above) != "svg")
}

fn html(tree: &Tree, id: NodeId, claims: &mut Claims) {
    let language = tree.attribute(id, "lang").or(tree.attribute(id, "xml:lang"));
    claims.push(Field::Language, Place::Html, language.unwrap_or_default());
}

fn link(tree: &Tree, id: NodeId, claims: &mut Claims) {
    let Some(href) = tree.attribute(id, "href") else { return };
    match tree.attribute(id, "rel").unwrap_or_default().to_ascii_lowercase().as_str() {
        "canonical" => claims.push(Field::Url, Place::Link, href.trim()),
        // WordPress names a post by its number there.
        "shortlink" => {
            let number = href.split_once("?p=").map(|(_, rest)| rest.split('&').next());
            claims.push(Field::Item, Place::Link, number.flatten().unwrap_or_default());
        }
        _ => {}
    }
}

fn meta(tree: &Tree, id: NodeId, claims: &mut Claims) {
    let Some(content) = tree.attribute(id, "content") else { return };
    let content = one_line(content);
    let names = ["property", "name", "http-equiv"].map(|name| tree.attribute(id, name));
    for name in names.into_iter().flatten() {
        if let Some((field, place)) = meaning(&name.trim().to_ascii_lowercase()) {
            claims.push(field, place, content.clone());
        }
        if name == "og:type" && content == "website" {
            claims.is_collection = true;
        }
    }
}

/// What a name in a `meta` element stands for.
fn meaning(name: &str) -> Option<(Field, Place)> {
    use Place::{Article, Meta, OpenGraph};
    Some(match name {
        "og:title" => (Field::Title, OpenGraph),
        "twitter:title" | "dc.title" | "dcterms.title" | "parsely-title" | "citation_title"
        | "sailthru.title" | "headline" => (Field::Title, Meta),
        "article:author" | "og:article:author" => (Field::Byline, Article),
        "author" | "parsely-author" | "sailthru.author" | "dc.creator" | "dcterms.creator"
        | "byl" | "citation_author" => (Field::Byline, Meta),
        "og:site_name" => (Field::Source, OpenGraph),
        "application-name"
        | "dc.publisher"
        | "dcterms.publisher"
        | "publisher"
        | "apple-mobile-web-app-title"
        | "citation_journal_title" => (Field::Source, Meta),
        "article:published_time" | "og:article:published_time" | "article:published" => {
            (Field::Published, Article)
        }
        "og:published_time" | "og:pubdate" => (Field::Published, OpenGraph),
        "parsely-pub-date"
        | "sailthru.date"
        | "dc.date.issued"
        | "dcterms.issued"
        | "dcterms.created"
        | "dc.date.created"
        | "dc.date"
        | "dcterms.date"
        | "date"
        | "pubdate"
        | "publishdate"
        | "publish-date"
        | "publish_date"
        | "citation_publication_date"
        | "datepublished"
        | "originalpublicationdate"
        | "displaydate"
        | "cxenseparse:recs:publishtime"
        | "article.published"
        | "article_date_original" => (Field::Published, Meta),
        "article:modified_time" | "og:article:modified_time" | "article:modified" => {
            (Field::Modified, Article)
        }
        "og:updated_time" => (Field::Modified, OpenGraph),
        "last-modified" | "lastmod" | "dcterms.modified" | "dc.date.modified" | "datemodified"
        | "article.updated" | "revision_date" | "lastmodified" => (Field::Modified, Meta),
        "article:section" | "og:article:section" => (Field::Section, Article),
        "parsely-section" | "section" | "article.section" | "cxenseparse:recs:category" => {
            (Field::Section, Meta)
        }
        "og:url" => (Field::Url, OpenGraph),
        "og:locale" => (Field::Language, OpenGraph),
        "content-language" | "dc.language" | "dcterms.language" | "language" => {
            (Field::Language, Meta)
        }
        "article:id"
        | "article_id"
        | "articleid"
        | "article-id"
        | "cxenseparse:recs:articleid"
        | "parsely-post-id"
        | "contentid"
        | "content-id"
        | "story-id"
        | "brightspot.contentid" => (Field::Item, Meta),
        _ => return None,
    })
}

/// The value of an element with `itemprop`: what is meant for programs, else what is seen.
fn microdata(tree: &Tree, id: NodeId, claims: &mut Claims) {
    let properties = tree.attribute(id, "itemprop").unwrap_or_default();
    let inner = |wanted: &str| {
        let named =
            |below: &NodeId| tree.attribute(*below, "itemprop").is_some_and(|name| name == wanted);
        tree.elements(id).take(40).skip(1).find(named)
    };
    let value = |id: NodeId| {
        let stated = ["content", "datetime"].into_iter().find_map(|name| tree.attribute(id, name));
        let link = || tree.attribute(id, "href").filter(|_| tree.name(id) == "link");
        match stated.or_else(link) {
            Some(stated) => one_line(stated),
            None => one_line(&brief(tree, id)),
        }
    };
    for property in properties.split_whitespace() {
        let field = match property {
            "headline" => Field::Title,
            "datePublished" => Field::Published,
            "dateModified" => Field::Modified,
            "articleSection" => Field::Section,
            "author" | "creator" => {
                let name = inner("name").unwrap_or(id);
                claims.push(Field::Byline, Place::Microdata, value(name));
                continue;
            }
            "publisher" => {
                if let Some(name) = inner("name") {
                    claims.push(Field::Source, Place::Microdata, value(name));
                }
                continue;
            }
            "mainEntityOfPage" => {
                let address = tree.attribute(id, "itemid").or(tree.attribute(id, "href"));
                claims.push(Field::Url, Place::JsonLd, address.unwrap_or_default());
                continue;
            }
            _ => continue,
        };
        claims.push(field, Place::Microdata, value(id));
    }
}

/// The days in classes that many templates share.
fn microformat(tree: &Tree, id: NodeId, claims: &mut Claims) {
    if !matches!(tree.name(id), "time" | "abbr") {
        return;
    }
    let stated = tree.attribute(id, "datetime").or(tree.attribute(id, "title"));
    let Some(stated) = stated else { return };
    // WordPress has both in one line: "entry-date published" and "updated".
    if is_called(tree, id, &["published", "dt published", "entry date", "post date", "pubdate"])
        || tree.attribute(id, "pubdate").is_some()
    {
        claims.push(Field::Published, Place::Meta, one_line(stated));
    } else if is_called(tree, id, &["updated", "modified", "dt updated"]) {
        claims.push(Field::Modified, Place::Meta, one_line(stated));
    }
}

/// The first words below an element.
fn brief(tree: &Tree, id: NodeId) -> String {
    const LONGEST: usize = 300;
    let mut words = String::new();
    for step in tree.walk(id).take(200) {
        if let Step::Enter(id) = step
            && let Some(text) = tree.text(id)
        {
            words.push_str(text);
        }
        if words.len() > LONGEST {
            return String::new();
        }
    }
    words
}

/// Where a program says that it saved a page from.
fn saved_from(remark: &str, claims: &mut Claims) {
    let address = if let Some((_, rest)) = remark.split_once("saved from url=") {
        // Browsers write the length of the address before it, in brackets.
        rest.split_once(')').map(|(_, rest)| rest)
    } else if let Some((_, rest)) = remark.split_once("url:") {
        Some(rest)
    } else if let Some((_, rest)) = remark.split_once("Mirrored from ") {
        let address = rest.split_whitespace().next().unwrap_or_default();
        claims.push(Field::Url, Place::Remark, format!("http://{address}"));
        None
    } else {
        None
    };
    let address = address.and_then(|rest| rest.split_whitespace().next()).unwrap_or_default();
    if address.starts_with("http://") || address.starts_with("https://") {
        claims.push(Field::Url, Place::Remark, address);
    }
}
