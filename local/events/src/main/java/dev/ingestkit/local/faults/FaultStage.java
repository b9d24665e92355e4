package dev.ingestkit.local.faults;

import static dev.ingestkit.local.faults.FaultKind.CRASH;
import static dev.ingestkit.local.faults.FaultKind.DELAY;
import static dev.ingestkit.local.faults.FaultKind.DROP;
import static dev.ingestkit.local.faults.FaultKind.DUPLICATE;
import static dev.ingestkit.local.faults.FaultKind.ERROR;
import static dev.ingestkit.local.faults.FaultKind.THROTTLE;
import static dev.ingestkit.local.faults.FaultKind.TIMEOUT;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The stages at which faults can be injected, each with the kinds it supports. */
public enum FaultStage {
    GATEWAY(THROTTLE, ERROR, TIMEOUT, DELAY, DROP),
    KINESIS_PUT(THROTTLE, ERROR, TIMEOUT, DELAY, DUPLICATE, DROP),
    KINESIS_GET(THROTTLE, ERROR, TIMEOUT, DELAY, DUPLICATE, DROP),
    FUNCTION_START(ERROR, DELAY),
    FUNCTION_INVOKE(THROTTLE, ERROR, TIMEOUT, DELAY, CRASH, DUPLICATE),
    DYNAMODB(THROTTLE, ERROR, TIMEOUT, DELAY, DUPLICATE, DROP),
    SQS(THROTTLE, ERROR, TIMEOUT, DELAY, DUPLICATE, DROP),
    SECRET(THROTTLE, ERROR, TIMEOUT, DELAY, DROP);

    @SuppressWarnings("ImmutableEnumChecker") // never changed after the constructor; JDK sets carry no such mark
    private final Set<FaultKind> kinds;

    FaultStage(FaultKind first, FaultKind... more) {
        this.kinds = EnumSet.of(first, more);
    }

    /** Returns the spelling in a fault specification, such as {@code kinesis-put}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns whether a fault of that kind can be injected here. */
    public boolean allows(FaultKind kind) {
        return kinds.contains(kind);
    }

    /** Returns the kinds that can be injected here, as in a specification. */
    public List<String> kinds() {
        return kinds.stream().map(FaultKind::label).toList();
    }

    /** Returns the kinds as a message lists them. */
    String labels() {
        return String.join(", ", kinds());
    }
}
