package dev.ingestkit.local.gateway;

import dev.ingestkit.local.gateway.definition.HttpTarget;
import dev.ingestkit.local.gateway.definition.Integration;
import dev.ingestkit.local.gateway.definition.MediaTypes;
import dev.ingestkit.local.gateway.expression.ParameterSource;
import dev.ingestkit.local.gateway.expression.PercentEncoding;
import dev.ingestkit.local.http.HttpResponse;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** Calls servers of this machine as integrations of REST APIs: with a mapped request, or as a proxy. Thread-safe. */
final class ServerCaller {

    private final HttpBackEnd servers;

    ServerCaller(HttpBackEnd servers) {
        this.servers = servers;
    }

    /** Calls the server with a mapped body and the mapped headers and query only. */
    CompletableFuture<IntegrationAnswer> call(
            Exchange exchange, HttpTarget target, Map<String, List<String>> headers, byte[] body) {
        return call(exchange, target, headers, body, "");
    }

    /** Calls the server with the client's request, to which the mappings are added, and returns its answer. */
    CompletableFuture<HttpResponse> proxy(Exchange exchange, Integration.ServerProxy proxy) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(exchange.headers().all());
        exchange.method().integration().headers().forEach((name, source) -> {
            String value = source.value(exchange);
            if (value != null) {
                headers.put(name, List.of(value));
            }
        });
        byte[] body = exchange.request().body();
        return call(exchange, proxy.target(), headers, body, exchange.request().rawQuery())
                .thenApply(answer -> {
                    exchange.answered(answer);
                    return response(exchange, answer);
                });
    }

    private CompletableFuture<IntegrationAnswer> call(
            Exchange exchange, HttpTarget target, Map<String, List<String>> headers, byte[] body, String sentQuery) {
        Map<String, String> path = new LinkedHashMap<>(exchange.pathParameters());
        path.putAll(values(target.path(), exchange));
        StringJoiner query = new StringJoiner("&");
        if (!sentQuery.isEmpty()) {
            query.add(sentQuery);
        }
        values(target.query(), exchange)
                .forEach((name, value) ->
                        query.add(PercentEncoding.encodeQuery(name) + "=" + PercentEncoding.encodeQuery(value)));
        URI address = HttpBackEnd.address(target.address(), path, null, query.toString());
        return servers.call(
                target.methodFor(exchange.request().method()),
                address,
                headers,
                body,
                exchange.method().integration().timeout());
    }

    private static Map<String, String> values(Map<String, ParameterSource> sources, Exchange exchange) {
        Map<String, String> values = new LinkedHashMap<>();
        sources.forEach((name, source) -> {
            String value = source.value(exchange);
            if (value != null) {
                values.put(name, value);
            }
        });
        return values;
    }

    private static HttpResponse response(Exchange exchange, IntegrationAnswer answer) {
        ResponseHeaders headers = ResponseMapper.standard(exchange);
        headers.own("X-Amzn-Trace-Id", exchange.ids().trace());
        headers.own("Content-Type", MediaTypes.JSON);
        answer.headers().forEach(headers::mapped);
        return new HttpResponse(answer.status(), headers.all(), new HttpResponse.Bytes(answer.body()));
    }
}
