package dev.ingestkit.core.gzip;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Gzip over byte arrays. */
public final class Gzip {

    private static final int BUFFER = 16 * 1024;

    private Gzip() {}

    /** {@code plain}, compressed. */
    public static byte[] compress(byte[] plain) {
        ByteArrayOutputStream target = new ByteArrayOutputStream(plain.length / 4 + 64);
        try (GZIPOutputStream gzip = new GZIPOutputStream(target, BUFFER)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException("a byte array refused to grow", e);
        }
        return target.toByteArray();
    }

    /**
     * What {@code compressed} was made from.
     *
     * @param size the length that is expected
     * @throws IOException if it is not gzip, is damaged, or does not come to {@code size} bytes
     */
    public static byte[] expand(byte[] compressed, int size) throws IOException {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(compressed), BUFFER)) {
            byte[] plain = gzip.readNBytes(size);
            if (plain.length != size || gzip.read() >= 0) {
                throw new IOException("compressed data does not hold the " + size + " bytes it should");
            }
            return plain;
        }
    }
}
