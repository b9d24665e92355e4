package dev.ingestkit.local.template.yaml;

import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.composer.Composer;
import org.snakeyaml.engine.v2.exceptions.ComposerException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.parser.Parser;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Composes nodes down to a maximum depth: composing recurses, so a million brackets would overflow the thread's stack.
 */
final class BoundedComposer extends Composer {

    private final int maxDepth;
    private int depth;

    private BoundedComposer(LoadSettings settings, Parser parser, int maxDepth) {
        super(settings, parser);
        this.maxDepth = maxDepth;
    }

    static BoundedComposer of(LoadSettings settings, String text, int maxDepth) {
        return new BoundedComposer(settings, new ParserImpl(settings, new StreamReader(settings, text)), maxDepth);
    }

    @Override
    protected SequenceNode composeSequenceNode(Optional<Anchor> anchor) {
        enter();
        SequenceNode node = super.composeSequenceNode(anchor);
        depth--;
        return node;
    }

    @Override
    protected Node composeMappingNode(Optional<Anchor> anchor) {
        enter();
        Node node = super.composeMappingNode(anchor);
        depth--;
        return node;
    }

    private void enter() {
        if (++depth > maxDepth) {
            throw new ComposerException(
                    "nested deeper than %d levels".formatted(maxDepth),
                    parser.peekEvent().getStartMark());
        }
    }
}
