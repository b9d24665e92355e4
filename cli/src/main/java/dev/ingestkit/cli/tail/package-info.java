/** Events on their way: single happenings of the journal put together to what became of each event. */
@NullMarked
package dev.ingestkit.cli.tail;

import org.jspecify.annotations.NullMarked;
