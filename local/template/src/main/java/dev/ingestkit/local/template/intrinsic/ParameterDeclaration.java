package dev.ingestkit.local.template.intrinsic;

import dev.ingestkit.local.template.model.Location;
import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.model.Suggestion;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.model.TemplateNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** An entry of {@code Parameters}: its type, default and constraints. */
final class ParameterDeclaration {

    private static final Set<String> PROPERTIES = Set.of(
            "Type",
            "Default",
            "AllowedValues",
            "AllowedPattern",
            "ConstraintDescription",
            "Description",
            "MinLength",
            "MaxLength",
            "MinValue",
            "MaxValue",
            "NoEcho");

    private final String name;
    private final String type;
    private final Properties declaration;

    private ParameterDeclaration(String name, String type, Properties declaration) {
        this.name = name;
        this.type = type;
        this.declaration = declaration;
    }

    static ParameterDeclaration of(String name, TemplateNode node) {
        Properties declaration = Properties.of(node);
        for (String property : declaration.node().entries().keySet()) {
            if (!PROPERTIES.contains(property)) {
                throw TemplateException.at(
                        declaration.at(),
                        "a parameter has no property %s; %s",
                        property,
                        Suggestion.of(property, PROPERTIES));
            }
        }
        String type = declaration.requiredText("Type");
        boolean known = type.equals("String") || type.equals("Number") || type.startsWith("AWS::") || isList(type);
        if (!known) {
            throw TemplateException.at(
                    declaration.at(),
                    "the type %s is unknown; use String, Number, CommaDelimitedList, List<…> or a type of AWS",
                    type);
        }
        return new ParameterDeclaration(name, type, declaration);
    }

    String name() {
        return name;
    }

    Location at() {
        return declaration.at();
    }

    boolean noEcho() {
        return declaration.flag("NoEcho").orElse(false);
    }

    /** Returns whether AWS would treat the parameter's value as the name of a stored value. */
    boolean isLookedUp() {
        return type.startsWith("AWS::SSM::Parameter::Value<");
    }

    Optional<String> defaultText() {
        return declaration.text("Default");
    }

    /**
     * Returns the value of {@code Ref}.
     *
     * @throws TemplateException when a constraint does not hold; the message names the value unless it is NoEcho
     */
    TemplateNode value(String text) {
        if (!isList(type)) {
            check(text);
            return TemplateNode.Scalar.text(at(), text);
        }
        List<TemplateNode> items = new ArrayList<>();
        for (String item : text.isEmpty() ? new String[0] : text.split(",", -1)) {
            check(item.strip());
            items.add(TemplateNode.Scalar.text(at(), item.strip()));
        }
        return new TemplateNode.Sequence(at(), items);
    }

    private static boolean isList(String type) {
        return type.equals("CommaDelimitedList") || type.contains("List<");
    }

    private void check(String text) {
        if (type.equals("Number") || type.equals("List<Number>")) {
            checkNumber(text);
        }
        List<String> allowed = declaration.texts("AllowedValues");
        if (!allowed.isEmpty() && !allowed.contains(text)) {
            throw refused(text, "is not one of the allowed values " + String.join(", ", allowed));
        }
        declaration.text("AllowedPattern").ifPresent(pattern -> checkPattern(text, pattern));
        declaration
                .integer("MinLength", 0, Integer.MAX_VALUE)
                .filter(minimum -> text.length() < minimum)
                .ifPresent(minimum -> {
                    throw refused(text, "is shorter than %d characters".formatted(minimum));
                });
        declaration
                .integer("MaxLength", 0, Integer.MAX_VALUE)
                .filter(maximum -> text.length() > maximum)
                .ifPresent(maximum -> {
                    throw refused(text, "is longer than %d characters".formatted(maximum));
                });
    }

    private void checkNumber(String text) {
        BigDecimal number;
        try {
            number = new BigDecimal(text);
        } catch (NumberFormatException notNumeric) {
            throw refused(text, "is not a number");
        }
        declaration
                .number("MinValue")
                .filter(minimum -> number.doubleValue() < minimum)
                .ifPresent(minimum -> {
                    throw refused(text, "is less than " + declaration.requiredText("MinValue"));
                });
        declaration
                .number("MaxValue")
                .filter(maximum -> number.doubleValue() > maximum)
                .ifPresent(maximum -> {
                    throw refused(text, "is more than " + declaration.requiredText("MaxValue"));
                });
    }

    private void checkPattern(String text, String pattern) {
        try {
            if (!Pattern.compile(pattern).matcher(text).matches()) {
                throw refused(text, "does not match " + pattern);
            }
        } catch (PatternSyntaxException malformed) {
            throw TemplateException.at(
                    at(), "AllowedPattern is not a regular expression: %s", malformed.getDescription());
        }
    }

    private TemplateException refused(String text, String reason) {
        String shown = noEcho() ? "its value" : "the value '%s'".formatted(text);
        String wanted = declaration
                .text("ConstraintDescription")
                .map(" (must be %s)"::formatted)
                .orElse("");
        return TemplateException.at(at(), "the parameter %s: %s %s%s", name, shown, reason, wanted);
    }
}
