package dev.ingestkit.local.table.api.control;

import dev.ingestkit.local.table.api.request.Fields;
import dev.ingestkit.local.table.api.request.TableNames;
import dev.ingestkit.local.table.api.request.Violations;
import dev.ingestkit.local.table.error.TableException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Checks requests about a table's tags as DynamoDB does before it looks for the table. */
final class TagRules {
    static final int MAX_TAGS = 50;

    private TagRules() {}

    /** Checks the resource of a request; returns the name of its table. */
    static String table(Fields request) {
        String arn = request.text("ResourceArn");
        if (arn == null || arn.isEmpty()) {
            throw TableException.validation("Invalid TableArn");
        }
        if (!TableNames.isArn(arn)) {
            throw TableException.validation("Invalid TableArn: Invalid ResourceArn provided as input " + arn);
        }
        return TableNames.plain(arn);
    }

    static String tag(Fields request) {
        String table = table(request);
        new Violations().collect(request).raise();
        List<Fields> tags = request.structs("Tags");
        if (tags.isEmpty()) {
            throw TableException.validation("Atleast one Tag needs to be provided as Input.");
        }
        unique(tags);
        return table;
    }

    static void unique(List<Fields> tags) {
        Set<String> keys = new HashSet<>();
        for (Fields tag : tags) {
            if (!keys.add(String.valueOf(tag.text("Key")))) {
                throw TableException.validation("Invalid Tag: Duplicate Tag Key found: " + tag.text("Key"));
            }
        }
    }

    static String untag(Fields request) {
        String table = table(request);
        new Violations().collect(request).raise();
        if (request.list("TagKeys").isEmpty()) {
            throw TableException.validation("Atleast one Tag Key needs to be provided as Input.");
        }
        return table;
    }
}
