package dev.ingestkit.local.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ingestkit.local.mapping.failure.FailureDestination;
import dev.ingestkit.local.mapping.failure.FailureNotice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A queue that fails a given number of times. */
final class FakeDestination implements FailureDestination {

    static final String ARN = "arn:aws:sqs:us-east-1:000000000000:dead-letters";

    private static final ObjectMapper JSON = new ObjectMapper();

    final List<String> messages = new ArrayList<>();
    final List<FailureNotice> notices = new ArrayList<>();
    int refusals;

    @Override
    public CompletionStage<String> send(String destinationArn, FailureNotice notice) {
        if (!destinationArn.equals(ARN)) {
            return CompletableFuture.failedFuture(new UnsupportedOperationException("no queue: " + destinationArn));
        }
        if (refusals > 0) {
            refusals--;
            return CompletableFuture.failedFuture(new IllegalStateException("the queue is unavailable"));
        }
        messages.add(notice.message());
        notices.add(notice);
        return CompletableFuture.completedFuture("message-" + messages.size());
    }

    JsonNode message(int index) {
        try {
            return JSON.readTree(messages.get(index));
        } catch (IOException broken) {
            throw new UncheckedIOException("the message is not JSON", broken);
        }
    }
}
