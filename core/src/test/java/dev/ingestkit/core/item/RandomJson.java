package dev.ingestkit.core.item;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * Generates JSON texts full of corner cases: the limits of DynamoDB's numbers, depths around 32, odd names, all of
 * Unicode.
 */
final class RandomJson {

    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "-0.0",
            "1",
            "-1",
            "1.0",
            "1.50",
            "1e2",
            "1E+2",
            "1E-130",
            "9.9E-131",
            "9.9E125",
            "1E126",
            "12345678901234567890123456789012345678",
            "123456789012345678901234567890123456789",
            "1234567890123456789012345678901234567800000",
            "-0.00000000012345",
            "1e999999999999",
            "5e-324",
            "0e99999999999");
    private static final List<String> NAMES = List.of(
            "a", "b", "c", "", "part", "eventId", "_ingest", "_expires", "_payload", "größe", "\uD83D\uDE00", "x y");

    private final RandomGenerator random;
    private final StringBuilder json = new StringBuilder();

    private RandomJson(RandomGenerator random) {
        this.random = random;
    }

    static String text(RandomGenerator random) {
        RandomJson generator = new RandomJson(random);
        if (random.nextInt(20) == 0) {
            generator.value(0);
        } else {
            generator.object(0);
        }
        return generator.json.toString();
    }

    private void value(int depth) {
        switch (random.nextInt(depth > 40 ? 4 : 7)) {
            case 0 -> string();
            case 1 -> number();
            case 2 -> json.append(random.nextBoolean() ? "true" : "false");
            case 3 -> json.append("null");
            case 4 -> object(depth);
            case 5 -> array(depth);
            default -> nested();
        }
    }

    private void nested() {
        int levels = random.nextInt(50) == 0 ? 28 + random.nextInt(6) : random.nextInt(3);
        json.append("[".repeat(levels));
        json.append("1");
        json.append("]".repeat(levels));
    }

    private void object(int depth) {
        json.append('{');
        int fields = random.nextInt(5);
        int offset = random.nextInt(NAMES.size());
        for (int i = 0; i < fields; i++) {
            json.append(i == 0 ? "" : " , ");
            String name = random.nextInt(60) == 0
                    ? NAMES.get(random.nextInt(NAMES.size()))
                    : NAMES.get((offset + i) % NAMES.size());
            json.append('"')
                    .append(name.isEmpty() && random.nextInt(4) > 0 ? "n" : name)
                    .append("\": ");
            value(depth + 1);
        }
        json.append('}');
    }

    private void array(int depth) {
        json.append('[');
        int elements = random.nextInt(4);
        for (int i = 0; i < elements; i++) {
            json.append(i == 0 ? "" : ",\n");
            value(depth + 1);
        }
        json.append(']');
    }

    private void number() {
        if (random.nextInt(3) == 0) {
            json.append(NUMBERS.get(random.nextInt(NUMBERS.size())));
        } else {
            json.append(new BigDecimal(
                    new BigInteger(random.nextInt(1, 120), new Random(random.nextLong())), random.nextInt(-5, 20)));
        }
    }

    private void string() {
        json.append('"');
        int length = random.nextInt(6);
        for (int i = 0; i < length; i++) {
            switch (random.nextInt(6)) {
                case 0 -> json.append("\\u%04x".formatted(random.nextInt(0x10000)));
                case 1 -> json.appendCodePoint(random.nextInt(0x10000, 0x110000));
                case 2 -> json.append("\\n");
                case 3 -> json.append("\\\"");
                default -> json.append((char) random.nextInt(0x23, 0x5b));
            }
        }
        json.append('"');
    }
}
