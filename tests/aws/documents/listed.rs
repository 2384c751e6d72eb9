//! What a bucket has is listed in parts.

use super::stage::Papers;
use super::worker::What;
use crate::proxy::Answer;

fn list(folder: &str, after: Option<String>, most: u16) -> What {
    What::List { folder: folder.to_owned(), after, most }
}

fn texts(values: &serde_json::Value) -> Vec<&str> {
    values.as_array().unwrap().iter().map(|value| value.as_str().unwrap()).collect()
}

#[test]
fn a_folder_comes_in_parts_with_one_call_each() {
    let papers = Papers::new();
    for key in
        ["a.pdf", "b/1.pdf", "b/2.pdf", "c%20d/x.pdf", "e+f%26g.pdf", "%C3%9Cber.pdf", "50%25.pdf"]
    {
        papers.put_by_somebody(key, "x");
    }
    // A folder's own mark, and what no link can open.
    for key in ["b/", "b//x.pdf", "b/a%E2%80%AEb.pdf"] {
        papers.put_by_somebody(key, "x");
    }
    papers.stage.proxy.calls();
    let (mut folders, mut documents, mut after, mut parts) = (vec![], vec![], None, 0);
    loop {
        let part = papers.ok(list("", after, 2));
        parts += 1;
        assert_eq!(papers.stage.proxy.calls().len(), 1);
        folders.extend(texts(&part["folders"]).into_iter().map(str::to_owned));
        for document in part["documents"].as_array().unwrap() {
            assert_eq!(document["size"], 1);
            assert!(document["modified"].as_i64().unwrap() > 1_700_000_000);
            documents.push(document["key"].as_str().unwrap().to_owned());
        }
        match part["next"].as_str() {
            Some(next) => after = Some(next.to_owned()),
            None => break,
        }
    }
    folders.sort();
    documents.sort();
    assert_eq!(folders, ["b/", "c d/"]);
    assert_eq!(
        documents,
        ["50%.pdf", "a.pdf", "e f&g.pdf".replace(' ', "+").as_str(), "\u{dc}ber.pdf"]
    );
    assert_eq!(parts, 3);
    let inside = papers.ok(list("b", None, 1_000));
    let keys: Vec<_> = inside["documents"]
        .as_array()
        .unwrap()
        .iter()
        .map(|d| d["key"].as_str().unwrap())
        .collect();
    assert_eq!(keys, ["b/1.pdf", "b/2.pdf"]);
    assert_eq!(inside["without_address"], 2);
    assert_eq!(papers.ok(list("none", None, 1_000))["documents"], serde_json::json!([]));
}

#[test]
fn one_document_is_told_from_those_that_begin_with_its_name() {
    let papers = Papers::new();
    papers.put_by_somebody("a.pdf.bak", "x");
    papers.put_by_somebody("a.pd", "x");
    let look = || What::Look { key: "a.pdf".to_owned() };
    assert_eq!(papers.ok(look()), serde_json::Value::Null);
    papers.put_by_somebody("a.pdf", "four");
    assert_eq!(papers.ok(look())["size"], 4);
}

#[test]
fn a_listing_that_comes_again_is_given_up() {
    let papers = Papers::new();
    papers.stage.proxy.rule(|_| {
        Answer::Other(
            200,
            "<ListBucketResult><IsTruncated>true</IsTruncated>\
             <NextContinuationToken>same</NextContinuationToken></ListBucketResult>"
                .to_owned(),
        )
    });
    let error = papers.error(list("", Some("same".to_owned()), 10));
    assert_eq!(error, "Endless { action: \"s3:ListBucket\" }");
}
