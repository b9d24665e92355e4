package dev.ingestkit.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.local.gateway.GatewayRig.Shown;
import dev.ingestkit.local.journal.JournalEvent;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubmitApiTest {

    private final GatewayRig rig = new GatewayRig(SubmitApi.definition());

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void anAcceptedEventIsPutByteForByteAndAnsweredWithItsSequenceNumber() {
        String body = "{ \"a\" : 1.10, \"b\":\"\\u00e9 é\" }\n";

        Shown shown = rig.submit("id-1", body);

        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.json().get("shardId").asText()).isEqualTo("shardId-000000000000");
        assertThat(shown.json().get("sequenceNumber").asText()).isEqualTo("4966");
        assertThat(shown.header("Content-Type")).isEqualTo("application/json");
        assertThat(shown.header("x-amzn-RequestId"))
                .isEqualTo(shown.json().get("requestId").asText());
        assertThat(shown.header("x-amz-apigw-id")).hasSize(16);
        assertThat(shown.header("X-Amzn-Trace-Id")).startsWith("Root=1-6b02d940-");
        assertThat(rig.onlyCall().service()).isEqualTo("kinesis");
        assertThat(rig.onlyCall().action()).isEqualTo("PutRecord");
        assertThat(rig.onlyCall().headers().get("Content-Type")).containsExactly("application/x-amz-json-1.1");
        assertThat(rig.onlyCall().json().get("StreamName").asText()).isEqualTo("orders");
        assertThat(rig.onlyCall().json().get("PartitionKey").asText()).isEqualTo("id-1");
        assertThat(new String(
                        Base64.getDecoder()
                                .decode(rig.onlyCall().json().get("Data").asText()),
                        StandardCharsets.UTF_8))
                .isEqualTo(body);
        assertThat(rig.journalled()).singleElement().isInstanceOfSatisfying(JournalEvent.Accepted.class, accepted -> {
            assertThat(accepted.shardId()).isEqualTo("shardId-000000000000");
            assertThat(accepted.sequenceNumber()).isEqualTo("4966");
            assertThat(accepted.path()).isEqualTo("/submit/orders/id-1");
            assertThat(accepted.bytes()).isEqualTo(body.getBytes(StandardCharsets.UTF_8).length);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x\",\"StreamName\":\"other",
                "it's",
                "\\\"",
                "$input.body",
                "${context.stage}",
                "#set($x=1)$x",
                "##comment",
                "#*block*#",
                "a/b",
                "a b+c%20d",
                "ü-日本-😀",
                "\u2028</script>",
                "a\nb\tc\u0001",
                "%",
                "..",
                "'; DROP TABLE"
            })
    void aHostileIdArrivesUnchanged(String id) {
        String encoded = URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20");

        Shown shown = rig.submit(encoded, "{}");

        assertThat(shown.status()).isEqualTo(200);
        assertThat(rig.onlyCall().json().properties()).hasSize(3);
        assertThat(rig.onlyCall().json().get("StreamName").asText()).isEqualTo("orders");
        assertThat(rig.onlyCall().json().get("PartitionKey").asText()).isEqualTo(id);
    }

    @Test
    void aPlusInThePathAndABrokenEscapeArriveUnchanged() {
        rig.submit("a+b%zz%4", "{}");

        assertThat(rig.onlyCall().json().get("PartitionKey").asText()).isEqualTo("a+b%zz%4");
    }

    @ParameterizedTest
    @CsvSource({
        "400, ProvisionedThroughputExceededException, Rate exceeded, 429, Throttled",
        "400, LimitExceededException, Rate exceeded, 429, Throttled",
        "400, ResourceNotFoundException, Stream other not found, 404, StreamNotFound",
        "400, AccessDeniedException, no, 404, StreamNotFound",
        "400, ValidationException, Value at 'data' failed to satisfy constraint, 413, TooLarge",
        "400, ValidationException, Value at 'partitionKey' failed, 400, InvalidRequest",
        "500, InternalFailure, oops, 502, StreamUnavailable",
        "503, ServiceUnavailable, oops, 502, StreamUnavailable"
    })
    void anErrorOfTheStreamNeverReturnsSuccess(int from, String type, String message, int to, String code) {
        rig.service = call -> GatewayRig.answer(from, "{\"__type\":\"" + type + "\",\"message\":\"" + message + "\"}");

        Shown shown = rig.submit("id", "{}");

        assertThat(shown.status()).isEqualTo(to);
        assertThat(shown.json().get("error").asText()).isEqualTo(code);
        assertThat(shown.header("Retry-After")).isEqualTo(to == 429 ? "1" : "");
        assertThat(rig.journalled()).singleElement().isInstanceOf(JournalEvent.Rejected.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[1]", "\"text\"", "{", "{} {}", "null", "{\"a\":1"})
    void aBodyThatIsNotAnObjectIsRefusedAndNotPut(String body) {
        Shown shown = rig.submit("id", body);

        assertThat(shown.status()).isEqualTo(400);
        assertThat(shown.body()).isEqualTo("{\"message\":\"Invalid request body\"}");
        assertThat(shown.header("x-amzn-ErrorType")).isEqualTo("BadRequestException");
        assertThat(rig.calls).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "application/json, 200",
        "application/json; charset=utf-8, 200",
        "Application/JSON, 200",
        "text/plain, 415",
        "application/xml, 415",
        "application/json2, 415"
    })
    void onlyJsonIsAccepted(String contentType, int status) {
        Shown shown = rig.send(GatewayRig.post(
                "/prod/submit/orders/1", "{}", "Authorization", "Basic eA==", "Content-Type", contentType));

        assertThat(shown.status()).isEqualTo(status);
        assertThat(shown.body().contains("Unsupported Media Type")).isEqualTo(status == 415);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e99999999999999", "-1E+123456789012", "1E-99999999999999", "0.1e2147483648"})
    void aNumberBeyondDecimalsIsStillJson(String number) {
        String body = "{\"n\":" + number + "}";

        assertThat(rig.submit("id", body).status()).isEqualTo(200);
        assertThat(rig.onlyCall().json().get("Data").asText())
                .isEqualTo(Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void withoutContentTypeABodyIsJson() {
        Shown shown = rig.send(GatewayRig.post("/prod/submit/orders/1", "{}", "Authorization", "Basic eA=="));

        assertThat(shown.status()).isEqualTo(200);
    }

    @Test
    void aMissingHeaderReturnsAChallengeWithoutAnInvocation() {
        Shown shown = rig.send(GatewayRig.post("/prod/submit/orders/1", "{}"));

        assertThat(shown.status()).isEqualTo(401);
        assertThat(shown.body()).isEqualTo("{\"message\":\"Unauthorized\"}");
        assertThat(shown.header("WWW-Authenticate")).isEqualTo("Basic realm=\"submit\", charset=\"UTF-8\"");
        assertThat(shown.header("x-amzn-ErrorType")).isEqualTo("UnauthorizedException");
        assertThat(rig.events).isEmpty();
        assertThat(rig.calls).isEmpty();
    }

    @Test
    void bodiesOverTenMegabytesReturn413() {
        byte[] body = new byte[10 * 1024 * 1024 + 1];

        Shown shown =
                rig.send(GatewayRig.request("POST", "/prod/submit/orders/1", body, "Authorization", "Basic eA=="));

        assertThat(shown.status()).isEqualTo(413);
        assertThat(shown.body()).isEqualTo("{\"message\":\"Request Too Long\"}");
    }

    @Test
    void aBodyOfAMegabyteIsStoredWhole() {
        String text = "{\"a\":\"" + "é".repeat(500_000) + "\"}";

        assertThat(rig.submit("big", text).status()).isEqualTo(200);
        assertThat(Base64.getDecoder().decode(rig.onlyCall().json().get("Data").asText()))
                .isEqualTo(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aPathBeyondTheMaximumMethodArnReturns414() {
        assertThat(rig.submit("x".repeat(1_600), "{}").status()).isEqualTo(414);
        assertThat(rig.submit("x".repeat(257), "{}").status()).isEqualTo(200);
    }

    @Test
    void headersOverTenKilobytesReturn431() {
        Shown shown = rig.send(GatewayRig.post("/prod/submit/orders/1", "{}", "X-Filler", "x".repeat(10_240)));

        assertThat(shown.status()).isEqualTo(431);
    }
}
