#!/usr/bin/env bash
# LocalStack 4.14.0 (PyPI) with kinesis-local 0.5.2 (npm), the server that it starts for Kinesis: a PutRecord that the JDK's
# java.net.http.HttpClient sends with its defaults is answered with 200 and {}, without a sequence number, and the record is
# never stored. By default that client offers HTTP/2 in its request (Upgrade: h2c). LocalStack passes the offer on,
# kinesis-local takes it, and LocalStack answers before kinesis-local does. With version(HTTP_1_1), and with AWS's SDKs, which
# offer nothing, the record is stored. An ingesting client without an SDK loses every record there, and sees success.
# Needs Python 3.13, npm, node and a JDK 17. Installing takes minutes.
set -euo pipefail
place=$(mktemp -d)
server=
stop() { [ -z "$server" ] || { kill "$server"; wait "$server"; } 2>/dev/null || true; rm -rf "$place"; }
trap stop EXIT
python3.13 -m venv "$place/venv"
# What was newest when LocalStack 4.14.0 came out: it does not start beside the newest of today.
"$place/venv/bin/python" -m pip -q --disable-pip-version-check install 'localstack-core[runtime]==4.14.0' cbor2==5.8.0 \
  cryptography==46.0.5 hypercorn==0.18.0 localstack-twisted==25.5.0 moto-ext==5.1.24 plux==1.14.0 pyopenssl==25.3.0 rolo==0.8.1 \
  werkzeug==3.1.6
npm install --silent --no-fund --no-audit --prefix "$place/static/kinesis-local/0.5.2" kinesis-local@0.5.2
cat >"$place/Finding.java" <<'JAVA'
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

public class Finding {
    private static final HttpClient DEFAULT = HttpClient.newHttpClient();
    private static final HttpClient HTTP_1 =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static URI endpoint;

    public static void main(String[] arguments) throws Exception {
        endpoint = URI.create(arguments[0]);
        call(HTTP_1, "CreateStream", "{'StreamName':'orders','ShardCount':1}");
        while (!call(HTTP_1, "DescribeStreamSummary", "{'StreamName':'orders'}").body().contains("ACTIVE")) {
            Thread.sleep(200);
        }
        put("HTTP/1.1", HTTP_1);
        put("default", DEFAULT);
        String shard = "{'StreamName':'orders','ShardId':'shardId-000000000000','ShardIteratorType':'TRIM_HORIZON'}";
        String iterator = call(HTTP_1, "GetShardIterator", shard).body().replaceAll(".*Iterator\": ?\"|\".*", "");
        String records = call(HTTP_1, "GetRecords", "{'ShardIterator':'" + iterator + "'}").body();
        System.out.println("in the stream: " + Pattern.compile("\"PartitionKey\": ?\"([^\"]*)").matcher(records).results()
                .map((MatchResult found) -> found.group(1)).toList());
    }

    private static void put(String client, HttpClient http) throws Exception {
        String data = Base64.getEncoder().encodeToString(client.getBytes());
        HttpResponse<String> answer =
                call(http, "PutRecord", "{'StreamName':'orders','PartitionKey':'" + client + "','Data':'" + data + "'}");
        System.out.printf("PutRecord, %s: %d, sequence number: %b%n",
                client, answer.statusCode(), answer.body().contains("SequenceNumber"));
    }

    private static HttpResponse<String> call(HttpClient http, String action, String body) throws Exception {
        return http.send(HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/x-amz-json-1.1")
                .header("X-Amz-Target", "Kinesis_20131202." + action)
                .header("X-Amz-Date", "20260101T000000Z")
                .header("Authorization", "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/kinesis/aws4_request, "
                        + "SignedHeaders=host, Signature=0")
                .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
                .build(), BodyHandlers.ofString());
    }
}
JAVA
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
mkdir "$place/temporary"
env -u AWS_PROFILE STATIC_LIBS_DIR="$place/static" LOCALSTACK_VOLUME_DIR="$place/volume" TMPDIR="$place/temporary" SERVICES=kinesis \
  SKIP_SSL_CERT_DOWNLOAD=1 DISABLE_EVENTS=1 GATEWAY_LISTEN="127.0.0.1:$port" "$place/venv/bin/python" -m localstack.runtime.main \
  >"$place/log" 2>&1 &
server=$!
for _ in $(seq 120); do
  if curl -sf "http://127.0.0.1:$port/_localstack/health" >/dev/null; then break; fi
  kill -0 "$server" || { tail -20 "$place/log"; exit 2; }
  sleep 1
done
output=$("${JAVA_HOME:+$JAVA_HOME/bin/}java" "$place/Finding.java" "http://127.0.0.1:$port/")
printf 'localstack-core 4.14.0, kinesis-local 0.5.2\n%s\n' "$output"
diff <(printf '%s\n' "$output") - <<'SEEN'
PutRecord, HTTP/1.1: 200, sequence number: true
PutRecord, default: 200, sequence number: false
in the stream: [HTTP/1.1]
SEEN
