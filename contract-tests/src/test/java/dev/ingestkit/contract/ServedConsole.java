package dev.ingestkit.contract;

import dev.ingestkit.cli.aws.AwsClients;
import dev.ingestkit.cli.aws.Target;
import dev.ingestkit.cli.console.RemoteConsole;
import dev.ingestkit.cli.console.RemoteStack;
import dev.ingestkit.local.LocalRuntimeConfig;
import dev.ingestkit.local.http.HttpServer;
import dev.ingestkit.local.http.HttpServerConfig;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** The console that the tool serves for a stack at an endpoint which is not a runtime. Used by one thread. */
final class ServedConsole implements AutoCloseable {

    private final AwsClients clients;
    private final RemoteConsole console;
    private final HttpServer server;

    /** Serves a console on a free port that may change data. */
    ServedConsole(URI endpoint) {
        Target target = new Target(
                Target.Kind.LOCALSTACK,
                Optional.of(endpoint),
                "us-east-1",
                Optional.empty(),
                LocalRuntimeConfig.DEFAULT_STACK,
                "test",
                Map.of());
        clients = new AwsClients(target);
        console = new RemoteConsole(new RemoteStack(clients, target.describe(), true), clients.signedCalls(), true);
        server = HttpServer.start(HttpServerConfig.loopback(0), console);
    }

    URI place() {
        return URI.create("http://localhost:" + server.port());
    }

    @Override
    public void close() {
        try {
            server.close();
        } finally {
            console.close();
            clients.close();
        }
    }
}
