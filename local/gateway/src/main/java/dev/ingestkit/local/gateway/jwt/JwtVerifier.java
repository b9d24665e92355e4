package dev.ingestkit.local.gateway.jwt;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.events.Json;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Checks tokens as API Gateway's JWT authorizers do: an RSA signature by a key of the issuer, {@code iss}, {@code aud}
 * or {@code client_id}, {@code exp}, {@code nbf}, {@code iat}, and one of the wanted scopes. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html">JWT
 *     authorizers</a>
 */
public final class JwtVerifier {

    private static final String EXPIRED = "the token has expired";
    private static final Map<String, String> ALGORITHMS =
            Map.of("RS256", "SHA256withRSA", "RS384", "SHA384withRSA", "RS512", "SHA512withRSA");

    /** The verdicts on a token. */
    public enum Verdict {
        ACCEPTED,
        INVALID,
        EXPIRED,
        /** A valid token without one of the wanted scopes. */
        OUT_OF_SCOPE
    }

    /**
     * The outcome of a check.
     *
     * @param claims the token's claims; missing for a token that is not valid
     * @param scopes the token's scopes
     * @param problem why the token is refused; empty if it is accepted
     */
    public record Outcome(JsonNode claims, List<String> scopes, Optional<String> problem, Verdict verdict) {

        public Outcome {
            scopes = List.copyOf(scopes);
        }

        /** Returns whether a valid token lacks the scopes, which is 403 and not 401 for HTTP APIs. */
        public boolean forbidden() {
            return verdict == Verdict.OUT_OF_SCOPE;
        }
    }

    /**
     * The demands on a token.
     *
     * @param audience the values of which the token must have one; null for any token
     * @param scopes the scopes of which the token must have one; empty for any token
     */
    public record Demand(String issuer, @Nullable List<String> audience, List<String> scopes) {

        public Demand {
            audience = audience == null ? null : List.copyOf(audience);
            scopes = List.copyOf(scopes);
        }
    }

    private record Token(String signed, JsonNode header, JsonNode claims, byte[] signature) {}

    private final KeySource keys;
    private final Clock clock;

