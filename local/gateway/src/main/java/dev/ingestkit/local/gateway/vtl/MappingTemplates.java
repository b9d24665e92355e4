package dev.ingestkit.local.gateway.vtl;

import dev.ingestkit.local.gateway.document.ApiDefinitionException;
import dev.ingestkit.local.gateway.document.Located;
import java.io.StringReader;
import java.util.Properties;
import java.util.Set;
import org.apache.velocity.Template;
import org.apache.velocity.exception.VelocityException;
import org.apache.velocity.runtime.RuntimeInstance;
import org.apache.velocity.runtime.parser.ParseException;
import org.apache.velocity.runtime.parser.TemplateParseException;
import org.apache.velocity.runtime.parser.node.ASTDirective;
import org.apache.velocity.runtime.parser.node.Node;
import org.apache.velocity.runtime.parser.node.SimpleNode;

/**
 * Parses mapping templates by the rules of API Gateway's engine: Velocity 1.7's white space and truth, hyphens in
 * names, no reflection, no other template. Thread-safe.
 */
public final class MappingTemplates {

    /** AWS's quota for one template. */
    static final int MAX_TEMPLATE_CHARACTERS = 300 * 1024;

    private static final int MAX_ROUNDS = 1_000;
    private static final Set<String> REFUSED = Set.of("include", "parse", "evaluate");

    private final RuntimeInstance runtime;

    private MappingTemplates(RuntimeInstance runtime) {
        this.runtime = runtime;
    }

    /** Returns the process's engine, which has settings and no state of any API. */
    public static MappingTemplates engine() {
        return Holder.ENGINE;
    }

    /**
     * Parses a template.
     *
     * @param location the template in the document, for messages
     * @throws ApiDefinitionException with the line of the template, if it does not parse or uses a forbidden directive
     */
    public MappingTemplate parse(Located location) {
        String source = location.requiredText();
        if (source.length() > MAX_TEMPLATE_CHARACTERS) {
            throw location.problem("is longer than %d characters: %d (API Gateway's quota is 300 KB)"
                    .formatted(MAX_TEMPLATE_CHARACTERS, source.length()));
        }
        Template template = new Template();
        template.setName(location.path());
        template.setRuntimeServices(runtime);
        try {
            SimpleNode root = runtime.parse(new StringReader(source), template);
            refuseForbidden(root, location);
            template.setData(root);
            template.initDocument();
        } catch (TemplateParseException malformed) {
            throw location.problem("line %d, column %d of the template: %s"
                    .formatted(malformed.getLineNumber(), malformed.getColumnNumber(), firstLine(malformed)));
        } catch (ParseException | VelocityException malformed) {
            throw location.problem("the template does not parse: " + firstLine(malformed));
        }
        return new MappingTemplate(template);
    }

    private static void refuseForbidden(Node node, Located location) {
        if (node instanceof ASTDirective directive && REFUSED.contains(directive.getDirectiveName())) {
            throw location.problem("line %d of the template: #%s is not available in mapping templates"
                    .formatted(directive.getLine(), directive.getDirectiveName()));
        }
        for (int i = 0; i < node.jjtGetNumChildren(); i++) {
            refuseForbidden(node.jjtGetChild(i), location);
        }
    }

    private static String firstLine(Exception malformed) {
        String message = malformed.getMessage() == null ? malformed.toString() : malformed.getMessage();
        return message.lines().findFirst().orElse(message);
    }

    private static RuntimeInstance start() {
        Properties settings = new Properties();
        settings.setProperty("parser.allow_hyphen_in_identifiers", "true");
        settings.setProperty("parser.space_gobbling", "bc");
        settings.setProperty("directive.if.empty_check", "false");
        settings.setProperty("directive.foreach.max_loops", Integer.toString(MAX_ROUNDS));
        settings.setProperty("velocimacro.inline.local_scope", "true");
        settings.setProperty("velocimacro.library.path", "");
        settings.setProperty("runtime.log.log_invalid_references", "false");
        settings.setProperty(
                "introspector.uberspect.class", "org.apache.velocity.util.introspection.SecureUberspector");
        RuntimeInstance runtime = new RuntimeInstance();
        runtime.init(settings);
        // The check of the syntax tree does not see a directive inside an interpolated string.
        REFUSED.forEach(runtime::removeDirective);
        return runtime;
    }

    /** Starts Velocity when the first API is deployed, not earlier, since that takes about 60 ms. */
    private static final class Holder {
        static final MappingTemplates ENGINE = new MappingTemplates(start());
    }
}
