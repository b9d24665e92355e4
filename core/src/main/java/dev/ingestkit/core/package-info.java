/** The parts that the functions and the tool share: the event's identity, the layout of a stored item, the forms of a dead letter. */
@NullMarked
package dev.ingestkit.core;

import org.jspecify.annotations.NullMarked;
