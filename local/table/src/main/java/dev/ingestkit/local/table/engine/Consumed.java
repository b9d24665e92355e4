package dev.ingestkit.local.table.engine;

import java.util.Map;
import java.util.TreeMap;

/** Capacity units that one action consumed on one table and its indexes. Not thread-safe. */
public final class Consumed {
    private final String table;
    private final boolean reads;
    private double tableUnits;
    private final Map<String, Double> local = new TreeMap<>();
    private final Map<String, Double> global = new TreeMap<>();

    /** Creates an empty count; {@code reads} distinguishes read units from write units. */
    public Consumed(String table, boolean reads) {
        this.table = table;
        this.reads = reads;
    }

    /** Returns the table's name. */
    public String table() {
        return table;
    }

    /** Returns whether the units are read units. */
    public boolean reads() {
        return reads;
    }

    /** Returns the units of the table itself. */
    public double tableUnits() {
        return tableUnits;
    }

    /** Returns the units of each local index that consumed any. */
    public Map<String, Double> localIndexes() {
        return local;
    }

    /** Returns the units of each global index that consumed any. */
    public Map<String, Double> globalIndexes() {
        return global;
    }

    /** Returns all units. */
    public double total() {
        double total = tableUnits;
        for (double units : local.values()) {
            total += units;
        }
        for (double units : global.values()) {
            total += units;
        }
        return total;
    }

    /** Adds units of the table itself. */
    public void addTable(double units) {
        tableUnits += units;
    }

    /** Adds units of an index. */
    public void addIndex(IndexDefinition index, double units) {
        (index.global() ? global : local).merge(index.name(), units, Double::sum);
    }

    /** Adds what another action consumed on the same table. */
    public void add(Consumed other) {
        tableUnits += other.tableUnits;
        other.local.forEach((name, units) -> local.merge(name, units, Double::sum));
        other.global.forEach((name, units) -> global.merge(name, units, Double::sum));
    }
}
