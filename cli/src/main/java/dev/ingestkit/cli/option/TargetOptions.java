package dev.ingestkit.cli.option;

import dev.ingestkit.cli.aws.TargetRequest;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that choose the target, shared by every command that uses a stack. */
public final class TargetOptions {

    @Option(
            names = "--endpoint-url",
            paramLabel = "URL",
            description = "The endpoint: an embedded runtime, LocalStack or another (default: the running runtime).")
    @Nullable
    URI endpoint;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "Uses AWS with this profile's credentials and region.")
    @Nullable
    String profile;

    @Option(names = "--aws", description = "Uses AWS with the credentials of the environment.")
    boolean aws;

    @Option(names = "--region", paramLabel = "REGION", description = "The AWS region.")
    @Nullable
    String region;

    @Option(names = "--stack", paramLabel = "NAME", description = "The stack's name (default: ingest-kit).")
    @Nullable
    String stack;

    /** Returns the choice made on the command line. */
    public TargetRequest request() {
        return new TargetRequest(
                Optional.ofNullable(endpoint),
                Optional.ofNullable(profile),
                aws,
                Optional.ofNullable(region),
                Optional.ofNullable(stack));
    }
}
