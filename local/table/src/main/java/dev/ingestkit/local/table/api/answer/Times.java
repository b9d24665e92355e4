package dev.ingestkit.local.table.api.answer;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Writes points in time as the API represents them. Stateless. */
public final class Times {
    private static final DateTimeFormatter LABEL =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    private Times() {}

    /** Writes a member with seconds since 1970, to the millisecond. */
    public static void write(JsonGenerator json, String member, Instant time) throws IOException {
        json.writeFieldName(member);
        json.writeNumber(
                BigDecimal.valueOf(time.toEpochMilli(), 3).stripTrailingZeros().toPlainString());
    }

    /** Writes a member with whole seconds since 1970. */
    public static void writeSeconds(JsonGenerator json, String member, Instant time) throws IOException {
        json.writeNumberField(member, time.getEpochSecond());
    }

    /** Returns the label of a stream that starts at the time. */
    public static String label(Instant time) {
        return LABEL.format(time);
    }
}
