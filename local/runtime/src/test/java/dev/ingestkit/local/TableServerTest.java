package dev.ingestkit.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TableServerTest {

    private static final String CREATE = """
        {"TableName":"items","BillingMode":"PAY_PER_REQUEST",
         "KeySchema":[{"AttributeName":"p","KeyType":"HASH"}],
         "AttributeDefinitions":[{"AttributeName":"p","AttributeType":"S"}]}\
        """;

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    @Test
    void itemsSurviveARestartWithTheSameDirectory() throws Exception {
        Path data = directory.resolve("tables");
        try (TableServer server = TableServer.start(0, "eu-west-1", data)) {
            assertThat(call(server, "CreateTable", CREATE).body()).contains("arn:aws:dynamodb:eu-west-1:000000000000");
            call(server, "PutItem", "{\"TableName\":\"items\",\"Item\":{\"p\":{\"S\":\"a\"},\"v\":{\"N\":\"7\"}}}");
        }
        try (TableServer server = TableServer.start(0, "eu-west-1", data)) {
            assertThat(call(server, "GetItem", "{\"TableName\":\"items\",\"Key\":{\"p\":{\"S\":\"a\"}}}")
                            .body())
                    .contains("\"v\":{\"N\":\"7\"}");
        }
    }

    @Test
    void webPagesAreRejected() throws Exception {
        try (TableServer server = TableServer.start(0, "us-east-1", null)) {
            HttpRequest request = request(server.endpoint(), "ListTables", "{}")
                    .header("Origin", "https://example.com")
                    .build();
            assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void aDirectoryInUseIsNamed() {
        try (TableServer server = TableServer.start(0, "us-east-1", directory)) {
            assertThat(server.endpoint().getPort()).isPositive();
            assertThatThrownBy(() -> TableServer.start(0, "us-east-1", directory))
                    .isInstanceOfSatisfying(
                            StartException.class,
                            refused -> assertThat(refused.obstacle()).isEqualTo(StartException.Obstacle.DATA))
                    .hasRootCauseMessage(
                            "'" + directory + "' is in use by another process: stop it, or choose another directory");
        }
    }

    @Test
    void aPortInUseReleasesTheDirectory() {
        try (TableServer first = TableServer.start(0, "us-east-1", null)) {
            int port = first.endpoint().getPort();
            assertThatThrownBy(() -> TableServer.start(port, "us-east-1", directory))
                    .isInstanceOfSatisfying(
                            StartException.class,
                            refused -> assertThat(refused.obstacle()).isEqualTo(StartException.Obstacle.PORT));
        }
        TableServer second = TableServer.start(0, "us-east-1", directory);
        second.close();
        second.awaitClose();
        assertThat(directory.resolve("format")).exists();
    }

    private HttpResponse<String> call(TableServer server, String action, String body) throws Exception {
        HttpResponse<String> answer =
                http.send(request(server.endpoint(), action, body).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    private static HttpRequest.Builder request(URI endpoint, String action, String body) {
        return JsonRequests.of(endpoint, "DynamoDB_20120810." + action, body);
    }
}
