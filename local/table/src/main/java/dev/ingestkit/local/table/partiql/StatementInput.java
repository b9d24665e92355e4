package dev.ingestkit.local.table.partiql;

import dev.ingestkit.local.table.api.request.Fields;
import dev.ingestkit.local.table.api.request.InvalidValue;
import dev.ingestkit.local.table.error.TableException;
import dev.ingestkit.local.table.item.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A statement of a request with its text and parameters, parsed. */
record StatementInput(String text, Statement statement, boolean returnOld) {
    /**
     * Reads a statement: its parameters are checked before its text.
     *
     * @param texts the texts of the same request, of which equal neighbors are cut into tokens once
     */
    static StatementInput read(Fields fields, StatementTexts texts) {
        List<Value> parameters = new ArrayList<>();
        for (Object parameter : fields.list("Parameters")) {
            if (parameter instanceof InvalidValue invalid) {
                throw TableException.validation(invalid.message());
            }
            parameters.add((Value) parameter);
        }
        String text = Objects.requireNonNull(fields.text("Statement"));
        return new StatementInput(
                text,
                StatementParser.parse(texts.tokens(text), parameters),
                "ALL_OLD".equals(fields.text("ReturnValuesOnConditionCheckFailure")));
    }
}
