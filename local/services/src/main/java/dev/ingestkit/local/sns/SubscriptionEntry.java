package dev.ingestkit.local.sns;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.events.Arn;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A subscription of a topic. Immutable.
 *
 * @param arn its ARN, also while it is not confirmed
 * @param topic the topic
 * @param protocol {@code sqs}, {@code lambda}, or another one, to which nothing is delivered here
 * @param endpoint the ARN of a queue or function, an address, a URL
 * @param attributes the attributes that were set
 */
record SubscriptionEntry(Arn arn, Arn topic, String protocol, String endpoint, Map<String, String> attributes) {

    static final String FILTER_POLICY = "FilterPolicy";
    static final String FILTER_POLICY_SCOPE = "FilterPolicyScope";
    static final String RAW = "RawMessageDelivery";
    static final String REDRIVE_POLICY = "RedrivePolicy";

    SubscriptionEntry {
        requireNonNull(arn, "arn");
        requireNonNull(topic, "topic");
        requireNonNull(protocol, "protocol");
        requireNonNull(endpoint, "endpoint");
        attributes = Map.copyOf(attributes);
    }

    /** Returns whether messages are delivered here: queues and functions of the account need no confirmation. */
    boolean isConfirmed() {
        return protocol.equals("sqs") || protocol.equals("lambda");
    }

    boolean isRaw() {
        return attributes.getOrDefault(RAW, "false").equalsIgnoreCase("true");
    }

    Optional<FilterPolicy> filter() {
        FilterPolicy.Scope scope = FilterPolicy.Scope.of(attributes.getOrDefault(FILTER_POLICY_SCOPE, ""))
                .orElse(FilterPolicy.Scope.ATTRIBUTES);
        return Optional.ofNullable(attributes.get(FILTER_POLICY)).map(json -> FilterPolicy.parse(json, scope));
    }

    /** Returns the subscription with another value of an attribute; an empty value removes it. */
    SubscriptionEntry with(String name, String value) {
        Map<String, String> changed = new TreeMap<>(attributes);
        if (value.isEmpty()) {
            changed.remove(name);
        } else {
            changed.put(name, value);
        }
        return new SubscriptionEntry(arn, topic, protocol, endpoint, changed);
    }
}
