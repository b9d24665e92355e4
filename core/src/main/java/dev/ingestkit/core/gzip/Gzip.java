package dev.ingestkit.core.gzip;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Compresses and decompresses byte arrays with gzip. Stateless. */
public final class Gzip {

    private static final int BUFFER = 16 * 1024;

    private Gzip() {}

    /** Returns {@code plain}, compressed. */
    public static byte[] compress(byte[] plain) {
        ByteArrayOutputStream target = new ByteArrayOutputStream(plain.length / 4 + 64);
        try (GZIPOutputStream gzip = new GZIPOutputStream(target, BUFFER)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException("a byte array cannot grow", e);
        }
        return target.toByteArray();
    }

    /**
     * Returns the bytes that {@code compressed} was made from.
     *
     * @param size the expected length
     * @throws IOException if the data is not gzip, is damaged, or does not decompress to {@code size} bytes
     */
    public static byte[] expand(byte[] compressed, int size) throws IOException {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(compressed), BUFFER)) {
            byte[] plain = gzip.readNBytes(size);
            if (plain.length != size || gzip.read() >= 0) {
                throw new IOException("the compressed data does not hold the expected " + size + " bytes");
            }
            return plain;
        }
    }
}
