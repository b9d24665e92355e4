package dev.ingestkit.local.control;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.functions.FunctionConfig;
import dev.ingestkit.local.functions.FunctionHost;
import dev.ingestkit.local.http.HttpHandler;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.http.HttpResponse;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reloads functions. Thread-safe.
 *
 * <ul>
 * <li>{@code POST /_ingest/functions/NAME/reload}: reads the function's code from disk and loads it in a new process;
 * invocations use the old one until the new one is ready
 * </ul>
 */
public final class FunctionEndpoint implements HttpHandler {

    /** The prefix of each function's path. */
    public static final String PATH = "/_ingest/functions/";

    private static final Pattern RELOAD = Pattern.compile(Pattern.quote(PATH) + "(?<name>[^/]+)/reload");

    private final FunctionHost functions;

    public FunctionEndpoint(FunctionHost functions) {
        this.functions = requireNonNull(functions, "functions");
    }

    @Override
    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        Matcher path = RELOAD.matcher(request.rawPath());
        return CompletableFuture.completedFuture(
                path.matches() && request.method().equals("POST")
                        ? reload(URLDecoder.decode(path.group("name"), StandardCharsets.UTF_8))
                        : JsonAnswers.error(
                                404,
                                "'%s %s' is not a resource of this API: POST %sNAME/reload is"
                                        .formatted(request.method(), request.rawPath(), PATH)));
    }

    private HttpResponse reload(String name) {
        Optional<FunctionConfig> config = functions.function(name);
        if (config.isEmpty()) {
            return JsonAnswers.error(404, "'%s' is not a function of this runtime".formatted(name));
        }
        try {
            functions.replace(config.get());
            return JsonAnswers.of(
                    200,
                    Json.mapper()
                            .createObjectNode()
                            .put("reloading", config.get().name()));
        } catch (IOException unreadable) {
            return JsonAnswers.error(
                    409,
                    "the code of '%s' cannot be read, so the function keeps its old code: %s"
                            .formatted(config.get().name(), unreadable.getMessage()));
        }
    }
}
