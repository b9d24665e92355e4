package dev.ingestkit.handlers.authorizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The expected signatures come from AWS's description and test suite of Signature Version 4. */
final class RequestSignerTest {

    private static final AwsCredentials EXAMPLE =
            new AwsCredentials("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", null);
    private static final Instant AT = Instant.parse("2015-08-30T12:36:00Z");

    @Test
    void signsThePublishedListUsersExample() {
        var headers = new RequestSigner("us-east-1", "iam")
                .sign(
                        "GET",
                        URI.create("https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08"),
                        Map.of("Content-Type", "application/x-www-form-urlencoded; charset=utf-8"),
                        new byte[0],
                        EXAMPLE,
                        AT);

        assertThat(headers)
                .containsEntry(
                        "authorization",
                        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request,"
                                + " SignedHeaders=content-type;host;x-amz-date,"
                                + " Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7")
                .containsEntry("x-amz-date", "20150830T123600Z");
    }

    @Test
    void signsTheSuitesVanillaRequests() {
        assertThat(signature("GET", Map.of(), ""))
                .isEqualTo("5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31");
        assertThat(signature("POST", Map.of(), ""))
                .isEqualTo("5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b");
    }

    @Test
    void signsTheSuitesFormBody() {
        assertThat(signature("POST", Map.of("Content-Type", "application/x-www-form-urlencoded"), "Param1=value1"))
                .isEqualTo("ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a");
    }

    @Test
    void sessionTokenIsSentAndSigned() {
        AwsCredentials session = new AwsCredentials("AKIDEXAMPLE", "secret", "token");

        var headers = new RequestSigner("eu-west-1", "secretsmanager")
                .sign("POST", URI.create("http://127.0.0.1:4566/"), Map.of(), new byte[0], session, AT);

        assertThat(headers).containsEntry("x-amz-security-token", "token").containsEntry("host", "127.0.0.1:4566");
        assertThat(headers.get("authorization")).contains("SignedHeaders=host;x-amz-date;x-amz-security-token,");
    }

    private static String signature(String method, Map<String, String> headers, String body) {
        String authorization = new RequestSigner("us-east-1", "service")
                .sign(
                        method,
                        URI.create("https://example.amazonaws.com/"),
                        headers,
                        body.getBytes(StandardCharsets.UTF_8),
                        EXAMPLE,
                        AT)
                .get("authorization");
        return String.valueOf(authorization).replaceFirst(".*Signature=", "");
    }
}
