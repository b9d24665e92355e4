package dev.ingestkit.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A Lambda function that prints the text of each record, fails for a batch with poison, and answers any other event with
 * that event. It uses only the JDK.
 */
public final class TalkingFunction {

    private static final Pattern DATA = Pattern.compile("\"data\"\\s*:\\s*\"([A-Za-z0-9+/=]*)\"");

    /** Lambda's entry point. */
    @SuppressWarnings("checkstyle:RegexpSinglelineJava") // a function's output is what it prints
    public void handle(InputStream event, OutputStream answer) throws IOException {
        String json = new String(event.readAllBytes(), StandardCharsets.UTF_8);
        List<String> texts = DATA.matcher(json)
                .results()
                .map(data -> new String(Base64.getDecoder().decode(data.group(1)), StandardCharsets.UTF_8))
                .toList();
        texts.forEach(System.out::println);
        for (String text : texts) {
            if (text.startsWith("poison")) {
                throw new IllegalStateException(text);
            }
        }
        answer.write((texts.isEmpty() ? json : "null").getBytes(StandardCharsets.UTF_8));
    }
}
