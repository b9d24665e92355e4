package dev.ingestkit.local.table.api.control;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.ingestkit.local.table.api.answer.Action;
import dev.ingestkit.local.table.api.answer.ApiContext;
import dev.ingestkit.local.table.api.request.Fields;
import dev.ingestkit.local.table.api.request.Violations;
import dev.ingestkit.local.table.engine.TableDefinition;
import dev.ingestkit.local.table.error.TableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * TagResource, UntagResource and ListTagsOfResource. Thread-safe.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TagResource.html">TagResource</a>
 */
public final class TagActions {
    /** Tags on one page of a list. */
    private static final int PAGE = 10;

    private final ApiContext context;

    private TagActions(ApiContext context) {
        this.context = context;
    }

    /** Returns the actions by their names. */
    public static Map<String, Action> of(ApiContext context) {
        TagActions actions = new TagActions(context);
        return Map.of(
                "TagResource", actions::tag,
                "UntagResource", actions::untag,
                "ListTagsOfResource", actions::list);
    }

    private void tag(Fields request, JsonGenerator json) {
        String table = TagRules.tag(request);
        require(table, "Requested resource not found: ResourcArn: " + request.text("ResourceArn") + " not found");
        change(table, settings -> {
            TableSettings changed = settings;
            for (Fields tag : request.structs("Tags")) {
                changed = changed.with(TableSettings.TAG + tag.text("Key"), tag.text("Value"));
            }
            if (changed.group(TableSettings.TAG).size() > TagRules.MAX_TAGS) {
                throw TableException.validation("One or more parameter values were invalid: "
                        + "Number of tags exceeds the limit of " + TagRules.MAX_TAGS + " for a table");
            }
            return changed;
        });
    }

    private void untag(Fields request, JsonGenerator json) {
        String table = TagRules.untag(request);
        require(table, "Requested resource not found");
        change(table, settings -> {
            TableSettings changed = settings;
            for (String key : request.texts("TagKeys")) {
                changed = changed.without(TableSettings.TAG + key);
            }
            return changed;
        });
    }

    private void require(String table, String message) {
        if (context.tables().find(table) == null) {
            throw TableException.of("ResourceNotFoundException", message);
        }
    }

    private void change(String name, UnaryOperator<TableSettings> change) {
        context.tables()
                .update(
                        name,
                        table -> new TableDefinition(
                                table.name(),
                                table.keys(),
                                table.indexes(),
                                table.stream(),
                                table.ttlAttribute(),
                                table.created(),
                                change.apply(TableSettings.of(table.settings())).toItem()));
    }

    private void list(Fields request, JsonGenerator json) throws IOException {
        String name = TagRules.table(request);
        new Violations().collect(request).raise();
        TableDefinition table = context.tables().find(name);
        if (table == null) {
            throw TableException.of("AccessDeniedException", denied(String.valueOf(request.text("ResourceArn"))));
        }
        List<Map.Entry<String, String>> tags = new ArrayList<>(
                TableSettings.of(table.settings()).group(TableSettings.TAG).entrySet());
        int from = position(request.text("NextToken"), tags.size());
        int to = Math.min(tags.size(), from + PAGE);
        json.writeArrayFieldStart("Tags");
        for (Map.Entry<String, String> tag : tags.subList(from, to)) {
            json.writeStartObject();
            json.writeStringField("Key", tag.getKey());
            json.writeStringField("Value", tag.getValue());
            json.writeEndObject();
        }
        json.writeEndArray();
        if (to < tags.size()) {
            json.writeStringField("NextToken", String.valueOf(to));
        }
    }

    private static int position(@Nullable String token, int size) {
        if (token == null) {
            return 0;
        }
        try {
            int position = Integer.parseInt(token);
            if (position > 0 && position <= size) {
                return position;
            }
        } catch (NumberFormatException e) {
            throw invalidToken();
        }
        throw invalidToken();
    }

    private static TableException invalidToken() {
        return TableException.validation("Invalid NextToken");
    }

    private String denied(String arn) {
        return "User: arn:aws:iam::" + context.arns().account()
                + ":root is not authorized to perform: dynamodb:ListTagsOfResource on resource: " + arn;
    }
}
