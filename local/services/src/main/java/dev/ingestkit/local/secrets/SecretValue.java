package dev.ingestkit.local.secrets;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The content of a version: text or bytes. Immutable; {@link #toString} never contains it. */
final class SecretValue {

    private final @Nullable String text;
    private final byte @Nullable [] bytes;

    private SecretValue(@Nullable String text, byte @Nullable [] bytes) {
        this.text = text;
        this.bytes = bytes;
    }

    static SecretValue ofText(String text) {
        return new SecretValue(text, null);
    }

    static SecretValue ofBytes(byte[] bytes) {
        return new SecretValue(null, bytes.clone());
    }

    boolean sameAs(SecretValue other) {
        return Objects.equals(text, other.text) && Arrays.equals(bytes, other.bytes);
    }

    void writeTo(ObjectNode response) {
        if (text != null) {
            response.put("SecretString", text);
        } else {
            response.put("SecretBinary", bytes);
        }
    }
}
