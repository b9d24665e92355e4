@NullMarked
package dev.ingestkit.cli.command.events;

import org.jspecify.annotations.NullMarked;
