package dev.ingestkit.local.kinesis;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Completions;
import dev.ingestkit.local.faults.FaultErrors;
import dev.ingestkit.local.faults.FaultInjector;
import dev.ingestkit.local.faults.Faults;
import dev.ingestkit.local.http.DroppedConnectionException;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.protocol.AwsInput;
import dev.ingestkit.local.protocol.AwsOutput;
import dev.ingestkit.local.protocol.ServiceException;
import dev.ingestkit.local.protocol.ServiceRequest;
import dev.ingestkit.local.protocol.ServiceResponse;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** PutRecord and PutRecords. Thread-safe. */
final class PutActions {

    private static final int MOST_RECORDS = 500;
    private static final long MOST_BYTES = 10 << 20;
    private static final int MOST_RECORD_BYTES = StreamSpecification.MOST_RECORD_KIB * 1024;
    private static final int MOST_KEY = 256;

    private final StreamRegistry registry;
    private final StreamLocator locator;
    private final Journal journal;
    private final FaultInjector faults;

    PutActions(StreamRegistry registry, StreamLocator locator, Journal journal, FaultInjector faults) {
        this.registry = requireNonNull(registry, "registry");
        this.locator = requireNonNull(locator, "locator");
        this.journal = requireNonNull(journal, "journal");
        this.faults = requireNonNull(faults, "faults");
    }

    CompletionStage<ServiceResponse> putRecord(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        Constraints constraints = locator.constraints(input);
        byte[] data = data(input);
        checkEntry(constraints, "", input, data);
        constraints.pattern(
                "SequenceNumberForOrdering", input.string("SequenceNumberForOrdering"), Constraints.SEQUENCE_NUMBER);
        constraints.check();
        KinesisStream stream = locator.locateReadable(input);
        Constraints size = new Constraints();
        size.dataLength("Data", requireNonNull(data).length, stream.settings().maxRecordBytes());
        size.check();
        PutEntry entry = entry(input, data);
        checkOrdering(stream, input.string("SequenceNumberForOrdering"));
        return faults.perform(
                entry.partitionKey(),
                faultErrors(stream, entry),
                () -> CompletableFuture.completedFuture(putOne(stream, entry)));
    }

    private FaultErrors faultErrors(KinesisStream stream, PutEntry entry) {
        return new FaultErrors(
                () -> registry.errors().rateExceeded(stream.route(entry).id(), stream.name()),
                KinesisErrors::internalFailure,
                DroppedConnectionException::new);
    }

    private ServiceResponse putOne(KinesisStream stream, PutEntry entry) {
        PutOutcome outcome = put(stream, List.of(entry), List.of(Optional.empty()))[0];
        if (outcome instanceof PutOutcome.Refused refused) {
            throw refused.error();
        }
        ObjectNode answer = AwsOutput.object();
        describe(answer, (PutOutcome.Stored) outcome);
        encryption(answer, stream);
        return ServiceResponse.of(answer);
    }

    CompletionStage<ServiceResponse> putRecords(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        List<AwsInput> records = input.objects("Records");
        Constraints constraints = locator.constraints(input).required("Records", input.has("Records"));
        if (input.has("Records")) {
            constraints.size("Records", records, 1, MOST_RECORDS);
        }
        List<byte[]> payloads = new ArrayList<>(records.size());
        for (AwsInput entry : records) {
            byte[] data = data(entry);
            checkEntry(constraints, "records." + (payloads.size() + 1) + ".member.", entry, data);
            payloads.add(data == null ? new byte[0] : data);
        }
        constraints.check();
        KinesisStream stream = locator.locateReadable(input);
        List<PutEntry> entries = entries(stream, records, payloads);
        List<Optional<Faults.Fault>> due =
                entries.stream().map(entry -> faults.next(entry.partitionKey())).toList();
        return faults.perform(
                due.stream()
                        .flatMap(Optional::stream)
                        .filter(PutActions::affectsWholeRequest)
                        .findFirst(),
                faultErrors(stream, entries.get(0)),
                () -> CompletableFuture.completedFuture(putAll(stream, entries, due)));
    }

