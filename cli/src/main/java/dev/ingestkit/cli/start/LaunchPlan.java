package dev.ingestkit.cli.start;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The way to run a command line where the launcher is not a Unix shell: in the JVM that the script has started, or in a JVM
 * of its own with the flags that the command needs. Immutable.
 *
 * @param ownJvm whether the command runs in a JVM of its own, which is started with the flags
 * @param flags the flags of that JVM
 * @param environment the variables that the tool reads in addition to those of the process
 */
record LaunchPlan(boolean ownJvm, List<String> flags, Map<String, String> environment) {

    /** The flags of a runtime; the launcher for Unix shells explains them. A test compares the two. */
    static final List<String> RUNTIME_FLAGS = List.of(
            "-XX:+UseG1GC",
            "-XX:InitialHeapSize=256m",
            "-XX:MinHeapSize=64m",
            "-Xmx1g",
            "-XX:MaxNewSize=48m",
            "-XX:GCTimeRatio=4",
            "-XX:MinHeapFreeRatio=5",
            "-XX:MaxHeapFreeRatio=10",
            "-XX:G1PeriodicGCInterval=30000",
            "-XX:Tier4InvocationThreshold=15000",
            "-XX:Tier4MinInvocationThreshold=1800",
            "-XX:Tier4CompileThreshold=45000",
            "-XX:Tier4BackEdgeThreshold=120000",
            "-Djava.awt.headless=true");

    private static final List<String> TABLE_FLAGS = List.of("-Djava.awt.headless=true");

    LaunchPlan {
        flags = List.copyOf(flags);
        environment = Map.copyOf(environment);
    }

    /**
     * Returns the plan of a command line.
     *
     * @param home the directory of the script: a checkout, or an unpacked archive
     * @param terminal a digit for each standard stream: 1 if it is a terminal
     * @param variables the process's environment, whose values win
     */
    static LaunchPlan of(List<String> arguments, Path home, String terminal, Map<String, String> variables) {
        requireNonNull(home, "home");
        Map<String, String> added = new HashMap<>();
        added.put("INGEST_TTY", terminal);
        added.put("INGEST_COMMAND", "ingest-cli");
        added.put("INGEST_HOME", home.toString());
        if (!variables.containsKey("INGEST_HOME")) {
            added.put("INGEST_HOME_BY_LAUNCHER", "1");
        }
        added.keySet().removeAll(variables.keySet());
        return switch (arguments.isEmpty() ? "" : arguments.get(0)) {
            case "up", "demo" -> new LaunchPlan(true, RUNTIME_FLAGS, added);
            case "table" -> new LaunchPlan(true, TABLE_FLAGS, added);
            default -> new LaunchPlan(false, List.of(), added);
        };
    }

    /** Returns the command of the JVM. */
    List<String> command(Path java, String classPath, String mainClass, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(java.toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath, mainClass));
        command.addAll(arguments);
        return command;
    }
}
