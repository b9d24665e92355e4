package dev.ingestkit.cli.command.capsule;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.capsule.CapsuleFiles;
import dev.ingestkit.cli.capsule.CapsuleTestWriter;
import dev.ingestkit.cli.context.CliContext;
import dev.ingestkit.cli.output.Column;
import dev.ingestkit.cli.output.Output;
import dev.ingestkit.local.capsule.Capsule;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Adds a JUnit class that replays a capsule's event, and its fixture, to a Maven project. */
@Command(
        name = "test",
        description = {
            "Adds a JUnit class that replays a capsule's event, and its fixture, to a Maven project.",
            "The class needs the testkit; it fails as the function did, and passes once the handler is fixed."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:written", "1:no such capsule"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  ingest-cli capsule test bad-total",
            "  ingest-cli capsule test bad-total --package com.acme.billing"
        })
public final class CapsuleTestCommand implements Runnable {

    private final CliContext context;

    @Parameters(paramLabel = "NAME", description = "The capsule's name, or its file.")
    String name = "";

    @Option(
            names = "--package",
            paramLabel = "NAME",
            defaultValue = "app",
            description = "The package of the class (default: ${DEFAULT-VALUE}).")
    String packageName = "app";

    @Option(
            names = "--template",
            paramLabel = "FILE",
            defaultValue = "template.yaml",
            description = "The template, as the test names it (default: ${DEFAULT-VALUE}).")
    String template = "template.yaml";

    public CapsuleTestCommand(CliContext context) {
        this.context = requireNonNull(context, "context");
    }

    /** A created file; the component is its JSON form. */
    record Created(String file) {}

    @Override
    public void run() {
        Path project = context.environment().workingDirectory();
        Capsule capsule = new CapsuleFiles(project).get(name);
        CapsuleTestWriter writer = new CapsuleTestWriter(project, template);
        try (Output.Records rows = context.output().list(List.of(Column.of("FILE", "file")))) {
            writer.write(capsule, packageName)
                    .forEach(file ->
                            rows.add(new Created(project.relativize(file).toString())));
        }
        if (writer.lacksFunction(capsule)) {
            context.output()
                    .note("'%s' has no function '%s', so the test cannot run: name the capsule's template by --template"
                            .formatted(template, capsule.source().function()));
        }
    }
}
