package dev.ingestkit.local.inprocess;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.kinesis.KinesisService;
import dev.ingestkit.local.protocol.ServiceRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Puts records into streams of this process, without HTTP. Thread-safe. */
public final class StreamPuts {

    private static final HttpRequest HTTP = new HttpRequest("POST", "/", "", Map.of(), new byte[0], "127.0.0.1");

    private final KinesisService kinesis;

    public StreamPuts(KinesisService kinesis) {
        this.kinesis = requireNonNull(kinesis, "kinesis");
    }

    /** Puts a text as one record. */
    public CompletionStage<Void> put(Arn stream, String partitionKey, String data) {
        return kinesis.handle(new ServiceRequest(
                        "PutRecord",
                        Json.mapper()
                                .createObjectNode()
                                .put("StreamARN", stream.toString())
                                .put("PartitionKey", partitionKey)
                                .put("Data", data.getBytes(StandardCharsets.UTF_8)),
                        UUID.randomUUID().toString(),
                        ServiceRequest.Wire.JSON_1_1,
                        HTTP))
                .thenAccept(accepted -> {});
    }
}
