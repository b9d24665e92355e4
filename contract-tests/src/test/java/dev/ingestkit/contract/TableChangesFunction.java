package dev.ingestkit.contract;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.Identity;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Lambda function that takes Lambda's own event type of a table's stream, writes a line for each change to a file, and
 * fails for each batch with an item that has the attribute {@code poison}.
 */
public final class TableChangesFunction {

    static final String SEEN_FILE = "SEEN_FILE";

    /** Lambda's entry point. */
    public void handle(DynamodbEvent event) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (DynamodbStreamRecord record : event.getRecords()) {
            Map<String, AttributeValue> image = record.getDynamodb().getNewImage();
            if (image != null && image.containsKey("poison")) {
                throw new IllegalStateException("poison in the batch");
            }
            lines.append(line(record)).append('\n');
        }
        Path file = Path.of(requireNonNull(System.getenv(SEEN_FILE), SEEN_FILE));
        Files.writeString(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static String line(DynamodbStreamRecord record) {
        StreamRecord change = record.getDynamodb();
        Identity by = record.getUserIdentity();
        String table = record.getEventSourceARN().replaceFirst(".*:table/", "").replaceFirst("/stream/.*", "");
        return "%s %s %s %s->%s%s"
                .formatted(
                        table,
                        record.getEventName(),
                        requireNonNull(change.getKeys().get("id")).getS(),
                        version(change.getOldImage()),
                        version(change.getNewImage()),
                        by == null ? "" : " by " + by.getType() + " " + by.getPrincipalId());
    }

    private static String version(@Nullable Map<String, AttributeValue> image) {
        return image == null ? "" : requireNonNull(image.get("v")).getN();
    }
}
