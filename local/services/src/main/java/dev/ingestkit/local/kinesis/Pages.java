package dev.ingestkit.local.kinesis;

import static dev.ingestkit.local.protocol.ServiceException.badRequest;

import java.time.Duration;
import java.time.Instant;

/** Writes and reads the paging tokens of lists, which expire after five minutes, as on AWS. */
final class Pages {

    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private Pages() {}

    static String write(Tokens tokens, Tokens.Kind kind, String subject, String after, Instant now) {
        return tokens.page(kind, new Tokens.Page(subject, after, now));
    }

    /**
     * Reads a token.
     *
     * @throws dev.ingestkit.local.protocol.ServiceException if the token is not from this service, or has expired
     */
    static Tokens.Page read(Tokens tokens, Tokens.Kind kind, String token, Instant now) {
        Tokens.Page page =
                tokens.page(kind, token).orElseThrow(() -> KinesisErrors.invalidArgument("NextToken is invalid."));
        if (page.issued().plus(LIFETIME).isBefore(now)) {
            throw badRequest(
                    "ExpiredNextTokenException",
                    "NextToken has expired: it was created at %s and is valid for %d seconds."
                            .formatted(page.issued(), LIFETIME.toSeconds()));
        }
        return page;
    }
}
