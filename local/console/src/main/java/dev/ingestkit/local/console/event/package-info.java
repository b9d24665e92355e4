/** The journal's entries as events and as figures: search, history and rates for the console and other readers. */
@NullMarked
package dev.ingestkit.local.console.event;

import org.jspecify.annotations.NullMarked;
