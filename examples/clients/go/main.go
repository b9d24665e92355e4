// Command clients puts records into a stream with the AWS SDK for Go, reads them, and prints each as "received DATA".
package main

import (
	"context"
	"fmt"
	"log"
	"os"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/kinesis"
	"github.com/aws/aws-sdk-go-v2/service/kinesis/types"
)

func must[T any](value T, err error) T {
	if err != nil {
		log.Fatal(err)
	}
	return value
}

func main() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	client := kinesis.NewFromConfig(must(config.LoadDefaultConfig(ctx)))
	stream := aws.String(os.Getenv("STREAM"))
	must(client.CreateStream(ctx, &kinesis.CreateStreamInput{StreamName: stream, ShardCount: aws.Int32(2)}))
	described := &kinesis.DescribeStreamInput{StreamName: stream}
	if err := kinesis.NewStreamExistsWaiter(client).Wait(ctx, described, 30*time.Second); err != nil {
		log.Fatal(err)
	}
	must(client.PutRecord(ctx, &kinesis.PutRecordInput{StreamName: stream, PartitionKey: aws.String("k1"), Data: []byte("record-1")}))
	batch := &kinesis.PutRecordsInput{StreamName: stream}
	for i := 2; i <= 5; i++ {
		batch.Records = append(batch.Records, types.PutRecordsRequestEntry{
			PartitionKey: aws.String(fmt.Sprintf("k%d", i)), Data: []byte(fmt.Sprintf("record-%d", i))})
	}
	if failed := *must(client.PutRecords(ctx, batch)).FailedRecordCount; failed != 0 {
		log.Fatalf("%d records failed", failed)
	}
	shards := must(client.ListShards(ctx, &kinesis.ListShardsInput{StreamName: stream})).Shards
	fanOut(ctx, client, stream, shards)
	received := 0
	iterators := map[string]*string{}
	for _, shard := range shards {
		iterators[*shard.ShardId] = must(client.GetShardIterator(ctx, &kinesis.GetShardIteratorInput{
			StreamName: stream, ShardId: shard.ShardId, ShardIteratorType: types.ShardIteratorTypeTrimHorizon})).ShardIterator
	}
	for received < 5 {
		for id, iterator := range iterators {
			result := must(client.GetRecords(ctx, &kinesis.GetRecordsInput{ShardIterator: iterator}))
			iterators[id] = result.NextShardIterator
			for _, record := range result.Records {
				fmt.Printf("received %s\n", record.Data)
				received++
			}
		}
	}
}

// Reads the stream once more with enhanced fan-out; fails unless it has all records.
func fanOut(ctx context.Context, client *kinesis.Client, stream *string, shards []types.Shard) {
	summary := must(client.DescribeStreamSummary(ctx, &kinesis.DescribeStreamSummaryInput{StreamName: stream}))
	consumer := must(client.RegisterStreamConsumer(ctx, &kinesis.RegisterStreamConsumerInput{
		StreamARN: summary.StreamDescriptionSummary.StreamARN, ConsumerName: aws.String("go")})).Consumer
	for {
		now := must(client.DescribeStreamConsumer(ctx, &kinesis.DescribeStreamConsumerInput{ConsumerARN: consumer.ConsumerARN}))
		if now.ConsumerDescription.ConsumerStatus == types.ConsumerStatusActive {
			break
		}
	}
	pushed := make(chan int)
	for _, shard := range shards {
		subscription := must(client.SubscribeToShard(ctx, &kinesis.SubscribeToShardInput{
			ConsumerARN: consumer.ConsumerARN, ShardId: shard.ShardId,
			StartingPosition: &types.StartingPosition{Type: types.ShardIteratorTypeTrimHorizon}}))
		stream := subscription.GetStream()
		defer stream.Close()
		go func() {
			for event := range stream.Events() {
				if records, ok := event.(*types.SubscribeToShardEventStreamMemberSubscribeToShardEvent); ok {
					pushed <- len(records.Value.Records)
				}
			}
		}()
	}
	for count := 0; count < 5; {
		select {
		case n := <-pushed:
			count += n
		case <-ctx.Done():
			log.Fatalf("enhanced fan-out delivered %d of 5 records", count)
		}
	}
}
