package dev.ingestkit.local.template.sam;

import dev.ingestkit.local.template.model.Nodes;
import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.model.TemplateNode;
import dev.ingestkit.local.template.resource.ResourceDeclaration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Turns an {@code AWS::Serverless::SimpleTable} into the table that CloudFormation creates for it. */
final class SamSimpleTable {

    static final String TYPE = "AWS::Serverless::SimpleTable";

    private static final Map<String, String> ATTRIBUTE_TYPES = Map.of("String", "S", "Number", "N", "Binary", "B");

    private SamSimpleTable() {}

    /** @throws TemplateException in SAM's words, if the primary key is incomplete */
    static ResourceDeclaration expand(ResourceDeclaration declared) {
        Nodes nodes = new Nodes(declared.properties().at());
        TemplateNode name = nodes.text("id");
        String type = "S";
        if (declared.properties().get("PrimaryKey") instanceof TemplateNode.Mapping key
                && !key.entries().isEmpty()) {
            name = required(declared, key, "Name");
            type = type(declared, required(declared, key, "Type"));
        }
        Map<String, TemplateNode> plain =
                new LinkedHashMap<>(declared.properties().entries());
        plain.remove("PrimaryKey");
        plain.put(
                "AttributeDefinitions",
                nodes.list(nodes.map("AttributeName", name, "AttributeType", nodes.text(type))));
        plain.put("KeySchema", nodes.list(nodes.map("AttributeName", name, "KeyType", nodes.text("HASH"))));
        if (!plain.containsKey("ProvisionedThroughput")) {
            plain.put("BillingMode", nodes.text("PAY_PER_REQUEST"));
        }
        return declared.transformed("AWS::DynamoDB::Table", plain);
    }

    private static TemplateNode required(ResourceDeclaration declared, TemplateNode.Mapping key, String name) {
        return new Properties(key)
                .node(name)
                .orElseThrow(() -> refused(declared, key, "Property 'PrimaryKey.%s' is required.".formatted(name)));
    }

    private static String type(ResourceDeclaration declared, TemplateNode value) {
        String name = Properties.text(value);
        String type = ATTRIBUTE_TYPES.get(name);
        if (type == null) {
            throw refused(declared, value, "Invalid 'Type' \"%s\".".formatted(name));
        }
        return type;
    }

    private static TemplateException refused(ResourceDeclaration declared, TemplateNode at, String reason) {
        return TemplateException.at(at.at(), "Resource with id [%s] is invalid. %s", declared.logicalId(), reason);
    }
}
