package dev.ingestkit.local.table.api.request;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The actions of DynamoDB and DynamoDB Streams with the shapes of their requests, read from a resource that
 * {@code src/tools/model.py} writes. Immutable.
 */
public final class ServiceModel {
    private static final String RESOURCE = "model.txt";

    private final Map<String, Shape.Struct> actions = new TreeMap<>();
    private final Set<String> refused = new TreeSet<>();

    private ServiceModel() {}

    /** A separate class, so that the model is read when it is first used. */
    private static final class Shared {
        private static final ServiceModel MODEL = read();
    }

    /** Returns the model, which is read once; a defect of the resource is an {@link IllegalStateException}. */
    public static ServiceModel load() {
        return Shared.MODEL;
    }

    private static ServiceModel read() {
        ServiceModel model = new ServiceModel();
        Map<String, String[]> lines = new HashMap<>();
        List<String[]> served = new ArrayList<>();
        for (String line : lines()) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "#" -> {}
                case "refused" -> model.refused.add(words[1]);
                case "action" -> served.add(words);
                default -> lines.put(words[1], words);
            }
        }
        Resolver resolver = new Resolver(lines);
        for (String[] action : served) {
            model.actions.put(action[1], (Shape.Struct) resolver.shape(action[3]));
        }
        return model;
    }

    /** Returns the request shape of an action that is served, or null for any other name. */
    public Shape.@Nullable Struct action(String name) {
        return actions.get(name);
    }

    /** Returns whether the API has the action and this engine refuses it. */
    public boolean isRefused(String name) {
        return refused.contains(name);
    }

    /** Returns the names of the actions that are served. */
    public Set<String> actions() {
        return Set.copyOf(actions.keySet());
    }

    private static List<String> lines() {
        try (InputStream in = ServiceModel.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("resource " + RESOURCE + " is missing beside " + ServiceModel.class);
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read resource " + RESOURCE, e);
        }
    }

    /** Builds shapes from lines, each once. */
    private static final class Resolver {
        private final Map<String, String[]> lines;
        private final Map<String, Shape> shapes = new HashMap<>();

        Resolver(Map<String, String[]> lines) {
            this.lines = lines;
        }

        Shape shape(String name) {
            Shape known = shapes.get(name);
            if (known == null) {
                String[] words = lines.get(name);
                if (words == null) {
                    throw new IllegalStateException(RESOURCE + ": no shape " + name);
                }
                known = parse(words);
                shapes.put(name, known);
            }
            return known;
        }

        private Shape parse(String[] words) {
            String name = words[1];
            return switch (words[0]) {
                case "struct" -> struct(words);
                case "list" -> new Shape.Listing(name, shape(words[2]), bounds(words, "min", "max"), text(words, "at"));
                case "map" ->
                    new Shape.Mapping(
                            name,
                            shape(words[2]),
                            bounds(words, "min", "max"),
                            new Shape.Keys(bounds(words, "keymin", "keymax"), text(words, "key")),
                            bounds(words, "vmin", "vmax"));
                case "item" -> new Shape.Item(name);
                case "value" -> new Shape.Value(name);
                case "text" ->
                    new Shape.Text(
                            name,
                            bounds(words, "min", "max"),
                            values(text(words, "enum")),
                            pattern(text(words, "pattern")));
                case "flag" -> new Shape.Flag(name);
                default -> number(words);
            };
        }

        private static List<String> values(@Nullable String listed) {
            return listed == null ? List.of() : List.of(listed.split(","));
        }

        private static @Nullable Pattern pattern(@Nullable String expression) {
            return expression == null ? null : Pattern.compile(expression);
        }

        private static Shape number(String[] words) {
            Shape.NumberType type = switch (words[0]) {
                case "int" -> Shape.NumberType.INTEGER;
                case "long" -> Shape.NumberType.LONG;
                case "double" -> Shape.NumberType.DOUBLE;
                default -> throw new IllegalStateException(RESOURCE + ": no kind of shape " + words[0]);
            };
            return new Shape.Numeric(words[1], type, bounds(words, "min", "max"));
        }

        private Shape struct(String[] words) {
            List<Shape.Member> members = new ArrayList<>();
            Map<String, Integer> positions = new HashMap<>();
            for (int i = 2; i < words.length; i++) {
                int colon = words[i].indexOf(':');
                boolean required = words[i].charAt(colon - 1) == '!';
                String member = words[i].substring(0, required ? colon - 1 : colon);
                positions.put(member, members.size());
                members.add(new Shape.Member(member, shape(words[i].substring(colon + 1)), required));
            }
            return new Shape.Struct(words[1], List.copyOf(members), Map.copyOf(positions));
        }

        private static Shape.Bounds bounds(String[] words, String min, String max) {
            return new Shape.Bounds(number(text(words, min)), number(text(words, max)));
        }

        private static @Nullable Long number(@Nullable String text) {
            return text == null ? null : Long.valueOf(text);
        }

        private static @Nullable String text(String[] words, String key) {
            for (int i = 2; i < words.length; i++) {
                if (words[i].startsWith(key + "=")) {
                    return words[i].substring(key.length() + 1);
                }
            }
            return null;
        }
    }
}
