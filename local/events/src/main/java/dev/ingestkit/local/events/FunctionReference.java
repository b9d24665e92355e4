package dev.ingestkit.local.events;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A function as Lambda's API and mappings name it. Immutable.
 *
 * @param name the function's name
 * @param version the qualifier, an alias or a version, as it was given; null without
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html">FunctionName of Invoke</a>
 */
public record FunctionReference(String name, @Nullable String version) {

    private static final Pattern FORMS = Pattern.compile(
            "(?:arn:[^:]*:lambda:[^:]*:[^:]*:function:|(?:[^:]+:)?\\d{12}:(?:function:)?|function:)?([^:]+)(?::(.+))?");

    public FunctionReference {
        requireNonNull(name, "name");
    }

    /**
     * Reads a name, a partial ARN ({@code 123456789012:function:writer}, {@code 123456789012:writer}, {@code
     * function:writer}) or an ARN, each with or without qualifier. As in Lambda's pattern a prefix wins over a name: {@code
     * function:live} is the function {@code live}, not an alias of a function called {@code function}. A text of another
     * form is taken for a name, which no function has.
     */
    public static FunctionReference parse(String text) {
        if (text.indexOf(':') < 0) {
            return new FunctionReference(text, null);
        }
        Matcher matcher = FORMS.matcher(text);
        return matcher.matches()
                ? new FunctionReference(matcher.group(1), matcher.group(2))
                : new FunctionReference(text, null);
    }

    /** Returns a function's ARN without its qualifier; a text that is not an ARN stays as it is. */
    public static String unqualified(String functionArn) {
        return Arn.tryParse(functionArn)
                .map(arn -> arn.withResource("function:" + parse(functionArn).name())
                        .toString())
                .orElse(functionArn);
    }

    /** Returns the qualifier, an alias or a version; empty without one. */
    public Optional<String> qualifier() {
        return Optional.ofNullable(version);
    }
}
