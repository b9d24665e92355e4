package dev.ingestkit.local.dynamodb;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.Json;
import dev.ingestkit.local.faults.FaultKind;
import dev.ingestkit.local.faults.Faults;
import dev.ingestkit.local.table.TableEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntPredicate;

/**
 * Injects faults into single statements of BatchExecuteStatement: a failing statement is not executed and has its error
 * at its position, a duplicated one is executed twice. Faults of the whole request are injected by the caller.
 */
final class StatementFaults {

    private static final String STATEMENTS = "Statements";
    private static final String RESPONSES = "Responses";

    private final ObjectNode request;
    private final List<Optional<FaultKind>> kinds;

    /**
     * Creates the faults of one request.
     *
     * @param request the request's members
     * @param faults the fault that is due for each statement
     */
    StatementFaults(ObjectNode request, List<Optional<Faults.Fault>> faults) {
        this.request = request;
        this.kinds = faults.stream()
                .map(fault -> fault.map(Faults.Fault::kind).filter(kind -> !kind.affectsWholeRequest()))
                .toList();
    }

    /** Executes the request by the engine's calls for the bodies of its parts. */
    TableEngine.Answer execute(Function<byte[], TableEngine.Answer> engine) {
        ArrayNode executed = statements(executions -> executions > 0);
        ArrayNode answers = Json.mapper().createArrayNode();
        ObjectNode merged = Json.mapper().createObjectNode();
        if (!executed.isEmpty()) {
            TableEngine.Answer answer = engine.apply(body(executed));
            if (answer.status() != 200) {
                return answer;
            }
            merged = (ObjectNode) parsed(answer.body());
            answers = merged.withArray("/" + RESPONSES);
        }
        ArrayNode repeated = statements(executions -> executions > 1);
        if (!repeated.isEmpty()) {
            TableEngine.Answer unused = engine.apply(body(repeated));
        }
        merged.set(RESPONSES, withErrors(answers));
        return new TableEngine.Answer(200, merged.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static int executions(Optional<FaultKind> fault) {
        return fault.map(StatementFaults::executionsWith).orElse(1);
    }

    private static int executionsWith(FaultKind kind) {
        return switch (kind) {
            case THROTTLE, ERROR -> 0;
            case DUPLICATE -> 2;
            // Faults of the whole request.
            case TIMEOUT, DELAY, CRASH, DROP -> 1;
        };
    }

    private ArrayNode statements(IntPredicate chosen) {
        ArrayNode statements = Json.mapper().createArrayNode();
        for (int at = 0; at < kinds.size(); at++) {
            if (chosen.test(executions(kinds.get(at)))) {
                statements.add(request.path(STATEMENTS).get(at));
            }
        }
        return statements;
    }

    private byte[] body(ArrayNode statements) {
        ObjectNode part = request.deepCopy();
        part.set(STATEMENTS, statements);
        return part.toString().getBytes(StandardCharsets.UTF_8);
    }

    private ArrayNode withErrors(ArrayNode answers) {
        ArrayNode all = Json.mapper().createArrayNode();
        int next = 0;
        for (Optional<FaultKind> kind : kinds) {
            if (executions(kind) > 0) {
                all.add(answers.get(next++));
            } else {
                boolean throttled = kind.equals(Optional.of(FaultKind.THROTTLE));
                all.addObject()
                        .putObject("Error")
                        .put("Code", throttled ? "ProvisionedThroughputExceeded" : "InternalServerError")
                        .put("Message", throttled ? DynamoDbService.THROTTLED : DynamoDbService.FAILED);
            }
        }
        return all;
    }

    private static JsonNode parsed(byte[] body) {
        try {
            return Json.mapper().readTree(body);
        } catch (IOException malformed) {
            throw new UncheckedIOException("the table engine's answer is not JSON", malformed);
        }
    }
}
