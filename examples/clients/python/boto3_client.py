"""Puts records into a stream with boto3, reads them, and prints each as "received DATA"; then uses a queue.

boto3 1.26 does not read AWS_ENDPOINT_URL and speaks the older query protocol of SQS; newer versions speak its JSON
protocol.
"""
import os

import boto3

stream = os.environ["STREAM"]
kinesis = boto3.client("kinesis", endpoint_url=os.environ["AWS_ENDPOINT_URL"])
kinesis.create_stream(StreamName=stream, ShardCount=2)
kinesis.get_waiter("stream_exists").wait(StreamName=stream, WaiterConfig={"Delay": 1})
kinesis.put_record(StreamName=stream, PartitionKey="k1", Data=b"record-1")
batch = [{"PartitionKey": f"k{i}", "Data": f"record-{i}".encode()} for i in range(2, 6)]
assert kinesis.put_records(StreamName=stream, Records=batch)["FailedRecordCount"] == 0

shards = kinesis.list_shards(StreamName=stream)["Shards"]
for shard in shards:
    iterator = kinesis.get_shard_iterator(
        StreamName=stream, ShardId=shard["ShardId"], ShardIteratorType="TRIM_HORIZON"
    )["ShardIterator"]
    for record in kinesis.get_records(ShardIterator=iterator)["Records"]:
        print("received", record["Data"].decode())

arn = kinesis.describe_stream_summary(StreamName=stream)["StreamDescriptionSummary"]["StreamARN"]
consumer = kinesis.register_stream_consumer(StreamARN=arn, ConsumerName="python")["Consumer"]["ConsumerARN"]
while kinesis.describe_stream_consumer(ConsumerARN=consumer)["ConsumerDescription"]["ConsumerStatus"] != "ACTIVE":
    pass
pushed = 0
for shard in shards:
    events = kinesis.subscribe_to_shard(
        ConsumerARN=consumer, ShardId=shard["ShardId"], StartingPosition={"Type": "TRIM_HORIZON"}
    )["EventStream"]
    for event in events:
        pushed += len(event["SubscribeToShardEvent"]["Records"])
        break
    events.close()
assert pushed == 5, f"enhanced fan-out delivered {pushed} of 5 records"

sqs = boto3.client("sqs", endpoint_url=os.environ["AWS_ENDPOINT_URL"])
queue = sqs.create_queue(QueueName=stream)["QueueUrl"]
assert "Messages" not in sqs.receive_message(QueueUrl=queue)
assert "Tags" not in sqs.list_queue_tags(QueueUrl=queue)
sqs.send_message(
    QueueUrl=queue, MessageBody="<a> & b", MessageAttributes={"n": {"DataType": "Number", "StringValue": "1"}}
)
sqs.send_message_batch(QueueUrl=queue, Entries=[{"Id": str(i), "MessageBody": f"message {i}"} for i in range(2)])
bodies = []
while len(bodies) < 3:
    received = sqs.receive_message(
        QueueUrl=queue, MaxNumberOfMessages=10, AttributeNames=["All"], MessageAttributeNames=["All"]
    )
    for message in received["Messages"]:
        bodies.append(message["Body"])
        sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
assert sorted(bodies) == ["<a> & b", "message 0", "message 1"], bodies
try:
    sqs.get_queue_url(QueueName="missing")
except sqs.exceptions.QueueDoesNotExist as missing:
    assert missing.response["ResponseMetadata"]["HTTPStatusCode"] == 400
else:
    raise AssertionError("a missing queue was found")
