package dev.ingestkit.local.table.expression;

import dev.ingestkit.local.table.error.TableException;
import java.util.Collection;
import java.util.List;

/** The check that paths do not lead into key attributes, whose values are scalars. */
final class KeyPaths {
    private KeyPaths() {}

    static void requireScalar(List<DocumentPath> paths, Collection<String> keys, String label) {
        for (DocumentPath path : paths) {
            if (path.isNested() && keys.contains(path.attribute())) {
                throw TableException.validation("Key attributes must be scalars; "
                        + "list random access '[]' and map lookup '.' are not allowed: " + label + ": "
                        + path.attribute());
            }
        }
    }
}
