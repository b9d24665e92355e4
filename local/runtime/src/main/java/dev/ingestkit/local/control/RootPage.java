package dev.ingestkit.local.control;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.http.HttpHandler;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Answers a plain request for the port's root with a page that says what runs here. Thread-safe. */
public final class RootPage implements HttpHandler {

    private final StatusSource status;
    private final HttpHandler others;

    /**
     * Creates the page.
     *
     * @param others handles all other requests
     */
    public RootPage(StatusSource status, HttpHandler others) {
        this.status = requireNonNull(status, "status");
        this.others = requireNonNull(others, "others");
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        return request.method().equals("GET") && request.rawPath().equals("/")
                ? CompletableFuture.completedFuture(HttpResponse.text(200, page()))
                : others.handle(request);
    }

    @Override
    public boolean readsLargeBody(HttpRequest head) {
        return others.readsLargeBody(head);
    }

    private String page() {
        JsonNode now = status.status();
        StringBuilder page = new StringBuilder("Ingest Kit, embedded runtime: stack %s in %s\n\n"
                .formatted(now.path("stack").asText(), now.path("region").asText()));
        for (JsonNode api : now.path("apis")) {
            page.append("  %-9s %s  %s%n"
                    .formatted("api", api.path("name").asText(), api.path("url").asText()));
        }
        for (JsonNode function : now.path("functions")) {
            line(page, "function", function.path("name").asText(), function);
        }
        for (JsonNode mapping : now.path("mappings")) {
            line(
                    page,
                    "mapping",
                    mapping.path("source").asText() + " -> "
                            + mapping.path("function").asText(),
                    mapping);
        }
        return page.append("\nstate: GET /_ingest/status, or ingest-cli status\n")
                .append("AWS's services answer on this port: AWS_ENDPOINT_URL=%s\n"
                        .formatted(now.path("endpoint").asText()))
                .toString();
    }

    private static void line(StringBuilder page, String kind, String name, JsonNode state) {
        page.append("  %-9s %s  %s%n".formatted(kind, name, state.path("state").asText()));
    }
}
