package dev.ingestkit.proof.attack;

import static dev.ingestkit.proof.attack.Bytes.ascii;

import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;

/** Calls the AWS APIs with bodies that are not JSON, CBOR or a form, or that are too deep, too large or malformed. */
final class ServiceAttack implements Attack {

    private static final List<String> TARGETS = List.of(
            "Kinesis_20131202.PutRecord",
            "Kinesis_20131202.PutRecords",
            "Kinesis_20131202.GetRecords",
            "Kinesis_20131202.GetShardIterator",
            "Kinesis_20131202.CreateStream",
            "Kinesis_20131202.ListShards",
            "AmazonSQS.SendMessage",
            "AmazonSQS.ReceiveMessage",
            "AmazonSQS.SendMessageBatch",
            "AmazonSQS.CreateQueue",
            "secretsmanager.GetSecretValue",
            "secretsmanager.CreateSecret",
            "secretsmanager.ListSecrets",
            "DynamoDB_20120810.GetItem",
            "DynamoDB_20120810.Query",
            "DynamoDB_20120810.PutItem",
            "Nobody_1.Nothing",
            "x");
    private static final List<String> TYPES = List.of(
            "application/x-amz-json-1.1",
            "application/x-amz-json-1.0",
            "application/x-amz-cbor-1.1",
            "application/x-www-form-urlencoded",
            "text/plain",
            "application/json;charset=\"",
            "");
    private static final List<String> BODIES = List.of(
            "{\"StreamName\":\"ingest-kit-events\",\"PartitionKey\":\"k\",\"Data\":\"e30=\"}",
            "{\"StreamName\":\"ingest-kit-events\",\"Records\":[{\"PartitionKey\":\"k\",\"Data\":\"e30=\"}]}",
            "{\"ShardIterator\":\"AAAA\",\"Limit\":10}",
            "{\"StreamName\":\"ingest-kit-events\",\"ShardId\":\"shardId-000000000000\",\"ShardIteratorType\":\"AT_TIMESTAMP\",\"Timestamp\":1e300}",
            "{\"StreamName\":\"s\",\"ShardCount\":1e9}",
            "{\"QueueUrl\":\"http://localhost/000000000000/q\",\"MessageBody\":\"x\",\"MessageAttributes\":{\"a\":{\"DataType\":\"Number\",\"StringValue\":\"1e999999\"}}}",
            "{\"QueueName\":\"q.fifo\",\"Attributes\":{\"VisibilityTimeout\":\"-1\",\"RedrivePolicy\":\"{\"}}",
            "{\"SecretId\":\"arn:aws:secretsmanager:us-east-1:000000000000:secret:x\",\"VersionStage\":\"AWSCURRENT\"}",
            "{\"Name\":\"n\",\"SecretString\":\"s\",\"Tags\":[{\"Key\":null}]}",
            "{\"TableName\":\"t\",\"Key\":{\"eventId\":{\"S\":\"x\"}}}",
            "Action=SendMessage&QueueUrl=http%3A%2F%2Flocalhost%2F0%2Fq&MessageBody=x&MessageAttribute.1.Name=a",
            "Action=GetCallerIdentity&Version=2011-06-15",
            "Action=DescribeStacks&StackName=%00");

    @Override
    public void run(Door door, SplittableRandom random) throws IOException, Finding {
        byte[] body = body(random);
        byte[] request = Bytes.join(
                ascii(
                        "POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: %s\r\nContent-Type: %s\r\nAuthorization: AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/%s/aws4_request\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
                                .formatted(
                                        Bytes.pick(random, TARGETS),
                                        Bytes.pick(random, TYPES),
                                        Bytes.pick(
                                                random,
                                                List.of("kinesis", "sqs", "secretsmanager", "sts", "lambda", "x")),
                                        body.length)),
                body);
        Answers.check(this, request, door.exchange(request));
    }

    private static byte[] body(SplittableRandom random) {
        String text = Bytes.pick(random, BODIES);
        return switch (random.nextInt(7)) {
            case 0 -> ascii("[".repeat(1 + random.nextInt(200_000)));
            case 1 -> ascii("{\"StreamName\":".repeat(1 + random.nextInt(20_000)));
            case 2 -> Bytes.random(random, 300);
            case 3 -> ascii(text.replaceFirst("\\d+|\"[a-z]+\"", "9".repeat(1 + random.nextInt(5_000))));
            case 4 -> nested(random);
            default -> Bytes.spoil(random, ascii(text));
        };
    }

    /** Nested CBOR arrays of indefinite length, and lengths beyond the input. */
    private static byte[] nested(SplittableRandom random) {
        byte[] bytes = new byte[1 + random.nextInt(50_000)];
        java.util.Arrays.fill(bytes, (byte) (random.nextBoolean() ? 0x9f : 0xbf));
        if (random.nextBoolean()) {
            return new byte[] {(byte) 0xbb, 0x7f, -1, -1, -1, -1, -1, -1, -1, 0x5b, 0x7f, -1, -1, -1, -1, -1, -1, -1};
        }
        return bytes;
    }
}
