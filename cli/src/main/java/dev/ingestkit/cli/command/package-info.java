/** One class per command: it parses, delegates and hands records to the output. No printing, no SDK types. */
@NullMarked
package dev.ingestkit.cli.command;

import org.jspecify.annotations.NullMarked;
