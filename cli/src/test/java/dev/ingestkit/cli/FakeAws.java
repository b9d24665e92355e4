package dev.ingestkit.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * AWS as far as its answers matter: a stack's outputs, an account's number, and for each other action what a test says.
 * An action that no test has spoken of is refused. Thread-safe once it is set up.
 */
public final class FakeAws implements AutoCloseable {

    private static final String OUTPUT = "<member><OutputKey>%s</OutputKey><OutputValue>%s</OutputValue></member>";

    private final HttpServer server;
    private final Map<String, Function<String, Answer>> answers = new HashMap<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();

    /** An answer; cut short, half of the body is sent and the connection ends. */
    public record Answer(int status, String body, boolean cutShort) {

        public static Answer ok(String body) {
            return new Answer(200, body, false);
        }

        /** A refusal in the JSON protocols' form. */
        public static Answer refused(String code, String message) {
            return new Answer(
                    400, "{\"__type\":\"com.amazonaws#%s\",\"message\":\"%s\"}".formatted(code, message), false);
        }
    }

    public FakeAws() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
        on("DescribeStacks", Answer.ok(stack()));
        on("GetCallerIdentity", Answer.ok("""
                <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
                <Arn>arn:aws:iam::123456789012:user/u</Arn><UserId>U</UserId><Account>123456789012</Account>
                </GetCallerIdentityResult><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata>
                </GetCallerIdentityResponse>"""));
    }

    private String stack() {
        StringBuilder outputs = new StringBuilder();
        Map.of(
                        "StreamName", "events",
                        "TableName", "events-table",
                        "WriterFunctionName", "writer",
                        "SecretArn", "arn:aws:secretsmanager:us-east-1:123456789012:secret:api",
                        "SubmitUrl", endpoint() + "/submit",
                        "DeadLetterQueueUrl", endpoint() + "/123456789012/letters")
                .forEach((key, value) -> outputs.append(OUTPUT.formatted(key, value)));
        return """
                <DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult>
                <Stacks><member><StackName>ingest-kit</StackName><CreationTime>2026-01-01T00:00:00Z</CreationTime>
                <StackStatus>CREATE_COMPLETE</StackStatus><Outputs>%s</Outputs></member></Stacks></DescribeStacksResult>
                </DescribeStacksResponse>""".formatted(outputs);
    }

    public String endpoint() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** Clients that call nothing but this. To be closed by whoever asks for them. */
    public AwsClients clients() {
        return new AwsClients(new Target(
                Target.Kind.OTHER,
                Optional.of(URI.create(endpoint())),
                "us-east-1",
                Optional.empty(),
                "stack",
                "test",
                Map.of()));
    }

    /** What an action is answered. */
    public FakeAws on(String action, Answer answer) {
        return on(action, body -> answer);
    }

    /** What an action is answered, by the request's body. */
    public FakeAws on(String action, Function<String, Answer> answer) {
        answers.put(action, answer);
        return this;
    }

    /** The actions that were called, in order. */
    public List<String> calls() {
        return calls;
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String action = action(exchange, body);
        calls.add(action);
        Answer answer = answers.getOrDefault(
                        action, request -> Answer.refused("UnknownOperationException", "no test speaks of " + action))
                .apply(body);
        byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders()
                .set("Content-Type", answer.body().startsWith("<") ? "text/xml" : "application/x-amz-json-1.0");
        exchange.getResponseHeaders().set("x-amzn-RequestId", "r-1");
        exchange.sendResponseHeaders(answer.status(), bytes.length);
        exchange.getResponseBody().write(bytes, 0, answer.cutShort() ? bytes.length / 2 : bytes.length);
        exchange.close();
    }

    private static String action(HttpExchange exchange, String body) {
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        if (target != null) {
            return target.substring(target.indexOf('.') + 1);
        }
        return body.startsWith("Action=")
                ? body.substring("Action=".length(), body.indexOf('&'))
                : exchange.getRequestURI().getPath();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
