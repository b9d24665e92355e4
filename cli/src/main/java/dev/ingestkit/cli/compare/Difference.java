package dev.ingestkit.cli.compare;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One row of a comparison; the components are its JSON form.
 *
 * @param part the service, or {@code stack}
 * @param subject the call or the property compared
 * @param status {@code same}, {@code differs}, {@code only here} or {@code only there}
 * @param here what the target says; empty if it says nothing
 * @param there what the other endpoint says; empty if it says nothing
 */
public record Difference(String part, String subject, String status, String here, String there) {

    /** The relation of the two values. */
    private enum Status {
        SAME,
        DIFFERS,
        ONLY_HERE,
        ONLY_THERE
    }

    public Difference {
        requireNonNull(part, "part");
        requireNonNull(subject, "subject");
        requireNonNull(status, "status");
        requireNonNull(here, "here");
        requireNonNull(there, "there");
    }

    /** Returns the row of two values, of which one may be missing. */
    static Difference of(String part, String subject, @Nullable String here, @Nullable String there) {
        Status status;
        if (here == null || there == null) {
            status = here == null ? Status.ONLY_THERE : Status.ONLY_HERE;
        } else {
            status = here.equals(there) ? Status.SAME : Status.DIFFERS;
        }
        return new Difference(
                part,
                subject,
                status.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                here == null ? "" : here,
                there == null ? "" : there);
    }

    /** Returns whether the two sides agree. */
    public boolean same() {
        return status.equals("same");
    }
}
