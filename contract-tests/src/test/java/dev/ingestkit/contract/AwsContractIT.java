package dev.ingestkit.contract;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.Target;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/**
 * Runs the contracts on a stack that is already deployed to AWS. They write events into it and cost a little, so they
 * run only against the named account: {@code mvn verify -Paws -Daws.account=123456789012}, with
 * {@code -Daws.stack}, {@code -Daws.stackRegion} and {@code -Daws.profile} where the defaults do not fit. They delete
 * the events they wrote. The on-failure contract is left out: it would need a failing function in the account.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AwsContractIT implements SubmitContract, StorageContract, DeadLetterContract {

    private static final Duration MAX_WAIT = Duration.ofMinutes(3);

    private Pipeline pipeline;

    @BeforeAll
    void open() {
        Target target = new Target(
                Target.Kind.AWS,
                Optional.empty(),
                property("aws.stackRegion").orElse("us-east-1"),
                property("aws.profile"),
                property("aws.stack").orElse("ingest-kit"),
                "test",
                Map.of());
        requireConfirmedAccount(target);
        pipeline = Pipeline.at(target, Set.of(), MAX_WAIT);
    }

    private static void requireConfirmedAccount(Target target) {
        ConfirmedAccount.require(property("aws.account"), () -> {
            try (AwsClients clients = new AwsClients(target)) {
                return clients.sts().getCallerIdentity().account();
            }
        });
    }

    @AfterAll
    void close() {
        if (pipeline != null) {
            pipeline.deleteWhatWasStored();
            pipeline.close();
        }
    }

    private static Optional<String> property(String name) {
        return Optional.ofNullable(System.getProperty(name)).filter(value -> !value.isBlank());
    }

    @Override
    public Pipeline pipeline() {
        return pipeline;
    }
}
