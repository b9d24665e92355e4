package dev.ingestkit.cli.context;

import picocli.CommandLine;

/** The program around a command, for the commands that start it again or describe the whole of it. */
public interface Program {

    /** Returns the class whose {@code main} method the launcher calls. */
    Class<?> mainClass();

    /** Returns the complete command tree, with every command's class loaded. */
    CommandLine commands(CliContext context);
}
