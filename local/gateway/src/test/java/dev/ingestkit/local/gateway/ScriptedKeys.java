package dev.ingestkit.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.gateway.jwt.KeySource;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Key sets that a test gives for issuers. */
final class ScriptedKeys implements KeySource {

    final Map<String, JsonNode> sets = new ConcurrentHashMap<>();

    @Override
    public CompletableFuture<JsonNode> keys(String issuer, boolean fresh) {
        JsonNode set = sets.get(issuer);
        return set == null
                ? CompletableFuture.failedFuture(new IOException("no keys of " + issuer))
                : CompletableFuture.completedFuture(set);
    }

    @Override
    public boolean reaches(String issuer) {
        return sets.containsKey(issuer);
    }
}
