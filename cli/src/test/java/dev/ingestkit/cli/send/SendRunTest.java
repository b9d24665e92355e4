package dev.ingestkit.cli.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The sender against an HTTP server with the answers of each test. */
final class SendRunTest {

    private static final byte[] ACCEPTED =
            "{\"shardId\":\"shardId-000000000000\",\"sequenceNumber\":\"1\"}".getBytes(StandardCharsets.UTF_8);

    /** Answers one request with a status. */
    @FunctionalInterface
    private interface Api {
        int status(HttpExchange request) throws Exception;
    }

    private final Queue<String> received = new ConcurrentLinkedQueue<>();
    private final List<SendOutcome> outcomes = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile Api api = request -> 200;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void end() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange request) throws IOException {
        try (request) {
            received.add(new String(request.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            int status = api.status(request);
            byte[] body = status == 200 ? ACCEPTED : "{\"error\":\"no\"}".getBytes(StandardCharsets.UTF_8);
            request.sendResponseHeaders(status, body.length);
            request.getResponseBody().write(body);
        } catch (Exception thrown) {
            throw new IOException(thrown);
        }
    }

    private SendRun run(PayloadSource source, SendRun.Plan plan, SendClock clock) {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/submit");
        SubmitClient client = SubmitClient.of(url, "events", "Basic eA==", 3, new Random(1));
        EventNaming naming = new EventNaming(new Chance(Clock.systemUTC(), 1L), "e-{n}", false);
        return new SendRun(source, naming, client, plan, (event, outcome, moment) -> outcomes.add(outcome), clock);
    }

    private static SendRun.Plan plan(long most, double rate, int concurrency) {
        return new SendRun.Plan(most, rate, concurrency, new BitSet());
    }

    private static PayloadSource endless() {
        AtomicLong number = new AtomicLong();
        return () -> Optional.of(Long.toString(number.incrementAndGet()).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void retriesOn429AndOn5xxAndWaitsAsLongAsTheServerAsks() {
        AtomicInteger request = new AtomicInteger();
        api = exchange -> switch (request.incrementAndGet()) {
            case 1 -> {
                exchange.getResponseHeaders().add("Retry-After", "7");
                yield 429;
            }
            case 2 -> 503;
            default -> 200;
        };
        CountingClock clock = new CountingClock(0);

        SendSummary summary = run(endless(), plan(1, 0, 1), clock).run();

        assertThat(summary.counts().accepted()).isEqualTo(1);
        assertThat(summary.counts().retried()).isEqualTo(2);
        assertThat(outcomes.get(0).attempts()).isEqualTo(3);
        assertThat(clock.slept()).isBetween(TimeUnit.SECONDS.toNanos(7), TimeUnit.SECONDS.toNanos(8));
    }

    @Test
    void givesUpAfterTheRetriesAndReportsTheLastAnswer() {
        api = exchange -> 500;

        SendSummary summary =
                run(endless(), plan(2, 0, 1), new CountingClock(0)).run();

        assertThat(summary.counts().rejected()).isEqualTo(2);
        assertThat(received).hasSize(8);
        assertThat(outcomes).allSatisfy(outcome -> {
            assertThat(outcome.status()).isEqualTo(500);
            assertThat(outcome.attempts()).isEqualTo(4);
            assertThat(outcome.error()).isEqualTo("no");
        });
    }

    @Test
    void doesNotRetryAFinalRejection() {
        api = exchange -> 400;

        run(endless(), plan(3, 0, 1), new CountingClock(0)).run();

        assertThat(received).containsExactly("1", "2", "3");
    }

    @Test
    void skipsOnlyTheEventsOfTheLedger() {
        BitSet done = new BitSet();
        done.set(1, 4);
        done.set(6);

        SendSummary summary = run(endless(), new SendRun.Plan(8, 0, 1, done), new CountingClock(0))
                .run();

        assertThat(received).containsExactly("4", "5", "7", "8");
        assertThat(summary.counts().skipped()).isEqualTo(4);
    }

    @Test
    void readsAnInputNoFasterThanItIsAnswered() throws Exception {
        CountDownLatch open = new CountDownLatch(1);
        api = exchange -> {
            open.await();
            return 200;
        };
        AtomicInteger taken = new AtomicInteger();
        PayloadSource source = () -> {
            taken.incrementAndGet();
            return Optional.of(new byte[] {'1'});
        };
        SendRun run = run(source, plan(100, 0, 4), SendClock.system());

        Future<SendSummary> summary = threads.submit(run::run);
        while (received.size() < 4) {
            Thread.onSpinWait();
        }

        assertThat(taken.get()).isEqualTo(4);
        open.countDown();
        assertThat(summary.get().counts().accepted()).isEqualTo(100);
    }

    @Test
    void aStopInterruptsAWaitForInput() throws Exception {
        try (PipedOutputStream writer = new PipedOutputStream();
                InputStream reader = new PipedInputStream(writer)) {
            SendRun run = run(Inputs.stream(reader, true), plan(Long.MAX_VALUE, 0, 2), SendClock.system());
            Future<SendSummary> summary = threads.submit(run::run);
            writer.write("1\n2\n3\n".getBytes(StandardCharsets.UTF_8));
            writer.flush();
            while (run.summary().counts().sent() < 3) {
                Thread.onSpinWait();
            }

            run.stop();

            assertThat(summary.get().counts().accepted()).isEqualTo(3);
        }
    }

    @Test
    void aStopCancelsRetriesAndKeepsTheLastAnswer() throws Exception {
        api = exchange -> {
            exchange.getResponseHeaders().add("Retry-After", "60");
            return 429;
        };
        SendRun run = run(endless(), plan(1, 0, 1), SendClock.system());
        Future<SendSummary> summary = threads.submit(run::run);
        while (received.isEmpty()) {
            Thread.onSpinWait();
        }

        run.stop();

        assertThat(summary.get().counts().rejected()).isEqualTo(1);
        assertThat(outcomes.get(0).status()).isEqualTo(429);
    }

    @Test
    void eachEventIsTimedFromItsScheduledMoment() {
        CountingClock clock = new CountingClock(0);
        AtomicInteger request = new AtomicInteger();
        api = exchange -> {
            if (request.incrementAndGet() == 1) {
                clock.pass(TimeUnit.SECONDS.toNanos(1));
            }
            return 200;
        };
        List<Long> waited = new ArrayList<>();
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/submit");
        SubmitClient client = SubmitClient.of(url, "events", "Basic eA==", 0, new Random(1));
        EventNaming naming = new EventNaming(new Chance(Clock.systemUTC(), 1L), "e-{n}", false);
        SendRun run = new SendRun(
                endless(),
                naming,
                client,
                plan(20, 10, 1),
                (event, outcome, moment) -> waited.add(moment.waited()),
                clock);

        run.run();

        assertThat(waited.subList(0, 4)).containsExactly(0L, 900_000_000L, 800_000_000L, 700_000_000L);
        assertThat(waited.subList(11, 20)).containsOnly(0L);
    }

    @Test
    void anUnreachableApiStopsTheRunAtOnce() {
        server.stop(0);

        SendRun run = run(endless(), plan(Long.MAX_VALUE, 0, 3), new CountingClock(0));

        assertThatThrownBy(run::run)
                .isInstanceOf(CliException.class)
                .hasMessage("the API or stream does not answer")
                .extracting(thrown -> ((CliException) thrown).exit())
                .isEqualTo(ExitCode.ENVIRONMENT);
    }
}
