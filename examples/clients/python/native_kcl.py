"""Reads a stream with native-aws-kcl-py, leases in a table, and prints each record as "received DATA"."""

import asyncio
import os

import aioboto3
from native_aws_kcl_py import (
    AwsConfig,
    InitialPositionInStream,
    InitialPositionInStreamExtended,
    KinesisConsumerConfig,
    Scheduler,
    ShardRecordProcessor,
    ShardRecordProcessorFactory,
)

stream = os.environ["STREAM"]
region = os.environ["AWS_REGION"]
endpoint = os.environ["AWS_ENDPOINT_URL"]
received = asyncio.Semaphore(0)


class Processor(ShardRecordProcessor):
    async def initialize(self, input):
        pass

    async def process_records(self, input):
        for record in input.records:
            print("received", record.data.decode(), flush=True)
            received.release()
        if input.records:
            await input.checkpointer.checkpoint()

    async def lease_lost(self, input):
        pass

    async def shard_ended(self, input):
        await input.checkpointer.checkpoint()

    async def shutdown_requested(self, input):
        await input.checkpointer.checkpoint()


class Factory(ShardRecordProcessorFactory):
    def create_processor(self):
        return Processor()


async def put():
    async with aioboto3.Session().client("kinesis", endpoint_url=endpoint, region_name=region) as kinesis:
        await kinesis.create_stream(StreamName=stream, ShardCount=2)
        await kinesis.get_waiter("stream_exists").wait(StreamName=stream, WaiterConfig={"Delay": 1})
        records = [{"PartitionKey": f"k{i}", "Data": f"record-{i}".encode()} for i in range(1, 6)]
        await kinesis.put_records(StreamName=stream, Records=records)


async def main():
    await put()
    config = KinesisConsumerConfig(
        aws=AwsConfig(region=region, kinesis_endpoint=endpoint, dynamodb_endpoint=endpoint),
        application_name=f"{stream}-leases",
        stream_name=stream,
        record_processor_factory=Factory(),
        initial_position_in_stream=InitialPositionInStreamExtended(
            initial_position_in_stream=InitialPositionInStream.TRIM_HORIZON
        ),
    )
    scheduler = Scheduler(config)
    running = asyncio.create_task(scheduler.run())
    for _ in range(5):
        await received.acquire()
    await scheduler.shutdown()
    await running


asyncio.run(asyncio.wait_for(main(), 100))
