package dev.ingestkit.local.lambda;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ingestkit.local.events.FunctionReference;
import dev.ingestkit.local.functions.FunctionConfig;
import dev.ingestkit.local.protocol.ServiceException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The read-only actions on functions. Thread-safe. */
final class FunctionActions {

    private static final String LATEST = "$LATEST";
    private static final int ACCOUNT_CONCURRENCY = 1_000;
    private static final long ACCOUNT_CODE_BYTES = 80_530_636_800L;
    private static final DateTimeFormatter MODIFIED =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'+0000'").withZone(ZoneOffset.UTC);

    private final FunctionCatalog catalog;
    private final CodeHashes hashes = new CodeHashes();

    FunctionActions(FunctionCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * Returns the function with a name, a partial ARN or an ARN, each with or without qualifier.
     *
     * @throws ServiceException as Lambda does for an unknown function
     */
    FunctionCatalog.Entry named(String function) {
        return find(function)
                .orElseThrow(() ->
                        new ServiceException("ResourceNotFoundException", 404, "Function not found: " + function));
    }

    Optional<FunctionCatalog.Entry> find(String function) {
        String name = FunctionReference.parse(function).name();
        return catalog.functions().stream()
                .filter(entry -> entry.config().name().equals(name))
                .findFirst();
    }

    /** Returns the ARN that a mapping invokes, with the qualifier of its function's name. */
    String target(String name) {
        FunctionCatalog.Entry function = named(name);
        String qualifier = qualifier(function, name, Optional.empty());
        String arn = function.config().arn();
        return qualifier.equals(LATEST) ? arn : arn + ":" + qualifier;
    }

    /**
     * Returns the qualifier of a call.
     *
     * @throws ServiceException when the function has no such version or alias
     */
    String qualifier(FunctionCatalog.Entry function, String named, Optional<String> parameter) {
        String qualifier =
                parameter.or(FunctionReference.parse(named)::qualifier).orElse(LATEST);
        boolean known = qualifier.equals(LATEST)
                || function.aliases().stream()
                        .anyMatch(alias -> alias.name().equals(qualifier)
                                || alias.version().equals(qualifier));
        if (!known) {
            throw new ServiceException(
                    "ResourceNotFoundException",
                    404,
                    "Function not found: %s:%s".formatted(function.config().arn(), qualifier));
        }
        return qualifier;
    }

    ObjectNode list() {
        ObjectNode answer = object();
        ArrayNode functions = answer.putArray("Functions");
        catalog.functions().forEach(entry -> functions.add(configuration(entry, LATEST)));
        return answer;
    }

    ObjectNode describe(FunctionCatalog.Entry entry, String qualifier) {
        ObjectNode answer = object();
        answer.set("Configuration", configuration(entry, qualifier));
        answer.putObject("Code")
                .put("RepositoryType", "S3")
                .put("Location", entry.config().code().path().toUri().toString());
        answer.set("Tags", texts(entry.tags()));
        Integer reserved = entry.config().limits().reservedConcurrency();
        if (reserved != null) {
            answer.putObject("Concurrency").put("ReservedConcurrentExecutions", reserved);
        }
        return answer;
    }

    ObjectNode configuration(FunctionCatalog.Entry entry, String qualifier) {
        FunctionConfig config = entry.config();
        ObjectNode node = object().put("FunctionName", config.name())
                .put("FunctionArn", qualifier.equals(LATEST) ? config.arn() : config.arn() + ":" + qualifier)
                .put("Runtime", config.code().runtime())
                .put("Role", entry.role())
                .put("Handler", config.code().handler())
                .put("CodeSize", entry.codeSize())
                .put("Description", config.description())
                .put("Timeout", config.limits().timeout().toSeconds())
                .put("MemorySize", config.limits().memoryMegabytes())
                .put("LastModified", MODIFIED.format(entry.lastModified()))
                .put("Version", version(entry, qualifier))
                .put("PackageType", "Zip")
                .put("State", "Active")
                .put("LastUpdateStatus", "Successful");
        hashes.of(config.code().path()).ifPresent(hash -> node.put("CodeSha256", hash));
        node.putObject("Environment").set("Variables", texts(config.environment()));
        return node;
    }

    /** Returns the version that a qualifier names: an alias's, otherwise the qualifier itself. */
    static String version(FunctionCatalog.Entry entry, String qualifier) {
        return entry.aliases().stream()
                .filter(alias -> alias.name().equals(qualifier))
                .map(FunctionCatalog.Alias::version)
                .findFirst()
                .orElse(qualifier);
    }

    ObjectNode versions(FunctionCatalog.Entry entry) {
        ObjectNode answer = object();
        ArrayNode versions = answer.putArray("Versions");
        versions.add(configuration(entry, LATEST));
        entry.aliases().stream()
                .map(FunctionCatalog.Alias::version)
                .filter(version -> !version.equals(LATEST))
                .distinct()
                .forEach(version -> versions.add(configuration(entry, version)));
        return answer;
    }

    ObjectNode aliases(FunctionCatalog.Entry entry) {
        ObjectNode answer = object();
        ArrayNode aliases = answer.putArray("Aliases");
        entry.aliases().forEach(alias -> aliases.add(alias(entry, alias)));
        return answer;
    }

    ObjectNode alias(FunctionCatalog.Entry entry, String name) {
        return entry.aliases().stream()
                .filter(alias -> alias.name().equals(name))
                .map(alias -> alias(entry, alias))
                .findFirst()
                .orElseThrow(() -> new ServiceException(
                        "ResourceNotFoundException",
                        404,
                        "Cannot find alias arn: %s:%s".formatted(entry.config().arn(), name)));
    }

    private static ObjectNode alias(FunctionCatalog.Entry entry, FunctionCatalog.Alias alias) {
        return object().put("AliasArn", entry.config().arn() + ":" + alias.name())
                .put("Name", alias.name())
                .put("FunctionVersion", alias.version())
                .put("Description", "");
    }

    ObjectNode concurrency(FunctionCatalog.Entry entry) {
        Integer reserved = entry.config().limits().reservedConcurrency();
        return reserved == null ? object() : object().put("ReservedConcurrentExecutions", reserved);
    }

    ObjectNode tags(String arn) {
        ObjectNode answer = object();
        answer.set("Tags", texts(named(arn).tags()));
        return answer;
    }

    ObjectNode account() {
        int reserved = catalog.functions().stream()
                .map(entry -> entry.config().limits().reservedConcurrency())
                .filter(Objects::nonNull)
                .mapToInt(Integer::intValue)
                .sum();
        ObjectNode answer = object();
        answer.putObject("AccountLimit")
                .put("ConcurrentExecutions", ACCOUNT_CONCURRENCY)
                .put("UnreservedConcurrentExecutions", ACCOUNT_CONCURRENCY - reserved)
                .put("TotalCodeSize", ACCOUNT_CODE_BYTES);
        answer.putObject("AccountUsage")
                .put("FunctionCount", catalog.functions().size())
                .put(
                        "TotalCodeSize",
                        catalog.functions().stream()
                                .mapToLong(FunctionCatalog.Entry::codeSize)
                                .sum());
        return answer;
    }

    private static ObjectNode texts(Map<String, String> values) {
        ObjectNode node = object();
        values.forEach(node::put);
        return node;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
