package dev.ingestkit.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;

/** Creates the tables that are measured: a text as partition key, a number as sort key, no indexes. */
public final class DynamoTables {

    private DynamoTables() {}

    /** Creates a table at an endpoint and waits until it is active. */
    public static void create(URI endpoint, String name, String partitionKey, String sortKey) {
        create(new AwsCalls(HttpClient.newHttpClient(), endpoint), name, partitionKey, sortKey);
    }

    /** Works as {@link #create(URI, String, String, String)}, with calls of the caller. */
    static void create(AwsCalls calls, String name, String partitionKey, String sortKey) {
        ObjectNode request = named(name).put("BillingMode", "PAY_PER_REQUEST");
        ArrayNode keys = request.putArray("KeySchema");
        keys.addObject().put("AttributeName", partitionKey).put("KeyType", "HASH");
        keys.addObject().put("AttributeName", sortKey).put("KeyType", "RANGE");
        ArrayNode types = request.putArray("AttributeDefinitions");
        types.addObject().put("AttributeName", partitionKey).put("AttributeType", "S");
        types.addObject().put("AttributeName", sortKey).put("AttributeType", "N");
        calls.call("dynamodb", "CreateTable", request);
        while (!calls.call("dynamodb", "DescribeTable", named(name))
                .at("/Table/TableStatus")
                .asText()
                .equals("ACTIVE")) {
            Thread.onSpinWait();
        }
    }

    private static ObjectNode named(String name) {
        return AwsCalls.object().put("TableName", name);
    }
}
