package dev.ingestkit.cli.command.runtime;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.ControlClient;
import dev.ingestkit.cli.aws.ResourceKind;
import dev.ingestkit.cli.aws.ResourceNames;
import dev.ingestkit.cli.aws.RunningRuntimes;
import dev.ingestkit.cli.aws.StackPart;
import dev.ingestkit.cli.aws.StackResources;
import dev.ingestkit.cli.aws.Target;
import dev.ingestkit.cli.command.Waiting;
import dev.ingestkit.cli.output.Text;
import dev.ingestkit.local.LocalRuntime;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The report on a runtime that has started; the components are its JSON form. A name is empty when the stack has no
 * such resource, or several of which none is chosen.
 *
 * @param warnings the parts of the template that are not run, and functions that cannot be loaded
 * @param runnable the functions that can be invoked
 * @param apis the names and URLs of the APIs' stages
 */
record RuntimeReport(
        String endpoint,
        @JsonUnwrapped Names names,
        String region,
        long pid,
        @JsonUnwrapped All all,
        List<String> warnings,
        @JsonIgnore List<String> runnable,
        @JsonIgnore List<String> apis) {

    /** The resources that commands use unless options name others. */
    record Names(String submitUrl, String stack, String stream, String table, String queueUrl, String secretArn) {}

    /**
     * The names of all resources by kind, and the URL of the API.
     *
     * @param deadLetterQueues those of the queues that receive failures
     */
    record All(
            List<String> streams,
            List<String> tables,
            List<String> queues,
            List<String> deadLetterQueues,
            List<String> functions,
            String apiUrl) {}

    private static final String INDENT = " ".repeat(15);
    /** The time that a start in the background waits for the functions' handlers. */
    private static final Duration MAX_LOADING = Duration.ofSeconds(3);

    RuntimeReport {
        warnings = List.copyOf(warnings);
        runnable = List.copyOf(runnable);
        apis = List.copyOf(apis);
    }

    /**
     * Reads the report from a runtime that has just started, once its functions have loaded or failed to load. A
     * function that takes longer than {@link #MAX_LOADING} is reported as it is.
     */
    static RuntimeReport afterLoading(RunningRuntimes.Entry entry, ResourceNames choice) {
        ControlClient control = new ControlClient(entry.endpoint());
        Waiting.until(() -> !isLoading(control.status()), MAX_LOADING);
        return of(entry, choice);
    }

    private static boolean isLoading(JsonNode status) {
        for (JsonNode function : status.path("functions")) {
            if (function.path("state").asText().equals("starting")) {
                return true;
            }
        }
        return false;
    }

    /** Reads the report from a running runtime. */
    static RuntimeReport of(RunningRuntimes.Entry entry, ResourceNames choice) {
        Target target = new Target(
                Target.Kind.EMBEDDED,
                Optional.of(entry.endpoint()),
                entry.region(),
                Optional.empty(),
                entry.stack(),
                "up",
                entry.outputs());
        JsonNode status = new ControlClient(entry.endpoint()).status();
        try (AwsClients clients = new AwsClients(target)) {
            StackResources stack = StackResources.of(clients, choice);
            return new RuntimeReport(
                    entry.endpoint().toString(),
                    new Names(
                            stack.submitUrl().map(URI::toString).orElse(""),
                            entry.stack(),
                            stack.stream().orElse(""),
                            stack.table().orElse(""),
                            stack.queue().orElse(""),
                            stack.secret().orElse("")),
                    entry.region(),
                    entry.pid(),
                    new All(
                            names(stack, ResourceKind.STREAM),
                            names(stack, ResourceKind.TABLE),
                            names(stack, ResourceKind.QUEUE),
                            stack.deadLetterQueues(),
                            names(stack, ResourceKind.FUNCTION),
                            stack.apiUrl().map(URI::toString).orElse("")),
                    warnings(status),
                    runnable(status),
                    apis(status));
        }
    }

    private static List<String> names(StackResources stack, ResourceKind kind) {
        return stack.all(kind).stream().map(StackPart::name).toList();
    }

    private static List<String> warnings(JsonNode status) {
        List<String> found = new ArrayList<>();
        status.path("warnings").forEach(warning -> found.add(warning.asText()));
        for (JsonNode function : status.path("functions")) {
            if (function.path("state").asText().equals("failed")) {
                found.add("the function %s cannot be loaded: %s"
                        .formatted(
                                function.path("name").asText(),
                                function.path("error").asText()));
            }
        }
        return found;
    }

    private static List<String> runnable(JsonNode status) {
        List<String> found = new ArrayList<>();
        for (JsonNode function : status.path("functions")) {
            if (!function.path("state").asText().equals("failed")) {
                found.add(function.path("name").asText());
            }
        }
        return found;
    }

    private static List<String> apis(JsonNode status) {
        List<String> found = new ArrayList<>();
        status.path("apis")
                .forEach(api -> found.add(
                        api.path("url").asText() + "  (" + api.path("name").asText() + ")"));
        return found;
    }

    /** Returns the entry by which other commands find a runtime of this process. */
    static RunningRuntimes.Entry entry(LocalRuntime runtime, String stack, String region, Instant startedAt) {
        return new RunningRuntimes.Entry(
                runtime.endpoint(),
                ProcessHandle.current().pid(),
                stack,
                region,
                startedAt.toString(),
                runtime.outputs(),
                runtime.warnings());
    }

    /**
     * Returns the report for people: a line for each resource that the stack has.
     *
     * @param alone whether no other runtime is running, so that commands find this one by themselves
     * @param columns the width beyond which lines are wrapped, except the one to copy
     */
    String text(double seconds, boolean alone, int columns) {
        StringBuilder page = new StringBuilder(String.format(
                Locale.ROOT, "%s is running at %s (started in %.1f s)%n", names.stack(), endpoint, seconds));
        StringBuilder copied = new StringBuilder();
        boolean kit = !names.submitUrl().isEmpty();
        if (kit) {
            line(page, "submit", names.submitUrl() + "/" + names.stream() + "/EVENT_ID");
            line(page, "credentials", names.secretArn() + "  (print them: ingest-cli credentials)");
        } else {
            apis.forEach(api -> line(page, "api", api));
        }
        line(page, "stream", listed(names.stream(), all.streams()));
        line(page, "table", listed(names.table(), all.tables()));
        line(page, "queue", String.join(", ", plainQueues()));
        line(page, "dead letters", listed(kit ? names.queueUrl() : "", all.deadLetterQueues()));
        if (!kit) {
            line(page, "function", String.join(", ", all.functions()));
        }
        line(page, "console", endpoint + ConsoleCommand.PATH);
        line(copied, "try", example(alone ? "" : " --endpoint-url " + endpoint));
        return page.toString()
                        .lines()
                        .map(line -> Text.wrapped(line, columns, INDENT) + "\n")
                        .collect(Collectors.joining())
                + copied;
    }

    private List<String> plainQueues() {
        return all.queues().stream()
                .filter(queue -> !all.deadLetterQueues().contains(queue))
                .toList();
    }

    private static String listed(String chosen, List<String> all) {
        return chosen.isEmpty() || all.size() > 1 ? String.join(", ", all) : chosen;
    }

    /** Returns a command line that works unchanged; empty if the stack has nothing to send to or to invoke. */
    private String example(String choice) {
        if (!names.submitUrl().isEmpty()) {
            return ("curl -u \"$(ingest-cli credentials%s)\" -H 'Content-Type: application/json' -d"
                            + " '{\"hello\":\"world\"}' %s/%s/first")
                    .formatted(choice, names.submitUrl(), names.stream());
        }
        if (!all.streams().isEmpty()) {
            String stream =
                    names.stream().isEmpty() ? " --stream " + all.streams().get(0) : "";
            return "ingest-cli send --via stream%s --id first --data '{\"hello\":\"world\"}'%s"
                    .formatted(stream, choice);
        }
        return runnable.isEmpty() ? "" : "ingest-cli invoke %s%s".formatted(runnable.get(0), choice);
    }

    private static void line(StringBuilder page, String name, String value) {
        if (!value.isEmpty()) {
            page.append(String.format(Locale.ROOT, "  %-12s %s%n", name, Text.safe(value)));
        }
    }
}
