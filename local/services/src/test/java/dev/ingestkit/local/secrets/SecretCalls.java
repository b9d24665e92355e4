package dev.ingestkit.local.secrets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingestkit.local.faults.Faults;
import dev.ingestkit.local.functions.FunctionInvoker;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.protocol.ServiceException;
import dev.ingestkit.local.protocol.ServiceRequest;
import dev.ingestkit.local.protocol.ServiceResponse;
import dev.ingestkit.local.store.Store;
import dev.ingestkit.local.time.MutableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A separate service, called as by the protocol layer. For readability JSON is written with single quotes. */
final class SecretCalls {

    static final ObjectMapper JSON = new ObjectMapper();

    final MutableClock clock;
    final SecretsService service;

    SecretCalls() {
        this(Faults.NONE, (function, payload) -> {
            throw new AssertionError("no function is expected to run: " + function);
        });
    }

    /** Starts a service over a store, with what an earlier one has left there. */
    SecretCalls(Store store, MutableClock clock) {
        this.clock = clock;
        this.service = SecretsService.over(
                store,
                clock,
                "us-east-1",
                "000000000000",
                Faults.NONE,
                () -> (function, payload) -> new CompletableFuture<>(),
                new SplittableRandom(11));
    }

    SecretCalls(Faults faults, FunctionInvoker functions) {
        this.clock = new MutableClock();
        this.service = new SecretsService(
                clock, "us-east-1", "000000000000", faults, () -> functions, new SplittableRandom(11));
    }

    JsonNode call(String action, String input) {
        try {
            ServiceResponse response =
                    service.handle(request(action, input)).toCompletableFuture().join();
            return ((ServiceResponse.Tree) response).members();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof ServiceException error) {
                throw error;
            }
            throw failed;
        }
    }

    static ServiceRequest request(String action, String input) {
        try {
            JsonNode members = JSON.readTree(input.replace('\'', '"'));
            HttpRequest http = new HttpRequest("POST", "/", "", Map.of(), new byte[0], "127.0.0.1");
            return new ServiceRequest(action, members, "request-1", ServiceRequest.Wire.JSON_1_1, http);
        } catch (IOException notJson) {
            throw new UncheckedIOException(input, notJson);
        }
    }
}
