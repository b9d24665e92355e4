package dev.ingestkit.local.table.api.control;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ingestkit.local.table.api.answer.Action;
import dev.ingestkit.local.table.api.answer.ApiContext;
import dev.ingestkit.local.table.api.answer.Times;
import dev.ingestkit.local.table.api.request.Fields;
import dev.ingestkit.local.table.engine.TableDefinition;
import dev.ingestkit.local.table.error.TableException;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * DescribeLimits, DescribeEndpoints, and the description of continuous backups. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeLimits.html">DescribeLimits</a>
 */
public final class AccountActions {
    private static final long ACCOUNT_UNITS = 80_000;
    private static final long TABLE_UNITS = 40_000;
    private static final int RECOVERY_DAYS = 35;
    private static final int CACHE_MINUTES = 1_440;

    private final ApiContext context;

    private AccountActions(ApiContext context) {
        this.context = context;
    }

    /** Returns the actions by their names. */
    public static Map<String, Action> of(ApiContext context) {
        AccountActions actions = new AccountActions(context);
        return Map.of(
                "DescribeLimits", actions::limits,
                "DescribeEndpoints", actions::endpoints,
                "DescribeContinuousBackups", actions::describeBackups,
                "UpdateContinuousBackups", actions::updateBackups);
    }

    private void limits(Fields request, JsonGenerator json) throws IOException {
        json.writeNumberField("AccountMaxReadCapacityUnits", ACCOUNT_UNITS);
        json.writeNumberField("AccountMaxWriteCapacityUnits", ACCOUNT_UNITS);
        json.writeNumberField("TableMaxReadCapacityUnits", TABLE_UNITS);
        json.writeNumberField("TableMaxWriteCapacityUnits", TABLE_UNITS);
    }

    private void endpoints(Fields request, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("Endpoints");
        json.writeStartObject();
        json.writeStringField("Address", "dynamodb." + context.arns().region() + ".amazonaws.com");
        json.writeNumberField("CachePeriodInMinutes", CACHE_MINUTES);
        json.writeEndObject();
        json.writeEndArray();
    }

    private void describeBackups(Fields request, JsonGenerator json) throws IOException {
        String name = ControlRules.tableName(request);
        TableDefinition table = context.tables().find(name);
        if (table == null) {
            throw noTable(name);
        }
        backups(json, table);
    }

    private void updateBackups(Fields request, JsonGenerator json) throws IOException {
        String name = ControlRules.tableName(request);
        Fields specification = Objects.requireNonNull(request.struct("PointInTimeRecoverySpecification"));
        if (context.tables().find(name) == null) {
            throw noTable(name);
        }
        Instant now = context.clock().instant();
        backups(json, context.tables().update(name, table -> recovery(table, specification, now)));
    }

    private static TableDefinition recovery(TableDefinition table, Fields specification, Instant now) {
        TableSettings settings = TableSettings.of(table.settings());
        TableSettings changed = settings.without(TableSettings.RECOVERY).without(TableSettings.RECOVERY_FROM);
        if (specification.flag("PointInTimeRecoveryEnabled")) {
            Instant from = settings.time(TableSettings.RECOVERY_FROM);
            Long days = specification.number("RecoveryPeriodInDays");
            changed = changed.with(TableSettings.RECOVERY, "true")
                    .with(TableSettings.RECOVERY_FROM, from == null ? now : from)
                    .with(TableSettings.RECOVERY_DAYS, (Object) (days == null ? RECOVERY_DAYS : days));
        }
        return new TableDefinition(
                table.name(),
                table.keys(),
                table.indexes(),
                table.stream(),
                table.ttlAttribute(),
                table.created(),
                changed.toItem());
    }

    private void backups(JsonGenerator json, TableDefinition table) throws IOException {
        TableSettings settings = TableSettings.of(table.settings());
        boolean enabled = settings.has(TableSettings.RECOVERY);
        json.writeObjectFieldStart("ContinuousBackupsDescription");
        json.writeStringField("ContinuousBackupsStatus", "ENABLED");
        json.writeObjectFieldStart("PointInTimeRecoveryDescription");
        json.writeStringField("PointInTimeRecoveryStatus", enabled ? "ENABLED" : "DISABLED");
        Instant from = settings.time(TableSettings.RECOVERY_FROM);
        if (enabled && from != null) {
            json.writeNumberField("RecoveryPeriodInDays", settings.number(TableSettings.RECOVERY_DAYS));
            Times.writeSeconds(json, "EarliestRestorableDateTime", from);
            Times.writeSeconds(json, "LatestRestorableDateTime", context.clock().instant());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static TableException noTable(String name) {
        return TableException.of("TableNotFoundException", "Table not found: " + name);
    }
}
