package dev.ingestkit.local.table.api.item;

import dev.ingestkit.local.table.api.request.Fields;
import dev.ingestkit.local.table.api.request.Violations;

/** Checks the attributes that a Query or a Scan requests, and the segment that a Scan reads. */
final class SelectRules {
    private SelectRules() {}

    /** Throws a refusal if {@code Select} has an unknown value. */
    static void value(Fields request) {
        new Violations().collect(request, "Select").raise();
    }

    /** Throws a refusal if {@code Select} contradicts the request's projection. */
    static void projection(Fields request) {
        String select = request.text("Select");
        if (select == null) {
            return;
        }
        String member = request.has("AttributesToGet")
                ? "AttributesToGet"
                : request.has("ProjectionExpression") ? "ProjectionExpression" : "";
        if (select.equals("SPECIFIC_ATTRIBUTES")) {
            if (member.isEmpty()) {
                throw Refusals.enveloped("Must specify the AttributesToGet or ProjectionExpression "
                        + "when choosing to get SPECIFIC_ATTRIBUTES");
            }
        } else if (!member.isEmpty()) {
            String what = select.equals("COUNT") ? "only the Count" : select;
            throw Refusals.enveloped("Cannot specify the " + member + " when choosing to get " + what);
        } else if (select.equals("ALL_PROJECTED_ATTRIBUTES") && !request.has("IndexName")) {
            throw Refusals.enveloped("ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName");
        }
    }

    /** Throws a refusal unless segment and total are given together and the segment is less than the total. */
    static void segments(Fields request) {
        Long segment = request.number("Segment");
        Long total = request.number("TotalSegments");
        if (segment != null && total == null) {
            throw Refusals.bare("The TotalSegments parameter is required but was not present in the request "
                    + "when Segment parameter is present");
        }
        if (segment == null && total != null) {
            throw Refusals.bare("The Segment parameter is required but was not present in the request "
                    + "when parameter TotalSegments is present");
        }
        if (segment != null && total != null && segment >= total) {
            throw Refusals.bare("The Segment parameter is zero-based and must be less than parameter TotalSegments");
        }
    }
}
