package dev.ingestkit.local.table.api.control;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ingestkit.local.table.api.answer.Action;
import dev.ingestkit.local.table.api.answer.ApiContext;
import dev.ingestkit.local.table.api.request.Fields;
import dev.ingestkit.local.table.engine.TableDefinition;
import dev.ingestkit.local.table.error.TableException;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;

/**
 * UpdateTimeToLive and DescribeTimeToLive. A change takes effect at once. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UpdateTimeToLive.html">UpdateTimeToLive</a>
 */
public final class TimeToLiveActions {
    private final ApiContext context;

    private TimeToLiveActions(ApiContext context) {
        this.context = context;
    }

    /** Returns the actions by their names. */
    public static Map<String, Action> of(ApiContext context) {
        TimeToLiveActions actions = new TimeToLiveActions(context);
        return Map.of("UpdateTimeToLive", actions::update, "DescribeTimeToLive", actions::describe);
    }

    private void update(Fields request, JsonGenerator json) throws IOException {
        String name = ControlRules.tableName(request);
        Fields specification = Objects.requireNonNull(request.struct("TimeToLiveSpecification"));
        boolean enabled = specification.flag("Enabled");
        String attribute = Objects.requireNonNull(specification.text("AttributeName"));
        if (context.tables().find(name) == null) {
            throw ControlRules.noTable(name);
        }
        context.tables().update(name, table -> changed(table, enabled, attribute));
        json.writeObjectFieldStart("TimeToLiveSpecification");
        json.writeStringField("AttributeName", attribute);
        json.writeBooleanField("Enabled", enabled);
        json.writeEndObject();
    }

    private static TableDefinition changed(TableDefinition table, boolean enabled, String attribute) {
        String current = table.ttlAttribute();
        if (current != null && !current.equals(attribute)) {
            throw TableException.validation(
                    "TimeToLive is active on a different AttributeName: current AttributeName is " + current);
        }
        if (enabled == (current != null)) {
            throw TableException.validation("TimeToLive is already " + (enabled ? "enabled" : "disabled"));
        }
        return new TableDefinition(
                table.name(),
                table.keys(),
                table.indexes(),
                table.stream(),
                enabled ? attribute : null,
                table.created(),
                table.settings());
    }

    private void describe(Fields request, JsonGenerator json) throws IOException {
        String name = ControlRules.tableName(request);
        TableDefinition table = context.tables().find(name);
        if (table == null) {
            throw ControlRules.noTable(name);
        }
        String attribute = table.ttlAttribute();
        json.writeObjectFieldStart("TimeToLiveDescription");
        json.writeStringField("TimeToLiveStatus", attribute == null ? "DISABLED" : "ENABLED");
        if (attribute != null) {
            json.writeStringField("AttributeName", attribute);
        }
        json.writeEndObject();
    }
}
