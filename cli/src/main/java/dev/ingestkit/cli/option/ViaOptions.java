package dev.ingestkit.cli.option;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.Credentials;
import dev.ingestkit.cli.aws.ResourceKind;
import dev.ingestkit.cli.aws.StackResources;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.send.SendRoute;
import dev.ingestkit.cli.send.StreamClient;
import dev.ingestkit.cli.send.SubmitClient;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that choose the route of events into a stack: its API or its stream. */
public final class ViaOptions {

    /** The routes. */
    enum Via {
        API,
        STREAM
    }

    @Option(
            names = "--via",
            paramLabel = "ROUTE",
            description = {
                "api: posts events to the stack's API. stream: puts them into its stream, with their ids as partition"
                        + " keys.",
                "(default: api if the stack has the kit's API or --path is given, otherwise stream)"
            })
    @Nullable
    Via via;

    @Option(
            names = "--path",
            paramLabel = "PATH",
            description = "The path of an API of your own: /orders or /orders/{id} (default: that of the kit's API).")
    @Nullable
    String path;

    @Option(
            names = "--header",
            paramLabel = "NAME:VALUE",
            description = "A header for the API, such as Authorization; repeatable.")
    List<String> headers = new ArrayList<>();

    /**
     * Returns the route into a stack.
     *
     * @param retries the maximum of retries of an event
     * @throws CliException when the stack has no such route
     */
    public SendRoute route(AwsClients clients, StackResources stack, int retries) {
        Map<String, String> fields = headers();
        boolean toApi = via == null ? path != null || stack.submitUrl().isPresent() : via == Via.API;
        if (!toApi) {
            if (path != null || !fields.isEmpty()) {
                throw new CliException("USAGE", ExitCode.USAGE, "--path and --header need --via api");
            }
            return new StreamClient(clients, stream(stack), retries, new Random());
        }
        String wanted = path;
        if (wanted == null) {
            URI submit = stack.submitUrl().orElseThrow(() -> withoutPath(stack));
            String authorization = Credentials.read(clients, stack).basic();
            return SubmitClient.of(submit, stack.streamName(), authorization, retries, new Random());
        }
        return new SubmitClient(url(stack, wanted), fields, retries, new Random());
    }

    /** Returns whether events go to the stream. */
    public boolean toStream(StackResources stack) {
        return via == null ? path == null && stack.submitUrl().isEmpty() : via == Via.STREAM;
    }

    private String stream(StackResources stack) {
        if (via == null
                && stack.stream().isEmpty()
                && stack.all(ResourceKind.STREAM).isEmpty()) {
            throw new CliException(
                            "NO_ROUTE",
                            ExitCode.ENVIRONMENT,
                            "the stack has neither a stream nor the kit's API to send events to")
                    .hint("for an API of your own: --via api --path /orders");
        }
        return stack.streamName();
    }

    private static String url(StackResources stack, String path) {
        if (!path.startsWith("/")) {
            throw new CliException("USAGE", ExitCode.USAGE, "--path must begin with a slash: '%s'".formatted(path));
        }
        URI base = stack.apiUrl()
                .orElseThrow(() -> new CliException(
                                "API_UNCLEAR",
                                ExitCode.ENVIRONMENT,
                                "the stack does not have exactly one API with one stage")
                        .because(
                                "it has %d APIs and %d stages"
                                        .formatted(
                                                stack.all(ResourceKind.API).size(),
                                                stack.all(ResourceKind.STAGE).size()),
                                null));
        return base + path;
    }

    private static CliException withoutPath(StackResources stack) {
        Optional<URI> base = stack.apiUrl();
        return new CliException(
                        "PATH_MISSING", ExitCode.USAGE, "--via api needs --path: the stack does not have the kit's API")
                .hint(base.map(url -> "paths are relative to " + url + ": --path /orders")
                        .orElse("or put events into the stream: --via stream"));
    }

    private Map<String, String> headers() {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String header : headers) {
            int colon = header.indexOf(':');
            if (colon < 1) {
                throw new CliException(
                        "USAGE", ExitCode.USAGE, "--header '%s' does not have the form NAME:VALUE".formatted(header));
            }
            fields.put(
                    header.substring(0, colon).strip(),
                    header.substring(colon + 1).strip());
        }
        return fields;
    }
}
