package dev.ingestkit.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Lambda function that sends each event to the queue of its environment, fails for an event with the word poison, and
 * reports the messages with the word again as failed. It uses only the JDK.
 */
public final class ForwardingFunction {

    static final String HANDLER = ForwardingFunction.class.getName() + "::handle";

    private static final Pattern AGAIN =
            Pattern.compile("\"messageId\":\"([^\"]+)\",\"receiptHandle\":\"[^\"]+\",\"body\":\"again");

    /** Lambda's entry point. */
    public void handle(InputStream event, OutputStream answer) throws IOException {
        String json = new String(event.readAllBytes(), StandardCharsets.UTF_8);
        send(json);
        if (json.contains("poison")) {
            throw new IllegalStateException("poison in the event");
        }
        StringBuilder failures = new StringBuilder();
        for (Matcher failed = AGAIN.matcher(json); failed.find(); ) {
            failures.append(failures.length() == 0 ? "" : ",")
                    .append("{\"itemIdentifier\":\"")
                    .append(failed.group(1))
                    .append("\"}");
        }
        answer.write(("{\"batchItemFailures\":[" + failures + "]}").getBytes(StandardCharsets.UTF_8));
    }

    private static void send(String event) throws IOException {
        String form = "Action=SendMessage&MessageBody=" + URLEncoder.encode(event, StandardCharsets.UTF_8);
        HttpURLConnection call = (HttpURLConnection)
                URI.create(System.getenv("SEEN_QUEUE")).toURL().openConnection();
        call.setRequestMethod("POST");
        call.setDoOutput(true);
        call.setRequestProperty("Content-Type", "application/x-www-form-urlencoded");
        try (OutputStream body = call.getOutputStream()) {
            body.write(form.getBytes(StandardCharsets.UTF_8));
        }
        if (call.getResponseCode() != 200) {
            throw new IOException("SQS answered " + call.getResponseCode());
        }
    }
}
