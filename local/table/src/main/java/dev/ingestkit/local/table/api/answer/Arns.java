package dev.ingestkit.local.table.api.answer;

/** The resource names of one account in one Region. Immutable. */
public record Arns(String region, String account) {
    /** Returns the name of a table. */
    public String table(String table) {
        return "arn:aws:dynamodb:" + region + ":" + account + ":table/" + table;
    }

    /** Returns the name of an index of a table. */
    public String index(String table, String index) {
        return table(table) + "/index/" + index;
    }

    /** Returns the name of a stream of a table. */
    public String stream(String table, String label) {
        return table(table) + "/stream/" + label;
    }

    /** Returns the name of a key, which may be named already. */
    public String key(String id) {
        return id.startsWith("arn:") ? id : "arn:aws:kms:" + region + ":" + account + ":key/" + id;
    }
}
