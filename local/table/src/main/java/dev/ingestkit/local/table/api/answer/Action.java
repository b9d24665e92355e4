package dev.ingestkit.local.table.api.answer;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ingestkit.local.table.api.request.Fields;
import dev.ingestkit.local.table.error.TableException;
import java.io.IOException;

/** One action of the API. Thread-safe. */
@FunctionalInterface
public interface Action {
    /**
     * Checks and executes a request, and writes the members of its answer into the open JSON object.
     *
     * @throws TableException DynamoDB's error, whatever was written before
     */
    void handle(Fields request, JsonGenerator json) throws IOException;
}
