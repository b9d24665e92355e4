package dev.ingestkit.local.template.model;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Reports a template that cannot be run, with every problem found. The message has one problem on each line. Not
 * thread-safe beyond reading.
 */
public final class TemplateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public TemplateException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("a template exception needs a problem");
        }
        this.problems = List.copyOf(problems);
    }

    /** Returns an exception with one problem. The reason is a format if there are arguments. */
    @SuppressWarnings("AnnotateFormatMethod")
    public static TemplateException at(Location at, String reason, Object... arguments) {
        return new TemplateException(
                List.of(new Problem(at, arguments.length == 0 ? reason : reason.formatted(arguments))));
    }

    /** Returns the problems, at least one, in the order in which they were found. */
    public List<Problem> problems() {
        return problems;
    }
}
