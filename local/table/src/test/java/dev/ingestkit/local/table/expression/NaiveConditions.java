package dev.ingestkit.local.table.expression;

import dev.ingestkit.local.table.item.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes random conditions that DynamoDB accepts, each with straight code that says what it is of an item. */
final class NaiveConditions {
    /** A condition's text and its meaning. */
    record Made(String text, java.util.function.Predicate<Map<String, Object>> test) {}

    private record Part(
            String text,
            Function<Map<String, Object>, @Nullable Object> value,
            @Nullable Object constant) {
        boolean isPath() {
            return constant == null && !text.startsWith("size");
        }
    }

    private final Random random;
    private final Naive naive;
    private final Map<String, Value> values = new HashMap<>();

    NaiveConditions(Random random) {
        this.random = random;
        this.naive = new Naive(random);
    }

    Placeholders placeholders() {
        return new Placeholders(Map.of("#a", "a", "#b", "b"), values);
    }

    Made condition(int depth) {
        switch (depth == 0 ? 9 : random.nextInt(6)) {
            case 0 -> {
                Made first = condition(depth - 1);
                Made second = condition(depth - 1);
                return new Made(
                        grouped(first) + " AND " + grouped(second),
                        item -> first.test.test(item) && second.test.test(item));
            }
            case 1 -> {
                Made one = condition(depth - 1);
                Made two = condition(depth - 1);
                return new Made(
                        grouped(one) + " or " + grouped(two), item -> one.test.test(item) || two.test.test(item));
            }
            case 2 -> {
                Made not = condition(depth - 1);
                return new Made("NOT " + grouped(not), item -> !not.test.test(item));
            }
            default -> {
                return simple();
            }
        }
    }

    private static String grouped(Made made) {
        return "(" + made.text + ")";
    }

    private Made simple() {
        Part path = path();
        switch (random.nextInt(8)) {
            case 0 -> {
                return new Made("attribute_exists(" + path.text + ")", item -> path.value.apply(item) != null);
            }
            case 1 -> {
                return new Made("attribute_not_exists(" + path.text + ")", item -> path.value.apply(item) == null);
            }
            case 2 -> {
                return typeTest(path);
            }
            case 3 -> {
                return beginsWith(path);
            }
            case 4 -> {
                Part sought = other(path, false);
                return new Made(
                        "contains(" + path.text + ", " + sought.text + ")",
                        item -> contains(path.value.apply(item), sought.value.apply(item)));
            }
            case 5 -> {
                return in(path);
            }
            case 6 -> {
                return between(path);
            }
            default -> {
                return compare();
            }
        }
    }

    private Made typeTest(Part path) {
        String type = List.of("S", "N", "B", "BOOL", "NULL", "L", "M", "SS", "NS", "BS")
                .get(random.nextInt(10));
        return new Made("attribute_type(" + path.text + ", " + constant((Object) type).text + ")", item -> {
            Object value = path.value.apply(item);
            return value != null && Naive.type(value).equals(type);
        });
    }

    private Made beginsWith(Part path) {
        Object prefix = naive.scalar();
        if (prefix instanceof BigDecimal) {
            return simple();
        }
        return new Made("begins_with ( " + path.text + "," + constant(prefix).text + " )", item -> {
            Object value = path.value.apply(item);
            return (value instanceof String text && prefix instanceof String start && text.startsWith(start))
                    || (value instanceof Naive.Bytes bytes
                            && prefix instanceof Naive.Bytes start2
                            && bytes.text().startsWith(start2.text()));
        });
    }

    private static boolean contains(@Nullable Object value, @Nullable Object part) {
        if (value instanceof String text) {
            return part instanceof String sought && text.contains(sought);
        }
        if (value instanceof Naive.Bytes bytes) {
            return part instanceof Naive.Bytes sought && bytes.text().contains(sought.text());
        }
        if (value instanceof Naive.Elements set) {
            return set.all().stream().anyMatch(element -> Naive.isEqual(element, part));
        }
        return value instanceof List<?> list && list.stream().anyMatch(element -> Naive.isEqual(element, part));
    }

    private Made in(Part path) {
        List<Part> candidates = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(4); i++) {
            candidates.add(other(path, false));
        }
        String list = candidates.stream().map(part -> part.text).collect(Collectors.joining(","));
        return new Made(
                path.text + " IN (" + list + ")",
                item -> candidates.stream()
                        .anyMatch(part -> Naive.isEqual(path.value.apply(item), part.value.apply(item))));
    }

    private Made between(Part path) {
        Part low = other(path, true);
        Part high = other(path, true);
        if (low.constant != null && high.constant != null) {
            Integer order = Naive.compare(low.constant, high.constant);
            if (order == null || order > 0) {
                return simple();
            }
        }
        return new Made(path.text + " BETWEEN " + low.text + " AND " + high.text, item -> {
            Integer lower = Naive.compare(path.value.apply(item), low.value.apply(item));
            Integer upper = Naive.compare(path.value.apply(item), high.value.apply(item));
            return lower != null && upper != null && lower >= 0 && upper <= 0;
        });
    }

    private Made compare() {
        String operator = List.of("=", "<>", "<", "<=", ">", ">=").get(random.nextInt(6));
        boolean ordering = !operator.equals("=") && !operator.equals("<>");
        Part left = random.nextInt(3) == 0 ? operand(ordering) : path();
        Part right = other(left, ordering);
        return new Made(left.text + operator + right.text, item -> {
            Object one = left.value.apply(item);
            Object two = right.value.apply(item);
            Integer order = Naive.compare(one, two);
            return switch (operator) {
                case "=" -> Naive.isEqual(one, two);
                case "<>" -> !Naive.isEqual(one, two);
                case "<" -> order != null && order < 0;
                case "<=" -> order != null && order <= 0;
                case ">" -> order != null && order > 0;
                default -> order != null && order >= 0;
            };
        });
    }

    /** Returns an operand that is not the same path as another one. */
    private Part other(Part than, boolean ordered) {
        Part part;
        do {
            part = operand(ordered);
        } while (part.isPath() && part.text.replace("#", "").equals(than.text.replace("#", "")));
        return part;
    }

    private Part operand(boolean ordered) {
        switch (random.nextInt(4)) {
            case 0 -> {
                return path();
            }
            case 1 -> {
                Part of = path();
                return new Part("size(" + of.text + ")", item -> size(of.value.apply(item)), null);
            }
            default -> {
                return constant(ordered ? naive.scalar() : naive.value(1));
            }
        }
    }

    private static @Nullable Object size(@Nullable Object value) {
        if (value instanceof String text) {
            return new BigDecimal(text.length());
        }
        if (value instanceof Naive.Bytes bytes) {
            return new BigDecimal(bytes.text().length());
        }
        if (value instanceof List<?> list) {
            return new BigDecimal(list.size());
        }
        if (value instanceof Map<?, ?> map) {
            return new BigDecimal(map.size());
        }
        return value instanceof Naive.Elements set ? new BigDecimal(set.all().size()) : null;
    }

    private Part path() {
        NaivePath path = NaivePath.random(random, 3);
        String text = path.text();
        if (random.nextInt(4) == 0 && (text.startsWith("a") || text.startsWith("b"))) {
            text = "#" + text;
        }
        return new Part(text, path::find, null);
    }

    private Part constant(Object value) {
        String name = ":v" + values.size();
        values.put(name, Samples.value(Naive.json(value)));
        return new Part(name, item -> value, value);
    }
}
