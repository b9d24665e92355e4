#!/usr/bin/env bash
# software.amazon.awssdk:kinesis 2.57.8 speaks CBOR. RFC 8949 defines tag 1 as seconds since 1970, whole or with a fraction;
# the client takes the number for milliseconds, with or without the tag, and cuts the fraction. A server that writes times as
# the RFC says is read without an error, and its records arrived in January 1970.
# Needs a JDK 17 and Maven. A server on the loopback interface gives three prepared answers to GetRecords.
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
    <dependency><groupId>software.amazon.awssdk</groupId><artifactId>url-connection-client</artifactId><version>$version</version></dependency>
  </dependencies>
</project>
POM
cat >"$place/Finding.java" <<'JAVA'
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;

public class Finding {
    interface Time {
        void write(DataOutputStream out) throws IOException;
    }

    public static void main(String[] arguments) throws IOException {
        print("tag 1, 1545084650.987 (seconds)    ", out -> {
            out.write(0xc1);
            out.write(0xfb);
            out.writeDouble(1545084650.987);
        });
        print("tag 1, 1545084650 (seconds)        ", out -> {
            out.write(0xc1);
            out.write(0x1a);
            out.writeInt(1545084650);
        });
        print("tag 1, 1545084650987 (milliseconds)", out -> {
            out.write(0xc1);
            out.write(0x1b);
            out.writeLong(1545084650987L);
        });
    }

    static void print(String name, Time time) throws IOException {
        byte[] body = answer(time);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Content-Type", "application/x-amz-cbor-1.1");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try (KinesisClient client = KinesisClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .endpointOverride(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .build()) {
            System.out.println(name + " -> "
                    + client.getRecords(request -> request.shardIterator("any")).records().get(0).approximateArrivalTimestamp());
        } finally {
            server.stop(0);
        }
    }

    /** {"Records":[{"ApproximateArrivalTimestamp":TIME}],"MillisBehindLatest":0}. */
    static byte[] answer(Time time) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(0xa2);
        text(out, "Records");
        out.write(0x81);
        out.write(0xa1);
        text(out, "ApproximateArrivalTimestamp");
        time.write(out);
        text(out, "MillisBehindLatest");
        out.write(0x00);
        return bytes.toByteArray();
    }

    static void text(DataOutputStream out, String value) throws IOException {
        out.write(0x78);
        out.write(value.length());
        out.write(value.getBytes(StandardCharsets.US_ASCII));
    }
}
JAVA
bin=${JAVA_HOME:+$JAVA_HOME/bin/}
(cd "$place" && mvn -q -B dependency:build-classpath -Dmdep.outputFile=classpath && "${bin}javac" -cp "$(cat classpath)" Finding.java) \
  >"$place/build.log" 2>&1 || { tail -20 "$place/build.log"; exit 2; }
output=$("${bin}java" -cp "$place:$(cat "$place/classpath")" Finding 2>/dev/null)
printf 'software.amazon.awssdk:kinesis %s, GetRecords\n%s\n' "$version" "$output"
diff <(sed 's/.*-> //' <<<"$output") - <<'SEEN'
1970-01-18T21:11:24.650Z
1970-01-18T21:11:24.650Z
2018-12-17T22:10:50.987Z
SEEN
