package dev.ingestkit.cli.demo;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.core.deadletter.DeadLetter;
import dev.ingestkit.local.journal.Journal;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** A runtime started for the demonstration, whose table and queue hold nothing else. */
record OwnPipeline(Journal journal, DemoEvidence evidence) implements DemoPipeline {

    OwnPipeline {
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
    public Duration timeout() {
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
