package dev.ingestkit.local.sqs;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.Arn;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One StartMessageMoveTask, which moves messages out of a dead letter queue. Not thread-safe: {@link MoveTasks} guards
 * it.
 */
final class MoveTask {

    /** The status of a task, as AWS spells it. */
    enum Status {
        RUNNING,
        COMPLETED,
        CANCELLED,
        FAILED
    }

    final String id;
    final Queue source;
    final Optional<Arn> destination;
    final Optional<Long> perSecond;
    final long startedAt;
    final int toMove;
    Status status = Status.RUNNING;
    int moved;

    @Nullable
    String failureReason;

    MoveTask(String id, Queue source, Optional<Arn> destination, Optional<Long> perSecond, long startedAt, int toMove) {
        this.id = requireNonNull(id, "id");
        this.source = requireNonNull(source, "source");
        this.destination = requireNonNull(destination, "destination");
        this.perSecond = requireNonNull(perSecond, "perSecond");
        this.startedAt = startedAt;
        this.toMove = toMove;
    }

    String handle() {
        String text = "{\"taskId\":\"%s\",\"sourceArn\":\"%s\"}".formatted(id, source.arn);
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns whether a text has the form of a handle: a base64 JSON object. */
    static boolean isHandle(String text) {
        try {
            String decoded = new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
            return decoded.startsWith("{\"taskId\":") && decoded.endsWith("}");
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }
}
