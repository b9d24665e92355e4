package dev.ingestkit.cli.capsule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.local.capsule.Capsule;
import dev.ingestkit.local.capsule.CapsuleContents;
import dev.ingestkit.local.events.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ScrubRulesTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a.b       | {"a":{"b":1,"c":1.50}}      | {"a":{"b":"scrubbed","c":1.50}}
            a.*       | {"a":{"b":1,"c":2}}         | {"a":{"b":"scrubbed","c":"scrubbed"}}
            a.*.b     | {"a":[{"b":1},{"b":2}]}     | {"a":[{"b":"scrubbed"},{"b":"scrubbed"}]}
            a.1       | {"a":[1,2]}                 | {"a":[1,"scrubbed"]}
            **.mail   | {"mail":1,"x":{"mail":[2]}} | {"mail":"scrubbed","x":{"mail":"scrubbed"}}
            **.b.c    | {"b":{"b":{"c":1}}}         | {"b":{"b":{"c":"scrubbed"}}}
            a.b       | {"a" : 1}                   | {"a" : 1}
            """)
    void aPathNamesMembersAndElements(String path, String payload, String expected) throws IOException {
        ScrubRules.Scrubbed scrubbed =
                rules("{\"rules\":[{\"path\":\"%s\"}]}".formatted(path)).scrub(capsule(payload));
        assertThat(payloadOf(scrubbed)).isEqualTo(expected);
        assertThat(scrubbed.unread()).isZero();
    }

    @Test
    void aPatternAppliesToPayloadKeyFailureAndCircumstances() throws IOException {
        ScrubRules.Scrubbed scrubbed = rules("{\"rules\":[{\"pattern\":\"[0-9]{4,}\",\"with\":\"$1\"}]}")
                .scrub(capsule("not JSON 12345"));
        assertThat(payloadOf(scrubbed)).isEqualTo("not JSON $1");
        assertThat(items(scrubbed).get(0).partitionKey()).isEqualTo("user-$1");
        assertThat(scrubbed.capsule().failure()).isEqualTo("no user $1");
        assertThat(scrubbed.capsule().circumstances().at("/deadLetter/text").asText())
                .isEqualTo("$1");
    }

    @Test
    void aPayloadThatAPathCannotReadIsScrubbedByThePatternsAndCounted() throws IOException {
        ScrubRules.Scrubbed scrubbed = rules("{\"rules\":[{\"path\":\"a\"},{\"pattern\":\"x+\",\"with\":null}]}")
                .scrub(capsule("xxl"));
        assertThat(payloadOf(scrubbed)).isEqualTo("nulll");
        assertThat(scrubbed.unread()).isEqualTo(1);
    }

    @Test
    void aMessagesBodyIsAPayload() throws IOException {
        String event = "{\"Records\":[{\"messageId\":\"m-12345\",\"body\":\"{\\\"mail\\\":1,\\\"a\\\":1.50}\"}]}";
        Capsule capsule = capsule(new CapsuleContents.Event(Json.exactMapper().readTree(event)));
        ScrubRules.Scrubbed scrubbed = rules("{\"rules\":[{\"path\":\"mail\"},{\"pattern\":\"12345\",\"with\":\"0\"}]}")
                .scrub(capsule);
        assertThat(new String(scrubbed.capsule().event(), StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"Records\":[{\"messageId\":\"m-0\",\"body\":\"{\\\"mail\\\":\\\"scrubbed\\\",\\\"a\\\":1.50}\"}]}");
        assertThat(scrubbed.unread()).isZero();
    }

    @Test
    void anEventThatIsNoBatchIsAPayloadItself() throws IOException {
        Capsule capsule = capsule(
                new CapsuleContents.Event(Json.exactMapper().readTree("{\"detail\":{\"mail\":1},\"id\":\"a\"}")));
        ScrubRules.Scrubbed scrubbed =
                rules("{\"rules\":[{\"path\":\"detail.mail\"}]}").scrub(capsule);
        assertThat(new String(scrubbed.capsule().event(), StandardCharsets.UTF_8))
                .isEqualTo("{\"detail\":{\"mail\":\"scrubbed\"},\"id\":\"a\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no JSON",
                "{}",
                "{\"rules\":[]}",
                "{\"rules\":[{}]}",
                "{\"rules\":[{\"path\":\"a\",\"pattern\":\"b\"}]}",
                "{\"rules\":[{\"path\":\"a..b\"}]}",
                "{\"rules\":[{\"path\":\"a.**\"}]}",
                "{\"rules\":[{\"pattern\":\"(\"}]}"
            })
    void aFileThatHasNoValidRulesIsRefused(String text) {
        assertThatThrownBy(() -> rules(text)).isInstanceOf(CliException.class).hasMessageContaining("rules of '");
    }

    private ScrubRules rules(String text) throws IOException {
        return ScrubRules.read(Files.writeString(folder.resolve("scrub.json"), text));
    }

    private static String payloadOf(ScrubRules.Scrubbed scrubbed) {
        return new String(items(scrubbed).get(0).data(), StandardCharsets.UTF_8);
    }

    private static Capsule capsule(String payload) throws IOException {
        return capsule(new CapsuleContents.Batch(
                "arn:aws:kinesis:us-east-1:000000000000:stream/s",
                "shardId-000000000000",
                List.of(new CapsuleContents.Item(
                        "1", "user-12345", Instant.EPOCH, payload.getBytes(StandardCharsets.UTF_8)))));
    }

    private static Capsule capsule(CapsuleContents contents) throws IOException {
        JsonNode circumstances = Json.mapper().readTree("{\"deadLetter\":{\"text\":\"98765\"}}");
        return new Capsule(
                "bad", Instant.EPOCH, "no user 12345", new Capsule.Source("Writer", ""), contents, circumstances);
    }

    private static List<CapsuleContents.Item> items(ScrubRules.Scrubbed scrubbed) {
        return ((CapsuleContents.Batch) scrubbed.capsule().contents()).items();
    }
}
