package dev.ingestkit.cli.capsule;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.template.Template;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.spec.RuntimeNames;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The runtimes of a template's functions, whether or not this machine has them. */
final class TemplateRuntimes {

    private static final RuntimeNames NAMES =
            new RuntimeNames("any", "us-east-1", "000000000000", URI.create("http://localhost"));

    private final Optional<Map<String, String>> byFunction;

    private TemplateRuntimes(Optional<Map<String, String>> byFunction) {
        this.byFunction = byFunction;
    }

    /** Reads a template, which may be missing, or need parameters: then nothing is known. */
    static TemplateRuntimes read(Path template) {
        requireNonNull(template, "template");
        if (!Files.isRegularFile(template)) {
            return new TemplateRuntimes(Optional.empty());
        }
        try {
            Map<String, String> runtimes = new HashMap<>();
            Template.read(template)
                    .on(runtime -> Optional.empty())
                    .resolve(NAMES, Map.of())
                    .compute()
                    .functions()
                    .forEach(each -> runtimes.put(each.logicalId(), each.code().runtime()));
            return new TemplateRuntimes(Optional.of(runtimes));
        } catch (TemplateException unreadable) {
            return new TemplateRuntimes(Optional.empty());
        }
    }

    /** Returns the runtime of a function by logical id; empty if it is not known. */
    Optional<String> of(String function) {
        return byFunction.map(runtimes -> runtimes.get(function));
    }

    /** Returns whether the template is known to have no function of that logical id. */
    boolean lack(String function) {
        return byFunction.filter(runtimes -> !runtimes.containsKey(function)).isPresent();
    }
}
