/** The identity of an event and the order of its versions. */
@NullMarked
package dev.ingestkit.core.event;

import org.jspecify.annotations.NullMarked;
