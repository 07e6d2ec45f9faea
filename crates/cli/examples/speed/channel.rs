//! An export of a channel as Telegram Desktop writes it: messages, every tenth with a photograph.

use std::io::{BufWriter, Write};
use std::path::Path;

use image::codecs::jpeg::JpegEncoder;
use image::{Rgb, RgbImage};
use serde_json::json;

use crate::documents::{Dice, text};

/// The size of a photograph as the program exports it, in pixels.
const WIDTH: u32 = 1280;
const HEIGHT: u32 = 960;

/// So many messages and photographs in a folder.
pub(crate) fn make(
    folder: &Path,
    messages: usize,
    photographs: usize,
    sentences: &[String],
    dice: &mut Dice,
) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder.join("photos"))?;
    let mut file = BufWriter::new(std::fs::File::create(folder.join("result.json"))?);
    writeln!(
        file,
        "{{\n \"name\": \"Lenn today\",\n \"type\": \"public_channel\",\n \"id\": 1234567,\n \"messages\": ["
    )?;
    let apart = messages / photographs.max(1);
    for number in 0..messages {
        let at = 1_460_000_000 + number * 600;
        let mut message = json!({
            "id": number + 1,
            "type": "message",
            "date": "2016-04-07T04:53:20",
            "date_unixtime": at.to_string(),
            "from": "Lenn today",
            "from_id": "channel1234567",
            "text": [text(sentences, 400, dice), {"type": "hashtag", "text": "#lenn"}],
        });
        if number % 7 == 0 {
            message["forwarded_from"] = "Lenn alerts".into();
        }
        if number % apart == 0 && number / apart < photographs {
            let name = format!("photos/photo_{}.jpg", number / apart + 1);
            photograph(&folder.join(&name), dice)?;
            message["photo"] = name.into();
            message["width"] = WIDTH.into();
            message["height"] = HEIGHT.into();
        }
        write!(file, "{}{message}", if number == 0 { "" } else { ",\n" })?;
    }
    writeln!(file, "\n ]\n}}")?;
    file.flush()?;
    Ok(())
}

/// An export of so many bytes, of which nearly all is passed over: that people joined the chat.
pub(crate) fn make_crowded(folder: &Path, bytes: u64) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder)?;
    let mut file = BufWriter::new(std::fs::File::create(folder.join("result.json"))?);
    let head = "{\n \"name\": \"Lenn talk\",\n \"type\": \"public_supergroup\",\n \"id\": 7654321,\n \
                \"messages\": [\n";
    file.write_all(head.as_bytes())?;
    let (mut written, mut number) = (0, 0);
    while written < bytes {
        number += 1;
        let message = json!({
            "id": number,
            "type": "service",
            "date": "2016-04-07T04:53:20",
            "date_unixtime": "1460004800",
            "actor": format!("Member {number}"),
            "actor_id": format!("user{number}"),
            "action": "join_group_by_link",
            "inviter": "Group",
            "text": "",
            "text_entities": [],
        });
        let line = format!("{message},\n");
        file.write_all(line.as_bytes())?;
        written += line.len() as u64;
    }
    let last = json!({
        "id": number + 1,
        "type": "message",
        "date": "2016-04-07T04:53:20",
        "date_unixtime": "1460004800",
        "from": "Ada Marsh",
        "text": "A mill burned at Lenn.",
    });
    writeln!(file, "{last}\n ]\n}}")?;
    file.flush()?;
    Ok(())
}

/// Fields of shades with grain over them, some 450 KB.
fn photograph(path: &Path, dice: &mut Dice) -> anyhow::Result<()> {
    const FIELD: u32 = 80;
    let across = WIDTH / FIELD;
    let shades: Vec<[u8; 3]> = (0..across * (HEIGHT / FIELD))
        .map(|_| {
            let [one, two, three, ..] = dice.next().to_le_bytes();
            [one, two, three]
        })
        .collect();
    let mut grain = 0;
    let picture = RgbImage::from_fn(WIDTH, HEIGHT, |x, y| {
        let shade = shades[(y / FIELD * across + x / FIELD) as usize];
        if x % 8 == 0 {
            grain = dice.next();
        }
        let noise = grain.to_le_bytes()[(x % 8) as usize] % 24;
        Rgb(shade.map(|one| one.saturating_add(noise)))
    });
    let file = BufWriter::new(std::fs::File::create(path)?);
    JpegEncoder::new_with_quality(file, 88).encode_image(&picture)?;
    Ok(())
}
