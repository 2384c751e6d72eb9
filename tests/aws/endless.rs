//! Lists that have no end are given up, and it is said which.

use crate::proxy::{Answer, Call};
use crate::stage::Stage;

/// A page without anything in it, after which there is another one.
fn page(list: &str, marker: &str) -> Answer {
    Answer::Other(
        200,
        format!(
            "<{list} xmlns=\"http://cloudfront.amazonaws.com/doc/2020-05-31/\"><Marker></Marker><NextMarker>{marker}\
             </NextMarker><MaxItems>100</MaxItems><IsTruncated>true</IsTruncated><Quantity>0</Quantity></{list}>"
        ),
    )
}

#[test]
fn a_list_without_an_end_is_given_up_and_named() {
    for (path, list, action) in [
        (
            "/origin-access-control",
            "OriginAccessControlList",
            "cloudfront:ListOriginAccessControls",
        ),
        ("/public-key", "PublicKeyList", "cloudfront:ListPublicKeys"),
        ("/key-group", "KeyGroupList", "cloudfront:ListKeyGroups"),
        ("/distribution", "DistributionList", "cloudfront:ListDistributions"),
    ] {
        for is_repeated in [true, false] {
            let stage = Stage::new();
            let mut pages = 0;
            stage.proxy.rule(move |call: &Call| {
                let (place, _) = call.path.split_once('?').unwrap_or((&call.path, ""));
                if call.method == "GET" && place.ends_with(path) {
                    pages += 1;
                    return page(
                        list,
                        &if is_repeated { "a".to_owned() } else { pages.to_string() },
                    );
                }
                Answer::Real
            });
            let (what, do_now) = stage.failed(&stage.words("plan", &[]));
            assert_eq!(
                what,
                format!(
                    "The list that AWS gives for {action} does not end, so it was not read further."
                )
            );
            assert!(do_now.contains("Try again later"), "{do_now}");
            let calls = stage.proxy.calls();
            let asked = calls.iter().filter(|call| call.path.contains(path)).count();
            assert_eq!(asked, if is_repeated { 2 } else { 200 }, "{action}");
        }
    }
}
