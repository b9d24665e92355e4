package dev.ingestkit.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A Lambda function that fails for each batch with a poison record. It uses only the JDK. */
public final class PoisonFunction {

    static final String HANDLER = PoisonFunction.class.getName() + "::handle";

    private static final Pattern DATA = Pattern.compile("\"data\"\\s*:\\s*\"([A-Za-z0-9+/=]*)\"");

    /** Lambda's entry point. */
    public void handle(InputStream event, OutputStream answer) throws IOException {
        String json = new String(event.readAllBytes(), StandardCharsets.UTF_8);
        boolean poison =
                DATA.matcher(json).results().map(PoisonFunction::text).anyMatch(text -> text.startsWith("poison"));
        if (poison) {
            throw new IllegalStateException("poison in the batch");
        }
        answer.write("null".getBytes(StandardCharsets.UTF_8));
    }

    private static String text(MatchResult data) {
        return new String(Base64.getDecoder().decode(data.group(1)), StandardCharsets.UTF_8);
    }
}
