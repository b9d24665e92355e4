package dev.ingestkit.cli.plan;

/**
 * One line of the bill.
 *
 * @param mode the stream's mode
 * @param service the AWS service
 * @param what the billed item
 * @param quantity the quantity per month
 * @param unit the unit of the quantity
 * @param perMonth US dollars per month
 */
public record CostItem(CapacityMode mode, String service, String what, Number quantity, String unit, Number perMonth) {}
