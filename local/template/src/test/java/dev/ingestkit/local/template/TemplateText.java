package dev.ingestkit.local.template;

import dev.ingestkit.local.template.spec.RuntimeNames;
import dev.ingestkit.local.template.spec.Stack;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/** Templates written in tests, resolved for one made-up stack. */
final class TemplateText {

    private static final RuntimeNames NAMES =
            new RuntimeNames("demo", "eu-west-1", "123456789012", URI.create("http://localhost:4577"));

    private TemplateText() {}

    static Stack resolve(String text, Path directory, Map<String, String> parameters) {
        return Template.of("t.yaml", text, directory).resolve(NAMES, parameters);
    }
}
