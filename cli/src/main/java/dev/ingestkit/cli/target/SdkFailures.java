package dev.ingestkit.cli.target;

import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/** Failures of services that no command has put into words of its own: still no fault of this tool. */
public final class SdkFailures {

    private SdkFailures() {}

    /** The failure for the user; empty when it did not come from the SDK. */
    public static Optional<CliException> of(Throwable thrown) {
        if (!(thrown instanceof SdkException refused)) {
            return Optional.empty();
        }
        return Optional.of(
                new CliException("SERVICE_FAILED", ExitCode.ENVIRONMENT, "a service refused a call or did not answer")
                        .because(String.valueOf(refused.getMessage()), refused)
                        .hint("is the target up, and may your credentials do this? ingest-cli doctor"));
    }
}
