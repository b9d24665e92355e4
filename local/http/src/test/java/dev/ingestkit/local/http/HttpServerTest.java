package dev.ingestkit.local.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpServerTest {

    private static final String HOST = "Host: localhost\\r\\n";
    private static HttpServer server;

    @BeforeAll
    static void start() {
        HttpServerConfig config = HttpServerConfig.loopback(0)
                .withLimits(1000, 2000)
                .withTimeouts(Duration.ofSeconds(20), Duration.ofMillis(500), Duration.ZERO);
        server = HttpServer.start(
                config,
                request -> CompletableFuture.completedFuture(HttpResponse.text(
                        200,
                        request.method() + " " + request.rawPath() + " "
                                + new String(request.body(), StandardCharsets.UTF_8))));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        GET / HTTP/1.1\\r\\n\\r\\n                                                     | 400
        GET / HTTP/1.1\\r\\nHost: a\\r\\nHost: b\\r\\n\\r\\n                           | 400
        GET / HTTP/1.1\\r\\nHost: evil.example\\r\\n\\r\\n                             | 403
        GET http://evil.example/ HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n             | 403
        GET / HTTP/1.1\\r\\nHost: x.localhost:99\\r\\n\\r\\n                           | 200
        GET / HTTP/1.1\\r\\nHost: sqs.localhost.localstack.cloud:99\\r\\n\\r\\n       | 200
        GET / HTTP/1.1\\r\\nHost: localhost.localstack.cloud.evil\\r\\n\\r\\n      | 403
        GET / HTTP/1.1\\r\\nHost: evillocalhost\\r\\n\\r\\n                          | 403
        GET / HTTP/1.1\\r\\nHost: localhost:evil\\r\\n\\r\\n                           | 403
        GET / HTTP/3.0\\r\\nHost: localhost\\r\\n\\r\\n                                | 505
        GET / HTTP/1.0\\r\\n\\r\\n                                                     | 200
        GET nothing HTTP/1.1\\r\\nHost: localhost\\r\\n\\r\\n                          | 400
        rubbish\\r\\n\\r\\n                                                            | 400
        POST / HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Length: x\\r\\n\\r\\n        | 400
        POST / HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Length: -1\\r\\n\\r\\n       | 400
        POST / HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Length: 1001\\r\\n\\r\\n     | 413
        POST / HTTP/1.1\\r\\nHost: localhost\\r\\nContent-Length: 9\\r\\n\\r\\nab      | 408
        POST / HTTP/1.1\\r\\nHost: local                                               | 408
        POST / HTTP/1.1\\r\\nHost: localhost\\r\\nTransfer-Encoding: gzip\\r\\n\\r\\n  | 400
        POST / HTTP/1.1\\r\\nHost: localhost\\r\\nExpect: gold\\r\\n\\r\\n             | 417
        """)
    void unacceptableRequestsGetAStatus(String request, int status) throws Exception {
        assertThat(send(request)).startsWith("HTTP/1.1 " + status + " ");
    }

    @Test
    void requestsWithTwoLengthsGet400() throws Exception {
        assertThat(send("POST / HTTP/1.1\\r\\n" + HOST
                        + "Content-Length: 3\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n0\\r\\n\\r\\n"))
                .startsWith("HTTP/1.1 400 ");
    }

    @Test
    void largeHeadersGet431AndLongLinesGet414() throws Exception {
        assertThat(send("GET / HTTP/1.1\\r\\n" + HOST + "X: " + "y".repeat(3000) + "\\r\\n\\r\\n"))
                .startsWith("HTTP/1.1 431 ");
        assertThat(send("GET /" + "y".repeat(3000) + " HTTP/1.1\\r\\n" + HOST + "\\r\\n"))
                .startsWith("HTTP/1.1 414 ");
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws Exception {
        String responses = send("GET /1 HTTP/1.1\\r\\n" + HOST + "\\r\\nGET /2 HTTP/1.1\\r\\n" + HOST
                + "\\r\\nGET /3 HTTP/1.1\\r\\n" + HOST + "Connection: close\\r\\n\\r\\n");
        assertThat(responses).containsSubsequence("GET /1", "GET /2", "GET /3");
    }

    @Test
    void chunkedBodiesAndExpectationsWork() throws Exception {
        assertThat(send("POST /c HTTP/1.1\\r\\n" + HOST
                        + "Expect: 100-continue\\r\\nTransfer-Encoding: chunked\\r\\nConnection: close\\r\\n\\r\\n"
                        + "3\\r\\nabc\\r\\n2\\r\\nde\\r\\n0\\r\\n\\r\\n"))
                .startsWith("HTTP/1.1 100 Continue")
                .contains("HTTP/1.1 200 OK")
                .endsWith("POST /c abcde");
    }

    /** As java.net.http.HttpClient sends each request unless it is told the version. */
    @Test
    void aRequestThatOffersHttp2InTheClearIsAnsweredByHttp1() throws Exception {
        java.net.http.HttpRequest post = java.net.http.HttpRequest.newBuilder(
                        URI.create("http://localhost:" + server.port() + "/offer"))
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString("body"))
                .build();

        java.net.http.HttpResponse<String> answer =
                HttpClient.newHttpClient().send(post, java.net.http.HttpResponse.BodyHandlers.ofString());

        assertThat(answer.body()).isEqualTo("POST /offer body");
        assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
    }

    @Test
    void headResponsesHaveALengthAndNoBody() throws Exception {
        assertThat(send("HEAD /h HTTP/1.1\\r\\n" + HOST + "Connection: close\\r\\n\\r\\n"))
                .contains("content-length: 8")
                .endsWith("\r\n\r\n");
    }

    @Test
    void portsInUseAreNamed() {
        assertThatThrownBy(() -> HttpServer.start(
                        HttpServerConfig.loopback(server.port()), request -> new CompletableFuture<>()))
                .isInstanceOf(AddressUnavailableException.class)
                .hasMessageContaining("127.0.0.1:" + server.port());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "P", "PRI * HTTP/2.0\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "GET / HTTP/1.1\r\nHo"})
    void halfClosedConnectionsWithoutARequestAreClosed(String beginning) throws Exception {
        try (HttpServer patient = HttpServer.start(HttpServerConfig.loopback(0), request -> {
                    throw new IllegalStateException("no request expected");
                });
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), patient.port())) {
            socket.setSoTimeout(15_000);
            socket.getOutputStream().write(beginning.getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();

            assertThat(socket.getInputStream().readAllBytes())
                    .as("output before the connection closed")
                    .hasSizeLessThan(200);
        }
    }

    @Test
    void randomBytesNeitherHangThePortNorHoldMemory() throws Exception {
        long seed = 20_261_123L;
        Random random = new Random(seed);
        byte[] preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 300; i++) {
            byte[] junk = new byte[random.nextInt(400)];
            random.nextBytes(junk);
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
                if (i % 2 == 0) {
                    socket.getOutputStream().write(preface);
                }
                socket.getOutputStream().write(junk);
            } catch (IOException reset) {
                assertThat(reset).as("seed %d, case %d", seed, i).isInstanceOf(SocketException.class);
            }
        }
        assertThat(send("GET /alive HTTP/1.1\\r\\n" + HOST + "Connection: close\\r\\n\\r\\n"))
                .contains("GET /alive");
        Awaitility.await().until(() -> server.reservedBytes() == 0);
    }

    /** Sends a request in which {@code \r\n} is spelled out, and reads until the server closes the connection. */
    private static String send(String request) throws IOException {
        String bytes = request.replace("\\r\\n", "\r\n");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(15_000);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            if (!bytes.contains("ab") && !bytes.endsWith("local")) {
                socket.shutdownOutput();
            }
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
