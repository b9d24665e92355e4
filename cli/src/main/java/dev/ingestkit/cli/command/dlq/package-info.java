/** Commands for dead letters: list, show, edit, redrive, drain, purge and watch them. */
@NullMarked
package dev.ingestkit.cli.command.dlq;

import org.jspecify.annotations.NullMarked;
