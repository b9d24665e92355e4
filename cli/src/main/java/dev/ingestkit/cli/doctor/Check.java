package dev.ingestkit.cli.doctor;

import static java.util.Objects.requireNonNull;

/**
 * What was looked at and found; the components are its JSON form.
 *
 * @param id stable: {@code java}, {@code port} …
 * @param status what it means
 * @param message what was found
 * @param fix what to do about it; empty when there is nothing to do
 */
public record Check(String id, Status status, String message, String fix) {

    /** How it is. */
    public enum Status {
        OK,
        /** Works, but something may be missed. */
        WARN,
        /** Something does not work. */
        FAIL,
        /** Not looked at: something before it failed, or it does not concern this target. */
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
