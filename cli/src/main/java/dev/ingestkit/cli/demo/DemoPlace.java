package dev.ingestkit.cli.demo;

import dev.ingestkit.core.deadletter.DeadLetter;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The stack that the demonstration runs on: how its events are told from others, and what is there at the end. */
interface DemoPlace {

    /** Of the events' ids and contents; null for others at each run, where those of the last one are still there. */
    @Nullable
    Long seed(long usual);

    /** Follows the keys that have no event id; empty where nobody else sends. */
    String mark();

    /** How long it may take until all has come to its end. */
    Duration patience();

    Arrivals arrivals();

    /** Ids of events in the table. */
    Set<String> stored(Set<String> ids);

    /** Dead letters of the demonstration. */
    List<DeadLetter> deadLetters();
}
