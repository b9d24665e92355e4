package dev.ingestkit.local.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ingestkit.local.faults.Faults;
import dev.ingestkit.local.http.HttpServer;
import dev.ingestkit.local.http.HttpServerConfig;
import dev.ingestkit.local.protocol.ServiceRouter;
import dev.ingestkit.local.time.MutableClock;
import java.net.URI;
import java.security.SecureRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/** Calls the service over its port with AWS's own client. */
final class SecretsHttpTest {

    private final MutableClock clock = new MutableClock();
    private final SecretsService service = new SecretsService(
            clock,
            "us-east-1",
            "000000000000",
            Faults.NONE,
            () -> (function, payload) -> new CompletableFuture<>(),
            new SecureRandom());
    private final HttpServer server = HttpServer.start(
            HttpServerConfig.loopback(0),
            ServiceRouter.builder().service(service).build());

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void sdkClientReadsTextBytesAndTimes() {
        try (SecretsManagerClient client = SecretsManagerClient.builder()
                .endpointOverride(URI.create("http://localhost:" + server.port()))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .httpClient(UrlConnectionHttpClient.create())
                .build()) {
            String arn = client.createSecret(create -> create.name("s").secretString("é"))
                    .arn();
            client.createSecret(create -> create.name("b").secretBinary(SdkBytes.fromByteArray(new byte[] {0, -1})));

            var text = client.getSecretValue(get -> get.secretId(arn));
            assertThat(text.secretString()).isEqualTo("é");
            assertThat(text.createdDate()).isEqualTo(clock.instant());
            assertThat(text.versionStages()).containsExactly("AWSCURRENT");
            assertThat(client.getSecretValue(get -> get.secretId("b"))
                            .secretBinary()
                            .asByteArray())
                    .containsExactly(0, -1);
            assertThat(client.listSecretsPaginator(list -> list.maxResults(1)).stream()
                            .flatMap(page -> page.secretList().stream()))
                    .extracting(secret -> secret.name())
                    .containsExactly("s", "b");
            assertThat(client.getRandomPassword(password -> password.passwordLength(20L))
                            .randomPassword())
                    .hasSize(20);
            assertThatExceptionOfType(ResourceNotFoundException.class)
                    .isThrownBy(() -> client.getSecretValue(get -> get.secretId("nowhere")));
        }
    }

    @Test
    void modeledErrorsSpellMessageWithACapital() throws Exception {
        var request = java.net.http.HttpRequest.newBuilder(URI.create("http://localhost:" + server.port()))
                .header("X-Amz-Target", "secretsmanager.GetSecretValue")
                .header("Content-Type", "application/x-amz-json-1.1")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{\"SecretId\":\"gone\"}"))
                .build();
        String body = java.net.http.HttpClient.newHttpClient()
                .send(request, java.net.http.HttpResponse.BodyHandlers.ofString())
                .body();

        assertThat(body).contains("\"Message\":").doesNotContain("\"message\":");
    }
}
