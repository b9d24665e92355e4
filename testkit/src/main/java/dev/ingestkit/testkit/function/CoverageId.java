package dev.ingestkit.testkit.function;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Attribute;
import org.objectweb.asm.ByteVector;
import org.objectweb.asm.ClassWriter;

/**
 * Keeps the id by which JaCoCo recognizes a class: the CRC-64 of its file. A rewritten class gets an attribute of eight
 * bytes, at its end, which bring the checksum to that of the original. Without them the report would lack the coverage
 * of handlers that read environment variables.
 *
 * @see <a href="https://www.jacoco.org/jacoco/trunk/doc/classids.html">JaCoCo: class ids</a>
 */
final class CoverageId {

    private static final String ATTRIBUTE = "IngestKitCoverageId";
    private static final int BYTES = 8;
    /** The polynomial of ISO 3309, its bits reversed. */
    private static final long POLYNOMIAL = 0xd800000000000000L;

    private static final long[] TABLE = table();

    private CoverageId() {}

    private static long[] table() {
        long[] table = new long[256];
        for (int index = 0; index < table.length; index++) {
            long remainder = index;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                remainder = (remainder & 1) == 0 ? remainder >>> 1 : (remainder >>> 1) ^ POLYNOMIAL;
            }
            table[index] = remainder;
        }
        return table;
    }

    /** Returns the class that a writer holds, with the checksum of the original. */
    static byte[] keep(byte[] original, ClassWriter rewritten) {
        rewritten.visitAttribute(new Padding());
        byte[] file = rewritten.toByteArray();
        System.arraycopy(
                bytesBetween(
                        checksum(file, file.length - BYTES, isJava9(file)),
                        checksum(original, original.length, isJava9(original))),
                0,
                file,
                file.length - BYTES,
                BYTES);
        return file;
    }

    /** Returns the checksum of a file's first bytes, as JaCoCo computes it: it reads the version of Java 9 as 8's. */
    static long checksum(byte[] file, int length, boolean java9) {
        long sum = 0;
        for (int at = 0; at < length; at++) {
            int value = java9 && at == 7 ? 0x34 : file[at];
            sum = (sum >>> Byte.SIZE) ^ TABLE[((int) sum ^ value) & 0xff];
        }
        return sum;
    }

    static boolean isJava9(byte[] file) {
        return file.length > 7 && file[6] == 0 && file[7] == 0x35;
    }

    /** Returns the eight bytes that lead from one checksum to another. */
    private static byte[] bytesBetween(long from, long to) {
        int[] indexes = new int[BYTES];
        long state = to;
        for (int at = BYTES - 1; at >= 0; at--) {
            indexes[at] = indexOfTopByte(state >>> 56);
            state = (state ^ TABLE[indexes[at]]) << Byte.SIZE;
        }
        byte[] bytes = new byte[BYTES];
        long sum = from;
        for (int at = 0; at < BYTES; at++) {
            bytes[at] = (byte) (sum ^ indexes[at]);
            sum = (sum >>> Byte.SIZE) ^ TABLE[indexes[at]];
        }
        return bytes;
    }

    private static int indexOfTopByte(long top) {
        for (int index = 0; index < TABLE.length; index++) {
            if (TABLE[index] >>> 56 == top) {
                return index;
            }
        }
        throw new IllegalStateException("the table has no entry for " + Long.toHexString(top));
    }

    /** Eight zeros, which are replaced when the file is known. */
    private static final class Padding extends Attribute {

        Padding() {
            super(ATTRIBUTE);
        }

        @Override
        protected ByteVector write(
                ClassWriter writer, byte @Nullable [] code, int codeLength, int maxStack, int maxLocals) {
            return new ByteVector().putByteArray(new byte[BYTES], 0, BYTES);
        }

        @Override
        public String toString() {
            return ATTRIBUTE + Arrays.toString(new byte[BYTES]);
        }
    }
}
