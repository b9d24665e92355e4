package dev.ingestkit.cli.output;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;

/** Prints an error on standard error: three lines for people, or one JSON object for programs. */
public final class ErrorReport {

    private final PrintStream err;
    private final OutputSettings settings;

    /** Creates a report that prints to the given stream. */
    public ErrorReport(PrintStream err, OutputSettings settings) {
        this.err = err;
        this.settings = settings;
    }

    /** Reports an expected error. */
    public void print(CliException failure) {
        if (structured()) {
            json(failure);
        } else {
            err.print("error: " + Text.safe(failure.text()) + "\n");
            failure.reason().ifPresent(reason -> err.print("cause: " + Text.safe(reason) + "\n"));
            failure.hints().forEach(hint -> err.print("hint:  " + Text.safe(settings.runnable(hint)) + "\n"));
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
            err.print("error: " + failure.text() + "\n");
            err.print("cause: " + Text.safe(fault.toString()) + "\n");
            failure.hints().forEach(hint -> err.print("hint:  " + settings.runnable(hint) + "\n"));
        }
        trace(fault);
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
