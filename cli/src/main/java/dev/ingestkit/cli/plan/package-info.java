/** What a rate of events needs on AWS, what that costs, and which quota is in the way first. Arithmetic only. */
@org.jspecify.annotations.NullMarked
package dev.ingestkit.cli.plan;
