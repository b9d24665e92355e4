package dev.ingestkit.local.gateway.jwt;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.CompletableFuture;

/** Supplies the public keys of issuers. Implementations are thread-safe. */
public interface KeySource {

    /**
     * Returns an issuer's key set ({@code {"keys": [...]}}, RFC 7517).
     *
     * @param fresh whether a cached set is not enough, since it lacks the wanted key
     * @return the set; a stage that fails with {@link java.io.IOException} if the set cannot be read; the message says
     *     from where
     */
    CompletableFuture<JsonNode> keys(String issuer, boolean fresh);

    /** Returns whether the keys of an issuer are available at all. */
    boolean reaches(String issuer);
}
