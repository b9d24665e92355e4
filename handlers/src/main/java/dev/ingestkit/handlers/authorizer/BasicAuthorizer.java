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
 * Lets in who knows the user name and password that a secret in Secrets Manager holds.
 *
 * <p>Answers a policy that allows every submission to the stage, with the user name as principal. Missing, malformed or
 * wrong credentials fail with the message {@code Unauthorized}, which API Gateway answers with 401. When the secret
 * cannot be read, the function fails otherwise, which API Gateway answers with 500: nobody is let in on a guess.
 *
 * <p>The header's value and the secret are never logged. Thread-safe.
 */
public final class BasicAuthorizer implements RequestStreamHandler {

    private static final String SNAP_START = "snap-start";

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
     * Does a first fetch while Lambda starts the function, when it has the whole CPU. Under SnapStart this is what fills
     * the snapshot with loaded classes; the secret itself must not be in it, so it is dropped again.
     */
    void prime(boolean forSnapshot) {
        try {
            credentials.prime();
        } catch (SecretUnavailableException unavailable) {
            // The first request tries again and, if it fails too, reports it to its caller and the log.
            return;
        }
        if (forSnapshot) {
            credentials.forget();
        }
    }

    /**
     * @param input API Gateway's event for authorizers of type REQUEST
     * @param output the policy as JSON
     */
    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        JsonObject event = JsonObject.parse(input.readAllBytes());
        String arn = event.string("methodArn")
                .orElseThrow(() -> new IllegalArgumentException(
                        "the event has no methodArn: this function is an API Gateway authorizer of type REQUEST"));
        MethodArn method = MethodArn.parse(arn);
        Optional<String> header = AuthorizationHeader.in(event);
        if (header.isEmpty()) {
            throw refuse(context, "no Authorization header, or more than one");
        }
        Optional<Credentials> presented = Credentials.parse(header.get());
        if (presented.isEmpty()) {
            throw refuse(context, "the Authorization header is no valid Basic credentials");
        }
        if (!credentials.accepts(presented.get())) {
            throw refuse(context, "wrong user name or password");
        }
        output.write(policy(presented.get().username(), method).getBytes(StandardCharsets.UTF_8));
    }

    private String policy(String username, MethodArn method) {
        return "{\"principalId\":" + JsonText.quote(username)
                + ",\"policyDocument\":{\"Version\":\"2012-10-17\",\"Statement\":[{\"Action\":\"execute-api:Invoke\","
                + "\"Effect\":\"Allow\",\"Resource\":" + JsonText.quote(method.submissions())
                + "}]},\"context\":{\"realm\":" + JsonText.quote(config.realm()) + "}}";
    }

    private static UnauthorizedException refuse(Context context, String reason) {
        context.getLogger().log("Refused: " + reason + "\n");
        return new UnauthorizedException();
    }
}
