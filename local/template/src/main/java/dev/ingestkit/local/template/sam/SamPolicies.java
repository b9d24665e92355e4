package dev.ingestkit.local.template.sam;

import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.model.TemplateNode;
import dev.ingestkit.local.template.resource.ResourceDeclaration;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The {@code Policies} of a function. Permissions have no effect in a local run; a policy that SAM would refuse is
 * refused here too.
 */
final class SamPolicies {

    private static final String FILE = "policy-templates.properties";
    private static final Map<String, List<String>> TEMPLATES = templates();

    private SamPolicies() {}

    /** @throws TemplateException in SAM's words, if SAM would refuse a policy */
    static void check(ResourceDeclaration function) {
        TemplateNode policies = function.properties().get("Policies");
        if (policies instanceof TemplateNode.Sequence list) {
            for (int i = 0; i < list.items().size(); i++) {
                check(function, list.items().get(i), i);
            }
        } else if (policies != null) {
            check(function, policies, 0);
        }
    }

    private static void check(ResourceDeclaration function, TemplateNode policy, int index) {
        if (!(policy instanceof TemplateNode.Mapping map) || map.has("Statement")) {
            return;
        }
        String name =
                map.entries().isEmpty() ? "" : map.entries().keySet().iterator().next();
        List<String> wanted = TEMPLATES.get(name);
        if (wanted == null || map.entries().size() != 1) {
            throw refused(
                    function, policy, "Policy at index %d in the 'Policies' property is not valid".formatted(index));
        }
        if (!(map.get(name) instanceof TemplateNode.Mapping given)) {
            throw refused(
                    function, policy, "Must specify valid parameter values for policy template '%s'".formatted(name));
        }
        List<String> missing =
                wanted.stream().filter(parameter -> !given.has(parameter)).toList();
        if (!missing.isEmpty()) {
            throw refused(
                    function,
                    policy,
                    "Following required parameters of template '%s' don't have values: %s"
                            .formatted(
                                    name,
                                    missing.stream().map("'%s'"::formatted).toList()));
        }
        for (TemplateNode value : given.entries().values()) {
            if (value instanceof TemplateNode.Scalar scalar && scalar.isNull()) {
                throw refused(
                        function,
                        policy,
                        "Must specify valid parameter values for policy template '%s'".formatted(name));
            }
        }
    }

    private static TemplateException refused(ResourceDeclaration function, TemplateNode policy, String reason) {
        return TemplateException.at(policy.at(), "Resource with id [%s] is invalid. %s", function.logicalId(), reason);
    }

    private static Map<String, List<String>> templates() {
        java.util.Properties file = new java.util.Properties();
        try (InputStream in = SamPolicies.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("the resource %s is missing".formatted(FILE));
            }
            file.load(in);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        Map<String, List<String>> templates = new HashMap<>();
        file.stringPropertyNames().forEach(name -> templates.put(name, parameters(file.getProperty(name))));
        return templates;
    }

    private static List<String> parameters(String names) {
        return Arrays.stream(names.split(",", -1))
                .filter(name -> !name.isEmpty())
                .toList();
    }
}
