package dev.ingestkit.cli.doctor;

import dev.ingestkit.cli.output.CliException;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;

/** Turns the result of a call of a service into a check: its finding, or the failure with its remedy. */
final class ServiceCheck {

    private ServiceCheck() {}

    static Check at(String id, Supplier<String> found) {
        return into(id, () -> Check.ok(id, found.get()));
    }

    static Check into(String id, Supplier<Check> found) {
        try {
            return found.get();
        } catch (CliException refused) {
            return failed(id, refused);
        } catch (SdkException refused) {
            return Check.fail(
                    id,
                    String.valueOf(refused.getMessage()),
                    "check that it exists and that these credentials may use it");
        }
    }

    static Check failed(String id, CliException refused) {
        String message =
                refused.reason().map(reason -> refused.text() + ": " + reason).orElse(refused.text());
        return Check.fail(id, message, String.join("; ", refused.hints()));
    }
}
