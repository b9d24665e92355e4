package dev.ingestkit.local.protocol;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * One service's variant of the query protocol (form in, XML out). By the plain rules {@code A.1.B=c} and {@code
 * A.member.1.B=c} are a list {@code A} of structures; in XML a list's elements are named {@code member}, and a map's
 * {@code entry} with {@code key} and {@code value}.
 *
 * @param xmlNamespace the namespace of responses
 * @param withoutResult actions whose response has no result element; every other action has one, even an empty one
 * @param flattened members whose list elements repeat the member's own name, without an enclosing tag
 * @param errorDetail whether errors have a {@code Detail}, which is always empty
 * @param input maps (action, members as the query names them) to the names of the JSON protocol
 * @param output maps (action, members of the JSON protocol) to the names of the XML response
 */
public record QueryDialect(
        String xmlNamespace,
        Set<String> withoutResult,
        Set<String> flattened,
        boolean errorDetail,
        BiFunction<String, ObjectNode, ObjectNode> input,
        BiFunction<String, ObjectNode, ObjectNode> output) {

    public QueryDialect {
        requireNonNull(xmlNamespace, "xmlNamespace");
        withoutResult = Set.copyOf(withoutResult);
        flattened = Set.copyOf(flattened);
        requireNonNull(input, "input");
        requireNonNull(output, "output");
    }

    /** Returns the plain rules, for a service whose actions all have a result. */
    public static QueryDialect plain(String xmlNamespace) {
        return plain(xmlNamespace, Set.of());
    }

    /** Returns the plain rules, for a service some of whose actions have no result. */
    public static QueryDialect plain(String xmlNamespace, Set<String> withoutResult) {
        return new QueryDialect(
                xmlNamespace,
                withoutResult,
                Set.of(),
                false,
                (action, members) -> members,
                (action, members) -> members);
    }
}
