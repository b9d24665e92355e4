package dev.ingestkit.contract;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.local.journal.JournalEvent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restarts an attached runtime on a stream that stays. */
final class AttachedRestartTest {

    private static final Duration MAX_WAIT = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void anAttachedRuntimeResumesAtItsCheckpoint() throws IOException {
        Path state = folder.resolve("state");
        try (AttachedStack stack = new AttachedStack(EmbeddedStack.config(template()), state);
                AwsClients clients = new AwsClients(EmbeddedStack.target(stack.data()))) {
            FailingPipeline stream = new FailingPipeline(
                    clients,
                    requireNonNull(stack.data().outputs().get("StreamName")),
                    requireNonNull(stack.data().outputs().get("QueueUrl")),
                    MAX_WAIT,
                    Set.of());
            stream.put(List.of("good 1", "good 2"));
            String last = stream.put(List.of("good 3")).get(0).sequenceNumber();
            Awaitility.await("the checkpoint is saved")
                    .atMost(MAX_WAIT)
                    .until(() -> checkpoints(state).contains(last));

            stack.restart();
            String next = stream.put(List.of("good 4")).get(0).sequenceNumber();
            Awaitility.await("the next checkpoint is saved")
                    .atMost(MAX_WAIT)
                    .until(() -> checkpoints(state).contains(next));

            assertThat(delivered(stack)).singleElement().satisfies(batch -> {
                assertThat(batch.range().firstSequenceNumber()).isEqualTo(next);
                assertThat(batch.range().records()).isEqualTo(1);
            });
        }
    }

    private Path template() throws IOException {
        Path template = folder.resolve("failing.yaml");
        try (InputStream text = getClass().getResourceAsStream("/failing.yaml")) {
            Files.copy(Objects.requireNonNull(text, "failing.yaml"), template);
        }
        Files.write(folder.resolve("poison.jar"), FunctionArchive.of(PoisonFunction.class));
        return template;
    }

    private static List<JournalEvent.Delivered> delivered(AttachedStack stack) {
        return stack.attached().journal().after(0, Integer.MAX_VALUE).stream()
                .map(entry -> entry.event())
                .filter(JournalEvent.Delivered.class::isInstance)
                .map(JournalEvent.Delivered.class::cast)
                .toList();
    }

    /** Returns the text of all checkpoint files; a file that is being replaced is read in the next round. */
    private static String checkpoints(Path state) {
        try (Stream<Path> files = Files.walk(state)) {
            StringBuilder text = new StringBuilder();
            for (Path file : files.filter(each -> each.toString().endsWith(".checkpoints"))
                    .toList()) {
                text.append(Files.readString(file));
            }
            return text.toString();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
