package dev.ingestkit.local.gateway.expression;

import dev.ingestkit.local.gateway.document.Located;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The template of a gateway response. AWS runs no VTL here: only {@code $context.…}, {@code $stageVariables.…} and
 * {@code $method.request.…} are replaced, a reference without a value by nothing. Parsed at deployment. Immutable.
 */
public final class ErrorTemplate {

    private static final List<String> ROOTS = List.of("context.", "stageVariables.", "method.request.");

    private final List<Object> parts;

    private ErrorTemplate(List<Object> parts) {
        this.parts = List.copyOf(parts);
    }

    public static ErrorTemplate parse(Located at) {
        String source = at.requiredText();
        List<Object> parts = new ArrayList<>();
        int from = 0;
        int dollar = source.indexOf('$');
        while (dollar >= 0) {
            int end = referenceEnd(source, dollar);
            if (end > 0) {
                parts.add(source.substring(from, dollar));
                parts.add(source(at, source.substring(dollar, end)));
                from = end;
            }
            dollar = source.indexOf('$', Math.max(end, dollar + 1));
        }
        parts.add(source.substring(from));
        return new ErrorTemplate(parts);
    }

    public String render(RequestValues request) {
        StringBuilder text = new StringBuilder();
        for (Object part : parts) {
            if (part instanceof ParameterSource source) {
                @Nullable String value = source.value(request);
                text.append(value == null ? "" : value);
            } else {
                text.append(part);
            }
        }
        return text.toString();
    }

    private static ParameterSource source(Located at, String reference) {
        boolean braces = reference.startsWith("${");
        String expression = braces ? reference.substring(2, reference.length() - 1) : reference.substring(1);
        return ParameterSource.parse(
                new Located(com.fasterxml.jackson.databind.node.TextNode.valueOf(expression), at.path()));
    }

    /** Returns the end of the reference that starts at a dollar sign; -1 if none does. */
    private static int referenceEnd(String source, int dollar) {
        boolean braces = source.startsWith("${", dollar);
        int start = dollar + (braces ? 2 : 1);
        if (ROOTS.stream().noneMatch(root -> source.startsWith(root, start))) {
            return -1;
        }
        int end = start;
        while (end < source.length() && part(source.charAt(end))) {
            end++;
        }
        // A period that ends a sentence is not part of the name.
        while (source.charAt(end - 1) == '.') {
            end--;
        }
        if (!braces) {
            return end;
        }
        return end < source.length() && source.charAt(end) == '}' ? end + 1 : -1;
    }

    private static boolean part(char c) {
        return Character.isLetterOrDigit(c) || c == '.' || c == '_' || c == '-';
    }
}
