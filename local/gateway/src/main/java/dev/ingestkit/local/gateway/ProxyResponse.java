package dev.ingestkit.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ingestkit.local.gateway.definition.GatewayResponseType;
import dev.ingestkit.local.gateway.definition.MediaTypes;
import dev.ingestkit.local.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Converts the answer of a proxy function to the client's response. No member is required, and members that AWS does
 * not know are refused, as on AWS: such an answer is malformed, status 502. Stateless.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html">Lambda proxy integrations</a>
 */
final class ProxyResponse {

    private static final Set<String> MEMBERS =
            Set.of("statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded");

    private ProxyResponse() {}

    static HttpResponse of(Exchange exchange, JsonNode answer) {
        if (!answer.isObject()) {
            throw malformed("the answer is not a JSON object");
        }
        answer.fieldNames().forEachRemaining(name -> {
            if (!MEMBERS.contains(name)) {
                throw malformed("the answer has the unknown member " + name);
            }
        });
        int status = status(answer);
        ResponseHeaders headers = ResponseMapper.standard(exchange);
        headers.own("X-Amzn-Trace-Id", exchange.ids().trace());
        headers.own("Content-Type", MediaTypes.JSON);
        headers(answer).forEach(headers::mapped);
        return new HttpResponse(status, headers.all(), new HttpResponse.Bytes(body(exchange, answer)));
    }

    /** Returns AWS's answer to everything that is not a proxy answer; the reason is for the journal and the log. */
    static RequestRejectedException malformed(String reason) {
        return RequestRejectedException.withStatus(
                GatewayResponseType.DEFAULT_5XX, 502, "Internal server error", "malformed proxy answer: " + reason);
    }

    private static int status(JsonNode answer) {
        JsonNode status = answer.path("statusCode");
        int code = status.isMissingNode() || status.isNull() ? 200 : status.asInt();
        if (code < 100 || code > 599) {
            throw malformed("statusCode is not 100 to 599: " + status);
        }
        return code;
    }

    /**
     * Merges both members: the values of {@code headers} come first, and a value that both members have is kept once.
     */
    private static Map<String, List<String>> headers(JsonNode answer) {
        Map<String, List<String>> merged = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        object(answer, "headers").properties().forEach(field -> add(merged, field.getKey(), field.getValue()));
        object(answer, "multiValueHeaders").properties().forEach(field -> {
            if (!field.getValue().isArray()) {
                throw malformed("multiValueHeaders." + field.getKey() + " is not a list");
            }
            field.getValue().forEach(value -> add(merged, field.getKey(), value));
        });
        return merged;
    }

    private static JsonNode object(JsonNode answer, String member) {
        JsonNode object = answer.path(member);
        if (!object.isObject() && !object.isNull() && !object.isMissingNode()) {
            throw malformed(member + " is not an object");
        }
        return object;
    }

    private static void add(Map<String, List<String>> merged, String name, JsonNode value) {
        if (value.isContainerNode()) {
            throw malformed("the value of the header " + name + " is not a string");
        }
        List<String> values = merged.computeIfAbsent(name, any -> new ArrayList<>());
        if (!values.contains(value.asText())) {
            values.add(value.asText());
        }
    }

    private static byte[] body(Exchange exchange, JsonNode answer) {
        JsonNode member = answer.path("body");
        if (member.isContainerNode()) {
            throw malformed("body is not a string");
        }
        String body = member.isNull() ? "" : member.asText();
        if (!answer.path("isBase64Encoded").asBoolean() || !exchange.acceptsBinary()) {
            return body.getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Base64.getDecoder().decode(body);
        } catch (IllegalArgumentException notBase64) {
            throw malformed("body is not base64");
        }
    }
}
