#!/usr/bin/env bash
# ElasticMQ 1.7.1 (Maven Central), a server of SQS's API for tests: MessageRetentionPeriod is accepted by CreateQueue and
# SetQueueAttributes and forgotten. GetQueueAttributes does not return it, and a message of a queue that retains 60 seconds is
# delivered after 65. SQS would have removed it. So a test of what happens to a message that nobody reads in time, in a queue or
# in its dead letter queue, passes there for the wrong reason. The script waits those 65 seconds.
# Needs a JDK 17 and Maven.
set -euo pipefail
version=1.7.1
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cat >"$place/pom.xml" <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>org.elasticmq</groupId><artifactId>elasticmq-rest-sqs_2.13</artifactId><version>$version</version></dependency>
    <dependency><groupId>software.amazon.awssdk</groupId><artifactId>sqs</artifactId><version>2.59.1</version></dependency>
  </dependencies>
</project>
POM
cat >"$place/Finding.java" <<'JAVA'
import java.net.URI;
import java.util.Map;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

public class Finding {
    public static void main(String[] arguments) throws Exception {
        SQSRestServer server = SQSRestServerBuilder.withPort(0).withInterface("localhost").start();
        int port = server.waitUntilStarted().localAddress().getPort();
        try (SqsClient sqs = SqsClient.builder()
                .endpointOverride(URI.create("http://localhost:" + port))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .build()) {
            Map<QueueAttributeName, String> minute = Map.of(QueueAttributeName.MESSAGE_RETENTION_PERIOD, "60");
            String queue = sqs.createQueue(create -> create.queueName("orders").attributes(minute)).queueUrl();
            sqs.setQueueAttributes(set -> set.queueUrl(queue).attributes(minute));
            sqs.sendMessage(send -> send.queueUrl(queue).messageBody("order-1"));
            System.out.println("retention among the attributes: " + sqs.getQueueAttributes(
                            get -> get.queueUrl(queue).attributeNames(QueueAttributeName.ALL))
                    .attributes()
                    .containsKey(QueueAttributeName.MESSAGE_RETENTION_PERIOD));
            Thread.sleep(65_000);
            System.out.println("received after 65 seconds: " + sqs.receiveMessage(receive -> receive.queueUrl(queue))
                    .messages()
                    .stream()
                    .map(Message::body)
                    .toList());
        } finally {
            server.stopAndWait();
        }
    }
}
JAVA
bin=${JAVA_HOME:+$JAVA_HOME/bin/}
(cd "$place" && mvn -q -B dependency:build-classpath -Dmdep.outputFile=classpath && "${bin}javac" -cp "$(cat classpath)" Finding.java) \
  >"$place/build.log" 2>&1 || { tail -20 "$place/build.log"; exit 2; }
output=$("${bin}java" -cp "$place:$(cat "$place/classpath")" Finding 2>/dev/null)
printf 'ElasticMQ %s\n%s\n' "$version" "$output"
diff <(printf '%s\n' "$output") - <<'SEEN'
retention among the attributes: false
received after 65 seconds: [order-1]
SEEN
