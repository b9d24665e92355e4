package dev.ingestkit.cli.output;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;

/** Prints an error on standard error: three lines for people, or one JSON object for programs. */
public final class ErrorReport {

    private static final String INDENT = " ".repeat("error: ".length());

    private final PrintStream err;
    private final Terminal terminal;
    private final OutputSettings settings;

    /** Creates a report that prints to the given stream, which a terminal may show. */
    public ErrorReport(PrintStream err, Terminal terminal, OutputSettings settings) {
        this.err = err;
        this.terminal = terminal;
        this.settings = settings;
    }

    /** Reports an expected error. */
    public void print(CliException failure) {
        if (structured()) {
            json(failure);
        } else {
            lines(failure);
        }
        trace(failure);
    }

    /** Reports a defect of the tool itself. */
    public void printFault(Throwable fault) {
        CliException failure = new CliException("INTERNAL", ExitCode.FAILED, "internal error of this tool")
                .because(fault.toString(), fault)
                .hint("run the command again with --stacktrace, and report its output");
        if (structured()) {
            json(failure);
        } else {
            lines(failure);
        }
        trace(fault);
    }

    /** Hints are not wrapped, since most of them are command lines to copy. */
    private void lines(CliException failure) {
        block("error: ", failure.text());
        failure.reason().ifPresent(reason -> block("cause: ", reason));
        failure.hints().forEach(hint -> err.print("hint:  " + Text.safe(settings.runnable(hint)) + "\n"));
    }

    /** Prints text of several lines, such as the problems of a template, below each other. */
    private void block(String head, String text) {
        String start = head;
        for (String line : text.strip().split("\\R", -1)) {
            err.print(terminal.onErrors(start + line, INDENT) + "\n");
            start = INDENT;
        }
    }

    private boolean structured() {
        return settings.format() == OutputFormat.JSON || settings.format() == OutputFormat.NDJSON;
    }

    private void json(CliException failure) {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        ObjectNode error = line.putObject("error");
        error.put("code", failure.code());
        error.put("category", failure.exit().name());
        error.put("message", failure.text());
        failure.reason().ifPresent(reason -> error.put("cause", reason));
        ArrayNode hints = error.putArray("hints");
        failure.hints().forEach(hints::add);
        err.print(Text.forScreen(line.toString(), true) + "\n");
    }

    private void trace(Throwable thrown) {
        if (settings.stacktrace()) {
            StringWriter text = new StringWriter();
            thrown.printStackTrace(new PrintWriter(text));
            text.toString().lines().forEach(line -> err.print(Text.safe(line.replace("\t", "    ")) + "\n"));
        }
    }
}
