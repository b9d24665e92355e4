package dev.ingestkit.local.functions;

import dev.ingestkit.local.bootstrap.Bootstrap;
import dev.ingestkit.local.bootstrap.SharedWorkers;
import dev.ingestkit.local.functions.code.RuntimeJars;
import dev.ingestkit.local.functions.code.TaskRoot;
import dev.ingestkit.local.functions.process.JvmLink;
import dev.ingestkit.local.functions.process.ProcessLink;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The command that starts a function's JVM: its JDK, flags, working directory and environment variables. */
final class JvmCommand implements ProcessCommand {

    private static final int HEAP_PERCENT = 85;

    /** The minimum heap per environment; with less, another JVM is started. */
    private static final int MEGABYTES_PER_ENVIRONMENT = 128;

    /** The invocations that one instance of the handler takes at once; without it each has an instance of its own. */
    private static final String MAX_CONCURRENCY = "AWS_LAMBDA_MAX_CONCURRENCY";

    private final FunctionRuntimeOptions options;
    private final RuntimeJars jars;
    private final FunctionConfig config;
    private final TaskRoot code;

    JvmCommand(FunctionRuntimeOptions options, RuntimeJars jars, FunctionConfig config, TaskRoot code) {
        this.options = options;
        this.jars = jars;
        this.config = config;
        this.code = code;
    }

    @Override
    public int room() {
        if (config.debugged()) {
            return 1;
        }
        String concurrency = config.environment().getOrDefault(MAX_CONCURRENCY, "");
        return concurrency.matches("[1-9]\\d{0,8}")
                ? Integer.parseInt(concurrency)
                : Math.max(1, config.limits().memoryMegabytes() / MEGABYTES_PER_ENVIRONMENT);
    }

    @Override
    public boolean loadsAgain() {
        return true;
    }

    @Override
    public ProcessLink link() throws IOException {
        return new JvmLink(options.ids().get().toString(), environmentClassPath());
    }

    @Override
    public ProcessBuilder builder(ProcessLink link) throws IOException {
        return builder();
    }

    ProcessBuilder builder() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command());
        builder.directory(code.folder().toFile());
        builder.redirectErrorStream(true);
        Map<String, String> inherited = Map.copyOf(builder.environment());
        builder.environment().clear();
        builder.environment().putAll(environment(inherited, options.clock()));
        return builder;
    }

    /** Returns the class path of an execution environment: Lambda's runtime first, as on Lambda. */
    String environmentClassPath() {
        List<String> path = new ArrayList<>();
        jars.environment().forEach(jar -> path.add(jar.toString()));
        code.classPath().forEach(entry -> path.add(entry.toString()));
        return String.join(File.pathSeparator, path);
    }

    List<String> command() throws IOException {
        List<String> command = new ArrayList<>();
        command.add(java().toString());
        String users = config.environment().getOrDefault("JAVA_TOOL_OPTIONS", "");
        defaults().forEach((flag, replacedBy) -> {
            if (!Pattern.compile(replacedBy).matcher(users).find()) {
                command.add(flag);
            }
        });
        command.add("-XX:-UsePerfData");
        command.add("-XX:+DisplayVMOutputToStderr");
        command.add("-Dfile.encoding=UTF-8");
        // The home directory does not exist, as on Lambda: the user's AWS profiles must not reach a function.
        command.add("-Duser.home=/home/sbx_user1051");
        command.add("-Djava.awt.headless=true");
        command.add("-Djava.util.concurrent.ForkJoinPool.common.threadFactory=" + SharedWorkers.class.getName());
        Integer debugPort = config.debugPort();
        if (debugPort != null) {
            command.add("-agentlib:jdwp=transport=dt_socket,server=y,suspend=%s,quiet=y,address=127.0.0.1:%d"
                    .formatted(options.execution().awaitsDebugger() ? "y" : "n", debugPort));
        }
        command.add("-cp");
        command.add(jars.bootstrap().toString());
        command.add(Bootstrap.class.getName());
        return command;
    }

    /**
     * Flags like those of Lambda's Java runtimes: C1 only, one collector thread, as many processors as the memory buys.
     * The heap starts small, since many functions run on one machine. The command line overrides JAVA_TOOL_OPTIONS, so
     * each flag is left out where the template's options replace it.
     */
    private Map<String, String> defaults() {
        Map<String, String> flags = new LinkedHashMap<>();
        flags.put("-Xmx" + config.limits().memoryMegabytes() * HEAP_PERCENT / 100 + "m", "-Xmx|MaxHeapSize|MaxRAM");
        flags.put("-Xms16m", "-Xm[snx]|HeapSize|NewSize|RAMPercentage");
        flags.put("-XX:TieredStopAtLevel=1", "TieredCompilation|TieredStopAtLevel|-Xint|-Xcomp");
        flags.put("-XX:+UseSerialGC", "-XX:[+-]Use\\w+GC");
        flags.put("-XX:ActiveProcessorCount=" + processors(), "ActiveProcessorCount");
        // A JVM refuses to start with both this flag and an AOT cache.
        flags.put("-Xshare:auto", "-Xshare|-XX:AOT");
        return flags;
    }

    private Path java() throws IOException {
        Path home = options.execution()
                .javaHomes()
                .getOrDefault(config.code().runtime(), Path.of(System.getProperty("java.home")));
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows") ? "java.exe" : "java";
        Path java = home.resolve("bin").resolve(name);
        if (!Files.isExecutable(java)) {
            throw new IOException("no JDK for runtime %s of function %s: %s is not executable"
                    .formatted(config.code().runtime(), config.name(), java));
        }
        return java;
    }

    /** Lambda gives one vCPU per 1,769 MB and shows two of them to small functions. */
    private int processors() {
        int memory = config.limits().memoryMegabytes();
        if (memory <= 3_008) {
            return 2;
        }
        return memory <= 5_307 ? 3 : memory <= 7_076 ? 4 : memory <= 8_845 ? 5 : 6;
    }

    Map<String, String> environment(Map<String, String> inherited, Clock clock) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.putAll(FunctionVariables.inherited(inherited));
        variables.putAll(new FunctionVariables(options, config).all(code.folder(), clock));
        return variables;
    }
}
