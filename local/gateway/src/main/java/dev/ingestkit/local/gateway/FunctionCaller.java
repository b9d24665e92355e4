package dev.ingestkit.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.functions.FunctionInvoker;
import dev.ingestkit.local.functions.Invocation;
import dev.ingestkit.local.gateway.definition.Integration;
import dev.ingestkit.local.http.HttpResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Calls functions as integrations: with mapped request and response, or as a proxy. Thread-safe. */
final class FunctionCaller {

    /** The event that Lambda hands to a function when a call has no payload. */
    private static final byte[] EMPTY_EVENT = {'{', '}'};

    private final FunctionInvoker functions;

    FunctionCaller(FunctionInvoker functions) {
        this.functions = functions;
    }

    /** Invokes a function with a mapped event; its error is an answer with the message. */
    CompletableFuture<IntegrationAnswer> call(String function, byte[] event) {
        return functions
                .invoke(function, event.length == 0 ? EMPTY_EVENT : event)
                .thenApply(invocation -> {
                    String error = invocation.failed() ? message(invocation) : null;
                    return new IntegrationAnswer(200, Map.of(), invocation.payload(), error);
                });
    }

    /** Invokes a function with the request unchanged; the function returns the response. */
    CompletableFuture<HttpResponse> proxy(Exchange exchange, Integration.FunctionProxy target) {
        return functions
                .invoke(target.function(), AuthorizerEvent.bytes(event(exchange)))
                .copy()
                .orTimeout(exchange.method().integration().timeout().toMillis(), TimeUnit.MILLISECONDS)
                .thenApply(invocation -> response(exchange, invocation));
    }

    private static Map<String, Object> event(Exchange exchange) {
        Map<String, @Nullable Object> event = new LinkedHashMap<>();
        event.put("resource", exchange.method().resourcePath());
        event.put("path", exchange.path());
        event.put("httpMethod", exchange.request().method());
        event.put("headers", exchange.headers().last());
        event.put("multiValueHeaders", exchange.headers().all());
        event.put("queryStringParameters", orNull(exchange.query().last()));
        event.put("multiValueQueryStringParameters", orNull(exchange.query().all()));
        event.put("pathParameters", orNull(exchange.sentPathParameters()));
        event.put("stageVariables", orNull(exchange.stageVariables()));
        event.put("requestContext", RequestContext.event(exchange));
        boolean binary = exchange.binary();
        byte[] body = exchange.request().body();
        String text = binary ? Base64.getEncoder().encodeToString(body) : new String(body, StandardCharsets.UTF_8);
        event.put("body", body.length == 0 ? null : text);
        event.put("isBase64Encoded", binary && body.length > 0);
        return event;
    }

    private static <K, V> @Nullable Map<K, V> orNull(Map<K, V> map) {
        return map.isEmpty() ? null : map;
    }

    private static HttpResponse response(Exchange exchange, Invocation invocation) {
        if (invocation.failed()) {
            throw ProxyResponse.malformed("the function failed: " + message(invocation));
        }
        return ProxyResponse.of(exchange, json(invocation));
    }

    private static String message(Invocation invocation) {
        return json(invocation).path("errorMessage").asText();
    }

    private static JsonNode json(Invocation invocation) {
        try {
            JsonNode answer = Json.mapper().readTree(invocation.payload());
            return answer == null ? Json.mapper().missingNode() : answer;
        } catch (IOException malformed) {
            // An answer that is not JSON has no members; each caller treats it as unusable.
            return Json.mapper().missingNode();
        }
    }
}
