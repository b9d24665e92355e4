package dev.ingestkit.handlers.writer;

import dev.ingestkit.core.item.Item;
import java.util.List;

/**
 * The write of one event, done as a whole or not at all.
 *
 * @param eventId the key
 * @param parts the items to put, part 0 first
 * @param expectation the state that part 0 must be in before the write
 * @param storedParts how many parts the replaced event has; those beyond the new ones are deleted
 */
record TableWrite(String eventId, List<Item> parts, Expectation expectation, int storedParts) {}
