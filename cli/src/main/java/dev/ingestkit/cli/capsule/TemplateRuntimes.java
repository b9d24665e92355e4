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

    private final Path template;

    TemplateRuntimes(Path template) {
        this.template = requireNonNull(template, "template");
    }

    /** Returns the runtime of a function by logical id; empty if the template does not tell it without parameters. */
    Optional<String> of(String function) {
        return byFunction().map(runtimes -> runtimes.get(function));
    }

    /** Returns whether the template can be read without parameters and has no function of that logical id. */
    boolean lack(String function) {
        return byFunction().filter(runtimes -> !runtimes.containsKey(function)).isPresent();
    }

    private Optional<Map<String, String>> byFunction() {
        if (!Files.isRegularFile(template)) {
            return Optional.empty();
        }
        try {
            Map<String, String> runtimes = new HashMap<>();
            Template.read(template)
                    .on(runtime -> Optional.empty())
                    .resolve(NAMES, Map.of())
                    .compute()
                    .functions()
                    .forEach(each -> runtimes.put(each.logicalId(), each.code().runtime()));
            return Optional.of(runtimes);
        } catch (TemplateException unreadable) {
            return Optional.empty();
        }
    }
}
