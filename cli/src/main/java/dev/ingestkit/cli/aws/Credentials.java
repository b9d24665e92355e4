package dev.ingestkit.cli.aws;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.local.events.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import software.amazon.awssdk.core.exception.SdkException;

/** The API's Basic credentials. Its text form shows no password. */
public record Credentials(String username, String password) {

    private static final ObjectMapper MAPPER = Json.mapper();

    public Credentials {
        requireNonNull(username, "username");
        requireNonNull(password, "password");
    }

    /** Reads the credentials from the stack's secret. */
    public static Credentials read(AwsClients clients, StackResources stack) {
        String arn = stack.secretArn();
        try {
            String secret = clients.secrets()
                    .getSecretValue(request -> request.secretId(arn))
                    .secretString();
            JsonNode json = MAPPER.readTree(secret);
            return new Credentials(
                    json.path("username").asText(), json.path("password").asText());
        } catch (SdkException refused) {
            throw SdkFailures.of("SECRET", "the secret '" + arn + "'", refused);
        } catch (JsonProcessingException malformed) {
            // Without the cause, whose text would quote the secret.
            throw new CliException(
                    "SECRET_MALFORMED",
                    ExitCode.ENVIRONMENT,
                    "the secret '%s' does not have the form {\"username\":…,\"password\":…}".formatted(arn));
        }
    }

    /** Returns the value of an Authorization header (RFC 7617). */
    public String basic() {
        byte[] pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    @Override
    public String toString() {
        return "Credentials[username=" + username + "]";
    }
}