    public JwtVerifier(KeySource keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /** Checks a token, with or without {@code Bearer} before it. Completes normally for a token that is refused. */
    public CompletableFuture<Outcome> verify(String text, Demand demand) {
        Token token;
        try {
            token = parse(text);
        } catch (IOException | IllegalArgumentException malformed) {
            return CompletableFuture.completedFuture(refused("the token is malformed"));
        }
        Optional<String> problem = claimProblem(token.claims(), demand);
        if (problem.isPresent()) {
            Verdict verdict = problem.get().equals(EXPIRED) ? Verdict.EXPIRED : Verdict.INVALID;
            return CompletableFuture.completedFuture(refused(problem.get(), verdict));
        }
        return key(token, demand.issuer(), false)
                .thenCompose(key ->
                        key.isPresent() ? CompletableFuture.completedFuture(key) : key(token, demand.issuer(), true))
                .thenApply(key -> signedOutcome(token, key, demand));
    }

    /** Returns the issuer that a token names, without any check; empty for a malformed token. */
    public static Optional<String> issuer(String text) {
        try {
            return Optional.of(parse(text).claims().path("iss").asText());
        } catch (IOException | IllegalArgumentException malformed) {
            // A malformed token names no issuer.
            return Optional.empty();
        }
    }

    private static Token parse(String text) throws IOException {
        String bare = text.regionMatches(true, 0, "Bearer ", 0, 7) ? text.substring(7) : text;
        String[] parts = bare.strip().split("\\.", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("a token has three parts");
        }
        Base64.Decoder decoder = Base64.getUrlDecoder();
        JsonNode header = Json.mapper().readTree(decoder.decode(parts[0]));
        JsonNode claims = Json.mapper().readTree(decoder.decode(parts[1]));
        if (!header.isObject() || !claims.isObject()) {
            throw new IllegalArgumentException("header and claims are objects");
        }
        return new Token(parts[0] + "." + parts[1], header, claims, decoder.decode(parts[2]));
    }

    private Optional<String> claimProblem(JsonNode claims, Demand demand) {
        long now = clock.instant().getEpochSecond();
        if (!claims.path("iss").asText().equals(demand.issuer())) {
            return Optional.of("the token has an invalid issuer");
        }
        JsonNode audience = claims.has("aud") ? claims.get("aud") : claims.path("client_id");
        List<String> wanted = demand.audience();
        if (wanted != null && texts(audience).stream().noneMatch(wanted::contains)) {
            return Optional.of("the token does not have a valid audience");
        }
        if (!claims.path("exp").isNumber() || claims.get("exp").asLong() <= now) {
            return Optional.of(EXPIRED);
        }
        boolean isEarly =
                claims.path("nbf").asLong(0) > now || claims.path("iat").asLong(0) > now;
        return isEarly ? Optional.of("the token is not valid yet") : Optional.empty();
    }

    private CompletableFuture<Optional<PublicKey>> key(Token token, String issuer, boolean fresh) {
        String id = token.header().path("kid").asText();
        return keys.keys(issuer, fresh).thenApply(set -> {
            for (JsonNode key : set.path("keys")) {
                boolean isMeant = id.isEmpty() || key.path("kid").asText().equals(id);
                if (isMeant && key.path("kty").asText().equals("RSA")) {
                    return publicKey(key);
                }
            }
            return Optional.empty();
        });
    }

    private static Optional<PublicKey> publicKey(JsonNode key) {
        try {
            RSAPublicKeySpec spec = new RSAPublicKeySpec(number(key.path("n")), number(key.path("e")));
            return Optional.of(KeyFactory.getInstance("RSA").generatePublic(spec));
        } catch (GeneralSecurityException | IllegalArgumentException unusable) {
            // A key that is not an RSA key cannot have signed the token.
            return Optional.empty();
        }
    }

    private static BigInteger number(JsonNode base64) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(base64.asText()));
    }

    private static Outcome signedOutcome(Token token, Optional<PublicKey> key, Demand demand) {
        String algorithm = ALGORITHMS.get(token.header().path("alg").asText());
        if (algorithm == null || key.isEmpty()) {
            return refused(
                    algorithm == null ? "the token's algorithm is not supported" : "unable to find the signing key");
        }
        try {
            Signature check = Signature.getInstance(algorithm);
            check.initVerify(key.get());
            check.update(token.signed().getBytes(StandardCharsets.US_ASCII));
            if (!check.verify(token.signature())) {
                return refused("the signature is invalid");
            }
        } catch (GeneralSecurityException unusable) {
            return refused("the signature is invalid");
        }
        List<String> scopes = scopes(token.claims());
        boolean suffices = demand.scopes().isEmpty() || scopes.stream().anyMatch(demand.scopes()::contains);
        return new Outcome(
                token.claims(),
                scopes,
                suffices ? Optional.empty() : Optional.of("the token does not have a required scope"),
                suffices ? Verdict.ACCEPTED : Verdict.OUT_OF_SCOPE);
    }

    private static List<String> scopes(JsonNode claims) {
        JsonNode scope = claims.has("scope") ? claims.get("scope") : claims.path("scp");
        if (scope.isTextual()) {
            return List.of(scope.textValue().strip().split("\\s+"));
        }
        return texts(scope);
    }

    private static List<String> texts(JsonNode value) {
        List<String> texts = new ArrayList<>();
        if (value.isTextual()) {
            texts.add(value.textValue());
        }
        value.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    private static Outcome refused(String problem) {
        return refused(problem, Verdict.INVALID);
    }

    private static Outcome refused(String problem, Verdict verdict) {
        return new Outcome(Json.mapper().missingNode(), List.of(), Optional.of(problem), verdict);
    }
}
