package dev.ingestkit.local.kinesis;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Creates and reads the opaque strings that clients pass back: iterators and paging tokens. Each carries its time and a
 * keyed digest, so a changed or forged one is rejected. Every service has its own key. Thread-safe.
 */
final class Tokens {

    private static final String ALGORITHM = "HmacSHA256";
    static final int KEY_BYTES = 32;

    private static final int DIGEST = 16;

    /** The first eight bytes of AWS's iterators. */
    private static final long HEADER = 1;

    private final SecretKeySpec key;

    /**
     * Creates tokens.
     *
     * @param secret the digests' key, {@link #KEY_BYTES} long
     */
    Tokens(byte[] secret) {
        this.key = new SecretKeySpec(secret, ALGORITHM);
    }

    /** The purpose of a token; a token of one kind is never accepted as another. */
    enum Kind {
        ITERATOR,
        SHARDS,
        CONSUMERS,
        STREAMS
    }

    /**
     * A position in a shard.
     *
     * @param streamSerial identifies the stream, as opposed to an earlier one of the same name
     */
    record ShardPosition(long streamSerial, int shardIndex, long position, Instant issued) {}

    /**
     * The continuation of a list.
     *
     * @param subject the listed resource; it is part of the token, so a client need not name it again
     * @param after the last element returned
     */
    record Page(String subject, String after, Instant issued) {}

    String iterator(ShardPosition at) {
        ByteBuffer content = ByteBuffer.allocate(28)
                .putLong(at.streamSerial())
                .putInt(at.shardIndex())
                .putLong(at.position())
                .putLong(at.issued().toEpochMilli());
        return sign(Kind.ITERATOR, content.array());
    }

    Optional<ShardPosition> iterator(String token) {
        return verify(Kind.ITERATOR, token)
                .filter(content -> content.remaining() == 28)
                .map(content -> {
                    long serial = content.getLong();
                    int shard = content.getInt();
                    long position = content.getLong();
                    return new ShardPosition(serial, shard, position, Instant.ofEpochMilli(content.getLong()));
                });
    }

    String page(Kind kind, Page page) {
        byte[] text = (page.subject() + "\n" + page.after()).getBytes(StandardCharsets.UTF_8);
        ByteBuffer content = ByteBuffer.allocate(8 + text.length);
        content.putLong(page.issued().toEpochMilli()).put(text);
        return sign(kind, content.array());
    }

    Optional<Page> page(Kind kind, String token) {
        return verify(kind, token).filter(content -> content.remaining() > 8).map(content -> {
            Instant issued = Instant.ofEpochMilli(content.getLong());
            String text = StandardCharsets.UTF_8.decode(content).toString();
            int cut = text.lastIndexOf('\n');
            return new Page(text.substring(0, cut), text.substring(cut + 1), issued);
        });
    }

    private String sign(Kind kind, byte[] content) {
        ByteBuffer token = ByteBuffer.allocate(8 + DIGEST + content.length);
        token.putLong(HEADER).put(digest(kind, content), 0, DIGEST).put(content);
        return Base64.getEncoder().encodeToString(token.array());
    }

    private Optional<ByteBuffer> verify(Kind kind, String token) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(token);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
        if (bytes.length < 8 + DIGEST || ByteBuffer.wrap(bytes).getLong() != HEADER) {
            return Optional.empty();
        }
        byte[] content = Arrays.copyOfRange(bytes, 8 + DIGEST, bytes.length);
        byte[] signature = Arrays.copyOfRange(bytes, 8, 8 + DIGEST);
        byte[] expected = Arrays.copyOf(digest(kind, content), DIGEST);
        return MessageDigest.isEqual(signature, expected) ? Optional.of(ByteBuffer.wrap(content)) : Optional.empty();
    }

    private byte[] digest(Kind kind, byte[] content) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(kind.name().getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(content);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, impossible);
        }
    }
}
