package dev.ingestkit.local.table.api.stream;

import java.math.BigInteger;

/** Sequence numbers as the API writes them: 21 digits, so that clients can compare them as strings. */
final class Sequences {
    private static final BigInteger BASE = BigInteger.TEN.pow(20);

    private Sequences() {}

    static String text(long sequence) {
        return BASE.add(BigInteger.valueOf(sequence)).toString();
    }

    /** Returns the sequence of a text, or -1 where no record can have it. */
    static long parse(String text) {
        if (!text.matches("\\d{1,40}")) {
            return -1;
        }
        BigInteger sequence = new BigInteger(text).subtract(BASE);
        return sequence.signum() < 0 || sequence.bitLength() > 62 ? -1 : sequence.longValue();
    }
}
