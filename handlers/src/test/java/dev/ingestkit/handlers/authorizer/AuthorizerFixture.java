package dev.ingestkit.handlers.authorizer;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.handlers.authorizer.FakeSecretsManager.Failure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An authorizer, the Secrets Manager that it reads, and requests to it. */
abstract class AuthorizerFixture {

    static final ObjectMapper JSON = new ObjectMapper();
    static final Instant START = Instant.parse("2026-11-01T10:00:00Z");
    static final Instant LONG_AGO = START.minus(Duration.ofDays(30));
    static final Failure DOWN = new Failure(500, "{\"__type\":\"InternalServiceError\",\"Message\":\"down\"}");
    static final String METHOD_ARN = "arn:aws:execute-api:us-east-1:123456789012:abcdef1234/prod/POST/submit/event:1";

    final MutableClock clock = new MutableClock(START);
    final FakeContext context = new FakeContext();
    FakeSecretsManager secrets;
    BasicAuthorizer authorizer;

    @BeforeEach
    final void start() throws IOException {
        secrets = new FakeSecretsManager();
        secrets.put("AWSCURRENT", "writer", "s3cret:with:colons", LONG_AGO);
        authorizer = new BasicAuthorizer(environment(secrets.endpoint()), clock);
    }

    @AfterEach
    final void stop() {
        secrets.close();
    }

    final void assertUnauthorized(ObjectNode event) {
        assertThatThrownBy(() -> authorize(authorizer, event)).hasMessage("Unauthorized");
    }

    final JsonNode authorize(BasicAuthorizer with, ObjectNode event) throws IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        with.handleRequest(new ByteArrayInputStream(JSON.writeValueAsBytes(event)), output, context);
        return JSON.readTree(output.toByteArray());
    }

    static ObjectNode event() {
        ObjectNode event = JSON.createObjectNode()
                .put("type", "REQUEST")
                .put("methodArn", METHOD_ARN)
                .put("resource", "/submit/{eventId}")
                .put("path", "/submit/event:1")
                .put("httpMethod", "POST");
        addHeader(event, "Content-Type", List.of("application/json"));
        event.putNull("queryStringParameters");
        event.putObject("pathParameters").put("eventId", "event:1");
        event.putObject("requestContext").put("requestId", "c6af9ac6-7b61-11e6-9a41-93e8deadbeef");
        return event;
    }

    static ObjectNode event(String authorization) {
        ObjectNode event = event();
        addHeader(event, "Authorization", List.of(authorization));
        return event;
    }

    static void addHeader(ObjectNode event, String name, List<String> values) {
        event.withObject("headers").put(name, values.get(values.size() - 1));
        var all = event.withObject("multiValueHeaders").putArray(name);
        values.forEach(all::add);
    }

    static String basic(String username, String password) {
        byte[] text = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(text);
    }

    static Map<String, String> environment(String endpoint) {
        Map<String, String> environment = new HashMap<>();
        environment.put(
                "SECRET_ARN", "arn:aws:secretsmanager:eu-central-1:123456789012:secret:ingest-kit/credentials-AbCdEf");
        environment.put("AWS_REGION", "us-east-1");
        environment.put("AWS_ACCESS_KEY_ID", "AKID");
        environment.put("AWS_SECRET_ACCESS_KEY", "key");
        environment.put("AWS_SESSION_TOKEN", "session");
        environment.put("AWS_ENDPOINT_URL_SECRETS_MANAGER", endpoint);
        return environment;
    }
}
