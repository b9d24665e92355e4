/** Calculation of the capacity, cost and first quota of a rate of events on AWS; it calls no service. */
@org.jspecify.annotations.NullMarked
package dev.ingestkit.cli.plan;
