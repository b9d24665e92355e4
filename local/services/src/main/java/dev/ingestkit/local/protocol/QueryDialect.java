package dev.ingestkit.local.protocol;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * How one service's query protocol (form in, XML out) differs from the plain rules. The plain rules: {@code A.1.B=c}
 * and {@code A.member.1.B=c} are a list {@code A} of structures; in XML a list's elements are called {@code member}, a
 * map's {@code entry} with {@code key} and {@code value}.
 *
 * @param xmlNamespace the namespace of answers
 * @param flattened members whose list elements repeat the member's own name, without a tag around them
 * @param input from (action, members as the query names them) to the members' names of the JSON protocol
 * @param output from (action, members of the JSON protocol) to those of the XML answer
 */
public record QueryDialect(
        String xmlNamespace,
        Set<String> flattened,
        BiFunction<String, ObjectNode, ObjectNode> input,
        BiFunction<String, ObjectNode, ObjectNode> output) {

    public QueryDialect {
        requireNonNull(xmlNamespace, "xmlNamespace");
        flattened = Set.copyOf(flattened);
        requireNonNull(input, "input");
        requireNonNull(output, "output");
    }

    /** The plain rules. */
    public static QueryDialect plain(String xmlNamespace) {
        return new QueryDialect(xmlNamespace, Set.of(), (action, members) -> members, (action, members) -> members);
    }
}
