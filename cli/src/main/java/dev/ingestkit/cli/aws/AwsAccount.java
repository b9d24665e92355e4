package dev.ingestkit.cli.aws;

import dev.ingestkit.cli.output.CliException;
import software.amazon.awssdk.core.exception.SdkException;

/** Looks up the AWS account of the credentials. */
public final class AwsAccount {

    private AwsAccount() {}

    /**
     * Returns the account number; the call needs no permission.
     *
     * @return the account's number, or {@code account unknown} if STS cannot be reached
     * @throws CliException when there are no credentials, or these have expired or are not accepted
     */
    public static String of(Target target) {
        try (AwsClients clients = new AwsClients(target)) {
            return clients.sts().getCallerIdentity(request -> {}).account();
        } catch (SdkException refused) {
            CliException failure = SdkFailures.of("STS", "STS (account lookup)", refused);
            if (failure.code().contains("CREDENTIALS")) {
                throw failure;
            }
            return "account unknown";
        }
    }
}
