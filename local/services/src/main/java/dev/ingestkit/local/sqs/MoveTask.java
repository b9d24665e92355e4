package dev.ingestkit.local.sqs;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One StartMessageMoveTask: moves messages from a dead letter queue. Not thread-safe: {@link MoveTasks} guards it. */
final class MoveTask {

    /** As AWS spells them. */
    enum Status {
        RUNNING,
        COMPLETED,
        CANCELLED,
        FAILED
    }

    final String id;
    final Queue source;
    final Optional<String> destinationArn;
    final Optional<Long> perSecond;
    final long startedAt;
    final int toMove;
    Status status = Status.RUNNING;
    int moved;

    @Nullable
    String failureReason;

    MoveTask(
            String id,
            Queue source,
            Optional<String> destinationArn,
            Optional<Long> perSecond,
            long startedAt,
            int toMove) {
        this.id = requireNonNull(id, "id");
        this.source = requireNonNull(source, "source");
        this.destinationArn = requireNonNull(destinationArn, "destinationArn");
        this.perSecond = requireNonNull(perSecond, "perSecond");
        this.startedAt = startedAt;
        this.toMove = toMove;
    }

    String handle() {
        String text = "{\"taskId\":\"%s\",\"sourceArn\":\"%s\"}".formatted(id, source.arn);
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
