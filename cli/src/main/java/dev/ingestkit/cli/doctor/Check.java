package dev.ingestkit.cli.doctor;

import static java.util.Objects.requireNonNull;

/**
 * A check and its finding; the components are its JSON form.
 *
 * @param id the check's stable id, such as {@code java} or {@code port}
 * @param status the status of the finding
 * @param message the finding
 * @param fix the remedy; empty if none is needed
 */
public record Check(String id, Status status, String message, String fix) {

    /** The status of a finding. */
    public enum Status {
        OK,
        /** Works, but with limitations. */
        WARN,
        /** Does not work. */
        FAIL,
        /** Not checked: an earlier check failed, or the check does not apply to the target. */
        SKIP
    }

    public Check {
        requireNonNull(id, "id");
        requireNonNull(status, "status");
        requireNonNull(message, "message");
        requireNonNull(fix, "fix");
    }

    static Check ok(String id, String message) {
        return new Check(id, Status.OK, message, "");
    }

    static Check warn(String id, String message, String fix) {
        return new Check(id, Status.WARN, message, fix);
    }

    static Check fail(String id, String message, String fix) {
        return new Check(id, Status.FAIL, message, fix);
    }

    static Check skip(String id, String message) {
        return new Check(id, Status.SKIP, message, "");
    }
}
