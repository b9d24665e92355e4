package dev.ingestkit.local.template;

import dev.ingestkit.local.template.intrinsic.TemplateContext;
import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.model.TemplateNode;
import dev.ingestkit.local.template.resource.Resource;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds the code of a function, or the content of a layer, on this machine: a path of the template, or the asset that
 * the AWS CDK put beside it.
 */
final class CodeLocation {

    private CodeLocation() {}

    /**
     * Returns the file or directory; empty for code that is elsewhere.
     *
     * @param property the resource's property that names the code
     */
    static Optional<Path> of(Resource resource, String property) {
        TemplateContext context = resource.catalog().context();
        TemplateNode code = resource.properties()
                .node(property)
                .orElseThrow(() -> resource.properties().missing(property));
        Optional<Path> asset = asset(resource, property, context);
        if (asset.isPresent()) {
            return asset;
        }
        if (code instanceof TemplateNode.Mapping object) {
            return new Properties(object)
                    .text("S3Key")
                    .flatMap(key -> context.assets().file(key));
        }
        String path = Properties.text(code);
        return path.startsWith("s3://")
                ? context.assets().file(path)
                : Optional.of(BuiltCode.of(context.directory(), resource.logicalId(), context.path(path, code.at())));
    }

    /** Returns the file that the CDK names in a resource's metadata. */
    private static Optional<Path> asset(Resource resource, String property, TemplateContext context) {
        if (!(resource.declared().attribute("Metadata") instanceof TemplateNode.Mapping declared)) {
            return Optional.empty();
        }
        Properties metadata = new Properties(declared);
        boolean isOfProperty =
                metadata.text("aws:asset:property").filter(property::equals).isPresent();
        return isOfProperty
                ? metadata.text("aws:asset:path").map(path -> context.path(path, declared.at()))
                : Optional.empty();
    }
}
