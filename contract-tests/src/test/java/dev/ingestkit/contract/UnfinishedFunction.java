package dev.ingestkit.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** A Lambda function that fails until it is built with a library. It uses only the JDK. */
public final class UnfinishedFunction {

    static final String HANDLER = UnfinishedFunction.class.getName() + "::handle";

    /** Lambda's entry point. */
    public void handle(InputStream event, OutputStream answer) throws IOException {
        try {
            Class.forName("com.fasterxml.jackson.core.JsonFactory");
        } catch (ClassNotFoundException missing) {
            throw new IllegalStateException("built without its library", missing);
        }
        answer.write("null".getBytes(StandardCharsets.UTF_8));
    }
}
