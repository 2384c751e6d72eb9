//! A site on the first line and what a person pasted after it: what is shown is what is signed.
#![no_main]

use libfuzzer_sys::fuzz_target;
use signet_cloudfront::address::DocumentAddress;
use signet_cloudfront::site::SiteAddress;

fuzz_target!(|input: &str| {
    let (site, text) = input.split_once('\n').unwrap_or(("docs.example.com", input));
    if let Ok(address) = DocumentAddress::parse_url(text) {
        assert_eq!(DocumentAddress::parse_url(address.as_str()), Ok(address.clone()));
        is_what_it_shows(&address);
    }
    let Ok(site) = SiteAddress::parse(site) else { return };
    assert_eq!(SiteAddress::parse(&site.origin()), Ok(site.clone()));
    if let Ok(address) = DocumentAddress::parse(text, &site) {
        assert_eq!(DocumentAddress::parse(address.as_str(), &site), Ok(address.clone()));
        assert_eq!(address.as_str(), format!("{}{}", site.origin(), address.path()));
        assert!(!address.as_str().contains('*'));
        is_what_it_shows(&address);
    }
});

fn is_what_it_shows(address: &DocumentAddress) {
    let (scheme, rest) = address.as_str().split_once("://").unwrap();
    assert!(["http", "https"].contains(&scheme));
    assert_eq!(rest, format!("{}{}", address.host(), address.path()));
    assert!(address.path().starts_with('/'));
    assert!(address.as_str().bytes().all(|byte| byte.is_ascii_graphic()));
    assert!(!address.as_str().contains(['"', '\\', '#', '<', '>']));
    // Browsers leave an apostrophe in a path and rewrite it in a query.
    assert!(!address.path().split_once('?').is_some_and(|(_, query)| query.contains('\'')));
    assert!(!address.file_name().is_empty());
}
