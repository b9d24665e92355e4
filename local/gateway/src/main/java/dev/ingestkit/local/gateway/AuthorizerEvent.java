package dev.ingestkit.local.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.ingestkit.local.events.Json;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes the events that API Gateway sends to authorizers, member by member as on AWS. Stateless.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-input.html">Input to a Lambda authorizer</a>
 */
final class AuthorizerEvent {

    private AuthorizerEvent() {}

    static byte[] token(String token, String methodArn) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("type", "TOKEN");
        event.put("methodArn", methodArn);
        event.put("authorizationToken", token);
        return bytes(event);
    }

    static byte[] request(Exchange exchange, String methodArn) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("type", "REQUEST");
        event.put("methodArn", methodArn);
        event.put("resource", exchange.method().resourcePath());
        event.put("path", exchange.path());
        event.put("httpMethod", exchange.request().method());
        event.put("headers", exchange.headers().last());
        event.put("multiValueHeaders", exchange.headers().all());
        event.put("queryStringParameters", exchange.query().last());
        event.put("multiValueQueryStringParameters", exchange.query().all());
        event.put("pathParameters", exchange.sentPathParameters());
        event.put("stageVariables", exchange.stageVariables());
        event.put("requestContext", RequestContext.event(exchange));
        return bytes(event);
    }

    static byte[] bytes(Map<String, Object> event) {
        try {
            return Json.mapper().writeValueAsBytes(event);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
