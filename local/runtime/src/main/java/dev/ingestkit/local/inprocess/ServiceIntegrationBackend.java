package dev.ingestkit.local.inprocess;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.ingestkit.local.events.Completions;
import dev.ingestkit.local.gateway.IdSource;
import dev.ingestkit.local.gateway.IntegrationBackend;
import dev.ingestkit.local.http.HttpRequest;
import dev.ingestkit.local.http.HttpResponse;
import dev.ingestkit.local.protocol.AwsService;
import dev.ingestkit.local.protocol.QueryCall;
import dev.ingestkit.local.protocol.ServiceException;
import dev.ingestkit.local.protocol.ServiceRequest;
import dev.ingestkit.local.protocol.ServiceResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * Executes service integrations by the services of this process, without HTTP. The answers equal the ones of the JSON
 * protocol: status, {@code __type} and message of an error, members of a success. Thread-safe.
 */
public final class ServiceIntegrationBackend implements IntegrationBackend {

    private static final Map<String, List<String>> JSON = Map.of("Content-Type", List.of("application/x-amz-json-1.1"));

    /** A separate class, so that a stack without such an integration does not create the mapper. */
    private static final class Mapper {
        private static final ObjectMapper INSTANCE =
                new ObjectMapper().registerModule(new SimpleModule().addSerializer(new EpochSeconds()));
    }

    private final Map<String, AwsService> services = new LinkedHashMap<>();
    private final Map<String, Set<String>> actions = new HashMap<>();
    private final IdSource ids;

    public ServiceIntegrationBackend(Collection<? extends AwsService> services, IdSource ids) {
        for (AwsService service : services) {
            this.services.put(service.name(), service);
            actions.put(service.name(), Set.copyOf(service.actions()));
        }
        this.ids = ids;
    }

    @Override
    public CompletionStage<Answer> call(String service, String action, Map<String, List<String>> headers, byte[] body) {
        String requestId = ids.next().toString();
        CompletionStage<ServiceResponse> response;
        try {
            response = handle(service, action, headers, body, requestId);
        } catch (ServiceException refused) {
            response = CompletableFuture.failedFuture(refused);
        }
        return response.handle(
                (answer, failure) -> failure == null ? success(service, answer, requestId) : error(failure, requestId));
    }

    /** Answers as these services do to a client that accepts JSON: the query protocol's elements as members. */
    @Override
    public CompletionStage<Answer> submit(String service, String path, Map<String, List<String>> headers, byte[] form) {
        String requestId = ids.next().toString();
        AwsService handler = services.get(service);
        if (handler == null) {
            return CompletableFuture.completedFuture(
                    error(ServiceException.notImplemented(service, "by path"), requestId));
        }
        try {
            QueryCall call = QueryCall.parse(handler.queryDialect(), new String(form, StandardCharsets.UTF_8));
            if (!hasAction(service, call.action())) {
                throw ServiceException.notImplemented(service, call.action());
            }
            HttpRequest http = new HttpRequest("POST", "/" + path, "", lowerCase(headers), form, "127.0.0.1");
            return handler.handle(new ServiceRequest(
                            call.action(), call.input(), requestId, ServiceRequest.Wire.JSON_1_0, http))
                    .handle((answer, failure) -> failure == null
                            ? element(call.action(), service, answer, requestId)
                            : errorElement(failure, requestId));
        } catch (ServiceException refused) {
            return CompletableFuture.completedFuture(errorElement(refused, requestId));
        }
    }

    private static Answer element(String action, String service, ServiceResponse response, String requestId) {
        Answer plain = success(service, response, requestId);
        ObjectNode body = Mapper.INSTANCE.createObjectNode();
        ObjectNode element = body.putObject(action + "Response");
        element.putObject("ResponseMetadata").put("RequestId", requestId);
        element.set(action + "Result", input(plain.body()));
        return new Answer(200, formHeaders(requestId), bytes(body));
    }

