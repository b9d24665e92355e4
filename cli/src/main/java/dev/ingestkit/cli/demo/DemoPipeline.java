package dev.ingestkit.cli.demo;

import dev.ingestkit.core.deadletter.DeadLetter;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The pipeline of a demonstration: identifies the demonstration's events among others, and reads the results. */
interface DemoPipeline {

    /** Returns the seed of ids and contents; null for a random one, if events of earlier runs still exist. */
    @Nullable
    Long seed(long usual);

    /** Returns the suffix of keys without an event id; empty where nobody else sends. */
    String mark();

    /** Returns the time in which all events must finish. */
    Duration timeout();

    Arrivals arrivals();

    /** Returns the ids of the given events that are in the table. */
    Set<String> stored(Set<String> ids);

    /** Returns the dead letters of the demonstration. */
    List<DeadLetter> deadLetters();
}
