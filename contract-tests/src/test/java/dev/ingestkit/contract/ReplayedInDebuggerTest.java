package dev.ingestkit.contract;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.ClassPrepareRequest;
import dev.ingestkit.local.LocalRuntime;
import dev.ingestkit.local.capsule.Capsule;
import dev.ingestkit.local.capsule.CapsuleContents;
import dev.ingestkit.local.events.Json;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Replays a capsule while a debugger stops in the handler, as jdb does. */
final class ReplayedInDebuggerTest {

    private static final String HANDLER = "dev.ingestkit.handlers.writer.EventWriter";
    private static final Duration MAX_WAIT = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void theFunctionWaitsForTheDebuggerAndStopsInItsHandler(CapsuleContents.Kind kind) throws Exception {
        int port = freePort();
        Path capsule = Files.write(folder.resolve("late.capsule"), capsule(kind).json());
        try (LocalRuntime runtime = LocalRuntime.start(EmbeddedStack.config())) {
            CompletableFuture<Tool.Result> replay = CompletableFuture.supplyAsync(() -> new Tool(folder)
                    .run(
                            "capsule",
                            "replay",
                            capsule.toString(),
                            "--debug",
                            Integer.toString(port),
                            "--endpoint-url",
                            runtime.endpoint().toString()));

            VirtualMachine function = Awaitility.await("the function listens")
                    .atMost(MAX_WAIT)
                    .ignoreExceptions()
                    .until(() -> attach(port), attached -> true);
            assertThat(replay).isNotDone();
            assertThat(stopIn(function, "handleRequest")).isEqualTo(HANDLER);
            assertThat(replay).isNotDone();
            function.dispose();

            Tool.Result result = replay.get(MAX_WAIT.toSeconds(), TimeUnit.SECONDS);
            assertThat(result.exit()).as(result.err()).isZero();
            assertThat(result.err()).contains("waits for a debugger on localhost:" + port);
            assertThat(result.out()).contains("batchItemFailures");
        }
    }

    private static VirtualMachine attach(int port) throws Exception {
        AttachingConnector socket = Bootstrap.virtualMachineManager().attachingConnectors().stream()
                .filter(connector -> connector.name().equals("com.sun.jdi.SocketAttach"))
                .findFirst()
                .orElseThrow();
        Map<String, Connector.Argument> arguments = socket.defaultArguments();
        requireNonNull(arguments.get("hostname")).setValue("127.0.0.1");
        requireNonNull(arguments.get("port")).setValue(Integer.toString(port));
        return socket.attach(arguments);
    }

    /** Resumes the function until it enters a method of the handler; returns the class in which it stopped. */
    private static String stopIn(VirtualMachine function, String method) throws InterruptedException {
        ClassPrepareRequest loaded = function.eventRequestManager().createClassPrepareRequest();
        loaded.addClassFilter(HANDLER);
        loaded.enable();
        function.resume();
        while (true) {
            EventSet events = requireNonNull(function.eventQueue().remove(MAX_WAIT.toMillis()), "no event of the JVM");
            for (Event event : events) {
                if (event instanceof BreakpointEvent stopped) {
                    return stopped.location().declaringType().name();
                }
                if (event instanceof ClassPrepareEvent prepared) {
                    breakAt(function, prepared.referenceType(), method);
                }
            }
            events.resume();
        }
    }

    private static void breakAt(VirtualMachine function, ReferenceType type, String method) {
        type.methodsByName(method)
                .forEach(found -> function.eventRequestManager()
                        .createBreakpointRequest(found.location())
                        .enable());
    }

    private static Capsule capsule(CapsuleContents.Kind kind) throws IOException {
        String stream = "arn:aws:kinesis:us-east-1:000000000000:stream/events";
        CapsuleContents.Batch records = new CapsuleContents.Batch(
                stream,
                "shardId-000000000000",
                List.of(new CapsuleContents.Item(
                        "49590338271490256608559692538361571095921575989136588898",
                        "late",
                        Instant.parse("2026-01-31T12:00:00Z"),
                        "{\"eventId\":\"late\"}".getBytes(StandardCharsets.UTF_8))));
        return new Capsule(
                "late",
                Instant.EPOCH,
                "none",
                new Capsule.Source("Writer", ""),
                kind == CapsuleContents.Kind.RECORDS
                        ? records
                        : new CapsuleContents.Event(Json.exactMapper().readTree(records.event())),
                Json.mapper().createObjectNode());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
