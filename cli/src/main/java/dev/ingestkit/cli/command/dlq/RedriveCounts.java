package dev.ingestkit.cli.command.dlq;

import dev.ingestkit.cli.deadletter.DeadLetterSummary;
import dev.ingestkit.cli.deadletter.Redrive;
import dev.ingestkit.cli.output.ExitCode;
import dev.ingestkit.cli.output.Text;
import dev.ingestkit.local.events.SequenceNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Adds up the results of a redrive, in total and for each shard. */
final class RedriveCounts {

    private static final int SHOWN_DIGITS = 7;

    private final Map<String, Shard> shards = new TreeMap<>();
    private long back;
    private long records;
    private long left;
    private long expired;

    void add(Redrive.Result result) {
        if (result.good()) {
            back++;
        } else {
            left++;
        }
        records += result.redriven();
        expired += result.expired();
        String shard = result.letter().shard();
        if (shard != null) {
            shards.computeIfAbsent(shard, unused -> new Shard()).add(result);
        }
    }

    long left() {
        return left;
    }

    long selected() {
        return back + left;
    }

    String line(boolean dryRun) {
        String line = "%s %s of %s; of the selected ones %s in the queue, %s expired"
                .formatted(
                        dryRun ? "would redrive" : "redrove",
                        Text.counted(records, "record"),
                        Text.counted(back, "dead letter"),
                        String.format(Locale.ROOT, "%,d %s", left, left == 1 ? "stays" : "stay"),
                        Text.counted(expired, "record"));
        return dryRun ? line + ". Nothing was changed (dry run)." : line;
    }

    /** Returns a line per shard: the number of records, their age, and the time until they expire. */
    List<String> shards(Instant now) {
        List<String> lines = new ArrayList<>();
        shards.forEach((name, shard) -> lines.add(name + ": " + shard.line(now)));
        return lines;
    }

    ExitCode exit() {
        if (left == 0) {
            return ExitCode.DONE;
        }
        return back == 0 ? ExitCode.FAILED : ExitCode.PARTLY;
    }

    /** The dead letters of one shard. */
    private static final class Shard {
        private long deadLetters;
        private long records;
        private long expired;
        private @Nullable SequenceNumber from;
        private @Nullable SequenceNumber to;
        private @Nullable Instant oldest;
        private @Nullable Instant end;

        void add(Redrive.Result result) {
            DeadLetterSummary deadLetter = result.letter();
            deadLetters++;
            records += result.redriven();
            expired += result.expired();
            if (deadLetter.range().from() != null) {
                SequenceNumber first = SequenceNumber.parse(deadLetter.range().from());
                from = from == null || first.compareTo(from) < 0 ? first : from;
            }
            if (deadLetter.range().to() != null) {
                SequenceNumber last = SequenceNumber.parse(deadLetter.range().to());
                to = to == null || last.compareTo(to) > 0 ? last : to;
            }
            oldest = earlier(oldest, deadLetter.range().arrivedAt());
            if (result.good()) {
                end = earlier(end, result.expiresAt());
            }
        }

        private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
            return one == null || (other != null && other.isBefore(one)) ? other : one;
        }

        String line(Instant now) {
            StringBuilder line = new StringBuilder(
                    Text.counted(records, "record") + " of " + Text.counted(deadLetters, "dead letter"));
            if (from != null && to != null) {
                line.append(", ").append(from.equals(to) ? tail(from) : tail(from) + " to " + tail(to));
            }
            if (oldest != null) {
                line.append(", the oldest ").append(text(Duration.between(oldest, now)));
            }
            if (end != null) {
                line.append(", the first to expire in ").append(text(Duration.between(now, end)));
            }
            if (expired > 0) {
                line.append(String.format(Locale.ROOT, "; %,d expired", expired));
            }
            return line.toString();
        }

        /** Returns the end of a sequence number, in which the numbers of a shard differ. */
        private static String tail(SequenceNumber number) {
            String digits = number.digits();
            return digits.length() > SHOWN_DIGITS ? ".." + digits.substring(digits.length() - SHOWN_DIGITS) : digits;
        }

        /** Formats a duration in two units: {@code 1d4h}, {@code 22h10m}, {@code 45s}. */
        private static String text(Duration time) {
            if (time.isNegative() || time.isZero()) {
                return "0s";
            }
            if (time.toDays() > 0) {
                return time.toDays() + "d" + time.toHoursPart() + "h";
            }
            if (time.toHours() > 0) {
                return time.toHours() + "h" + time.toMinutesPart() + "m";
            }
            return time.toMinutes() > 0 ? time.toMinutes() + "m" + time.toSecondsPart() + "s" : time.toSeconds() + "s";
        }
    }
}
