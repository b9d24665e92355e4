package dev.ingestkit.local.gateway.vtl;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.ingestkit.local.gateway.expression.JsonValues;
import dev.ingestkit.local.gateway.expression.TemplateFailedException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The object {@code $util} of a mapping template. Public because Velocity calls only public methods of public classes.
 * Stateless.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html">Variables of mapping templates</a>
 */
public final class TemplateFunctions {

    public static final TemplateFunctions INSTANCE = new TemplateFunctions();

    private TemplateFunctions() {}

    /**
     * Escapes a text for a JavaScript string, by the rules of Commons Lang 2: quotes of both kinds, backslash, slash,
     * control characters, and everything outside ASCII. {@code \'} is not valid JSON; AWS's guide has the template
     * replace it.
     */
    public String escapeJavaScript(@Nullable Object text) {
        String source = text == null ? "" : text.toString();
        StringBuilder escaped = new StringBuilder(source.length() + 16);
        for (int i = 0; i < source.length(); i++) {
            escape(source.charAt(i), escaped);
        }
        return escaped.toString();
    }

    /** Returns the text's UTF-8 bytes in base64. */
    public String base64Encode(@Nullable Object text) {
        return text == null ? "" : Base64.getEncoder().encodeToString(utf8(text));
    }

    /** Returns the UTF-8 text in base64 data. */
    public String base64Decode(@Nullable Object text) {
        if (text == null) {
            return "";
        }
        try {
            return new String(Base64.getMimeDecoder().decode(text.toString()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            throw new TemplateFailedException("$util.base64Decode: not base64: " + notBase64.getMessage());
        }
    }

    public String urlEncode(@Nullable Object text) {
        return text == null ? "" : URLEncoder.encode(text.toString(), StandardCharsets.UTF_8);
    }

    public String urlDecode(@Nullable Object text) {
        try {
            return text == null ? "" : URLDecoder.decode(text.toString(), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw new TemplateFailedException("$util.urlDecode: " + malformed.getMessage());
        }
    }

    /** Returns the value in a JSON text, to be read by member names and indexes. */
    public @Nullable Object parseJson(@Nullable Object text) {
        try {
            return text == null ? null : JsonValues.parse(text.toString());
        } catch (JsonProcessingException malformed) {
            throw new TemplateFailedException("$util.parseJson: " + malformed.getOriginalMessage());
        }
    }

    private static byte[] utf8(Object text) {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void escape(char c, StringBuilder escaped) {
        switch (c) {
            case '\'', '"', '\\', '/' -> escaped.append('\\').append(c);
            case '\b' -> escaped.append("\\b");
            case '\n' -> escaped.append("\\n");
            case '\t' -> escaped.append("\\t");
            case '\f' -> escaped.append("\\f");
            case '\r' -> escaped.append("\\r");
            default -> {
                if (c < 32 || c > 126) {
                    unicode(c, escaped);
                } else {
                    escaped.append(c);
                }
            }
        }
    }

    private static void unicode(char c, StringBuilder escaped) {
        escaped.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            escaped.append(Character.toUpperCase(Character.forDigit(c >> shift & 0xF, 16)));
        }
    }
}
