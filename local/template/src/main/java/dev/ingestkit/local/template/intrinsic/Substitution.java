package dev.ingestkit.local.template.intrinsic;

import dev.ingestkit.local.template.model.Location;
import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.model.TemplateNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Evaluates {@code Fn::Sub}: {@code ${Name}}, {@code ${Resource.Attribute}}, and {@code ${!Literal}} for
 * {@code ${Literal}}.
 */
final class Substitution {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^{}]*)}");

    private final Scope scope;
    private final Resolver resolver;

    Substitution(Scope scope, Resolver resolver) {
        this.scope = scope;
        this.resolver = resolver;
    }

    String of(TemplateNode.Call call) {
        if (call.argument() instanceof TemplateNode.Sequence sequence) {
            List<TemplateNode> arguments = sequence.items();
            if (arguments.size() != 2 || !(arguments.get(1) instanceof TemplateNode.Mapping variables)) {
                throw TemplateException.at(call.at(), "Fn::Sub needs a string, or a list of a string and a map");
            }
            return substitute(Properties.text(arguments.get(0)), variables.entries(), call.at());
        }
        return substitute(Properties.text(call.argument()), Map.of(), call.at());
    }

    private String substitute(String template, Map<String, TemplateNode> variables, Location at) {
        StringBuilder text = new StringBuilder();
        Matcher matcher = VARIABLE.matcher(template);
        while (matcher.find()) {
            matcher.appendReplacement(text, Matcher.quoteReplacement(value(matcher.group(1), variables, at)));
        }
        return matcher.appendTail(text).toString();
    }

    private String value(String name, Map<String, TemplateNode> variables, Location at) {
        if (name.startsWith("!")) {
            return "${" + name.substring(1) + "}";
        }
        TemplateNode own = variables.get(name);
        if (own != null) {
            return resolver.text(own);
        }
        Optional<TemplateNode> value = reference(name, at);
        if (value.isEmpty() || value.get() instanceof TemplateNode.Sequence) {
            throw TemplateException.at(
                    at,
                    "Fn::Sub: ${%s} is %s; only text can be inserted into a string",
                    name,
                    value.isEmpty() ? "no value" : "a list");
        }
        return Properties.text(value.get());
    }

    private Optional<TemplateNode> reference(String name, Location at) {
        int dot = name.indexOf('.');
        return dot < 0
                ? scope.reference(name, at)
                : Optional.of(scope.attribute(name.substring(0, dot), name.substring(dot + 1), at));
    }
}
