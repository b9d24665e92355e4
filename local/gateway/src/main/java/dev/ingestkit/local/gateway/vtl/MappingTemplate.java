package dev.ingestkit.local.gateway.vtl;

import dev.ingestkit.local.gateway.expression.TemplateFailedException;
import java.io.IOException;
import java.io.Writer;
import java.util.HashMap;
import java.util.Map;
import org.apache.velocity.Template;
import org.apache.velocity.VelocityContext;
import org.apache.velocity.app.event.EventCartridge;
import org.apache.velocity.app.event.InvalidReferenceEventHandler;
import org.apache.velocity.app.event.MethodExceptionEventHandler;
import org.apache.velocity.app.event.ReferenceInsertionEventHandler;
import org.apache.velocity.context.Context;
import org.apache.velocity.exception.VelocityException;
import org.apache.velocity.util.introspection.Info;
import org.jspecify.annotations.Nullable;

/**
 * A parsed mapping template. Thread-safe: rendering shares nothing but the syntax tree.
 *
 * <p>A request cannot make it grow without bound: output and the rounds of a {@code #foreach} (1,000, AWS's quota) are
 * limited. An undefined reference renders as nothing and equals the empty text, as on AWS.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html">Variables of mapping templates</a>
 */
public final class MappingTemplate {

    /** A payload of 10 MB after base64 and escaping, with room for the text around it. */
    static final int MAX_OUTPUT_CHARACTERS = 32 * 1024 * 1024;

    private static final EventCartridge EVENTS = new EventCartridge();

    static {
        EVENTS.addEventHandler(new UndefinedIsEmpty());
    }

    private static final Unset UNSET = new Unset();

    private final Template parsed;

    MappingTemplate(Template parsed) {
        this.parsed = parsed;
    }

    /**
     * Renders the template.
     *
     * @throws TemplateFailedException if a call in the template fails or the output exceeds its bound
     */
    public String render(Map<String, Object> variables) {
        VelocityContext context = new VelocityContext(new HashMap<>(variables));
        context.attachEventCartridge(EVENTS);
        BoundedWriter output = new BoundedWriter();
        try {
            parsed.merge(context, output);
        } catch (VelocityException failed) {
            throw new TemplateFailedException(failed.getMessage() == null ? failed.toString() : failed.getMessage());
        }
        return output.text();
    }

    private static final class BoundedWriter extends Writer {

        private final StringBuilder text = new StringBuilder(256);

        @Override
        public void write(char[] characters, int from, int length) {
            check(length);
            text.append(characters, from, length);
        }

        @Override
        public void write(String characters, int from, int length) {
            check(length);
            text.append(characters, from, from + length);
        }

        @Override
        public void flush() {
            // in memory
        }

        @Override
        public void close() throws IOException {
            // in memory
        }

        String text() {
            return text.toString();
        }

        private void check(int more) {
            if (text.length() + more > MAX_OUTPUT_CHARACTERS) {
                throw new TemplateFailedException("the output is longer than " + MAX_OUTPUT_CHARACTERS + " characters");
            }
        }
    }

    /**
     * The value of an undefined reference: the empty text wherever it is printed or compared, false in a condition.
     * Public because Velocity calls public methods of public classes only.
     */
    public static final class Unset {

        private Unset() {}

        public boolean getAsBoolean() {
            return false;
        }

        @Override
        public String toString() {
            return "";
        }
    }

    private static final class UndefinedIsEmpty
            implements InvalidReferenceEventHandler, ReferenceInsertionEventHandler, MethodExceptionEventHandler {

        /** Fails the rendering: otherwise a failing call would render as nothing, and half a request would be sent. */
        @Override
        public Object methodException(Context context, Class<?> type, String method, Exception failure, Info info) {
            throw new TemplateFailedException("line %d: %s".formatted(info.getLine(), failure.getMessage()));
        }

        @Override
        public Object referenceInsert(Context context, String reference, @Nullable Object value) {
            return value == null ? "" : value;
        }

        @Override
        public Object invalidGetMethod(
                Context context, String reference, @Nullable Object object, @Nullable String property, Info info) {
            return UNSET;
        }

        @Override
        public boolean invalidSetMethod(Context context, String left, String right, Info info) {
            return false;
        }

        @Override
        public Object invalidMethod(
                Context context, String reference, @Nullable Object object, String method, Info info) {
            return "";
        }
    }
}
