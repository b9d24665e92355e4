/** What identifies an event and orders its versions. */
@NullMarked
package dev.ingestkit.core.event;

import org.jspecify.annotations.NullMarked;
