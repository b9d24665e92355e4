package dev.ingestkit.cli.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Covers which parts of an API's document are compared. */
final class ApiDocumentTest {

    private static final String DOCUMENT = """
            {"openapi": "3.0.1", "info": {"title": "TITLE"},
             "components": {"securitySchemes": {"Basic": {"type": "apiKey", "x-amazon-apigateway-authorizer":
               {"type": "request", "identitySource": "method.request.header.Authorization", TTL "authorizerUri": "a"}}}},
             "x-amazon-apigateway-request-validators": {"all": {"validateRequestBody": true}},
             "paths": {"/submit": {
               "parameters": [],
               "post": {"description": "TITLE", "security": [{"Basic": []}], "x-amazon-apigateway-request-validator": "all",
                 "x-amazon-apigateway-integration": {"type": "TYPE", "httpMethod": "post", DEFAULTS
                   "requestTemplates": {"application/json": "{}"}, "responses": {"default": {"statusCode": "200"}}}},
               "x-amazon-apigateway-any-method": {"x-amazon-apigateway-integration": {"type": "mock"}}}}}
            """;

    private static Map<String, String> facts(String type, String title, String ttl, String defaults)
            throws IOException {
        String document = DOCUMENT.replace("TYPE", type)
                .replace("TITLE", title)
                .replace("TTL", ttl)
                .replace("DEFAULTS", defaults);
        return new ApiDocument(new ObjectMapper().readTree(document)).facts();
    }

    @Test
    void methodsIntegrationsAuthorizersAndValidationAreCompared() throws IOException {
        assertThat(facts("aws", "t", "", ""))
                .containsOnly(
                        Map.entry("POST /submit", "method"),
                        Map.entry("POST /submit.integration.type", "aws"),
                        Map.entry("POST /submit.integration.httpMethod", "post"),
                        Map.entry("POST /submit.integration.requestTemplates.application/json", "{}"),
                        Map.entry("POST /submit.integration.responses.default.statusCode", "200"),
                        Map.entry("POST /submit.security", "Basic"),
                        Map.entry("POST /submit.validator.validateRequestBody", "true"),
                        Map.entry("ANY /submit", "method"),
                        Map.entry("ANY /submit.integration.type", "mock"),
                        Map.entry("authorizer Basic.type", "request"),
                        Map.entry("authorizer Basic.identitySource", "method.request.header.Authorization"),
                        Map.entry("authorizer Basic.authorizerUri", "a"));
    }

    @Test
    void descriptionsDefaultsAndTheCaseOfWordsMakeNoDifference() throws IOException {
        assertThat(
                        facts(
                                "AWS",
                                "another title",
                                "\"authorizerResultTtlInSeconds\": 300,",
                                "\"passthroughBehavior\": \"WHEN_NO_MATCH\", \"timeoutInMillis\": 29000, \"cacheNamespace\": \"x\","))
                .isEqualTo(facts("aws", "t", "", ""));
    }
}
