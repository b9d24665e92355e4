//! Puts records into a stream with the AWS SDK for Rust, reads them, and prints each as "received DATA".

use aws_sdk_kinesis::primitives::Blob;
use aws_sdk_kinesis::types::{PutRecordsRequestEntry, ShardIteratorType};
use aws_sdk_kinesis::Client;
use std::error::Error;
use std::time::Duration;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    tokio::time::timeout(Duration::from_secs(60), run()).await?
}

async fn run() -> Result<(), Box<dyn Error>> {
    let client = Client::new(&aws_config::load_from_env().await);
    let stream = std::env::var("STREAM")?;
    client.create_stream().stream_name(&stream).shard_count(2).send().await?;
    loop {
        let summary = client.describe_stream_summary().stream_name(&stream).send().await?;
        let summary = summary.stream_description_summary().ok_or("no summary")?;
        if summary.stream_status().as_str() == "ACTIVE" {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    client.put_record().stream_name(&stream).partition_key("k1").data(Blob::new("record-1")).send().await?;
    let mut batch = client.put_records().stream_name(&stream);
    for i in 2..=5 {
        let data = Blob::new(format!("record-{i}"));
        batch = batch.records(PutRecordsRequestEntry::builder().partition_key(format!("k{i}")).data(data).build()?);
    }
    if batch.send().await?.failed_record_count() != Some(0) {
        return Err("records failed".into());
    }
    let mut received = 0;
    for shard in client.list_shards().stream_name(&stream).send().await?.shards() {
        let position = client.get_shard_iterator().stream_name(&stream).shard_id(shard.shard_id());
        let position = position.shard_iterator_type(ShardIteratorType::TrimHorizon).send().await?;
        let page = client.get_records().set_shard_iterator(position.shard_iterator).send().await?;
        for record in page.records() {
            println!("received {}", String::from_utf8_lossy(record.data().as_ref()));
            received += 1;
        }
    }
    if received == 5 { Ok(()) } else { Err(format!("{received} of 5 records").into()) }
}
