package dev.ingestkit.local.eventbridge;

import static java.util.Objects.requireNonNull;

import dev.ingestkit.local.protocol.ServiceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** The buses of an account in a region and their rules. Thread-safe: all methods are synchronized and short. */
final class RuleStore {

    static final String DEFAULT_BUS = "default";

    private final String region;
    private final String accountId;
    private final TreeSet<String> buses = new TreeSet<>(List.of(DEFAULT_BUS));
    private final Map<String, Rule> rules = new TreeMap<>();

    RuleStore(String region, String accountId) {
        this.region = requireNonNull(region, "region");
        this.accountId = requireNonNull(accountId, "accountId");
    }

    String region() {
        return region;
    }

    String accountId() {
        return accountId;
    }

    String busArn(String bus) {
        return "arn:aws:events:%s:%s:event-bus/%s".formatted(region, accountId, bus);
    }

    String ruleArn(String bus, String name) {
        String path = bus.equals(DEFAULT_BUS) ? name : bus + "/" + name;
        return "arn:aws:events:%s:%s:rule/%s".formatted(region, accountId, path);
    }

    /** Returns the name of a bus that a call names by its name or ARN. */
    static String busName(String nameOrArn) {
        return nameOrArn.substring(nameOrArn.indexOf("event-bus/") < 0 ? 0 : nameOrArn.indexOf("event-bus/") + 10);
    }

    synchronized void addBus(String bus) {
        buses.add(bus);
    }

    synchronized void removeBus(String bus) {
        buses.remove(bus);
    }

    synchronized List<String> buses() {
        return List.copyOf(buses);
    }

    synchronized void requireBus(String bus) {
        if (!buses.contains(bus)) {
            throw new ServiceException("ResourceNotFoundException", 400, "Event bus %s does not exist.".formatted(bus));
        }
    }

    /** Adds a rule, or replaces the one with its ARN. */
    synchronized void put(Rule rule) {
        rules.put(rule.arn(), rule);
    }

    synchronized void remove(String arn) {
        rules.remove(arn);
    }

    synchronized Optional<Rule> byArn(String arn) {
        return Optional.ofNullable(rules.get(arn));
    }

    /** Returns the rule of a bus. */
    synchronized Rule rule(String bus, String name) {
        return byArn(ruleArn(bus, name))
                .orElseThrow(() -> new ServiceException(
                        "ResourceNotFoundException",
                        400,
                        "Rule %s does not exist on EventBus %s.".formatted(name, bus)));
    }

    /** Returns the rules of a bus, without the schedules of EventBridge Scheduler. */
    synchronized List<Rule> rulesOf(String bus) {
        return rules.values().stream()
                .filter(rule -> !rule.isOfScheduler() && rule.bus().equals(bus))
                .toList();
    }

    /** Returns all rules and schedules. */
    synchronized List<Rule> all() {
        return new ArrayList<>(rules.values());
    }
}
