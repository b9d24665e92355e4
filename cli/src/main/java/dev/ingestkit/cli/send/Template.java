package dev.ingestkit.cli.send;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.cli.output.CliException;
import dev.ingestkit.cli.output.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A text with placeholders in braces. Other text in braces stays unchanged, so JSON needs no escapes. Immutable. */
public final class Template {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{("
            + Stream.of(Placeholder.values()).map(Placeholder::word).collect(Collectors.joining("|"))
            + ")(?::([^{}\"]*))?}");

    private final List<Function<EventValues, String>> parts;
    private final boolean bare;

    private Template(List<Function<EventValues, String>> parts, boolean bare) {
        this.parts = List.copyOf(parts);
        this.bare = bare;
    }

    /**
     * Parses a text.
     *
     * @throws CliException with USAGE for a placeholder with an invalid argument
     */
    public static Template parse(String text) {
        List<Function<EventValues, String>> parts = new ArrayList<>();
        Matcher found = PLACEHOLDER.matcher(requireNonNull(text, "text"));
        int end = 0;
        boolean bare = false;
        while (found.find()) {
            literal(text.substring(end, found.start()), parts);
            Placeholder placeholder = Placeholder.of(requireNonNull(found.group(1)));
            try {
                parts.add(placeholder.maker(found.group(2)));
            } catch (IllegalArgumentException wrong) {
                throw new CliException("TEMPLATE", ExitCode.USAGE, "invalid placeholder '%s'".formatted(found.group()))
                        .because(String.valueOf(wrong.getMessage()), wrong)
                        .hint("see ingest-cli help templates");
            }
            bare = placeholder.bare() && found.start() == 0 && found.end() == text.length();
            end = found.end();
        }
        literal(text.substring(end), parts);
        return new Template(parts, bare);
    }

    private static void literal(String text, List<Function<EventValues, String>> parts) {
        if (!text.isEmpty()) {
            parts.add(event -> text);
        }
    }

    /** Returns the text for one event. */
    public String fill(EventValues event) {
        if (parts.size() == 1) {
            return parts.get(0).apply(event);
        }
        StringBuilder text = new StringBuilder();
        parts.forEach(part -> text.append(part.apply(event)));
        return text.toString();
    }

    /** Returns whether the text is a single placeholder for a number or a boolean. */
    public boolean makesBareValue() {
        return bare;
    }
}
