package dev.ingestkit.local.sqs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.events.Json;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A queue's settable attributes, as text in SQS's form, with their defaults and limits. Immutable.
 *
 * @see <a
 *
 * href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html">SetQueueAttributes</a>
 */
final class QueueSettings {

    static final int MAX_MESSAGE_BYTES = 1_048_576;

    private static final String KMS_REUSE = "KmsDataKeyReusePeriodSeconds";
    private static final Map<String, long[]> NUMBERS = Map.of(
            "DelaySeconds",
            new long[] {0, 900, 0},
            "MaximumMessageSize",
            new long[] {1_024, MAX_MESSAGE_BYTES, MAX_MESSAGE_BYTES},
            "MessageRetentionPeriod",
            new long[] {60, 1_209_600, 345_600},
            "ReceiveMessageWaitTimeSeconds",
            new long[] {0, 20, 0},
            "VisibilityTimeout",
            new long[] {0, 43_200, 30},
            KMS_REUSE,
            new long[] {60, 86_400, 300});
    private static final Set<String> BOOLEAN = Set.of("true", "false");
    private static final Map<String, Set<String>> WORDS = Map.of(
            "FifoQueue", BOOLEAN,
            "ContentBasedDeduplication", BOOLEAN,
            "SqsManagedSseEnabled", BOOLEAN,
            "DeduplicationScope", Set.of("messageGroup", "queue"),
            "FifoThroughputLimit", Set.of("perQueue", "perMessageGroupId"));
    private static final Set<String> FIFO_ONLY =
            Set.of("FifoQueue", "ContentBasedDeduplication", "DeduplicationScope", "FifoThroughputLimit");
    private static final Set<String> DOCUMENTS = Set.of("Policy", "RedrivePolicy", "RedriveAllowPolicy");

    private final boolean fifo;
    private final Map<String, String> given;

    private QueueSettings(boolean fifo, Map<String, String> given) {
        this.fifo = fifo;
        this.given = given;
    }

    /** Returns the attributes that differ from their defaults, by name. */
    Map<String, String> given() {
        return new TreeMap<>(given);
    }

    static QueueSettings defaults(boolean fifo) {
        return new QueueSettings(fifo, Map.of());
    }

    /**
     * Returns these settings with changes; empty text removes an attribute.
     *
     * @throws dev.ingestkit.local.protocol.ServiceException for an unknown attribute or a value out of range
     */
    QueueSettings with(Map<String, String> changes) {
        Map<String, String> all = new LinkedHashMap<>(given);
        changes.forEach((name, given) -> {
            String value = normalized(name, given);
            check(name, value);
            if (value.isEmpty()) {
                all.remove(name);
            } else {
                all.put(name, value);
            }
        });
        if (all.containsKey("KmsMasterKeyId") && "true".equals(all.get("SqsManagedSseEnabled"))) {
            throw SqsErrors.twoKindsOfEncryption();
        }
        return new QueueSettings(fifo, Map.copyOf(all));
    }

    /** Returns a value as SQS stores it: {@code true} for {@code True}, which many programs and templates send. */
    static String normalized(String name, String value) {
        return BOOLEAN.equals(WORDS.get(name)) ? value.toLowerCase(Locale.ROOT) : value;
    }

    private void check(String name, String value) {
        long[] range = NUMBERS.get(name);
        Set<String> words = WORDS.get(name);
        boolean valid;
        if (range != null) {
            valid = value.matches("[0-9]{1,9}")
                    && Long.parseLong(value) >= range[0]
                    && Long.parseLong(value) <= range[1];
        } else if (words != null) {
            checkQueueType(name, value);
            valid = words.contains(value);
        } else if (DOCUMENTS.contains(name)) {
            valid = value.isEmpty() || parse(value).isPresent();
        } else if (name.equals("KmsMasterKeyId")) {
            valid = true;
        } else {
            throw SqsErrors.invalidAttributeName(name);
        }
        if (!valid) {
            throw SqsErrors.invalidAttributeValue(name);
        }
    }

    private void checkQueueType(String name, String value) {
        if (!fifo && FIFO_ONLY.contains(name)) {
            throw SqsErrors.invalidAttributeName(name);
        }
        if (fifo && name.equals("FifoQueue") && value.equals("false")) {
            throw SqsErrors.queueTypeIsFixed();
        }
    }

    /** Returns whether SQS has a settable attribute of that name, for any type of queue. */
    static boolean isKnown(String name) {
        return NUMBERS.containsKey(name)
                || WORDS.containsKey(name)
                || DOCUMENTS.contains(name)
                || name.equals("KmsMasterKeyId");
    }

    boolean fifo() {
        return fifo;
    }

    /** Returns a numeric attribute, which has a default. */
    long number(String name) {
        String value = given.get(name);
        return value == null ? defaultOf(name) : Long.parseLong(value);
    }

    boolean flag(String name) {
        return Boolean.parseBoolean(given.get(name));
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(given.get(name));
    }

    /** Returns a policy document. */
    Optional<JsonNode> document(String name) {
        return text(name).flatMap(QueueSettings::parse);
    }

    /** Returns the settings that GetQueueAttributes shows. */
    Map<String, String> visibleAttributes() {
        Map<String, String> visibleAttributes = new LinkedHashMap<>();
        NUMBERS.keySet().stream()
                .filter(name -> !name.startsWith("Kms"))
                .sorted()
                .forEach(name -> visibleAttributes.put(name, Long.toString(defaultOf(name))));
        boolean kms = given.containsKey("KmsMasterKeyId");
        visibleAttributes.put("SqsManagedSseEnabled", Boolean.toString(!kms));
        if (kms) {
            visibleAttributes.put(KMS_REUSE, Long.toString(defaultOf(KMS_REUSE)));
        }
        if (fifo) {
            visibleAttributes.put("FifoQueue", "true");
            visibleAttributes.put("ContentBasedDeduplication", "false");
            visibleAttributes.put("DeduplicationScope", "queue");
            visibleAttributes.put("FifoThroughputLimit", "perQueue");
        }
        given.forEach((name, value) -> {
            if (kms || !name.equals(KMS_REUSE)) {
                visibleAttributes.put(name, value);
            }
        });
        return visibleAttributes;
    }

    private static long defaultOf(String name) {
        long[] range = NUMBERS.get(name);
        if (range == null) {
            throw new IllegalArgumentException("not a numeric attribute: " + name);
        }
        return range[2];
    }

    private static Optional<JsonNode> parse(String json) {
        try {
            JsonNode document = Json.mapper().readTree(json);
            return document.isObject() ? Optional.of(document) : Optional.empty();
        } catch (JsonProcessingException malformed) {
            return Optional.empty();
        }
    }
}
