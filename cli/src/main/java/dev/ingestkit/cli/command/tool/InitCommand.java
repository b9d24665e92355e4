package dev.ingestkit.cli.command.tool;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.context.Build;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.Column;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.output.Output;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Creates a project with a handler of the user's own. */
@Command(
        name = "init",
        description = {
            "Creates a project: handler, template, test and run configurations of IDEs.",
            "The directory must be new or empty."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:created", "4:the directory is not empty, or cannot be written"},
        footerHeading = "%nExamples:%n",
        footer = {"  ingest-cli init billing", "  ingest-cli init billing --package com.acme.billing"})
public final class InitCommand implements Runnable {

    private final CliContext context;

    @Parameters(arity = "1", paramLabel = "DIR", description = "The directory; its last part is the project's name.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    Path directory;

    @Option(
            names = "--package",
            paramLabel = "NAME",
            defaultValue = "app",
            description = "The Java package of the handler (default: ${DEFAULT-VALUE}).")
    String packageName = "app";

    public InitCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    /** A created file; the component is its JSON form. */
    record Created(String file) {}

    @Override
    public void run() {
        if (!packageName.matches("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*")) {
            throw new CliException(
                    "USAGE", ExitCode.USAGE, "--package: '%s' is not a valid package name".formatted(packageName));
        }
        Path root = context.environment().workingDirectory().resolve(directory).normalize();
        requireEmpty(root);
        try (Output.Records rows = context.output().list(List.of(Column.of("FILE", "file")))) {
            files().forEach((name, resource) -> {
                write(root.resolve(name), text(resource, name(root)));
                rows.add(new Created(directory.resolve(name).toString()));
            });
        }
        context.output().command("next: cd %s && mvn -q package && ingest-cli up --detach".formatted(directory));
    }

    /** Returns the resource of each file, by the file's path in the project. */
    private Map<String, String> files() {
        String folder = packageName.replace('.', '/');
        Map<String, String> files = new LinkedHashMap<>();
        files.put("template.yaml", "template.yaml");
        files.put("pom.xml", "pom.xml");
        files.put("src/main/java/" + folder + "/EventHandler.java", "EventHandler.java.txt");
        files.put("src/test/java/" + folder + "/EventHandlerTest.java", "EventHandlerTest.java.txt");
        files.put("src/test/java/" + folder + "/PipelineTest.java", "PipelineTest.java.txt");
        files.put(".ingest.yaml", "ingest.yaml");
        files.put(".gitignore", "gitignore");
        files.put(".run/Attach to Handler.run.xml", "Attach.run.xml");
        files.put(".vscode/launch.json", "launch.json");
        files.put("README.md", "README.md");
        return files;
    }

    /** Returns the project's name, which is also an artifact's and a stack's. */
    private static String name(Path root) {
        String name = String.valueOf(root.getFileName())
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^[^a-z]+|-+$", "");
        return name.isEmpty() ? "events" : name;
    }

    private static void requireEmpty(Path root) {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> files = Files.list(root)) {
            if (files.findAny().isPresent()) {
                throw new CliException("NOT_EMPTY", ExitCode.ENVIRONMENT, "'%s' is not empty".formatted(root))
                        .hint("choose a new directory");
            }
        } catch (IOException unreadable) {
            throw unwritable(root, unreadable);
        }
    }

    private String text(String resource, String name) {
        try (InputStream file = InitCommand.class.getResourceAsStream("/dev/ingestkit/cli/init/" + resource)) {
            return new String(requireNonNull(file, resource).readAllBytes(), StandardCharsets.UTF_8)
                    .replace("@NAME@", name)
                    .replace("@VERSION@", Build.read().version())
                    .replace("@PACKAGE@", packageName);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("cannot read the resource " + resource, unreadable);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(requireNonNull(file.getParent()));
            Files.writeString(file, text);
        } catch (IOException failed) {
            throw unwritable(file, failed);
        }
    }

    private static CliException unwritable(Path file, IOException failed) {
        return new CliException("FILE_UNWRITABLE", ExitCode.ENVIRONMENT, "cannot write '%s'".formatted(file))
                .because(failed.getClass().getSimpleName() + ": " + failed.getMessage(), failed);
    }
}
