package dev.ingestkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The API: accepted requests, and the answer to each rejected one. */
interface SubmitContract {

    Pipeline pipeline();

    @Test
    default void anEventIsAnsweredWithItsStreamPosition() {
        String id = pipeline().id("place");

        HttpResponse<String> response = pipeline().post(id, "{\"a\":1}");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        JsonNode answer = json(response);
        assertThat(answer.path("shardId").asText()).startsWith("shardId-");
        assertThat(answer.path("sequenceNumber").asText()).matches("\\d{56}");
        assertThat(answer.path("requestId").asText()).isNotEmpty();
        assertThat(pipeline().awaitStored(id).metadata().record().sequenceNumber())
                .isEqualTo(answer.path("sequenceNumber").asText());
    }

    @Test
    default void missingCredentialsReturn401AndNameTheScheme() {
        String id = pipeline().id("anonymous");

        HttpResponse<String> response = pipeline().send(json(pipeline().request(id), "{}"));

        assertUnauthorized(response);
        assertThat(pipeline().event(id)).isEmpty();
    }

    @Test
    default void wrongOrMalformedCredentialsReturn401() {
        String user = pipeline().credentials().username();
        for (String header : List.of(
                basic(user + ":wrong"),
                basic("somebody:" + pipeline().credentials().password()),
                basic(user),
                "Basic %%%",
                "Basic",
                "Bearer " + pipeline().credentials().password())) {
            HttpRequest request =
                    json(pipeline().request(pipeline().id("wrong")).header("Authorization", header), "{}");
            assertUnauthorized(pipeline().send(request));
        }
    }

    @Test
    default void theSchemeNameIsCaseInsensitive() {
        String header = pipeline().credentials().basic().replace("Basic ", "bASIC ");

        HttpRequest request =
                json(pipeline().request(pipeline().id("scheme")).header("Authorization", header), "{\"a\":1}");

        assertThat(pipeline().send(request).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"this is not JSON"})
    default void aBodyThatIsNotAJsonObjectReturns400(String body) {
        assertThat(pipeline().post(pipeline().id("body"), body).statusCode()).isEqualTo(400);
    }

    @Test
    default void anEmptyBodyReturns400() {
        int expected = pipeline().has(Difference.EMPTY_BODY_IS_AN_EMPTY_OBJECT) ? 200 : 400;
        assertThat(pipeline().post(pipeline().id("empty"), "").statusCode()).isEqualTo(expected);
    }

    @Test
    default void anUnsupportedContentTypeReturns415() {
        HttpRequest request = authorized(pipeline().id("type"))
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("{\"a\":1}"))
                .build();

        assertThat(pipeline().send(request).statusCode()).isEqualTo(415);
    }

    @Test
    default void aCharsetParameterIsIgnored() {
        HttpRequest request = authorized(pipeline().id("charset"))
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofString("{\"a\":1}"))
                .build();

        int expected = pipeline().has(Difference.CHARSET_IS_ANOTHER_CONTENT_TYPE) ? 415 : 200;
        assertThat(pipeline().send(request).statusCode()).isEqualTo(expected);
    }

    @Test
    default void anUnknownStreamReturns404() {
        HttpRequest.Builder request = pipeline()
                .request("no-such-stream", pipeline().id("stream"))
                .header("Authorization", pipeline().credentials().basic());

        HttpResponse<String> response = pipeline().send(json(request, "{\"a\":1}"));

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(json(response).path("error").asText()).isEqualTo("StreamNotFound");
    }

    @Test
    default void bodiesLargerThanARecordReturn413() {
        HttpResponse<String> response = pipeline().post(pipeline().id("large"), text(1_048_577));

        boolean mistaken = pipeline().has(Difference.TOO_LARGE_IS_AN_INVALID_REQUEST);
        assertThat(response.statusCode()).isEqualTo(mistaken ? 400 : 413);
        assertThat(json(response).path("error").asText()).isEqualTo(mistaken ? "InvalidRequest" : "TooLarge");
    }

    @Test
    default void bodiesLargerThanTheGatewayAcceptsReturn413() {
        HttpResponse<String> response = pipeline().post(pipeline().id("huge"), text(10_485_761));

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(json(response).has("message"))
                .as("by the gateway, not the stream")
                .isTrue();
    }

    @Test
    default void anIdOfMoreThan256CharactersReturns400() {
        HttpResponse<String> response = pipeline().post("i".repeat(257), "{\"a\":1}");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).path("error").asText()).isEqualTo("InvalidRequest");
    }

    @Test
    default void anIdOf256CharactersIsAccepted() {
        String id = pipeline().id("i".repeat(200));
        String longest = id + "i".repeat(256 - id.length());

        assertThat(pipeline().post(longest, "{\"a\":1}").statusCode()).isEqualTo(200);
        assertThat(pipeline().awaitStored(longest).id().value()).isEqualTo(longest);
    }

    @Test
    default void unknownPathsReturn403WithMissingToken() {
        String submit = pipeline().outputs().submitUrl().orElseThrow().toString();
        HttpRequest elsewhere = HttpRequest.newBuilder(URI.create(submit.replaceAll("/submit$", "/elsewhere")))
                .GET()
                .build();

        HttpResponse<String> response = pipeline().send(elsewhere);

        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(json(response).path("message").asText()).isEqualTo("Missing Authentication Token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "quo\"te",
                "apo'strophe",
                "back\\slash",
                "$util.base64Encode($input.body)",
                "#set($x = 1)$x",
                "#end",
                "per%cent%20",
                "plus+sign",
                "sp ace",
                "br{ace}}",
                "ünïcode-日本語-😀",
                "semi;colon,comma=equals",
                "<script>&amp;"
            })
    default void hostileIdsAreStoredUnchanged(String name) {
        String id = pipeline().id(name);

        HttpResponse<String> response = pipeline().post(id, "{\"name\":\"hostile\"}");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(pipeline().awaitStored(id).id().value()).isEqualTo(id);
    }

    private HttpRequest.Builder authorized(String id) {
        return pipeline()
                .request(id)
                .header("Authorization", pipeline().credentials().basic());
    }

    private static HttpRequest json(HttpRequest.Builder request, String body) {
        return request.header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private static void assertUnauthorized(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(401);
        assertThat(response.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("Basic realm="));
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns an object of the given size in bytes. */
    private static String text(int bytes) {
        String frame = "{\"t\":\"\"}";
        return "{\"t\":\"" + "x".repeat(bytes - frame.length()) + "\"}";
    }

    private static JsonNode json(HttpResponse<String> response) {
        try {
            return new ObjectMapper().readTree(response.body());
        } catch (JsonProcessingException malformed) {
            throw new AssertionError("the answer is not JSON: " + response.body(), malformed);
        }
    }
}