    private List<PutEntry> entries(KinesisStream stream, List<AwsInput> records, List<byte[]> payloads) {
        Constraints sizes = new Constraints();
        List<PutEntry> entries = new ArrayList<>(records.size());
        long total = 0;
        for (int at = 0; at < records.size(); at++) {
            if (payloads.get(at).length > stream.settings().maxRecordBytes()) {
                sizes.dataLength(
                        "records." + (at + 1) + ".member.data",
                        payloads.get(at).length,
                        stream.settings().maxRecordBytes());
            }
            PutEntry entry = entry(records.get(at), payloads.get(at));
            total += entry.size();
            entries.add(entry);
        }
        sizes.check();
        if (total > MOST_BYTES) {
            throw KinesisErrors.invalidArgument("Records size exceeds 10 MB limit");
        }
        return entries;
    }

    private ServiceResponse putAll(KinesisStream stream, List<PutEntry> entries, List<Optional<Faults.Fault>> due) {
        PutOutcome[] outcomes = put(stream, entries, due);
        ObjectNode answer = AwsOutput.object();
        ArrayNode results = answer.arrayNode(outcomes.length);
        int failed = 0;
        for (PutOutcome outcome : outcomes) {
            ObjectNode result = results.addObject();
            if (outcome instanceof PutOutcome.Stored stored) {
                describe(result, stored);
            } else if (outcome instanceof PutOutcome.Refused refused) {
                result.put("ErrorCode", entryCode(refused.error()));
                result.put("ErrorMessage", refused.error().text());
                failed++;
            }
        }
        answer.put("FailedRecordCount", failed);
        answer.set("Records", results);
        encryption(answer, stream);
        return ServiceResponse.of(answer);
    }

    /** An entry's code for what a whole request answers with status 500. */
    private static String entryCode(ServiceException error) {
        return error.status() >= 500 ? "InternalFailure" : error.code();
    }

    private PutOutcome[] put(KinesisStream stream, List<PutEntry> entries, List<Optional<Faults.Fault>> due) {
        if (!registry.hasRoom()) {
            PutOutcome[] refused = new PutOutcome[entries.size()];
            Arrays.fill(refused, new PutOutcome.Refused(registry.errors().noRoom(stream.name(), registry.room())));
            return refused;
        }
        PutOutcome[] outcomes =
                due.stream().allMatch(Optional::isEmpty) ? store(stream, entries) : putWithFaults(stream, entries, due);
        registry.keepWithinMemory();
        return outcomes;
    }

    /** The journal has each record before a reader has it: none is delivered that was not put. */
    private PutOutcome[] store(KinesisStream stream, List<PutEntry> entries) {
        return stream.put(entries, (chosen, outcomes) -> {
            List<JournalEvent> events = new ArrayList<>(chosen.size());
            for (int at : chosen) {
                if (outcomes[at] instanceof PutOutcome.Stored stored) {
                    PutEntry entry = entries.get(at);
                    events.add(new JournalEvent.Put(
                            stream.name(),
                            stored.shardId(),
                            stored.sequenceNumber(),
                            entry.partitionKey(),
                            entry.data().length));
                }
            }
            if (!events.isEmpty()) {
                journal.appendAll(events);
            }
        });
    }

    private PutOutcome[] putWithFaults(KinesisStream stream, List<PutEntry> entries, List<Optional<Faults.Fault>> due) {
        PutOutcome[] outcomes = new PutOutcome[entries.size()];
        for (int at = 0; at < outcomes.length; at++) {
            Optional<Faults.Fault> fault = due.get(at).filter(one -> !affectsWholeRequest(one));
            outcomes[at] = putWithFault(stream, entries.get(at), fault);
        }
        return outcomes;
    }

