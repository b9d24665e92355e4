package dev.ingestkit.cli.option;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads points in time: an age ({@code 5m}, {@code 2h}), {@code now}, {@code today}, {@code yesterday}, or ISO-8601
 * with a zone or without one (then the machine's).
 */
public final class InstantConverter implements ITypeConverter<Instant> {

    private final Clock clock;

    public InstantConverter() {
        this(Clock.system(ZoneId.systemDefault()));
    }

    InstantConverter(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Instant convert(String value) {
        ZoneId zone = clock.getZone();
        switch (value) {
            case "now" -> {
                return clock.instant();
            }
            case "today" -> {
                return LocalDate.now(clock).atStartOfDay(zone).toInstant();
            }
            case "yesterday" -> {
                return LocalDate.now(clock).minusDays(1).atStartOfDay(zone).toInstant();
            }
            default -> {
                return Character.isDigit(value.isEmpty() ? ' ' : value.charAt(0)) && !value.contains("-")
                        ? ago(value)
                        : absolute(value, zone);
            }
        }
    }

    private Instant ago(String value) {
        Duration back = new DurationConverter().convert(value);
        return clock.instant().minus(back);
    }

    private static Instant absolute(String value, ZoneId zone) {
        try {
            if (value.length() == 10) {
                return LocalDate.parse(value).atStartOfDay(zone).toInstant();
            }
            boolean zoned = value.endsWith("Z") || value.matches(".*[+-]\\d{2}:\\d{2}");
            return zoned
                    ? OffsetDateTime.parse(value).toInstant()
                    : LocalDateTime.parse(value).atZone(zone).toInstant();
        } catch (DateTimeException malformed) {
            throw new TypeConversionException(
                    "'%s' is not a point in time; use 5m or 2h (ago), today, or 2026-01-31T12:00:00Z".formatted(value));
        }
    }
}
