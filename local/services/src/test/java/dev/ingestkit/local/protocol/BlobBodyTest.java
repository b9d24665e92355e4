package dev.ingestkit.local.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BlobBodyTest {

    private static final Set<String> BLOBS = Set.of("Data");

    @Test
    void decodesNamedMembersAtAnyDepth() throws Exception {
        ObjectNode read =
                usual("{\"Data\":\"AQID\", \"Records\":[ {\"Data\":\"\"} , {\"Data\":\"/+8=\",\"K\":\"AQID\"} ]}");
        assertThat(read.get("Data").binaryValue()).containsExactly(1, 2, 3);
        assertThat(read.at("/Records/0/Data").isBinary()).isTrue();
        assertThat(read.at("/Records/1/Data").binaryValue()).containsExactly(-1, -17);
        assertThat(read.at("/Records/1/K").textValue()).isEqualTo("AQID");
    }

    @Test
    void decodesPayloadsOfAllLengths() throws Exception {
        SplittableRandom random = new SplittableRandom(5);
        for (int length = 0; length < 200; length++) {
            byte[] data = new byte[length];
            random.nextBytes(data);
            String body =
                    "{\"PartitionKey\":\"k\",\"Data\":\"" + Base64.getEncoder().encodeToString(data) + "\"}";
            assertThat(usual(body).get("Data").binaryValue()).isEqualTo(data);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                " {\n} \t",
                "{\"a\":[],\"b\":{},\"c\":null,\"d\":true,\"e\":false}",
                "{\"a\":0,\"b\":-0,\"c\":-12,\"d\":2147483648,\"e\":999999999999999999}",
                "{\"a\":\"x\",\"a\":\"y\"}",
                "{\"Data\":7,\"Records\":[1,[2,{\"a\":\"\"}]]}"
            })
    void readsWhatTheTreeCodecReads(String body) throws Exception {
        assertThat(usual(body)).isEqualTo(TreeCodec.JSON.read(bytes(body)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"a\":1",
                "{\"a\":1,}",
                "{\"a\":[1,]}",
                "{\"a\":[1 2]}",
                "{\"a\" 1}",
                "{a:1}",
                "{\"a\":01}",
                "{\"a\":1.5}",
                "{\"a\":1e2}",
                "{\"a\":-}",
                "{\"a\":1000000000000000000}",
                "{\"a\":tru}",
                "{\"a\":\"\\n\"}",
                "{\"a\":\"\u00e9\"}",
                "{\"a\":\"\t\"}",
                "{\"Data\":\"AQI\"}",
                "{\"Data\":\"AQ=I\"}",
                "{\"Data\":\"AQ\\/I\"}",
                "{\"Data\":\"AQ ID AQ\"}",
                "{\"Data\":\"AQID",
                "{} x",
                "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}}}}"
            })
    void leavesEveryOtherBodyToTheTreeCodec(String body) {
        assertThat(BlobBody.read(bytes(body), BLOBS)).isEmpty();
    }

    @Test
    void neverDiffersFromTheTreeCodec() throws Exception {
        SplittableRandom random = new SplittableRandom(11);
        byte[] seed = bytes("{\"StreamName\":\"s\",\"Records\":[{\"Data\":\"AQIDBAUGBwg=\",\"PartitionKey\":\"k-1\"},"
                + "{\"PartitionKey\":\"k-2\",\"Data\":\"\",\"N\":[12,-3,true,null]}]}");
        byte[] alphabet = bytes("{}[]\",:\\ 01-eA=+/tn\u00e9");
        for (int round = 0; round < 20_000; round++) {
            byte[] body = seed.clone();
            for (int change = random.nextInt(4); change > 0; change--) {
                body[random.nextInt(body.length)] = alphabet[random.nextInt(alphabet.length)];
            }
            BlobBody.read(body, BLOBS)
                    .ifPresent(read -> assertThat(read)
                            .as(new String(body, StandardCharsets.ISO_8859_1))
                            .isEqualTo(decoded(byTreeCodec(body))));
        }
    }

    private static ObjectNode usual(String body) {
        return BlobBody.read(bytes(body), BLOBS).orElseThrow();
    }

    private static JsonNode byTreeCodec(byte[] body) {
        try {
            return TreeCodec.JSON.read(body);
        } catch (TreeCodec.MalformedException malformed) {
            throw new AssertionError("accepted: " + new String(body, StandardCharsets.ISO_8859_1), malformed);
        }
    }

    /** Replaces the base64 of named members by its bytes. */
    private static JsonNode decoded(JsonNode node) {
        node.forEach(BlobBodyTest::decoded);
        if (node instanceof ObjectNode object && object.path("Data").isTextual()) {
            byte[] data = Base64.getDecoder().decode(object.get("Data").textValue());
            object.put("Data", data);
        }
        return node;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