    private PutOutcome putWithFault(KinesisStream stream, PutEntry entry, Optional<Faults.Fault> fault) {
        CompletionStage<PutOutcome> outcome = faults.perform(
                fault,
                faultErrors(stream, entry),
                () -> CompletableFuture.completedFuture(store(stream, List.of(entry))[0]));
        return outcome.exceptionally(failure -> refused(Completions.unwrap(failure)))
                .toCompletableFuture()
                .join();
    }

    private static PutOutcome refused(Throwable failure) {
        if (failure instanceof ServiceException error) {
            return new PutOutcome.Refused(error);
        }
        throw new CompletionException(failure);
    }

    private static boolean affectsWholeRequest(Faults.Fault fault) {
        return fault.kind().affectsWholeRequest();
    }

    /** A good entry is let by without making the texts that only an error needs: puts come 500 at a time. */
    private static void checkEntry(Constraints constraints, String member, AwsInput entry, byte @Nullable [] data) {
        Optional<String> key = entry.string("PartitionKey");
        Optional<String> hashKey = entry.string("ExplicitHashKey");
        boolean good = data != null
                && data.length <= MOST_RECORD_BYTES
                && key.filter(text -> !text.isEmpty() && text.length() <= MOST_KEY)
                        .isPresent()
                && hashKey.isEmpty();
        if (good) {
            return;
        }
        constraints
                .required(member + "data", data != null)
                .required(member + "partitionKey", key.isPresent())
                .length(member + "partitionKey", key, 1, MOST_KEY)
                .pattern(member + "explicitHashKey", hashKey, Constraints.HASH_KEY);
        if (data != null) {
            constraints.dataLength(member + "data", data.length, MOST_RECORD_BYTES);
        }
    }

    /**
     * The decoder of the JDK is several times as fast as the JSON library's, and most of a put is base64. What it might
     * take too lightly goes to the usual reading, for its error.
     */
    private static byte @Nullable [] data(AwsInput entry) {
        JsonNode node = entry.node().path("Data");
        if (node.isTextual() && node.textValue().length() % 4 == 0) {
            try {
                return Base64.getDecoder().decode(node.textValue());
            } catch (IllegalArgumentException malformed) {
                return entry.blob("Data").orElseThrow(() -> malformed);
            }
        }
        return entry.blob("Data").orElse(null);
    }

    private static PutEntry entry(AwsInput entry, byte[] data) {
        String key = entry.string("PartitionKey").orElseThrow();
        return new PutEntry(
                key, entry.string("ExplicitHashKey").map(PutActions::hashKey).orElse(null), data);
    }

    private static HashKey hashKey(String decimal) {
        try {
            return HashKey.of(new BigInteger(decimal));
        } catch (IllegalArgumentException outside) {
            throw KinesisErrors.invalidArgument("Invalid ExplicitHashKey. ExplicitHashKey must be in the range:"
                    + " [0, 2^128-1]. Specified value was " + decimal);
        }
    }

    /** Numbers rise for every record of a shard anyway; what is checked is that the number can be one of the stream's. */
    private void checkOrdering(KinesisStream stream, Optional<String> after) {
        boolean valid = after.isEmpty()
                || SequenceNumber.parse(after.get())
                        .filter(number -> number.arrivalSecond() * 1000 <= stream.nowMillis())
                        .isPresent();
        if (!valid) {
            throw KinesisErrors.invalidArgument(
                    "ExclusiveMinimumSequenceNumber %s used in PutRecord on stream %s under account %s is invalid."
                            .formatted(
                                    after.orElse(""),
                                    stream.name(),
                                    registry.errors().account()));
        }
    }

    private static void describe(ObjectNode result, PutOutcome.Stored stored) {
        result.put("ShardId", stored.shardId());
        result.put("SequenceNumber", stored.sequenceNumber());
    }

    private static void encryption(ObjectNode answer, KinesisStream stream) {
        if (stream.settings().encrypted()) {
            answer.put("EncryptionType", "KMS");
        }
    }
}
