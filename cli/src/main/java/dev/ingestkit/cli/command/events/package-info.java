/** Commands for events: send them, follow them, look them up, wait for them, verify them. */
@NullMarked
package dev.ingestkit.cli.command.events;

import org.jspecify.annotations.NullMarked;
