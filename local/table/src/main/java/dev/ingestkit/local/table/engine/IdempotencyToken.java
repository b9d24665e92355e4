package dev.ingestkit.local.table.engine;

/**
 * A ClientRequestToken.
 *
 * @param fingerprint equal for the same request, so that a token used again for another one is refused
 */
public record IdempotencyToken(String token, String fingerprint) {}
