package dev.ingestkit.local.protocol;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ingestkit.local.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/** An action's response: a tree that the protocol layer writes in the caller's codec, or a finished HTTP response. */
public sealed interface ServiceResponse {

    /** Returns the result of the function for this kind of response. */
    <T> T fold(Function<? super JsonNode, T> onTree, Function<? super HttpResponse, T> onRaw);

    /**
     * Members by AWS's names. A {@code BinaryNode} is written as base64 in JSON and as bytes in CBOR, a timestamp made
     * by {@link AwsOutput#timestamp} in the codec's own form.
     */
    record Tree(JsonNode members) implements ServiceResponse {
        public Tree {
            requireNonNull(members, "members");
        }

        @Override
        public <T> T fold(Function<? super JsonNode, T> onTree, Function<? super HttpResponse, T> onRaw) {
            return onTree.apply(members);
        }
    }

    /** A response that is sent unchanged: another server's, or an event stream. */
    record Raw(HttpResponse response) implements ServiceResponse {
        public Raw {
            requireNonNull(response, "response");
        }

        @Override
        public <T> T fold(Function<? super JsonNode, T> onTree, Function<? super HttpResponse, T> onRaw) {
            return onRaw.apply(response);
        }
    }

    /**
     * Returns the stage of an action that waits for nothing: done with the members that the action returns, or failed
     * with the {@link ServiceException} that it throws.
     */
    static CompletionStage<ServiceResponse> completed(Supplier<? extends JsonNode> action) {
        try {
            return CompletableFuture.completedFuture(of(action.get()));
        } catch (ServiceException error) {
            return CompletableFuture.failedFuture(error);
        }
    }

    /** Returns a response without members. */
    static ServiceResponse empty() {
        return new Tree(JsonNodeFactory.instance.objectNode());
    }

    /** Returns a response with these members. */
    static ServiceResponse of(JsonNode members) {
        return new Tree(members);
    }
}
