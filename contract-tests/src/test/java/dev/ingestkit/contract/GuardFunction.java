package dev.ingestkit.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * An authorizer for both kinds of APIs: it allows the token {@code open}, and answers a policy to the events of REST
 * APIs and a simple answer to those of HTTP APIs. It uses only the JDK.
 */
public final class GuardFunction {

    static final String HANDLER = GuardFunction.class.getName() + "::handle";

    /** Lambda's entry point. */
    public void handle(InputStream event, OutputStream answer) throws IOException {
        String json = new String(event.readAllBytes(), StandardCharsets.UTF_8);
        boolean isOpen = json.contains("\"open\"");
        String text = json.contains("\"version\":\"2.0\"")
                ? "{\"isAuthorized\":%s,\"context\":{\"who\":\"me\"}}".formatted(isOpen)
                : """
                {"principalId":"p","context":{"who":"me"},"policyDocument":{"Version":"2012-10-17","Statement":
                  [{"Effect":"%s","Action":"execute-api:Invoke","Resource":"*"}]}}\
                """.formatted(isOpen ? "Allow" : "Deny");
        answer.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
