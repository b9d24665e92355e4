package dev.ingestkit.local.events;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * An Amazon Resource Name: {@code arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE}. Immutable.
 *
 * <p>Global resources have an empty region, S3 buckets an empty account too. The resource may contain colons and
 * slashes; their meaning differs from service to service.
 *
 * @param partition {@code aws}, {@code aws-cn}, {@code aws-us-gov}
 * @param service the service's namespace, such as {@code kinesis}
 * @param region the region, or empty
 * @param account the twelve digits, or empty
 * @param resource the rest, such as {@code stream/events} or {@code function:writer:live}
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html">Amazon Resource Names</a>
 */
public record Arn(String partition, String service, String region, String account, String resource) {

    private static final String PREFIX = "arn:";
    private static final int PARTS = 6;

    public Arn {
        requireNonEmpty("partition", partition);
        requireNonEmpty("service", service);
        requireNonNull(region, "region");
        requireNonNull(account, "account");
        requireNonEmpty("resource", resource);
    }

    private static void requireNonEmpty(String name, String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("the %s of an ARN must not be empty".formatted(name));
        }
    }

    /**
     * Reads an ARN.
     *
     * @throws IllegalArgumentException if the text is not an ARN
     */
    public static Arn parse(String text) {
        return tryParse(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "'%s' is not an ARN: expected arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE".formatted(text)));
    }

    /** Reads an ARN; empty if the text is not one. */
    public static Optional<Arn> tryParse(String text) {
        String[] parts = text.split(":", PARTS);
        if (parts.length < PARTS
                || !text.startsWith(PREFIX)
                || parts[1].isEmpty()
                || parts[2].isEmpty()
                || parts[5].isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Arn(parts[1], parts[2], parts[3], parts[4], parts[5]));
    }

    /** Returns whether a text starts like an ARN, well-formed or not, where a name is allowed too. */
    public static boolean isArn(String text) {
        return text.startsWith(PREFIX);
    }

    /**
     * Returns the name at the end of an ARN, behind its last slash or colon: a queue's, a stream's or a table's. A text
     * without either is taken for the name itself.
     */
    public static String nameIn(String arnOrName) {
        return arnOrName.substring(Math.max(arnOrName.lastIndexOf('/'), arnOrName.lastIndexOf(':')) + 1);
    }

    /** Returns the name of an event source: of the table whose stream an ARN names, otherwise as {@link #nameIn}. */
    public static String sourceNameIn(String arn) {
        return tryParse(arn)
                .filter(parsed -> parsed.service().equals("dynamodb"))
                .map(parsed -> parsed.resourceName().split("/", 2)[0])
                .orElseGet(() -> nameIn(arn));
    }

    /**
     * Returns the resource's name with its qualifier: a function's {@code writer:live}. A text that is not an ARN is
     * taken for the name itself.
     */
    public static String qualifiedNameIn(String arnOrName) {
        return tryParse(arnOrName).map(Arn::resourceName).orElse(arnOrName);
    }

    /**
     * Returns a function's name without its version or alias. A text that is not an ARN is taken for the name, with or
     * without one of them.
     */
    public static String functionNameIn(String arnOrName) {
        String qualified = qualifiedNameIn(arnOrName);
        int qualifier = qualified.indexOf(':');
        return qualifier < 0 ? qualified : qualified.substring(0, qualifier);
    }

    /** Returns the resource's type, the part before its first slash or colon; empty for resources without a type. */
    public String resourceType() {
        int end = separator();
        return end < 0 ? "" : resource.substring(0, end);
    }

    /** Returns the resource's name, the part behind its first slash or colon; the whole resource if it has neither. */
    public String resourceName() {
        return resource.substring(separator() + 1);
    }

    /** Returns the ARN of another resource of the same service, region and account. */
    public Arn withResource(String other) {
        return new Arn(partition, service, region, account, other);
    }

    private int separator() {
        int slash = resource.indexOf('/');
        int colon = resource.indexOf(':');
        return slash < 0 || colon < 0 ? Math.max(slash, colon) : Math.min(slash, colon);
    }

    /** Returns the ARN as AWS writes it. */
    @Override
    public String toString() {
        return PREFIX + partition + ':' + service + ':' + region + ':' + account + ':' + resource;
    }
}
