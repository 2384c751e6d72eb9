//! The first page of a folder of 100,000: one bare call, and what Signet's window gets from its store.

use std::time::Instant;

use aws_sdk_s3::types::EncodingType;
use signet_app::documents::{
    DocumentLogin, DocumentStore, DocumentStores, Folder, Login, OriginPath, StoragePlace,
};
use signet_aws::Aws;
use signet_setup::{Bucket, Region};

use crate::bare::{BUCKET, REGION, client};

/// What S3 gives at once at most.
const PAGE: u16 = 1_000;

pub async fn list(url: &str, times: usize) {
    let place = StoragePlace {
        bucket: Bucket::parse(BUCKET).expect("a bucket's name"),
        region: Region::parse(REGION).expect("a region"),
        origin_path: OriginPath::default(),
    };
    let login =
        DocumentLogin::OfComputer(Login { profile: None, endpoint_url: Some(url.to_owned()) });
    let root = place.root();
    // Both are asked once before, so that both have their connection.
    let (bare, store) = (client(url), Aws.open(&login, &place).await.expect("there is a login"));
    for time in 0..=times {
        let began = Instant::now();
        let page = bare
            .list_objects_v2()
            .bucket(BUCKET)
            .delimiter("/")
            .encoding_type(EncodingType::Url)
            .max_keys(PAGE.into())
            .send()
            .await
            .expect("a page");
        let bare = began.elapsed();
        assert_eq!(page.contents().len(), usize::from(PAGE));
        let began = Instant::now();
        let page = first_page(&store, &root).await;
        let signet = began.elapsed();
        assert_eq!(page, usize::from(PAGE));
        if time > 0 {
            println!("{} {}", bare.as_secs_f64() * 1e3, signet.as_secs_f64() * 1e3);
        }
    }
}

async fn first_page(store: &impl DocumentStore, folder: &Folder) -> usize {
    let listing = store.list(folder, None, PAGE).await.expect("a page");
    assert!(listing.next.is_some(), "there are more");
    listing.documents.len()
}
