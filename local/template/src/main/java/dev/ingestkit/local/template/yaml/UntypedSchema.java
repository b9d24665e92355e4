package dev.ingestkit.local.template.yaml;

import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.Schema;

/** Leaves unquoted scalars without a type, so that {@link PlainScalars} decides, not YAML 1.2. */
final class UntypedSchema implements Schema {

    private static final Tag UNTYPED = new Tag("untyped");
    private static final Set<Tag> PLAIN_DATA =
            Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.SEQ, Tag.MAP);

    static boolean isUntyped(Tag tag) {
        return tag.equals(UNTYPED)
                || tag.equals(Tag.INT)
                || tag.equals(Tag.FLOAT)
                || tag.equals(Tag.BOOL)
                || tag.equals(Tag.NULL);
    }

    static boolean isPlainData(Tag tag) {
        return PLAIN_DATA.contains(tag);
    }

    @Override
    public ScalarResolver getScalarResolver() {
        return (value, implicit) -> implicit ? UNTYPED : Tag.STR;
    }

    @Override
    public Map<Tag, ConstructNode> getSchemaTagConstructors() {
        return Map.of();
    }
}
