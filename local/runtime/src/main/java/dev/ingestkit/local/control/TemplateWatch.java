package dev.ingestkit.local.control;

import java.util.concurrent.CompletionStage;

/** The watch over a template's files. Thread-safe. */
public interface TemplateWatch {

    /** Returns the state of the files that were saved last. */
    TemplateState state();

    /** Reads the files again, changed or not, and applies them; a template that is not valid changes nothing. */
    CompletionStage<TemplateState> reload();
}
