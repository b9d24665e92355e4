package dev.ingestkit.local.sqs;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.protocol.AwsInput;
import dev.ingestkit.local.protocol.AwsOutput;
import dev.ingestkit.local.protocol.ServiceException;
import dev.ingestkit.local.protocol.ServiceRequest;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Moves messages back from dead letter queues. A task moves the messages present at its start, oldest first, in
 * batches, so that other calls run in between. A task continues in the next process over the same store. Thread-safe.
 *
 * @see <a
 *
 * href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_StartMessageMoveTask.html">StartMessageMoveTask</a>
 */
final class MoveTasks {

    private static final int BATCH_SIZE = 100;
    private static final int MAX_TASKS = 100;

    private final QueueRegistry registry;
    private final ScheduledExecutorService scheduler;
    private final Deque<MoveTask> tasks = new ArrayDeque<>();

    /**
     * Continues the tasks of an earlier process.
     *
     * @param storage has them, and is the registry's
     */
    MoveTasks(QueueRegistry registry, QueueStorage storage, ScheduledExecutorService scheduler) {
        this.registry = requireNonNull(registry, "registry");
        this.scheduler = requireNonNull(scheduler, "scheduler");
        storage.moveTasks().stream()
                .flatMap(task -> QueueCodec.moveTask(task, registry::withArn).stream())
                .sorted(Comparator.comparingLong(task -> task.startedAt))
                .forEach(tasks::addFirst);
        tasks.stream()
                .filter(task -> task.status == MoveTask.Status.RUNNING)
                .forEach(task -> scheduler.execute(() -> moveBatch(task)));
    }

    synchronized JsonNode startMessageMoveTask(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        Queue source = source(input);
        Optional<Arn> destination = input.string("DestinationArn").map(arn -> checkedDestination(source, arn));
        if (registry.sourcesOf(source).isEmpty()) {
            throw SqsErrors.invalid("Source queue must be configured as a Dead Letter Queue.");
        }
        Optional<Long> perSecond = input.integer("MaxNumberOfMessagesPerSecond");
        if (perSecond.filter(rate -> rate < 1 || rate > 500).isPresent()) {
            throw SqsErrors.invalidValue(
                    "MaxNumberOfMessagesPerSecond", perSecond.get().toString(), "Must be between 1 and 500.");
        }
        boolean running =
                tasks.stream().anyMatch(task -> task.source == source && task.status == MoveTask.Status.RUNNING);
        if (running) {
            throw SqsErrors.invalid(
                    "There is already a task running. Only one active task is allowed for a source queue"
                            + " arn at a given time.");
        }
        int toMove = registry.counts(source).visible();
        MoveTask task = new MoveTask(registry.newId(), source, destination, perSecond, registry.now(), toMove);
        tasks.addFirst(task);
        registry.keep(storage -> storage.moveTask(task));
        if (tasks.size() > MAX_TASKS) {
            MoveTask oldest = tasks.removeLast();
            registry.keep(storage -> storage.forgotten(oldest));
        }
        scheduler.execute(() -> moveBatch(task));
        return AwsOutput.object().put("TaskHandle", task.handle());
    }

    private Arn checkedDestination(Queue source, String arn) {
        Queue destination = Arn.tryParse(arn)
                .flatMap(registry::withArn)
                .orElseThrow(() -> SqsErrors.resourceNotFound("DestinationArn"));
        if (destination == source) {
            throw SqsErrors.invalid("Source queue arn and destination queue arn cannot be the same.");
        }
        if (destination.settings.fifo() != source.settings.fifo()) {
            throw SqsErrors.unsupported("Messages move between queues of the same type only.");
        }
        return destination.arn;
    }

    private Queue source(AwsInput input) {
        String arn = input.string("SourceArn").orElseThrow(() -> SqsErrors.missing("SourceArn"));
        return Arn.tryParse(arn).flatMap(registry::withArn).orElseThrow(() -> SqsErrors.resourceNotFound("SourceArn"));
    }

