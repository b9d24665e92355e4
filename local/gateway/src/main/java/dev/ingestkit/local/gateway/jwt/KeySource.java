package dev.ingestkit.local.gateway.jwt;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.CompletableFuture;

/** Supplies the public keys of issuers. Implementations are thread-safe. */
public interface KeySource {

    /**
     * Returns an issuer's key set ({@code {"keys": [...]}}, RFC 7517).
     *
     * @param fresh whether a set that is already known will not do, since it lacks the wanted key
     * @return fails with {@link java.io.IOException} if the set cannot be read; the message says from where
     */
    CompletableFuture<JsonNode> keys(String issuer, boolean fresh);

    /** Returns whether the keys of an issuer can be had at all. */
    boolean reaches(String issuer);
}
