package dev.ingestkit.local.template.sam;

import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.model.TemplateNode;
import dev.ingestkit.local.template.resource.ResourceDeclaration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The words that SAM checks itself: those that it takes in one case only, and those that it takes in any. */
final class SamWords {

    private static final List<String> QUEUES = List.of("SQS", "SNS");
    private static final List<String> FAILURES = List.of("SQS", "SNS", "S3", "Kafka");
    private static final List<String> INVOCATIONS = List.of("SQS", "SNS", "EventBridge", "Lambda", "S3Bucket");

    private final SamTransform transform;
    private final ResourceDeclaration declared;

    SamWords(SamTransform transform, ResourceDeclaration declared) {
        this.transform = transform;
        this.declared = declared;
    }

    /** @throws TemplateException in SAM's words, if a word of the function is another than SAM takes */
    void checkFunction() {
        own("PackageType")
                .ifPresent(type -> require(
                        type,
                        List.of("Zip", "Image"),
                        refused("invalid 'PackageType' : "
                                + transform.staticText(type).orElse(""))));
        own("DeadLetterQueue")
                .ifPresent(
                        queue -> require(
                                of(queue, "Type").orElse(queue),
                                QUEUES,
                                refused(
                                        of(queue, "Type").isPresent()
                                                ? "'DeadLetterQueue' requires Type of ['SQS', 'SNS']"
                                                : "'DeadLetterQueue' requires Type and TargetArn properties to be specified.")));
        own("FunctionUrlConfig")
                .filter(TemplateNode.Mapping.class::isInstance)
                .ifPresent(url -> require(
                        of(url, "AuthType").orElse(url),
                        List.of("AWS_IAM", "NONE"),
                        refused("AuthType is required to configure function property `FunctionUrlConfig`."
                                + " Please provide either AWS_IAM or NONE.")));
    }

    /** @throws TemplateException in SAM's words, if the layer is neither to be retained nor to be deleted */
    void checkLayer() {
        own("RetentionPolicy")
                .flatMap(policy -> transform.staticText(policy).map(word -> new Word(policy, word)))
                .filter(word ->
                        !word.text().equalsIgnoreCase("Retain") && !word.text().equalsIgnoreCase("Delete"))
                .ifPresent(word -> {
                    throw at(
                            word.at(),
                            refused("'RetentionPolicy' must be one of the following options: ['Retain', 'Delete']."));
                });
    }

    /** @throws TemplateException in SAM's words, if the destination of an asynchronous invocation is of no kind */
    void checkInvocationDestination(Properties destination) {
        TemplateNode type = destination.node("Type").orElse(destination.node());
        String word = destination.node("Type").flatMap(transform::staticText).orElse("None");
        require(
                type,
                INVOCATIONS,
                refused("'Type: %s' must be one of ['SQS', 'SNS', 'EventBridge', 'Lambda', 'S3Bucket']"
                        .formatted(word)));
    }

    /** @throws TemplateException in SAM's words, if the destination of an event source mapping is of no kind */
    static void checkMappingDestination(SamEvent event, TemplateNode type) {
        new SamWords(event.transform(), event.function())
                .require(
                        type,
                        FAILURES,
                        "Resource with id [%s] is invalid. Event with id [%s] is invalid. The only valid values for"
                                        .formatted(event.function().logicalId(), event.logicalId())
                                + " 'Type' are 'SQS', 'SNS', 'S3', and 'Kafka'");
    }

    private Optional<TemplateNode> own(String property) {
        return Optional.ofNullable(declared.properties().get(property)).filter(node -> !transform.isNoValue(node));
    }

    private static Optional<TemplateNode> of(TemplateNode map, String property) {
        return Properties.of(map).node(property);
    }

    /** A value that only the stack's resources tell passes, as in SAM. */
    private void require(TemplateNode given, Collection<String> words, String refusal) {
        boolean isOther = given instanceof TemplateNode.Mapping
                || transform
                        .staticText(given)
                        .filter(text -> !words.contains(text))
                        .isPresent();
        if (isOther) {
            throw at(given, refusal);
        }
    }

    private String refused(String reason) {
        return "Resource with id [%s] is invalid. %s".formatted(declared.logicalId(), reason);
    }

    private static TemplateException at(TemplateNode node, String refusal) {
        return TemplateException.at(node.at(), "%s", refusal);
    }

    private record Word(TemplateNode at, String text) {}
}
