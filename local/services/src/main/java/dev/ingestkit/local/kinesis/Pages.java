package dev.ingestkit.local.kinesis;

import static dev.ingestkit.local.protocol.ServiceException.badRequest;

import java.time.Duration;
import java.time.Instant;

/** Paging tokens of lists: they expire after five minutes, as on AWS. */
final class Pages {

    private static final Duration LIFE = Duration.ofMinutes(5);

    private Pages() {}

    static String write(Tokens tokens, Tokens.Kind kind, String subject, String after, Instant now) {
        return tokens.page(kind, new Tokens.Page(subject, after, now));
    }

    /**
     * @throws dev.ingestkit.local.protocol.ServiceException when the token is not one of this service's, or too old
     */
    static Tokens.Page read(Tokens tokens, Tokens.Kind kind, String token, Instant now) {
        Tokens.Page page =
                tokens.page(kind, token).orElseThrow(() -> KinesisErrors.invalidArgument("NextToken is invalid."));
        if (page.issued().plus(LIFE).isBefore(now)) {
            throw badRequest(
                    "ExpiredNextTokenException",
                    "NextToken has expired: it was made at %s and is valid for %d seconds."
                            .formatted(page.issued(), LIFE.toSeconds()));
        }
        return page;
    }
}
