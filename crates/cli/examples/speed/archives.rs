//! Archives of some gigabytes: a zip file, a mailbox, what a crawler fetched.
//!
//! Each function gives the number of documents that it put in.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::documents::{Dice, text};
use crate::pages::page;

/// The length of a text, and of a file that no reader knows, in bytes.
const TEXT_BYTES: usize = 40_000;
const OTHER_BYTES: usize = 1_600_000;

/// How many texts there are for each file that no reader knows.
const TEXTS_FOR_EACH: usize = 10;

/// A zip file: texts, packed, and files that no reader knows, stored.
pub(crate) fn zip(
    path: &Path,
    bytes: u64,
    sentences: &[String],
    dice: &mut Dice,
) -> anyhow::Result<usize> {
    let mut archive = ZipWriter::new(BufWriter::new(File::create(path)?));
    let packed = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(1));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut many = 0;
    while std::fs::metadata(path)?.len() < bytes {
        for _ in 0..TEXTS_FOR_EACH {
            archive.start_file(format!("texts/{many}.txt"), packed)?;
            archive.write_all(text(sentences, TEXT_BYTES, dice).as_bytes())?;
            many += 1;
        }
        archive.start_file(format!("files/{many}.dat"), stored)?;
        archive.write_all(&noise(OTHER_BYTES, dice))?;
        many += 1;
    }
    archive.finish()?.flush()?;
    Ok(many)
}

/// A mailbox: letters, every tenth with an attachment of a megabyte that no reader knows.
pub(crate) fn mailbox(
    path: &Path,
    bytes: u64,
    sentences: &[String],
    dice: &mut Dice,
) -> anyhow::Result<usize> {
    const ATTACHED_BYTES: usize = 750_000;
    let mut file = BufWriter::new(File::create(path)?);
    let mut many = 0;
    let mut letters = 0;
    while std::fs::metadata(path)?.len() < bytes {
        let day = 1 + letters % 28;
        write!(
            file,
            "From press@lamp.example Mon May  {day} 10:00:00 2016\n\
             From: Press office <press@lamp.example>\nSubject: Release {letters}\n\
             Date: {day} May 2016 10:00:00 +0200\nMessage-ID: <{letters}@lamp.example>\n\
             MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"part\"\n\n\
             --part\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
        )?;
        for paragraph in text(sentences, TEXT_BYTES, dice).split("\n\n") {
            writeln!(file, "{paragraph}\n")?;
        }
        letters += 1;
        many += 1;
        if letters % 10 == 0 {
            write!(
                file,
                "--part\nContent-Type: application/octet-stream; name=\"{letters}.dat\"\n\
                 Content-Disposition: attachment; filename=\"{letters}.dat\"\n\
                 Content-Transfer-Encoding: base64\n\n"
            )?;
            base64(&noise(ATTACHED_BYTES, dice), &mut file)?;
            many += 1;
        }
        write!(file, "--part--\n\n")?;
    }
    file.flush()?;
    Ok(many)
}

/// What a crawler fetched: pages, each with ten pictures, every record packed by itself.
pub(crate) fn warc(
    path: &Path,
    bytes: u64,
    sentences: &[String],
    dice: &mut Dice,
) -> anyhow::Result<usize> {
    const PICTURES: usize = 10;
    const PICTURE_BYTES: usize = 100_000;
    let mut file = BufWriter::new(File::create(path)?);
    let mut many = 0;
    while std::fs::metadata(path)?.len() < bytes {
        let body = page(many, sentences, dice);
        record(
            &mut file,
            &format!("https://lamp.example/{many}"),
            "text/html",
            body.as_bytes(),
            1,
        )?;
        for picture in 0..PICTURES {
            let address = format!("https://img.example/{many}-{picture}.jpg");
            record(&mut file, &address, "image/jpeg", &noise(PICTURE_BYTES, dice), 0)?;
        }
        many += 1;
    }
    file.flush()?;
    Ok(many)
}

fn record(
    file: &mut impl Write,
    address: &str,
    media_type: &str,
    body: &[u8],
    level: u32,
) -> io::Result<()> {
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: {media_type}\r\n\r\n");
    let mut packed = GzEncoder::new(file, Compression::new(level));
    write!(
        packed,
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\n\
         WARC-Date: 2019-03-02T08:00:00Z\r\nContent-Type: application/http;msgtype=response\r\n\
         Content-Length: {}\r\n\r\n{answer}",
        answer.len() + body.len()
    )?;
    packed.write_all(body)?;
    packed.write_all(b"\r\n\r\n")?;
    packed.finish()?;
    Ok(())
}

/// The same in the file that programs for the web's archives exchange.
pub(crate) fn wacz(path: &Path, warc: &Path) -> anyhow::Result<()> {
    let mut archive = ZipWriter::new(BufWriter::new(File::create(path)?));
    let stored =
        SimpleFileOptions::default().compression_method(CompressionMethod::Stored).large_file(true);
    archive.start_file("archive/data.warc.gz", stored)?;
    io::copy(&mut File::open(warc)?, &mut archive)?;
    archive.start_file("datapackage.json", stored)?;
    archive.write_all(b"{\"profile\": \"data-package\", \"wacz_version\": \"1.1.1\"}")?;
    archive.finish()?.flush()?;
    Ok(())
}

/// Bytes that look like nothing.
fn noise(bytes: usize, dice: &mut Dice) -> Vec<u8> {
    (0..bytes.div_ceil(8)).flat_map(|_| dice.next().to_le_bytes()).collect()
}

/// Bytes in the letters of mail, 76 a line.
fn base64(bytes: &[u8], file: &mut impl Write) -> io::Result<()> {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for line in bytes.chunks(57) {
        for three in line.chunks(3) {
            let all = three.iter().fold(0u32, |all, one| all << 8 | u32::from(*one));
            let all = all << (8 * (3 - three.len()));
            let letter = |at: usize| LETTERS[(all >> (18 - 6 * at) & 63) as usize];
            let mut letters = [0, 1, 2, 3].map(letter);
            letters[three.len() + 1..].fill(b'=');
            file.write_all(&letters)?;
        }
        file.write_all(b"\n")?;
    }
    Ok(())
}
