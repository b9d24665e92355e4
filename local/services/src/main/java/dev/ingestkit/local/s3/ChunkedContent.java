package dev.ingestkit.local.s3;

import dev.ingestkit.local.http.HttpRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.zip.CRC32;

/**
 * The content of an upload, decoded from {@code aws-chunked} if an SDK encoded it so, and verified against the digests
 * sent with it: Content-MD5 and CRC32. Chunk signatures are not verified, as no signature is.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html">Trailing headers with
 *     chunked uploads</a>
 */
final class ChunkedContent {

    private static final String CRC32_HEADER = "x-amz-checksum-crc32";
    private static final Set<String> CHECKSUMS = Set.of(
            CRC32_HEADER,
            "x-amz-checksum-crc32c",
            "x-amz-checksum-crc64nvme",
            "x-amz-checksum-sha1",
            "x-amz-checksum-sha256");
    private static final byte[] LINE_END = {'\r', '\n'};

    private final byte[] body;
    private final ByteArrayOutputStream content;
    private final Map<String, String> trailer = new HashMap<>();
    private int at;

    private ChunkedContent(byte[] body) {
        this.body = body;
        this.content = new ByteArrayOutputStream(body.length);
    }

    /**
     * Returns the content of a request.
     *
     * @param checksums receives each checksum that was sent with the content, by the name of its header
     * @throws dev.ingestkit.local.protocol.ServiceException for truncated content or content that does not match its
     *     digest
     */
    static byte[] of(HttpRequest request, BiConsumer<String, String> checksums) {
        boolean chunked = request.header("x-amz-content-sha256").orElse("").startsWith("STREAMING-");
        ChunkedContent read = new ChunkedContent(request.body());
        byte[] content = chunked ? read.chunks() : request.body();
        request.header("content-md5").ifPresent(md5 -> {
            if (!md5.equals(base64(StoredObject.md5(content)))) {
                throw S3Errors.badDigest("Content-MD5");
            }
        });
        Map<String, String> sent = new HashMap<>(read.trailer);
        CHECKSUMS.forEach(name -> request.header(name).ifPresent(value -> sent.put(name, value)));
        sent.keySet().retainAll(CHECKSUMS);
        if (sent.containsKey(CRC32_HEADER)) {
            requireCrc32(sent.get(CRC32_HEADER), content);
        }
        sent.forEach(checksums);
        return content;
    }

    private static void requireCrc32(String announced, byte[] content) {
        CRC32 crc = new CRC32();
        crc.update(content);
        long value = crc.getValue();
        byte[] bytes = {(byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value};
        if (!announced.equals(base64(bytes))) {
            throw S3Errors.badDigest("CRC32");
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private byte[] chunks() {
        while (true) {
            int size = size(line());
            if (size == 0) {
                readTrailer();
                return content.toByteArray();
            }
            if (size < 0 || size > body.length - at - LINE_END.length) {
                throw S3Errors.incompleteBody("a chunk is truncated");
            }
            content.write(body, at, size);
            at += size;
            if (!Arrays.equals(body, at, at + LINE_END.length, LINE_END, 0, LINE_END.length)) {
                throw S3Errors.incompleteBody("a chunk does not end with a line break");
            }
            at += LINE_END.length;
        }
    }

    /** Reads the hexadecimal size of {@code 1000;chunk-signature=…}. */
    private static int size(String head) {
        String digits = head.split(";", 2)[0].trim();
        try {
            return Integer.parseUnsignedInt(digits, 16);
        } catch (NumberFormatException malformed) {
            throw S3Errors.incompleteBody("a chunk's size is not a hexadecimal number");
        }
    }

    private String line() {
        for (int end = at; end + 1 < body.length; end++) {
            if (body[end] == '\r' && body[end + 1] == '\n') {
                String line = new String(body, at, end - at, StandardCharsets.US_ASCII);
                at = end + LINE_END.length;
                return line;
            }
        }
        throw S3Errors.incompleteBody("the last chunk is missing");
    }

    private void readTrailer() {
        while (at < body.length) {
            String line = line();
            int colon = line.indexOf(':');
            if (colon > 0) {
                trailer.put(
                        line.substring(0, colon).trim().toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).trim());
            }
        }
    }
}
