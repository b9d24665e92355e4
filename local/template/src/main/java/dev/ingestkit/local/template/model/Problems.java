package dev.ingestkit.local.template.model;

import java.util.ArrayList;
import java.util.List;

/** Collects the problems of independent steps, so that an author sees all of them at once. Not thread-safe. */
public final class Problems {

    private final List<Problem> found = new ArrayList<>();

    /** Runs a step and collects its problems, so that later steps still run. */
    public void collect(Runnable step) {
        try {
            step.run();
        } catch (TemplateException problem) {
            for (Problem each : problem.problems()) {
                add(each);
            }
        }
    }

    public void add(Problem problem) {
        if (!found.contains(problem)) {
            found.add(problem);
        }
    }

    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new TemplateException(found);
        }
    }
}
