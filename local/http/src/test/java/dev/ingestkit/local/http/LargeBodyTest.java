package dev.ingestkit.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks requests whose body a handler does not read because of its size. */
final class LargeBodyTest {

    private static final int LARGE = HttpHandler.LARGE_BODY_BYTES;
    private static HttpServer server;

    /** Reads large bodies at any path but {@code /limited}; answers with the size of the body. */
    static final class SizeHandler implements HttpHandler {

        @Override
        public CompletionStage<HttpResponse> handle(HttpRequest request) {
            int status = request.rawPath().equals("/limited") && request.bodyBytes() > LARGE ? 413 : 200;
            return CompletableFuture.completedFuture(
                    HttpResponse.text(status, request.bodyBytes() + " of " + request.body().length));
        }

        @Override
        public boolean readsLargeBody(HttpRequest head) {
            return !head.rawPath().equals("/limited");
        }
    }

    @BeforeAll
    static void start() {
        server = HttpServer.start(HttpServerConfig.loopback(0), new SizeHandler());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Expect: 100-continue\r\n", "", "Connection: keep-alive\r\n"})
    void anAnnouncedBodyIsRefusedBeforeItIsSent(String header) throws Exception {
        try (Socket socket = connect()) {
            head(socket, "/limited", "Content-Length: 99999999\r\n" + header);

            assertThat(answer(socket))
                    .startsWith("HTTP/1.1 413 ")
                    .contains("connection: close")
                    .endsWith("99999999 of 0");
        }
    }

    @Test
    void aClientThatSendsWithoutWaitingReadsTheAnswer() throws Exception {
        try (Socket socket = connect()) {
            head(socket, "/limited", "Content-Length: " + (LARGE + 1) + "\r\n");
            socket.getOutputStream().write(new byte[LARGE + 1]);

            assertThat(answer(socket)).startsWith("HTTP/1.1 413 ").endsWith((LARGE + 1) + " of 0");
        }
        Awaitility.await().until(() -> server.reservedBytes() == 0);
    }

    @Test
    void aBodyOfUnknownLengthIsRefusedOnceItIsTooLarge() throws Exception {
        try (Socket socket = connect()) {
            head(socket, "/limited", "Transfer-Encoding: chunked\r\n");
            chunk(socket, LARGE);
            chunk(socket, 1);

            assertThat(answer(socket)).startsWith("HTTP/1.1 413 ").endsWith("%d of %d".formatted(LARGE + 1, LARGE + 1));
        }
        Awaitility.await().until(() -> server.reservedBytes() == 0);
    }

    @Test
    void theLargestBodyThatEveryHandlerReadsIsAskedFor() throws Exception {
        try (Socket socket = connect()) {
            head(socket, "/limited", "Content-Length: " + LARGE + "\r\nExpect: 100-continue\r\nConnection: close\r\n");
            socket.getOutputStream().write(new byte[LARGE]);

            assertThat(answer(socket))
                    .startsWith("HTTP/1.1 100 Continue")
                    .contains("HTTP/1.1 200 ")
                    .endsWith(LARGE + " of " + LARGE);
        }
    }

    @Test
    void handlersThatReadLargeBodiesGetThemWhole() throws Exception {
        try (Socket socket = connect()) {
            head(socket, "/", "Content-Length: " + 2 * LARGE + "\r\nExpect: 100-continue\r\nConnection: close\r\n");
            socket.getOutputStream().write(new byte[2 * LARGE]);

            assertThat(answer(socket))
                    .startsWith("HTTP/1.1 100 Continue")
                    .contains("HTTP/1.1 200 ")
                    .endsWith(2 * LARGE + " of " + 2 * LARGE);
        }
    }

    private static Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(30_000);
        return socket;
    }

    private static void head(Socket socket, String path, String headers) throws IOException {
        String head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n";
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    }

    private static void chunk(Socket socket, int length) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.write(new byte[length]);
        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    /** Reads until the server closes its side of the connection. */
    private static String answer(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
