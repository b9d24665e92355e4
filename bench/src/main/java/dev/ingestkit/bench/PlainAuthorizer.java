package dev.ingestkit.bench;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * The yardstick of {@link AuthorizerColdStart}: a straightforward authorizer with the SDK's client and a JSON library
 * that reads the secret in each call. It uses the smallest of the SDK's HTTP clients, in its favor. Public because
 * Lambda's runtime calls it by reflection.
 */
public final class PlainAuthorizer {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final SecretsManagerClient secrets = SecretsManagerClient.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();

    /** Decides by the request's Authorization header. */
    public Map<String, Object> handleRequest(Map<String, Object> event) throws Exception {
        Map<?, ?> headers = (Map<?, ?>) requireNonNull(event.get("headers"));
        String header = requireNonNull(headers.get("Authorization")).toString();
        String pair =
                new String(Base64.getDecoder().decode(header.substring("Basic ".length())), StandardCharsets.UTF_8);
        String text = secrets.getSecretValue(request -> request.secretId(System.getenv("SECRET_ARN")))
                .secretString();
        JsonNode secret = JSON.readTree(text);
        boolean right = pair.equals(
                secret.get("username").asText() + ":" + secret.get("password").asText());
        Map<String, Object> statement = Map.of(
                "Action", "execute-api:Invoke", "Effect", right ? "Allow" : "Deny", "Resource", event.get("methodArn"));
        return Map.of(
                "principalId",
                "user",
                "policyDocument",
                Map.of("Version", "2012-10-17", "Statement", List.of(statement)));
    }
}