    private synchronized void moveBatch(MoveTask task) {
        Optional<Queue> destination = task.destination.flatMap(registry::withArn);
        if (task.destination.isPresent() && destination.isEmpty()) {
            fail(task, "AWS.SimpleQueueService.NonExistentQueue");
            return;
        }
        int batchSize = task.perSecond.map(Long::intValue).orElse(BATCH_SIZE);
        for (int count = 0; count < batchSize && task.status == MoveTask.Status.RUNNING; count++) {
            moveOne(task, destination);
        }
        if (task.status == MoveTask.Status.RUNNING) {
            long delay = task.perSecond.isPresent() ? 1_000 : 0;
            var unused = scheduler.schedule(() -> moveBatch(task), delay, TimeUnit.MILLISECONDS);
        }
    }

    private void moveOne(MoveTask task, Optional<Queue> destination) {
        if (task.moved >= task.toMove) {
            end(task, MoveTask.Status.COMPLETED);
            return;
        }
        Optional<Boolean> moved = registry.moveOldest(task, destination);
        if (moved.isEmpty()) {
            end(task, MoveTask.Status.COMPLETED);
        } else if (!moved.get()) {
            fail(task, "CouldNotDetermineMessageSource");
        }
    }

    private void fail(MoveTask task, String reason) {
        task.failureReason = reason;
        end(task, MoveTask.Status.FAILED);
    }

    private void end(MoveTask task, MoveTask.Status status) {
        task.status = status;
        registry.keep(storage -> storage.moveTask(task));
    }

    synchronized JsonNode listMessageMoveTasks(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        Queue source = source(input);
        long limit = input.integer("MaxResults").orElse(1L);
        if (limit < 1 || limit > 10) {
            throw SqsErrors.invalidValue("MaxResults", Long.toString(limit), "Must be between 1 and 10.");
        }
        ObjectNode response = AwsOutput.object();
        ArrayNode results = response.putArray("Results");
        tasks.stream().filter(task -> task.source == source).limit(limit).forEach(task -> results.add(node(task)));
        return response;
    }

    private static ObjectNode node(MoveTask task) {
        ObjectNode node = AwsOutput.object();
        if (task.status == MoveTask.Status.RUNNING) {
            node.put("TaskHandle", task.handle());
        }
        node.put("Status", task.status.name()).put("SourceArn", task.source.arn.toString());
        task.destination.ifPresent(arn -> node.put("DestinationArn", arn.toString()));
        task.perSecond.ifPresent(rate -> node.put("MaxNumberOfMessagesPerSecond", rate));
        node.put("ApproximateNumberOfMessagesMoved", task.moved).put("ApproximateNumberOfMessagesToMove", task.toMove);
        if (task.failureReason != null) {
            node.put("FailureReason", task.failureReason);
        }
        return node.put("StartedTimestamp", task.startedAt);
    }

    synchronized JsonNode cancelMessageMoveTask(ServiceRequest request) {
        String handle = AwsInput.of(request).string("TaskHandle").orElseThrow(() -> SqsErrors.missing("TaskHandle"));
        if (!MoveTask.isHandle(handle)) {
            throw SqsErrors.invalidValue("TaskHandle", handle, "It is not a task handle.");
        }
        MoveTask task = tasks.stream()
                .filter(known -> known.handle().equals(handle))
                .findFirst()
                .orElseThrow(() -> SqsErrors.resourceNotFound("TaskHandle"));
        if (task.status != MoveTask.Status.RUNNING) {
            throw ServiceException.badRequest("InvalidParameterValueException", "Only active tasks can be cancelled.")
                    .withQueryCode("InvalidParameterValue");
        }
        end(task, MoveTask.Status.CANCELLED);
        return AwsOutput.object().put("ApproximateNumberOfMessagesMoved", task.moved);
    }
}
