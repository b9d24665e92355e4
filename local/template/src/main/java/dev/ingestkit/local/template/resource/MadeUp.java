package dev.ingestkit.local.template.resource;

import java.util.Locale;

/**
 * Made-up values of attributes that only AWS knows, in the usual form, so that the rest of a template can be resolved.
 */
final class MadeUp {

    private MadeUp() {}

    /** Returns the same value for the same attribute at every start. */
    static String attribute(String attribute, String type, Identity identity) {
        String last = attribute.substring(attribute.lastIndexOf('.') + 1);
        String text = identity.name() + "-" + attribute.replace('.', '-');
        if (last.endsWith("Arn") || last.endsWith("ARN")) {
            return identity.arn(service(type), text);
        }
        if (last.endsWith("Url") || last.endsWith("URL") || last.endsWith("Uri")) {
            return "https://%s.invalid/".formatted(text.toLowerCase(Locale.ROOT));
        }
        return text;
    }

    /** Returns the service in a type's ARNs. */
    static String service(String type) {
        return type.matches("AWS::[^:]+::.+") ? type.split("::", 3)[1].toLowerCase(Locale.ROOT) : "custom";
    }
}
