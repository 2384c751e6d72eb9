//! Which cells name a network. A list limits no link to one, so a person is asked about a column of them:
//! a link that was meant for an office must not open from everywhere unasked.

use std::net::{IpAddr, Ipv4Addr};

/// Whether a cell is an address or a range of addresses, rightly written or not, perhaps with the name of a
/// place: `203.0.113.0/24`, `203.0.113.1-20`, `Office 203.0.113.7`, `2001:db8::/32`.
pub(super) fn is_like_a_network(cell: &str) -> bool {
    let is_between = |c: char| c.is_whitespace() || ",;|()[]".contains(c);
    let parts = || cell.split(is_between).filter(|part| !part.is_empty());
    let networks = parts().filter(|part| is_network(part)).count();
    let others = parts().filter(|part| !is_network(part));
    networks > 0 && others.count() <= networks
}

/// Whether a network is named in a text, whatever else stands there.
pub(super) fn names_a_network(text: &str) -> bool {
    text.split(|c: char| c.is_whitespace() || ",;|()[]".contains(c)).any(is_network)
}

fn is_network(part: &str) -> bool {
    let (address, size) = part.split_once('/').map_or((part, None), |(a, size)| (a, Some(size)));
    let is_mask = |size: &str| {
        !size.is_empty() && size.bytes().all(|byte| byte.is_ascii_digit())
            || size.parse::<Ipv4Addr>().is_ok()
    };
    if size.is_some_and(|size| !is_mask(size)) {
        return false;
    }
    address.parse::<IpAddr>().is_ok() || is_range(address)
}

/// `203.0.113.1-20`, `203.0.113.1-203.0.113.20`, `203.0.113.*`, `203.0.113.x`.
fn is_range(text: &str) -> bool {
    if let Some((first, last)) = text.split_once(['-', '–']) {
        let is_last = |last: &str| last.parse::<u8>().is_ok() || last.parse::<Ipv4Addr>().is_ok();
        return first.parse::<Ipv4Addr>().is_ok() && is_last(last);
    }
    let parts: Vec<_> = text.split('.').collect();
    let is_any = |part: &&str| matches!(*part, "*" | "x" | "X");
    parts.len() == 4
        && parts.iter().any(is_any)
        && parts.first().is_some_and(|part| part.parse::<u8>().is_ok())
        && parts.iter().all(|part| is_any(part) || part.parse::<u8>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::is_like_a_network;

    #[test]
    fn networks_are_told_from_other_text() {
        for cell in [
            "203.0.113.7",
            "203.0.113.0/24",
            "203.0.113.0/255.255.255.0",
            "203.0.113.7, 198.51.100.0/24",
            "203.0.113.7 198.51.100.7",
            "203.0.113.1-20",
            "203.0.113.1-203.0.113.20",
            "203.0.113.*",
            "203.0.*.*",
            "203.0.113.x",
            "192.168.1.5",
            "2001:db8::/32",
            "2001:db8::1",
            "Office 203.0.113.7",
            "203.0.113.7 (Berlin)",
            "203.0.113.0/33",
        ] {
            assert!(is_like_a_network(cell), "{cell}");
        }
        for cell in [
            "",
            "Office",
            "a.pdf",
            "31.12.2035",
            "10:00:00",
            "203.0.113",
            "1.2.3",
            "256.1.1.1",
            "v1.2.3.4",
            "+49 30 123 456",
            "1/2",
            "2035-12-31",
            "Server 203.0.113.7 in Berlin",
            "*.*.*.*",
            "docs.example.com",
            "203.0.113.7/a.pdf",
        ] {
            assert!(!is_like_a_network(cell), "{cell}");
        }
    }
}
