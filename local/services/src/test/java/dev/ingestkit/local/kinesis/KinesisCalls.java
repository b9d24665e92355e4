package dev.ingestkit.local.kinesis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.faults.Faults;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.protocol.ServiceException;
import dev.ingestkit.local.protocol.ServiceRequest;
import dev.ingestkit.local.protocol.ServiceResponse;
import dev.ingestkit.local.store.Store;
import dev.ingestkit.local.time.MutableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;

/** A separate service, called as by the protocol layer. For readability JSON is written with single quotes. */
final class KinesisCalls implements AutoCloseable {

    static final String ACCOUNT = "000000000000";
    private static final ObjectMapper JSON = new ObjectMapper();

    final MutableClock clock;
    final Journal journal;
    final KinesisService service;

    KinesisCalls() {
        this(options -> options, Faults.NONE);
    }

    KinesisCalls(UnaryOperator<KinesisService.Options> change, Faults faults) {
        KinesisService.Options options = change.apply(KinesisService.Options.of("us-east-1", ACCOUNT, true));
        this.clock = new MutableClock();
        this.journal = new Journal(clock);
        this.service = new KinesisService(options, clock, journal, faults, new SplittableRandom(7));
    }

    /** Starts a service over a store, with what an earlier one has left there. */
    KinesisCalls(Store store, MutableClock clock) {
        this.clock = clock;
        this.journal = new Journal(clock);
        this.service = KinesisService.over(
                store,
                KinesisService.Options.of("us-east-1", ACCOUNT, false),
                clock,
                journal,
                Faults.NONE,
                new SplittableRandom(7));
    }

    static KinesisCalls withoutLimits() {
        return new KinesisCalls(
                options -> new KinesisService.Options(
                        options.region(), options.accountId(), false, options.settling(), options.maxRetainedBytes()),
                Faults.NONE);
    }

    /** Returns the response's members. */
    JsonNode call(String action, String input) {
        ServiceResponse response = send(action, input);
        return ((ServiceResponse.Tree) response).members();
    }

    ServiceResponse send(String action, String input) {
        try {
            return service.handle(request(action, input)).toCompletableFuture().join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof ServiceException error) {
                throw error;
            }
            throw failed;
        }
    }

    static ServiceRequest request(String action, String input) {
        try {
            String json = input.replace('\'', '"');
            JsonNode members = JSON.readTree(json);
            HttpRequest http =
                    new HttpRequest("POST", "/", "", Map.of(), json.getBytes(StandardCharsets.UTF_8), "127.0.0.1");
            return new ServiceRequest(action, members, "request-1", ServiceRequest.Wire.JSON_1_1, http);
        } catch (IOException notJson) {
            throw new UncheckedIOException(input, notJson);
        }
    }

    void createStream(String name, int shards) {
        service.createStream(StreamSpecification.provisioned(name, shards));
    }

    JsonNode put(String stream, String key, String data) {
        return call(
                "PutRecord",
                "{'StreamName':'%s','PartitionKey':'%s','Data':'%s'}".formatted(stream, key, base64(data)));
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    String iterator(String stream, String shard, String typeAndMore) {
        return call(
                        "GetShardIterator",
                        "{'StreamName':'%s','ShardId':'%s','ShardIteratorType':%s}"
                                .formatted(stream, shard, typeAndMore))
                .path("ShardIterator")
                .asText();
    }

    JsonNode records(String iterator) {
        return call("GetRecords", "{'ShardIterator':'%s'}".formatted(iterator));
    }

    /** Returns the data of a GetRecords response as text. */
    static List<String> texts(JsonNode response) {
        List<String> texts = new ArrayList<>();
        response.path("Records").forEach(record -> texts.add(text(record)));
        return texts;
    }

    static String text(JsonNode record) {
        try {
            return new String(record.path("Data").binaryValue(), StandardCharsets.UTF_8);
        } catch (IOException notBinary) {
            throw new UncheckedIOException(notBinary);
        }
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    @Override
    public void close() {
        service.close();
    }
}
