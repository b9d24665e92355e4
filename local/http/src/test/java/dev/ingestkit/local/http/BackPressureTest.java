package dev.ingestkit.local.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class BackPressureTest {

    private static final byte[] PIECE = new byte[64 << 10];
    private static final long TOTAL_BYTES = 64L << 20;

    private final ExecutorService writers = Executors.newSingleThreadExecutor();
    private final AtomicLong written = new AtomicLong();
    private final AtomicBoolean closed = new AtomicBoolean();

    @AfterEach
    void end() {
        writers.shutdownNow();
    }

    /** Writes at the client's pace, four times the amount that may be queued. */
    private void produce(StreamingBody.Sink sink) {
        sink.onClosed(() -> closed.set(true));
        writeNext(sink);
    }

    private void writeNext(StreamingBody.Sink sink) {
        if (written.get() >= TOTAL_BYTES) {
            sink.end();
        } else if (sink.write(PIECE)) {
            written.addAndGet(PIECE.length);
            sink.whenReady(() -> writers.execute(() -> writeNext(sink)));
        }
    }

    private HttpServer server() {
        return HttpServer.start(
                HttpServerConfig.loopback(0),
                request -> CompletableFuture.completedFuture(new HttpResponse(
                        200, Map.of("Content-Type", List.of("text/plain")), new HttpResponse.Streamed(this::produce))));
    }

    private static Socket request(HttpServer server) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(60_000);
        socket.getOutputStream()
                .write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void producersFollowTheClientsPaceAndAreNotCutOff() throws Exception {
        try (HttpServer server = server();
                Socket socket = request(server)) {
            InputStream in = socket.getInputStream();
            assertThat(in.read()).isEqualTo('H');
            Awaitility.await("the producer waits for its client")
                    .during(Duration.ofMillis(300))
                    .until(() -> written.get() < TOTAL_BYTES);

            long read = 1;
            byte[] piece = new byte[1 << 16];
            for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                read += length;
            }

            assertThat(read).isGreaterThan(TOTAL_BYTES);
        }
    }

    @Test
    void aClosedConnectionStopsItsProducer() throws Exception {
        try (HttpServer server = server()) {
            try (Socket socket = request(server)) {
                assertThat(socket.getInputStream().read()).isEqualTo('H');
            }
            Awaitility.await().untilTrue(closed);
            assertThat(written).hasValueLessThan(TOTAL_BYTES);
        }
    }
}
