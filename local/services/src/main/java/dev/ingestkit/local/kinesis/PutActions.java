package dev.ingestkit.local.kinesis;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Completions;
import dev.ingestkit.local.events.SequenceNumber;
import dev.ingestkit.local.faults.FaultErrors;
import dev.ingestkit.local.faults.FaultInjector;
import dev.ingestkit.local.faults.Faults;
import dev.ingestkit.local.http.DroppedConnectionException;
import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.journal.JournalEvent;
import dev.ingestkit.local.protocol.AwsInput;
import dev.ingestkit.local.protocol.AwsOutput;
import dev.ingestkit.local.protocol.Constraints;
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

    private static final int MAX_RECORDS = 500;
    private static final long MAX_BYTES = 10 << 20;
    private static final int MAX_RECORD_BYTES = StreamSpecification.MAX_RECORD_KIB * 1024;
    private static final int MAX_KEY_LENGTH = 256;

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
        checkEntry(constraints, input, "", input, data);
        constraints.pattern(
                "SequenceNumberForOrdering", input.string("SequenceNumberForOrdering"), SequenceLayout.DECIMAL);
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
        return put(stream, List.of(entry), List.of(Optional.empty()))[0].fold(
                stored -> response(stream, stored), rejected -> {
                    throw rejected.error();
                });
    }

    private static ServiceResponse response(KinesisStream stream, PutOutcome.Stored stored) {
        ObjectNode response = AwsOutput.object();
        describe(response, stored);
        encryption(response, stream);
        return ServiceResponse.of(response);
    }

    CompletionStage<ServiceResponse> putRecords(ServiceRequest request) {
        AwsInput input = AwsInput.of(request);
        List<AwsInput> records = input.objects("Records");
        Constraints constraints = locator.constraints(input).required("Records", input.has("Records"));
        if (input.has("Records")) {
            constraints.size("Records", records, 1, MAX_RECORDS);
        }
        List<byte[]> payloads = new ArrayList<>(records.size());
        for (AwsInput entry : records) {
            byte[] data = data(entry);
            checkEntry(constraints, input, "records." + (payloads.size() + 1) + ".member.", entry, data);
            payloads.add(data == null ? new byte[0] : data);
        }
        constraints.check();
        KinesisStream stream = locator.locateReadable(input);
        List<PutEntry> entries = entries(stream, records, payloads);
        List<Optional<Faults.Fault>> faultsByEntry =
                entries.stream().map(entry -> faults.next(entry.partitionKey())).toList();
        return faults.perform(
                faultsByEntry.stream()
                        .flatMap(Optional::stream)
                        .filter(PutActions::affectsWholeRequest)
                        .findFirst(),
                faultErrors(stream, entries.get(0)),
                () -> CompletableFuture.completedFuture(putAll(stream, entries, faultsByEntry)));
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
        if (total > MAX_BYTES) {
            throw KinesisErrors.invalidArgument("Records size exceeds 10 MB limit");
        }
        return entries;
    }

    private ServiceResponse putAll(
            KinesisStream stream, List<PutEntry> entries, List<Optional<Faults.Fault>> faultsByEntry) {
        PutOutcome[] outcomes = put(stream, entries, faultsByEntry);
        ObjectNode answer = AwsOutput.object();
        ArrayNode results = answer.arrayNode(outcomes.length);
        int failed = 0;
        for (PutOutcome outcome : outcomes) {
            failed += write(outcome, results.addObject());
        }
        answer.put("FailedRecordCount", failed);
        answer.set("Records", results);
        encryption(answer, stream);
        return ServiceResponse.of(answer);
    }

    /** Writes an entry's result. Returns the number of failures: 0 or 1. */
    private static int write(PutOutcome outcome, ObjectNode result) {
        return outcome.fold(
                stored -> {
                    describe(result, stored);
                    return 0;
                },
                rejected -> {
                    result.put("ErrorCode", entryCode(rejected.error()));
                    result.put("ErrorMessage", rejected.error().text());
                    return 1;
                });
    }

    /** Returns an entry's code for an error that a whole request reports with status 500. */
    private static String entryCode(ServiceException error) {
        return error.status() >= 500 ? "InternalFailure" : error.code();
    }

    private PutOutcome[] put(KinesisStream stream, List<PutEntry> entries, List<Optional<Faults.Fault>> faultsByEntry) {
        if (!registry.hasCapacity()) {
            PutOutcome[] rejected = new PutOutcome[entries.size()];
            Arrays.fill(
                    rejected,
                    new PutOutcome.Rejected(registry.errors().memoryExhausted(stream.name(), registry.memoryLimit())));
            return rejected;
        }
        PutOutcome[] outcomes = faultsByEntry.stream().allMatch(Optional::isEmpty)
                ? store(stream, entries)
                : putWithFaults(stream, entries, faultsByEntry);
        registry.keepWithinMemory();
        return outcomes;
    }

    /** Stores entries. The journal has each record before a reader does, so no delivery precedes its put. */
    private PutOutcome[] store(KinesisStream stream, List<PutEntry> entries) {
        return stream.put(entries, (indexes, outcomes) -> {
            List<JournalEvent> events = new ArrayList<>(indexes.size());
            for (int at : indexes) {
                if (outcomes[at] instanceof PutOutcome.Stored stored) {
                    PutEntry entry = entries.get(at);
                    events.add(new JournalEvent.Put(
                            stream.name(),
                            stored.shardId().toString(),
                            stored.sequenceNumber().toString(),
                            entry.partitionKey(),
                            entry.data().length));
                }
            }
            if (!events.isEmpty()) {
                journal.appendAll(events);
            }
        });
    }

    private PutOutcome[] putWithFaults(
            KinesisStream stream, List<PutEntry> entries, List<Optional<Faults.Fault>> faultsByEntry) {
        PutOutcome[] outcomes = new PutOutcome[entries.size()];
        for (int at = 0; at < outcomes.length; at++) {
            Optional<Faults.Fault> fault = faultsByEntry.get(at).filter(one -> !affectsWholeRequest(one));
            outcomes[at] = putWithFault(stream, entries.get(at), fault);
        }
        return outcomes;
    }

    private PutOutcome putWithFault(KinesisStream stream, PutEntry entry, Optional<Faults.Fault> fault) {
        CompletionStage<PutOutcome> outcome = faults.perform(
                fault,
                faultErrors(stream, entry),
                () -> CompletableFuture.completedFuture(store(stream, List.of(entry))[0]));
        return outcome.exceptionally(failure -> rejected(Completions.unwrap(failure)))
                .toCompletableFuture()
                .join();
    }

    private static PutOutcome rejected(Throwable failure) {
        if (failure instanceof ServiceException error) {
            return new PutOutcome.Rejected(error);
        }
        throw new CompletionException(failure);
    }

    private static boolean affectsWholeRequest(Faults.Fault fault) {
        return fault.kind().affectsWholeRequest();
    }

    /** Validates an entry. A valid one skips the texts that only an error needs, since puts carry up to 500 entries. */
    private void checkEntry(
            Constraints constraints, AwsInput call, String member, AwsInput entry, byte @Nullable [] data) {
        Optional<String> key = entry.string("PartitionKey");
        Optional<String> hashKey = entry.string("ExplicitHashKey");
        boolean valid = data != null
                && data.length <= MAX_RECORD_BYTES
                && key.filter(text -> !text.isEmpty() && text.length() <= MAX_KEY_LENGTH)
                        .isPresent()
                && hashKey.isEmpty();
        if (valid) {
            return;
        }
        constraints
                .required(member + "data", data != null)
                .required(member + "partitionKey", key.isPresent() || locator.distributesByItself(call))
                .length(member + "partitionKey", key, 1, MAX_KEY_LENGTH)
                .pattern(member + "explicitHashKey", hashKey, HashKey.DECIMAL);
        if (data != null) {
            constraints.dataLength(member + "data", data.length, MAX_RECORD_BYTES);
        }
    }

    /**
     * Decodes the payload with the JDK's decoder, which is several times as fast as the JSON library's; base64 is most
     * of a put's cost. Anything that decoder may accept too readily goes through the usual reading, for its error.
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
        String key = entry.string("PartitionKey").orElse("");
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

    /** Checks that the number is one of the stream's so far. Numbers increase for every record of a shard anyway. */
    private void checkOrdering(KinesisStream stream, Optional<String> after) {
        if (after.isPresent() && stream.settings().distribution() == RecordDistribution.AUTO) {
            throw KinesisErrors.invalidArgument("SequenceNumberForOrdering must not be used in PutRecord on stream "
                    + stream.name() + ", which distributes its records by itself.");
        }
        boolean valid = after.isEmpty()
                || SequenceNumber.tryParse(after.get())
                        .flatMap(SequenceLayout::of)
                        .filter(number -> stream.shards().hasIssued(number, stream.nowMillis()))
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
        result.put("ShardId", stored.shardId().toString());
        result.put("SequenceNumber", stored.sequenceNumber().toString());
    }

    private static void encryption(ObjectNode answer, KinesisStream stream) {
        if (stream.settings().encrypted()) {
            answer.put("EncryptionType", EncryptionType.KMS.name());
        }
    }
}
