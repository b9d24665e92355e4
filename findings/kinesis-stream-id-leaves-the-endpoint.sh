#!/usr/bin/env bash
# software.amazon.awssdk:kinesis 2.57.8: a request with a StreamId does not go to the endpoint that the client was built
# with. The endpoint rules take StreamId first and make a host of their own from it, so a program that passes on the
# StreamId of DescribeStreamSummary leaves a local endpoint, without an error at configuration time.
# Needs a JDK 17 and Maven. Nothing is sent: an interceptor prints the request's host and stops the call.
set -euo pipefail
version=2.57.8
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
cat >"$place/pom.xml" <<POM
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId><artifactId>finding</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>software.amazon.awssdk</groupId><artifactId>kinesis</artifactId><version>$version</version></dependency>
  </dependencies>
</project>
POM
cat >"$place/Finding.java" <<'JAVA'
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;

public class Finding {
    static class Stopped extends RuntimeException {}

    public static void main(String[] arguments) {
        ExecutionInterceptor printer = new ExecutionInterceptor() {
            @Override
            public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
                System.out.println("host " + context.httpRequest().getUri().getHost());
                throw new Stopped();
            }
        };
        try (KinesisClient client = KinesisClient.builder()
                .endpointOverride(URI.create("http://localhost:4566"))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .overrideConfiguration(configuration -> configuration.addExecutionInterceptor(printer))
                .build()) {
            String arn = "arn:aws:kinesis:us-east-1:000000000000:stream/orders";
            call(() -> client.describeStreamConsumer(request -> request.streamARN(arn).consumerName("reader")));
            call(() -> client.describeStreamConsumer(
                    request -> request.streamARN(arn).consumerName("reader").streamId("abcdefghijklmnopqrst-fcx")));
        }
    }

    static void call(Runnable request) {
        try {
            request.run();
        } catch (RuntimeException stopped) {
            Throwable cause = stopped;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            if (!(cause instanceof Stopped)) {
                System.out.println("error " + cause);
            }
        }
    }
}
JAVA
bin=${JAVA_HOME:+$JAVA_HOME/bin/}
(cd "$place" && mvn -q -B dependency:build-classpath -Dmdep.outputFile=classpath && "${bin}javac" -cp "$(cat classpath)" Finding.java) \
  >"$place/build.log" 2>&1 || { tail -20 "$place/build.log"; exit 2; }
output=$("${bin}java" -cp "$place:$(cat "$place/classpath")" Finding 2>/dev/null)
printf 'software.amazon.awssdk:kinesis %s, endpointOverride http://localhost:4566\n' "$version"
printf 'without StreamId: %s\nwith StreamId:    %s\n' "$(sed -n 1p <<<"$output")" "$(sed -n 2p <<<"$output")"
[ "$(sed -n 1p <<<"$output")" = "host localhost" ]
[ "$(sed -n 2p <<<"$output")" != "host localhost" ]
grep -q 'host .*amazonaws.com$' <<<"$(sed -n 2p <<<"$output")"
