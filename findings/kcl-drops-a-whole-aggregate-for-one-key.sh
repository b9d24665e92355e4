#!/usr/bin/env bash
# software.amazon.kinesis:amazon-kinesis-client 3.5.1: an aggregated record (the format of the Kinesis Producer Library) with
# one user record whose partition key hashes outside the shard is dropped whole. The other user records, whose keys belong to
# the shard, are not delivered either. A producer that aggregates without regard to shards, as aws-kinesis-agg does, loses
# events in a consumer that goes on without an error.
# Needs a JDK 17 and Maven. The aggregated record is made with the library's own protobuf classes.
set -euo pipefail
version=3.5.1
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cat >"$place/pom.xml" <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>software.amazon.kinesis</groupId><artifactId>amazon-kinesis-client</artifactId><version>$version</version></dependency>
  </dependencies>
</project>
POM
cat >"$place/Finding.java" <<'JAVA'
import com.google.protobuf.ByteString;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import software.amazon.kinesis.retrieval.AggregatorUtil;
import software.amazon.kinesis.retrieval.KinesisClientRecord;
import software.amazon.kinesis.retrieval.kpl.Messages;

public class Finding {
    static final BigInteger MIDDLE = BigInteger.ONE.shiftLeft(127);

    public static void main(String[] arguments) throws Exception {
        List<String> lower = new ArrayList<>();
        List<String> upper = new ArrayList<>();
        for (int at = 0; lower.size() < 3 || upper.isEmpty(); at++) {
            String key = "order-" + at;
            (hash(key).compareTo(MIDDLE) < 0 ? lower : upper).add(key);
        }
        List<String> own = lower.subList(0, 3);
        System.out.println("three keys of the shard: " + delivered(own) + " delivered");
        List<String> mixed = new ArrayList<>(own);
        mixed.add(upper.get(0));
        System.out.println("and one of another shard: " + delivered(mixed) + " delivered");
    }

    static int delivered(List<String> keys) throws Exception {
        Messages.AggregatedRecord.Builder aggregate = Messages.AggregatedRecord.newBuilder();
        for (int at = 0; at < keys.size(); at++) {
            aggregate.addPartitionKeyTable(keys.get(at));
            aggregate.addRecords(Messages.Record.newBuilder()
                    .setPartitionKeyIndex(at)
                    .setData(ByteString.copyFromUtf8("event " + at)));
        }
        byte[] body = aggregate.build().toByteArray();
        byte[] digest = MessageDigest.getInstance("MD5").digest(body);
        ByteBuffer data = ByteBuffer.allocate(4 + body.length + digest.length)
                .put(new byte[] {(byte) 0xf3, (byte) 0x89, (byte) 0x9a, (byte) 0xc2})
                .put(body)
                .put(digest)
                .flip();
        KinesisClientRecord record = KinesisClientRecord.builder()
                .partitionKey(keys.get(0))
                .sequenceNumber("49590338271490256608559692538361571095921575989136588898")
                .data(data)
                .build();
        BigInteger last = MIDDLE.subtract(BigInteger.ONE);
        return new AggregatorUtil().deaggregate(List.of(record), BigInteger.ZERO, last).size();
    }

    static BigInteger hash(String key) throws Exception {
        return new BigInteger(1, MessageDigest.getInstance("MD5").digest(key.getBytes("UTF-8")));
    }
}
JAVA
bin=${JAVA_HOME:+$JAVA_HOME/bin/}
(cd "$place" && mvn -q -B dependency:build-classpath -Dmdep.outputFile=classpath && "${bin}javac" -cp "$(cat classpath)" Finding.java) \
  >"$place/build.log" 2>&1 || { tail -20 "$place/build.log"; exit 2; }
output=$("${bin}java" -cp "$place:$(cat "$place/classpath")" Finding 2>/dev/null)
printf 'amazon-kinesis-client %s, shard with the lower half of the hash keys\n%s\n' "$version" "$output"
diff <(printf '%s\n' "$output") - <<'SEEN'
three keys of the shard: 3 delivered
and one of another shard: 0 delivered
SEEN
