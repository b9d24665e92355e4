package dev.ingestkit.proof.attack;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Builds and corrupts byte sequences. */
final class Bytes {

    private static final List<String> SPICE = List.of(
            "\r\n",
            "\n",
            "\0",
            "\t",
            " ",
            ":",
            ";",
            "%00",
            "%",
            "..",
            "//",
            "\"",
            "{",
            "[",
            "}",
            "]",
            "\\u0000",
            "\\",
            "-1",
            "99999999999999999999",
            "1e999999999",
            "null",
            "\u00ff\u00fe",
            "$",
            "#set",
            "0x",
            "chunked",
            ",");

    private Bytes() {}

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    static byte[] random(SplittableRandom random, int most) {
        byte[] bytes = new byte[random.nextInt(most + 1)];
        random.nextBytes(bytes);
        return bytes;
    }

    static <T> T pick(SplittableRandom random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** Corrupts a valid message in one to five positions. */
    static byte[] spoil(SplittableRandom random, byte[] good) {
        byte[] spoiled = good;
        for (int times = 1 + random.nextInt(5); times > 0; times--) {
            spoiled = spoilOnce(random, spoiled);
        }
        return spoiled;
    }

    private static byte[] spoilOnce(SplittableRandom random, byte[] good) {
        int at = random.nextInt(good.length + 1);
        int to = Math.min(good.length, at + 1 + random.nextInt(8));
        byte[] head = Arrays.copyOf(good, at);
        byte[] tail = Arrays.copyOfRange(good, at, good.length);
        return switch (random.nextInt(5)) {
            case 0 -> join(head, ascii(pick(random, SPICE)), tail);
            case 1 -> join(head, Arrays.copyOfRange(good, to, good.length));
            case 2 -> join(head, Arrays.copyOfRange(good, at, to), tail);
            case 3 -> join(head, random(random, 8), tail);
            default -> flipped(random, good);
        };
    }

    private static byte[] flipped(SplittableRandom random, byte[] good) {
        byte[] flipped = good.clone();
        if (flipped.length > 0) {
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }
}
