package dev.ingestkit.local.template.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the {@code ResourcePolicy} of a SAM API as a policy document: statements of its own, and lists of accounts,
 * addresses and VPCs that may or may not call it. A list of addresses or VPCs makes an Allow for everybody and a Deny
 * with the condition, as the transform does. Stateless.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-api-resourcepolicystatement.html">ResourcePolicyStatement</a>
 */
final class ApiResourcePolicy {

    private static final String ENDPOINT_PREFIX = "vpce-";

    private ApiResourcePolicy() {}

    static JsonNode document(JsonNode sam) {
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("Version", "2012-10-17");
        ArrayNode statements = document.putArray("Statement");
        accounts(statements, "Allow", sam.path("AwsAccountWhitelist"));
        accounts(statements, "Deny", sam.path("AwsAccountBlacklist"));
        denied(statements, "NotIpAddress", "aws:SourceIp", items(sam.path("IpRangeWhitelist")));
        denied(statements, "IpAddress", "aws:SourceIp", items(sam.path("IpRangeBlacklist")));
        networks(statements, "StringNotEquals", sam, "Whitelist");
        networks(statements, "StringEquals", sam, "Blacklist");
        items(sam.path("CustomStatements")).forEach(statements::add);
        return document;
    }

    private static void accounts(ArrayNode statements, String effect, JsonNode accounts) {
        List<JsonNode> named = items(accounts);
        if (!named.isEmpty()) {
            ObjectNode statement = statement(statements, effect);
            statement.putObject("Principal").putArray("AWS").addAll(named);
        }
    }

    private static void networks(ArrayNode statements, String operator, JsonNode sam, String list) {
        List<JsonNode> networks = new ArrayList<>(items(sam.path("IntrinsicVpc" + list)));
        List<JsonNode> endpoints = new ArrayList<>(items(sam.path("IntrinsicVpce" + list)));
        for (JsonNode source : items(sam.path("SourceVpc" + list))) {
            (source.asText().startsWith(ENDPOINT_PREFIX) ? endpoints : networks).add(source);
        }
        denied(statements, operator, "aws:SourceVpc", networks);
        denied(statements, operator, "aws:SourceVpce", endpoints);
    }

    private static void denied(ArrayNode statements, String operator, String key, List<JsonNode> values) {
        if (values.isEmpty()) {
            return;
        }
        statement(statements, "Allow").put("Principal", "*");
        ObjectNode deny = statement(statements, "Deny").put("Principal", "*");
        deny.putObject("Condition").putObject(operator).putArray(key).addAll(values);
    }

    private static ObjectNode statement(ArrayNode statements, String effect) {
        return statements
                .addObject()
                .put("Effect", effect)
                .put("Action", "execute-api:Invoke")
                .put("Resource", "execute-api:/*");
    }

    private static List<JsonNode> items(JsonNode node) {
        List<JsonNode> items = new ArrayList<>();
        if (node.isArray()) {
            node.forEach(items::add);
        } else if (!node.isMissingNode() && !node.isNull()) {
            items.add(node);
        }
        return items;
    }
}
