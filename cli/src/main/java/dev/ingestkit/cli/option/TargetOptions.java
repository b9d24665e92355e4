package dev.ingestkit.cli.option;

import dev.ingestkit.cli.aws.TargetRequest;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where to work: the options of every command that talks to a stack. */
public final class TargetOptions {

    @Option(
            names = "--endpoint-url",
            paramLabel = "URL",
            description = "The endpoint: an embedded runtime, LocalStack or another. Default: the runtime that is up.")
    @Nullable
    URI endpoint;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "Works on AWS, with this profile's credentials and region.")
    @Nullable
    String profile;

    @Option(names = "--aws", description = "Works on AWS, with the credentials of the environment.")
    boolean aws;

    @Option(names = "--region", paramLabel = "REGION", description = "The region.")
    @Nullable
    String region;

    @Option(names = "--stack", paramLabel = "NAME", description = "The stack's name (default: ingest-kit).")
    @Nullable
    String stack;

    /** What was asked for on the command line. */
    public TargetRequest request() {
        return new TargetRequest(
                Optional.ofNullable(endpoint),
                Optional.ofNullable(profile),
                aws,
                Optional.ofNullable(region),
                Optional.ofNullable(stack));
    }
}
