package dev.ingestkit.local.gateway.authorizer;

import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** IAM's positive condition operators; each compares a policy's value with a request's. Stateless. */
final class ConditionOperators {

    private static final Pattern ADDRESS = Pattern.compile("[0-9A-Fa-f:.]+");

    private static final Map<String, BiPredicate<String, String>> OPERATORS = Map.ofEntries(
            Map.entry("StringEquals", String::equals),
            Map.entry("StringEqualsIgnoreCase", String::equalsIgnoreCase),
            Map.entry("StringLike", Wildcard::matches),
            Map.entry("ArnEquals", Wildcard::matches),
            Map.entry("ArnLike", Wildcard::matches),
            Map.entry("Bool", String::equalsIgnoreCase),
            Map.entry("IpAddress", ConditionOperators::contains),
            Map.entry("NumericEquals", numeric(order -> order == 0)),
            Map.entry("NumericLessThan", numeric(order -> order < 0)),
            Map.entry("NumericLessThanEquals", numeric(order -> order <= 0)),
            Map.entry("NumericGreaterThan", numeric(order -> order > 0)),
            Map.entry("NumericGreaterThanEquals", numeric(order -> order >= 0)),
            Map.entry("DateEquals", date(order -> order == 0)),
            Map.entry("DateLessThan", date(order -> order < 0)),
            Map.entry("DateLessThanEquals", date(order -> order <= 0)),
            Map.entry("DateGreaterThan", date(order -> order > 0)),
            Map.entry("DateGreaterThanEquals", date(order -> order >= 0)));

    private ConditionOperators() {}

    /** Returns the operator of that name, or null; its predicate takes the policy's value first. */
    static @Nullable BiPredicate<String, String> named(String name) {
        return OPERATORS.get(name);
    }

    private static BiPredicate<String, String> numeric(IntPredicate order) {
        return (expected, actual) -> order.test(new BigDecimal(actual).compareTo(new BigDecimal(expected)));
    }

    private static BiPredicate<String, String> date(IntPredicate order) {
        return (expected, actual) -> order.test(instant(actual).compareTo(instant(expected)));
    }

    /** Reads a date, a time with offset, or seconds since 1970. */
    private static Instant instant(String text) {
        try {
            if (text.matches("\\d+")) {
                return Instant.ofEpochSecond(Long.parseLong(text));
            }
            return text.contains("T")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException malformed) {
            throw new IllegalArgumentException("'" + text + "' is not a date", malformed);
        }
    }

    /** Returns whether an address is in a block such as {@code 10.0.0.0/8}; a block without a length is one address. */
    private static boolean contains(String block, String address) {
        int slash = block.indexOf('/');
        byte[] network = bytes(slash < 0 ? block : block.substring(0, slash));
        int length = slash < 0 ? network.length * Byte.SIZE : Integer.parseInt(block.substring(slash + 1));
        if (length < 0 || length > network.length * Byte.SIZE) {
            throw new IllegalArgumentException("'" + block + "' is not an address block");
        }
        byte[] other = bytes(address.contains("/") ? address.substring(0, address.indexOf('/')) : address);
        if (network.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < length; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            if (((network[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    private static byte[] bytes(String address) {
        // Anything else would be looked up as a host's name.
        if (!ADDRESS.matcher(address).matches()) {
            throw new IllegalArgumentException("'" + address + "' is not an address");
        }
        try {
            return InetAddress.getByName(address).getAddress();
        } catch (UnknownHostException malformed) {
            throw new IllegalArgumentException("'" + address + "' is not an address", malformed);
        }
    }
}
