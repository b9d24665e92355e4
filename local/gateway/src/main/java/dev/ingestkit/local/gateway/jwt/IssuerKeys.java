package dev.ingestkit.local.gateway.jwt;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.gateway.document.LocalAddress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keys from a file, or from the issuer itself where it runs on this machine: by {@code
 * /.well-known/openid-configuration} and the address that it names. No other host is asked. Sets are kept for two hours,
 * as on AWS; a set without the wanted key is read again at most every five seconds. Thread-safe.
 */
public final class IssuerKeys implements KeySource {

    private static final Duration KEPT = Duration.ofHours(2);
    private static final Duration MIN_AGE = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_CHARACTERS = 1_000_000;

    private record Known(JsonNode keys, Instant at) {}

    private final Optional<Path> file;
    private final Clock clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    /** @param file a key set that stands for every issuer's; without one, the issuers are asked */
    public IssuerKeys(Optional<Path> file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    @Override
    public boolean reaches(String issuer) {
        return file.isPresent() || LocalAddress.isLoopback(issuer);
    }

    @Override
    public CompletableFuture<JsonNode> keys(String issuer, boolean fresh) {
        Known last = known.get(issuer);
        Duration age = last == null ? KEPT : Duration.between(last.at(), clock.instant());
        if (last != null && age.compareTo(fresh ? MIN_AGE : KEPT) < 0) {
            return CompletableFuture.completedFuture(last.keys());
        }
        CompletableFuture<JsonNode> read = file.isPresent() ? fromFile(file.get()) : fromIssuer(issuer);
        return read.thenApply(keys -> {
            known.put(issuer, new Known(keys, clock.instant()));
            return keys;
        });
    }

    private static CompletableFuture<JsonNode> fromFile(Path file) {
        try {
            return CompletableFuture.completedFuture(Json.mapper().readTree(Files.readString(file)));
        } catch (IOException unreadable) {
            return CompletableFuture.failedFuture(
                    new IOException("the key file %s cannot be read: %s".formatted(file, unreadable), unreadable));
        }
    }

    private static CompletableFuture<JsonNode> fromIssuer(String issuer) {
        String base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        return json(base + "/.well-known/openid-configuration")
                .thenCompose(
                        configuration -> json(configuration.path("jwks_uri").asText()));
    }

    private static CompletableFuture<JsonNode> json(String address) {
        if (!LocalAddress.isLoopback(address)) {
            return CompletableFuture.failedFuture(new IOException(
                    "'%s' is not an http address of this machine; no other host is asked for keys".formatted(address)));
        }
        // One client for each read: sets are read once in two hours, and an idle client would hold a thread.
        HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(address)).timeout(TIMEOUT).build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).thenCompose(answer -> {
            if (answer.statusCode() != 200 || answer.body().length() > MAX_CHARACTERS) {
                return CompletableFuture.failedFuture(
                        new IOException("%s answered %d".formatted(address, answer.statusCode())));
            }
            try {
                return CompletableFuture.completedFuture(Json.mapper().readTree(answer.body()));
            } catch (IOException notJson) {
                return CompletableFuture.failedFuture(new IOException(address + " did not answer JSON", notJson));
            }
        });
    }
}