    private static Answer errorElement(Throwable failure, String requestId) {
        Throwable cause = Completions.unwrap(failure);
        if (!(cause instanceof ServiceException refused)) {
            throw new CompletionException(cause);
        }
        ObjectNode body = Mapper.INSTANCE.createObjectNode();
        body.putObject("Error")
                .put("Code", refused.queryCode().orElse(refused.code()))
                .put("Message", refused.text())
                .put("Type", refused.status() < 500 ? "Sender" : "Receiver");
        body.put("RequestId", requestId);
        return new Answer(refused.status(), formHeaders(requestId), bytes(body));
    }

    private static Map<String, List<String>> formHeaders(String requestId) {
        return Map.of("Content-Type", List.of("application/json"), "x-amzn-RequestId", List.of(requestId));
    }

    private static Map<String, List<String>> lowerCase(Map<String, List<String>> headers) {
        Map<String, List<String>> lowerCase = new LinkedHashMap<>();
        headers.forEach((header, values) -> lowerCase.put(header.toLowerCase(Locale.ROOT), values));
        return lowerCase;
    }

    private CompletionStage<ServiceResponse> handle(
            String name, String action, Map<String, List<String>> headers, byte[] body, String requestId) {
        AwsService service = services.get(name);
        if (service == null || !hasAction(name, action)) {
            throw ServiceException.notImplemented(name, action);
        }
        HttpRequest http = new HttpRequest("POST", "/", "", lowerCase(headers), body, "127.0.0.1");
        return service.handle(new ServiceRequest(action, input(body), requestId, ServiceRequest.Wire.JSON_1_1, http));
    }

    private boolean hasAction(String service, String action) {
        return actions.getOrDefault(service, Set.of()).contains(action);
    }

    private static JsonNode input(byte[] body) {
        try {
            JsonNode input = Mapper.INSTANCE.readTree(body);
            if (input != null && input.isObject()) {
                return input;
            }
        } catch (IOException malformed) {
            throw ServiceException.badRequest("SerializationException", "The request is not JSON");
        }
        throw ServiceException.badRequest("SerializationException", "The request is not a JSON object");
    }

    private static Answer success(String service, ServiceResponse response, String requestId) {
        if (response instanceof ServiceResponse.Raw raw) {
            HttpResponse http = raw.response();
            if (http.body() instanceof HttpResponse.Bytes bytes) {
                return new Answer(http.status(), http.headers(), bytes.content());
            }
            throw ServiceException.notImplemented(service, "event streams through an integration");
        }
        JsonNode members = ((ServiceResponse.Tree) response).members();
        // AWS's gateway receives no EncryptionType from a stream without encryption, though SDKs do.
        boolean unencrypted = service.equals("kinesis")
                && members.path("EncryptionType").asText().equals("NONE");
        if (unencrypted && members instanceof ObjectNode object) {
            members = object.deepCopy().without("EncryptionType");
        }
        return new Answer(200, headers(requestId), bytes(members));
    }

    private static Answer error(Throwable failure, String requestId) {
        Throwable cause = Completions.unwrap(failure);
        if (!(cause instanceof ServiceException refused)) {
            // Not an answer of the service but its failure, which the gateway handles.
            throw new CompletionException(cause);
        }
        ObjectNode body = Mapper.INSTANCE.createObjectNode();
        body.put("__type", refused.code());
        body.put("message", refused.text());
        return new Answer(refused.status(), headers(requestId), bytes(body));
    }

    private static Map<String, List<String>> headers(String requestId) {
        return Map.of("Content-Type", JSON.get("Content-Type"), "x-amzn-RequestId", List.of(requestId));
    }

    private static byte[] bytes(JsonNode members) {
        try {
            return Mapper.INSTANCE.writeValueAsBytes(members);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Writes timestamps as epoch seconds with milliseconds. */
    private static final class EpochSeconds extends StdSerializer<Instant> {

        private static final long serialVersionUID = 1L;

        EpochSeconds() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant at, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeNumber(BigDecimal.valueOf(at.toEpochMilli(), 3));
        }
    }
}
