//! The policy of a link with an end alone, as other programs write it: CloudFront rebuilds it byte for byte, so
//! that only one writing can have been signed.

use super::verdict::PolicyWriting;

/// All of them but the right one, and what is other in each.
pub(super) fn of(url: &str, expires_at: i64) -> Vec<(String, PolicyWriting)> {
    let mut writings = Vec::new();
    for escaped in [false, true] {
        let mut urls = vec![url.to_owned()];
        if escaped {
            let (slashes, ampersands) = (url.replace('/', "\\/"), url.replace('&', "\\u0026"));
            let both = slashes.replace('&', "\\u0026");
            urls = vec![slashes, ampersands, both];
            urls.retain(|escaped| escaped != url);
            urls.dedup();
        }
        for url in urls {
            for (colon, comma) in [("", ""), (" ", " "), (" ", "")] {
                for is_quoted in [false, true] {
                    for is_first in [true, false] {
                        for end in ["", "\n", "\r\n"] {
                            let mark = if is_quoted { "\"" } else { "" };
                            let time = format!("{mark}{expires_at}{mark}");
                            let resource = format!(r#""Resource":{colon}"{url}""#);
                            let condition = format!(
                                r#""Condition":{colon}{{"DateLessThan":{colon}{{"AWS:EpochTime":{colon}{time}}}}}"#
                            );
                            let both = match is_first {
                                true => format!("{resource},{comma}{condition}"),
                                false => format!("{condition},{comma}{resource}"),
                            };
                            let how = match () {
                                () if escaped => PolicyWriting::Escaped,
                                () if is_quoted => PolicyWriting::EndInQuotes,
                                () if !is_first => PolicyWriting::OtherOrder,
                                () if !colon.is_empty() || !end.is_empty() => {
                                    PolicyWriting::WhiteSpace
                                }
                                () => continue,
                            };
                            let policy = format!(r#"{{"Statement":{colon}[{{{both}}}]}}{end}"#);
                            writings.push((policy, how));
                        }
                    }
                }
            }
        }
    }
    writings
}
