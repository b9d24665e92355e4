package dev.ingestkit.cli.demo;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.core.deadletter.DeadLetter;
import dev.ingestkit.local.journal.Journal;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** A runtime that was started for the demonstration: everything in its table and queue is the demonstration's. */
record OwnPlace(Journal journal, DemoEvidence evidence) implements DemoPlace {

    OwnPlace {
        requireNonNull(journal, "journal");
        requireNonNull(evidence, "evidence");
    }

    @Override
    public String mark() {
        return "";
    }

    @Override
    public Long seed(long usual) {
        return usual;
    }

    @Override
    public Duration patience() {
        return Duration.ofSeconds(60);
    }

    @Override
    public Arrivals arrivals() {
        return new JournalArrivals(journal);
    }

    @Override
    public Set<String> stored(Set<String> ids) {
        return evidence.storedIds();
    }

    @Override
    public List<DeadLetter> deadLetters() {
        return evidence.deadLetters();
    }
}
