package dev.ingestkit.local.functions;

import dev.ingestkit.local.journal.Journal;
import dev.ingestkit.local.journal.JournalEvent;
import java.util.List;

/** Reads a function's entries in a journal. */
final class Journals {

    private Journals() {}

    static List<String> of(Journal journal, String function) {
        return journal.after(0, Integer.MAX_VALUE).stream()
                .map(entry -> (JournalEvent.Function) entry.event())
                .filter(event -> event.function().equals(function))
                .map(JournalEvent.Function::what)
                .toList();
    }
}
