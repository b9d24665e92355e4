/**
 * The parts that the functions and the tool share: the event's identity, the layout of a stored item, the formats of
 * dead letters.
 */
@NullMarked
package dev.ingestkit.core;

import org.jspecify.annotations.NullMarked;
