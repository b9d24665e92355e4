package dev.ingestkit.local.functions;

import dev.ingestkit.local.functions.code.RuntimeJars;
import dev.ingestkit.local.functions.code.TaskRoot;
import dev.ingestkit.local.functions.process.Interpreter;
import dev.ingestkit.local.functions.process.Interpreters;
import dev.ingestkit.local.functions.process.ProcessLink;
import dev.ingestkit.local.functions.process.RuntimeApi;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The command that starts an interpreter with this kit's bootstrap: its flags, search paths and variables. */
final class InterpreterCommand implements ProcessCommand {

    private static final int HEAP_PERCENT = 90;

    /** Files that never exist, so that the user's AWS profiles do not reach a function. */
    private static final String NO_PROFILES = "/home/sbx_user1051/.aws/";

    private final FunctionRuntimeOptions options;
    private final RuntimeJars jars;
    private final FunctionConfig config;
    private final TaskRoot code;

    InterpreterCommand(FunctionRuntimeOptions options, RuntimeJars jars, FunctionConfig config, TaskRoot code) {
        this.options = options;
        this.jars = jars;
        this.config = config;
        this.code = code;
    }

    /** Returns one: interpreters have no class loaders that keep environments apart. */
    @Override
    public int room() {
        return 1;
    }

    @Override
    public boolean loadsAgain() {
        return false;
    }

    @Override
    public ProcessLink link() throws IOException {
        return new RuntimeApi(config.name());
    }

    @Override
    public ProcessBuilder builder(ProcessLink link) throws IOException {
        Interpreter interpreter = Interpreters.ofThisMachine()
                .find(config.code().runtime())
                .orElseThrow(() -> new IOException("no interpreter for runtime %s of function %s on the PATH"
                        .formatted(config.code().runtime(), config.name())));
        ProcessBuilder builder = new ProcessBuilder(command(interpreter));
        builder.directory(code.folder().toFile());
        builder.redirectErrorStream(true);
        Map<String, String> variables = variables(interpreter, Map.copyOf(builder.environment()));
        variables.put("AWS_LAMBDA_RUNTIME_API", "127.0.0.1:" + link.port());
        builder.environment().clear();
        builder.environment().putAll(variables);
        if (config.debugged() && interpreter.language() == Interpreter.Language.PYTHON) {
            requireDebugpy(interpreter, variables);
        }
        return builder;
    }

    /** Python's debugger is a module that users install; without it the process would stop without an error for the caller. */
    private void requireDebugpy(Interpreter interpreter, Map<String, String> variables) throws IOException {
        String python = interpreter.executable().toString();
        ProcessBuilder question = new ProcessBuilder(
                        python,
                        "-c",
                        "import importlib.util, sys; sys.exit(importlib.util.find_spec('debugpy') is None)")
                .directory(code.folder().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        question.environment().clear();
        question.environment().putAll(variables);
        Process process = question.start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException(
                        "%s has no module debugpy, which a debugger of function %s needs: %s -m pip install debugpy"
                                .formatted(python, config.name(), python));
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking for debugpy", interrupted);
        }
    }

    List<String> command(Interpreter interpreter) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(interpreter.executable().toString());
        Integer debugPort = config.debugPort();
        switch (interpreter.language()) {
            case PYTHON -> {
                // Unbuffered, so that no output is lost when the process is killed.
                command.addAll(List.of("-u", "-X", "utf8"));
                if (debugPort != null) {
                    command.addAll(List.of("-X", "frozen_modules=off", "-m", "debugpy"));
                    command.addAll(List.of("--listen", "127.0.0.1:" + debugPort));
                    if (options.execution().awaitsDebugger()) {
                        command.add("--wait-for-client");
                    }
                }
            }
            case NODE -> {
                command.add("--max-old-space-size=" + config.limits().memoryMegabytes() * HEAP_PERCENT / 100);
                if (debugPort != null) {
                    String option = options.execution().awaitsDebugger() ? "--inspect-brk" : "--inspect";
                    command.add(option + "=127.0.0.1:" + debugPort);
                }
            }
        }
        command.add(jars.program(interpreter.language().bootstrap()).toString());
        return command;
    }

    Map<String, String> variables(Interpreter interpreter, Map<String, String> inherited) throws IOException {
        List<Path> layers = layers();
        Map<String, String> variables = new LinkedHashMap<>(FunctionVariables.inherited(inherited));
        prepend(variables, "PATH", layers.stream().map(layer -> layer.resolve("bin")));
        prepend(variables, "LD_LIBRARY_PATH", layers.stream().map(layer -> layer.resolve("lib")));
        variables.put("AWS_CONFIG_FILE", NO_PROFILES + "config");
        variables.put("AWS_SHARED_CREDENTIALS_FILE", NO_PROFILES + "credentials");
        variables.putAll(new FunctionVariables(options, config).all(code.folder(), options.clock()));
        switch (interpreter.language()) {
            case PYTHON ->
                prepend(
                        variables,
                        "PYTHONPATH",
                        layers.stream().flatMap(layer -> packages(layer, interpreter.version())));
            case NODE ->
                prepend(
                        variables,
                        "NODE_PATH",
                        layers.stream()
                                .flatMap(layer -> modules(layer, config.code().runtime())));
        }
        return variables;
    }

    private static Stream<Path> packages(Path layer, String version) {
        String minor = version.replaceFirst("^(\\d+\\.\\d+).*", "$1");
        Path python = layer.resolve("python");
        return Stream.of(python.resolve("lib").resolve("python" + minor).resolve("site-packages"), python);
    }

    private static Stream<Path> modules(Path layer, String runtime) {
        String version = runtime.replaceAll("^nodejs|\\.x$", "");
        Path node = layer.resolve("nodejs");
        return Stream.of(node.resolve("node" + version).resolve("node_modules"), node.resolve("node_modules"));
    }

    private static void prepend(Map<String, String> variables, String name, Stream<Path> folders) {
        String first =
                folders.filter(Files::isDirectory).map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        if (!first.isEmpty()) {
            variables.merge(name, first, (own, added) -> added + File.pathSeparator + own);
        }
    }

    /** Returns the folders of the function's layers, which are one folder, /opt, on Lambda: the last one wins there. */
    private List<Path> layers() throws IOException {
        Path folder = code.folder().resolve(TaskRoot.LAYERS);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> layers = Files.list(folder)) {
            return layers.sorted(java.util.Comparator.comparing(
                                    (Path layer) -> Integer.parseInt(String.valueOf(layer.getFileName())))
                            .reversed())
                    .toList();
        }
    }
}
