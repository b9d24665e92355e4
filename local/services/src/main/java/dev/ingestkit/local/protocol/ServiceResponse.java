package dev.ingestkit.local.protocol;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ingestkit.local.http.HttpResponse;

/** What an action answers: a tree that the protocol layer writes in the caller's codec, or a finished HTTP answer. */
public sealed interface ServiceResponse {

    /**
     * Members by AWS's names. {@code BinaryNode} is written as base64 in JSON and as bytes in CBOR, a timestamp made by
     * {@link AwsOutput#timestamp} in the codec's own form.
     */
    record Tree(JsonNode members) implements ServiceResponse {
        public Tree {
            requireNonNull(members, "members");
        }
    }

    /** An answer that goes out as it is: another server's, or an event stream. */
    record Raw(HttpResponse response) implements ServiceResponse {
        public Raw {
            requireNonNull(response, "response");
        }
    }

    /** An answer without members. */
    static ServiceResponse empty() {
        return new Tree(JsonNodeFactory.instance.objectNode());
    }

    static ServiceResponse of(JsonNode members) {
        return new Tree(members);
    }
}
