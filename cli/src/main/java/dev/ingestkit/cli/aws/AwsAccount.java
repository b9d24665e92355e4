package dev.ingestkit.cli.aws;

import dev.ingestkit.cli.output.CliException;
import software.amazon.awssdk.core.exception.SdkException;

/** Whose account the credentials belong to. */
public final class AwsAccount {

    private AwsAccount() {}

    /**
     * Asks AWS, which needs no permission.
     *
     * @return the account's number, or {@code account unknown} where STS cannot be asked
     * @throws CliException when there are no credentials, or these have expired or are not accepted
     */
    public static String of(Target target) {
        try (AwsClients clients = new AwsClients(target)) {
            return clients.sts().getCallerIdentity(request -> {}).account();
        } catch (SdkException refused) {
            CliException failure = SdkFailures.of("STS", "STS, which knows your account,", refused);
            if (failure.code().contains("CREDENTIALS")) {
                throw failure;
            }
            return "account unknown";
        }
    }
}
