package dev.ingestkit.local.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.gateway.definition.ApiDefinition;
import dev.ingestkit.local.gateway.definition.StageSettings;
import java.util.Map;

/** The API of an ingestion stack, as a resolved body. */
public final class SubmitApi {

    static final ObjectMapper MAPPER = new ObjectMapper();

    private static final String REQUEST = """
        #set($stream = $util.escapeJavaScript($input.params().path.get('streamName')).replaceAll("\\\\'", "'"))
        #set($event = $util.escapeJavaScript($input.params().path.get('eventId')).replaceAll("\\\\'", "'"))
        {"StreamName":"$stream","PartitionKey":"$event","Data":"$util.base64Encode($input.body)"}\
        """;

    private static final String SUCCESS = """
        {"requestId":"$context.requestId","shardId":"$input.path('$.ShardId')",\
        "sequenceNumber":"$input.path('$.SequenceNumber')"}\
        """;

    private static final String FAILURE = """
        #set($type = "$!input.path('$.__type')")
        #set($text = "$!input.path('$.message')$!input.path('$.Message')")
        #set($code = "InvalidRequest")
        #if($type.contains("ProvisionedThroughput") || $type.contains("Throttl") || $type.contains("LimitExceeded"))
        #set($code = "Throttled")
        #set($context.responseOverride.status = 429)
        #set($context.responseOverride.header.Retry-After = "1")
        #elseif($type.contains("ResourceNotFound") || $type.contains("AccessDenied"))
        #set($code = "StreamNotFound")
        #set($context.responseOverride.status = 404)
        #elseif($text.contains("at 'data'"))
        #set($code = "TooLarge")
        #set($context.responseOverride.status = 413)
        #end
        {"error":"$code","requestId":"$context.requestId"}\
        """;

    private static final String FRAME = """
        {"openapi":"3.0.1","info":{"title":"t","version":"1"},
         "x-amazon-apigateway-request-validators":
           {"everything":{"validateRequestBody":true,"validateRequestParameters":true}},
         "x-amazon-apigateway-gateway-responses":{
           "UNAUTHORIZED":{"statusCode":401,"responseParameters":
             {"gatewayresponse.header.WWW-Authenticate":"'Basic realm=\\"submit\\", charset=\\"UTF-8\\"'"}},
           "THROTTLED":{"statusCode":429,"responseParameters":{"gatewayresponse.header.Retry-After":"'1'"}}},
         "components":{"schemas":{"Event":{"type":"object"}},
           "securitySchemes":{"Basic":{"type":"apiKey","name":"Authorization","in":"header",
             "x-amazon-apigateway-authtype":"custom",
             "x-amazon-apigateway-authorizer":{"type":"request",
               "identitySource":"method.request.header.Authorization","authorizerResultTtlInSeconds":300,
               "authorizerUri":"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/\
        arn:aws:lambda:us-east-1:000000000000:function:authorizer/invocations"}}}},
         "paths":{"/submit/{streamName}/{eventId}":{"post":{
           "security":[{"Basic":[]}],
           "x-amazon-apigateway-request-validator":"everything",
           "parameters":[{"name":"streamName","in":"path","required":true},
                         {"name":"eventId","in":"path","required":true}],
           "requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Event"}}}},
           "x-amazon-apigateway-integration":{"type":"aws","httpMethod":"POST",
             "uri":"arn:aws:apigateway:us-east-1:kinesis:action/PutRecord",
             "passthroughBehavior":"never","timeoutInMillis":10000,
             "requestParameters":{"integration.request.header.Content-Type":"'application/x-amz-json-1.1'"},
             "requestTemplates":{},
             "responses":{
               "200":{"statusCode":"200"},
               "4\\\\d{2}":{"statusCode":"400"},
               "default":{"statusCode":"502","responseTemplates":
                 {"application/json":"{\\"error\\":\\"StreamUnavailable\\"}"}}}}}}}}\
        """;

    private SubmitApi() {}

    static ObjectNode body() {
        ObjectNode body = json(FRAME);
        ObjectNode integration = integration(body);
        integration.withObject("/requestTemplates").put("application/json", REQUEST);
        responseTemplates(integration, "200").put("application/json", SUCCESS);
        responseTemplates(integration, "4\\d{2}").put("application/json", FAILURE);
        return body;
    }

    static ApiDefinition definition() {
        return ApiDefinition.parse("abc123", body(), StageSettings.named("prod"));
    }

    /** Returns the integration of the only method, for a test to change. */
    static ObjectNode integration(ObjectNode body) {
        return (ObjectNode) method(body).get("x-amazon-apigateway-integration");
    }

    static ObjectNode method(ObjectNode body) {
        return (ObjectNode)
                body.get("paths").get("/submit/{streamName}/{eventId}").get("post");
    }

    /** Returns a small API with one open method, with the template and integration of a test. */
    public static ObjectNode withTemplate(String path, String template) {
        ObjectNode body = json("{\"openapi\":\"3.0.1\",\"paths\":{}}");
        ObjectNode integration = ((ObjectNode) body.get("paths"))
                .putObject(path)
                .putObject("post")
                .putObject("x-amazon-apigateway-integration");
        integration.put("type", "aws");
        integration.put("uri", "arn:aws:apigateway:us-east-1:kinesis:action/PutRecord");
        integration.putObject("requestTemplates").put("application/json", template);
        integration.putObject("responses").putObject("default").put("statusCode", 200);
        return body;
    }

    static ObjectNode json(String text) {
        try {
            return (ObjectNode) MAPPER.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException(text, malformed);
        }
    }

    static String allow(String resource, Map<String, Object> context) {
        ObjectNode answer = MAPPER.createObjectNode();
        answer.put("principalId", "ann");
        ObjectNode policy = answer.putObject("policyDocument");
        policy.put("Version", "2012-10-17");
        ObjectNode statement = policy.putArray("Statement").addObject();
        statement.put("Action", "execute-api:Invoke");
        statement.put("Effect", "Allow");
        statement.put("Resource", resource);
        answer.set("context", MAPPER.valueToTree(context));
        return answer.toString();
    }

    private static ObjectNode responseTemplates(ObjectNode integration, String selection) {
        return ((ObjectNode) integration.get("responses").get(selection)).putObject("responseTemplates");
    }
}
