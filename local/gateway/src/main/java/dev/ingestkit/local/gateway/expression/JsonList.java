package dev.ingestkit.local.gateway.expression;

import java.io.Serial;
import java.util.ArrayList;

/** A JSON array in a template. It prints as JSON, as on AWS; a Java list would print the text of each element. */
final class JsonList extends ArrayList<Object> {

    @Serial
    private static final long serialVersionUID = 1L;

    @Override
    public String toString() {
        return JsonValues.print(this);
    }
}
