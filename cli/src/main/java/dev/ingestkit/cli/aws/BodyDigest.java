package dev.ingestkit.cli.aws;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;

/** The digest of a message's body as SQS gives it. Stateless. */
public final class BodyDigest {

    private BodyDigest() {}

    /**
     * Returns the MD5 digest of a body in UTF-8, in lower-case hexadecimal.
     *
     * @see <a href="https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_Message.html">Message</a>
     */
    public static String md5(String body) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has MD5", impossible);
        }
    }
}
