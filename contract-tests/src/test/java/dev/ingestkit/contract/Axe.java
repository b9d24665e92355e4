package dev.ingestkit.contract;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.proof.browser.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The rules of axe for accessible pages, where the environment names its script. */
final class Axe {

    private Axe() {}

    /** Returns what axe finds in the open page; nothing where the environment names no axe. */
    static List<String> findings(Browser browser) throws IOException {
        String axe = System.getenv("INGEST_AXE");
        if (axe == null) {
            return List.of();
        }
        browser.script(Files.readString(Path.of(axe)) + "; window.axe = axe;");
        JsonNode violations = browser.script(
                "return window.axe.run().then(result => result.violations.map(violation => violation.id + ': '"
                        + " + violation.nodes.map(node => node.target.join(' ')).join(', ')))");
        return violations.isEmpty() ? List.of() : List.of(violations.toString());
    }
}
