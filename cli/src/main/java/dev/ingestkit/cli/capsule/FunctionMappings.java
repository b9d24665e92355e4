package dev.ingestkit.cli.capsule;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.SdkFailures;
import dev.ingestkit.local.events.Arn;
import dev.ingestkit.local.mapping.replay.RepeatedEvent;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.model.FunctionResponseType;

/** The event source mappings of functions at one target. Not thread-safe. */
public final class FunctionMappings {

    private final AwsClients clients;

    /** Creates a reader of one target's mappings. */
    public FunctionMappings(AwsClients clients) {
        this.clients = requireNonNull(clients, "clients");
    }

    /** Returns a function's mappings, those of its versions and aliases among them. */
    public List<RepeatedEvent.Mapping> of(String function) {
        try {
            return clients.lambda().listEventSourceMappingsPaginator().eventSourceMappings().stream()
                    .filter(mapping -> Arn.functionNameIn(String.valueOf(mapping.functionArn()))
                            .equals(function))
                    .map(mapping -> new RepeatedEvent.Mapping(
                            String.valueOf(mapping.eventSourceArn()),
                            mapping.functionResponseTypes().contains(FunctionResponseType.REPORT_BATCH_ITEM_FAILURES)))
                    .toList();
        } catch (SdkException refused) {
            throw SdkFailures.of("FUNCTION", "the mappings of '" + function + "'", refused);
        }
    }
}
