package dev.ingestkit.local.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.http.HttpResponse;
import dev.ingestkit.local.protocol.ServiceRequest.Wire;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a service's response in the caller's codec, with the headers that SDKs expect. Thread-safe. */
final class ServiceResponseWriter {

    private ServiceResponseWriter() {}

    static HttpResponse response(AwsService service, ServiceRequest request, ServiceResponse response) {
        return response.fold(
                members -> new HttpResponse(
                        200,
                        headers(request.wire(), request.requestId()),
                        new HttpResponse.Bytes(body(service, request, members))),
                raw -> raw);
    }

    private static byte[] body(AwsService service, ServiceRequest request, JsonNode members) {
        if (request.wire() != Wire.QUERY && service.actionsWithoutResult().contains(request.action())) {
            return new byte[0];
        }
        return switch (request.wire()) {
            case JSON_1_0, JSON_1_1 -> TreeCodec.JSON.write(members);
            case CBOR -> TreeCodec.CBOR.write(members);
            case QUERY -> {
                QueryDialect dialect = service.queryDialect();
                JsonNode named = members instanceof ObjectNode object
                        ? dialect.output().apply(request.action(), object)
                        : members;
                yield QueryXml.response(dialect, request.action(), named, request.requestId());
            }
        };
    }

    /**
     * Writes an error as SDKs read it: the shape's name in {@code __type} and in {@code x-amzn-ErrorType}, and the
     * query protocol's code for a service that also supports that protocol.
     *
     * @param service the service that failed; its prefix precedes the name in {@code __type}
     */
    static HttpResponse error(ServiceException error, Wire wire, String requestId, AwsService service) {
        return wire == Wire.QUERY
                ? queryError(error, requestId, service.queryDialect())
                : error(error, wire, requestId, service.errorPrefix(), service.errorTextMember(error));
    }

    /** Writes the error of a call whose service is not known. */
    static HttpResponse error(ServiceException error, Wire wire, String requestId) {
        return wire == Wire.QUERY
                ? queryError(error, requestId, QueryDialect.plain("https://amazonaws.com/doc/"))
                : error(error, wire, requestId, "", "message");
    }

    private static HttpResponse queryError(ServiceException error, String requestId, QueryDialect dialect) {
        byte[] xml = QueryXml.error(dialect, error, requestId);
        return new HttpResponse(error.status(), headers(Wire.QUERY, requestId), new HttpResponse.Bytes(xml));
    }

    private static HttpResponse error(
            ServiceException error, Wire wire, String requestId, String prefix, String textMember) {
        Map<String, List<String>> headers = headers(wire, requestId);
        headers.put("x-amzn-ErrorType", List.of(error.code()));
        error.queryCode().ifPresent(code -> {
            String fault = error.status() < 500 ? "Sender" : "Receiver";
            headers.put("x-amzn-query-error", List.of(code + ";" + fault));
        });
        ObjectNode members = JsonNodeFactory.instance.objectNode();
        members.put("__type", prefix + error.code());
        members.put(textMember, error.text());
        byte[] body = wire == Wire.CBOR ? TreeCodec.CBOR.write(members) : TreeCodec.JSON.write(members);
        return new HttpResponse(error.status(), headers, new HttpResponse.Bytes(body));
    }

    private static Map<String, List<String>> headers(Wire wire, String requestId) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        headers.put("x-amzn-RequestId", List.of(requestId));
        headers.put("Content-Type", List.of(contentType(wire)));
        return headers;
    }

    private static String contentType(Wire wire) {
        return switch (wire) {
            case JSON_1_0 -> "application/x-amz-json-1.0";
            case JSON_1_1 -> "application/x-amz-json-1.1";
            case CBOR -> "application/x-amz-cbor-1.1";
            case QUERY -> "text/xml";
        };
    }
}
