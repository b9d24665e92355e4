package dev.ingestkit.handlers.writer;

import dev.ingestkit.core.item.Item;
import java.util.List;

/**
 * One event's write, done whole or not at all.
 *
 * @param eventId the key
 * @param parts the items to put, part 0 first
 * @param expectation what part 0 must be before
 * @param storedParts how many parts the replaced event has; those beyond the new ones are deleted
 */
record TableWrite(String eventId, List<Item> parts, Expectation expectation, int storedParts) {}
