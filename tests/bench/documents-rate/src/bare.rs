//! The crate alone: no conditions, no journal, nothing looked at before or after.

use std::io::SeekFrom;

use aws_credential_types::Credentials;
use aws_sdk_s3::Client;
use aws_sdk_s3::config::{BehaviorVersion, Region};
use aws_sdk_s3::types::{ChecksumAlgorithm, ChecksumType, CompletedMultipartUpload, CompletedPart};
use tokio::fs::File;
use tokio::io::{AsyncReadExt, AsyncSeekExt};
use tokio::task::JoinSet;

pub const BUCKET: &str = "papers";
pub const REGION: &str = "eu-central-1";

/// As Signet's parts.
const PART: u64 = 8 << 20;
const AT_ONCE: usize = 4;

pub fn client(url: &str) -> Client {
    let config = aws_sdk_s3::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .credentials_provider(Credentials::new("bench", "bench", None, None, "bench"))
        .region(Region::new(REGION))
        .endpoint_url(url)
        .force_path_style(true)
        .build();
    Client::from_conf(config)
}

pub async fn put(file: &str, url: &str) {
    let (client, key) = (client(url), "bare.bin");
    let size = tokio::fs::metadata(file).await.expect("FILE is there").len();
    let begun = client
        .create_multipart_upload()
        .bucket(BUCKET)
        .key(key)
        .checksum_algorithm(ChecksumAlgorithm::Crc64Nvme)
        .checksum_type(ChecksumType::FullObject)
        .send()
        .await;
    let id = begun.expect("an upload begins").upload_id.expect("it has an ID");
    let mut parts: Vec<CompletedPart> = Vec::new();
    let mut running = JoinSet::new();
    for number in 1..=size.div_ceil(PART) {
        if running.len() == AT_ONCE {
            parts.extend(running.join_next().await.map(|part| part.expect("a part goes")));
        }
        let (client, id, file) = (client.clone(), id.clone(), file.to_owned());
        running.spawn(async move {
            let mut file = File::open(file).await.expect("FILE opens");
            let at = (number - 1) * PART;
            file.seek(SeekFrom::Start(at)).await.expect("FILE has this part");
            let mut bytes = vec![0; usize::try_from(PART.min(size - at)).expect("it is small")];
            file.read_exact(&mut bytes).await.expect("FILE can be read");
            let number = i32::try_from(number).expect("there are few parts");
            let sent = client
                .upload_part()
                .bucket(BUCKET)
                .key(key)
                .upload_id(id)
                .part_number(number)
                .checksum_algorithm(ChecksumAlgorithm::Crc64Nvme)
                .body(bytes.into())
                .customize()
                // As over TLS, where the content is not hashed once more for the signature.
                .disable_payload_signing()
                .send()
                .await
                .expect("a part is taken");
            CompletedPart::builder().part_number(number).set_e_tag(sent.e_tag).build()
        });
    }
    while let Some(part) = running.join_next().await {
        parts.push(part.expect("a part goes"));
    }
    parts.sort_by_key(CompletedPart::part_number);
    let parts = CompletedMultipartUpload::builder().set_parts(Some(parts)).build();
    let ended = client
        .complete_multipart_upload()
        .bucket(BUCKET)
        .key(key)
        .upload_id(id)
        .multipart_upload(parts)
        .send()
        .await;
    ended.expect("the parts come together");
}
