//! How a word of a name sounds, whoever transliterated it.

/// Letters that together are written for one sound: a letter for it, and how many they are.
fn digraph(rest: &[u8]) -> Option<(u8, usize)> {
    Some(match rest {
        [b't', b's', b'c', b'h', ..] => (b'S', 4),
        [b's', b'c', b'h', ..] | [b't', b'c', b'h', ..] => (b'S', 3),
        [b'd', b'z', b'h', ..] => (b'j', 3),
        [b's' | b'c', b'h', ..] => (b'S', 2),
        [b'k', b'h', ..] | [b'c', b'k', ..] => (b'k', 2),
        [b'g', b'h', ..] => (b'g', 2),
        [b'd', b'j', ..] | [b'z', b'h', ..] => (b'j', 2),
        [b'p', b'h', ..] => (b'f', 2),
        [b't', b'h', ..] => (b't', 2),
        [b'd', b'h', ..] => (b'd', 2),
        [b'o', b'u' | b'o', ..] => (b'u', 2),
        [b'e', b'e', ..] | [b'i', b'e', ..] => (b'i', 2),
        _ => return None,
    })
}

/// A word with one letter for each sound that transliterations write in several ways: "Nooristani",
/// "Nuristani"; "Masood", "Masoud". Doubled letters and a silent h at the end are left out.
pub(super) fn sound(word: &[u8]) -> Vec<u8> {
    let mut out: Vec<u8> = Vec::with_capacity(word.len() + 1);
    let mut push = |letter: u8| {
        if out.last() != Some(&letter) {
            out.push(letter);
        }
    };
    let mut at = 0;
    while let Some(&letter) = word.get(at) {
        if let Some((sound, length)) = digraph(&word[at..]) {
            push(sound);
            at += length;
            continue;
        }
        match letter {
            b'w' | b'o' | b'v' => push(b'u'),
            b'y' | b'e' => push(b'i'),
            b'q' | b'c' => push(b'k'),
            b'x' => {
                push(b'k');
                push(b's');
            }
            other => push(other),
        }
        at += 1;
    }
    while out.len() > 1 && out.last() == Some(&b'h') {
        out.pop();
    }
    out
}

/// The consonants of a Latin word, those alike that Arabic script writes alike or that pass for one
/// another: what remains comparable with [`arabic_bones`].
pub(super) fn bones(word: &[u8]) -> Vec<u8> {
    let mut out: Vec<u8> = Vec::with_capacity(word.len());
    let mut at = 0;
    let mut first = true;
    while let Some(&letter) = word.get(at) {
        let found = digraph(&word[at..]);
        let (sounds, length): (&[u8], usize) = match &found {
            // Here kh is nearer to h than to k.
            Some(_) if word[at..].starts_with(b"kh") => (b"h", 2),
            Some((sound, length)) => (std::slice::from_ref(sound), *length),
            None => match letter {
                b'x' => (b"ks", 1),
                b'q' | b'c' => (b"k", 1),
                b'p' | b'v' => (b"b", 1),
                _ => (std::slice::from_ref(&word[at]), 1),
            },
        };
        for &sound in sounds {
            add(&mut out, sound, first);
            first = false;
        }
        at += length;
    }
    without_last_h(out)
}

/// Without an h at the end, which many spellings leave out.
fn without_last_h(mut bones: Vec<u8>) -> Vec<u8> {
    if bones.len() > 1 && bones.last() == Some(&b'h') {
        bones.pop();
    }
    bones
}

/// The consonants of a word in Arabic script, without the article.
pub(super) fn arabic_bones(word: &str) -> Vec<u8> {
    let letters = word.chars().count();
    let word = word.strip_prefix("ال").filter(|_| letters > 4).unwrap_or(word);
    let mut out = Vec::with_capacity(letters);
    let mut first = true;
    for letter in word.chars() {
        let sound = match letter {
            'ا' | 'أ' | 'إ' | 'آ' | 'ٱ' | 'ى' => b'a',
            'ب' | 'پ' => b'b',
            'ت' | 'ط' | 'ث' | 'ټ' => b't',
            'ج' | 'ژ' => b'j',
            'چ' | 'ش' | 'ښ' => b'S',
            'ح' | 'خ' | 'ه' => b'h',
            'د' | 'ذ' | 'ض' | 'ډ' => b'd',
            'ر' | 'ړ' => b'r',
            'ز' | 'ظ' | 'ځ' => b'z',
            'س' | 'ص' | 'څ' => b's',
            'غ' => b'g',
            'ف' => b'f',
            'ق' | 'ك' | 'ک' | 'گ' => b'k',
            'ل' => b'l',
            'م' => b'm',
            'ن' | 'ڼ' => b'n',
            'و' | 'ؤ' => b'w',
            'ي' | 'ی' | 'ې' | 'ۍ' | 'ئ' => b'y',
            _ => continue,
        };
        add(&mut out, sound, first);
        first = false;
    }
    without_last_h(out)
}

/// Adds a sound: no vowels, y and w only at the beginning, nothing doubled.
fn add(out: &mut Vec<u8>, sound: u8, first: bool) {
    let vowel = matches!(sound, b'a' | b'e' | b'i' | b'o' | b'u');
    let half = matches!(sound, b'y' | b'w') && !first;
    if !vowel && !half && out.last() != Some(&sound) {
        out.push(sound);
    }
}

/// Whether a text is in Arabic script.
pub(super) fn is_arabic(text: &str) -> bool {
    text.chars().any(|letter| matches!(letter, '\u{600}'..='\u{6ff}' | '\u{fb50}'..='\u{feff}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transliterations_of_one_name_sound_alike() {
        for (one, other) in [
            ("nooristani", "nuristani"),
            ("masood", "masoud"),
            ("djamel", "jamel"),
            ("abaaoud", "abaoud"),
            ("iqbal", "ikbal"),
            ("abdallah", "abdala"),
        ] {
            assert_eq!(sound(one.as_bytes()), sound(other.as_bytes()), "{one} / {other}");
        }
        assert_ne!(sound(b"salah"), sound(b"salim"));
    }

    #[test]
    fn consonants_are_comparable_between_scripts() {
        for (arabic, latin) in
            [("محمد", "muhammad"), ("السوداني", "sudani"), ("خليفة", "khalifa"), ("يوسف", "yusuf")]
        {
            assert_eq!(arabic_bones(arabic), bones(latin.as_bytes()), "{latin}");
        }
    }
}
