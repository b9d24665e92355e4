package dev.ingestkit.proof.kill;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** Sends messages to a queue of its own and deletes some. For one thread. */
final class QueueLedger implements Ledger {

    static final String NAME = "kill-ledger";

    private final SqsClient sqs;
    private final String url;
    private final QueueContents contents;
    private final Set<String> sent = new HashSet<>();
    private final Set<String> deletionTried = new HashSet<>();
    private final Set<String> deleted = new HashSet<>();
    private int number;

    QueueLedger(SqsClient sqs) {
        this.sqs = requireNonNull(sqs, "sqs");
        this.url = sqs.createQueue(request -> request.queueName(NAME)).queueUrl();
        this.contents = new QueueContents(sqs, url);
    }

    @Override
    public void step() {
        int own = number++;
        sent.add(sqs.sendMessage(request -> request.queueUrl(url).messageBody("message " + own))
                .messageId());
        if (own % 2 == 0) {
            contents.receive().stream().limit(1).forEach(this::delete);
        }
    }

    private void delete(Message message) {
        deletionTried.add(message.messageId());
        sqs.deleteMessage(request -> request.queueUrl(url).receiptHandle(message.receiptHandle()));
        deleted.add(message.messageId());
    }

    @Override
    public void close(List<String> broken) {
        Set<String> present = new HashSet<>();
        contents.takeAll(message -> present.add(message.messageId()));
        for (String id : sent) {
            if (!present.contains(id) && !deletionTried.contains(id)) {
                broken.add("message " + id + " was acknowledged and is missing");
            }
            if (present.contains(id) && deleted.contains(id)) {
                broken.add("message " + id + " was deleted and is there again");
            }
        }
    }

    @Override
    public String toString() {
        return "%d messages, %d deleted".formatted(sent.size(), deleted.size());
    }
}
