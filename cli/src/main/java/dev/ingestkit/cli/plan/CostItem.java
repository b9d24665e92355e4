package dev.ingestkit.cli.plan;

/**
 * One line of the bill.
 *
 * @param mode of the stream
 * @param service of AWS
 * @param what is paid for
 * @param quantity of a month
 * @param unit of the quantity
 * @param perMonth in US dollars
 */
public record CostItem(StreamMode mode, String service, String what, Number quantity, String unit, Number perMonth) {}
