package dev.ingestkit.local.functions.process;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An interpreter of this machine that runs functions. Immutable.
 *
 * @param language its language
 * @param executable the program itself, not a script or link that chooses one
 * @param version its version, as it reports it: {@code 3.13.1}
 */
public record Interpreter(Language language, Path executable, String version) {

    /** The languages beside Java whose functions run here. */
    public enum Language {
        PYTHON("Python", "python3", "bootstrap.py", "import sys; print(sys.executable); print(sys.version.split()[0])"),
        NODE("Node.js", "node", "bootstrap.mjs", "console.log(process.execPath); console.log(process.versions.node)");

        private final String title;
        private final String command;
        private final String bootstrap;
        private final String question;

        Language(String title, String command, String bootstrap, String question) {
            this.title = title;
            this.command = command;
            this.bootstrap = bootstrap;
            this.question = question;
        }

        /** Returns the language of a Lambda runtime ({@code python3.13}, {@code nodejs22.x}); empty for others. */
        public static Optional<Language> of(String runtime) {
            if (runtime.matches("python3\\.\\d+")) {
                return Optional.of(PYTHON);
            }
            return runtime.matches("nodejs\\d+\\.(x|\\d+)") ? Optional.of(NODE) : Optional.empty();
        }

        /** Returns the language's name in sentences. */
        public String title() {
            return title;
        }

        /** Returns the command that starts it on most machines. */
        public String command() {
            return command;
        }

        /** Returns the name of the program, a resource of this package, that loads a handler of the language. */
        public String bootstrap() {
            return bootstrap;
        }

        /** Returns the commands that may start an interpreter for a runtime, the best first. */
        List<String> commands(String runtime) {
            return this == PYTHON ? List.of(runtime.toLowerCase(Locale.ROOT), command, "python") : List.of(command);
        }

        /** Returns the arguments with which the interpreter prints its path and its version, a line each. */
        List<String> question() {
            return List.of(this == PYTHON ? "-c" : "-e", question);
        }
    }

    public Interpreter {
        requireNonNull(language, "language");
        requireNonNull(executable, "executable");
        requireNonNull(version, "version");
    }

    /** Returns whether the interpreter has the version that a Lambda runtime names. */
    public boolean isOf(String runtime) {
        String wanted = runtime.replaceAll("^\\D+|\\.x$", "");
        return version.equals(wanted) || version.startsWith(wanted + ".");
    }
}
