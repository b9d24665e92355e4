package dev.ingestkit.local.table.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A document path over plain Java objects: names and indexes. */
record NaivePath(List<Object> steps) {
    static NaivePath random(Random random, int most) {
        List<Object> steps = new ArrayList<>();
        steps.add(name(random));
        for (int i = random.nextInt(most); i > 0; i--) {
            steps.add(random.nextInt(3) == 0 ? (Object) random.nextInt(4) : name(random));
        }
        return new NaivePath(steps);
    }

    private static String name(Random random) {
        return Naive.NAMES.get(random.nextInt(Naive.NAMES.size()));
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (Object step : steps) {
            text.append(step instanceof Integer ? "[" + step + "]" : (text.isEmpty() ? "" : ".") + step);
        }
        return text.toString();
    }

    @Nullable
    Object find(@Nullable Object item) {
        Object value = item;
        for (Object step : steps) {
            if (step instanceof Integer index) {
                value = value instanceof List<?> list && index < list.size() ? list.get(index) : null;
            } else {
                value = value instanceof Map<?, ?> map ? map.get(step) : null;
            }
        }
        return value;
    }

    /** Returns the path of what the value at this path is in. */
    NaivePath parent() {
        return new NaivePath(steps.subList(0, steps.size() - 1));
    }

    Object last() {
        return steps.get(steps.size() - 1);
    }

    boolean startsLike(NaivePath other) {
        for (int i = 0; i < Math.min(steps.size(), other.steps.size()); i++) {
            boolean sameKind = steps.get(i) instanceof Integer == other.steps.get(i) instanceof Integer;
            if (!sameKind) {
                return true;
            }
            if (!steps.get(i).equals(other.steps.get(i))) {
                return false;
            }
        }
        return true;
    }
}
