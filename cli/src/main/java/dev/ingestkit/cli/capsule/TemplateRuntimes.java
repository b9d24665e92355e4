package dev.ingestkit.cli.capsule;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.template.Template;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.spec.RuntimeNames;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
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
        if (!Files.isRegularFile(template)) {
            return Optional.empty();
        }
        try {
            return Template.read(template)
                    .on(runtime -> Optional.empty())
                    .resolve(NAMES, Map.of())
                    .compute()
                    .functions()
                    .stream()
                    .filter(each -> each.logicalId().equals(function))
                    .map(each -> each.code().runtime())
                    .findFirst();
        } catch (TemplateException unreadable) {
            return Optional.empty();
        }
    }
}
