//! Saved pages as news sites make them: little text among menus, styles, scripts and teasers.

use std::fmt::Write;
use std::path::Path;

use crate::documents::{Dice, text};

/// How much a page holds beside its article.
const STYLES: usize = 900;
const SCRIPT_BYTES: usize = 60 << 10;
const TEASERS: usize = 250;
const ARTICLE_BYTES: usize = 5_000;

/// So many pages in a folder.
pub(crate) fn make(
    folder: &Path,
    many: usize,
    sentences: &[String],
    dice: &mut Dice,
) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder)?;
    for number in 0..many {
        std::fs::write(folder.join(format!("{number}.html")), page(number, sentences, dice))?;
    }
    Ok(())
}

/// A page of some 250 KB.
pub(crate) fn page(number: usize, sentences: &[String], dice: &mut Dice) -> String {
    let title: String = sentences[dice.below(sentences.len())].chars().take(70).collect();
    let (month, day) = (1 + dice.below(12), 1 + dice.below(28));
    let published = format!("2016-{month:02}-{day:02}T08:{:02}:00+01:00", dice.below(60));
    let mut page = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title} | The Lamp</title>\
         <meta property=\"og:site_name\" content=\"The Lamp\">\
         <link rel=\"canonical\" href=\"https://lamp.example/{number}\">\
         <script type=\"application/ld+json\">{{\"@type\": \"NewsArticle\", \"datePublished\": \"{published}\"}}</script>\
         <style>"
    );
    for style in 0..STYLES {
        _ = write!(page, ".c{style} > .d{style}:hover{{margin:{}px;color:#333}}", dice.below(40));
    }
    page.push_str("</style><script>var state = [");
    let end = page.len() + SCRIPT_BYTES;
    while page.len() < end {
        _ = write!(page, "{{\"id\": {}, \"html\": \"<b>no<\\/b>\"}},", dice.next());
    }
    page.push_str("];</script></head><body><nav><ul>");
    for part in 0..80 {
        _ = write!(page, "<li class=\"menu-item\"><a href=\"/part/{part}\">Part {part}</a></li>");
    }
    _ = write!(
        page,
        "</ul></nav><main><article><h1>{title}</h1><p class=\"byline\">By Ada Marsh</p>"
    );
    for paragraph in text(sentences, ARTICLE_BYTES, dice).split("\n\n") {
        _ = write!(page, "<p>{}</p>", paragraph.replace('&', "&amp;").replace('<', "&lt;"));
    }
    page.push_str("</article></main><aside class=\"related\">");
    for teaser in 0..TEASERS {
        let words: String = sentences[dice.below(sentences.len())].chars().take(90).collect();
        let words = words.replace('&', "&amp;").replace('<', "&lt;");
        _ = write!(
            page,
            "<div class=\"card card--{teaser}\"><a class=\"card__link\" href=\"/news/{}\">\
             <img class=\"card__image\" src=\"https://img.example/{}.jpg\" alt=\"\" width=\"320\" height=\"180\">\
             <h3 class=\"card__title\">{words}</h3></a><p class=\"card__text\">{words}</p>\
             <span class=\"card__meta\"><time datetime=\"{published}\">yesterday</time></span></div>",
            dice.next(),
            dice.next(),
        );
    }
    page.push_str("</aside><footer><p>The Lamp is printed every day.</p></footer></body></html>");
    page
}
