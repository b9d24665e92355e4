package dev.ingestkit.local.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.ingestkit.local.functions.fixture.SdkCaller;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.journal.Origin;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that a service finds, by the trace header, the invocation that an SDK call came from. */
final class AttributionTest {

    private static final Pattern NEEDED = Pattern.compile(
            "(annotations|auth|aws-core|aws-json-protocol|checksums|dynamodb|endpoints|http|identity|json-utils|metrics"
                    + "|profiles|protocol|reactive-streams|regions|retries|sdk-core|slf4j-api|third-party|url-connection"
                    + "|utils).*\\.jar");

    @TempDir
    private Path folder;

    /** The SDK with its dependencies, as a build would put them into lib/. */
    private static Path code(Path folder) throws IOException {
        Path classes = Files.createDirectories(folder.resolve("dev/ingestkit/local/functions/fixture"));
        for (Path file : FixtureJar.fixtureClasses()) {
            Files.copy(file, classes.resolve(file.getFileName()));
        }
        Path library = Files.createDirectories(folder.resolve("lib"));
        for (String entry : System.getProperty("java.class.path").split(java.io.File.pathSeparator, -1)) {
            Path jar = Path.of(entry);
            boolean needed = NEEDED.matcher(String.valueOf(jar.getFileName())).matches();
            if (needed) {
                Files.copy(jar, library.resolve(jar.getFileName()));
            }
        }
        return folder;
    }

    @Test
    void callsOfTheSdkAreAttributedToTheirInvocations() throws IOException {
        List<String> headers = new CopyOnWriteArrayList<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            headers.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-Amzn-Trace-Id")));
            exchange.getRequestBody().readAllBytes();
            byte[] answer = "{\"TableNames\":[]}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        String endpoint = "http://127.0.0.1:" + server.getAddress().getPort();
        FunctionRuntimeOptions options = FunctionRuntimeOptions.of(
                        endpoint, "us-east-1", new Journal(Clock.systemUTC()))
                .withTemporaryFolder(folder);
        try (FunctionRuntime runtime = new FunctionRuntime(options)) {
            runtime.register(FunctionConfig.of(
                            "caller",
                            "arn:aws:lambda:us-east-1:000000000000:function:caller",
                            code(folder.resolve("code")),
                            SdkCaller.class.getName())
                    .withMemoryMegabytes(512)
                    .withTimeout(Duration.ofSeconds(60)));
            List<CompletableFuture<Invocation>> all = IntStream.range(0, 4)
                    .mapToObj(n -> runtime.invoke("caller", "\"x\"".getBytes(StandardCharsets.UTF_8)))
                    .toList();
            List<Origin> expected = all.stream()
                    .map(CompletableFuture::join)
                    .map(invocation -> {
                        assertThat(invocation.error()).as(invocation.logTail()).isEmpty();
                        return new Origin(invocation.requestId(), "caller");
                    })
                    .toList();
            assertThat(headers.stream().flatMap(header -> runtime.origins().origin(header).stream()))
                    .containsExactlyInAnyOrderElementsOf(expected);
        } finally {
            server.stop(0);
        }
    }
}
