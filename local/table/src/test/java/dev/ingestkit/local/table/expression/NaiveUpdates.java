package dev.ingestkit.local.table.expression;

import dev.ingestkit.local.table.item.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes random updates that DynamoDB accepts, each with straight code that applies it to an item. */
final class NaiveUpdates {
    /** Straight code found that the update cannot be applied. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private interface Operand {
        @Nullable
        Object of(Map<String, Object> item);
    }

    private record Action(String clause, String text, NaivePath path, Operand operand) {}

    private final Random random;
    private final Naive naive;
    private final Map<String, Value> values = new HashMap<>();
    private final List<Action> actions = new ArrayList<>();

    NaiveUpdates(Random random) {
        this.random = random;
        this.naive = new Naive(random);
        for (int i = 0; i <= random.nextInt(4); i++) {
            NaivePath path = NaivePath.random(random, random.nextInt(4) == 0 ? 3 : 1);
            if (actions.stream().noneMatch(action -> action.path.startsLike(path))) {
                actions.add(action(path));
            }
        }
    }

    Placeholders placeholders() {
        return new Placeholders(Map.of(), values);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (String clause : List.of("SET", "REMOVE", "ADD", "DELETE")) {
            String separator = clause + " ";
            for (Action action : actions) {
                if (action.clause.equals(clause)) {
                    text.append(separator).append(action.text);
                    separator = ", ";
                }
            }
            text.append(' ');
        }
        return text.toString();
    }

    private Action action(NaivePath path) {
        String name = path.text();
        switch (random.nextInt(6)) {
            case 0 -> {
                return new Action("REMOVE", name, path, item -> null);
            }
            case 1 -> {
                Object added = random.nextBoolean() ? naive.number() : naive.elements();
                return new Action("ADD", name + " " + constant(added), path, item -> added);
            }
            case 2 -> {
                Object deleted = naive.elements();
                return new Action("DELETE", name + " " + constant(deleted), path, item -> deleted);
            }
            default -> {
                return set(path);
            }
        }
    }

    private Action set(NaivePath path) {
        NaivePath other = NaivePath.random(random, random.nextInt(4) == 0 ? 2 : 1);
        String name = path.text() + " = ";
        switch (random.nextInt(5)) {
            case 0 -> {
                Object value = naive.value(1);
                return new Action("SET", name + constant(value), path, item -> value);
            }
            case 1 -> {
                BigDecimal number = naive.number();
                boolean minus = random.nextBoolean();
                return new Action(
                        "SET", name + other.text() + (minus ? " - " : " + ") + constant(number), path, item -> {
                            BigDecimal left = number(require(other.find(item)));
                            return minus ? left.subtract(number) : left.add(number);
                        });
            }
            case 2 -> {
                Object fallback = naive.scalar();
                return new Action(
                        "SET", name + "if_not_exists(" + other.text() + ", " + constant(fallback) + ")", path, item -> {
                            Object found = other.find(item);
                            return found == null ? fallback : found;
                        });
            }
            case 3 -> {
                List<Object> tail = List.of(naive.scalar());
                return new Action(
                        "SET", name + "list_append(" + constant(tail) + ", " + other.text() + ")", path, item -> {
                            List<Object> all = new ArrayList<>(tail);
                            all.addAll(list(require(other.find(item))));
                            return all;
                        });
            }
            default -> {
                return new Action("SET", name + other.text(), path, item -> require(other.find(item)));
            }
        }
    }

    private String constant(Object value) {
        String name = ":v" + values.size();
        values.put(name, Samples.value(Naive.json(value)));
        return name;
    }

    private static Object require(@Nullable Object value) {
        if (value == null) {
            throw new Refused();
        }
        return value;
    }

    private static BigDecimal number(Object value) {
        if (value instanceof BigDecimal number) {
            return number;
        }
        throw new Refused();
    }

    private static List<?> list(Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw new Refused();
    }

    /** Applies the actions to a copy of the item: all read the old item, lists are written last to first. */
    Map<String, Object> apply(Map<String, Object> item) {
        Map<NaivePath, @Nullable Object> results = new LinkedHashMap<>();
        for (Action action : actions) {
            requireParent(action.path, item);
            results.put(action.path, result(action, item, action.path.find(item)));
        }
        @SuppressWarnings("unchecked")
        Map<String, Object> changed = (Map<String, Object>) changed(item, List.of(), results);
        return changed;
    }

    private static void requireParent(NaivePath path, Map<String, Object> item) {
        Object parent = path.parent().find(item);
        if (path.last() instanceof Integer ? !(parent instanceof List) : !(parent instanceof Map)) {
            throw new Refused();
        }
    }

    private static @Nullable Object result(Action action, Map<String, Object> item, @Nullable Object old) {
        Object operand = action.operand.of(item);
        return switch (action.clause) {
            case "ADD" -> old == null ? operand : added(old, require(operand));
            case "DELETE" -> old == null ? null : deleted(old, require(operand));
            default -> operand;
        };
    }

    private static Object added(Object old, Object operand) {
        if (old instanceof BigDecimal number && operand instanceof BigDecimal more) {
            return number.add(more);
        }
        TreeSet<Object> all = new TreeSet<>(sameSet(old, operand).all());
        all.addAll(((Naive.Elements) operand).all());
        return new Naive.Elements(all);
    }

    private static @Nullable Object deleted(Object old, Object operand) {
        TreeSet<Object> all = new TreeSet<>(sameSet(old, operand).all());
        all.removeAll(((Naive.Elements) operand).all());
        return all.isEmpty() ? null : new Naive.Elements(all);
    }

    private static Naive.Elements sameSet(Object old, Object operand) {
        if (old instanceof Naive.Elements set && Naive.type(old).equals(Naive.type(operand))) {
            return set;
        }
        throw new Refused();
    }

    private static Object changed(Object value, List<Object> at, Map<NaivePath, @Nullable Object> results) {
        Map<Object, Object> children = new TreeMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach(children::put);
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                children.put(i, list.get(i));
            }
        } else {
            return value;
        }
        children.replaceAll((step, child) -> changed(child, plus(at, step), results));
        results.forEach((path, result) -> {
            if (path.parent().steps().equals(at)) {
                if (result == null) {
                    children.remove(path.last());
                } else {
                    children.put(path.last(), result);
                }
            }
        });
        return value instanceof Map ? children : new ArrayList<>(children.values());
    }

    private static List<Object> plus(List<Object> steps, Object step) {
        List<Object> all = new ArrayList<>(steps);
        all.add(step);
        return all;
    }
}
