package dev.ingestkit.local.template.spec;

import java.util.Optional;

/** The Lambda runtimes that run on this machine. Thread-safe. */
@FunctionalInterface
public interface RuntimeSupport {

    /** Java runs everywhere, nothing else does. */
    RuntimeSupport JAVA = runtime -> runtime.startsWith("java")
            ? Optional.empty()
            : Optional.of("its runtime %s is not run here (only Java is)".formatted(runtime));

    /**
     * Returns why functions of a runtime do not run; empty if they do.
     *
     * @param runtime as in the template: {@code python3.13}
     * @return a clause about the function: "its runtime ... is not run here"
     */
    Optional<String> obstacle(String runtime);
}
