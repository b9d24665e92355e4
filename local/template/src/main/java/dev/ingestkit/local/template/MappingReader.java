package dev.ingestkit.local.template;

import dev.ingestkit.local.events.EventSourceKind;
import dev.ingestkit.local.events.MappingSettings;
import dev.ingestkit.local.events.MappingSettings.Batching;
import dev.ingestkit.local.events.MappingSettings.Retries;
import dev.ingestkit.local.events.StartingPosition;
import dev.ingestkit.local.template.model.Properties;
import dev.ingestkit.local.template.model.TemplateException;
import dev.ingestkit.local.template.model.TemplateNode;
import dev.ingestkit.local.template.resource.Resource;
import dev.ingestkit.local.template.resource.ResourceReader;
import dev.ingestkit.local.template.spec.FunctionSpec;
import dev.ingestkit.local.template.spec.MappingSpec;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads event source mappings from the stack's streams to its functions, within Lambda's bounds and with its defaults.
 *
 * @param sources the ARNs of the stack's Kinesis streams, of their consumers, and of its tables' streams
 */
record MappingReader(ResourceReader views, List<FunctionSpec> functions, Set<String> sources) {

    private static final int MIN_RECORD_AGE_SECONDS = 60;

    List<MappingSpec> mappings() {
        return views.of("AWS::Lambda::EventSourceMapping", this::mapping);
    }

    private @Nullable MappingSpec mapping(Resource resource) {
        Properties properties = resource.properties();
        String function = properties.requiredText("FunctionName");
        String source = properties.requiredText("EventSourceArn");
        if (QueueMappingReader.isQueue(source)) {
            return null;
        }
        if (!sources.contains(source)) {
            views.warn(
                    resource.declared().at(),
                    "the event source %s is not run: it is neither a Kinesis stream of this stack, a consumer of one, nor the stream of a table of this stack"
                            .formatted(source));
            return null;
        }
        if (functions.stream().noneMatch(each -> each.isNamed(function))) {
            views.warn(
                    resource.declared().at(),
                    "the event source mapping to %s is not run because its function is not run".formatted(function));
            return null;
        }
        return read(resource, properties, function, source);
    }

    private static MappingSpec read(Resource resource, Properties properties, String function, String source) {
        return new MappingSpec(
                resource.logicalId(), resource.physicalId(), function, source, settings(properties, source));
    }

    private static MappingSettings settings(Properties properties, String source) {
        return new MappingSettings(
                properties.flag("Enabled").orElse(true),
                startingPosition(properties, source),
                new Batching(
                        properties.integer("BatchSize", 1, 10_000).orElse(Batching.DEFAULT.size()),
                        seconds(properties, "MaximumBatchingWindowInSeconds", 300),
                        properties
                                .integer("ParallelizationFactor", 1, 10)
                                .orElse(Batching.DEFAULT.parallelizationFactor())),
                new Retries(
                        properties
                                .integer("MaximumRetryAttempts", Retries.NO_LIMIT, 10_000)
                                .orElse(Retries.NO_LIMIT),
                        recordAge(properties),
                        properties.flag("BisectBatchOnFunctionError").orElse(false)),
                reportsFailures(properties),
                seconds(properties, "TumblingWindowInSeconds", 900),
                filterPatterns(properties),
                onFailure(properties).orElse(null));
    }

    static List<String> filterPatterns(Properties properties) {
        return properties
                .object("FilterCriteria")
                .map(criteria -> criteria.list("Filters").stream()
                        .map(filter -> Properties.of(filter).requiredText("Pattern"))
                        .toList())
                .orElse(List.of());
    }

    private static Optional<String> onFailure(Properties properties) {
        return properties
                .object("DestinationConfig")
                .flatMap(destination -> destination.object("OnFailure"))
                .flatMap(destination -> destination.text("Destination"));
    }

    private static StartingPosition startingPosition(Properties properties, String source) {
        boolean ofTable = EventSourceKind.of(source).equals(Optional.of(EventSourceKind.DYNAMODB));
        List<String> allowed = Stream.of(StartingPosition.Kind.values())
                .filter(kind -> kind != StartingPosition.Kind.AT_TIMESTAMP || !ofTable)
                .map(Enum::name)
                .toList();
        String kind =
                properties.oneOf("StartingPosition", allowed).orElseThrow(() -> properties.missing("StartingPosition"));
        return switch (StartingPosition.Kind.valueOf(kind)) {
            case TRIM_HORIZON -> StartingPosition.trimHorizon();
            case LATEST -> StartingPosition.latest();
            case AT_TIMESTAMP -> StartingPosition.atTimestamp(timestamp(properties));
        };
    }

    static int seconds(Properties properties, String name, int maximum) {
        return properties.integer(name, 0, maximum).orElse(0);
    }

    private static int recordAge(Properties properties) {
        int age = properties
                .integer("MaximumRecordAgeInSeconds", Retries.NO_LIMIT, 604_800)
                .orElse(Retries.NO_LIMIT);
        if (age != Retries.NO_LIMIT && age < MIN_RECORD_AGE_SECONDS) {
            throw TemplateException.at(
                    properties.node("MaximumRecordAgeInSeconds").orElseThrow().at(),
                    "must be -1, or a whole number from 60 to 604800, found %d",
                    age);
        }
        return age;
    }

    static boolean reportsFailures(Properties properties) {
        for (TemplateNode type : properties.list("FunctionResponseTypes")) {
            if (!Properties.text(type).equals("ReportBatchItemFailures")) {
                throw TemplateException.at(
                        type.at(), "must be ReportBatchItemFailures, found %s", Properties.text(type));
            }
        }
        return !properties.list("FunctionResponseTypes").isEmpty();
    }

    private static Instant timestamp(Properties properties) {
        TemplateNode node = properties
                .node("StartingPositionTimestamp")
                .orElseThrow(() -> properties.missing("StartingPositionTimestamp"));
        try {
            return Instant.ofEpochMilli(
                    new BigDecimal(Properties.text(node)).movePointRight(3).longValueExact());
        } catch (ArithmeticException | NumberFormatException | DateTimeException malformed) {
            throw TemplateException.at(node.at(), "must be a time in Unix seconds, found %s", Properties.text(node));
        }
    }
}
