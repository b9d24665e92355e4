package dev.ingestkit.handlers.authorizer;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * Allows requests with the user name and password that a secret in Secrets Manager holds.
 *
 * <p>Returns a policy that allows every submission to the stage, with the user name as principal. Missing, malformed or
 * wrong credentials fail with the message {@code Unauthorized}, which API Gateway answers with 401. When the secret
 * cannot be read, the function fails with another message, which API Gateway answers with 500: no request is allowed on
 * a guess.
 *
 * <p>The header's value and the secret are never logged. Thread-safe.
 */
public final class BasicAuthorizer implements RequestStreamHandler {

    private static final String SNAP_START = "snap-start";

    /** A request with made-up credentials, for priming. */
    private static final String SAMPLE = "{\"type\":\"REQUEST\",\"methodArn\":"
            + "\"arn:aws:execute-api:us-east-1:000000000000:sample/v1/POST/submit/stream/event\","
            + "\"multiValueHeaders\":{\"Authorization\":[\"Basic c2FtcGxlOnNhbXBsZQ==\"]},"
            + "\"requestContext\":{\"requestId\":\"sample\"}}";

    private final AuthorizerConfig config;
    private final CredentialStore credentials;

    /** Used by Lambda: configured by the function's environment. */
    public BasicAuthorizer() {
        this(System.getenv(), Clock.systemUTC());
        prime(SNAP_START.equals(System.getenv("AWS_LAMBDA_INITIALIZATION_TYPE")));
    }

    BasicAuthorizer(Map<String, String> environment, Clock clock) {
        this.config = AuthorizerConfig.from(environment);
        this.credentials =
                new CredentialStore(SecretsManager.from(config.secretId(), environment, clock), config, clock);
    }

    /**
     * Makes one complete decision during the init phase, when the function has the full CPU: reads a request, fetches
     * the secret, compares, writes a policy. Under SnapStart this fills the snapshot with loaded and warmed-up code;
     * neither the secret nor the function's own credentials may be in it, so both are dropped afterwards.
     */
    void prime(boolean forSnapshot) {
        JsonObject event = JsonObject.parse(SAMPLE);
        Credentials sample = AuthorizationHeader.in(event)
                .flatMap(Credentials::parse)
                .orElseThrow(() -> new IllegalStateException("the sample request has no credentials"));
        policy(sample.username(), MethodArn.parse(methodArn(event)));
        try {
            credentials.prime(sample);
        } catch (SecretUnavailableException unavailable) {
            // The first request tries again and, if it fails too, reports it to its caller and the log.
            return;
        } finally {
            if (forSnapshot) {
                credentials.forget();
            }
        }
    }

    /**
     * Answers one authorizer request with a policy.
     *
     * @param input API Gateway's event for authorizers of type REQUEST
     * @param output the policy as JSON
     */
    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        JsonObject event = JsonObject.parse(input.readAllBytes());
        try {
            output.write(decide(event, context).getBytes(StandardCharsets.UTF_8));
        } catch (SecretUnavailableException | IllegalArgumentException failure) {
            AuthorizerLog.of(event, context).failed(failure);
            throw failure;
        }
    }

    private String decide(JsonObject event, Context context) {
        MethodArn method = MethodArn.parse(methodArn(event));
        Optional<String> header = AuthorizationHeader.in(event);
        if (header.isEmpty()) {
            throw refuse(event, context, "no Authorization header, or more than one");
        }
        Optional<Credentials> presented = Credentials.parse(header.get());
        if (presented.isEmpty()) {
            throw refuse(event, context, "the Authorization header does not hold valid Basic credentials");
        }
        if (!credentials.accepts(presented.get())) {
            throw refuse(event, context, "wrong user name or password");
        }
        return policy(presented.get().username(), method);
    }

    private static String methodArn(JsonObject event) {
        return event.string("methodArn")
                .orElseThrow(() -> new IllegalArgumentException(
                        "the event has no methodArn: this function is an API Gateway authorizer of type REQUEST"));
    }

    private String policy(String username, MethodArn method) {
        return "{\"principalId\":" + JsonText.quote(username)
                + ",\"policyDocument\":{\"Version\":\"2012-10-17\",\"Statement\":[{\"Action\":\"execute-api:Invoke\","
                + "\"Effect\":\"Allow\",\"Resource\":" + JsonText.quote(method.submissions())
                + "}]},\"context\":{\"realm\":" + JsonText.quote(config.realm()) + "}}";
    }

    private static UnauthorizedException refuse(JsonObject event, Context context, String reason) {
        AuthorizerLog.of(event, context).refused(reason);
        return new UnauthorizedException();
    }
}
