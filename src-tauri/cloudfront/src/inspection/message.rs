//! A mail as it travels, read by its header: parts in parts, their encodings and character sets, mails in
//! mails, and the encoded words of its fields.

use mail_parser::{Encoding, HeaderValue, Message, MessageParser, PartType};

use super::budget::beginning;
use super::repair::Repair;

/// A mail in a mail in a mail is enough.
const MAX_DEPTH: usize = 3;

/// By then the header of a mail has shown what it is.
const MAX_HEADER: usize = 64 << 10;

/// What a text must have to be taken for a mail.
const SIGNS: [&str; 3] = ["content-type:", "content-transfer-encoding:", "mime-version:"];

/// A text of a mail, and what was done to get it.
pub(super) struct Text {
    pub(super) text: String,
    pub(super) repairs: Vec<Repair>,
}

/// All texts of a mail, its fields last; none where this is no mail.
pub(super) fn texts(text: &str) -> Vec<Text> {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let lower = beginning(text, MAX_HEADER).to_ascii_lowercase();
    if !SIGNS.iter().any(|sign| lower.contains(sign)) && !has_encoded_word(&lower) {
        return Vec::new();
    }
    let mut texts = Vec::new();
    if let Some(message) = MessageParser::default().parse(text.as_bytes()) {
        add(&message, MAX_DEPTH, &mut texts);
    }
    texts
}

/// Whether a text in small letters has an encoded word (RFC 2047): `=?utf-8?q?`. A query may have a `=?` as well.
fn has_encoded_word(lower: &str) -> bool {
    lower.split("=?").skip(1).any(|rest| {
        let Some((charset, rest)) = rest.split_once('?') else { return false };
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '*' | '.');
        !charset.is_empty()
            && charset.chars().all(is_name)
            && (rest.starts_with("q?") || rest.starts_with("b?"))
    })
}

fn add(message: &Message<'_>, depth: usize, texts: &mut Vec<Text>) {
    let mut fields = String::new();
    for part in &message.parts {
        for header in &part.headers {
            if let HeaderValue::Text(value) = &header.value {
                fields.push_str(value);
                fields.push('\n');
            }
        }
        match &part.body {
            PartType::Text(text) | PartType::Html(text) => {
                let repairs = match part.encoding {
                    Encoding::None => Vec::new(),
                    Encoding::QuotedPrintable => vec![Repair::QuotedPrintable],
                    Encoding::Base64 => vec![Repair::Base64],
                };
                texts.push(Text { text: text.to_string(), repairs });
            }
            PartType::Message(inner) if depth > 0 => add(inner, depth - 1, texts),
            PartType::Message(_)
            | PartType::Binary(_)
            | PartType::InlineBinary(_)
            | PartType::Multipart(_) => {}
        }
    }
    texts.push(Text { text: fields, repairs: vec![Repair::EncodedWords] });
}

#[cfg(test)]
mod tests {
    use super::texts;

    #[test]
    fn a_query_with_an_equals_sign_and_a_question_mark_is_no_mail() {
        for link in ["http://a.example/?a=?&b=1", "https://a.example/?a=?b?c&d=?q?e"] {
            assert!(texts(link).is_empty(), "{link}");
        }
        let mail = "Subject: =?utf-8?Q?https=3A//a.example/?=\n\n";
        assert!(
            texts(mail).iter().any(|part| part.text.contains("https://a.example/")),
            "the control"
        );
    }
}
